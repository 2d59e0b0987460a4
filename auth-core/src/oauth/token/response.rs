//! The token answer, from the bytes that came to the form that is believed.

use std::fmt;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderValue};
use oauth2::basic::BasicTokenType;
use oauth2::{AccessToken, RefreshToken, Scope};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{TokenError, TokenErrorCode, TokenType};

/// Longest token accepted, in bytes.
const MAX_TOKEN: usize = 256 * 1024;

/// Longest lifetime believed: 100 years. More would only overflow somebody's arithmetic.
const MAX_EXPIRES_IN: u64 = 100 * 365 * 24 * 60 * 60;

/// Decides whether a token answer is acceptable and rewrites it as RFC 6749 §5.1 has it.
///
/// A JSON answer is taken whatever its content type; of a repeated member the last one counts,
/// here and in all that follows. `conform` sees an object of status 200 before any check.
pub(super) fn normalise_token_response(
    response: &http::Response<Vec<u8>>,
    conform: Option<fn(Value) -> Value>,
    token_type: TokenType,
) -> Result<http::Response<Vec<u8>>, TokenError> {
    let status = response.status().as_u16();
    let body = serde_json::from_slice::<Value>(response.body());
    if status != 200 {
        return Err(match body.ok().as_ref().and_then(error_member) {
            Some(error) => TokenError::Refused { status, error },
            None => TokenError::Status(status),
        });
    }
    let mut body = body.map_err(|_| TokenError::Malformed)?;
    if let (true, Some(conform)) = (body.is_object(), conform) {
        body = conform(body);
    }
    if let Some(error) = error_member(&body) {
        return Err(TokenError::Refused { status, error });
    }
    let Value::Object(members) = body else {
        return Err(TokenError::Malformed);
    };
    let normal = normalise_members(members, token_type)?;
    // A map of strings and numbers always serialises.
    let normal = serde_json::to_vec(&normal).map_err(|_| TokenError::Malformed)?;
    let mut response = http::Response::new(normal);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// RFC 6749 §5.2. Null and empty count as absent.
fn error_member(body: &Value) -> Option<TokenErrorCode> {
    match body.get("error")? {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(TokenErrorCode::from_wire(text)),
        _ => Some(TokenErrorCode::Other),
    }
}

fn normalise_members(
    members: Map<String, Value>,
    token_type: TokenType,
) -> Result<Map<String, Value>, TokenError> {
    let mut normal = Map::new();
    // RFC 6749 §5.1: the type is compared without regard to case.
    match members.get("token_type") {
        Some(Value::String(kind)) if kind.eq_ignore_ascii_case("bearer") => {
            normal.insert("token_type".to_owned(), "bearer".into());
        }
        None | Some(Value::Null) if token_type == TokenType::BearerUnlessStated => {
            normal.insert("token_type".to_owned(), "bearer".into());
        }
        _ => return Err(TokenError::TokenType),
    }
    match members.get("access_token") {
        Some(Value::String(token)) if is_token(token) => {
            normal.insert("access_token".to_owned(), token.as_str().into());
        }
        _ => return Err(TokenError::AccessToken),
    }
    for name in ["refresh_token", "id_token"] {
        match members.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(token)) if token.is_empty() => {}
            Some(Value::String(token)) if is_token(token) => {
                normal.insert(name.to_owned(), token.as_str().into());
            }
            Some(_) => return Err(TokenError::Malformed),
        }
    }
    if let Some(seconds) = members.get("expires_in").and_then(lifetime) {
        normal.insert("expires_in".to_owned(), seconds.into());
    }
    if let Some(scope) = members.get("scope").and_then(scope) {
        normal.insert("scope".to_owned(), scope.into());
    }
    let extra: Map<String, Value> = members
        .into_iter()
        .filter(|(name, _)| !NORMAL.contains(&name.as_str()))
        .collect();
    if !extra.is_empty() {
        normal.insert("extra".to_owned(), extra.into());
    }
    Ok(normal)
}

/// The members that are read here. What else there is belongs to the provider.
const NORMAL: [&str; 6] = [
    "access_token",
    "expires_in",
    "id_token",
    "refresh_token",
    "scope",
    "token_type",
];

/// `1*VSCHAR` (RFC 6749 appendix A.12): what can stand in a header.
fn is_token(token: &str) -> bool {
    (1..=MAX_TOKEN).contains(&token.len())
        && token.bytes().all(|byte| (0x20..=0x7e).contains(&byte))
}

/// Whole seconds, written as a number or as digits. A negative or unreadable lifetime is none.
fn lifetime(value: &Value) -> Option<u64> {
    let seconds = match value {
        // The cast saturates, and a negative number was sorted out before it.
        Value::Number(number) => number.as_u64().or_else(|| {
            number
                .as_f64()
                .filter(|seconds| *seconds >= 0.0)
                .map(|seconds| seconds as u64)
        })?,
        Value::String(digits) => digits.parse().ok()?,
        _ => return None,
    };
    Some(seconds.min(MAX_EXPIRES_IN))
}

/// Scopes separated by spaces; some servers write commas or an array.
fn scope(value: &Value) -> Option<String> {
    let scope = match value {
        Value::String(text) if text.contains(' ') => text.clone(),
        Value::String(text) => text.replace(',', " "),
        Value::Array(scopes) => scopes
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" "),
        _ => return None,
    };
    Some(scope).filter(|scope| !scope.is_empty())
}

/// The normalised answer, as the `oauth2` crate parses it.
#[derive(Deserialize)]
pub(super) struct WireTokens {
    access_token: AccessToken,
    token_type: BasicTokenType,
    expires_in: Option<u64>,
    refresh_token: Option<RefreshToken>,
    id_token: Option<String>,
    scope: Option<String>,
    #[serde(default)]
    extra: Map<String, Value>,
}

impl WireTokens {
    /// The granted scopes, separated by spaces.
    pub(super) fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    pub(super) fn take_extra(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.extra)
    }

    pub(super) fn into_id_token(self) -> Option<String> {
        self.id_token
    }
}

impl oauth2::TokenResponse for WireTokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in.map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None // `scope` has them, as one text
    }
}

/// The crate asks for this and never calls it; tokens are not written back.
impl Serialize for WireTokens {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl fmt::Debug for WireTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireTokens").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn normalise(
        status: u16,
        body: impl AsRef<[u8]>,
        conform: Option<fn(Value) -> Value>,
    ) -> Result<Value, TokenError> {
        let response = http::Response::builder()
            .status(status)
            .header(CONTENT_TYPE, "text/plain")
            .body(body.as_ref().to_vec())
            .unwrap();
        let normal = normalise_token_response(&response, conform, TokenType::Stated)?;
        assert_eq!(normal.status(), 200);
        assert_eq!(normal.headers()[CONTENT_TYPE], "application/json");
        Ok(serde_json::from_slice(normal.body()).unwrap())
    }

    /// A good answer with some members replaced (null removes one), normalised.
    fn with(changes: Value) -> Result<Value, TokenError> {
        let mut answer = json!({"access_token": "at", "token_type": "Bearer"});
        for (name, value) in changes.as_object().unwrap() {
            answer[name] = value.clone();
        }
        normalise(200, answer.to_string(), None)
    }

    #[test]
    fn a_complete_answer_passes_as_it_is() {
        let answer = json!({
            "access_token": "at", "token_type": "bearer", "expires_in": 3600,
            "refresh_token": "rt", "id_token": "a.b.c", "scope": "openid email",
        });
        assert_eq!(with(answer.clone()).unwrap(), answer);
    }

    #[test]
    fn unknown_members_are_kept_apart() {
        assert_eq!(
            with(json!({"extra": {"deep": 1}, "user_id": 7})).unwrap(),
            json!({"access_token": "at", "token_type": "bearer",
                "extra": {"extra": {"deep": 1}, "user_id": 7}})
        );
    }

    #[test]
    fn the_token_type_is_bearer_in_any_case_and_nothing_else() {
        for kind in ["Bearer", "bearer", "bEARER"] {
            assert_eq!(
                with(json!({ "token_type": kind })).unwrap()["token_type"],
                "bearer"
            );
        }
        for kind in [json!(null), json!("mac"), json!(""), json!(1), json!([])] {
            let refused = with(json!({ "token_type": kind }));
            assert!(matches!(refused, Err(TokenError::TokenType)), "{kind}");
        }
    }

    #[test]
    fn a_missing_token_type_is_bearer_only_where_the_provider_leaves_it_away() {
        let check = |body: Value| {
            let response = http::Response::new(body.to_string().into_bytes());
            normalise_token_response(&response, None, TokenType::BearerUnlessStated).is_ok()
        };
        assert!(check(json!({"access_token": "at"})));
        assert!(check(json!({"access_token": "at", "token_type": null})));
        for other in [json!("mac"), json!(""), json!(1)] {
            assert!(!check(json!({"access_token": "at", "token_type": other})));
        }
    }

    #[test]
    fn an_access_token_that_is_no_token_is_refused() {
        for token in [
            json!(null),
            json!(""),
            json!(42),
            json!(["at"]),
            json!("at\r\nX-Evil: 1"),
            json!("caf\u{e9}"),
            json!("x".repeat(MAX_TOKEN + 1)),
        ] {
            let refused = with(json!({ "access_token": token }));
            assert!(matches!(refused, Err(TokenError::AccessToken)));
        }
    }

    #[test]
    fn other_tokens_are_text_or_absent() {
        for name in ["refresh_token", "id_token"] {
            for absent in [json!(null), json!("")] {
                assert!(with(json!({ name: absent })).unwrap().get(name).is_none());
            }
            for odd in [json!({}), json!(1), json!("a\nb")] {
                let refused = with(json!({ name: odd }));
                assert!(matches!(refused, Err(TokenError::Malformed)), "{name}");
            }
        }
    }

    #[test]
    fn lifetimes_are_read_as_numbers_or_digits_and_bounded() {
        let check = |expires_in: Value, expected: Option<u64>| {
            let normal = with(json!({ "expires_in": expires_in })).unwrap();
            assert_eq!(normal.get("expires_in").and_then(Value::as_u64), expected);
        };
        check(json!(3600), Some(3600));
        check(json!("3600"), Some(3600));
        check(json!(3599.9), Some(3599));
        check(json!(0), Some(0));
        check(json!(9.2e18), Some(MAX_EXPIRES_IN));
        check(json!(1e300), Some(MAX_EXPIRES_IN));
        check(json!(u64::MAX), Some(MAX_EXPIRES_IN));
        for unusable in [
            json!(-1),
            json!(-0.5),
            json!("-1"),
            json!("soon"),
            json!([]),
        ] {
            check(unusable, None);
        }
    }

    #[test]
    fn scopes_are_separated_by_spaces_whatever_the_server_writes() {
        let check = |scope: Value, expected: Option<&str>| {
            let normal = with(json!({ "scope": scope })).unwrap();
            assert_eq!(normal.get("scope").and_then(Value::as_str), expected);
        };
        check(json!("a b"), Some("a b"));
        check(json!("read:user,user:email"), Some("read:user user:email"));
        check(json!("a,b c"), Some("a,b c"));
        check(json!(["a", "b"]), Some("a b"));
        check(json!(""), None);
        check(json!(7), None);
    }

    #[test]
    fn an_error_with_status_200_is_refused_with_or_without_tokens() {
        for body in [
            json!({"error": "bad_verification_code"}),
            json!({"error": "invalid_grant", "access_token": "at", "token_type": "bearer"}),
        ] {
            assert!(matches!(
                normalise(200, body.to_string(), None),
                Err(TokenError::Refused {
                    status: 200,
                    error: TokenErrorCode::InvalidGrant
                })
            ));
        }
        assert!(matches!(
            with(json!({"error": {"code": 7}})),
            Err(TokenError::Refused {
                error: TokenErrorCode::Other,
                ..
            })
        ));
        assert!(with(json!({"error": null})).is_ok());
        assert!(with(json!({"error": ""})).is_ok());
    }

    #[test]
    fn other_statuses_are_refused_even_with_tokens() {
        let tokens = json!({"access_token": "at", "token_type": "bearer"}).to_string();
        for status in [201, 204, 400, 500, 503] {
            let refused = normalise(status, &tokens, None);
            assert!(matches!(refused, Err(TokenError::Status(s)) if s == status));
        }
        for (name, expected) in TokenErrorCode::KNOWN {
            let refused = normalise(400, json!({ "error": name }).to_string(), None);
            assert!(matches!(
                refused,
                Err(TokenError::Refused { status: 400, error }) if error == expected
            ));
            assert_eq!(expected.to_string(), name);
        }
    }

    #[test]
    fn what_is_no_json_object_is_refused() {
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        for body in ["", "}{", "<html>", "[1,2]", "null", "\"at\"", deep.as_str()] {
            let refused = normalise(200, body, None);
            assert!(matches!(refused, Err(TokenError::Malformed)));
        }
    }

    #[test]
    fn of_a_repeated_member_the_last_counts() {
        let body = r#"{"access_token":"first","access_token":"last","token_type":"bearer"}"#;
        assert_eq!(normalise(200, body, None).unwrap()["access_token"], "last");
    }

    #[test]
    fn a_provider_can_conform_its_answer_first() {
        fn add_type(mut answer: Value) -> Value {
            answer["token_type"] = "bearer".into();
            answer
        }
        let body = json!({"access_token": "at"}).to_string();
        assert!(normalise(200, &body, Some(add_type)).is_ok());
        assert!(matches!(
            normalise(200, "[]", Some(add_type)),
            Err(TokenError::Malformed)
        ));
    }
}
