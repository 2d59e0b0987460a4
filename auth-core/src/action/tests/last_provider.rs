//! The provider that was used last, from the callback to the sign-in page.

use super::*;
use crate::last_provider::LastProvider;

const COOKIE: &str = "authjs.last-provider";

/// A site with two registrations, of which `github` comes first.
fn two(setting: LastProvider) -> Auth {
    auth_with(GitHub::default(), |builder| {
        builder
            .provider(GITHUB.client("id", "secret").id("gh-staff").name("Staff"))
            .last_provider(setting)
    })
}

fn remembered(jar: &[(String, String)]) -> Option<&str> {
    let cookie = jar.iter().find(|(name, _)| name == COOKIE);
    cookie.map(|(_, value)| value.as_str())
}

#[test]
fn a_finished_sign_in_is_remembered_and_a_begun_one_is_not() {
    let (auth, mut jar) = (two(LastProvider::Remember), Vec::new());
    let url = begin(&auth, &mut jar);
    assert_eq!(remembered(&jar), None);
    let state = param(&url, "state").unwrap();
    let denied = format!("/api/auth/callback/github?error=access_denied&state={state}");
    get(&auth, &mut jar, &denied);
    assert_eq!(remembered(&jar), None);
    sign_in(&auth, &mut jar, "/page");
    assert_eq!(remembered(&jar), Some("github"));
}

#[test]
fn who_wants_nothing_remembered_gets_no_cookie() {
    let (auth, mut jar) = (two(LastProvider::Forget), Vec::new());
    sign_in(&auth, &mut jar, "/page");
    assert_eq!(remembered(&jar), None);
}

#[test]
fn signing_out_does_not_forget_it() {
    let (auth, mut jar) = (two(LastProvider::Remember), Vec::new());
    sign_in(&auth, &mut jar, "/page");
    let body = format!("csrfToken={}", csrf(&auth, &mut jar));
    send(
        &auth,
        &mut jar,
        http::Request::post("/api/auth/signout"),
        &body,
    );
    assert!(jar.iter().all(|(name, _)| name != "authjs.session-token"));
    assert_eq!(remembered(&jar), Some("github"));
}
