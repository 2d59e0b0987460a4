//! `GET /signout`: the question. `POST /signout`: the end of the session.

use http::StatusCode;

use super::Failure;
use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::events::SignOutEvent;
use crate::page::{self, SignOutPage};
use crate::session::SessionEvent;

pub(super) async fn page(exchange: &Exchange<'_>) -> Reply {
    if let Some(page) = &exchange.auth.pages.sign_out {
        return reply::redirect(page.as_str().to_owned());
    }
    let return_to = exchange.destination().await;
    let action = format!("{}/signout", exchange.auth.prefix);
    let kept = vec![("callbackUrl", return_to.as_str().to_owned())];
    let speech = exchange.speech().offering_others(kept);
    let view = SignOutPage {
        frame: &exchange.auth.frame,
        speech: &speech,
        action: &action,
        csrf_token: Some(exchange.csrf().token()),
        return_to_field: "callbackUrl",
        return_to: Some(return_to.as_str()),
        cancel: return_to.as_str(),
    };
    exchange.show(StatusCode::OK, &speech, page::sign_out(&view))
}

/// Ends the session here and removes its cookies. A saved copy of them is refused from now on.
pub(super) async fn end(exchange: &Exchange<'_>) -> Result<Reply, Failure> {
    exchange.require_csrf()?;
    let session = exchange.session();
    let cleared = exchange.auth.sessions.end(
        session.as_ref(),
        exchange.names,
        &exchange.cookies,
        exchange.now,
    );
    let begun = exchange
        .auth
        .transactions
        .clear_begun_by_users(exchange.names, &exchange.cookies);
    if let Some(session) = &session {
        exchange
            .auth
            .events
            .sign_out(SignOutEvent { session })
            .await;
    }
    Ok(exchange
        .send_to(exchange.destination().await)
        .with_cookies(cleared)
        .with_cookies(begun)
        .with_extension(SessionEvent::SignedOut))
}
