use std::time::Duration;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use serde_json::json;

use super::client::*;
use crate::client::http;

/// Where a browser with this cookie is sent from the authorization endpoint.
async fn sent_to(url: &str, cookie: &str) -> Option<String> {
    let response = http().get(url).header(COOKIE, cookie).send().await.unwrap();
    let location = response.headers().get(LOCATION)?;
    Some(location.to_str().unwrap().to_owned())
}

/// Makes the choice on the page; where that leads, the cookie, and the page.
async fn choose(url: &str, fields: &[(&str, &str)]) -> (String, String, String) {
    let response = with_form(http().post(url), fields).send().await.unwrap();
    let header = |name| {
        let value = response.headers().get(name);
        value.map_or("", |value| value.to_str().unwrap()).to_owned()
    };
    let cookie = header(SET_COOKIE);
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let location = header(LOCATION);
    (location, cookie, response.text().await.unwrap())
}

async fn page(url: &str) -> String {
    let response = http().get(url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

#[actix_web::test]
async fn the_page_offers_everybody_and_says_what_it_is() {
    let workos = workos();
    let page = page(&authorization_url(&workos, &[])).await;
    for text in [
        "Development login – not for production",
        "Alice Doe",
        "alice@acme.test · Acme",
        "http://localhost:3000",
        "value=\"cancel\"",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("<script") && !page.contains("style=\""));
}

#[actix_web::test]
async fn somebody_in_several_organisations_chooses_one() {
    let workos = workos();
    let url = authorization_url(&workos, &[]);
    let (location, _, page) = choose(&url, &[("choice", "user_01MULTI")]).await;
    assert!(location.is_empty() && page.contains("Choose an organization"));
    let both = [("choice", "user_01MULTI"), ("organization", "org_01BETA")];
    let (location, _, _) = choose(&url, &both).await;
    let code = param(&location, "code");
    let fields = json!({
        "grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER,
    });
    let (_, tokens) = authenticate(&workos, fields).await;
    assert_eq!(tokens["organization_id"], "org_01BETA");
    let foreign = [("choice", "user_01MULTI"), ("organization", "org_01OTHER")];
    assert!(choose(&url, &foreign).await.0.is_empty());
}

#[actix_web::test]
async fn a_browser_that_is_signed_in_is_let_in_until_it_signs_out_or_must_be_asked() {
    let workos = workos();
    let url = authorization_url(&workos, &[]);
    let none = authorization_url(&workos, &[("prompt", "none")]);
    let error = sent_to(&none, "").await.unwrap();
    assert_eq!(param(&error, "error").as_deref(), Some("login_required"));

    let (_, cookie, _) = choose(&url, &[("choice", "user_01ALICE")]).await;
    assert!(param(&sent_to(&none, &cookie).await.unwrap(), "code").is_some());
    assert!(param(&sent_to(&url, &cookie).await.unwrap(), "code").is_some());
    let login = authorization_url(&workos, &[("prompt", "login")]);
    assert_eq!(sent_to(&login, &cookie).await, None, "the page is shown");
    let recent = authorization_url(&workos, &[("max_age", "60")]);
    assert!(sent_to(&recent, &cookie).await.is_some());
    workos.advance(Duration::from_secs(60));
    assert_eq!(sent_to(&recent, &cookie).await, None, "the page is shown");

    workos.end_sessions("alice@acme.test");
    assert_eq!(sent_to(&url, &cookie).await, None, "the page is shown");
}

#[actix_web::test]
async fn somebody_signs_up_once() {
    let workos = workos();
    let url = authorization_url(
        &workos,
        &[("screen_hint", "sign-up"), ("login_hint", "eve@acme.test")],
    );
    let shown = page(&url).await;
    assert!(shown.contains("value=\"eve@acme.test\"") && shown.contains("<h1>Sign up</h1>"));
    let eve = [
        ("choice", "new"),
        ("email", "eve@acme.test"),
        ("first_name", "Eve"),
        ("last_name", "Doe"),
    ];
    let (location, _, _) = choose(&url, &eve).await;
    assert!(param(&location, "code").is_some());
    let (location, _, page) = choose(&url, &eve).await;
    assert!(location.is_empty() && page.contains("Somebody has that address already."));
    let (_, _, page) = choose(&url, &[("choice", "new"), ("email", "nonsense")]).await;
    assert!(page.contains("Enter an e-mail address"));
}

#[actix_web::test]
async fn cancelling_and_bad_requests_are_told_to_the_application() {
    let workos = workos();
    let url = authorization_url(&workos, &[]);
    let (location, _, _) = choose(&url, &[("choice", "cancel")]).await;
    assert_eq!(param(&location, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&location, "state").as_deref(), Some("the-state"));
    for changes in [
        [("response_type", "token")],
        [("provider", "")],
        [("code_challenge_method", "plain")],
        [("max_age", "soon")],
        [("screen_hint", "other")],
        [("prompt", "other")],
    ] {
        let url = authorization_url(&workos, &changes);
        let answer = workos.approve(&url, "alice@acme.test");
        assert_eq!(
            param(&answer, "error").as_deref(),
            Some("invalid_request"),
            "{changes:?}"
        );
    }
    let other = authorization_url(&workos, &[("organization_id", "org_01BETA")]);
    let answer = workos.approve(&other, "alice@acme.test");
    assert_eq!(param(&answer, "error").as_deref(), Some("access_denied"));
}

#[actix_web::test]
async fn an_unknown_application_or_a_foreign_address_ends_on_a_page() {
    let workos = workos();
    for changes in [
        [("client_id", "client_other")],
        [("redirect_uri", "https://evil.example/callback")],
        [("redirect_uri", "")],
    ] {
        let url = authorization_url(&workos, &changes);
        let response = http().get(&url).send().await.unwrap();
        assert_eq!(response.status(), 400, "{changes:?}");
        assert!(workos.try_approve(&url, "alice@acme.test").is_err());
    }
    assert!(
        workos
            .try_approve("https://api.workos.com/", "alice@acme.test")
            .is_err()
    );
}

#[actix_web::test]
async fn another_site_cannot_make_the_choice() {
    let workos = workos();
    let request = http().post(authorization_url(&workos, &[]));
    let request = request.header("sec-fetch-site", "cross-site");
    let response = with_form(request, &[("choice", "user_01ALICE")])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 400);
    assert!(response.headers().get(LOCATION).is_none());
}

#[actix_web::test]
async fn signing_out_returns_only_to_loopback() {
    let workos = workos();
    let logout = |return_to: &str| {
        let path = "/user_management/sessions/logout?session_id=session_01&return_to=";
        http()
            .get(format!("{}{path}{return_to}", workos.origin()))
            .send()
    };
    let response = logout("http%3A%2F%2Flocalhost%3A3000%2Fbye").await.unwrap();
    assert_eq!(response.headers()[LOCATION], "http://localhost:3000/bye");
    let response = logout("https%3A%2F%2Fevil.example%2F").await.unwrap();
    assert_eq!(response.status(), 400);
}

#[actix_web::test]
async fn a_device_is_connected_on_a_page() {
    let workos = workos();
    let body = json!({ "client_id": workos.client_id() }).to_string();
    let url = format!("{}/user_management/authorize/device", workos.origin());
    let (_, device) = answer(http().post(url).body(body)).await;
    let url = device["verification_uri_complete"].as_str().unwrap();
    assert!(page(url).await.contains("Alice Doe"));
    let (_, _, done) = choose(url, &[("choice", "cancel")]).await;
    assert!(done.contains("Done"));
    let fields = json!({ "grant_type": DEVICE, "device_code": device["device_code"] });
    assert_eq!(
        authenticate(&workos, fields).await.1["error"],
        "access_denied"
    );
}
