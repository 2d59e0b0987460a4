//! `GET` or `POST /callback/{provider}`: the way back. Read it from top to bottom: each step takes
//! what the one before it proved.

use http::Method;
use serde_json::Value;
use url::form_urlencoded;

use super::Failure;
use super::begin_session::begin_session;
use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::account::Account;
use crate::auth::Inner;
use crate::error::SignInError;
use crate::evidence::{Evidence, ProviderEvidence};
use crate::oauth::authorization_response::{
    AuthorizationCode, AuthorizationResponse, ExpectedResponse,
};
use crate::oauth::token::{OAuth, Oidc, Protocol, TokenRequest, TokenResponse, TokenSet, exchange};
use crate::oauth::{ResponseMode, UserinfoRequest};
use crate::oidc;
use crate::oidc::discovery::{DiscoveryError, ProviderMetadata};
use crate::oidc::id_token::ExpectedIdToken;
use crate::profile::Profile;
use crate::provider::{ProfileSource, Registration, Server};
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::transaction::{LIFETIME, Transaction, TransactionError};

pub(super) async fn finish(
    exchange: &Exchange<'_>,
    provider: &str,
    method: &Method,
) -> Result<Reply, Failure> {
    let clients = &exchange.auth.clients;
    let registration = &*clients.find(provider, &exchange.asks()).await?;
    let response = read_response(exchange, registration, method)?;
    let state = response.state().map_err(SignInError::from)?.to_owned();

    if let Some(to) = passage(exchange, registration, &state)? {
        return Ok(reply::redirect(to));
    }

    // From here on the transaction is over, whatever comes of it.
    let cleared = exchange.auth.transactions.clear(exchange.names, &state);
    match finish_transaction(exchange, registration, response, &state).await {
        Ok(reply) => Ok(reply.with_cookies(cleared)),
        Err(error) => Err(Failure {
            error,
            cookies: cleared,
        }),
    }
}

/// Where the answer is passed on to, if this server is the redirect proxy and the sign-in began
/// elsewhere. The code stays unread: it is of use to whoever has the transaction.
fn passage(
    exchange: &Exchange<'_>,
    registration: &Registration,
    state: &str,
) -> Result<Option<String>, SignInError> {
    let (auth, here) = (exchange.auth, &exchange.origin);
    let by_query = registration.response_mode == ResponseMode::Query;
    let Some(proxy) = auth.redirect_proxy.as_ref().filter(|_| by_query) else {
        return Ok(None);
    };
    let id = &registration.id;
    let Some(origin) = proxy.passage(state, here, id, exchange.now)? else {
        return Ok(None);
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(exchange.input.query_pairs())
        .finish();
    let prefix = &auth.prefix;
    Ok(Some(format!("{origin}{prefix}/callback/{id}?{query}")))
}

fn read_response(
    exchange: &Exchange<'_>,
    registration: &Registration,
    method: &Method,
) -> Result<AuthorizationResponse, SignInError> {
    let response = match (registration.response_mode, method) {
        (ResponseMode::Query, &Method::GET) => {
            AuthorizationResponse::parse(exchange.input.query_pairs())
        }
        (ResponseMode::FormPost, &Method::POST) => {
            AuthorizationResponse::parse(exchange.input.body_pairs())
        }
        _ => return Err(SignInError::WrongResponseMode),
    };
    Ok(response?)
}

async fn finish_transaction(
    exchange: &Exchange<'_>,
    registration: &Registration,
    response: AuthorizationResponse,
    state: &str,
) -> Result<Reply, SignInError> {
    let auth = exchange.auth;
    let transaction = claim_transaction(exchange, registration, state)?;
    let evidence = match &registration.server {
        Server::Oidc {
            metadata,
            signing_algorithm,
            profile_source,
        } => {
            let server = metadata.metadata().await?;
            let code = response.verify(&ExpectedResponse {
                state: &transaction.state,
                issuer: server.response_issuer(),
                iss_required: server.authorization_response_iss_parameter_supported,
            })?;
            let secret = registration.client_secret_at(auth.clock.now())?;
            let secret = secret.as_deref();
            let tokens: TokenResponse<Oidc> = redeem(
                registration,
                secret,
                &server.token_endpoint,
                code,
                &transaction,
            )
            .await?;
            let id_token = metadata
                .verify_id_token(
                    tokens,
                    &ExpectedIdToken {
                        client_id: &registration.client_id,
                        nonce: transaction.nonce.as_deref().unwrap_or_default(),
                        algorithm: *signing_algorithm,
                        client_secret: secret,
                        max_age: transaction.max_age,
                        now: auth.clock.now(),
                    },
                )
                .await?;
            let auth_time = id_token.auth_time();
            let sub = id_token.sub().to_owned();
            let (claims, tokens) = id_token.into_parts();
            let answer = match profile_source {
                ProfileSource::IdToken => claims.into(),
                ProfileSource::Userinfo => {
                    let request = userinfo_of(registration, &server, &tokens)?;
                    oidc::userinfo::fetch(request, metadata, *signing_algorithm, &sub).await?
                }
            };
            let answer = with_response_param(exchange, registration, answer);
            let profile = registration.profile_of(answer)?;
            evidence(registration, profile, tokens, auth_time, auth.clock.now())
        }
        Server::OAuth2 {
            token_endpoint,
            userinfo_endpoint,
            issuer,
            ..
        } => {
            let code = response.verify(&ExpectedResponse {
                state: &transaction.state,
                issuer: issuer.as_deref(),
                iss_required: false,
            })?;
            let secret = registration.client_secret_at(auth.clock.now())?;
            let secret = secret.as_deref();
            let tokens: TokenResponse<OAuth> =
                redeem(registration, secret, token_endpoint, code, &transaction).await?;
            let tokens = tokens.into_tokens();
            let request = registration.userinfo_request(userinfo_endpoint, &tokens);
            let answer = match registration.provider.hooks.fetch_userinfo {
                Some(fetch) => fetch(request).await?,
                None => request.get().await?,
            };
            let profile = registration.profile_of(answer)?;
            // OAuth 2.0 proves no more than that the person is there now.
            let now = auth.clock.now();
            evidence(registration, profile, tokens, Some(now), now)
        }
    };
    let response_mode = registration.response_mode;
    let evidence = Evidence::Provider(evidence);
    begin_session(exchange, &transaction, response_mode, evidence).await
}

/// The transaction of this answer: begun in this browser, for this provider, and not used before.
fn claim_transaction(
    exchange: &Exchange<'_>,
    registration: &Registration,
    state: &str,
) -> Result<Transaction, SignInError> {
    let Inner {
        transactions,
        finished,
        ..
    } = exchange.auth;
    let name = transactions.name_of(exchange.names, state);
    if finished.contains(&name, exchange.now) {
        return Err(SignInError::Reused);
    }
    let transaction = transactions.open(
        exchange.names,
        &exchange.cookies,
        &registration.id,
        state,
        exchange.now,
    )?;
    if transaction.client != registration.fingerprint() {
        return Err(TransactionError::OtherProvider.into());
    }
    // In a flood of sign-ins, one that may have come back already counts as one that has.
    if finished.may_have_forgotten(transaction.started_at.plus(LIFETIME)) {
        return Err(SignInError::Reused);
    }
    // Of two requests with one answer, the second to arrive here is the replay.
    if !finished.insert(&name, exchange.now.plus(LIFETIME), exchange.now) {
        return Err(SignInError::Reused);
    }
    Ok(transaction)
}

async fn redeem<P: Protocol>(
    registration: &Registration,
    client_secret: Option<&Secret<String>>,
    token_endpoint: &url::Url,
    code: AuthorizationCode,
    transaction: &Transaction,
) -> Result<TokenResponse<P>, SignInError> {
    let request = TokenRequest {
        token_endpoint,
        client_id: &registration.client_id,
        client_secret,
        client_auth: registration.client_auth,
        redirect_uri: &transaction.redirect_uri,
        code,
        code_verifier: transaction.code_verifier.clone().map(Secret::new),
        deviations: registration.token_deviations(),
    };
    Ok(exchange::<P>(&registration.outbound, request).await?)
}

fn userinfo_of<'a>(
    registration: &'a Registration,
    server: &'a ProviderMetadata,
    tokens: &'a TokenSet,
) -> Result<UserinfoRequest<'a>, SignInError> {
    let endpoint = server
        .userinfo_endpoint
        .as_ref()
        .ok_or(DiscoveryError::Missing("userinfo_endpoint"))?;
    Ok(registration.userinfo_request(endpoint, tokens))
}

/// What the provider posts beside the code about the person, where it does that.
fn with_response_param(
    exchange: &Exchange<'_>,
    registration: &Registration,
    mut answer: Value,
) -> Value {
    let posted = registration
        .provider
        .hooks
        .response_param
        .and_then(|name| Some((name, exchange.input.body(name)?)));
    if let (Some(members), Some((name, text))) = (answer.as_object_mut(), posted)
        && let Ok(value @ Value::Object(_)) = serde_json::from_str(text)
    {
        members.insert(name.to_owned(), value);
    }
    answer
}

fn evidence(
    registration: &Registration,
    profile: Profile,
    tokens: TokenSet,
    auth_time: Option<Timestamp>,
    now: Timestamp,
) -> ProviderEvidence {
    let session_state = tokens.extra.get("session_state").and_then(Value::as_str);
    let session_state = session_state.map(str::to_owned);
    let account = Account {
        provider: registration.id.clone(),
        provider_account_id: profile.id.clone(),
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token,
        id_token: tokens.id_token,
        expires_at: tokens.expires_in.map(|lifetime| now.plus(lifetime)),
        scope: tokens.scope,
        session_state,
    };
    ProviderEvidence::new(account, profile, auth_time)
}
