//! A client of the provider that checks nothing, and so sees everything.

use std::sync::LazyLock;
use std::time::Duration;

use auth_core::{Clock, Timestamp};
use auth_dev::{Approval, DevProvider, Person};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::redirect::Policy;
use serde_json::Value;
use url::Url;

pub(crate) const REDIRECT_URI: &str = "http://localhost:3000/api/auth/callback/dev";
/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Sends requests and follows nothing. Keeps no connection, for each test has a runtime of its own.
pub(crate) fn http() -> &'static reqwest::Client {
    static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| {
        reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(0)
            .build()
            .unwrap()
    });
    &HTTP
}

pub(crate) async fn get(url: &str) -> reqwest::Response {
    http().get(url).send().await.unwrap()
}

pub(crate) async fn json(response: reqwest::Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

/// An authorization request that is right, apart from `changes` (an empty value removes).
pub(crate) fn authorization_url(provider: &DevProvider, changes: &[(&str, &str)]) -> String {
    let mut params = vec![
        ("client_id", provider.client_id()),
        ("redirect_uri", REDIRECT_URI),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        params.retain(|(other, _)| other != name);
        if !value.is_empty() {
            params.push((name, value));
        }
    }
    let url = format!("{}/authorize", provider.issuer());
    Url::parse_with_params(&url, params).unwrap().into()
}

pub(crate) fn approve(provider: &DevProvider, changes: &[(&str, &str)]) -> Approval {
    provider.approve(&authorization_url(provider, changes), Person::ada())
}

/// The fields of a token request, form-encoded.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// Posts to the token endpoint with `client_secret_post`.
pub(crate) async fn token(provider: &DevProvider, fields: &[(&str, &str)]) -> reqwest::Response {
    let mut all = vec![
        ("client_id", provider.client_id()),
        ("client_secret", provider.client_secret()),
    ];
    all.extend(fields);
    post_form(&format!("{}/token", provider.issuer()), &form(&all)).await
}

pub(crate) async fn post_form(url: &str, body: &str) -> reqwest::Response {
    let request = http()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded");
    request.body(body.to_owned()).send().await.unwrap()
}

pub(crate) async fn redeem(provider: &DevProvider, code: &str) -> reqwest::Response {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", VERIFIER),
    ];
    token(provider, &fields).await
}

pub(crate) async fn refresh(provider: &DevProvider, refresh_token: &str) -> reqwest::Response {
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    token(provider, &fields).await
}

/// The token answer of a whole flow with `changes` to its authorization request.
pub(crate) async fn tokens(provider: &DevProvider, changes: &[(&str, &str)]) -> Value {
    let approval = approve(provider, changes);
    let response = redeem(provider, approval.param("code").unwrap()).await;
    assert_eq!(response.status(), 200);
    json(response).await
}

/// The claims of an ID Token whose signature holds under the published keys.
pub(crate) async fn verified(
    provider: &DevProvider,
    id_token: &str,
    algorithm: Algorithm,
) -> Result<Value, jsonwebtoken::errors::Error> {
    // Where another crate of the build turns on the other backend, one has to be chosen.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let jwks = get(&format!("{}/jwks", provider.issuer())).await;
    let jwks: JwkSet = serde_json::from_slice(&jwks.bytes().await.unwrap())?;
    let kid = decode_header(id_token)?.kid.unwrap_or_default();
    let jwk = jwks
        .find(&kid)
        .ok_or(jsonwebtoken::errors::ErrorKind::InvalidKeyFormat)?;
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_jwk(jwk)?;
    decode::<Value>(id_token, &key, &validation).map(|token| token.claims)
}

/// The claims of an ID Token, whoever signed it.
pub(crate) fn unverified(id_token: &str) -> Value {
    part(id_token, 1)
}

/// The header (0) or the claims (1) of a token.
pub(crate) fn part(id_token: &str, index: usize) -> Value {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let part = id_token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// A clock that tests turn by hand.
#[derive(Clone, Default)]
pub(crate) struct HandClock(std::sync::Arc<std::sync::atomic::AtomicI64>);

impl HandClock {
    pub(crate) fn advance(&self, by: Duration) {
        let seconds = i64::try_from(by.as_secs()).unwrap();
        self.0
            .fetch_add(seconds, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        let turned = self.0.load(std::sync::atomic::Ordering::SeqCst);
        Timestamp::from_unix(1_800_000_000 + turned)
    }
}
