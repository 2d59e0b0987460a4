//! What every answer of the endpoints carries, and what strange requests get.

use auth_actix::providers;
use auth_dev::Person;
use auth_tests::{Answer, Browser, Site};
use reqwest::Method;

#[actix_web::test]
async fn every_answer_is_private_and_cannot_be_framed_or_sniffed() {
    let site = Site::start();
    for path in [
        "session",
        "csrf",
        "providers",
        "signin",
        "signout",
        "error",
        "verify-request",
        "callback/dev",
        "signin/dev",
        "callback/nobody",
        "nothing",
    ] {
        let answer = Browser::new()
            .visit(&site.url(&format!("/api/auth/{path}")))
            .await;
        assert!(
            answer.header("cache-control").contains("no-store"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
        assert!(
            answer.header("access-control-allow-origin").is_empty(),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn every_page_has_all_the_headers_of_a_page() {
    let site = Site::start();
    let mut browser = Browser::new();
    let at = |path: &str| site.url(&format!("/api/auth/{path}"));
    let mut answers = Vec::new();
    for (path, status) in [
        ("signin", 200),
        ("signin?error=MissingCSRF&code=csrf", 400),
        ("signout", 200),
        ("error", 400),
        ("error?error=AccessDenied", 403),
        ("verify-request", 200),
    ] {
        answers.push((path, status, browser.visit(&at(path)).await));
    }
    let csrf = site.csrf(&mut browser).await;
    // On to the provider.
    let begun = browser
        .submit(&at("signin/dev"), &[("csrfToken", &csrf)])
        .await;
    answers.push(("the page that leads on", 200, begun));
    let request = browser
        .request(Method::GET, &at("signin"))
        .header("host", "unknown.example");
    answers.push(("an unknown host", 400, browser.send(request).await));
    for (name, status, page) in answers {
        assert_eq!(page.status, status, "{name}");
        assert_page_headers(
            &page,
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
            name,
        );
    }
}

#[actix_web::test]
async fn a_refusal_that_is_a_page_has_them_too() {
    let site = Site::start();
    let mut bob = site.browser_of(Person::bob()).await;
    let page = bob.visit(&site.url("/admin")).await;
    assert_eq!(page.status, 403);
    assert_page_headers(
        &page,
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        "a refusal",
    );
}

/// Fails unless the page `name` has these headers, and this policy.
fn assert_page_headers(page: &Answer, policy: &str, name: &str) {
    for (header, expected) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "private, no-store"),
        ("content-security-policy", policy),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-robots-tag", "noindex"),
    ] {
        assert_eq!(page.header(header), expected, "{header} of {name}");
    }
}

#[actix_web::test]
async fn every_file_has_a_type_and_is_not_sniffed() {
    let site = Site::with(|builder| builder.provider(providers::GITHUB.client("id", "secret")));
    let page = Browser::new().visit(&site.url("/api/auth/signin")).await;
    let address_of = |start: &str| {
        let (_, rest) = page.text.split_once(start).expect("the page asks for it");
        site.url(rest.split('"').next().unwrap_or_default())
    };
    for (url, kind) in [
        (
            site.url("/api/auth/client.js"),
            "text/javascript; charset=utf-8",
        ),
        (
            site.url("/api/auth/client.d.ts"),
            "text/plain; charset=utf-8",
        ),
        (
            address_of("rel=\"stylesheet\" href=\""),
            "text/css; charset=utf-8",
        ),
        (address_of("height=\"20\" src=\""), "image/svg+xml"),
    ] {
        let file = Browser::new().fetch(&url).await;
        assert_eq!(file.status, 200, "{url}");
        assert_eq!(file.header("content-type"), kind, "{url}");
        assert_eq!(file.header("x-content-type-options"), "nosniff", "{url}");
        assert!(file.header("cache-control").contains("public"), "{url}");
    }
}

#[actix_web::test]
async fn pages_allow_no_script_and_no_other_host() {
    let site = Site::start();
    for path in [
        "signin",
        "signin?error=OAuthCallbackError",
        "signout",
        "error?error=AccessDenied",
    ] {
        let page = Browser::new()
            .visit(&site.url(&format!("/api/auth/{path}")))
            .await;
        let csp = page.header("content-security-policy");
        assert!(
            csp.contains("default-src 'none'") && csp.contains("frame-ancestors 'none'"),
            "{csp}"
        );
        assert!(!csp.contains("unsafe"), "{csp}");
        assert!(
            !page.text.contains("<script") && !page.text.contains(" style="),
            "{path}"
        );
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    }
    let style = Browser::new().visit(&site.url("/api/auth/style.css")).await;
    assert_eq!(
        (style.status, style.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
}

#[actix_web::test]
async fn the_session_endpoint_speaks_as_auth_js_does() {
    let site = Site::start();
    let mut browser = Browser::new();
    assert_eq!(
        browser.fetch(&site.url("/api/auth/session")).await.text,
        "null"
    );
    site.sign_in(&mut browser, Person::ada()).await;
    let answer = browser.fetch(&site.url("/api/auth/session")).await;
    let body = answer.json();
    assert_eq!(
        body["user"],
        serde_json::json!({"name": "Ada Admin", "email": "ada@example.com"})
    );
    let expires = body["expires"].as_str().unwrap();
    assert!(
        expires.len() == 24 && expires.ends_with(".000Z"),
        "{expires}"
    );
}

#[actix_web::test]
async fn the_providers_endpoint_speaks_as_auth_js_does() {
    let site = Site::start();
    let body = Browser::new()
        .fetch(&site.url("/api/auth/providers"))
        .await
        .json();
    let expected = serde_json::json!({"dev": {
        "id": "dev",
        "name": "Development login",
        "type": "oidc",
        "signinUrl": site.url("/api/auth/signin/dev"),
        "callbackUrl": site.url("/api/auth/callback/dev"),
    }});
    assert_eq!(body, expected);
}

#[actix_web::test]
async fn errors_have_the_status_of_their_page() {
    let site = Site::start();
    for (query, status) in [
        ("error=AccessDenied", 403),
        ("error=Verification", 403),
        ("error=Configuration", 400),
        ("error=Whatever", 400),
        ("", 400),
    ] {
        let page = Browser::new()
            .visit(&site.url(&format!("/api/auth/error?{query}")))
            .await;
        assert_eq!(page.status, status, "{query}");
    }
}

#[actix_web::test]
async fn other_paths_and_methods_are_400_as_in_auth_js() {
    let site = Site::start();
    let mut browser = Browser::new();
    for path in [
        "/api/auth/nope",
        "/api/auth/session/x",
        "/api/auth/SESSION",
        "/api/auth/a/b/c",
    ] {
        let answer = browser.fetch(&site.url(path)).await;
        assert_eq!(
            (answer.status, &*answer.text),
            (400, "\"Bad request.\""),
            "{path}"
        );
    }
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH] {
        let request = browser.request(method, &site.url("/api/auth/session"));
        assert_eq!(browser.send(request).await.status, 400);
    }
    let answer = browser.post(&site.url("/api/auth/csrf"), &[]).await;
    assert_eq!(
        answer.location_param("code").as_deref(),
        Some("unknown_action")
    );
}

#[actix_web::test]
async fn a_body_of_the_wrong_type_is_415_and_one_too_large_is_413() {
    let site = Site::start();
    let mut browser = Browser::new();
    let url = site.url("/api/auth/signin/dev");
    let request = browser.request(Method::POST, &url);
    let answer = browser
        .send(request.header("content-type", "text/plain").body("a=1"))
        .await;
    assert_eq!(answer.status, 415);
    let answer = browser.post(&url, &[("a", &"x".repeat(200_000))]).await;
    assert_eq!(answer.status, 413);
    let request = browser
        .request(Method::POST, &url)
        .header("content-type", "application/json");
    assert_eq!(browser.send(request.body("{{")).await.status, 400);
}

#[actix_web::test]
async fn strange_parameters_end_in_a_4xx_or_a_safe_redirect() {
    let site = Site::start();
    let long = "x".repeat(20_000);
    let values = [
        "",
        "%00",
        "%ff%fe",
        "%",
        "%E2%80%AE",
        "a&a=b",
        long.as_str(),
    ];
    for path in [
        "signin",
        "signout",
        "error",
        "session",
        "csrf",
        "providers",
        "callback/dev",
        "signin/dev",
    ] {
        for name in [
            "callbackUrl",
            "error",
            "code",
            "state",
            "iss",
            "ref",
            "max_age",
        ] {
            for value in values {
                let mut browser = Browser::new();
                let url = site.url(&format!("/api/auth/{path}?{name}={value}"));
                let answer = browser.visit(&url).await;
                assert!(answer.status < 500, "{path}?{name}: {}", answer.status);
                let location = answer.location();
                assert!(
                    location.is_empty() || location.starts_with(&site.base),
                    "{path}?{name}: {location}"
                );
            }
        }
    }
}

#[actix_web::test]
async fn reading_a_session_and_coming_back_set_no_cookie_for_forms() {
    let site = Site::start();
    let mut browser = Browser::new();
    for path in ["session", "providers", "error"] {
        let answer = browser.visit(&site.url(&format!("/api/auth/{path}"))).await;
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
    }
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    // As after a form that another site posted, which comes without the `SameSite=Lax` cookies.
    browser
        .cookies
        .retain(|name, _| name.contains("authjs.tx."));
    site.come_back(&mut browser, &approval).await;
    let names: Vec<_> = browser.cookies.keys().cloned().collect();
    assert_eq!(names, ["authjs.last-provider", "authjs.session-token"]);
}

#[actix_web::test]
async fn a_script_is_told_where_to_go_if_it_asks_by_the_header_or_as_next_auth_4_does() {
    let site = Site::start();
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    let url = site.url("/api/auth/signin/dev");
    for (fields, status) in [
        (&[("json", "true")][..], 200),
        (&[("json", "false")], 302),
        (&[("json", "")], 302),
        (&[], 302),
    ] {
        let fields = [&[("csrfToken", &*csrf)], fields].concat();
        let answer = browser.post(&url, &fields).await;
        assert_eq!(answer.status, status, "{fields:?}");
        if status == 200 {
            assert_eq!(answer.json()["url"], answer.location());
        }
    }
    let asked_in_the_query = format!("{url}?json=true");
    let answer = browser
        .post(&asked_in_the_query, &[("csrfToken", &csrf)])
        .await;
    assert_eq!(answer.status, 302);
    let refused = browser
        .post(&url, &[("csrfToken", "forged"), ("json", "true")])
        .await;
    assert_eq!(refused.status, 200);
    let to = refused.json()["url"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(to.contains("error=MissingCSRF"), "{to}");
}
