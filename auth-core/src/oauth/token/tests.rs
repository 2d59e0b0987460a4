use base64::Engine as _;
use serde_json::json;

use super::*;
use crate::oauth::authorization_response::{AuthorizationResponse, ExpectedResponse};
use crate::oauth::testing::NO_DEVIATIONS;
use crate::oauth::testing::Script;
use crate::testing::block_on;

const BASIC: &str = "https://op.example/token";

fn code() -> AuthorizationCode {
    AuthorizationResponse::parse(url::form_urlencoded::parse(b"code=c%2B1&state=s"))
        .unwrap()
        .verify(&ExpectedResponse {
            state: "s",
            issuer: None,
            iss_required: false,
        })
        .unwrap()
}

fn run<P: Protocol>(
    script: &Script,
    client_auth: ClientAuth,
    secret: Option<&str>,
) -> Result<TokenResponse<P>, TokenError> {
    let endpoint: Url = BASIC.parse().unwrap();
    let secret = secret.map(Secret::from);
    let request = TokenRequest {
        token_endpoint: &endpoint,
        client_id: "client:1",
        client_secret: secret.as_ref(),
        client_auth,
        redirect_uri: "https://app.example/api/auth/callback/op",
        code: code(),
        code_verifier: Some(Secret::from("v".repeat(43))),
        deviations: NO_DEVIATIONS,
    };
    // The future must be able to move between threads.
    fn send<T: Send>(future: T) -> T {
        future
    }
    let outbound = script.outbound();
    block_on(send(exchange::<P>(&outbound, request)))
}

fn tokens() -> Value {
    json!({"access_token": "at", "token_type": "Bearer", "id_token": "a.b.c", "expires_in": 60,
        "refresh_token": "rt", "scope": "openid"})
}

fn body_params(request: &http::Request<Vec<u8>>) -> Vec<(String, String)> {
    url::form_urlencoded::parse(request.body())
        .into_owned()
        .collect()
}

fn param(request: &http::Request<Vec<u8>>, name: &str) -> Vec<String> {
    body_params(request)
        .into_iter()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn the_request_is_that_of_rfc_6749_4_1_3() {
    let script = Script::new().json(200, tokens());
    run::<OAuth>(&script, ClientAuth::Basic, Some("s")).unwrap();
    let sent = script.sent();
    let request = &sent[0];
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), BASIC);
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(
        request.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(param(request, "grant_type"), ["authorization_code"]);
    assert_eq!(param(request, "code"), ["c+1"]);
    assert_eq!(param(request, "code_verifier"), ["v".repeat(43)]);
    assert_eq!(
        param(request, "redirect_uri"),
        ["https://app.example/api/auth/callback/op"]
    );
}

#[test]
fn basic_form_encodes_id_and_secret_and_is_the_only_authentication() {
    let script = Script::new().json(200, tokens());
    run::<OAuth>(&script, ClientAuth::Basic, Some("a:%+ \u{e9}")).unwrap();
    let request = &script.sent()[0];
    let header = &request.headers()["authorization"];
    assert!(header.is_sensitive());
    let encoded = header.to_str().unwrap().strip_prefix("Basic ").unwrap();
    let decoded = base64::engine::general_purpose::STANDARD
        .decode(encoded)
        .unwrap();
    assert_eq!(decoded, b"client%3A1:a%3A%25%2B+%C3%A9");
    assert_eq!(param(request, "client_id"), [""; 0]);
    assert_eq!(param(request, "client_secret"), [""; 0]);
}

#[test]
fn post_sends_id_and_secret_in_the_body_only() {
    let script = Script::new().json(200, tokens());
    run::<OAuth>(&script, ClientAuth::Post, Some("s3")).unwrap();
    let request = &script.sent()[0];
    assert!(!request.headers().contains_key("authorization"));
    assert_eq!(param(request, "client_id"), ["client:1"]);
    assert_eq!(param(request, "client_secret"), ["s3"]);
}

#[test]
fn a_public_client_sends_its_id_and_no_secret() {
    let script = Script::new().json(200, tokens());
    run::<OAuth>(&script, ClientAuth::None, Some("canary")).unwrap();
    let request = &script.sent()[0];
    assert!(!request.headers().contains_key("authorization"));
    assert_eq!(param(request, "client_id"), ["client:1"]);
    assert!(!String::from_utf8_lossy(request.body()).contains("canary"));
}

#[test]
fn the_tokens_of_an_oauth_answer_come_without_its_unverified_id_token() {
    let script = Script::new().json(200, tokens());
    let tokens = run::<OAuth>(&script, ClientAuth::Basic, Some("s"))
        .unwrap()
        .into_tokens();
    assert_eq!(tokens.access_token.expose(), "at");
    assert_eq!(tokens.refresh_token.unwrap().expose(), "rt");
    assert_eq!(tokens.expires_in, Some(Duration::from_secs(60)));
    assert_eq!(tokens.scope.as_deref(), Some("openid"));
    assert!(tokens.id_token.is_none());
}

#[test]
fn an_openid_answer_without_id_token_is_refused() {
    for id_token in [json!(null), json!("")] {
        let mut answer = tokens();
        answer["id_token"] = id_token;
        let script = Script::new().json(200, answer);
        let refused = run::<Oidc>(&script, ClientAuth::Basic, Some("s"));
        assert!(matches!(refused, Err(TokenError::MissingIdToken)));
    }
    let script = Script::new().json(200, tokens());
    let response = run::<Oidc>(&script, ClientAuth::Basic, Some("s")).unwrap();
    assert_eq!(response.id_token(), "a.b.c");
    assert_eq!(response.access_token(), "at");
}

#[test]
fn a_redirect_is_not_followed() {
    let script = Script::new().json(307, json!({}));
    let refused = run::<OAuth>(&script, ClientAuth::Basic, Some("s"));
    assert!(matches!(
        refused,
        Err(TokenError::Http(HttpError::Redirected(307)))
    ));
    assert_eq!(script.sent().len(), 1);
}

#[test]
fn errors_hold_nothing_of_the_answer() {
    for (status, body) in [
        (
            400,
            json!({"error": "canary", "error_description": "canary"}),
        ),
        (500, json!("canary")),
        (200, json!({"access_token": "canary", "token_type": "mac"})),
        (200, json!(["canary"])),
    ] {
        let script = Script::new().json(status, body);
        let error = run::<OAuth>(&script, ClientAuth::Basic, Some("canary")).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("canary"));
    }
}

#[test]
fn debug_shows_no_token() {
    let script = Script::new().json(200, tokens());
    let response = run::<OAuth>(&script, ClientAuth::Basic, Some("s")).unwrap();
    assert_eq!(format!("{response:?}"), "TokenResponse { .. }");
    let debug = format!("{:?}", response.into_tokens());
    assert!(!debug.contains("\"at\"") && !debug.contains("\"rt\""));
}
