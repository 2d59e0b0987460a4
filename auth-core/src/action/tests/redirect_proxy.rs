//! Two servers and one provider that knows only one of them.

use super::*;

const STABLE: &str = "https://app.example";
const PREVIEW: &str = "https://pr-7.previews.example";

fn server(origin: &str, secret: &str, allowed: &[&str], github: GitHub) -> Auth {
    AuthBuilder::with_adapters(github, NoSpawn)
        .environment([
            ("AUTH_SECRET", secret),
            ("AUTH_URL", origin),
            ("AUTH_REDIRECT_PROXY_URL", "https://app.example/api/auth"),
        ])
        .redirect_proxy_origins(allowed.iter().copied())
        .clock(ManualClock::at(1_800_000_000))
        .provider(GITHUB.client("id", "secret"))
        .build()
        .unwrap()
}

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const ALLOWED: &[&str] = &["https://*.previews.example"];

fn stable() -> Auth {
    server(STABLE, SECRET, ALLOWED, GitHub::default())
}

/// The answer of the provider at `redirect_uri`, to what `authorization` asked.
fn answer(authorization: &Url) -> String {
    let redirect_uri: Url = param(authorization, "redirect_uri")
        .unwrap()
        .parse()
        .unwrap();
    let state = param(authorization, "state").unwrap();
    format!("{}?code=the%2Bcode&state={state}", redirect_uri.path())
}

#[test]
fn a_preview_signs_in_by_way_of_the_stable_server() {
    let github = GitHub::default();
    let (stable, preview) = (stable(), server(PREVIEW, SECRET, &[], github.clone()));
    let (mut at_stable, mut at_preview) = (Vec::new(), Vec::new());

    let authorization = begin(&preview, &mut at_preview);
    let redirect_uri = "https://app.example/api/auth/callback/github";
    assert_eq!(
        param(&authorization, "redirect_uri").as_deref(),
        Some(redirect_uri)
    );

    let passed_on = send(
        &stable,
        &mut at_stable,
        http::Request::get(answer(&authorization)),
        "",
    );
    assert_eq!(passed_on.status(), StatusCode::FOUND);
    assert!(at_stable.is_empty());
    let to = location(passed_on.headers());
    assert!(
        to.as_str()
            .starts_with("https://pr-7.previews.example/api/auth/callback/github?")
    );
    assert_eq!(param(&to, "code").as_deref(), Some("the+code"));

    let path = &to[url::Position::BeforePath..];
    let home = send(&preview, &mut at_preview, http::Request::get(path), "");
    assert_eq!(
        location(home.headers()).as_str(),
        "https://pr-7.previews.example/page"
    );
    let name = "__Secure-authjs.session-token";
    assert!(at_preview.iter().any(|(cookie, _)| cookie == name));
    // The provider wants to see the same address again.
    let asked = github.asked.lock().unwrap();
    let token_request = String::from_utf8(asked[0].body().clone()).unwrap();
    let fields: Vec<_> = url::form_urlencoded::parse(token_request.as_bytes()).collect();
    let sent = fields.iter().find(|(name, _)| name == "redirect_uri");
    assert_eq!(sent.unwrap().1, redirect_uri);
}

#[test]
fn the_stable_server_signs_in_as_ever() {
    let (stable, mut jar) = (stable(), Vec::new());
    let authorization = begin(&stable, &mut jar);
    assert_eq!(param(&authorization, "state").unwrap().len(), 43);
    let home = send(
        &stable,
        &mut jar,
        http::Request::get(answer(&authorization)),
        "",
    );
    assert_eq!(
        location(home.headers()).as_str(),
        "https://app.example/page"
    );
}

#[test]
fn a_code_goes_to_no_origin_that_is_not_allowed() {
    let check = |stable: Auth, code: &str| {
        let evil = server("https://evil.example", SECRET, &[], GitHub::default());
        let authorization = begin(&evil, &mut Vec::new());
        let refused = send(
            &stable,
            &mut Vec::new(),
            http::Request::get(answer(&authorization)),
            "",
        );
        let to = location(refused.headers());
        assert_eq!(to.host_str(), Some("app.example"));
        assert_eq!(param(&to, "code").as_deref(), Some(code));
    };
    check(stable(), "proxy_origin");
    check(
        server(STABLE, SECRET, &[], GitHub::default()),
        "proxy_origin",
    );
    // A state that another secret sealed says nothing to us.
    let other = "another secret, which is as long as ours";
    check(
        server(STABLE, other, ALLOWED, GitHub::default()),
        "sign_in_not_started_here",
    );
}

#[test]
fn an_answer_that_is_passed_on_to_another_browser_signs_nobody_in() {
    let preview = server(PREVIEW, SECRET, &[], GitHub::default());
    let authorization = begin(&preview, &mut Vec::new());
    let answer = http::Request::get(answer(&authorization));
    let passed_on = send(&stable(), &mut Vec::new(), answer, "");
    let to = location(passed_on.headers());
    let mut victim = Vec::new();
    let path = &to[url::Position::BeforePath..];
    let refused = send(&preview, &mut victim, http::Request::get(path), "");
    let code = param(&location(refused.headers()), "code");
    assert_eq!(code.as_deref(), Some("sign_in_not_started_here"));
    assert!(victim.is_empty());
}

#[test]
fn a_refusal_of_the_provider_is_passed_on() {
    let preview = server(PREVIEW, SECRET, &[], GitHub::default());
    let mut jar = Vec::new();
    let authorization = begin(&preview, &mut jar);
    let denied = answer(&authorization).replace("code=the%2Bcode", "error=access_denied");
    let passed_on = send(&stable(), &mut Vec::new(), http::Request::get(denied), "");
    let to = location(passed_on.headers());
    let path = &to[url::Position::BeforePath..];
    let back = send(&preview, &mut jar, http::Request::get(path), "");
    let code = param(&location(back.headers()), "code");
    assert_eq!(code.as_deref(), Some("provider_denied"));
}
