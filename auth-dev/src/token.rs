//! The token endpoint (RFC 6749 §3.2, §4.1.3, §6).

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};

use crate::client_auth::{AuthenticatedClient, InvalidClient};
use crate::faults::Fault;
use crate::grants::{ACCESS_TOKEN_LIFETIME, Grant, InvalidGrant, Redemption};
use crate::id_token::{self, Occasion};
use crate::log::TokenRequest;
use crate::params::{Params, Repeated};
use crate::state::{State, lock};

/// `POST /token`
pub(crate) async fn token(state: web::Data<State>, http: HttpRequest, body: Bytes) -> HttpResponse {
    state.count(|requests| &mut requests.token);
    let body = Params::parse(&body);
    let authorization = http.headers().get(header::AUTHORIZATION);
    let authorization = authorization.map(|value| value.as_bytes());
    let client = AuthenticatedClient::verify(authorization, &body, &state.client_secret);
    let client_auth = client.as_ref().ok().map(|client| client.method);
    let outcome = client
        .map_err(TokenError::Client)
        .and_then(|client| redeem(&state, &http, &body, client.client_id));
    let request = TokenRequest {
        grant_type: body.single("grant_type").ok().flatten().map(str::to_owned),
        client_auth,
        code_verifier: body.contains("code_verifier"),
        error: outcome.as_ref().err().map(|error| error.code()),
    };
    lock(&state.log).token_request(request);
    match outcome {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

/// Why no token was issued (RFC 6749 §5.2).
#[derive(Debug)]
enum TokenError {
    Request(&'static str),
    Client(InvalidClient),
    Grant(InvalidGrant),
    UnsupportedGrantType,
    Server,
}

impl From<Repeated> for TokenError {
    fn from(Repeated: Repeated) -> Self {
        Self::Request("a parameter is repeated")
    }
}

impl From<InvalidGrant> for TokenError {
    fn from(reason: InvalidGrant) -> Self {
        Self::Grant(reason)
    }
}

impl TokenError {
    fn code(&self) -> &'static str {
        match self {
            Self::Request(_) => "invalid_request",
            Self::Client(_) => "invalid_client",
            Self::Grant(_) => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::Server => "server_error",
        }
    }

    fn into_response(self) -> HttpResponse {
        let description = match &self {
            Self::Request(description) => description,
            Self::Client(InvalidClient(description)) => description,
            Self::Grant(InvalidGrant(description)) => description,
            Self::UnsupportedGrantType => "grant_type must be authorization_code or refresh_token",
            Self::Server => "a signature could not be made",
        };
        let mut response = match &self {
            Self::Client(_) => HttpResponse::Unauthorized(),
            Self::Server => HttpResponse::InternalServerError(),
            _ => HttpResponse::BadRequest(),
        };
        if matches!(self, Self::Client(_)) {
            response.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"token\""));
        }
        response.json(json!({ "error": self.code(), "error_description": description }))
    }
}

fn redeem(
    state: &State,
    http: &HttpRequest,
    body: &Params,
    client_id: &str,
) -> Result<HttpResponse, TokenError> {
    let content_type = http.headers().get(header::CONTENT_TYPE);
    let is_form = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim() == "application/x-www-form-urlencoded");
    if !is_form {
        let description = "the body must be application/x-www-form-urlencoded";
        return Err(TokenError::Request(description));
    }
    let (grant, fault, occasion) = match body.single("grant_type")? {
        Some("authorization_code") => {
            let redemption = Redemption {
                code: required(body, "code", "code is missing")?,
                client_id,
                redirect_uri: body.single("redirect_uri")?,
                code_verifier: body.single("code_verifier")?,
            };
            let grant = lock(&state.grants).redeem_code(&redemption, state.now())?;
            let fault = grant.fault;
            (grant, fault, Occasion::SignIn)
        }
        Some("refresh_token") => {
            let token = required(body, "refresh_token", "refresh_token is missing")?;
            let now = state.now();
            let grant = lock(&state.grants).spend_refresh_token(token, client_id, now)?;
            let fault = lock(&state.faults).begin(None);
            (grant, fault, Occasion::Refresh)
        }
        Some(_) => return Err(TokenError::UnsupportedGrantType),
        None => return Err(TokenError::Request("grant_type is missing")),
    };
    match fault {
        Some(Fault::TokenInvalidGrant) => Err(InvalidGrant("this flow was told to fail").into()),
        Some(fault) => match spoiled(state, fault) {
            Some(response) => Ok(response),
            None => success(state, &grant, occasion, Some(fault)),
        },
        None => success(state, &grant, occasion, None),
    }
}

fn required<'a>(
    body: &'a Params,
    name: &str,
    missing: &'static str,
) -> Result<&'a str, TokenError> {
    body.single(name)?.ok_or(TokenError::Request(missing))
}

/// RFC 6749 §5.1
fn success(
    state: &State,
    grant: &Arc<Grant>,
    occasion: Occasion,
    fault: Option<Fault>,
) -> Result<HttpResponse, TokenError> {
    let access_token = lock(&state.grants).issue_access_token(grant, state.now());
    let mut answer = json!({
        "access_token": access_token,
        "token_type": if fault == Some(Fault::TokenTypeMac) { "mac" } else { "Bearer" },
        "expires_in": ACCESS_TOKEN_LIFETIME.as_secs(),
        "scope": grant.scope.join(" "),
    });
    if grant.has_scope("openid") && fault != Some(Fault::MissingIdToken) {
        let id_token = id_token::issue(state, grant, &access_token, occasion, fault)
            .map_err(|_| TokenError::Server)?;
        answer["id_token"] = Value::from(id_token);
    }
    // OpenID Connect Core §11
    if grant.has_scope("offline_access") {
        let refresh_token = lock(&state.grants).issue_refresh_token(grant, state.now());
        answer["refresh_token"] = Value::from(refresh_token);
    }
    Ok(HttpResponse::Ok().json(answer))
}

/// 64 KiB, of which [`Fault::TokenHuge`] sends 4096.
const SPACES: &[u8] = &[b' '; 64 * 1024];

/// The whole answer of the faults that replace it.
fn spoiled(state: &State, fault: Fault) -> Option<HttpResponse> {
    let json = "application/json";
    let streamed = |body: stream::BoxStream<'static, Bytes>| {
        HttpResponse::Ok()
            .content_type(json)
            .streaming(body.map(Ok::<_, actix_web::Error>))
    };
    let response = match fault {
        Fault::TokenError500 => HttpResponse::InternalServerError()
            .content_type("text/html; charset=utf-8")
            .body("<h1>Internal Server Error</h1>"),
        Fault::TokenGarbage => HttpResponse::Ok().content_type(json).body("}{"),
        Fault::TokenHuge => {
            let start = stream::iter([Bytes::from_static(b"{")]);
            let rest = stream::repeat(Bytes::from_static(SPACES)).take(4096);
            streamed(start.chain(rest).boxed())
        }
        Fault::TokenSlow => {
            let start = stream::iter([Bytes::from_static(b"{")]);
            streamed(start.chain(stream::pending()).boxed())
        }
        Fault::TokenRedirect => HttpResponse::TemporaryRedirect()
            .insert_header((header::LOCATION, format!("{}/trap", state.issuer)))
            .finish(),
        _ => return None,
    };
    Some(response)
}
