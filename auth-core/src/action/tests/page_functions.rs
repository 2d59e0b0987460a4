//! Functions of the application in place of our pages.

use super::*;
use crate::builder::{Pages, Theme};
use crate::component::Html;
use crate::page::{ErrorView, SignInView, SignOutView, VerifyRequestView};

fn serialized<T: serde::Serialize>(view: &T) -> Html {
    Html::pre_escaped(serde_json::to_string(view).unwrap())
}

/// Every page shows its view, as serde writes it.
fn rendered() -> Auth {
    let pages = Pages::new()
        .render_sign_in(|view: &SignInView<'_>| serialized(view))
        .render_sign_out(|view: &SignOutView<'_>| serialized(view))
        .render_error(|view: &ErrorView<'_>| serialized(view))
        .render_verify_request(|view: &VerifyRequestView<'_>| serialized(view));
    let theme = Theme::new()
        .name("Acme")
        .stylesheet("/acme.css")
        .privacy_policy("/privacy");
    auth_with(GitHub::default(), |builder| {
        builder
            .provider(GITHUB.client("id", "secret").id("staff").name("Staff"))
            .pages(pages)
            .theme(theme)
    })
}

#[test]
fn a_function_says_what_a_page_holds_and_nothing_else() {
    for (path, status) in [
        ("signin", 200),
        ("signin/github", 200),
        ("signin?error=MissingCSRF&code=csrf", 400),
        ("signout", 200),
        ("error?error=AccessDenied&code=access_denied", 403),
        ("error", 400),
        ("verify-request", 200),
    ] {
        let path = format!("/api/auth/{path}");
        let ours = get(&auth(GitHub::default()), &mut Vec::new(), &path);
        let theirs = get(&rendered(), &mut Vec::new(), &path);
        assert_eq!(theirs.status(), status, "{path}");
        assert_eq!(theirs.status(), ours.status(), "{path}");
        assert!(theirs.body().starts_with(b"{"), "{path}");
        let headers = |of: &Response| {
            let mut headers = of.headers().clone();
            let cookies = headers.get_all("set-cookie").iter().count();
            headers.remove("set-cookie");
            (headers, cookies)
        };
        assert_eq!(headers(&theirs), headers(&ours), "{path}");
    }
}

#[test]
fn the_view_of_the_sign_in_page_has_all_that_a_page_needs() {
    let mut jar = Vec::new();
    let page = "/api/auth/signin?callbackUrl=/a&error=x&code=csrf&ref=7f&max_age=300";
    let view = json_of(&get(&rendered(), &mut jar, page));
    let token = view["csrf_token"].as_str().unwrap();
    assert_eq!(csrf(&rendered(), &mut jar), token);
    assert_eq!(view["page"]["heading"], "Sign in to Acme");
    assert_eq!(view["page"]["title"], "Error – Sign in – Acme");
    assert_eq!(view["page"]["lang"], "en");
    assert_eq!(view["page"]["dir"], "ltr");
    assert_eq!(view["page"]["site"]["name"], "Acme");
    assert_eq!(view["page"]["site"]["stylesheets"][1], "/acme.css");
    let privacy = json!([{"label": "Privacy", "href": "/privacy"}]);
    assert_eq!(view["page"]["footer"], privacy);
    assert_eq!(view["error"]["code"], "csrf");
    assert_eq!(view["error"]["reference"], "7f");
    assert_eq!(view["return_to"], "http://localhost:3000/a");
    assert_eq!(view["max_age"], 300);
    let github = &view["providers"][0];
    assert_eq!(github["action"], "/api/auth/signin/github");
    let mark = github["mark"]["src"].as_str().unwrap();
    assert!(mark.starts_with("/api/auth/marks/github.svg?v="), "{mark}");
    let form = github["form"].as_str().unwrap();
    for part in [
        r#"<form method="post" action="/api/auth/signin/github">"#,
        &format!(r#"<input type="hidden" name="csrfToken" value="{token}">"#),
        r#"<input type="hidden" name="callbackUrl" value="http://localhost:3000/a">"#,
        r#"<input type="hidden" name="max_age" value="300">"#,
        "<span>Continue with GitHub</span>",
    ] {
        assert!(form.contains(part), "{part} is not in {form}");
    }
}

#[test]
fn the_view_of_the_sign_in_page_says_what_was_used_last_and_who_is_there() {
    let mut jar = Vec::new();
    sign_in(&rendered(), &mut jar, "/page");
    let view = json_of(&get(
        &rendered(),
        &mut jar,
        "/api/auth/signin?callbackUrl=/a",
    ));
    assert_eq!(view["signed_in_as"], "Ada");
    assert_eq!(view["notice"], "You are signed in as Ada.");
    assert_eq!(view["continue_to"]["label"], "Continue as Ada");
    assert_eq!(view["continue_to"]["href"], "http://localhost:3000/a");
    assert_eq!(view["providers"][0]["last_used"], "Last used");
    assert_eq!(view["providers"][1]["last_used"], Value::Null);
    let form = view["providers"][0]["form"].as_str().unwrap();
    assert!(form.contains("<small>Last used</small>"), "{form}");
    // Where there is no choice, there is nothing to mark.
    let one = json_of(&get(&rendered(), &mut jar, "/api/auth/signin/github"));
    assert_eq!(one["providers"][0]["last_used"], Value::Null);
}

#[test]
fn the_form_of_a_view_signs_out() {
    let mut jar = Vec::new();
    let auth = rendered();
    sign_in(&auth, &mut jar, "/page");
    let view = json_of(&get(&auth, &mut jar, "/api/auth/signout?callbackUrl=/bye"));
    assert_eq!(view["cancel"]["label"], "Cancel");
    assert_eq!(view["action"], "/api/auth/signout");
    let token = view["csrf_token"].as_str().unwrap();
    let form = view["form"].as_str().unwrap();
    assert!(
        form.contains(&format!(r#"name="csrfToken" value="{token}""#)),
        "{form}"
    );
    let return_to = r#"name="callbackUrl" value="http://localhost:3000/bye""#;
    assert!(form.contains(return_to), "{form}");
}

#[test]
fn a_failure_that_is_no_redirect_is_rendered_too() {
    let request = http::Request::get("/api/auth/signin").header("x-forwarded-host", "x");
    let request = request.header("host", "evil.example").body(Vec::new());
    let response = block_on(rendered().handle(request.unwrap()));
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(json_of(&response)["error"]["code"], "unknown_host");
}

#[test]
fn a_function_may_leave_a_page_to_us() {
    let pages = Pages::new()
        .render_sign_in(|view| view.built_in())
        .render_sign_out(|view| view.built_in())
        .render_error(|view| view.built_in())
        .render_verify_request(|view| view.built_in());
    let passing = auth_with(GitHub::default(), |builder| builder.pages(pages));
    let mut jar = Vec::new();
    csrf(&passing, &mut jar);
    for path in ["signin", "signout", "error?error=x", "verify-request"] {
        let path = format!("/api/auth/{path}");
        let ours = get(&auth(GitHub::default()), &mut jar, &path);
        assert_eq!(get(&passing, &mut jar, &path).body(), ours.body(), "{path}");
    }
}

#[test]
fn no_view_shows_its_token_to_a_log() {
    let pages = Pages::new()
        .render_sign_in(|view| Html::render(format!("{view:?}")))
        .render_sign_out(|view| Html::render(format!("{view:?}")));
    let auth = auth_with(GitHub::default(), |builder| builder.pages(pages));
    let mut jar = Vec::new();
    let token = csrf(&auth, &mut jar);
    for path in ["/api/auth/signin", "/api/auth/signout"] {
        let response = get(&auth, &mut jar, path);
        let shown = std::str::from_utf8(response.body()).unwrap();
        assert!(shown.contains("View"), "{shown}");
        assert!(!shown.contains(&token), "{shown}");
    }
}
