//! `#[protected]`, expanded, in front of a scripted source.

use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::dev::ServiceResponse;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpResponse, Responder, get, post, web};

use crate::testing::{Script, ada};
use crate::{MaybeSession, Session, SessionMiddleware, protected};

#[get("/hello")]
#[protected]
async fn hello(session: Session) -> impl Responder {
    session.user().name().unwrap_or("you").to_owned()
}

#[protected(role = "admin")]
#[get("/admin")]
async fn admin() -> &'static str {
    "reached"
}

fn is_ada(session: &Session) -> bool {
    session.user().name() == Some("Ada")
}

#[get("/all")]
#[protected(
    role = "staff",
    roles("admin", "staff"),
    permission = "posts:write",
    max_age = "5m",
    check = is_ada
)]
async fn all() -> &'static str {
    "reached"
}

#[get("/recent")]
#[protected(max_age = "59s", sign_in = "/welcome")]
async fn recent() -> &'static str {
    "reached"
}

#[post("/items/{id}")]
#[protected]
async fn item(
    id: web::Path<u32>,
    web::Json(body): web::Json<Vec<u8>>,
    _: MaybeSession,
    _: Session,
) -> Result<HttpResponse, actix_web::Error> {
    match body.is_empty() {
        true => Err(actix_web::error::ErrorImATeapot("empty")),
        false => Ok(HttpResponse::Created().body(format!("{id} {body:?}"))),
    }
}

#[post("/hook")]
#[protected(cross_site)]
async fn hook() -> &'static str {
    "reached"
}

#[protected]
async fn generic<const N: usize>() -> String {
    N.to_string()
}

async fn send(script: &Script, request: TestRequest) -> ServiceResponse {
    let app = App::new()
        .wrap(SessionMiddleware::new(script.source()))
        .service((hello, admin, all, recent, item, hook))
        .route("/generic", web::get().to(generic::<3>));
    let app = init_service(app).await;
    call_service(&app, request.to_request()).await
}

async fn get(script: &Script, path: &str) -> (u16, String) {
    let response = send(script, TestRequest::get().uri(path)).await;
    let status = response.status().as_u16();
    let body = read_body(response).await;
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[actix_web::test]
async fn whoever_may_reaches_the_handler() {
    let script = Script::signed_in(ada());
    let check = async |path, body: &str| {
        assert_eq!(get(&script, path).await, (200, body.to_owned()));
    };
    check("/hello", "Ada").await;
    check("/all", "reached").await;
    check("/generic", "3").await;
    assert_eq!(get(&script, "/admin").await.0, 403);
    assert_eq!(get(&script, "/recent").await.0, 401);
}

#[actix_web::test]
async fn a_guest_reaches_no_protected_handler() {
    for path in ["/hello", "/admin", "/all", "/recent", "/generic"] {
        assert_eq!(get(&Script::guest(), path).await.0, 401, "{path}");
        assert_eq!(get(&Script::down(), path).await.0, 503, "{path}");
    }
}

#[actix_web::test]
async fn the_arguments_of_the_attribute_reach_the_guard() {
    let request = TestRequest::get().uri("/recent");
    let request = request.insert_header(("sec-fetch-mode", "navigate"));
    let response = send(&Script::signed_in(ada()), request).await;
    let location = response.headers().get("location").unwrap();
    assert_eq!(location, "/welcome?callbackUrl=/recent&max_age=59");
    for (path, status) in [("/hook", 200), ("/items/1", 403)] {
        let request = TestRequest::post().uri(path);
        let request = request.insert_header(("sec-fetch-site", "cross-site"));
        let response = send(&Script::signed_in(ada()), request).await;
        assert_eq!(response.status(), status, "{path}");
    }
}

#[actix_web::test]
async fn a_guest_s_arguments_are_not_extracted() {
    // Neither the body that is no JSON nor the path that is no number is looked at.
    let request = || TestRequest::post().uri("/items/word").set_payload("{");
    assert_eq!(send(&Script::guest(), request()).await.status(), 401);
    assert_eq!(
        send(&Script::signed_in(ada()), request()).await.status(),
        404
    );
}

#[actix_web::test]
async fn a_guest_s_body_is_not_read() {
    let polled = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = polled.clone();
    let body = futures_util::stream::poll_fn(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        std::task::Poll::Ready(None)
    });
    let request = TestRequest::post().uri("/items/1");
    let request = request.insert_header(("content-type", "application/json"));
    let payload: actix_web::dev::Payload = actix_web::dev::Payload::Stream {
        payload: Box::pin(body),
    };
    let (request, _) = request.to_request().replace_payload(payload);
    let app = App::new()
        .wrap(SessionMiddleware::new(Script::guest().source()))
        .service(item);
    let app = init_service(app).await;
    assert_eq!(call_service(&app, request).await.status(), 401);
    assert_eq!(polled.load(Ordering::Relaxed), 0);
}

#[actix_web::test]
async fn what_a_handler_returns_is_the_response() {
    let script = Script {
        waits: true,
        ..Script::signed_in(ada())
    };
    let request = |body: &[u8]| TestRequest::post().uri("/items/7").set_json(body);
    let response = send(&script, request(&[1, 2])).await;
    assert_eq!(response.status(), 201);
    assert_eq!(
        response.headers().get("cache-control").unwrap(),
        "private, no-store"
    );
    assert_eq!(read_body(response).await, "7 [1, 2]");
    assert_eq!(script.reads(), 1);
    assert_eq!(script.begun.load(Ordering::Relaxed), 1);
    assert_eq!(send(&script, request(&[])).await.status(), 418);
}

#[actix_web::test]
async fn a_middleware_that_asks_first_shares_the_lookup() {
    let script = Script::signed_in(ada());
    let app = App::new()
        .wrap(actix_web::middleware::from_fn(
            async |_: Session, request, next: actix_web::middleware::Next<_>| {
                next.call(request).await
            },
        ))
        .wrap(SessionMiddleware::new(script.source()))
        .service(hello);
    let app = init_service(app).await;
    let request = TestRequest::get().uri("/hello").to_request();
    assert_eq!(call_service(&app, request).await.status(), 200);
    assert_eq!(script.reads(), 1);
}
