//! `POST /user_management/authenticate`: every grant.

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpMessage as _, HttpRequest, web};
use serde_json::Value;

use super::access_token::Spoilt;
use super::credentials::Identity;
use super::faults::Fault;
use super::grants::{Client, invalid_client};
use super::input::Input;
use super::log::Grant;
use super::problem::{Answer, Problem, ok};
use super::state::State;
use super::tokens::answer;
use crate::state::lock;

pub(crate) async fn authenticate(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let spoilt = request
        .extensions()
        .get::<Fault>()
        .copied()
        .and_then(Spoilt::by);
    let client = client(&state, &request, &input);
    let outcome = match &client {
        Ok(client) => grant(&state, &input, *client, spoilt),
        Err(problem) => Err(problem.clone()),
    };
    lock(&state.log).grant(Grant {
        grant_type: input.text("grant_type").unwrap_or_default().to_owned(),
        organization_id: input.text("organization_id").map(str::to_owned),
        code_verifier: input.text("code_verifier").is_some(),
        authenticated: matches!(client, Ok(Client::Confidential)),
        error: outcome
            .as_ref()
            .err()
            .map(|problem| problem.code().unwrap_or_default().to_owned()),
    });
    ok(&outcome?)
}

/// Who asks. A key that is not ours is an error; none is for the grant to judge.
fn client(state: &State, request: &HttpRequest, input: &Input) -> Result<Client, Problem> {
    if input.text("client_id") != Some(&state.client_id) {
        return Err(Problem::oauth("invalid_client", "Invalid client ID."));
    }
    let bearer = bearer(request);
    match (input.text("client_secret"), bearer.as_deref()) {
        (None, None) => Ok(Client::Public),
        (secret, bearer) => {
            let ours = |key: &str| state.api_key.ct_eq(key.as_bytes());
            let all = [secret, bearer].into_iter().flatten().all(ours);
            all.then_some(Client::Confidential)
                .ok_or_else(invalid_client)
        }
    }
}

/// The token of `Authorization: Bearer …`.
pub(crate) fn bearer(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

fn grant(
    state: &State,
    input: &Input,
    client: Client,
    spoilt: Option<Spoilt>,
) -> Result<Value, Problem> {
    let now = state.now();
    let mut records = lock(&state.records);
    let grant_type = input.grant_parameter("grant_type")?;
    let secret = || match client {
        Client::Confidential => Ok(()),
        Client::Public => Err(invalid_client()),
    };
    let identity: Identity = match grant_type {
        "authorization_code" => records.redeem_code(input, client, now)?,
        "refresh_token" => return records.refresh(state, input, spoilt),
        "password" => secret().and_then(|()| records.check_password(input, now))?,
        "urn:workos:oauth:grant-type:magic-auth:code" => {
            secret().and_then(|()| records.check_magic_auth(input, now))?
        }
        "urn:workos:oauth:grant-type:email-verification:code" => {
            secret().and_then(|()| records.check_email(input, now))?
        }
        "urn:workos:oauth:grant-type:organization-selection" => {
            secret().and_then(|()| records.choose_organization(input, now))?
        }
        "urn:workos:oauth:grant-type:mfa-totp" => {
            secret().and_then(|()| records.check_totp(input, now))?
        }
        "urn:ietf:params:oauth:grant-type:device_code" => records.redeem_device(input, now)?,
        other => {
            let text = format!("The grant type is not supported: {other}");
            return Err(Problem::oauth("invalid_request", text));
        }
    };
    let session_id = records.open_session(identity, input, now)?;
    answer(state, &mut records, &session_id, spoilt)
}
