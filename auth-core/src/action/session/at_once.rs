//! `GET /session` of somebody who is remembered, or of nobody: the answer of [`show`](super::show)
//! without its detours.
//!
//! Pages ask for it on every load and whenever their window comes to the front. Whatever takes more
//! than a look is left to `show`: a cookie to open, to renew or to remove, a callback, a
//! listener, a refusal.

use http::HeaderName;

use super::default_body;
use crate::action::reply;
use crate::auth::Inner;
use crate::cookie::Cookies;
use crate::http::RequestView;
use crate::session::{Session, Token};

/// A `200` with JSON that took no waiting.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerAtOnce {
    body: Vec<u8>,
}

impl AnswerAtOnce {
    /// Its headers, the same for each: name and value.
    pub fn headers() -> impl Iterator<Item = (HeaderName, &'static str)> {
        std::iter::once(reply::JSON).chain(reply::COMMON)
    }

    /// Its body.
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }
}

/// Says nothing about anybody.
impl std::fmt::Debug for AnswerAtOnce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AnswerAtOnce").finish_non_exhaustive()
    }
}

/// What [`handle`](crate::Auth::handle) would answer, if that is at hand.
pub(crate) fn answer_at_once(auth: &Inner, request: &dyn RequestView) -> Option<AnswerAtOnce> {
    let asked = matches!(request.method(), "GET" | "HEAD") && request.path() == auth.session_path;
    if !asked || !auth.callbacks.are_none() || auth.events.is_there() {
        return None;
    }
    let names = auth.names_for(request).ok()?;
    let cookies = Cookies::of(request);
    let now = auth.clock.now();
    let body = match auth.sessions.read_remembered(names, &cookies, now) {
        Some(session) if !auth.sessions.renewal_is_due(&session, now) => session.shown(body),
        None if !names.session_is_present(&cookies) => NOBODY.to_vec(),
        _ => return None,
    };
    Some(AnswerAtOnce { body })
}

const NOBODY: &[u8] = b"null";

fn body(session: &Session) -> Vec<u8> {
    match Token::of(session) {
        Some(token) => serde_json::Value::from(default_body(&token, session.data().expires_at))
            .to_string()
            .into_bytes(),
        None => NOBODY.to_vec(),
    }
}

#[cfg(test)]
pub(in crate::action) mod tests;
