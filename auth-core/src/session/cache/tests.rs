use std::time::Duration;

use serde_json::json;

use super::*;
use crate::cookie::{CookieOverrides, Cookies, CookiesByScheme, V4Sessions};
use crate::http::Request;
use crate::seal::Secrets;
use crate::secret::Secret;
use crate::session::{DangerSession, JwtSessions, JwtSettings, SessionLifetime};
use crate::time::Timestamp;

const PLAIN: &str = "authjs.session-token";
const SECURE: &str = "__Secure-authjs.session-token";
const DAY: i64 = 24 * 60 * 60;

fn with(secrets: &[&str], lifetime: SessionLifetime, bytes: usize) -> JwtSessions {
    let (first, others) = secrets.split_first().unwrap();
    let others = others.iter().map(|secret| Secret::from(*secret)).collect();
    JwtSessions::new(
        &Secrets::new(Secret::from(*first), others),
        &CookiesByScheme::new(&CookieOverrides::new(), None, V4Sessions::Ignored),
        JwtSettings {
            lifetime,
            cache_bytes: bytes,
            codec: None,
        },
    )
}

fn sessions() -> JwtSessions {
    let lifetime = SessionLifetime::default();
    with(&["a secret"], lifetime, DEFAULT_CACHE_BYTES)
}

/// The value of the cookie of a session that begins at 0.
fn sealed(sessions: &JwtSessions, user: &str) -> String {
    let token = DangerSession::new(user).into_token(Timestamp::from_unix(0));
    let empty = Request::default();
    let names = CookieNames::new(false);
    let present = Cookies::of(&empty);
    let cookies = sessions
        .issue(token, &names, &present, Timestamp::from_unix(0))
        .unwrap();
    let cookie = cookies[0].to_str().unwrap();
    let (_, rest) = cookie.split_once('=').unwrap();
    rest.split(';').next().unwrap().to_owned()
}

fn read(sessions: &JwtSessions, name: &str, value: &str, now: i64) -> Option<Session> {
    let request = http::Request::get("/")
        .header("cookie", format!("{name}={value}"))
        .body(Vec::new())
        .unwrap();
    let names = CookieNames::new(name == SECURE);
    sessions.read(&names, &Cookies::of(&request), Timestamp::from_unix(now))
}

fn is_remembered(sessions: &JwtSessions, value: &str) -> bool {
    let names = CookieNames::new(false);
    sessions
        .remembered()
        .get(&names, &[value.as_bytes()])
        .is_some()
}

#[test]
fn a_session_is_opened_once_and_remembered() {
    let sessions = sessions();
    let value = sealed(&sessions, "ada");
    assert!(!is_remembered(&sessions, &value));
    let first = read(&sessions, PLAIN, &value, 1).unwrap();
    assert!(is_remembered(&sessions, &value));
    let second = read(&sessions, PLAIN, &value, 2).unwrap();
    assert!(std::ptr::eq(first.data(), second.data()));
}

#[test]
fn a_session_in_chunks_is_remembered() {
    let sessions = sessions();
    let claim = "x".repeat(9000);
    let token = DangerSession::new("ada").claim("padding", claim);
    let token = token.into_token(Timestamp::from_unix(0));
    let (empty, names) = (Request::default(), CookieNames::new(false));
    let cookies = sessions
        .issue(token, &names, &Cookies::of(&empty), Timestamp::from_unix(0))
        .unwrap();
    let pairs: Vec<&str> = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap())
        .collect();
    assert_eq!(pairs.len(), 4);
    let read = |pairs: &[&str]| {
        let request = http::Request::get("/").header("cookie", pairs.join("; "));
        let request = request.body(Vec::new()).unwrap();
        sessions.read(&names, &Cookies::of(&request), Timestamp::from_unix(1))
    };
    let first = read(&pairs).unwrap();
    let reversed: Vec<&str> = pairs.iter().rev().copied().collect();
    let second = read(&reversed).unwrap();
    assert!(std::ptr::eq(first.data(), second.data()));
    assert!(read(&pairs[..3]).is_none());
}

#[test]
fn another_value_with_the_same_beginning_or_end_is_no_session() {
    let sessions = sessions();
    let value = sealed(&sessions, "ada");
    read(&sessions, PLAIN, &value, 1).unwrap();
    let changed = |index: usize| {
        let mut bytes = value.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    for index in [0, value.len() / 2, value.len() - 10] {
        assert!(read(&sessions, PLAIN, &changed(index), 1).is_none());
    }
    let shorter = &value[..value.len() - 1];
    for other in [shorter, &format!("{value}A"), &value[1..], ""] {
        assert!(read(&sessions, PLAIN, other, 1).is_none(), "{other}");
    }
}

#[test]
fn a_remembered_value_under_another_cookie_name_is_no_session() {
    let sessions = sessions();
    let value = sealed(&sessions, "ada");
    read(&sessions, PLAIN, &value, 1).unwrap();
    assert!(read(&sessions, SECURE, &value, 1).is_none());
}

#[test]
fn a_forged_cookie_is_not_remembered() {
    let (ours, theirs) = (
        sessions(),
        with(
            &["another secret"],
            SessionLifetime::default(),
            DEFAULT_CACHE_BYTES,
        ),
    );
    let forged = sealed(&theirs, "ada");
    assert!(read(&ours, PLAIN, &forged, 1).is_none());
    assert_eq!(ours.remembered().len(), 0);
}

#[test]
fn an_expired_or_ended_cookie_is_not_remembered() {
    let sessions = sessions();
    let value = sealed(&sessions, "ada");
    assert!(read(&sessions, PLAIN, &value, 31 * DAY).is_none());
    let session = read(&sessions, PLAIN, &value, 1).unwrap();
    let names = CookieNames::new(false);
    sessions.remembered().remove(&names, value.as_bytes());
    sessions.revoke(&session, Timestamp::from_unix(2));
    assert!(read(&sessions, PLAIN, &value, 2).is_none());
    assert_eq!(sessions.remembered().len(), 0);
}

#[test]
fn a_remembered_session_expires_between_two_visits() {
    let sessions = sessions();
    let value = sealed(&sessions, "ada");
    assert!(read(&sessions, PLAIN, &value, 30 * DAY + 14).is_some());
    assert!(read(&sessions, PLAIN, &value, 30 * DAY + 15).is_none());
    assert!(!is_remembered(&sessions, &value));
}

#[test]
fn a_remembered_session_reaches_its_absolute_end() {
    let lifetime = SessionLifetime {
        absolute: Some(Duration::from_secs(DAY as u64)),
        ..SessionLifetime::default()
    };
    let (short, long) = (
        with(&["a secret"], lifetime, DEFAULT_CACHE_BYTES),
        sessions(),
    );
    let value = sealed(&long, "ada");
    assert!(read(&short, PLAIN, &value, DAY - 1).is_some());
    assert!(is_remembered(&short, &value));
    assert!(read(&short, PLAIN, &value, DAY).is_none());
}

#[test]
fn signing_out_ends_a_remembered_session() {
    let sessions = sessions();
    let (ada, bob) = (sealed(&sessions, "ada"), sealed(&sessions, "bob"));
    let session = read(&sessions, PLAIN, &ada, 1).unwrap();
    read(&sessions, PLAIN, &bob, 1).unwrap();
    sessions.revoke(&session, Timestamp::from_unix(2));
    assert!(read(&sessions, PLAIN, &ada, 2).is_none());
    assert!(!is_remembered(&sessions, &ada));
    assert!(read(&sessions, PLAIN, &bob, 2).is_some());
}

#[test]
fn a_secret_that_is_rotated_out_ends_what_it_sealed() {
    let lifetime = SessionLifetime::default;
    let value = sealed(&with(&["old"], lifetime(), 0), "ada");
    let both = with(&["new", "old"], lifetime(), DEFAULT_CACHE_BYTES);
    assert!(read(&both, PLAIN, &value, 1).is_some());
    let new = with(&["new"], lifetime(), DEFAULT_CACHE_BYTES);
    assert!(read(&new, PLAIN, &value, 1).is_none());
}

#[test]
fn a_flood_of_invalid_cookies_pushes_nobody_out() {
    let sessions = with(&["a secret"], SessionLifetime::default(), 64 * 1024);
    let value = sealed(&sessions, "ada");
    read(&sessions, PLAIN, &value, 1).unwrap();
    for n in 0..2000 {
        let invalid = format!("{value}{n}");
        assert!(read(&sessions, PLAIN, &invalid, 1).is_none());
    }
    assert!(is_remembered(&sessions, &value));
    assert_eq!(sessions.remembered().len(), 1);
}

#[test]
fn any_number_of_different_cookies_stays_within_the_bytes() {
    const BYTES: usize = 512 * 1024;
    let cache = SessionCache::new(BYTES, Spread::ByEnd);
    let names = CookieNames::new(false);
    let claims = json!({"sub": "ada", "iat": 0, "exp": 9, "padding": "x".repeat(200)});
    for n in 0..20_000 {
        let session = Session::danger_from_claims(&claims).unwrap();
        cache.insert(&names, format!("{n:0>500}").as_bytes(), &session);
    }
    assert!(cache.bytes() <= BYTES as u64, "{}", cache.bytes());
    // And they are used.
    assert!(cache.bytes() > BYTES as u64 * 3 / 4, "{}", cache.bytes());
}

#[test]
fn the_largest_session_is_remembered() {
    let cache = SessionCache::new(DEFAULT_CACHE_BYTES, Spread::ByEnd);
    let names = CookieNames::new(false);
    let claims = json!({"sub": "ada", "iat": 0, "exp": 9, "padding": "x".repeat(29_000)});
    let session = Session::danger_from_claims(&claims).unwrap();
    let value = "x".repeat(39_360);
    cache.insert(&names, value.as_bytes(), &session);
    assert!(cache.get(&names, &[value.as_bytes()]).is_some());
}

#[test]
fn a_cache_of_no_bytes_remembers_nothing() {
    let sessions = with(&["a secret"], SessionLifetime::default(), 0);
    let value = sealed(&sessions, "ada");
    assert!(read(&sessions, PLAIN, &value, 1).is_some());
    assert!(!is_remembered(&sessions, &value));
    assert!(read(&sessions, PLAIN, &value, 31 * DAY).is_none());
}
