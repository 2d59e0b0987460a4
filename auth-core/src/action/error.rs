//! `GET /error`: what went wrong, in plain words, with the code and the reference of the log.

use super::exchange::Exchange;
use super::page_status;
use super::reply::{self, Reply};
use crate::page::{self, ErrorPageView, ErrorView};

pub(super) fn page(exchange: &Exchange<'_>) -> Reply {
    let error = shown_error(exchange);
    if let Some(page) = exchange.own_error_page() {
        return reply::redirect(page.with(params(error.as_ref())));
    }
    let error = error.unwrap_or(ErrorView {
        error: "Error",
        code: None,
        reference: None,
        used_before: Vec::new(),
    });
    let status = page_status(&error);
    let view = ErrorPageView {
        frame: &exchange.auth.frame,
        error,
        return_to: None,
    };
    reply::response(page::respond(status, page::error(&view)))
}

/// The error that the query names. Anything but a plain word counts as not said.
pub(super) fn shown_error<'a>(exchange: &'a Exchange<'_>) -> Option<ErrorView<'a>> {
    let word = |name| {
        exchange
            .input
            .query(name)
            .filter(|text| page::is_plain_word(text))
    };
    exchange.input.query("error")?;
    Some(ErrorView {
        error: word("error").unwrap_or("Error"),
        code: word("code"),
        reference: word("ref"),
        used_before: used_before(exchange),
    })
}

/// The names of the providers that the query lists. Those that are not registered are left out, so
/// the page says nothing that the site did not.
fn used_before<'a>(exchange: &'a Exchange<'_>) -> Vec<&'a str> {
    let listed: Vec<&str> = exchange
        .input
        .query("provider")
        .map(|ids| ids.split(',').collect())
        .unwrap_or_default();
    let registrations = exchange.auth.registrations.iter();
    registrations
        .filter(|registration| listed.contains(&registration.id.as_str()))
        .map(|registration| registration.name.as_str())
        .collect()
}

/// An error as parameters for a page of the application.
pub(super) fn params<'a>(
    error: Option<&ErrorView<'a>>,
) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
    let params = error.map(|error| {
        [
            ("error", Some(error.error)),
            ("code", error.code),
            ("ref", error.reference),
        ]
    });
    params
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name, value?)))
}
