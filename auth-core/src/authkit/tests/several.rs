//! Two session cookies of one name.

use http::Request;
use serde_json::{Value, json};
use url::Url;

use super::jar::Jar;
use super::site::{LIFE, ORIGIN, Site, location, param, way_back};
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

/// The session of somebody else.
fn theirs(site: &Site) -> Value {
    let token = site
        .workos
        .token(&json!({"sub": "user_2", "sid": "session_2"}));
    json!({
        "accessToken": token, "refreshToken": "theirs",
        "user": {"object": "user", "id": "user_2", "email": "eve@example.com"},
    })
}

fn role(site: &mut Site) -> Option<String> {
    let session = site.read().unwrap()?;
    session.role().map(str::to_owned)
}

/// The removals of a sign-out.
fn sign_out(site: &mut Site) -> Vec<String> {
    let origin = site.kit.inner().origin.as_str().to_owned();
    let response = site.send(Request::post("/sign-out").header("origin", origin));
    let lines = response.headers().get_all("set-cookie").iter();
    let lines = lines.map(|line| line.to_str().unwrap().to_owned());
    lines
        .filter(|line| line.starts_with("wos-session") && line.contains("=; "))
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
    site.seal_json(&theirs(&site));
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
fn a_sign_out_leaves_no_cookie_of_ours_wherever_it_was_set() {
    let host_only = "wos-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure";
    let of_the_domain = format!("{host_only}; Domain=app.example");
    let both = [of_the_domain.as_str(), host_only];
    let (mut site, old, new) = with_an_older_one();
    for values in [
        &[&*old, &*new][..],
        &[&new],
        &["of another application", &new],
    ] {
        put(&mut site, values);
        assert_eq!(sign_out(&mut site), both);
        assert!(site.jar.is_empty());
    }
}

#[test]
fn a_sign_out_leaves_the_cookie_of_another_application() {
    let mut site = Site::new();
    site.jar.add_for("app.example", NAME, "theirs");
    assert_eq!(sign_out(&mut site).len(), 1);
    assert_eq!(site.jar.domains(NAME), [Some("app.example")]);
}

#[test]
fn a_sign_out_removes_a_session_of_every_domain_of_the_host_but_no_top_level() {
    let host = "app.eu.staging.corp.example.com";
    let site = || Site::with(|it| it.redirect_uri(format!("https://{host}/callback")));
    let mut domain = host;
    while domain.contains('.') {
        for claims in [json!({}), much()] {
            let mut site = site();
            site.seal(&json!({}), "refresh_0");
            refreshed(&mut site, claims);
            site.jar.move_to(domain);
            assert!(site.read().unwrap().is_some());
            let removals = sign_out(&mut site);
            assert!(site.jar.is_empty(), "{domain}: {removals:?}");
            assert!(removals.iter().all(|line| !line.ends_with("=com")));
        }
        domain = domain.split_once('.').unwrap().1;
    }
}

#[test]
fn a_sign_out_removes_what_another_domain_was_configured_for() {
    for earlier in [None, Some("www.app.example"), Some("app.example")] {
        let mut site = Site::with(|it| {
            let it = it.redirect_uri("https://www.app.example/callback");
            it.cookie_domain(match earlier {
                Some("app.example") => "www.app.example",
                _ => "app.example",
            })
        });
        site.seal(&json!({}), "refresh_0");
        if let Some(domain) = earlier {
            site.jar.move_to(domain);
        }
        let lines = sign_out(&mut site);
        assert!(site.jar.is_empty(), "{earlier:?}: {lines:?}");
        let different: std::collections::BTreeSet<_> = lines.iter().collect();
        assert_eq!(different.len(), lines.len(), "no line is there twice");
    }
}

#[test]
fn a_host_of_a_hundred_labels_and_chunks_that_somebody_planted_make_no_endless_answer() {
    let host = format!("{}example.com", "a.".repeat(100));
    let mut site = Site::with(|it| it.redirect_uri(format!("https://{host}/callback")));
    site.seal(&json!({}), "refresh_0");
    for chunk in 0..200 {
        site.jar
            .add_for("example.com", &format!("wos-session.{chunk}"), "x");
    }
    let lines = sign_out(&mut site);
    let bytes: usize = lines.iter().map(String::len).sum();
    assert!((4000..6500).contains(&bytes), "{bytes}");
    assert!(
        lines
            .iter()
            .any(|line| line.ends_with("; Domain=example.com"))
    );
    assert!(site.cookie(NAME).is_none());
}

#[test]
fn a_sign_out_ends_every_session_that_a_browser_has() {
    let (mut site, old, new) = with_an_older_one();
    site.seal(&json!({"sid": "session_0"}), "other");
    let other = site.cookie(NAME).unwrap().to_owned();
    site.seal_json(&theirs(&site));
    let theirs = site.cookie(NAME).unwrap().to_owned();
    for values in [&[&*old, &*other, &*new][..], &[&theirs, &new]] {
        put(&mut site, values);
        sign_out(&mut site);
    }
    for value in [&old, &other, &new, &theirs] {
        put(&mut site, &[value]);
        assert!(site.read().unwrap().is_none());
    }
}

#[test]
fn a_sign_out_of_several_goes_on_to_workos_with_the_newest() {
    let (mut site, old, _) = with_an_older_one();
    site.clock.advance(1);
    site.seal(&json!({"sid": "session_9"}), "newest");
    let newest = site.cookie(NAME).unwrap().to_owned();
    put(&mut site, &[&newest, &old]);
    let post = Request::post("/sign-out").header("origin", ORIGIN);
    let url = Url::parse(location(&site.send(post))).unwrap();
    assert_eq!(param(&url, "session_id").as_deref(), Some("session_9"));
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

#[test]
fn two_refreshes_after_the_domain_has_changed_one_cookie_is_left() {
    for configured in [Some("app.example"), Some("www.app.example"), None] {
        for earlier in [Some("app.example"), Some("www.app.example"), None] {
            let mut site = Site::with(|it| {
                let it = it.redirect_uri("https://www.app.example/callback");
                match configured {
                    Some(domain) => it.cookie_domain(domain),
                    None => it,
                }
            });
            site.seal(&json!({}), "refresh_0");
            if let Some(domain) = earlier {
                site.jar.move_to(domain);
            }
            for _ in 0..2 {
                site.clock.advance(LIFE);
                assert!(site.read().unwrap().is_some());
            }
            let left = site.jar.domains(NAME);
            assert_eq!(left, [configured], "after {earlier:?}");
        }
    }
}

#[test]
fn a_refresh_leaves_the_cookie_of_another_application() {
    let (mut site, _, new) = with_an_older_one();
    put(&mut site, &["of another application", &new]);
    refreshed(&mut site, json!({}));
    assert_eq!(site.jar.domains(NAME), [Some("app.example"), None]);
}

/// What makes an access token too long for one cookie.
fn much() -> Value {
    json!({"pad": "x".repeat(4000)})
}

/// The session that a refresh leaves in this browser, in two cookies or in one.
fn refreshed(site: &mut Site, claims: Value) -> Jar {
    site.workos.with_claims(claims);
    site.clock.advance(LIFE);
    assert!(site.read().unwrap().is_some());
    site.jar.clone()
}

/// Two sessions of one person, one after the other, as a browser holds them.
fn earlier_and_later(earlier: Value, later: Value) -> (Site, Jar, Jar) {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    let earlier = refreshed(&mut site, earlier);
    let later = refreshed(&mut site, later);
    (site, earlier, later)
}

#[test]
fn whoever_has_a_split_session_of_a_domain_that_is_configured_no_more_stays_signed_in() {
    for (before, after) in [(much(), much()), (much(), json!({})), (json!({}), much())] {
        let mut site = Site::new();
        site.seal(&json!({}), "refresh_0");
        refreshed(&mut site, before);
        site.jar.move_to("app.example");
        refreshed(&mut site, after);
        assert!(site.read().unwrap().is_some(), "{:?}", site.cookies(NAME));
        assert_eq!(site.jar.all_domains(), [None]);
    }
}

#[test]
fn two_sessions_of_which_one_is_split_take_one_sign_in() {
    for (earlier, later) in [(much(), much()), (much(), json!({})), (json!({}), much())] {
        for last in [json!({}), much()] {
            let (mut site, earlier, later) = earlier_and_later(earlier.clone(), later.clone());
            site.jar = earlier;
            site.jar.move_to("app.example");
            site.jar.extend(&later);
            assert!(site.read().unwrap().is_none());
            site.workos.with_claims(last);
            let url = site.begin("/sign-in");
            site.get(&way_back(&url));
            assert!(site.read().unwrap().is_some(), "{:?}", site.cookies(NAME));
            assert_eq!(site.jar.all_domains(), [None]);
        }
    }
}

#[test]
fn a_domain_that_is_configured_later_takes_one_sign_in_at_most() {
    for (earlier, later) in [(much(), much()), (much(), json!({})), (json!({}), much())] {
        let (_, earlier, later) = earlier_and_later(earlier, later);
        let mut site = Site::with(|it| it.cookie_domain("app.example"));
        site.jar = later;
        site.jar.move_to("app.example");
        site.jar.extend(&earlier);
        let url = site.begin("/sign-in");
        site.get(&way_back(&url));
        assert!(site.read().unwrap().is_some(), "{:?}", site.cookies(NAME));
        assert_eq!(site.jar.all_domains(), [Some("app.example")]);
    }
}

#[test]
fn plain_cookies_that_a_sibling_planted_beside_a_split_session_make_nobody_somebody_else() {
    let (mut site, _, ours) = earlier_and_later(json!({}), much());
    site.seal_json(&theirs(&site));
    let theirs = site.cookie(NAME).unwrap().to_owned();
    site.jar = ours;
    for domain in ["1.app.example", "2.app.example"] {
        site.jar.add_for(domain, NAME, &theirs);
        assert!(site.read().unwrap().is_none());
    }
}
