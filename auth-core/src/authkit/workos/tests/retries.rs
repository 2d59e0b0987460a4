//! When a call is made again, after how long, and when not.

use std::time::Duration;

use http::Response;

use super::*;
use crate::http::HttpError;

fn user() -> Value {
    json!({"id": "user_1", "email": "a@b.example"})
}

fn tokens() -> Value {
    json!({"user": user(), "access_token": "a", "refresh_token": "r2"})
}

fn refresh() -> Grant {
    Grant::RefreshToken {
        refresh_token: "r1".into(),
        organization_id: None,
    }
}

fn wait(status: u16, seconds: &str) -> Result<Response<Vec<u8>>, HttpError> {
    let answer = Response::builder().status(status);
    Ok(answer
        .header("retry-after", seconds)
        .body(Vec::new())
        .unwrap())
}

#[test]
fn a_call_is_made_again_after_what_may_pass() {
    for status in [408, 429, 500, 502, 503, 504] {
        let emulator = Emulator::new().json(status, &json!({})).json(200, &user());
        assert!(
            block_on(emulator.workos().user("user_1")).is_ok(),
            "{status}"
        );
        assert_eq!((emulator.asked().len(), emulator.waits().len()), (2, 1));
    }
    for error in [
        HttpError::TimedOut,
        HttpError::Busy,
        HttpError::Transport("x".into()),
    ] {
        let emulator = Emulator::new().answer(Err(error)).json(200, &user());
        assert!(block_on(emulator.workos().user("user_1")).is_ok());
    }
}

#[test]
fn a_call_is_not_made_again_after_what_stays() {
    for status in [400, 401, 403, 404, 409, 422, 501] {
        let emulator = Emulator::new().json(status, &json!({})).json(200, &user());
        assert!(block_on(emulator.workos().user("user_1")).is_err());
        assert_eq!(emulator.asked().len(), 1, "{status}");
    }
    for error in [
        HttpError::TooLarge,
        HttpError::ForbiddenScheme,
        HttpError::Redirected(307),
    ] {
        let emulator = Emulator::new().answer(Err(error)).json(200, &user());
        assert!(block_on(emulator.workos().user("user_1")).is_err());
        assert_eq!(emulator.asked().len(), 1);
    }
}

#[test]
fn three_more_attempts_are_made_and_their_waits_grow() {
    for _ in 0..50 {
        let emulator = Emulator::new().breaks().breaks().breaks().breaks();
        let error = block_on(emulator.workos().user("user_1")).unwrap_err();
        assert!(matches!(error, WorkOsError::Http(_)));
        assert_eq!(emulator.asked().len(), 4);
        let waits = emulator.waits();
        for (wait, usual) in waits.iter().zip([500, 750, 1125]) {
            let usual = Duration::from_millis(usual);
            assert!(
                (usual.mul_f64(0.499)..=usual.mul_f64(1.501)).contains(wait),
                "{waits:?}"
            );
        }
    }
}

#[test]
fn waits_differ_so_that_nobody_comes_back_together() {
    let first_wait = || {
        let emulator = Emulator::new().breaks().json(200, &user());
        block_on(emulator.workos().user("user_1")).unwrap();
        emulator.waits()[0]
    };
    let first = first_wait();
    assert!((0..20).any(|_| first_wait() != first));
}

#[test]
fn workos_says_how_long_to_wait() {
    let emulator = Emulator::new()
        .answer(wait(429, "2"))
        .answer(wait(503, "0"))
        .json(200, &user());
    assert!(block_on(emulator.workos().user("user_1")).is_ok());
    assert_eq!(emulator.waits(), [Duration::from_secs(2), Duration::ZERO]);
}

#[test]
fn a_wait_that_nobody_has_the_patience_for_is_not_begun() {
    // A minute in all for a call, ...
    let emulator = Emulator::new()
        .answer(wait(429, "40"))
        .answer(wait(429, "40"))
        .json(200, &user());
    let error = block_on(emulator.workos().user("user_1")).unwrap_err();
    assert_eq!(
        error.refusal().unwrap().retry_after,
        Some(Duration::from_secs(40))
    );
    assert_eq!(emulator.waits(), [Duration::from_secs(40)]);
    // ... and 20 seconds where a person waits, and a refresh token may be replayed.
    let emulator = Emulator::new().answer(wait(429, "20")).json(200, &tokens());
    let error = block_on(emulator.workos().authenticate(refresh())).unwrap_err();
    assert!(error.is_transient() && emulator.waits().is_empty());
}

#[test]
fn a_refresh_whose_answer_was_lost_is_replayed_while_workos_still_knows_it() {
    let emulator = Emulator::new().breaks().json(200, &tokens());
    let response = block_on(emulator.workos().authenticate(refresh())).unwrap();
    assert_eq!(response.refresh_token.expose(), "r2");
    let asked = emulator.asked();
    assert_eq!(asked[0].body(), asked[1].body());
    // The answer was lost slowly: no attempt begins later than 20 seconds after the first.
    let emulator = Emulator::new()
        .answer(wait(503, "19"))
        .answer(wait(503, "1"));
    let error = block_on(emulator.workos().authenticate(refresh())).unwrap_err();
    assert!(error.is_transient() && emulator.asked().len() == 2);
}

#[test]
fn the_attempts_of_one_post_are_one_to_workos() {
    let emulator = Emulator::new()
        .breaks()
        .json(200, &tokens())
        .json(200, &tokens());
    let workos = emulator.workos();
    block_on(workos.authenticate(refresh())).unwrap();
    block_on(workos.authenticate(refresh())).unwrap();
    let asked = emulator.asked();
    let key = |index: usize| asked[index].headers()["idempotency-key"].clone();
    assert_eq!(key(0), key(1));
    assert_ne!(key(1), key(2));
}
