//! `GET /_authkit/me`: who is signed in, for scripts. No token is in it.

use http::StatusCode;
use serde_json::{Value, json};

use super::exchange::Exchange;
use super::reply;
use crate::http::Response;
use crate::session::{Session, SessionSource as _};

/// `{"user": null}`, or the session in the words of the SDKs. Brings the cookie up to date, as a
/// page does.
pub(super) async fn show(exchange: &Exchange<'_>) -> Response {
    let (kit, request) = (exchange.kit, exchange.request);
    let session = match exchange.source.read(request).await {
        Ok(Some(session)) => session,
        Ok(None) => {
            let answer = reply::json(StatusCode::OK, &json!({ "user": null }));
            return reply::with_cookies(answer, kit.removal(&exchange.cookies));
        }
        Err(error) => {
            let source = std::error::Error::source(&error).map(tracing::field::display);
            tracing::error!(target: "auth", %error, source, "it cannot be told who is signed in");
            return reply::problem(
                StatusCode::SERVICE_UNAVAILABLE,
                "session_unavailable",
                "Your session cannot be read at the moment",
            );
        }
    };
    // One that does not fit into cookies stays as it was: it could be read, after all.
    let cookies = kit.renewed_cookies(&session, &exchange.cookies);
    reply::with_cookies(
        reply::json(StatusCode::OK, &body(&session)),
        cookies.unwrap_or_default(),
    )
}

fn body(session: &Session) -> Value {
    let user = session.user();
    let impersonator = session
        .impersonator()
        .map(|it| json!({ "email": it.email, "reason": it.reason }));
    json!({
        "user": {
            "id": user.id(),
            "email": user.email(),
            "name": user.name(),
            "firstName": user.first_name(),
            "lastName": user.last_name(),
            "profilePictureUrl": user.image(),
        },
        "sessionId": session.id(),
        "organizationId": session.organization_id(),
        "role": session.role(),
        "roles": session.roles(),
        "permissions": session.permissions(),
        "entitlements": session.entitlements(),
        "featureFlags": session.feature_flags(),
        "impersonator": impersonator,
    })
}
