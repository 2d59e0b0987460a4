use std::time::Duration;

use auth_dev::workos::Endpoint;
use auth_tests::{AuthKitSite, Browser};
use reqwest::Method;

#[actix_web::test]
async fn signing_out_ends_the_session_here_and_at_workos() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let mut copy = browser.clone();
    let answer = browser.submit(&site.url("/sign-out"), &[]).await;
    assert!(!browser.cookies.contains_key("wos-session"));
    let logout = answer.location().to_owned();
    assert!(logout.starts_with(site.workos.origin()), "{logout}");
    let back = browser.visit(&logout).await;
    assert_eq!((back.status, back.location()), (302, &*site.url("/")));
    assert_eq!(browser.visit(&site.url("/")).await.text, "a guest");
    // What somebody has copied is over as well.
    assert_eq!(copy.visit(&site.url("/")).await.text, "a guest");
    site.advance(Duration::from_secs(400));
    assert_eq!(copy.visit(&site.url("/")).await.text, "a guest");
}

#[actix_web::test]
async fn a_session_whose_token_has_expired_is_signed_out_at_workos_too() {
    let site = AuthKitSite::start();
    for path in ["/sign-out", "/leave"] {
        let mut browser = site.browser_of("ada@example.com").await;
        let session_id = site.me(&mut browser).await["sessionId"].clone();
        site.advance(Duration::from_secs(4000));
        let asked = site.workos.requests(Endpoint::Authenticate);
        let answer = browser.submit(&site.url(path), &[]).await;
        let sid = answer.location_param("session_id");
        assert_eq!(sid.as_deref(), session_id.as_str(), "{path}");
        assert!(!browser.cookies.contains_key("wos-session"), "{path}");
        assert_eq!(
            site.workos.requests(Endpoint::Authenticate),
            asked,
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_link_asks_first_and_another_site_signs_nobody_out() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let page = browser.visit(&site.url("/sign-out")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<form") && page.text.contains("method=\"post\""));
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let forged = browser
            .request(Method::POST, &site.url("/sign-out"))
            .header(name, value);
        let answer = browser.send(forged).await;
        assert_eq!(answer.status, 403, "{name}");
    }
    assert!(browser.cookies.contains_key("wos-session"));
    assert_eq!(
        browser.visit(&site.url("/")).await.text,
        "signed in as user_01ADA"
    );
}

#[actix_web::test]
async fn a_guest_signs_out_without_workos() {
    let site = AuthKitSite::start();
    let answer = Browser::new().submit(&site.url("/sign-out"), &[]).await;
    assert_eq!(answer.location(), site.url("/"));
}
