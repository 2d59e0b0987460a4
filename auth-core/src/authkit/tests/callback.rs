//! The path of the redirect URI.

use std::sync::{Arc, Mutex};

use serde_json::json;
use url::Url;

use super::site::{ORIGIN, PASSWORD, Site, answer, location, param, sign, text, way_back};
use crate::authkit::{AuthKitError, AuthKitHooks, AuthKitSignIn, ErrorAnswer};
use crate::callbacks::CallbackError;
use crate::http::Response;
use crate::oidc::testing::OTHER_RSA;
use crate::session::SessionEvent;

/// The page of a failed sign-in: its code, and nobody is signed in.
fn check_failed(site: &mut Site, response: &Response, code: &str) {
    assert!(response.status().is_client_error(), "{}", response.status());
    let shown = format!("data-error-code=\"{code}\"");
    assert!(
        text(response).contains(&shown),
        "{code}: {}",
        text(response)
    );
    assert!(text(response).contains("href=\"/sign-in\""));
    assert_eq!(site.cookie("wos-session"), None);
    assert!(site.read().unwrap().is_none());
}

#[test]
fn a_sign_in_seals_the_session_as_the_sdks_do() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    let response = site.get(&way_back(&url));
    assert_eq!(response.status(), 302);
    assert_eq!(location(&response), format!("{ORIGIN}/dashboard"));
    assert_eq!(response.extensions().get(), Some(&SessionEvent::SignedIn));
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    let session = cookies.last().unwrap().to_str().unwrap();
    assert!(session.starts_with("wos-session=Fe26.2*1*"));
    assert!(session.ends_with("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure"));

    let sealed = site.unsealed();
    assert_eq!(sealed["refreshToken"], "refresh_1");
    assert_eq!(sealed["user"]["firstName"], "Ada");
    assert_eq!(sealed["user"]["emailVerified"], true);
    assert_eq!(sealed["authenticationMethod"], "Password");
    assert!(sealed.get("impersonator").is_none());

    let asked = &site.workos.asked()[0];
    assert_eq!(asked["grant_type"], "authorization_code");
    assert_eq!(asked["code"], "code_1");
    let verifier = asked["code_verifier"].as_str().unwrap();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    let challenge = crate::oidc::testing::b64(digest);
    assert_eq!(param(&url, "code_challenge"), Some(challenge));

    let session = site.read().unwrap().unwrap();
    assert_eq!(session.user().id(), "user_1");
    assert_eq!(session.user().first_name(), Some("Ada"));
    assert_eq!(session.user().last_name(), Some("Lovelace"));
    assert_eq!(session.user().name(), Some("Ada Lovelace"));
    assert_eq!(session.id(), Some("session_1"));
}

#[test]
fn the_visitor_returns_to_where_they_came_from() {
    let check = |wanted: &str, expected: &str| {
        let mut site = Site::new();
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("returnTo", wanted)
            .finish();
        let url = site.begin(&format!("/sign-in?{query}"));
        let response = site.get(&way_back(&url));
        assert_eq!(
            location(&response),
            format!("{ORIGIN}{expected}"),
            "{wanted}"
        );
    };
    check("/a?b=c#d", "/a?b=c#d");
    check("https://app.example/x?y=1", "/x?y=1");
    check("//evil.example", "/dashboard");
    check("/\\evil.example", "/dashboard");
    check("/\t/evil.example", "/dashboard");
    check("https://evil.example/", "/dashboard");
    check("https://app.example.evil.example/", "/dashboard");
    check("javascript:alert(1)", "/dashboard");
    check(&format!("/{}", "x".repeat(3000)), "/dashboard");
    let long = format!("/{}", "x".repeat(1500));
    check(&long, &long);
}

#[test]
fn the_way_back_of_a_protected_page_is_understood() {
    let mut site = Site::new();
    let url = site.begin("/sign-in?callbackUrl=/reports%3Fyear%3D2026");
    let response = site.get(&way_back(&url));
    assert_eq!(location(&response), format!("{ORIGIN}/reports?year=2026"));
}

#[test]
fn two_interleaved_sign_ins_both_complete() {
    let mut site = Site::new();
    let first = site.begin("/sign-in?returnTo=/one");
    let second = site.begin("/sign-in?returnTo=/two");
    let response = site.get(&way_back(&first));
    assert_eq!(location(&response), format!("{ORIGIN}/one"));
    let response = site.get(&way_back(&second));
    assert_eq!(location(&response), format!("{ORIGIN}/two"));
    assert!(site.cookies("wos-auth-verifier").is_empty());
}

#[test]
fn a_code_and_state_of_another_browser_are_rejected_before_any_call() {
    let mut attacker = Site::new();
    let url = attacker.begin("/sign-in");
    attacker.jar.clear();
    let response = attacker.get(&way_back(&url));
    check_failed(&mut attacker, &response, "sign_in_not_started_here");
    assert!(attacker.workos.asked().is_empty());
}

#[test]
fn a_state_that_is_not_the_cookie_is_rejected_before_any_call() {
    let mut site = Site::new();
    let ours = site.begin("/sign-in");
    let state = param(&ours, "state").unwrap();
    let name = site.cookies("wos-auth-verifier-")[0].to_owned();
    // The cookie of one sign-in under the name of another.
    let other = site.begin("/sign-in");
    let other_state = param(&other, "state").unwrap();
    site.jar.only(&name, &other_state);
    let response = site.get(&way_back(&ours));
    check_failed(&mut site, &response, "sign_in_not_started_here");
    assert!(site.workos.asked().is_empty());
    assert!(!text(&response).contains(&state));
}

#[test]
fn every_mutation_of_a_state_is_rejected() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    let state = param(&url, "state").unwrap();
    let name = site.cookies("wos-auth-verifier-")[0].to_owned();
    for index in (0..state.len()).step_by(7) {
        let mut bytes = state.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        let mutated = String::from_utf8(bytes).unwrap();
        let mut back = Url::parse("https://app.example/callback?code=c").unwrap();
        back.query_pairs_mut().append_pair("state", &mutated);
        // In the URL alone, and in the cookie of that name too.
        let target = back[url::Position::BeforePath..].to_owned();
        site.jar.only(&name, &state);
        let response = site.get(&target);
        check_failed(&mut site, &response, "sign_in_not_started_here");
        site.jar.only("wos-auth-verifier", &mutated);
        let response = site.get(&target);
        check_failed(&mut site, &response, "sign_in_not_started_here");
    }
    assert!(site.workos.asked().is_empty());
}

#[test]
fn a_sealed_session_is_no_state() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    let sealed = site.cookie("wos-session").unwrap().to_owned();
    site.jar.only("wos-auth-verifier", &sealed);
    let mut back = Url::parse("https://app.example/callback?code=c").unwrap();
    back.query_pairs_mut().append_pair("state", &sealed);
    let response = site.get(&back[url::Position::BeforePath..]);
    check_failed(&mut site, &response, "sign_in_not_started_here");
}

#[test]
fn a_sign_in_that_takes_longer_than_ten_minutes_is_over() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    site.clock.advance(601);
    let response = site.get(&way_back(&url));
    check_failed(&mut site, &response, "sign_in_expired");
    assert!(site.cookies("wos-auth-verifier").is_empty());
    assert!(site.workos.asked().is_empty());
}

#[test]
fn a_sign_in_is_used_once() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    let jar = site.jar.clone();
    site.get(&way_back(&url));
    site.jar = jar;
    let response = site.get(&way_back(&url));
    check_failed(&mut site, &response, "sign_in_reused");
    assert_eq!(site.workos.asked().len(), 1);
}

#[test]
fn a_callback_that_workos_began_starts_a_sign_in() {
    let mut site = Site::new();
    let response = site.get("/callback?code=code_1");
    assert_eq!(
        (response.status().as_u16(), location(&response)),
        (302, "/sign-in")
    );
    assert!(site.workos.asked().is_empty());
    assert!(site.jar.is_empty());
}

#[test]
fn what_is_no_answer_at_all_is_a_page() {
    for target in [
        "/callback",
        "/callback?state=x",
        "/callback?code=a&code=b&state=c",
        "/callback?code=a&state=b&state=c",
        "/callback?%ff=%fe",
    ] {
        let mut site = Site::new();
        let response = site.get(target);
        assert_eq!(response.status(), 400, "{target}");
        assert!(text(&response).contains("data-error-code"));
        assert!(site.workos.asked().is_empty());
    }
}

#[test]
fn an_error_in_place_of_a_code_is_a_page_and_ends_the_sign_in() {
    let check = |error: &str, status: u16, code: &str| {
        let mut site = Site::new();
        let url = site.begin("/sign-in");
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("error", error)
            .append_pair("error_description", "<script>sentinel</script>")
            .append_pair("state", &param(&url, "state").unwrap())
            .finish();
        let response = site.get(&format!("/callback?{query}"));
        assert_eq!(response.status(), status, "{error}");
        assert!(!text(&response).contains("sentinel"));
        check_failed(&mut site, &response, code);
        assert!(site.cookies("wos-auth-verifier").is_empty());
    };
    check("access_denied", 403, "provider_denied");
    check("server_error", 400, "provider_answer");
    check("<b>", 400, "provider_answer");
}

#[test]
fn a_code_that_workos_refuses_is_a_page_and_clears_the_verifier() {
    let check = |status, body, code: &str| {
        let mut site = Site::new();
        site.workos.next(status, body);
        let url = site.begin("/sign-in");
        let response = site.get(&way_back(&url));
        check_failed(&mut site, &response, code);
        assert!(site.cookies("wos-auth-verifier").is_empty());
    };
    check(400, json!({"error": "invalid_grant"}), "provider_answer");
    check(401, json!({"message": "Unauthorized"}), "configuration");
    check(400, json!({"error": "invalid_client"}), "configuration");
    check(403, json!({"code": "mfa_challenge"}), "provider_answer");
    check(200, json!({"nothing": "of use"}), "provider_unreachable");
    check(200, json!([]), "provider_unreachable");
}

#[test]
fn a_workos_that_does_not_answer_is_a_page() {
    for status in [Some(503), Some(429), None] {
        let mut site = Site::new();
        let url = site.begin("/sign-in");
        site.workos.keep_failing(status);
        let response = site.get(&way_back(&url));
        check_failed(&mut site, &response, "provider_unreachable");
    }
}

#[test]
fn tokens_that_do_not_hold_sign_nobody_in() {
    let check = |token: &dyn Fn(&Site) -> String| {
        let mut site = Site::new();
        let url = site.begin("/sign-in");
        site.workos.next(200, answer(&token(&site), "refresh_1"));
        let response = site.get(&way_back(&url));
        check_failed(&mut site, &response, "access_token");
    };
    check(&|site| site.workos.token(&json!({"sub": "user_2"})));
    check(&|site| site.workos.token(&json!({"iss": "https://evil.example"})));
    check(&|site| site.workos.token(&json!({"exp": 1})));
    check(&|site| {
        let token = site.workos.token(&json!({}));
        format!("{}x", token.trim_end_matches('x'))
    });
    check(&|_| {
        sign(
            &OTHER_RSA,
            &json!({"iss": "https://api.workos.com", "sub": "user_1"}),
        )
    });
    check(&|_| "no token".to_owned());
}

#[test]
fn keys_that_cannot_be_had_sign_nobody_in() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    site.workos.keys_are_down(true);
    let response = site.get(&way_back(&url));
    check_failed(&mut site, &response, "provider_unreachable");
}

#[test]
fn a_recent_sign_in_that_was_asked_for_is_checked() {
    let check = |ago: i64, accepted: bool| {
        let mut site = Site::new();
        let url = site.begin("/sign-in?max_age=300");
        assert_eq!(param(&url, "max_age").as_deref(), Some("300"));
        let auth_time = super::site::START - ago;
        site.workos.with_claims(json!({"auth_time": auth_time}));
        let response = site.get(&way_back(&url));
        match accepted {
            true => assert_eq!(response.status(), 302),
            false => check_failed(&mut site, &response, "auth_time"),
        }
    };
    check(0, true);
    check(300, true);
    check(301, false);
    let mut site = Site::new();
    let url = site.begin("/sign-in?max_age=300");
    site.workos.with_claims(json!({"auth_time": null}));
    let response = site.get(&way_back(&url));
    check_failed(&mut site, &response, "auth_time");
}

#[test]
fn a_session_that_is_too_large_for_one_cookie_is_split() {
    let mut site = Site::new();
    let big = "x".repeat(8 * 1024);
    site.workos.with_claims(json!({"big": big}));
    let url = site.begin("/sign-in");
    let response = site.get(&way_back(&url));
    assert_eq!(response.status(), 302);
    assert_eq!(site.cookie("wos-session"), None);
    assert!(site.cookie("wos-session.0").is_some());
    let session = site.read().unwrap().unwrap();
    assert_eq!(session.user().id(), "user_1");
    // Smaller again: the chunks go.
    site.workos.with_claims(json!({}));
    site.clock.advance(400);
    assert!(site.read().unwrap().is_some());
    assert!(site.cookie("wos-session").is_some());
    assert_eq!(site.cookies("wos-session.").len(), 0);
}

#[test]
fn a_session_that_no_cookies_hold_is_a_page() {
    let mut site = Site::new();
    site.workos
        .with_claims(json!({"big": "x".repeat(40 * 1024)}));
    let url = site.begin("/sign-in");
    let response = site.get(&way_back(&url));
    check_failed(&mut site, &response, "session_too_large");
}

#[test]
fn an_impersonated_session_says_who_and_why() {
    let mut site = Site::new();
    let url = site.begin("/sign-in");
    let token = site
        .workos
        .token(&json!({"act": {"sub": "admin@example.com"}}));
    let mut body = answer(&token, "refresh_1");
    body["impersonator"] = json!({"email": "admin@example.com", "reason": "support"});
    site.workos.next(200, body);
    site.get(&way_back(&url));
    let session = site.read().unwrap().unwrap();
    let impersonator = session.impersonator().unwrap();
    assert_eq!(impersonator.email, "admin@example.com");
    assert_eq!(impersonator.reason.as_deref(), Some("support"));
    assert_eq!(
        site.unsealed()["impersonator"]["email"],
        "admin@example.com"
    );
}

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Hooks {
    told: Arc<Mutex<Vec<String>>>,
    fails: bool,
    elsewhere: Option<&'static str>,
}

impl AuthKitHooks for Hooks {
    async fn on_success(&self, sign_in: &AuthKitSignIn<'_>) -> Result<(), CallbackError> {
        let line = format!("{} {}", sign_in.session.user().id(), sign_in.return_to);
        self.told.lock().unwrap().push(line);
        match self.fails {
            true => Err("sentinel of the application".into()),
            false => Ok(()),
        }
    }

    async fn on_error(&self, error: &AuthKitError) -> ErrorAnswer {
        self.told.lock().unwrap().push(error.code().to_owned());
        match self.elsewhere {
            Some(path) => ErrorAnswer::Redirect(path.to_owned()),
            None => ErrorAnswer::Page,
        }
    }
}

#[test]
fn hooks_hear_of_a_success_before_the_browser_does() {
    let hooks = Hooks::default();
    let mut site = Site::with(|it| it.hooks(hooks.clone()));
    let url = site.begin("/sign-in");
    site.get(&way_back(&url));
    let told = hooks.told.lock().unwrap();
    assert_eq!(*told, ["user_1 https://app.example/dashboard"]);
}

#[test]
fn a_hook_that_fails_ends_the_sign_in() {
    let hooks = Hooks {
        fails: true,
        ..Hooks::default()
    };
    let mut site = Site::with(|it| it.hooks(hooks));
    let url = site.begin("/sign-in");
    let response = site.get(&way_back(&url));
    assert!(!text(&response).contains("sentinel"));
    check_failed(&mut site, &response, "callback_failed");
}

#[test]
fn a_hook_sends_failures_to_a_page_of_the_application_and_nowhere_else() {
    let check = |path, expected: Option<&str>| {
        let hooks = Hooks {
            elsewhere: Some(path),
            ..Hooks::default()
        };
        let mut site = Site::with(|it| it.hooks(hooks.clone()));
        let response = site.get("/callback?error=access_denied&state=x");
        let to = response.headers().get("location");
        assert_eq!(to.map(|to| to.to_str().unwrap()), expected, "{path}");
        assert_eq!(*hooks.told.lock().unwrap(), ["sign_in_not_started_here"]);
    };
    check("/sorry", Some("https://app.example/sorry"));
    check("https://evil.example/", None);
}

#[test]
fn a_custom_cookie_is_written_by_its_name_and_domain() {
    let mut site = Site::with(|it| {
        it.cookie_name("mine")
            .cookie_domain(".App.example")
            .cookie_max_age(std::time::Duration::from_secs(60))
            .cookie_password(PASSWORD)
    });
    let url = site.begin("/sign-in");
    let response = site.get(&way_back(&url));
    let cookie = response.headers().get_all("set-cookie").iter().next_back();
    let cookie = cookie.unwrap().to_str().unwrap();
    assert!(cookie.starts_with("mine=Fe26.2*"));
    assert!(cookie.contains("; Max-Age=60;") && cookie.ends_with("; Domain=app.example"));
    assert!(site.read().unwrap().is_some());
}
