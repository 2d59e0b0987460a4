//! Whatever a sealed session may hold: an application that shares the secret wrote some of them.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::cookie::{CookieOverrides, CookiesByScheme, V4Sessions};
use crate::hostile::{self, property};
use crate::seal::Secrets;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

fn claims() -> [Value; 3] {
    [
        json!({"sub": "dev:ada", "name": "Ada", "email": "a@b.example", "picture": null,
            "iat": 1_799_999_000, "exp": 1_800_009_000, "jti": "j", "sid": "s", "sat": 1_799_000_000,
            "auth_time": 1_799_000_000, "provider": "dev", "roles": ["admin"], "permissions": []}),
        json!({"name": "Ada", "email": "a@b.example", "picture": "https://a.example/p.png",
            "sub": "1", "iat": 1_799_999_000, "exp": 1_800_009_000, "jti": "j"}),
        json!({"sub": "1", "iat": i64::MIN, "exp": i64::MAX, "sat": i64::MIN, "roles": "admin",
            "theirs": {"deep": [1, {"x": "y"}]}}),
    ]
}

/// What must hold of every payload that counts as a session.
fn check_payload(payload: &[u8]) {
    let Some(session) = Session::from_payload(payload.into(), NOW) else {
        return;
    };
    assert!(!session.user().id().is_empty());
    assert!(session.data().expires_at.plus(Duration::from_secs(15)) > NOW);
    let _ = (session.expires_at(), session.auth_time());
    let _ = session.is_recent(Duration::MAX, NOW);
    // Renewed, it is the same person's, with the same rights, or it ends.
    let Some(token) = Token::of(&session) else {
        assert!(session.claims_as::<Value>().is_err());
        return;
    };
    let expires_at = NOW.plus(Duration::from_secs(60));
    let renewed = Session::from_payload(Wiped::new(token.stamped(NOW, expires_at)), NOW).unwrap();
    assert_eq!(renewed.user(), session.user());
    assert_eq!(renewed.roles(), session.roles());
    assert_eq!(renewed.permissions(), session.permissions());
    assert_eq!(renewed.data().auth_time, session.data().auth_time);
}

property!(
    a_session_of_any_claims_keeps_its_person_and_rights_when_it_is_renewed,
    hostile::json(claims()),
    |claims: Value| check_payload(claims.to_string().as_bytes())
);

property!(
    a_payload_of_any_bytes_is_one_persons_session_or_none,
    hostile::bytes(claims().map(|claims| claims.to_string())),
    |payload| check_payload(&payload.0)
);

property!(
    a_lifetime_of_any_length_saturates,
    (any::<i64>(), any::<u64>(), any::<u64>()),
    |(now, max_age, absolute)| {
        let now = Timestamp::from_unix(now);
        let secrets = Secrets::new("a secret".into(), Vec::new());
        let lifetime = SessionLifetime {
            max_age: Duration::from_secs(max_age),
            absolute: Some(Duration::from_secs(absolute)),
            ..Default::default()
        };
        let sessions = JwtSessions::new(
            &secrets,
            &CookiesByScheme::new(&CookieOverrides::new(), None, V4Sessions::Ignored),
            JwtSettings {
                lifetime,
                ..JwtSettings::default()
            },
        );
        let token = DangerSession::new("dev:ada").into_token(now);
        assert!(sessions.expiry(&token, now) >= now);
    }
);
