//! `GET /verify-request`: look into your mailbox.

use http::StatusCode;

use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::page::{self, VerifyRequestPage};

pub(super) fn page(exchange: &Exchange<'_>) -> Reply {
    if let Some(page) = &exchange.auth.pages.verify_request {
        let query = exchange.input.query_pairs();
        let query: Vec<_> = query.collect();
        return reply::redirect(page.with(query.iter().map(|(name, value)| (&**name, &**value))));
    }
    let speech = exchange.speech().offering_others(Vec::new());
    let view = VerifyRequestPage {
        frame: &exchange.auth.frame,
        speech: &speech,
        origin: exchange.origin.as_str(),
    };
    exchange.show(StatusCode::OK, &speech, page::verify_request(&view))
}
