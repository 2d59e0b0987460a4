//! When the certified provider asks the person, and when it must not.

use auth_tests::{Answer, Browser, Site};

use crate::certified::{Certified, site};
use crate::visit::{
    ADA, Visitor, assert_refused, assert_signed_in, come_back, edited, sign_in, visit, visit_url,
};

/// Begins a sign-in that must not bother the person (`prompt=none`).
async fn begin_silently(site: &Site<Certified>, browser: &mut Browser) -> Answer {
    let csrf = site.csrf(browser).await;
    let fields = [("csrfToken", &*csrf), ("callbackUrl", "/page")];
    browser
        .post(&site.url("/api/auth/signin/dev?prompt=none"), &fields)
        .await
}

#[actix_web::test]
async fn a_silent_sign_in_without_a_session_at_the_provider_is_refused() {
    let site = site();
    let mut browser = Browser::new();
    let begun = begin_silently(&site, &mut browser).await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert_eq!(returned.param("error").as_deref(), Some("login_required"));
    assert!(returned.asked.is_empty());
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_denied").await;
}

#[actix_web::test]
async fn a_silent_sign_in_without_consent_is_refused() {
    let site = site();
    let mut browser = Browser::new();
    sign_in(&site, &mut browser, Visitor::Refuses("ada")).await;
    let begun = begin_silently(&site, &mut browser).await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert_eq!(returned.param("error").as_deref(), Some("consent_required"));
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_denied").await;
}

#[actix_web::test]
async fn a_silent_sign_in_succeeds_while_the_session_at_the_provider_lasts_and_not_after() {
    let site = site();
    let mut browser = Browser::new();
    sign_in(&site, &mut browser, ADA).await;
    site.sign_out(&mut browser).await;
    let begun = begin_silently(&site, &mut browser).await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    let back = come_back(&mut browser, &returned).await;
    assert_signed_in(&site, &mut browser, &back).await;

    site.sign_out(&mut browser).await;
    site.provider.forget();
    let begun = begin_silently(&site, &mut browser).await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert_eq!(returned.param("error").as_deref(), Some("login_required"));
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_denied").await;
}

#[actix_web::test]
async fn a_session_that_expired_at_the_provider_leads_to_its_login_form() {
    let site = site();
    let mut browser = Browser::new();
    sign_in(&site, &mut browser, ADA).await;
    let begun = site.begin(&mut browser, "/page").await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert!(returned.asked.is_empty(), "{:?}", returned.asked);

    site.provider.forget();
    let begun = site.begin(&mut browser, "/page").await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert_eq!(returned.asked, ["login", "consent"]);
    let back = come_back(&mut browser, &returned).await;
    assert_signed_in(&site, &mut browser, &back).await;
}

#[actix_web::test]
async fn a_page_that_wants_a_recent_sign_in_makes_the_provider_ask_again() {
    let site = site();
    let mut browser = Browser::new();
    sign_in(&site, &mut browser, ADA).await;
    let fields = [("callbackUrl", "/page"), ("max_age", "0")];
    let begun = site.begin_with(&mut browser, &fields).await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert_eq!(returned.asked, ["login"]);
    let back = come_back(&mut browser, &returned).await;
    assert_signed_in(&site, &mut browser, &back).await;
    assert_eq!(browser.visit(&site.url("/recent")).await.status, 200);
}

#[actix_web::test]
async fn an_answer_without_auth_time_is_refused_where_a_recent_sign_in_was_asked_for() {
    let site = site();
    let mut browser = Browser::new();
    let fields = [("callbackUrl", "/page"), ("max_age", "300")];
    let begun = site.begin_with(&mut browser, &fields).await;
    let url = edited(begun.location(), &[("max_age", None)]);
    let returned = visit_url(&site, &mut browser, url.as_str(), ADA).await;
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "auth_time").await;
}
