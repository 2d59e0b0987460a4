//! `GET /session`: who is signed in, for scripts.

pub(super) mod at_once;

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::macros::format_description;

pub use self::at_once::AnswerAtOnce;
pub(crate) use self::at_once::answer_at_once;
use super::Failure;
use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::error::SignInError;
use crate::events::ShownSessionEvent;
use crate::session::{Session, Token};
use crate::time::Timestamp;

/// `null`, or `{"user", "expires"}` after the `session` callback. Renews the cookie when that is
/// due, and removes one that cannot be read.
pub(super) async fn show(exchange: &Exchange<'_>) -> Result<Reply, Failure> {
    let auth = exchange.auth;
    let nobody = || reply::json(&Value::Null);
    let Some(session) = exchange.session() else {
        let stale = exchange.names.session_is_present(&exchange.cookies);
        let cleared = stale.then(|| {
            auth.sessions
                .end(None, exchange.names, &exchange.cookies, exchange.now)
        });
        return Ok(nobody().with_cookies(cleared.into_iter().flatten()));
    };
    if !auth.sessions.renewal_is_due(&session, exchange.now) {
        let Some(token) = Token::of(&session) else {
            return Ok(nobody());
        };
        let expires_at = session.data().expires_at;
        return Ok(match body(exchange, &token, expires_at).await {
            Some(body) => reply::json(&body),
            None => reply::unavailable(),
        });
    }
    let token = match auth.renewed_token(&session).await {
        Ok(token) => token,
        Err(error) => {
            tracing::error!(target: "auth", "the session was not renewed: {error}");
            return Ok(reply::unavailable());
        }
    };
    Ok(write(exchange, &session, token).await?)
}

/// The session with new claims, and the cookies that carry them. Without claims it has ended.
pub(super) async fn write(
    exchange: &Exchange<'_>,
    session: &Session,
    token: Option<Token>,
) -> Result<Reply, SignInError> {
    let auth = exchange.auth;
    let now = auth.clock.now();
    let ended = || {
        let cleared = auth
            .sessions
            .end(Some(session), exchange.names, &exchange.cookies, now);
        reply::json(&Value::Null).with_cookies(cleared)
    };
    let (Some(token), false) = (token, auth.sessions.is_revoked(session)) else {
        return Ok(ended());
    };
    let expires_at = auth.sessions.expiry(&token, now);
    let Some(body) = body(exchange, &token, expires_at).await else {
        return Ok(reply::unavailable());
    };
    // Signed out while the callback ran: signed out wins.
    if auth.sessions.is_revoked(session) {
        return Ok(ended());
    }
    let cookies = auth
        .sessions
        .issue(token, exchange.names, &exchange.cookies, now);
    Ok(reply::json(&body).with_cookies(cookies?))
}

async fn body(exchange: &Exchange<'_>, token: &Token, expires_at: Timestamp) -> Option<Value> {
    let body = default_body(token, expires_at);
    match exchange.auth.callbacks.session(body, token).await {
        Ok(session) => {
            let event = ShownSessionEvent {
                session: &session,
                token,
            };
            exchange.auth.events.session(event).await;
            Some(session.into())
        }
        Err(error) => {
            let error = error.into_source();
            tracing::error!(target: "auth", "the `session` callback failed: {error}");
            None
        }
    }
}

/// What there is to show before the `session` callback.
fn default_body(token: &Token, expires_at: Timestamp) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("user".to_owned(), token.public_user().into());
    body.insert("expires".to_owned(), iso8601(expires_at).into());
    body
}

/// As JavaScript's `toISOString` writes it: `2026-11-22T12:00:00.000Z`. Kept between the years 1970
/// and 9999, as in the cookie.
fn iso8601(timestamp: Timestamp) -> String {
    const LAST: i64 = 253_402_300_799;
    let format =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    OffsetDateTime::from_unix_timestamp(timestamp.as_unix().clamp(0, LAST))
        .ok()
        .and_then(|time| time.format(&format).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_outside_the_calendar_saturate() {
        let check = |seconds, expected: &str| {
            assert_eq!(iso8601(Timestamp::from_unix(seconds)), expected);
        };
        check(1_795_348_800, "2026-11-22T12:00:00.000Z");
        check(i64::MAX, "9999-12-31T23:59:59.000Z");
        check(i64::MIN, "1970-01-01T00:00:00.000Z");
    }
}
