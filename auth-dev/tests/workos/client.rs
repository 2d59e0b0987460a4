//! A client of the stand-in that checks nothing, and so sees everything.

use auth_dev::DevWorkOs;
use auth_dev::workos::{Organization, User};
use serde_json::{Value, json};
use url::Url;

use crate::client::http;

pub(crate) const REDIRECT_URI: &str = "http://localhost:3000/callback";
/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) const MAGIC_AUTH: &str = "urn:workos:oauth:grant-type:magic-auth:code";
pub(crate) const EMAIL: &str = "urn:workos:oauth:grant-type:email-verification:code";
pub(crate) const TOTP: &str = "urn:workos:oauth:grant-type:mfa-totp";
pub(crate) const ORGANIZATION: &str = "urn:workos:oauth:grant-type:organization-selection";
pub(crate) const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Users for every way to sign in. All have the password `secret`.
pub(crate) fn workos() -> DevWorkOs {
    let somebody = |name: &str| {
        User::new(name, "Doe", format!("{}@acme.test", name.to_lowercase()))
            .id(format!("user_01{}", name.to_uppercase()))
            .password("secret")
    };
    let users = [
        somebody("Alice").member_of("org_01ACME", "admin"),
        somebody("Multi")
            .member_of("org_01ACME", "member")
            .member_of("org_01BETA", "member")
            .member_of("org_01SSO", "member")
            .member_of("org_01MFA", "member"),
        somebody("Mfa").totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
        somebody("Loner"),
        somebody("Unverified").unverified_email(),
    ];
    let organizations = [
        Organization::acme(),
        Organization::beta(),
        Organization::new("Single")
            .id("org_01SSO")
            .requires_sso("conn_01SSO"),
        Organization::new("Careful").id("org_01MFA").requires_mfa(),
    ];
    DevWorkOs::builder()
        .users(users)
        .organizations(organizations)
        .start()
        .unwrap()
}

/// An answer: its status, and its body as JSON.
pub(crate) type Answer = (u16, Value);

pub(crate) async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// The request with these fields, form-encoded.
pub(crate) fn with_form(
    request: reqwest::RequestBuilder,
    fields: &[(&str, &str)],
) -> reqwest::RequestBuilder {
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.body(crate::client::form(fields))
}

/// Asks for tokens with the API key.
pub(crate) async fn authenticate(workos: &DevWorkOs, fields: Value) -> Answer {
    let mut body = json!({ "client_id": workos.client_id(), "client_secret": workos.api_key() });
    let fields = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    let url = format!("{}/user_management/authenticate", workos.origin());
    answer(http().post(url).body(body.to_string())).await
}

/// Signs in with the password that all have.
pub(crate) async fn password(workos: &DevWorkOs, email: &str) -> Answer {
    let fields = json!({ "grant_type": "password", "email": email, "password": "secret" });
    authenticate(workos, fields).await
}

pub(crate) async fn refresh(workos: &DevWorkOs, tokens: &Value, organization: &str) -> Answer {
    let mut fields = json!({
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
    });
    if !organization.is_empty() {
        fields["organization_id"] = organization.into();
    }
    authenticate(workos, fields).await
}

pub(crate) async fn get(workos: &DevWorkOs, path: &str) -> Answer {
    let request = http().get(format!("{}{path}", workos.origin()));
    answer(request.bearer_auth(workos.api_key())).await
}

pub(crate) async fn post(workos: &DevWorkOs, path: &str, body: Value) -> Answer {
    let request = http().post(format!("{}{path}", workos.origin()));
    answer(request.bearer_auth(workos.api_key()).body(body.to_string())).await
}

/// An authorization request that is right, apart from `changes` (an empty value removes).
pub(crate) fn authorization_url(workos: &DevWorkOs, changes: &[(&str, &str)]) -> String {
    let mut params = vec![
        ("client_id", workos.client_id()),
        ("redirect_uri", REDIRECT_URI),
        ("response_type", "code"),
        ("provider", "authkit"),
        ("state", "the-state"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        params.retain(|(other, _)| other != name);
        if !value.is_empty() {
            params.push((name, value));
        }
    }
    let url = format!("{}/user_management/authorize", workos.origin());
    Url::parse_with_params(&url, params).unwrap().into()
}

/// One parameter of an address.
pub(crate) fn param(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    let mut pairs = url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The tokens of a sign-in by way of the page.
pub(crate) async fn tokens(workos: &DevWorkOs, email: &str, changes: &[(&str, &str)]) -> Value {
    let callback = workos.approve(&authorization_url(workos, changes), email);
    let fields = json!({
        "grant_type": "authorization_code",
        "code": param(&callback, "code"),
        "code_verifier": VERIFIER,
    });
    let (status, tokens) = authenticate(workos, fields).await;
    assert_eq!(status, 200, "{tokens}");
    tokens
}

/// The claims of an access token, whoever signed it.
pub(crate) fn claims(tokens: &Value) -> Value {
    crate::client::unverified(tokens["access_token"].as_str().unwrap())
}
