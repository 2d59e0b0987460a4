//! The userinfo answer of an OpenID provider (OpenID Connect Core §5.3).

use serde_json::Value;

use crate::oauth::{UserinfoError, UserinfoRequest};

/// The userinfo claims of the person whom the ID Token is about.
///
/// # Errors
/// Those of [`UserinfoRequest::get`]; `UnexpectedSubject`.
pub(crate) async fn fetch(
    request: UserinfoRequest<'_>,
    expected_sub: &str,
) -> Result<Value, UserinfoError> {
    verify_subject(request.get().await?, expected_sub)
}

/// OpenID Connect Core §5.3.2: `sub` must be there and match the ID Token's exactly, else none of
/// the values may be used.
pub(crate) fn verify_subject(answer: Value, expected_sub: &str) -> Result<Value, UserinfoError> {
    if !answer.is_object() {
        return Err(UserinfoError::Malformed);
    }
    match answer.get("sub") {
        Some(Value::String(sub)) if sub == expected_sub && !sub.is_empty() => Ok(answer),
        _ => Err(UserinfoError::UnexpectedSubject),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::oauth::testing::{Script, userinfo_request};
    use crate::secret::Secret;
    use crate::testing::block_on;

    fn run(answer: Value) -> Result<Value, UserinfoError> {
        let script = Script::new().json(200, answer);
        let (outbound, token) = (script.outbound(), Secret::from("at"));
        let endpoint = "https://op.example/userinfo".parse().unwrap();
        block_on(fetch(
            userinfo_request(&outbound, &endpoint, &token),
            "alice",
        ))
    }

    #[test]
    fn claims_about_the_same_person_pass() {
        let answer = json!({"sub": "alice", "name": "Alice"});
        assert_eq!(run(answer.clone()).unwrap(), answer);
    }

    #[test]
    fn claims_about_anybody_else_are_refused() {
        for sub in [
            json!("mallory"),
            json!("ALICE"),
            json!("alice "),
            json!(""),
            json!(null),
            json!(["alice"]),
            json!(1),
        ] {
            assert!(matches!(
                run(json!({ "sub": sub })),
                Err(UserinfoError::UnexpectedSubject)
            ));
        }
        assert!(matches!(
            run(json!({"name": "Alice"})),
            Err(UserinfoError::UnexpectedSubject)
        ));
    }

    #[test]
    fn an_array_is_no_userinfo_answer() {
        assert!(matches!(run(json!([])), Err(UserinfoError::Malformed)));
    }
}
