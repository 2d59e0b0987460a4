//! Refresh: once, to its end, and never at the price of a session that is not over.

use futures_util::FutureExt as _;
use http::Request;
use serde_json::json;

use super::site::{AtOnce, LIFE, PASSWORD, START, Site};
use crate::http::HttpError;
use crate::oidc::testing::ManualSpawn;
use crate::session::{ReadError, SessionSource as _};
use crate::testing::block_on;

#[test]
fn fifty_requests_with_an_expired_token_make_one_refresh_and_all_succeed() {
    let spawn = ManualSpawn::default();
    let mut site = Site::spawning(spawn.clone(), |it| it);
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    let request = site.request(Request::get("/dashboard"));
    let mut reads: Vec<_> = (0..50).map(|_| site.kit.read(&request)).collect();
    let mut sessions = Vec::new();
    for _ in 0..20 {
        reads.retain_mut(|read| match read.now_or_never() {
            Some(session) => {
                sessions.push(session.unwrap().unwrap());
                false
            }
            None => true,
        });
        spawn.run_next();
    }
    assert_eq!((sessions.len(), reads.len()), (50, 0));
    assert_eq!(site.workos.refreshes(), 1);
    let renewed = |session| block_on(site.kit.renew(&request, session)).unwrap();
    let first = renewed(&sessions[0]);
    assert_eq!(first.len(), 1);
    assert!(sessions.iter().all(|session| renewed(session) == first));
}

#[test]
fn a_refresh_goes_on_when_the_browser_hangs_up() {
    let spawn = ManualSpawn::default();
    let mut site = Site::spawning(spawn.clone(), |it| it);
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    let request = site.request(Request::get("/dashboard"));
    let mut leader = site.kit.read(&request);
    assert!(
        (&mut leader).now_or_never().is_none(),
        "it waits for WorkOS"
    );
    let mut follower = site.kit.read(&request);
    assert!((&mut follower).now_or_never().is_none());
    drop(leader);
    while spawn.run_next() {}
    assert!(
        (&mut follower).now_or_never().is_none(),
        "it waits for the keys"
    );
    while spawn.run_next() {}
    let session = follower.now_or_never().unwrap().unwrap().unwrap();
    assert_eq!(session.user().id(), "user_1");
    assert_eq!(site.workos.refreshes(), 1);
}

#[test]
fn what_a_browser_that_hung_up_never_got_is_there_when_it_comes_back() {
    let spawn = ManualSpawn::default();
    let mut site = Site::spawning(spawn.clone(), |it| it);
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    let request = site.request(Request::get("/dashboard"));
    let mut gone = site.kit.read(&request);
    assert!((&mut gone).now_or_never().is_none());
    drop(gone);
    while spawn.run_next() {}
    site.clock.advance(120);
    let mut back = site.kit.read(&request);
    assert!(
        (&mut back).now_or_never().is_none(),
        "it waits for the keys"
    );
    while spawn.run_next() {}
    let session = back.now_or_never().unwrap().unwrap().unwrap();
    assert!(site.kit.renewal_is_due(&session));
    assert_eq!(site.workos.refreshes(), 1);
}

#[test]
fn a_refresh_that_is_dropped_leaves_nobody_waiting() {
    let spawn = ManualSpawn::default();
    let mut site = Site::spawning(spawn.clone(), |it| it);
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    let request = site.request(Request::get("/dashboard"));
    let mut read = site.kit.read(&request);
    assert!((&mut read).now_or_never().is_none());
    spawn.drop_all();
    let outcome = read.now_or_never().unwrap();
    assert!(matches!(outcome, Err(ReadError::Refresh(_))));
}

#[test]
fn a_pair_that_was_rotated_already_is_picked_up() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    let old = site.jar.clone();
    site.clock.advance(LIFE + 60);
    assert!(site.read().unwrap().is_some());
    let new = site.jar.clone();
    assert_ne!(old, new);
    site.clock.advance(60);
    site.jar = old;
    assert!(site.read().unwrap().is_some());
    assert_eq!(site.jar, new, "the late request gets the same cookie");
    assert_eq!(site.workos.refreshes(), 1);
}

#[test]
fn a_pair_that_was_rotated_twice_is_found_too() {
    let mut site = Site::new();
    site.seal(&json!({"exp": START + 70}), "refresh_0");
    let old = site.jar.clone();
    site.workos.with_claims(json!({"exp": START + 200}));
    site.clock.advance(50);
    assert!(site.read().unwrap().is_some());
    site.workos.with_claims(json!({}));
    site.clock.advance(130);
    assert!(site.read().unwrap().is_some());
    assert_eq!(site.workos.refreshes(), 2);
    let newest = site.jar.clone();
    site.clock.advance(30);
    site.jar = old;
    assert!(site.read().unwrap().is_some());
    assert_eq!((site.workos.refreshes(), &site.jar), (2, &newest));
}

#[test]
fn the_sealed_session_after_a_refresh_holds_the_new_pair_and_works_again() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    site.read().unwrap().unwrap();
    assert_eq!(site.unsealed()["refreshToken"], "refresh_1");
    assert_eq!(site.unsealed()["user"]["firstName"], "Ada");
    site.clock.advance(LIFE + 60);
    site.read().unwrap().unwrap();
    assert_eq!(site.unsealed()["refreshToken"], "refresh_2");
    let sent: Vec<_> = site.workos.asked();
    assert_eq!(sent[0]["refresh_token"], "refresh_0");
    assert_eq!(sent[1]["refresh_token"], "refresh_1");
}

#[test]
fn a_transient_failure_never_deletes_the_cookie() {
    for status in [Some(408), Some(429), Some(500), Some(502), Some(503), None] {
        let mut site = Site::new();
        site.seal(&json!({}), "refresh_0");
        let jar = site.jar.clone();
        site.clock.advance(LIFE + 60);
        site.workos.keep_failing(status);
        let outcome = site.read();
        assert!(matches!(outcome, Err(ReadError::Refresh(_))), "{status:?}");
        let request = site.request(Request::get("/dashboard"));
        assert!(site.kit.removal(&request).is_empty());
        assert_eq!(site.jar, jar);
        site.workos.recover();
        assert!(site.read().unwrap().is_some(), "the next request succeeds");
    }
}

#[test]
fn a_key_of_ours_that_is_wrong_signs_nobody_out() {
    for (status, body) in [
        (401, json!({"message": "Unauthorized"})),
        (400, json!({"error": "invalid_client"})),
    ] {
        let mut site = Site::new();
        site.seal(&json!({}), "refresh_0");
        site.clock.advance(LIFE + 60);
        site.workos.next(status, body);
        assert!(matches!(site.read(), Err(ReadError::Refresh(_))));
        assert!(site.read().unwrap().is_some());
    }
}

#[test]
fn a_session_that_is_over_is_removed_and_workos_is_asked_once() {
    for error in ["invalid_grant", "sso_required"] {
        let mut site = Site::with(|it| it.cookie_domain("app.example"));
        site.seal(&json!({}), "refresh_0");
        site.jar.move_to("app.example");
        let jar = site.jar.clone();
        site.clock.advance(LIFE + 60);
        site.workos.next(400, json!({"error": error}));
        assert!(site.read().unwrap().is_none());
        assert!(site.jar.is_empty(), "the cookie is gone: {:?}", site.jar);
        for _ in 0..10 {
            site.jar = jar.clone();
            let request = site.request(Request::get("/"));
            assert!(site.read().unwrap().is_none());
            let removal = site.kit.removal(&request);
            let line = removal.last().unwrap().to_str().unwrap();
            assert!(line.starts_with("wos-session=; Path=/; Max-Age=0"));
            assert!(line.ends_with("; Domain=app.example"));
        }
        assert_eq!(site.workos.refreshes(), 1);
    }
}

#[test]
fn a_token_with_twenty_seconds_left_is_refreshed_before_the_handler() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE - 31);
    site.read().unwrap().unwrap();
    assert_eq!(site.workos.refreshes(), 0);
    site.clock.advance(11);
    let session = site.read().unwrap().unwrap();
    assert_eq!(site.workos.refreshes(), 1);
    assert_eq!(
        session.data().expires_at.as_unix(),
        START + LIFE - 20 + LIFE
    );
}

#[test]
fn a_token_that_lasts_longer_is_refreshed_a_minute_ahead() {
    let check = |left: i64, refreshes: usize| {
        let mut site = Site::new();
        site.seal(&json!({"exp": START + 3600}), "refresh_0");
        site.clock.advance(3600 - left);
        site.read().unwrap().unwrap();
        assert_eq!(site.workos.refreshes(), refreshes, "{left}");
    };
    check(61, 0);
    check(60, 1);
}

#[test]
fn how_far_ahead_can_be_chosen() {
    let check = |buffer: u64, left: i64, refreshes: usize| {
        let mut site = Site::with(|it| it.refresh_buffer(std::time::Duration::from_secs(buffer)));
        site.seal(&json!({}), "refresh_0");
        site.clock.advance(LIFE - left);
        site.read().unwrap().unwrap();
        assert_eq!(site.workos.refreshes(), refreshes, "{buffer} {left}");
    };
    check(0, 1, 0);
    check(0, 0, 1);
    check(120, 121, 0);
    check(120, 120, 1);
}

#[test]
fn a_refresh_ahead_of_time_that_fails_leaves_the_token_that_is_good() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE - 20);
    site.workos.keep_failing(Some(503));
    assert!(site.read().unwrap().is_some());
    let tried = site.workos.refreshes();
    for _ in 0..10 {
        assert!(site.read().unwrap().is_some());
    }
    assert_eq!(site.workos.refreshes(), tried, "not tried again at once");
    site.workos.recover();
    site.clock.advance(6);
    assert!(site.read().unwrap().is_some());
    assert_eq!(site.workos.refreshes(), tried + 1);
}

#[test]
fn a_token_that_new_keys_would_not_verify_is_refreshed_once_and_not_for_ever() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    // By our clock, what WorkOS issues has always expired.
    site.workos.with_claims(json!({"exp": START}));
    assert!(site.read().unwrap().is_none());
    assert_eq!(site.workos.refreshes(), 1);
}

#[test]
fn the_organisation_outlives_a_refresh() {
    let mut site = Site::new();
    site.seal(&json!({"org_id": "org_1"}), "refresh_0");
    site.clock.advance(LIFE + 60);
    let session = site.read().unwrap().unwrap();
    assert_eq!(site.workos.asked()[0]["organization_id"], "org_1");
    assert_eq!(session.organization_id(), Some("org_1"));
}

#[test]
fn keys_that_cannot_be_had_lose_no_pair() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    site.workos.keys_are_down(true);
    assert!(matches!(site.read(), Err(ReadError::Keys(_))));
    site.workos.keys_are_down(false);
    site.clock.advance(10);
    assert!(site.read().unwrap().is_some());
    assert_eq!(site.workos.refreshes(), 1, "the pair was kept");
    assert_eq!(site.unsealed()["refreshToken"], "refresh_1");
}

#[test]
fn a_session_of_an_old_password_is_sealed_with_the_new_one() {
    let mut site = Site::with(|it| {
        let new = "another password of more than 32 characters";
        it.cookie_passwords([("1", PASSWORD), ("2", new)])
    });
    // The second time, the token is known already.
    for _ in 0..2 {
        site.seal(&json!({}), "refresh_0");
        assert!(site.read().unwrap().is_some());
        let sealed = site.cookie("wos-session").unwrap();
        assert!(sealed.starts_with("Fe26.2*2*"), "{sealed}");
    }
    assert!(site.read().unwrap().is_some());
    let request = site.request(Request::get("/"));
    let session = block_on(site.kit.read(&request)).unwrap().unwrap();
    assert!(!site.kit.renewal_is_due(&session));
    assert_eq!(site.workos.refreshes(), 0);
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    // The client retries: what comes of that is one rotation, and everybody is signed in.
    let mut site = Site::spawning(AtOnce, |it| it);
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    site.workos.fail_once(HttpError::TimedOut);
    assert!(site.read().unwrap().is_some());
    assert_eq!(site.unsealed()["refreshToken"], "refresh_1");
}
