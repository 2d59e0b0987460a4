//! `GET /providers`: what people can sign in with.

use serde_json::{Map, Value, json};

use super::Failure;
use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::resolve::Offer;

pub(super) async fn list(exchange: &Exchange<'_>) -> Result<Reply, Failure> {
    let offers = exchange.auth.clients.offered(&exchange.asks()).await?;
    let providers: Map<String, Value> = offers
        .into_iter()
        .map(|Offer { id, name, kind, .. }| {
            let entry = json!({
                "id": id,
                "name": name,
                "type": kind,
                "signinUrl": exchange.url(&format!("/signin/{id}")),
                "callbackUrl": exchange.url(&format!("/callback/{id}")),
            });
            (id, entry)
        })
        .collect();
    Ok(reply::json(&Value::Object(providers)))
}
