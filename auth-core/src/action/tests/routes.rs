//! Routes and methods that there is nothing behind, and what every answer carries.

use super::*;

#[test]
fn routes_of_kinds_that_are_not_registered_answer_as_auth_js_does() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let token = csrf(&auth, &mut jar);
    let form = format!("csrfToken={token}&email=ada%40example.com");
    let mut check = |method: &str, path: &str, code: &str| {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/api/auth/{path}"));
        let answer = send(&auth, &mut jar, request, &form);
        assert_eq!(answer.status(), StatusCode::FOUND, "{method} {path}");
        let url = location(answer.headers());
        assert_eq!(url.path(), "/api/auth/error", "{method} {path}");
        assert_eq!(param(&url, "error").as_deref(), Some("Configuration"));
        assert_eq!(
            param(&url, "code").as_deref(),
            Some(code),
            "{method} {path}"
        );
    };
    check("GET", "webauthn-options/passkey", "unknown_provider");
    check("GET", "webauthn-options/github", "unknown_provider");
    check("GET", "webauthn-options", "unknown_action");
    check("POST", "webauthn-options/passkey", "unknown_action");
    check("POST", "signin/email", "unknown_provider");
    check("POST", "callback/credentials", "unknown_provider");
    check("GET", "callback/email", "unknown_provider");
    check("POST", "callback/passkey", "unknown_provider");
    check("GET", "callback", "unknown_action");
    for action in ["csrf", "providers", "error", "verify-request"] {
        check("POST", action, "unknown_action");
    }
}

#[test]
fn the_marks_of_registered_providers_are_served_and_no_others() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let mut ask = |path: &str| send(&auth, &mut jar, http::Request::get(path), "");
    let page = String::from_utf8(ask("/api/auth/signin").into_body()).unwrap();
    let (_, after) = page.split_once("<img").unwrap();
    let path = after
        .split("src=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(path.starts_with("/api/auth/marks/github.svg?v="), "{path}");
    let mark = ask(path);
    assert_eq!(mark.status(), StatusCode::OK);
    assert_eq!(mark.headers()["content-type"], "image/svg+xml");
    assert!(mark.body().starts_with(b"<svg "));
    assert!(!mark.headers().contains_key("set-cookie"));
    for path in [
        "google.svg",
        "github",
        "github.png",
        ".svg",
        "",
        "github.svg/x",
        "..%2fgithub.svg",
    ] {
        let answer = ask(&format!("/api/auth/marks/{path}"));
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
    }
}

#[test]
fn a_script_learns_of_a_failure_by_its_address() {
    let auth = auth(GitHub::default());
    let request = http::Request::post("/api/auth/signin/nobody");
    let request = request.header("x-auth-return-redirect", "1");
    let answer = send(&auth, &mut Vec::new(), request, "");
    assert_eq!(answer.status(), StatusCode::OK);
    let url: Url = json_of(&answer)["url"].as_str().unwrap().parse().unwrap();
    assert_eq!(url.path(), "/api/auth/error");
    assert_eq!(param(&url, "error").as_deref(), Some("Configuration"));
    assert!(!answer.headers().contains_key("set-cookie"));
}

#[test]
fn a_sign_in_without_a_provider_leads_to_the_page() {
    let auth = auth(GitHub::default());
    for path in ["/api/auth/signin", "/api/auth/signin/undefined"] {
        let answer = send(&auth, &mut Vec::new(), http::Request::post(path), "");
        let page = location(answer.headers());
        assert_eq!(page.as_str(), "http://localhost:3000/api/auth/signin");
    }
}

#[test]
fn other_paths_and_methods_are_bad_requests() {
    let auth = auth(GitHub::default());
    let check = |method: &str, path: &str| {
        let request = http::Request::builder().method(method).uri(path);
        let answer = send(&auth, &mut Vec::new(), request, "");
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{method} {path}");
        assert_eq!(answer.body(), b"\"Bad request.\"", "{method} {path}");
    };
    check("GET", "/api/auth/nothing");
    check("GET", "/api/auth/session/undefined");
    check("PUT", "/api/auth/session");
    check("DELETE", "/api/auth/signout");
}

#[test]
fn what_holds_for_one_visitor_is_kept_by_no_cache() {
    let auth = auth(GitHub::default());
    let check = |action: &str, cache_control: &str| {
        let answer = get(&auth, &mut Vec::new(), &format!("/api/auth/{action}"));
        let headers = answer.headers();
        assert_eq!(headers["cache-control"], cache_control, "{action}");
        assert_eq!(headers["expires"], "0", "{action}");
        assert_eq!(headers["pragma"], "no-cache", "{action}");
    };
    for action in ["session", "csrf", "providers"] {
        check(action, "private, no-cache, no-store");
    }
    for action in ["signin", "signout", "verify-request", "error"] {
        check(action, "private, no-store");
    }
}

#[test]
fn the_page_after_a_link_was_sent_leads_home_and_names_no_address() {
    let path = "/api/auth/verify-request?provider=email&type=email&email=ada@example.com";
    let page = get(&auth(GitHub::default()), &mut Vec::new(), path);
    assert_eq!(page.status(), StatusCode::OK);
    let text = String::from_utf8_lossy(page.body());
    assert!(text.contains("<h1>Check your email</h1>"), "{text}");
    let home = r#"href="http://localhost:3000/">Back to localhost:3000<"#;
    assert!(text.contains(home), "{text}");
    assert!(!text.contains("ada"), "{text}");
}
