//! Pages of the application in place of ours.

use super::*;
use crate::builder::{BuildProblem, Pages};
use crate::store::MemoryStore;
use crate::testing::AtOnce;

fn all() -> Auth {
    let pages = Pages::new()
        .sign_in("/login?tab=1")
        .sign_out("/bye")
        .error("/oops")
        .verify_request("/mail?x=1")
        .new_user("/welcome");
    auth_with(GitHub::default(), |builder| builder.pages(pages))
}

/// Where a redirect leads, as it is written.
fn written(response: &Response) -> &str {
    assert_eq!(response.status(), StatusCode::FOUND);
    response.headers()["location"].to_str().unwrap()
}

#[test]
fn by_default_every_page_is_ours() {
    let auth = auth(GitHub::default());
    for page in ["signin", "signout", "verify-request"] {
        let shown = get(&auth, &mut Vec::new(), &format!("/api/auth/{page}"));
        assert_eq!(shown.status(), StatusCode::OK, "{page}");
        assert_eq!(shown.headers()["content-type"], "text/html; charset=utf-8");
    }
    assert_eq!(
        crate::SessionSource::sign_in_path(&auth),
        "/api/auth/signin"
    );
}

#[test]
fn the_pages_of_the_application_take_the_place_of_ours() {
    let check = |path: &str, expected: &str| {
        let answer = get(&all(), &mut Vec::new(), &format!("/api/auth/{path}"));
        assert_eq!(written(&answer), expected, "{path}");
    };
    let home = "callbackUrl=http%3A%2F%2Flocalhost%3A3000%2F";
    check("signin", &format!("/login?tab=1&{home}"));
    check(
        "signin?callbackUrl=/a&error=OAuthCallbackError&code=provider_denied&ref=7f&max_age=300",
        &format!(
            "/login?tab=1&{home}a&error=OAuthCallbackError&code=provider_denied&ref=7f&max_age=300"
        ),
    );
    let elsewhere = "signin?callbackUrl=https://evil.example/";
    check(elsewhere, &format!("/login?tab=1&{home}"));
    let markup = "signin?error=%3Cscript%3E";
    check(markup, &format!("/login?tab=1&{home}&error=Error"));
    check("signout", "/bye");
    check("error", "/oops");
    let error = "error=AccessDenied&code=access_denied&ref=7f";
    check(&format!("error?{error}&x=y"), &format!("/oops?{error}"));
    check("verify-request", "/mail?x=1");
    let sent = "provider=email&type=email";
    check(
        &format!("verify-request?{sent}"),
        &format!("/mail?x=1&{sent}"),
    );
    assert_eq!(crate::SessionSource::sign_in_path(&all()), "/login?tab=1");
}

#[test]
fn a_page_of_the_application_finds_the_cookies_that_its_form_needs() {
    let mut jar = Vec::new();
    get(&all(), &mut jar, "/api/auth/signin?callbackUrl=/a");
    let names: Vec<_> = jar.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["authjs.csrf-token", "authjs.callback-url"]);
}

#[test]
fn a_link_to_one_provider_still_leads_to_its_button() {
    let page = get(&all(), &mut Vec::new(), "/api/auth/signin/github");
    assert_eq!(page.status(), StatusCode::OK);
}

#[test]
fn failures_lead_to_the_pages_of_the_application() {
    let (auth, mut jar) = (all(), Vec::new());
    let failed = get(&auth, &mut jar, "/api/auth/signin/nobody");
    let url = written(&failed);
    let expected = "http://localhost:3000/oops?error=Configuration&code=unknown_provider&ref=";
    assert!(url.starts_with(expected), "{url}");

    let stale = send(
        &auth,
        &mut jar,
        http::Request::post("/api/auth/signin/github"),
        "",
    );
    let url = written(&stale);
    let expected = "http://localhost:3000/login?tab=1&error=MissingCSRF&code=csrf&ref=";
    assert!(url.starts_with(expected), "{url}");
}

#[test]
fn somebody_on_the_way_back_to_the_error_page_sees_ours() {
    let auth = all();
    let check = |jar: &mut Vec<_>, query: &str, expected| {
        let shown = get(
            &auth,
            jar,
            &format!("/api/auth/error?error=AccessDenied{query}"),
        );
        assert_eq!(shown.status(), expected, "{query}");
    };
    let (ours, theirs) = (StatusCode::FORBIDDEN, StatusCode::FOUND);
    check(&mut Vec::new(), "&callbackUrl=/oops%3Ferror=x", ours);
    check(
        &mut Vec::new(),
        "&callbackUrl=http://localhost:3000/oops%23x",
        ours,
    );
    check(&mut Vec::new(), "&callbackUrl=/oops2", theirs);
    check(
        &mut Vec::new(),
        "&callbackUrl=https://evil.example/oops",
        theirs,
    );

    // A protected error page sends guests to the sign-in page; whatever fails from there on is
    // shown by us.
    let mut jar = Vec::new();
    get(&auth, &mut jar, "/api/auth/signin/github?callbackUrl=/oops");
    check(&mut jar, "", ours);
    let failed = get(&auth, &mut jar, "/api/auth/signin/nobody");
    assert_eq!(location(failed.headers()).path(), "/api/auth/error");
}

#[test]
fn only_the_first_sign_in_of_a_user_ends_on_the_page_for_new_ones() {
    let auth: Auth = AuthBuilder::with_adapters(GitHub::default(), AtOnce)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .provider(GITHUB.client("id", "secret"))
        .users(MemoryStore::new())
        .pages(Pages::new().new_user("/welcome?x=1"))
        .build()
        .unwrap();
    let first = sign_in(&auth, &mut Vec::new(), "/page");
    let page = "callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Fpage";
    assert_eq!(written(&first), format!("/welcome?x=1&{page}"));
    let second = sign_in(&auth, &mut Vec::new(), "/page");
    assert_eq!(written(&second), "http://localhost:3000/page");
}

#[test]
fn nobody_is_new_without_a_store() {
    let back = sign_in(&all(), &mut Vec::new(), "/page");
    assert_eq!(location(back.headers()).path(), "/page");
}

#[test]
fn a_page_that_is_none_of_this_site_is_found_when_building() {
    let pages = Pages::new()
        .sign_in("/api/auth/signin")
        .sign_out("https://other.example/bye")
        .error("oops")
        .verify_request("//other.example")
        .new_user("/welcome#here");
    let found = AuthBuilder::<Auth>::with_adapters(GitHub::default(), NoSpawn)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .pages(pages)
        .build()
        .unwrap_err();
    let invalid = |page, path: &str| BuildProblem::PageInvalid {
        page,
        path: path.to_owned(),
    };
    let expected = [
        invalid("sign_in", "/api/auth/signin"),
        invalid("sign_out", "https://other.example/bye"),
        invalid("error", "oops"),
        invalid("verify_request", "//other.example"),
        invalid("new_user", "/welcome#here"),
    ];
    assert_eq!(found.problems(), expected);
}
