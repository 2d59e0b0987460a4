//! Whatever a token endpoint answers.

use serde_json::json;

use super::*;
use crate::hostile::{self, property};
use crate::oauth::authorization_response::{AuthorizationResponse, ExpectedResponse};
use crate::oauth::testing::{NO_DEVIATIONS, Script};
use crate::testing::block_on;

fn answers() -> [Value; 3] {
    [
        json!({"access_token": "at", "token_type": "Bearer", "id_token": "a.b.c",
            "expires_in": 3600, "refresh_token": "rt", "scope": "openid email"}),
        json!({"access_token": "at", "token_type": "bearer", "expires_in": "60",
            "scope": ["a", "b"]}),
        json!({"error": "invalid_grant", "error_description": "no", "access_token": "at",
            "token_type": "bearer"}),
    ]
}

/// What must hold of every answer that counts as tokens.
fn check_answer(status: u16, body: Vec<u8>) {
    let code = AuthorizationResponse::parse(url::form_urlencoded::parse(b"code=c&state=s"))
        .unwrap()
        .verify(&ExpectedResponse {
            state: "s",
            issuer: None,
            iss_required: false,
        })
        .unwrap();
    let script = Script::new().raw(status, body.clone());
    let request = TokenRequest {
        token_endpoint: &"https://op.example/token".parse().unwrap(),
        client_id: "id",
        client_secret: None,
        client_auth: ClientAuth::None,
        redirect_uri: "https://app.example/api/auth/callback/op",
        code,
        code_verifier: None,
        deviations: NO_DEVIATIONS,
    };
    let tokens = match block_on(exchange::<OAuth>(&script.outbound(), request)) {
        Ok(response) => response.into_tokens(),
        Err(error) => {
            // Whatever was not understood, it is ours to say so: none of the crate's errors, which
            // hold the body, comes through.
            assert!(std::error::Error::source(&error).is_none());
            return;
        }
    };
    assert_eq!(status, 200);
    let answer: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(answer["access_token"], **tokens.access_token.expose());
    let refresh_token = tokens.refresh_token.iter().map(Secret::expose);
    for token in refresh_token.chain([tokens.access_token.expose()]) {
        assert!(!token.is_empty());
        assert!(http::HeaderValue::try_from(format!("Bearer {token}")).is_ok());
    }
    assert!(tokens.id_token.is_none(), "nothing has verified it");
    let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    assert!(tokens.expires_in.is_none_or(|lifetime| lifetime <= century));
    assert!(matches!(&answer["error"], Value::Null) || answer["error"] == "");
}

property!(
    tokens_of_any_json_are_bearer_tokens_that_fit_a_header,
    hostile::json(answers()),
    |answer: Value| check_answer(200, answer.to_string().into_bytes())
);

property!(
    an_answer_of_any_bytes_and_status_is_tokens_or_an_error_without_them,
    (
        hostile::bytes(answers().map(|answer| answer.to_string())),
        200..600_u16
    ),
    |(body, status)| {
        // Half of them successes, so that the body matters.
        check_answer(if status < 400 { 200 } else { status }, body.0);
    }
);
