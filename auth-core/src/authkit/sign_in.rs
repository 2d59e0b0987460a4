//! `GET /sign-in` and `GET /sign-up`: to the hosted pages.
//!
//! `/sign-in` is also where WorkOS sends people for invitations, password resets and impersonation
//! (`initiate_login_uri`): a sign-in that this browser did not begin is begun here.

use http::StatusCode;

use super::exchange::Exchange;
use super::reply;
use super::verifier::Begin;
use super::workos::{AuthorizationParams, AuthorizationTarget, ScreenHint};
use crate::http::Response;
use crate::oauth::pkce::start_pkce;

/// The longest way back that is remembered, in bytes: with the rest of a sign-in it has to fit into
/// a cookie. A longer one is forgotten.
const LONGEST_WAY_BACK: usize = 2048;

/// Sends the browser to WorkOS, and leaves the cookie that lets it come back.
///
/// A page that is only looked ahead at, or that a script asks for, begins no sign-in: its cookies
/// would push out those of sign-ins that somebody is in the middle of.
pub(super) fn start(exchange: &Exchange<'_>, screen: ScreenHint) -> Response {
    if !exchange.may_be_document() {
        return reply::problem(
            StatusCode::BAD_REQUEST,
            "navigation_required",
            "Open this address in the browser",
        );
    }
    let kit = exchange.kit;
    let (challenge, code_verifier) = start_pkce();
    let max_age = exchange.query("max_age").and_then(|text| text.parse().ok());
    let return_to = exchange
        .return_to()
        .map(|url| url.as_str()[kit.origin.as_str().len()..].to_owned())
        .filter(|path| path.len() <= LONGEST_WAY_BACK);
    let begin = Begin {
        code_verifier: &code_verifier,
        return_to,
        redirect_uri: &kit.redirect_uri,
        max_age,
        now: exchange.now,
    };
    let (state, cookies) = kit.verifiers.start(begin, &exchange.cookies);

    let target = AuthorizationTarget::AuthKit {
        screen_hint: Some(screen),
        organization_id: exchange.query("organization_id"),
        max_age,
    };
    let mut params = AuthorizationParams::new(kit.redirect_uri.clone(), target);
    params.state = Some(state);
    params.code_challenge = Some(challenge.as_str().to_owned());
    // Nothing here decides who answers, to whom, or what is checked.
    params.login_hint = exchange.query("login_hint");
    params.domain_hint = exchange.query("domain_hint");
    params.invitation_token = exchange.query("invitation_token");
    params.prompt = exchange.query("prompt");
    let url = kit.workos.authorization_url(&params);
    reply::with_cookies(reply::redirect(StatusCode::FOUND, url.as_str()), cookies)
}
