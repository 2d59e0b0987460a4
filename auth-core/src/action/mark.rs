//! `GET /marks/{id}.svg`: the mark of a provider that people can sign in with.

use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::page;
use crate::provider::Mark;

/// A mark; a provider that nobody can sign in with has none here.
pub(super) async fn show(exchange: &Exchange<'_>, file: &str) -> Reply {
    let mark = find(exchange, file).await;
    reply::response(mark.map_or_else(reply::bad_request, page::mark))
}

async fn find(exchange: &Exchange<'_>, file: &str) -> Option<Mark> {
    let id = file.strip_suffix(".svg")?;
    let found = exchange.auth.clients.find(id, &exchange.asks()).await;
    found.ok()?.provider.mark
}
