//! `POST /session`: a script of the page tells the application something about the session.

use serde_json::Value;

use super::exchange::Exchange;
use super::reply::{self, Reply};
use super::session;
use crate::callbacks::Trigger;
use crate::error::SignInError;
use crate::session::Token;

/// The session after the `jwt` callback has seen what the script sent. Nothing else sees it, so
/// what the callback does not take over has no effect. A failure is `400 null`, never a redirect:
/// scripts follow those without knowing.
pub(super) async fn update(exchange: &Exchange<'_>) -> Reply {
    let reply = match exchange.require_csrf() {
        Ok(()) => updated(exchange).await,
        Err(error) => Err(error),
    };
    reply.unwrap_or_else(|error| exchange.refused(&error))
}

async fn updated(exchange: &Exchange<'_>) -> Result<Reply, SignInError> {
    let session = exchange.session();
    let known = session
        .as_ref()
        .and_then(|session| Some((session, Token::of(session)?)));
    let Some((session, token)) = known else {
        return Ok(reply::json(&Value::Null));
    };
    let data = exchange.input.json("data").unwrap_or(&Value::Null);
    let token = exchange
        .auth
        .callbacks
        .jwt(token, &Trigger::Update { data })
        .await
        .map_err(|error| SignInError::Callback(error.into_source()))?;
    session::write(exchange, session, token).await
}
