//! Who sent a request, and so in which shape it is answered.

use actix_web::HttpRequest;
use actix_web::http::header::AsHeaderName;
use actix_web::http::{Method, header};
use auth_core::names_html;

use crate::error::{Answer, Error, Reason};
use crate::lookup::find_innermost;

/// Who sent the request, as far as the answer depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// A browser that shows a person what it gets.
    Navigation,
    /// htmx, which follows `HX-Redirect`.
    Htmx,
    /// A script, a program, a WebSocket, or a browser that only looks ahead.
    Program,
}

pub(crate) fn caller(request: &HttpRequest) -> Caller {
    if is_prefetch(request) || is_websocket(request) {
        return Caller::Program;
    }
    if has(request, "hx-request", "true") {
        return Caller::Htmx;
    }
    if has(request, "x-requested-with", "xmlhttprequest") {
        return Caller::Program;
    }
    let navigates = match request.headers().get("sec-fetch-mode") {
        Some(mode) => mode.as_bytes() == b"navigate",
        None => is_get(request) && takes_html(request),
    };
    match navigates {
        true => Caller::Navigation,
        false => Caller::Program,
    }
}

/// A redirect followed while looking ahead would be kept, and shown to somebody who has signed in
/// since.
fn is_prefetch(request: &HttpRequest) -> bool {
    let looks_ahead = |name| {
        request.headers().get_all(name).any(|value| {
            let value = value.to_str().unwrap_or_default().to_ascii_lowercase();
            value
                .split([';', ','])
                .any(|part| part.trim() == "prefetch")
        })
    };
    looks_ahead("sec-purpose")
        || looks_ahead("purpose")
        || looks_ahead("x-moz")
        || has(request, "hx-preloaded", "true")
}

pub(crate) fn is_websocket(request: &HttpRequest) -> bool {
    has(request, header::UPGRADE, "websocket")
}

pub(crate) fn is_get(request: &HttpRequest) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}

/// Whether one of the values of header `name`, in a comma-separated list or not, is `expected`.
pub(crate) fn has(request: &HttpRequest, name: impl AsHeaderName, expected: &str) -> bool {
    request
        .headers()
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| value.trim().eq_ignore_ascii_case(expected))
}

fn takes_html(request: &HttpRequest) -> bool {
    let accepted = request.headers().get_all(header::ACCEPT);
    accepted
        .filter_map(|value| value.to_str().ok())
        .any(names_html)
}

/// A refusal that signing in does not lift.
pub(crate) fn refusal(request: &HttpRequest, reason: Reason) -> Error {
    let answer = match caller(request) {
        Caller::Navigation => Answer::Page {
            stylesheet: find_innermost(request).and_then(|source| source.stylesheet_path()),
        },
        Caller::Htmx => Answer::Htmx { to: None },
        Caller::Program => Answer::Problem,
    };
    Error::new(reason, answer)
}
