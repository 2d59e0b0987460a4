//! `#[protected]`, in every shape, as browsers and scripts meet it.

use std::sync::atomic::Ordering;

use auth_dev::Person;
use auth_tests::{Answer, Browser, PARSED_BODIES, Site};
use reqwest::Method;

fn assert_problem(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["status"], status);
}

#[actix_web::test]
async fn a_navigation_of_a_guest_is_redirected_with_the_way_back() {
    let site = Site::start();
    let answer = Browser::new().visit(&site.url("/page?a=1&b=%2F")).await;
    assert_eq!(answer.status, 302);
    assert!(
        answer.location().starts_with("/api/auth/signin?"),
        "{}",
        answer.location()
    );
    assert_eq!(
        answer.location_param("callbackUrl").as_deref(),
        Some("/page?a=1&b=%2F")
    );
    assert!(answer.header("cache-control").contains("no-store"));
}

#[actix_web::test]
async fn without_fetch_metadata_the_accept_header_tells_a_navigation() {
    let site = Site::start();
    let mut browser = Browser::new();
    let request = browser.request(Method::GET, &site.url("/page"));
    let answer = browser.send(request.header("accept", "text/html")).await;
    assert_eq!(answer.status, 302);
    let request = browser.request(Method::GET, &site.url("/page"));
    assert_problem(
        &browser
            .send(request.header("accept", "application/json"))
            .await,
        401,
    );
    let request = browser.request(Method::GET, &site.url("/page"));
    assert_problem(&browser.send(request).await, 401);
}

#[actix_web::test]
async fn a_fetch_of_a_guest_is_401_with_a_challenge() {
    let site = Site::start();
    let answer = Browser::new().fetch(&site.url("/page")).await;
    assert_problem(&answer, 401);
    assert!(
        answer.header("www-authenticate").starts_with("Cookie"),
        "{:?}",
        answer.headers
    );
}

#[actix_web::test]
async fn htmx_is_told_to_go_to_the_sign_in_page() {
    let site = Site::start();
    let mut browser = Browser::new();
    let request = browser
        .request(Method::GET, &site.url("/page"))
        .header("hx-request", "true")
        .header("hx-current-url", site.url("/board?x=1"));
    let answer = browser.send(request).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("hx-redirect"),
        "/api/auth/signin?callbackUrl=/board%3Fx%3D1"
    );
    let request = browser
        .request(Method::GET, &site.url("/page"))
        .header("hx-request", "true")
        .header("hx-current-url", "https://evil.example/board");
    let answer = browser.send(request).await;
    assert!(
        !answer.header("hx-redirect").contains("evil"),
        "{:?}",
        answer.headers
    );
}

#[actix_web::test]
async fn a_prefetch_is_401_and_no_redirect() {
    let site = Site::start();
    let mut browser = Browser::new();
    let request = browser
        .request(Method::GET, &site.url("/page"))
        .header("accept", "text/html")
        .header("sec-fetch-mode", "navigate")
        .header("sec-purpose", "prefetch");
    assert_problem(&browser.send(request).await, 401);
}

#[actix_web::test]
async fn a_form_of_a_guest_is_never_parsed_and_the_way_back_is_the_page_of_the_form() {
    let site = Site::start();
    let before = PARSED_BODIES.load(Ordering::SeqCst);
    let mut browser = Browser::new();
    let send = |body: &'static str, referer: String| {
        browser
            .request(Method::POST, &site.url("/form"))
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("referer", referer)
            .body(body)
    };
    let (good, foreign, malformed) = (
        send("text=hello", site.url("/board")),
        send("text=hello", "https://evil.example/".to_owned()),
        send("not a form at all: \u{0}", site.url("/board")),
    );
    let answer = browser.send(good).await;
    assert_eq!(
        (
            answer.status,
            answer.location_param("callbackUrl").as_deref()
        ),
        (303, Some("/board"))
    );
    let answer = browser.send(foreign).await;
    assert!(!answer.location().contains("evil"), "{}", answer.location());
    assert_eq!(
        browser.send(malformed).await.status,
        303,
        "the check runs before the extractors"
    );
    assert_eq!(PARSED_BODIES.load(Ordering::SeqCst), before);
}

#[actix_web::test]
async fn a_form_of_somebody_signed_in_arrives() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    let answer = browser
        .submit(&site.url("/form"), &[("text", "hello")])
        .await;
    assert_eq!((answer.status, &*answer.text), (200, "hello"));
}

#[actix_web::test]
async fn an_unsafe_request_from_another_site_is_403_before_the_handler() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    let before = PARSED_BODIES.load(Ordering::SeqCst);
    let form = |browser: &Browser, path: &str, name: &str, value: &str| {
        browser
            .request(Method::POST, &site.url(path))
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value)
            .body("text=forged")
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let request = form(&browser, "/form", name, value);
        assert_eq!(browser.send(request).await.status, 403, "{name}: {value}");
    }
    assert_eq!(PARSED_BODIES.load(Ordering::SeqCst), before);
    let request = form(&browser, "/form", "origin", &site.base);
    assert_eq!(browser.send(request).await.status, 200);
    let request = form(&browser, "/hook", "origin", "https://partner.example");
    assert_eq!(browser.send(request).await.text, "from anywhere");
}

#[actix_web::test]
async fn roles_permissions_and_checks_decide_who_may_enter() {
    let site = Site::start();
    let mut ada = site.browser_of(Person::ada()).await;
    let mut bob = site.browser_of(Person::bob()).await;
    for (path, text) in [
        ("/admin", "for administrators"),
        ("/staff", "for staff"),
        ("/posts", "a post"),
        ("/checked", "for Ada"),
    ] {
        let url = site.url(path);
        let answer = ada.visit(&url).await;
        assert_eq!((answer.status, &*answer.text), (200, text));
        assert_eq!(bob.visit(&url).await.status, 403, "{path}");
        assert_problem(&bob.fetch(&url).await, 403);
        assert_eq!(Browser::new().visit(&url).await.status, 302, "{path}");
    }
}

#[actix_web::test]
async fn a_role_that_only_the_provider_claims_opens_nothing() {
    let site = Site::start();
    let mallory = Person::new("Mallory", "mallory@example.com")
        .role("admin")
        .claim("roles", vec!["admin"]);
    let mut browser = site.browser_of(mallory).await;
    assert_eq!(browser.fetch(&site.url("/admin")).await.status, 403);
}

#[actix_web::test]
async fn an_unverified_address_gives_no_role() {
    let site = Site::start();
    let forger = Person::new("Not Ada", "ada@example.com")
        .id("forger")
        .unverified_email();
    let mut browser = site.browser_of(forger).await;
    assert_eq!(browser.fetch(&site.url("/admin")).await.status, 403);
}

#[actix_web::test]
async fn another_sign_in_page_can_be_named() {
    let site = Site::start();
    let answer = Browser::new().visit(&site.url("/elsewhere")).await;
    assert_eq!(answer.location(), "/enter?callbackUrl=/elsewhere");
}

#[actix_web::test]
async fn typed_claims_arrive_and_claims_that_do_not_fit_are_our_fault() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    assert_eq!(browser.fetch(&site.url("/typed")).await.text, "dev");
    assert_eq!(browser.fetch(&site.url("/wrongly-typed")).await.status, 500);
}

#[actix_web::test]
async fn without_the_middleware_nobody_passes() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    for path in ["/unwrapped/page", "/unwrapped/session"] {
        let answer = browser.visit(&site.url(path)).await;
        assert_eq!(answer.status, 500, "{path}");
        assert!(!answer.text.contains("never"));
    }
}

#[actix_web::test]
async fn what_depends_on_a_session_is_not_cached_by_others() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    for path in ["/page", "/", "/failing", "/cached"] {
        let answer = browser.visit(&site.url(path)).await;
        let caching = answer.header("cache-control").to_owned();
        assert!(
            caching.contains("private") && caching.contains("no-store"),
            "{path}: {caching}"
        );
        assert!(
            answer.header("vary").to_lowercase().contains("cookie"),
            "{path}"
        );
    }
}
