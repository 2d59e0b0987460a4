//! The path of the redirect URI: the way back. Read it from top to bottom: each step takes what the
//! one before it proved.

use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::claims::session_of;
use super::error::FlowError;
use super::exchange::Exchange;
use super::hooks::{AuthKitError, AuthKitSignIn, ErrorAnswer};
use super::reply;
use super::sealed::SealedSession;
use super::verifier::{LIFETIME, Verifier};
use super::workos::{AuthenticationResponse, Grant};
use crate::http::Response;
use crate::oauth::authorization_response::{
    AuthorizationCode, AuthorizationResponse, ExpectedResponse,
};
use crate::page::{self, AuthKitErrorView, ErrorView};
use crate::return_to::ReturnTo;
use crate::secret::{Secret, random_hex};
use crate::session::{Session, SessionEvent};

pub(super) async fn finish(exchange: &Exchange<'_>) -> Response {
    let kit = exchange.kit;
    let response = match AuthorizationResponse::parse(exchange.query_pairs()) {
        Ok(response) => response,
        Err(error) => return failed(exchange, error.into(), Vec::new()).await,
    };
    let state = match response.state() {
        Ok(state) => state.to_owned(),
        // A sign-in that WorkOS began, from its dashboard or at an identity provider: it has to be
        // begun here to be one of this browser.
        Err(_) if response.is_success() => {
            return reply::redirect(StatusCode::FOUND, &kit.paths.sign_in);
        }
        Err(error) => return failed(exchange, error.into(), Vec::new()).await,
    };
    // From here on the sign-in is over, whatever comes of it.
    let cleared = kit.verifiers.clear(&state, &exchange.cookies);
    match sign_in(exchange, response, &state).await {
        Ok(SignedIn { return_to, cookies }) => {
            let response = reply::redirect(StatusCode::FOUND, return_to.as_str());
            let mut response = reply::with_cookies(response, cleared.into_iter().chain(cookies));
            response.extensions_mut().insert(SessionEvent::SignedIn);
            response
        }
        Err(error) => failed(exchange, error, cleared).await,
    }
}

/// A sign-in that is complete.
struct SignedIn {
    return_to: ReturnTo,
    cookies: Vec<HeaderValue>,
}

async fn sign_in(
    exchange: &Exchange<'_>,
    response: AuthorizationResponse,
    state: &str,
) -> Result<SignedIn, FlowError> {
    let kit = exchange.kit;
    let verifier = claim(exchange, state)?;
    let code = response.verify(&ExpectedResponse {
        state,
        issuer: None,
        iss_required: false,
    })?;
    let answer = redeem(exchange, code, &verifier).await?;
    let sealed = SealedSession::new(&answer, None);
    let session = verified(exchange, &sealed).await?;
    // As of the beginning: whoever takes their time is not sent round in circles.
    if let Some(max_age) = verifier.max_age
        && !session.is_recent(Duration::from_secs(max_age), verifier.began(exchange.now))
    {
        return Err(FlowError::NotRecent);
    }

    let return_to = verifier
        .return_pathname
        .as_deref()
        .and_then(|path| ReturnTo::parse(path, &kit.origin))
        .unwrap_or_else(|| kit.after_sign_in.clone());
    let sign_in = AuthKitSignIn {
        session: &session,
        response: &answer,
        return_to: return_to.as_str(),
    };
    let hook = kit.hooks.on_success(&sign_in).await;
    hook.map_err(|error| FlowError::Hook(error.into_source()))?;

    let value = sealed.seal(&kit.passwords, kit.clock.now());
    let cookies = kit.set_session(&value, &exchange.cookies)?;
    kit.begin(&session);
    // The next request comes with this cookie: its token is verified already.
    kit.remembered.insert(value.as_bytes(), &session);
    Ok(SignedIn { return_to, cookies })
}

/// The sign-in that this is the answer to: begun in this browser, and not finished before.
fn claim(exchange: &Exchange<'_>, state: &str) -> Result<Verifier, FlowError> {
    let (kit, now) = (exchange.kit, exchange.now);
    if kit.finished.contains(state, now) {
        return Err(FlowError::Reused);
    }
    let verifier = kit
        .verifiers
        .open(state, &kit.redirect_uri, &exchange.cookies, now)?;
    // In a flood of sign-ins, one that may have come back already counts as one that has; of two
    // requests with one answer, the second to arrive here is the replay.
    let until = now.plus(LIFETIME).plus(LIFETIME);
    let is_first = !kit.finished.may_have_forgotten(now.plus(LIFETIME))
        && kit.finished.insert(state, until, now);
    is_first.then_some(verifier).ok_or(FlowError::Reused)
}

async fn redeem(
    exchange: &Exchange<'_>,
    code: AuthorizationCode,
    verifier: &Verifier,
) -> Result<AuthenticationResponse, FlowError> {
    let grant = Grant::AuthorizationCode {
        code: Secret::from(code.expose()),
        code_verifier: Some(Secret::from(verifier.code_verifier.as_str())),
        invitation_token: None,
    };
    Ok(exchange.kit.workos.authenticate(grant).await?)
}

/// The session that the tokens prove, if they are the person's whom WorkOS names beside them.
async fn verified(exchange: &Exchange<'_>, sealed: &SealedSession) -> Result<Session, FlowError> {
    let token = exchange.kit.tokens.verify(&sealed.access_token).await?;
    let user = sealed
        .user()
        .filter(|user| user.id == token.sub())
        .ok_or(FlowError::OtherSubject)?;
    Ok(session_of(&token, user, sealed.impersonator.clone()))
}

/// The page, or what the application shows in its place; and the log line with the same reference.
async fn failed(exchange: &Exchange<'_>, error: FlowError, cookies: Vec<HeaderValue>) -> Response {
    let reference = random_hex::<4>();
    error.report(&reference);
    let told = AuthKitError {
        code: error.code(),
        reference,
    };
    let elsewhere = match exchange.kit.hooks.on_error(&told).await {
        ErrorAnswer::Page => None,
        ErrorAnswer::Redirect(path) => ReturnTo::parse(&path, &exchange.kit.origin),
    };
    let response = match elsewhere {
        Some(to) => reply::redirect(StatusCode::FOUND, to.as_str()),
        None => {
            let view = AuthKitErrorView {
                frame: &exchange.kit.frame,
                error: ErrorView {
                    error: "Callback",
                    code: Some(told.code),
                    reference: Some(&told.reference),
                    used_before: Vec::new(),
                },
                sign_in: &exchange.kit.paths.sign_in,
            };
            reply::finish(page::respond(error.status(), page::authkit_error(&view)))
        }
    };
    reply::with_cookies(response, cookies)
}
