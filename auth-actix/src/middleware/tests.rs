use super::*;
use crate::testing::{Script, ada};
use crate::{MaybeSession, Session};
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, try_call_service};
use actix_web::{App, FromRequest, HttpResponse, web};
use std::sync::atomic::Ordering;

const RENEWED: &str = "authjs.session-token=new; Path=/; HttpOnly";

fn renewing() -> Script {
    Script {
        renewed: vec![RENEWED],
        ..Script::signed_in(ada())
    }
}

fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    let values = headers.get_all(name);
    values
        .map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

/// The headers of a response whose handler is `handler`.
macro_rules! headers_of {
    ($script:expr, $handler:expr) => {{
        let app = App::new()
            .wrap(SessionMiddleware::new($script.source()))
            .route("/", web::get().to($handler));
        let app = init_service(app).await;
        let response = call_service(&app, TestRequest::get().to_request()).await;
        response.headers().clone()
    }};
}

#[actix_web::test]
async fn a_response_that_asked_for_no_session_stays_as_it_is() {
    let script = renewing();
    let headers = headers_of!(script, async || HttpResponse::Ok().finish());
    assert!(values(&headers, "cache-control").is_empty());
    assert!(values(&headers, "vary").is_empty());
    assert!(values(&headers, "set-cookie").is_empty());
    assert_eq!(script.reads(), 0);
}

#[actix_web::test]
async fn a_response_that_asked_is_private_for_guests_too() {
    for script in [Script::guest(), Script::signed_in(ada())] {
        let headers = headers_of!(script, async |_: MaybeSession| HttpResponse::Ok().finish());
        assert_eq!(values(&headers, "cache-control"), ["private, no-store"]);
        assert_eq!(values(&headers, "vary"), ["Cookie"]);
    }
}

#[actix_web::test]
async fn a_cookie_that_is_over_is_removed_for_guests_alone() {
    const REMOVAL: &str = "wos-session=; Path=/; Max-Age=0";
    let check = async |script: Script, expected: &[&str]| {
        let script = Script {
            removal: vec![REMOVAL],
            ..script
        };
        let headers = headers_of!(script, async |_: MaybeSession| HttpResponse::Ok().finish());
        assert_eq!(values(&headers, "set-cookie"), expected);
    };
    check(Script::guest(), &[REMOVAL]).await;
    check(Script::signed_in(ada()), &[]).await;
    check(Script::down(), &[]).await;
    let waits = Script {
        waits: true,
        ..Script::guest()
    };
    check(waits, &[REMOVAL]).await;
}

#[actix_web::test]
async fn a_sign_in_in_the_same_response_is_not_undone_by_a_removal() {
    let script = Script {
        removal: vec!["wos-session=; Path=/; Max-Age=0"],
        ..Script::guest()
    };
    let headers = headers_of!(script, async |_: MaybeSession| {
        HttpResponse::Ok()
            .insert_header(("set-cookie", "wos-session=new; Path=/"))
            .finish()
    });
    assert_eq!(values(&headers, "set-cookie"), ["wos-session=new; Path=/"]);
}

#[actix_web::test]
async fn a_handler_that_is_stricter_keeps_its_words() {
    let headers = headers_of!(Script::guest(), async |_: MaybeSession| {
        HttpResponse::Ok()
            .insert_header(("cache-control", "no-cache, No-Store"))
            .insert_header(("vary", "Accept, cookie"))
            .finish()
    });
    assert_eq!(values(&headers, "cache-control"), ["no-cache, No-Store"]);
    assert_eq!(values(&headers, "vary"), ["Accept, cookie"]);
}

#[actix_web::test]
async fn a_handler_that_is_laxer_is_overruled() {
    let headers = headers_of!(Script::guest(), async |_: MaybeSession| {
        HttpResponse::Ok()
            .append_header(("cache-control", "public"))
            .append_header(("cache-control", "max-age=60"))
            .insert_header(("vary", "Accept"))
            .finish()
    });
    assert_eq!(values(&headers, "cache-control"), ["private, no-store"]);
    assert_eq!(values(&headers, "vary"), ["Accept", "Cookie"]);
}

#[actix_web::test]
async fn a_due_renewal_is_written_beside_other_cookies() {
    let headers = headers_of!(renewing(), async |_: Session| {
        HttpResponse::Ok()
            .insert_header(("set-cookie", "theme=dark"))
            .finish()
    });
    assert_eq!(values(&headers, "set-cookie"), ["theme=dark", RENEWED]);
}

#[actix_web::test]
async fn a_renewal_does_not_undo_what_the_handler_did_to_the_session() {
    for held in [
        "authjs.session-token=; Max-Age=0",
        "authjs.session-token.1=; Max-Age=0",
    ] {
        let headers = headers_of!(renewing(), move |_: Session| async move {
            HttpResponse::Ok()
                .insert_header(("set-cookie", held))
                .finish()
        });
        assert_eq!(values(&headers, "set-cookie"), [held]);
    }
}

#[actix_web::test]
async fn a_renewal_that_fails_changes_nothing() {
    let script = Script {
        renewal_fails: true,
        ..renewing()
    };
    let headers = headers_of!(script, async |_: Session| HttpResponse::Ok().finish());
    assert!(values(&headers, "set-cookie").is_empty());
    assert_eq!(values(&headers, "cache-control"), ["private, no-store"]);
}

#[actix_web::test]
async fn a_guest_is_not_renewed() {
    let script = Script {
        renewed: vec![RENEWED],
        ..Script::guest()
    };
    let headers = headers_of!(script, async |_: MaybeSession| HttpResponse::Ok().finish());
    assert!(values(&headers, "set-cookie").is_empty());
    assert_eq!(script.renewals.load(Ordering::Relaxed), 0);
}

#[actix_web::test]
async fn a_renewal_survives_the_failure_of_an_inner_middleware() {
    let script = renewing();
    let app = App::new()
        .wrap(from_fn(
            async |_: Session, request, next: actix_web::middleware::Next<_>| {
                next.call(request).await?;
                Err::<ServiceResponse<actix_web::body::BoxBody>, _>(
                    actix_web::error::ErrorImATeapot("broken"),
                )
            },
        ))
        .wrap(SessionMiddleware::new(script.source()))
        .route("/", web::get().to(HttpResponse::Ok));
    let app = init_service(app).await;
    let request = TestRequest::get().insert_header(("cookie", "authjs.session-token=old"));
    let error = try_call_service(&app, request.to_request())
        .await
        .unwrap_err();
    let response = error.error_response();
    assert_eq!(response.status(), 418);
    assert_eq!(values(response.headers(), "set-cookie"), [RENEWED]);
    assert_eq!(
        values(response.headers(), "cache-control"),
        ["private, no-store"]
    );
    assert_eq!(*script.seen.lock().unwrap(), b"authjs.session-token=old");
}

#[actix_web::test]
async fn the_innermost_middleware_answers() {
    let (outer, inner) = (Script::guest(), Script::signed_in(ada()));
    let app = App::new()
        .wrap(SessionMiddleware::new(outer.source()))
        .service(
            web::scope("/in")
                .wrap(SessionMiddleware::new(inner.source()))
                .route("", web::get().to(async |_: Session| "in")),
        )
        .route("/out", web::get().to(async |_: Session| "out"));
    let app = init_service(app).await;
    let get = |path| call_service(&app, TestRequest::get().uri(path).to_request());
    assert_eq!(get("/in").await.status(), 200);
    assert_eq!(outer.reads(), 0);
    assert_eq!(get("/out").await.status(), 401);
}

#[actix_web::test]
async fn outside_of_the_innermost_the_next_one_answers() {
    let (outer, inner) = (Script::guest(), Script::signed_in(ada()));
    let app = App::new()
        .wrap(from_fn(
            async |request, next: actix_web::middleware::Next<_>| {
                let response: ServiceResponse<_> = next.call(request).await?;
                let session = MaybeSession::<crate::Claims>::extract(response.request()).await?;
                assert!(session.get().is_none());
                Ok::<_, actix_web::Error>(response)
            },
        ))
        .wrap(SessionMiddleware::new(outer.source()))
        .service(
            web::scope("/in")
                .wrap(SessionMiddleware::new(inner.source()))
                .route("", web::get().to(async |_: Session| "in")),
        );
    let app = init_service(app).await;
    let response = call_service(&app, TestRequest::get().uri("/in").to_request()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(outer.reads(), 1);
}

#[actix_web::test]
async fn one_middleware_mounted_twice_renews_once() {
    let script = renewing();
    let middleware = SessionMiddleware::new(script.source());
    let app = App::new()
        .wrap(middleware.clone())
        .wrap(middleware)
        .route("/", web::get().to(async |_: Session| "in"));
    let app = init_service(app).await;
    let response = call_service(&app, TestRequest::get().to_request()).await;
    assert_eq!(values(response.headers(), "set-cookie"), [RENEWED]);
    assert_eq!(script.renewals.load(Ordering::Relaxed), 1);
}

#[test]
fn the_number_of_a_chunk_is_no_part_of_the_name() {
    let check = |cookie: &'static str, expected: &str| {
        let value = HeaderValue::from_static(cookie);
        assert_eq!(base_name(&value), expected.as_bytes());
    };
    check("a=1; Path=/", "a");
    check("authjs.session-token=x", "authjs.session-token");
    check("authjs.session-token.0=x", "authjs.session-token");
    check("authjs.session-token.12=x", "authjs.session-token");
    check("broken", "broken");
}
