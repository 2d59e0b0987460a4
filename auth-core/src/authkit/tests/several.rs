//! Two session cookies of one name.

use http::Request;
use serde_json::json;

use super::site::{LIFE, Site};
use crate::seal::iron::IronPasswords;

const NAME: &str = "wos-session";

/// A browser with one cookie from before and one from now, whose role tells them apart.
fn with_an_older_one() -> (Site, String, String) {
    let mut site = Site::new();
    site.seal(&json!({"role": "old"}), "old");
    let old = site.cookie(NAME).unwrap().to_owned();
    site.clock.advance(LIFE);
    site.seal(&json!({"role": "new"}), "new");
    let new = site.cookie(NAME).unwrap().to_owned();
    (site, old, new)
}

/// The last one is that of the host, the one before it that of its domain; before those, a sibling
/// has set some for paths of ours.
fn put(site: &mut Site, values: &[&str]) {
    site.jar.clear();
    for (after, value) in values
        .iter()
        .enumerate()
        .map(|(n, it)| (values.len() - n - 1, it))
    {
        match after {
            0 => site.jar.add(NAME, value),
            1 => site.jar.add_for("app.example", NAME, value),
            _ => site
                .jar
                .add_for(&format!("{after}.app.example"), NAME, value),
        }
    }
}

fn role(site: &mut Site) -> Option<String> {
    let session = site.read().unwrap()?;
    session.role().map(str::to_owned)
}

fn sign_out(site: &mut Site) -> Vec<String> {
    let post = Request::post("/sign-out").header("origin", "https://app.example");
    let response = site.send(post);
    let lines = response.headers().get_all("set-cookie").iter();
    let lines = lines.map(|line| line.to_str().unwrap().to_owned());
    lines
        .filter(|line| line.starts_with("wos-session=;"))
        .collect()
}

#[test]
fn the_newer_session_of_a_person_is_read_whichever_comes_first() {
    let (mut site, old, new) = with_an_older_one();
    for values in [[&*old, &*new], [&*new, &*old]] {
        put(&mut site, &values);
        assert_eq!(role(&mut site).as_deref(), Some("new"));
    }
}

#[test]
fn what_does_not_open_hides_nothing() {
    let (mut site, _, new) = with_an_older_one();
    let others = IronPasswords::new("the password of another application").unwrap();
    let others = others.seal(b"{}", None, crate::time::Timestamp::from_unix(0));
    put(&mut site, &[&others, "garbage", &new]);
    assert_eq!(role(&mut site).as_deref(), Some("new"));
}

#[test]
fn a_cookie_that_a_sibling_planted_makes_nobody_somebody_else() {
    let (mut site, _, ours) = with_an_older_one();
    site.clock.advance(1);
    let token = site.workos.token(&json!({"sub": "user_2"}));
    site.seal_json(&json!({
        "accessToken": token, "refreshToken": "theirs",
        "user": {"object": "user", "id": "user_2", "email": "eve@example.com"},
    }));
    let theirs = site.cookie(NAME).unwrap().to_owned();
    assert_eq!(site.read().unwrap().unwrap().user().id(), "user_2");
    put(&mut site, &[&ours, &theirs]);
    assert!(site.read().unwrap().is_none());
}

#[test]
fn more_cookies_than_a_browser_of_ours_has_are_not_opened() {
    let (mut site, old, new) = with_an_older_one();
    put(&mut site, &["a", "b", &old, &new]);
    assert_eq!(role(&mut site).as_deref(), Some("new"));
    put(&mut site, &["a", "b", "c", &old, &new]);
    assert!(site.read().unwrap().is_none());
}

#[test]
fn a_sign_out_removes_the_cookie_of_the_domain_too_where_it_is_ours() {
    let (mut site, old, new) = with_an_older_one();
    let host_only = "wos-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure";
    put(&mut site, &[&old, &new]);
    let of_the_domain = format!("{host_only}; Domain=app.example");
    assert_eq!(sign_out(&mut site), [of_the_domain.as_str(), host_only]);
    put(&mut site, &[&new]);
    assert_eq!(sign_out(&mut site), [host_only]);
    put(&mut site, &["of another application", &new]);
    assert_eq!(sign_out(&mut site), [host_only]);
}

#[test]
fn a_refresh_leaves_one_cookie() {
    let (mut site, old, new) = with_an_older_one();
    put(&mut site, &[&old, &new]);
    site.clock.advance(LIFE);
    assert!(site.read().unwrap().is_some());
    assert_eq!(site.jar.domains(NAME), [None]);
    assert_ne!(site.cookie(NAME), Some(&*new));
}
