//! The claims of an opened session that the library itself reads.

use serde::Deserialize;
use serde_json::{Map, Value};

/// Auth.js writes the first seven.
#[derive(Deserialize)]
pub(super) struct SessionClaims {
    pub(super) sub: Option<String>,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) picture: Option<String>,
    pub(super) iat: Option<i64>,
    pub(super) exp: Option<i64>,
    pub(super) jti: Option<String>,
    pub(super) sid: Option<String>,
    /// "Started at": when this session began, whatever was renewed since.
    pub(super) sat: Option<i64>,
    pub(super) auth_time: Option<i64>,
    pub(super) provider: Option<String>,
    pub(super) given_name: Option<String>,
    pub(super) family_name: Option<String>,
    #[serde(default)]
    pub(super) roles: Vec<String>,
    #[serde(default)]
    pub(super) permissions: Vec<String>,
}

impl SessionClaims {
    /// `None` if `payload` is no JSON object, or `sub`, `iat` or `exp` have another form than ours.
    pub(super) fn parse(payload: &[u8]) -> Option<Self> {
        // Text is known for text once, not string by string; a claim that is none concerns only who
        // reads it.
        let read = match std::str::from_utf8(payload) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(payload),
        };
        read.ok().or_else(|| Self::tolerant(payload))
    }

    /// Reads claims of which some have another form than ours: an application that used Auth.js
    /// before may have put anything under `roles` or `provider`. Such a claim counts as absent.
    fn tolerant(payload: &[u8]) -> Option<Self> {
        let mut claims: Map<String, Value> = serde_json::from_slice(payload).ok()?;
        claims.retain(|name, value| match name.as_str() {
            "name" | "email" | "picture" | "jti" | "sid" | "provider" | "given_name"
            | "family_name" => value.is_string(),
            "sat" | "auth_time" => value.is_i64(),
            "roles" | "permissions" => value
                .as_array()
                .is_some_and(|items| items.iter().all(Value::is_string)),
            _ => true,
        });
        serde_json::from_value(claims.into()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_claims_with_the_same_name_the_last_counts() {
        for last in [r#""b""#, "1", "null", r#"["b"]"#] {
            let text = format!(r#"{{"name":"a","iat":1,"sub":"s","name":{last}}}"#);
            let claims = SessionClaims::parse(text.as_bytes()).unwrap();
            assert_eq!(
                claims.name.as_deref() == Some("b"),
                last == r#""b""#,
                "{last}"
            );
            assert_ne!(claims.name.as_deref(), Some("a"));
        }
    }
}
