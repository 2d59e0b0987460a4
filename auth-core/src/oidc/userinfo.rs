//! The userinfo answer of an OpenID provider (OpenID Connect Core §5.3).

use serde_json::Value;

use crate::oauth::{UserinfoAnswer, UserinfoError, UserinfoRequest};
use crate::oidc::RemoteMetadata;
use crate::oidc::id_token::{IdTokenError, SigningAlgorithm};
use crate::oidc::json_object;
use crate::oidc::jws::UnverifiedJws;

/// The userinfo claims of the person whom the ID Token is about. If they come signed, then with a
/// key of the provider and by `algorithm`.
///
/// # Errors
/// Those of [`UserinfoRequest::get`]; `Untrusted`, `UnexpectedSubject`.
pub(crate) async fn fetch(
    request: UserinfoRequest<'_>,
    server: &RemoteMetadata,
    algorithm: SigningAlgorithm,
    expected_sub: &str,
) -> Result<Value, UserinfoError> {
    let answer = match request.get_plain_or_signed().await? {
        UserinfoAnswer::Plain(answer) => answer,
        UserinfoAnswer::Signed(token) => {
            verify_signed(&token, server, algorithm, request.client_id)
                .await
                .map_err(|error| UserinfoError::Untrusted(error.into()))?
        }
    };
    verify_subject(answer, expected_sub)
}

/// OpenID Connect Core §5.3.2: a signed answer "SHOULD contain the Claims iss and aud"; one that
/// does must name this provider and this client.
async fn verify_signed(
    token: &str,
    server: &RemoteMetadata,
    algorithm: SigningAlgorithm,
    client_id: &str,
) -> Result<Value, IdTokenError> {
    let jws = UnverifiedJws::parse(token)?;
    let claims = json_object(jws.unverified_payload()).ok_or(IdTokenError::Malformed)?;
    let metadata = server.metadata().await?;
    let issuer = metadata
        .issuer_of(|claim| claims.get(claim)?.as_str())
        .ok_or(IdTokenError::UnexpectedIssuer)?;
    server
        .verify_signed(&metadata, |keys| jws.verify(keys, algorithm, &issuer))
        .await?;
    if claims.get("iss").is_some_and(|iss| *iss != *issuer) {
        return Err(IdTokenError::UnexpectedIssuer);
    }
    let is_for_us = match claims.get("aud") {
        None => true,
        Some(Value::Array(all)) => all.iter().any(|aud| aud == client_id),
        Some(aud) => aud == client_id,
    };
    if !is_for_us {
        return Err(IdTokenError::UnexpectedAudience);
    }
    Ok(claims.into())
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

    fn run(answer: Value) -> Result<Value, UserinfoError> {
        verify_subject(answer, "alice")
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
