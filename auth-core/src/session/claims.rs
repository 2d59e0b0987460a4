//! The claims of an opened session that the library itself reads.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::plain::{Plain, read_plain};

/// Auth.js writes the first seven.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) struct SessionClaims<'a> {
    pub(super) sub: Option<Cow<'a, str>>,
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) email: Option<Cow<'a, str>>,
    pub(super) picture: Option<Cow<'a, str>>,
    pub(super) iat: Option<i64>,
    pub(super) exp: Option<i64>,
    pub(super) jti: Option<Cow<'a, str>>,
    pub(super) sid: Option<Cow<'a, str>>,
    /// "Started at": when this session began, whatever was renewed since.
    pub(super) sat: Option<i64>,
    pub(super) auth_time: Option<i64>,
    pub(super) provider: Option<Cow<'a, str>>,
    pub(super) given_name: Option<Cow<'a, str>>,
    pub(super) family_name: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) roles: Vec<String>,
    #[serde(default)]
    pub(super) permissions: Vec<String>,
}

impl<'a> SessionClaims<'a> {
    /// `None` if `payload` is no JSON object, or `sub`, `iat` or `exp` have another form than ours.
    pub(super) fn parse(payload: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(payload).ok();
        text.and_then(Self::plain)
            .or_else(|| Self::by_serde(payload, text))
    }

    /// The claims however they are written. A claim that is no `text` concerns only who reads it.
    fn by_serde(payload: &[u8], text: Option<&str>) -> Option<Self> {
        let read = match text {
            Some(text) => serde_json::from_str(text),
            None => serde_json::from_slice(payload),
        };
        read.ok().or_else(|| Self::tolerant(payload))
    }

    /// The claims as we write them, which is most of them; `None` says nothing of any others.
    fn plain(text: &'a str) -> Option<Self> {
        let mut claims = Self::default();
        read_plain(text, |name, value| claims.set(name, value))?;
        Some(claims)
    }

    /// `None` if a claim that is read has another form.
    fn set(&mut self, name: &str, value: Plain<'a>) -> Option<()> {
        match name {
            "sub" => self.sub = Some(value.text()?.into()),
            "name" => self.name = Some(value.text()?.into()),
            "email" => self.email = Some(value.text()?.into()),
            "picture" => self.picture = Some(value.text()?.into()),
            "iat" => self.iat = Some(value.integer()?),
            "exp" => self.exp = Some(value.integer()?),
            "jti" => self.jti = Some(value.text()?.into()),
            "sid" => self.sid = Some(value.text()?.into()),
            "sat" => self.sat = Some(value.integer()?),
            "auth_time" => self.auth_time = Some(value.integer()?),
            "provider" => self.provider = Some(value.text()?.into()),
            "given_name" => self.given_name = Some(value.text()?.into()),
            "family_name" => self.family_name = Some(value.text()?.into()),
            "roles" => self.roles = value.texts()?,
            "permissions" => self.permissions = value.texts()?,
            _ => {}
        }
        Some(())
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
    use serde_json::json;

    use super::*;
    use crate::hostile::{self, property};

    fn ours() -> Value {
        json!({"sub": "dev:1", "name": "Ada", "email": "a@b.example", "picture": "https://a.example/p",
            "iat": 1, "exp": 2, "jti": "j", "sid": "s", "sat": 3, "auth_time": 4, "provider": "dev",
            "given_name": "A", "family_name": "L", "roles": ["admin", "staff"],
            "permissions": ["read"], "theirs": "x", "flag": true, "number": 5})
    }

    #[test]
    fn each_claim_is_read_in_one_walk_as_serde_reads_it() {
        let text = ours().to_string();
        let plain = SessionClaims::plain(&text).unwrap();
        assert_eq!(plain, serde_json::from_str(&text).unwrap());
        assert_eq!(plain.given_name.as_deref(), Some("A"));
        assert_eq!(plain.permissions, ["read"]);
    }

    #[test]
    fn a_claim_of_another_form_is_left_to_serde() {
        for name in ours().as_object().unwrap().keys() {
            let is_read = !["theirs", "flag", "number"].contains(&&**name);
            for other in [
                json!(null),
                json!(true),
                json!("text"),
                json!(7),
                json!(["x"]),
            ] {
                let mut claims = ours();
                let same_form =
                    std::mem::discriminant(&other) == std::mem::discriminant(&claims[name]);
                claims[name] = other;
                let text = claims.to_string();
                let plain = SessionClaims::plain(&text);
                assert_eq!(plain.is_some(), same_form || !is_read, "{text}");
            }
        }
    }

    /// Whichever way the claims are read, they are the same.
    fn check(payload: &[u8]) {
        let text = std::str::from_utf8(payload).ok();
        let by_serde = SessionClaims::by_serde(payload, text);
        assert_eq!(SessionClaims::parse(payload), by_serde);
    }

    #[test]
    fn of_claims_with_the_same_name_the_last_counts() {
        for last in [r#""b""#, "1", "null", r#"["b"]"#] {
            let text = format!(r#"{{"name":"a","iat":1,"sub":"s","name":{last}}}"#);
            check(text.as_bytes());
            let claims = SessionClaims::parse(text.as_bytes()).unwrap();
            assert_eq!(claims.name.is_some(), last == r#""b""#, "{last}");
        }
    }

    property!(
        claims_of_any_kind_are_those_that_serde_reads,
        hostile::json([ours()]),
        |claims: Value| check(claims.to_string().as_bytes())
    );

    property!(
        claims_in_any_bytes_are_those_that_serde_reads,
        hostile::bytes([ours().to_string()]),
        |payload| check(&payload.0)
    );
}
