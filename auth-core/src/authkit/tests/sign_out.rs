//! `GET` and `POST /sign-out`.

use http::Request;
use serde_json::json;
use url::Url;

use super::site::{LIFE, ORIGIN, Site, location, param, text};
use crate::session::{SessionEvent, SessionSource as _};
use crate::testing::block_on;

fn post() -> http::request::Builder {
    Request::post("/sign-out").header("origin", ORIGIN)
}

#[test]
fn a_sign_out_ends_the_session_at_workos_and_here() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    site.begin("/sign-in");
    let jar = site.jar.clone();
    assert!(site.read().unwrap().is_some());
    let response = site.send(post());
    assert_eq!(response.status(), 303);
    assert_eq!(
        location(&response),
        "https://api.workos.com/user_management/sessions/logout\
         ?session_id=session_1&return_to=https%3A%2F%2Fapp.example%2F"
    );
    assert_eq!(response.extensions().get(), Some(&SessionEvent::SignedOut));
    assert!(site.jar.is_empty(), "sign-ins under way are gone too");
    // A copy of the cookie is good for nothing, here and now.
    site.jar = jar;
    assert!(site.read().unwrap().is_none());
}

#[test]
fn a_sign_out_with_an_expired_token_reaches_workos_too() {
    let mut site = Site::with(|it| it.cookie_name("mine").cookie_domain("app.example"));
    site.seal(&json!({}), "r");
    let sealed = site.cookie("wos-session").unwrap().to_owned();
    site.jar.only("mine", &sealed);
    site.jar.move_to("app.example");
    site.clock.advance(LIFE * 100);
    let response = site.send(post());
    let url = Url::parse(location(&response)).unwrap();
    assert_eq!(param(&url, "session_id").as_deref(), Some("session_1"));
    assert!(site.jar.is_empty());
    assert_eq!(site.workos.refreshes(), 0);
}

#[test]
fn a_sign_out_without_a_session_goes_straight_back() {
    let mut site = Site::with(|it| it.after_sign_out("/bye"));
    assert_eq!(location(&site.send(post())), "https://app.example/bye");
    site.jar.only("wos-session", "garbage");
    assert_eq!(location(&site.send(post())), "https://app.example/bye");
    assert!(site.jar.is_empty());
}

#[test]
fn the_way_back_after_a_sign_out_is_one_of_ours() {
    let check = |target: &str, expected: &str| {
        let mut site = Site::new();
        site.seal(&json!({}), "r");
        let response = site.send(Request::post(target).header("origin", ORIGIN));
        let url = Url::parse(location(&response)).unwrap();
        assert_eq!(
            param(&url, "return_to").as_deref(),
            Some(expected),
            "{target}"
        );
    };
    check("/sign-out?returnTo=/bye", "https://app.example/bye");
    check(
        "/sign-out?returnTo=https://evil.example",
        "https://app.example/",
    );
    check("/sign-out?returnTo=//evil.example", "https://app.example/");
}

#[test]
fn a_browser_goes_on_from_a_page_and_not_by_a_redirect_after_a_form() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    let response = site.send(post().header("sec-fetch-mode", "navigate"));
    assert_eq!(response.status(), 200);
    let refresh = response.headers()["refresh"].to_str().unwrap();
    assert!(refresh.starts_with("0;url=https://api.workos.com/user_management/sessions/logout?"));
    assert!(site.jar.is_empty());
}

#[test]
fn another_site_signs_nobody_out() {
    let check = |builder: http::request::Builder| {
        let mut site = Site::new();
        site.seal(&json!({}), "r");
        let response = site.send(builder);
        assert_eq!(response.status(), 403);
        assert!(text(&response).contains("action=\"/sign-out\""), "it asks");
        assert!(site.read().unwrap().is_some());
    };
    let post = || Request::post("/sign-out");
    check(post().header("origin", "https://evil.example"));
    check(post().header("origin", "null"));
    check(post().header("origin", "http://app.example"));
    check(post().header("sec-fetch-site", "cross-site"));
    check(post().header("sec-fetch-site", "same-site"));
    check(
        post()
            .header("origin", ORIGIN)
            .header("sec-fetch-site", "cross-site"),
    );
    check(
        post()
            .header("origin", ORIGIN)
            .header("origin", "https://evil.example"),
    );
}

#[test]
fn forms_of_ours_and_programs_sign_out() {
    let check = |builder: http::request::Builder| {
        let mut site = Site::new();
        site.seal(&json!({}), "r");
        assert_eq!(site.send(builder).status(), 303);
        assert!(site.read().unwrap().is_none());
    };
    let post = || Request::post("/sign-out");
    check(post());
    check(post().header("origin", ORIGIN));
    check(post().header("sec-fetch-site", "same-origin"));
    check(
        post()
            .header("origin", ORIGIN)
            .header("sec-fetch-site", "same-origin"),
    );
}

#[test]
fn a_link_asks_first() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    let response = site.get("/sign-out?returnTo=/bye");
    assert_eq!(response.status(), 200);
    let page = text(&response);
    assert!(
        page.contains("<form method=\"post\" action=\"/sign-out\">"),
        "{page}"
    );
    assert!(page.contains("value=\"https://app.example/bye\""), "{page}");
    assert!(page.contains("href=\"/_authkit/style.css"), "{page}");
    assert!(response.headers().contains_key("content-security-policy"));
    assert!(site.read().unwrap().is_some());
}

#[test]
fn a_session_that_was_refreshed_before_the_sign_out_is_over_too() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    let old = site.jar.clone();
    site.clock.advance(LIFE + 60);
    site.read().unwrap().unwrap();
    site.send(post());
    site.jar = old;
    assert!(site.read().unwrap().is_none());
    let request = site.request(Request::get("/"));
    assert!(block_on(site.kit.read(&request)).unwrap().is_none());
}

#[test]
fn signing_in_again_after_a_sign_out_works() {
    let mut site = Site::new();
    site.seal(&json!({"sid": "session_0"}), "refresh_0");
    site.read().unwrap().unwrap();
    site.send(post());
    let url = site.begin("/sign-in");
    site.get(&super::site::way_back(&url));
    assert_eq!(site.read().unwrap().unwrap().id(), Some("session_1"));
}

#[test]
fn a_session_that_workos_goes_on_with_after_a_sign_out_here_sends_nobody_round_in_circles() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.send(post());
    // The browser never went to WorkOS: the next sign-in is the same session there.
    let url = site.begin("/sign-in");
    site.get(&super::site::way_back(&url));
    assert_eq!(site.read().unwrap().unwrap().id(), Some("session_1"));
}

#[test]
fn the_question_is_asked_in_the_language_that_was_chosen_and_remembered() {
    let mut site = Site::new();
    let page = "/sign-out?ui_locales=he&returnTo=/bye";
    let response = site.send(Request::get(page).header("accept-language", "de"));
    assert_eq!(response.headers()["content-language"], "he");
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    let set = "wos-language=he; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax";
    assert!(cookie.starts_with(set), "{cookie}");
    let html = text(&response);
    assert!(html.contains(r#"<html lang="he" dir="rtl">"#), "{html}");
    assert!(
        html.contains(r#"<input type="hidden" name="returnTo" value="https://app.example/bye">"#)
    );
    assert!(html.contains(r#"<select name="ui_locales""#));

    let later = site.send(Request::get("/sign-out").header("accept-language", "de"));
    assert_eq!(later.headers()["content-language"], "he");
    assert!(!later.headers().contains_key("set-cookie"));
}

#[test]
fn pages_vary_with_the_language_of_the_browser_and_other_answers_do_not() {
    let mut site = Site::new();
    let navigation = || post().header("sec-fetch-mode", "navigate");
    let mut check = |request: http::request::Builder, expected: &[&str]| {
        let response = site.send(request);
        let lines: Vec<_> = response.headers().get_all("vary").iter().collect();
        assert_eq!(lines, expected);
    };
    let page = "Cookie, Authorization, Accept-Language";
    check(Request::get("/sign-out"), &[page]);
    check(
        Request::get("/callback?error=access_denied&state=x"),
        &[page],
    );
    check(navigation(), &[page]);
    check(post(), &["Cookie, Authorization"]);
    check(Request::get("/_authkit/me"), &["Cookie, Authorization"]);
}

#[test]
fn the_error_page_speaks_the_language_of_the_browser() {
    let mut site = Site::new();
    let failed = Request::get("/callback?error=access_denied&state=x");
    let response = site.send(failed.header("accept-language", "sv"));
    assert_eq!(response.headers()["content-language"], "sv");
    assert!(text(&response).contains("Logga in igen"));
}
