//! `503`: the clients could not be looked up. What was asked may work in a moment, at the same
//! address.

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::error::SignInError;
use crate::http::{Request, Response, names_html, single_header};
use crate::page::{self, ErrorPage, ErrorWords, Language};

const STATUS: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

/// The answer, as whoever asked can read it.
pub(super) fn answer(exchange: &Exchange<'_>, error: &SignInError, reference: &str) -> Reply {
    let words = ErrorWords {
        error: error.authjs_type(),
        code: Some(error.code()),
        reference: Some(reference),
        used_before: Vec::new(),
    };
    match exchange.wants_page() {
        true => page(exchange, words),
        false => reply::response(problem(&words)),
    }
}

fn page(exchange: &Exchange<'_>, error: ErrorWords<'_>) -> Reply {
    let speech = exchange.speech();
    let page = ErrorPage {
        frame: &exchange.auth.frame,
        speech: &speech,
        error,
        sign_in: page::sign_in_again(&exchange.auth.prefix, None).into(),
    };
    exchange.show(STATUS, &speech, page::error(&page))
}

/// RFC 9457, in English as all problem documents.
fn problem(error: &ErrorWords<'_>) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": error.explanation(&Language::ENGLISH).title,
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

/// Whether a browser navigates. Where it does not say so (Fetch Metadata), by what it accepts.
pub(super) fn navigates(request: &Request) -> bool {
    let header = |name| single_header(request, name).ok().flatten();
    match header("sec-fetch-mode") {
        Some(mode) => mode == "navigate",
        None => header("accept").is_some_and(names_html),
    }
}
