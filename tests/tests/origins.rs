//! Under which name the site is known, and who may say so.

use auth_tests::{Answer, Browser, Site};
use reqwest::Method;

/// Presses the sign-in button with extra headers; answers where the provider is told to send the
/// browser back to.
async fn redirect_uri(site: &Site, headers: &[(&str, &str)]) -> (Answer, Option<String>) {
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    let mut request = browser
        .request(Method::POST, &site.url("/api/auth/signin/dev"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("csrfToken={csrf}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = browser.send(request).await;
    let uri = answer.location_param("redirect_uri");
    (answer, uri)
}

#[actix_web::test]
async fn without_trust_no_header_changes_the_redirect_uri() {
    let site = Site::start();
    let own = site.url("/api/auth/callback/dev");
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-host", "evil.example, 127.0.0.1"),
        ("x-forwarded-proto", "javascript"),
        ("x-forwarded-port", "1"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x_forwarded_host", "evil.example"),
    ] {
        let (_, uri) = redirect_uri(&site, &[(name, value)]).await;
        assert_eq!(uri.as_deref(), Some(&*own), "{name}: {value}");
    }
}

#[actix_web::test]
async fn an_unknown_host_is_a_4xx_and_begins_nothing() {
    let site = Site::start();
    for host in [
        "evil.example",
        "a@evil.example",
        "evil.example/x?",
        "127.0.0.1.evil.example",
    ] {
        let mut browser = Browser::new();
        let request = browser.request(Method::GET, &site.url("/api/auth/signin"));
        let answer = browser.send(request.header("host", host)).await;
        assert!(
            (400..500).contains(&answer.status),
            "{host}: {}",
            answer.status
        );
        let request = browser.request(Method::GET, &site.url("/page"));
        let answer = browser
            .send(request.header("host", host).header("accept", "text/html"))
            .await;
        assert_ne!(answer.status, 200, "{host}");
        assert!(
            !answer.location().contains("evil"),
            "{host}: {}",
            answer.location()
        );
    }
}

#[actix_web::test]
async fn a_configured_origin_wins_over_every_header() {
    let site = Site::with(|builder| builder.origins(["https://app.example"]));
    let mut browser = Browser::new();
    let request = browser
        .request(Method::GET, &site.url("/api/auth/providers"))
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "http");
    let answer = browser.send(request).await;
    assert_eq!(
        answer.json()["dev"]["signinUrl"],
        "https://app.example/api/auth/signin/dev"
    );
    let answer = browser.fetch(&site.url("/api/auth/csrf")).await;
    for name in ["__Host-authjs.csrf-token", "__Secure-authjs.callback-url"] {
        assert!(
            browser.cookies.contains_key(name),
            "{:?}",
            browser.cookies.keys()
        );
    }
    let cookies = answer.headers.get_all("set-cookie");
    assert!(
        cookies
            .iter()
            .all(|it| it.to_str().is_ok_and(|it| it.contains("; Secure")))
    );
}

#[actix_web::test]
async fn a_trusted_proxy_names_the_origin_once() {
    let site = Site::with(|builder| builder.trust_host(true));
    let ask = async |headers: &[(&str, &str)]| {
        let mut browser = Browser::new();
        let mut request = browser.request(Method::GET, &site.url("/api/auth/providers"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        browser.send(request).await
    };
    let one = [
        ("x-forwarded-host", "app.example"),
        ("x-forwarded-proto", "https"),
    ];
    let answer = ask(&one).await;
    assert_eq!(
        answer.json()["dev"]["signinUrl"],
        "https://app.example/api/auth/signin/dev"
    );
    let twice = [
        ("x-forwarded-host", "app.example"),
        ("x-forwarded-host", "evil.example"),
    ];
    assert_eq!(ask(&twice).await.status, 400);
    assert_eq!(
        ask(&[("x-forwarded-host", "evil.example, app.example")])
            .await
            .status,
        400
    );
    assert_eq!(
        ask(&[
            ("x-forwarded-host", "a"),
            ("x-forwarded-proto", "javascript")
        ])
        .await
        .status,
        400
    );
}
