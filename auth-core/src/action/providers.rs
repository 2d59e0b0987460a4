//! `GET /providers`: what people can sign in with.

use serde_json::{Map, Value, json};

use super::exchange::Exchange;
use super::reply::{self, Reply};
use crate::provider::Server;

pub(super) fn list(exchange: &Exchange<'_>) -> Reply {
    let providers: Map<String, Value> = exchange
        .auth
        .registrations
        .iter()
        .map(|registration| {
            let id = &registration.id;
            let kind = match registration.server {
                Server::Oidc { .. } => "oidc",
                Server::OAuth2 { .. } => "oauth",
            };
            let entry = json!({
                "id": id,
                "name": registration.name,
                "type": kind,
                "signinUrl": exchange.url(&format!("/signin/{id}")),
                "callbackUrl": exchange.url(&format!("/callback/{id}")),
            });
            (id.clone(), entry)
        })
        .collect();
    reply::json(&Value::Object(providers))
}
