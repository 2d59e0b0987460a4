//! `GET /error`: what went wrong, in plain words, with the code and the reference of the log.

use super::exchange::Exchange;
use super::page_status;
use super::reply::{self, Reply};
use crate::page::{self, ErrorPage, ErrorWords};
use crate::provider::Registration;

pub(super) fn page(exchange: &Exchange<'_>) -> Reply {
    if let Some(page) = exchange.own_error_page() {
        let params = params(exchange);
        return reply::redirect(page.with(params.iter().map(|(name, value)| (*name, &**value))));
    }
    let error = shown_error(exchange).unwrap_or(ErrorWords {
        error: "Error",
        code: None,
        reference: None,
        used_before: Vec::new(),
    });
    let status = page_status(&error);
    let speech = exchange.speech().offering_others(params(exchange));
    let view = ErrorPage {
        frame: &exchange.auth.frame,
        speech: &speech,
        error,
        sign_in: page::sign_in_again(&exchange.auth.prefix, None).into(),
    };
    exchange.show(status, &speech, page::error(&view))
}

/// The error that the query names. Anything but a plain word counts as not said.
pub(super) fn shown_error<'a>(exchange: &'a Exchange<'_>) -> Option<ErrorWords<'a>> {
    let word = |name| {
        exchange
            .input
            .query(name)
            .filter(|text| page::is_plain_word(text))
    };
    exchange.input.query("error")?;
    Some(ErrorWords {
        error: word("error").unwrap_or("Error"),
        code: word("code"),
        reference: word("ref"),
        used_before: listed(exchange).map(|it| it.name.as_str()).collect(),
    })
}

/// The error that the query names, as parameters for a page of the application.
pub(super) fn params(exchange: &Exchange<'_>) -> Vec<(&'static str, String)> {
    let Some(error) = shown_error(exchange) else {
        return Vec::new();
    };
    let ids: Vec<_> = listed(exchange).map(|it| it.id.as_str()).collect();
    [
        ("error", error.error),
        ("code", error.code.unwrap_or_default()),
        ("ref", error.reference.unwrap_or_default()),
        ("provider", &ids.join(",")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name, value.to_owned()))
    .collect()
}

/// The providers that the query lists. Those that are not registered are left out, so a page says
/// nothing that the site did not.
fn listed<'a>(exchange: &'a Exchange<'_>) -> impl Iterator<Item = &'a Registration> {
    let listed = exchange.input.query("provider").unwrap_or_default();
    let registrations = exchange.auth.clients.registered.iter();
    registrations
        .map(|registration| &**registration)
        .filter(move |registration| listed.split(',').any(|id| id == registration.id))
}
