//! `GET /csrf`: the token that forms and scripts must send back.

use serde_json::json;

use super::exchange::Exchange;
use super::reply::{self, Reply};

pub(super) fn show(exchange: &Exchange<'_>) -> Reply {
    reply::json(&json!({ "csrfToken": exchange.csrf().token() }))
}
