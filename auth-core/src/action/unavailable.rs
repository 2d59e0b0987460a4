//! `503`: the clients could not be looked up. What was asked may work in a moment, at the same
//! address.

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::error::SignInError;
use crate::http::{Request, Response, single_header};
use crate::page::{self, ErrorPageView, ErrorView};

const STATUS: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

/// The answer, as whoever asked can read it.
pub(super) fn answer(exchange: &Exchange<'_>, error: &SignInError, reference: &str) -> Reply {
    let view = ErrorView {
        error: error.authjs_type(),
        code: Some(error.code()),
        reference: Some(reference),
        used_before: Vec::new(),
    };
    reply::response(match exchange.wants_page() {
        true => page(exchange, view),
        false => problem(&view),
    })
}

fn page(exchange: &Exchange<'_>, error: ErrorView<'_>) -> Response {
    let view = ErrorPageView {
        frame: &exchange.auth.frame,
        error,
        return_to: None,
    };
    page::respond(STATUS, page::error(&view))
}

/// RFC 9457.
fn problem(error: &ErrorView<'_>) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": error.explanation().title,
        "status": STATUS.as_u16(),
        "code": error.code,
        "ref": error.reference,
    });
    let mut response = Response::new(body.to_string().into_bytes());
    *response.status_mut() = STATUS;
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// Whether a browser navigates. Where it does not say so (Fetch Metadata), by what it accepts: HTML
/// by name, for `*/*` is what programs send that have no wish.
pub(super) fn navigates(request: &Request) -> bool {
    let header = |name| single_header(request, name).ok().flatten();
    match header("sec-fetch-mode") {
        Some(mode) => mode == "navigate",
        None => header("accept").is_some_and(takes_html),
    }
}

fn takes_html(accept: &str) -> bool {
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let html = parts.next().is_some_and(|media| {
            media.eq_ignore_ascii_case("text/html") || media.eq_ignore_ascii_case("text/*")
        });
        html && !parts.any(|parameter| {
            let quality = parameter.strip_prefix("q=");
            quality.is_some_and(|quality| quality.parse() == Ok(0.0_f32))
        })
    })
}
