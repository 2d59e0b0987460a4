use super::*;
use crate::lookup::RequestSessions;
use crate::testing::{NOW, Script, ada};
use actix_web::test::TestRequest;
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

const ADMIN: Policy = Policy {
    role: Some("admin"),
    ..Policy::SIGNED_IN
};

/// What the guard answers: 200 if it lets the request pass.
async fn ask(script: &Script, policy: &Policy, request: TestRequest) -> HttpResponse {
    let request = request.to_http_request();
    RequestSessions::of(&request).enter(std::rc::Rc::new(script.source()));
    match admit(&request, policy).await {
        Ok(()) => HttpResponse::Ok().finish(),
        Err(error) => error.error_response(),
    }
}

async fn guest(request: TestRequest) -> HttpResponse {
    ask(&Script::guest(), &Policy::SIGNED_IN, request).await
}

async fn status(script: &Script, policy: Policy) -> u16 {
    ask(script, &policy, TestRequest::get())
        .await
        .status()
        .as_u16()
}

fn header<'a>(response: &'a HttpResponse, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

fn navigation() -> TestRequest {
    TestRequest::get().insert_header(("sec-fetch-mode", "navigate"))
}

#[actix_web::test]
async fn a_guest_who_navigates_is_sent_to_sign_in_with_the_way_back() {
    let response = guest(navigation().uri("/posts?page=2&tag=a%20b")).await;
    assert_eq!(response.status(), 302);
    assert_eq!(
        header(&response, "location"),
        Some("/api/auth/signin?callbackUrl=/posts%3Fpage%3D2%26tag%3Da%2520b")
    );
    assert!(
        header(&response, "cache-control")
            .unwrap()
            .contains("no-store")
    );
}

#[actix_web::test]
async fn a_program_gets_a_problem_and_a_challenge() {
    let response = guest(TestRequest::get().insert_header(("accept", "*/*"))).await;
    assert_eq!(response.status(), 401);
    assert_eq!(
        header(&response, "content-type"),
        Some("application/problem+json")
    );
    assert!(
        header(&response, "www-authenticate")
            .unwrap()
            .starts_with("Cookie")
    );
    assert_eq!(header(&response, "location"), None);
}

#[actix_web::test]
async fn htmx_is_sent_to_sign_in_with_the_page_it_is_on() {
    let request = TestRequest::post()
        .uri("/like")
        .insert_header(("hx-request", "true"))
        .insert_header(("hx-current-url", "https://app.example/posts?page=2"));
    let response = guest(request).await;
    assert_eq!(response.status(), 401);
    assert_eq!(
        header(&response, "hx-redirect"),
        Some("/api/auth/signin?callbackUrl=/posts%3Fpage%3D2")
    );
    assert_eq!(header(&response, "location"), None);
}

#[test]
fn a_navigation_is_told_from_a_program() {
    let check = |headers: &[(&'static str, &'static str)], expected| {
        let mut request = TestRequest::get();
        for header in headers {
            request = request.append_header(*header);
        }
        assert_eq!(caller(&request.to_http_request()), expected, "{headers:?}");
    };
    let html = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let navigate = ("sec-fetch-mode", "navigate");
    check(&[navigate], Caller::Navigation);
    check(&[html], Caller::Navigation);
    check(&[("accept", "TEXT/HTML")], Caller::Navigation);
    check(&[], Caller::Program);
    check(&[("accept", "*/*")], Caller::Program);
    check(&[("accept", "application/json")], Caller::Program);
    check(
        &[("accept", "text/html;q=0, application/json")],
        Caller::Program,
    );
    check(&[html, ("sec-fetch-mode", "cors")], Caller::Program);
    check(
        &[html, ("x-requested-with", "XMLHttpRequest")],
        Caller::Program,
    );
    check(&[navigate, ("hx-request", "true")], Caller::Htmx);
    check(
        &[navigate, ("sec-purpose", "prefetch;prerender")],
        Caller::Program,
    );
    check(&[navigate, ("purpose", "prefetch")], Caller::Program);
    check(
        &[("hx-request", "true"), ("hx-preloaded", "true")],
        Caller::Program,
    );
    check(&[html, ("upgrade", "websocket")], Caller::Program);
}

#[actix_web::test]
async fn a_post_that_navigates_gets_a_303_and_the_page_it_came_from() {
    let post = |referer: &'static str| {
        let request = navigation().method(Method::POST).uri("/save");
        request.insert_header(("referer", referer))
    };
    let response = guest(post("https://app.example/edit?id=1")).await;
    assert_eq!(response.status(), 303);
    let location = header(&response, "location").unwrap();
    assert_eq!(location, "/api/auth/signin?callbackUrl=/edit%3Fid%3D1");
    for foreign in [
        "https://evil.example/",
        "https://app.example.evil.example/",
        "/edit",
        "",
    ] {
        let response = guest(post(foreign)).await;
        let location = header(&response, "location").unwrap();
        assert_eq!(location, "/api/auth/signin?callbackUrl=/", "{foreign}");
    }
}

#[test]
fn the_way_back_stays_on_our_origin() {
    for right in ["/", "/a", "/a?b=//c"] {
        assert!(is_local(right), "{right}");
    }
    for wrong in [
        "",
        "a",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/a\r\nb",
    ] {
        assert!(!is_local(wrong), "{wrong:?}");
    }
}

#[actix_web::test]
async fn a_way_back_that_is_too_long_leads_home() {
    let response = guest(navigation().uri(&format!("/{}", "a".repeat(3000)))).await;
    let location = header(&response, "location").unwrap();
    assert_eq!(location, "/api/auth/signin?callbackUrl=/");
}

#[actix_web::test]
async fn another_sign_in_page_is_honoured_and_its_query_kept() {
    let policy = Policy {
        sign_in: Some("/welcome?from=app"),
        ..Policy::SIGNED_IN
    };
    let response = ask(&Script::guest(), &policy, navigation().uri("/a")).await;
    let location = header(&response, "location").unwrap();
    assert_eq!(location, "/welcome?from=app&callbackUrl=/a");
}

#[actix_web::test]
async fn a_protected_sign_in_page_is_a_500_and_no_loop() {
    for path in [
        "/api/auth/signin",
        "/api/auth/signin/",
        "/api/auth/signin?x=1",
    ] {
        let response = guest(navigation().uri(path)).await;
        assert_eq!(response.status(), 500, "{path}");
    }
    let policy = Policy {
        sign_in: Some("/welcome?from=app"),
        ..Policy::SIGNED_IN
    };
    let response = ask(&Script::guest(), &policy, navigation().uri("/welcome")).await;
    assert_eq!(response.status(), 500);
}

#[actix_web::test]
async fn rights_are_asked_for_one_by_one() {
    let script = Script::signed_in(ada());
    let any = Policy::SIGNED_IN;
    assert_eq!(status(&script, any).await, 200);
    assert_eq!(
        status(
            &script,
            Policy {
                role: Some("staff"),
                ..any
            }
        )
        .await,
        200
    );
    assert_eq!(status(&script, ADMIN).await, 403);
    assert_eq!(
        status(
            &script,
            Policy {
                roles: &["admin", "staff"],
                ..any
            }
        )
        .await,
        200
    );
    assert_eq!(
        status(
            &script,
            Policy {
                roles: &["admin", "owner"],
                ..any
            }
        )
        .await,
        403
    );
    assert_eq!(
        status(
            &script,
            Policy {
                permission: Some("posts:write"),
                ..any
            }
        )
        .await,
        200
    );
    assert_eq!(
        status(
            &script,
            Policy {
                permission: Some("posts:drop"),
                ..any
            }
        )
        .await,
        403
    );
    assert_eq!(
        status(
            &script,
            Policy {
                check: Some(|_| true),
                ..any
            }
        )
        .await,
        200
    );
    assert_eq!(
        status(
            &script,
            Policy {
                check: Some(|_| false),
                ..any
            }
        )
        .await,
        403
    );
    // A role is no permission, and one that holds does not make up for one that does not.
    assert_eq!(
        status(
            &script,
            Policy {
                permission: Some("staff"),
                ..any
            }
        )
        .await,
        403
    );
    assert_eq!(
        status(
            &script,
            Policy {
                roles: &["staff"],
                ..ADMIN
            }
        )
        .await,
        403
    );
    let check = |session: &Session| session.user().name() == Some("Ada");
    assert_eq!(
        status(
            &script,
            Policy {
                check: Some(check),
                ..any
            }
        )
        .await,
        200
    );
}

#[actix_web::test]
async fn the_lack_of_a_right_is_said_in_three_shapes_and_never_redirects() {
    let script = Script::signed_in(ada());
    let htmx = TestRequest::get().insert_header(("hx-request", "true"));
    for (request, content_type) in [
        (navigation(), "text/html; charset=utf-8"),
        (htmx, "text/html; charset=utf-8"),
        (TestRequest::get(), "application/problem+json"),
    ] {
        let response = ask(&script, &ADMIN, request).await;
        assert_eq!(response.status(), 403);
        assert_eq!(header(&response, "content-type"), Some(content_type));
        assert_eq!(header(&response, "location"), None);
        assert_eq!(header(&response, "hx-redirect"), None);
    }
}

#[actix_web::test]
async fn a_sign_in_that_is_too_old_is_repeated_within_max_age() {
    let script = Script::signed_in(ada());
    let within = |seconds| Policy {
        max_age: Some(Duration::from_secs(seconds)),
        ..Policy::SIGNED_IN
    };
    assert_eq!(status(&script, within(60)).await, 200);
    assert_eq!(status(&script, within(59)).await, 401);
    let response = ask(&script, &within(59), navigation().uri("/pay")).await;
    assert_eq!(response.status(), 302);
    let location = header(&response, "location").unwrap();
    assert_eq!(location, "/api/auth/signin?callbackUrl=/pay&max_age=59");

    let unproved = json!({"sub": "1", "iat": NOW, "exp": NOW + 9});
    let session = auth_core::Session::danger_from_claims(&unproved).unwrap();
    assert_eq!(status(&Script::signed_in(session), within(59)).await, 401);
}

#[actix_web::test]
async fn whoever_lacks_the_right_is_not_asked_to_sign_in_again() {
    let policy = Policy {
        max_age: Some(Duration::from_secs(1)),
        ..ADMIN
    };
    assert_eq!(status(&Script::signed_in(ada()), policy).await, 403);
}

#[actix_web::test]
async fn an_unsafe_request_from_another_site_is_refused_before_the_lookup() {
    let check = async |headers: &[(&'static str, &'static str)], expected: u16| {
        let script = Script::signed_in(ada());
        let mut request = TestRequest::post();
        for header in headers {
            request = request.append_header(*header);
        }
        let response = ask(&script, &Policy::SIGNED_IN, request).await;
        assert_eq!(response.status(), expected, "{headers:?}");
        assert_eq!(script.reads(), usize::from(expected == 200));
    };
    let ours = ("origin", "https://app.example");
    check(&[], 200).await;
    check(&[ours], 200).await;
    check(&[ours, ("sec-fetch-site", "same-origin")], 200).await;
    check(&[("sec-fetch-site", "none")], 200).await;
    check(&[("sec-fetch-site", "cross-site")], 403).await;
    check(&[ours, ("sec-fetch-site", "cross-site")], 403).await;
    check(&[("origin", "https://evil.example")], 403).await;
    check(&[("origin", "https://app.example.evil.example")], 403).await;
    check(&[("origin", "http://app.example")], 403).await;
    check(&[("origin", "null")], 403).await;
    check(&[ours, ("origin", "https://evil.example")], 403).await;
    check(&[ours, ours], 403).await;
}

#[actix_web::test]
async fn a_websocket_from_another_site_is_refused() {
    let script = Script::signed_in(ada());
    let request = || {
        let request = TestRequest::get().insert_header(("upgrade", "websocket"));
        request.insert_header(("origin", "https://evil.example"))
    };
    let response = ask(&script, &Policy::SIGNED_IN, request()).await;
    assert_eq!(response.status(), 403);
    let policy = Policy {
        cross_site: CrossSite::Allowed,
        ..Policy::SIGNED_IN
    };
    assert_eq!(ask(&script, &policy, request()).await.status(), 200);
}

#[actix_web::test]
async fn a_safe_request_may_come_from_anywhere() {
    for method in ["GET", "HEAD", "OPTIONS", "QUERY"] {
        let request = TestRequest::default()
            .method(method.parse().unwrap())
            .insert_header(("sec-fetch-site", "cross-site"));
        let response = ask(&Script::signed_in(ada()), &Policy::SIGNED_IN, request).await;
        assert_eq!(response.status(), 200, "{method}");
    }
}

#[actix_web::test]
async fn cross_site_is_allowed_where_the_handler_says_so() {
    let policy = Policy {
        cross_site: CrossSite::Allowed,
        ..Policy::SIGNED_IN
    };
    let request = || TestRequest::post().insert_header(("sec-fetch-site", "cross-site"));
    let script = Script::signed_in(ada());
    assert_eq!(ask(&script, &policy, request()).await.status(), 200);
    assert_eq!(
        ask(&Script::guest(), &policy, request()).await.status(),
        401
    );
}

#[actix_web::test]
async fn a_host_that_is_not_ours_is_a_400() {
    let script = Script {
        wrong_host: true,
        ..Script::signed_in(ada())
    };
    assert_eq!(status(&script, Policy::SIGNED_IN).await, 400);
    let request = TestRequest::post().insert_header(("origin", "https://app.example"));
    let response = ask(&script, &Policy::SIGNED_IN, request).await;
    assert_eq!(response.status(), 400);
}

#[actix_web::test]
async fn a_failed_lookup_is_a_503_in_every_shape() {
    for (request, content_type) in [
        (TestRequest::get(), "application/problem+json"),
        (navigation(), "text/html; charset=utf-8"),
    ] {
        let response = ask(&Script::down(), &Policy::SIGNED_IN, request).await;
        assert_eq!(response.status(), 503);
        assert_eq!(header(&response, "content-type"), Some(content_type));
        assert_eq!(header(&response, "location"), None);
    }
}
