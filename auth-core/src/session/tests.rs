use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::cookie::{CookieNames, CookieOverrides, Cookies, CookiesByScheme, V4Sessions};
use crate::http::Request;
use crate::seal::Secrets;
use crate::secret::Secret;

const DAY: i64 = 24 * 60 * 60;

fn sessions(lifetime: SessionLifetime) -> JwtSessions {
    JwtSessions::new(
        &Secrets::new(Secret::from("a secret"), Vec::new()),
        &names_by_scheme(),
        JwtSettings {
            lifetime,
            ..JwtSettings::default()
        },
    )
}

fn names_by_scheme() -> CookiesByScheme {
    CookiesByScheme::new(&CookieOverrides::new(), None, V4Sessions::Ignored)
}

fn token(now: i64) -> Token {
    DangerSession::new("dev:ada")
        .name("Ada Admin")
        .email("ada@example.com")
        .role("admin")
        .claim("plan", "pro")
        .into_token(Timestamp::from_unix(now))
}

/// A request that carries what `cookies` set.
fn request_with(cookies: &[HeaderValue]) -> Request {
    let pairs: Vec<&str> = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap())
        .collect();
    http::Request::get("/")
        .header("cookie", pairs.join("; "))
        .body(Vec::new())
        .unwrap()
}

fn issue(sessions: &JwtSessions, token: Token, now: i64) -> Request {
    let empty = Request::default();
    let cookies = sessions
        .issue(
            token,
            &CookieNames::new(false),
            &Cookies::of(&empty),
            Timestamp::from_unix(now),
        )
        .unwrap();
    request_with(&cookies)
}

fn read(sessions: &JwtSessions, request: &Request, now: i64) -> Option<Session> {
    let names = CookieNames::new(false);
    sessions.read(&names, &Cookies::of(request), Timestamp::from_unix(now))
}

#[test]
fn a_session_reads_back_as_it_was_issued() {
    let sessions = sessions(SessionLifetime::default());
    let session = read(&sessions, &issue(&sessions, token(0), 0), 1).unwrap();
    assert_eq!(session.user().id(), "dev:ada");
    assert_eq!(session.user().name(), Some("Ada Admin"));
    assert_eq!(session.provider(), Some("test"));
    assert!(session.has_role("admin") && !session.has_role("staff"));
    assert_eq!(session.data().expires_at, Timestamp::from_unix(30 * DAY));
    #[derive(serde::Deserialize)]
    struct Plan {
        plan: String,
    }
    assert_eq!(session.claims_as::<Plan>().unwrap().plan, "pro");
    assert!(session.claims_as::<Vec<u8>>().is_err());
}

#[test]
fn an_expired_session_is_nobody() {
    let sessions = sessions(SessionLifetime::default());
    let request = issue(&sessions, token(0), 0);
    assert!(read(&sessions, &request, 30 * DAY + 14).is_some());
    assert!(read(&sessions, &request, 30 * DAY + 16).is_none());
}

#[test]
fn renewal_never_carries_a_session_beyond_its_absolute_end() {
    let absolute = Some(Duration::from_secs(40 * 24 * 60 * 60));
    let sessions = sessions(SessionLifetime {
        absolute,
        ..SessionLifetime::default()
    });
    let session = read(&sessions, &issue(&sessions, token(0), 0), DAY).unwrap();
    assert!(sessions.renewal_is_due(&session, Timestamp::from_unix(DAY)));
    let renewed = issue(&sessions, Token::of(&session).unwrap(), 20 * DAY);
    let session = read(&sessions, &renewed, 21 * DAY).unwrap();
    assert_eq!(session.data().expires_at, Timestamp::from_unix(40 * DAY));
    assert!(read(&sessions, &renewed, 40 * DAY).is_none());
}

#[test]
fn a_cookie_is_left_alone_until_it_has_reached_the_update_age() {
    let sessions = sessions(SessionLifetime::default());
    let session = read(&sessions, &issue(&sessions, token(0), 0), 1).unwrap();
    assert!(!sessions.renewal_is_due(&session, Timestamp::from_unix(DAY - 1)));
    assert!(sessions.renewal_is_due(&session, Timestamp::from_unix(DAY)));
}

#[test]
fn an_ended_session_is_refused_with_all_its_cookies() {
    let sessions = sessions(SessionLifetime::default());
    let first = issue(&sessions, token(0), 0);
    let session = read(&sessions, &first, DAY).unwrap();
    let renewed = issue(&sessions, Token::of(&session).unwrap(), DAY);
    sessions.revoke(&session, Timestamp::from_unix(DAY));
    assert!(read(&sessions, &first, DAY).is_none());
    assert!(read(&sessions, &renewed, DAY).is_none());
    assert!(!sessions.renewal_is_due(&session, Timestamp::from_unix(2 * DAY)));
    assert!(read(&sessions, &issue(&sessions, token(DAY), DAY), DAY).is_some());
}

#[test]
fn a_session_of_authjs_is_ended_by_its_jti() {
    let sessions = sessions(SessionLifetime::default());
    let session = |jti: &str| {
        let claims = json!({"sub": "1", "iat": 0, "exp": DAY, "jti": jti}).to_string();
        Session::from_payload(claims.as_bytes().into(), Timestamp::from_unix(0)).unwrap()
    };
    sessions.revoke(&session("a"), Timestamp::from_unix(1));
    assert!(sessions.is_revoked(&session("a")));
    assert!(!sessions.is_revoked(&session("b")));
}

#[test]
fn a_cookie_of_authjs_ends_with_the_one_that_we_wrote_in_its_place() {
    let sessions = sessions(SessionLifetime::default());
    let claims = json!({"sub": "1", "iat": 0, "exp": 30 * DAY, "jti": "a"}).to_string();
    let first = Session::from_payload(claims.as_bytes().into(), Timestamp::from_unix(0)).unwrap();
    let renewed = read(
        &sessions,
        &issue(&sessions, Token::of(&first).unwrap(), DAY),
        DAY,
    )
    .unwrap();
    let jti = |session: &Session| session.claims_as::<serde_json::Value>().unwrap()["jti"].clone();
    assert_ne!(jti(&renewed), jti(&first));
    assert_eq!(renewed.data().sid, first.data().jti);
    sessions.revoke(&renewed, Timestamp::from_unix(DAY));
    assert!(sessions.is_revoked(&first), "a saved copy of the first");
}

#[test]
fn a_payload_that_is_no_session_is_nobody() {
    let check = |payload: serde_json::Value| {
        let payload = payload.to_string();
        assert!(
            Session::from_payload(payload.as_bytes().into(), Timestamp::from_unix(0)).is_none()
        );
    };
    check(json!({"iat": 0, "exp": 9}));
    check(json!({"sub": "", "iat": 0, "exp": 9}));
    check(json!({"sub": 1, "iat": 0, "exp": 9}));
    check(json!({"sub": ["a"], "iat": 0, "exp": 9}));
    check(json!({"sub": "a", "exp": 9}));
    check(json!({"sub": "a", "iat": 0}));
    check(json!({"sub": "a", "iat": 0, "exp": "9"}));
    check(json!("text"));
    check(json!({"value": "x", "provider": "github", "iat": 0, "exp": 9}));
}

#[test]
fn a_claim_of_another_form_counts_as_absent() {
    let claims = json!({
        "sub": "a", "iat": 0, "exp": 9, "name": null, "roles": "admin", "provider": {"id": 1},
        "permissions": ["read"],
    });
    let session = Session::from_payload(
        claims.to_string().as_bytes().into(),
        Timestamp::from_unix(0),
    )
    .unwrap();
    assert!(session.roles().is_empty() && session.provider().is_none());
    assert!(session.has_permission("read"));
}

#[test]
fn a_callback_cannot_change_what_the_session_is() {
    let mut changed = token(0);
    for name in ["iat", "exp", "jti", "sid", "sat", "auth_time", "provider"] {
        changed.set(name, "forged");
        changed.remove(name);
    }
    assert_eq!(changed, {
        let mut same = changed.clone();
        same.set("sid", 1);
        same
    });
    assert_eq!(changed.get("provider"), Some(&json!("test")));
}

#[test]
fn debug_output_holds_no_claim() {
    let session = {
        let sessions = sessions(SessionLifetime::default());
        read(&sessions, &issue(&sessions, token(0), 0), 1).unwrap()
    };
    let text = format!("{session:?} {:?}", token(0));
    assert!(
        !text.contains("ada@example.com") && !text.contains("Ada"),
        "{text}"
    );
}

#[derive(Debug, Deserialize)]
struct Mine {
    #[serde(rename = "tenant")]
    _tenant: u32,
    #[serde(rename = "address")]
    _address: Option<Address>,
}

#[derive(Debug, Deserialize)]
struct Address {
    #[serde(rename = "city")]
    _city: String,
}

#[test]
fn claims_that_do_not_fit_name_the_field_and_not_the_value() {
    let check = |extra: serde_json::Value, field: &str| {
        let mut claims = json!({"sub": "1", "iat": 0, "exp": 1});
        for (name, value) in extra.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let session = Session::danger_from_claims(&claims).unwrap();
        let error = session.claims_as::<Mine>().unwrap_err();
        assert_eq!(error.field(), field);
        assert!(!format!("{error} {error:?}").contains("sentinel"));
    };
    check(json!({}), "tenant");
    check(json!({"tenant": "sentinel"}), "tenant");
    check(json!({"tenant": 1, "address": {}}), "address.city");
    check(json!({"tenant": 1, "address": {"city": 1}}), "address.city");
}

#[test]
fn a_session_for_tests_needs_a_subject_and_its_times() {
    for claims in [
        json!({}),
        json!({"sub": "", "iat": 0, "exp": 1}),
        json!({"sub": "1", "exp": 1}),
        json!({"sub": "1", "iat": 0}),
        json!(null),
    ] {
        assert!(Session::danger_from_claims(&claims).is_none(), "{claims}");
    }
}

#[test]
fn claims_that_cannot_be_read_whole_are_never_sealed_anew() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for theirs in [&b"1e999"[..], b"\"\xff\"", deep.as_bytes()] {
        let payload = [br#"{"sub":"1","iat":1,"exp":2000000000,"x":"#, theirs, b"}"].concat();
        let session = Session::from_payload(Wiped::new(payload), Timestamp::from_unix(2)).unwrap();
        assert!(Token::of(&session).is_none());
    }
}
