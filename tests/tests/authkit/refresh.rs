use std::collections::BTreeSet;
use std::time::Duration;

use auth_dev::workos::{Endpoint, Fault};
use auth_tests::{AuthKitSite, Browser};
use futures_util::future::join_all;
use reqwest::Method;

/// Longer than an access token lives.
const LATER: Duration = Duration::from_secs(400);

/// How often tokens were asked for.
fn asked(site: &AuthKitSite) -> usize {
    site.workos.requests(Endpoint::Authenticate)
}

#[actix_web::test]
async fn fifty_requests_with_an_expired_token_make_one_refresh_and_all_succeed() {
    let site = AuthKitSite::start();
    let browser = site.browser_of("ada@example.com").await;
    site.advance(LATER);
    let before = asked(&site);
    let request = || browser.request(Method::GET, &site.url("/dashboard")).send();
    let answers = join_all((0..50).map(|_| request())).await;
    let mut cookies = BTreeSet::new();
    for answer in answers {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 200);
        let set = answer.headers().get_all("set-cookie").iter();
        let set: Vec<_> = set
            .map(|value| value.to_str().unwrap().to_owned())
            .collect();
        assert_eq!(set.len(), 1);
        let value = set[0].split(';').next().unwrap().to_owned();
        assert!(value.starts_with("wos-session=Fe26.2*"));
        cookies.insert(value);
    }
    assert_eq!(asked(&site) - before, 1);
    assert_eq!(cookies.len(), 1, "all get the same cookie");
}

#[actix_web::test]
async fn a_session_is_refreshed_again_and_again() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let mut seen = BTreeSet::from([browser.cookies["wos-session"].clone()]);
    for _ in 0..3 {
        site.advance(LATER);
        assert_eq!(browser.visit(&site.url("/dashboard")).await.status, 200);
        assert!(
            seen.insert(browser.cookies["wos-session"].clone()),
            "it is another cookie"
        );
    }
    assert_eq!(asked(&site), 4);
}

#[actix_web::test]
async fn a_token_with_seconds_left_is_refreshed_before_the_handler_runs() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    site.advance(Duration::from_secs(200));
    browser.visit(&site.url("/dashboard")).await;
    assert_eq!(asked(&site), 1, "there is time");
    site.advance(Duration::from_secs(80));
    browser.visit(&site.url("/dashboard")).await;
    assert_eq!(asked(&site), 2);
}

#[actix_web::test]
async fn a_token_that_lives_on_is_served_while_it_cannot_be_refreshed() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    site.advance(Duration::from_secs(280));
    site.workos
        .fail_always(Endpoint::Authenticate, Fault::NotJson);
    assert_eq!(browser.visit(&site.url("/dashboard")).await.status, 200);
}

#[actix_web::test]
async fn trouble_at_workos_never_costs_the_session() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let cookie = browser.cookies["wos-session"].clone();
    site.advance(LATER);
    let retry_after = Duration::from_secs(60);
    for fault in [
        Fault::Unavailable,
        Fault::RateLimited { retry_after },
        Fault::NotJson,
    ] {
        site.workos.fail_always(Endpoint::Authenticate, fault);
        let answer = browser.visit(&site.url("/dashboard")).await;
        assert_ne!(answer.status, 200, "{fault:?}");
        assert_eq!(answer.header("set-cookie"), "", "{fault:?}");
        assert_eq!(browser.cookies["wos-session"], cookie, "{fault:?}");
    }
    site.workos.heal();
    assert_eq!(browser.visit(&site.url("/dashboard")).await.status, 200);
}

#[actix_web::test]
async fn a_workos_that_does_not_answer_never_costs_the_session() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    site.advance(LATER);
    site.workos.fail_next(Endpoint::Authenticate, Fault::Silent);
    let answer = browser.visit(&site.url("/dashboard")).await;
    assert!(!answer.header("set-cookie").contains("Max-Age=0"));
    assert!(browser.cookies.contains_key("wos-session"));
    assert_eq!(browser.visit(&site.url("/dashboard")).await.status, 200);
}

#[actix_web::test]
async fn an_answer_that_was_lost_is_asked_for_again() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    site.advance(LATER);
    site.workos
        .fail_next(Endpoint::Authenticate, Fault::AnswerLost);
    let first = browser.visit(&site.url("/dashboard")).await;
    let answer = match first.status {
        200 => first,
        _ => browser.visit(&site.url("/dashboard")).await,
    };
    assert_eq!(answer.status, 200, "the rotated pair is within its grace");
    site.advance(LATER);
    assert_eq!(browser.visit(&site.url("/dashboard")).await.status, 200);
}

#[actix_web::test]
async fn a_session_that_is_over_leads_to_sign_in_and_keeps_the_way_back() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    site.workos.end_sessions("ada@example.com");
    site.advance(LATER);
    let refused = browser.visit(&site.url("/posts?page=2")).await;
    assert!(
        refused.location().contains("/sign-in"),
        "{}",
        refused.location()
    );
    assert!(!browser.cookies.contains_key("wos-session"));
    let start = refused.location().to_owned();
    let back = site
        .sign_in_from(&mut browser, &start, "ada@example.com")
        .await;
    assert_eq!(back.location(), site.url("/posts?page=2"));
}

#[actix_web::test]
async fn a_browser_that_missed_the_new_cookie_is_still_signed_in() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let mut late: Browser = browser.clone();
    site.advance(LATER);
    browser.visit(&site.url("/dashboard")).await;
    assert_eq!(late.visit(&site.url("/dashboard")).await.status, 200);
    assert_eq!(asked(&site), 2, "nobody asks with a spent token");
    assert_eq!(late.cookies["wos-session"], browser.cookies["wos-session"]);
}

#[actix_web::test]
async fn tokens_that_workos_signs_wrongly_are_nobodys() {
    let site = AuthKitSite::start();
    for fault in [
        Fault::WrongKey,
        Fault::WrongIssuer,
        Fault::OtherSubject,
        Fault::ExpiredToken,
    ] {
        let mut browser = Browser::new();
        site.workos.fail_next(Endpoint::Authenticate, fault);
        let answer = site
            .sign_in_from(&mut browser, "/sign-in", "ada@example.com")
            .await;
        assert!(
            (400..504).contains(&answer.status),
            "{fault:?}: {}",
            answer.status
        );
        assert!(!browser.cookies.contains_key("wos-session"), "{fault:?}");
    }
    assert!(site.me(&mut site.browser_of("ada@example.com").await).await["user"].is_object());
}

#[actix_web::test]
async fn keys_are_fetched_once_and_again_after_a_rotation() {
    let site = AuthKitSite::start();
    for _ in 0..5 {
        let mut browser = site.browser_of("ada@example.com").await;
        browser.visit(&site.url("/dashboard")).await;
    }
    assert_eq!(site.workos.requests(Endpoint::Jwks), 1);
    site.workos.rotate_keys().unwrap();
    site.browser_of("ada@example.com").await;
    assert_eq!(site.workos.requests(Endpoint::Jwks), 2);
}

#[actix_web::test]
async fn an_application_can_refresh_at_once() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let before = browser.cookies["wos-session"].clone();
    let answer = browser.submit(&site.url("/refresh"), &[]).await;
    assert_eq!((answer.status, &*answer.text), (200, "user_01ADA"));
    assert_ne!(browser.cookies["wos-session"], before);
    assert_eq!(asked(&site), 2);
}
