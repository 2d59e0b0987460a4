//! `GET /sign-in`, `GET /sign-up`.

use super::site::{CLIENT_ID, ORIGIN, Site, location, param, way_back};

#[test]
fn the_browser_goes_to_the_hosted_page_with_a_sealed_state_and_a_challenge() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    assert_eq!(url.path(), "/user_management/authorize");
    let check = |name: &str, expected: &str| {
        assert_eq!(param(&url, name).as_deref(), Some(expected), "{name}");
    };
    check("client_id", CLIENT_ID);
    check("redirect_uri", "https://app.example/callback");
    check("response_type", "code");
    check("provider", "authkit");
    check("screen_hint", "sign-in");
    check("code_challenge_method", "S256");
    assert_eq!(param(&url, "code_challenge").unwrap().len(), 43);
    let state = param(&url, "state").unwrap();
    assert!(state.starts_with("Fe26.2*1*") && state.ends_with("~2"));
    let names = site.cookies("wos-auth-verifier-");
    let [name] = names.as_slice() else {
        panic!("one cookie for one sign-in: {names:?}")
    };
    assert_eq!(site.cookie(name), Some(state.as_str()));
}

#[test]
fn the_state_does_not_show_the_code_verifier() {
    let mut site = Site::new();
    let url = site.begin("/sign-in?returnTo=/secret-place");
    assert!(!url.as_str().contains("secret-place"));
    assert!(!url.as_str().contains("codeVerifier"));
}

#[test]
fn a_sign_up_begins_on_the_page_for_it() {
    let mut site = Site::new();
    let url = site.begin("/sign-up");
    assert_eq!(param(&url, "screen_hint").as_deref(), Some("sign-up"));
}

#[test]
fn invitations_and_hints_are_passed_on_and_nothing_else() {
    let mut site = Site::new();
    let url = site.begin(
        "/sign-in?invitation_token=inv&login_hint=a%40b.example&organization_id=org_1&prompt=login\
         &domain_hint=b.example&max_age=300&redirect_uri=https://evil.example&client_id=x&state=y\
         &provider=GoogleOAuth&code_challenge=z",
    );
    let check = |name: &str, expected: &str| {
        assert_eq!(param(&url, name).as_deref(), Some(expected), "{name}");
    };
    check("invitation_token", "inv");
    check("login_hint", "a@b.example");
    check("organization_id", "org_1");
    check("prompt", "login");
    check("domain_hint", "b.example");
    check("max_age", "300");
    check("redirect_uri", "https://app.example/callback");
    check("client_id", CLIENT_ID);
    check("provider", "authkit");
    assert_eq!(
        url.query_pairs().filter(|(key, _)| key == "state").count(),
        1
    );
}

#[test]
fn what_nobody_looks_at_begins_no_sign_in() {
    let check = |name: &str, value: &str| {
        let mut site = Site::new();
        let response = site.send(http::Request::get("/sign-in").header(name, value));
        assert_eq!(response.status(), 400, "{name}: {value}");
        assert!(site.jar.is_empty());
    };
    check("sec-purpose", "prefetch;prerender");
    check("purpose", "prefetch");
    check("sec-fetch-mode", "cors");
    check("sec-fetch-mode", "no-cors");
    check("accept", "application/json");
    check("accept", "text/html;q=0");
    let mut site = Site::new();
    assert_eq!(site.send(http::Request::head("/sign-in")).status(), 400);
    assert!(site.jar.is_empty());
}

#[test]
fn twenty_starts_leave_five_sign_ins_and_the_newest_of_them() {
    let mut site = Site::new();
    let urls: Vec<_> = (0..20).map(|_| site.begin("/sign-in")).collect();
    assert_eq!(site.cookies("wos-auth-verifier-").len(), 5);
    for url in urls.iter().rev().take(5) {
        let state = param(url, "state").unwrap();
        assert!(site.jar.pairs().any(|(_, value)| value == state));
    }
    let response = site.get(&way_back(&urls[19]));
    assert_eq!(location(&response), format!("{ORIGIN}/dashboard"));
    assert_eq!(site.cookies("wos-auth-verifier-").len(), 4);
}

#[test]
fn cookies_that_are_no_sign_in_are_swept_away_with_the_next() {
    let mut site = Site::new();
    site.jar.add("wos-auth-verifier-01234567", "junk");
    site.jar.add("wos-auth-verifier", "junk");
    site.jar.add("wos-auth-verifier-theirs", "x");
    site.begin("/sign-in");
    assert_eq!(site.cookies("wos-auth-verifier-01234567").len(), 0);
    assert_eq!(site.cookies("wos-auth-verifier-theirs").len(), 1);
    assert_eq!(site.cookies("wos-auth-verifier").len(), 2);
}

#[test]
fn the_verifier_comes_back_from_another_site_whatever_the_session_cookie_does() {
    let check = |same_site, expected: &str| {
        let mut site = Site::with(|it| it.cookie_same_site(same_site));
        let response = site.get("/sign-in");
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains(expected), "{cookie}");
        assert!(cookie.contains("; HttpOnly") && cookie.contains("; Max-Age=600"));
        assert!(cookie.contains("; Secure") && cookie.contains("; Path=/"));
    };
    use crate::cookie::SameSite;
    check(SameSite::Strict, "SameSite=Lax");
    check(SameSite::Lax, "SameSite=Lax");
    check(SameSite::None, "SameSite=None");
}

#[test]
fn a_method_that_a_route_does_not_have_is_refused() {
    let mut site = Site::new();
    for (method, path) in [
        ("POST", "/sign-in"),
        ("POST", "/callback"),
        ("HEAD", "/callback"),
        ("PUT", "/sign-out"),
        ("DELETE", "/_authkit/me"),
    ] {
        let response = site.send(http::Request::builder().method(method).uri(path));
        assert_eq!(response.status(), 405, "{method} {path}");
        assert!(response.headers().contains_key("allow"));
    }
    assert_eq!(site.get("/elsewhere").status(), 404);
}
