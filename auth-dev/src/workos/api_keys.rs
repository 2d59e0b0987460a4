//! API keys that organisations give to their programs.

use actix_web::{HttpRequest, web};
use auth_core::{Secret, Timestamp};
use serde_json::{Value, json};

use super::id::new_id;
use super::input::Input;
use super::problem::{Answer, ok};
use super::state::State;
use super::time::iso;
use crate::random::random_token;
use crate::state::lock;

/// A key of an organisation.
#[derive(Clone, Debug)]
pub(crate) struct ApiKey {
    id: String,
    pub(crate) value: Secret<String>,
    organization_id: String,
    name: String,
    permissions: Vec<String>,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

impl ApiKey {
    pub(crate) fn new(
        organization_id: &str,
        name: &str,
        permissions: Vec<String>,
        now: Timestamp,
    ) -> Self {
        Self {
            id: new_id("api_key"),
            value: format!("sk_{}", random_token()).into(),
            organization_id: organization_id.to_owned(),
            name: name.to_owned(),
            permissions,
            created_at: now,
            last_used_at: None,
        }
    }

    fn json(&self) -> Value {
        let value = self.value.expose();
        let at = iso(self.created_at);
        json!({
            "object": "api_key",
            "id": self.id,
            "owner": { "type": "organization", "id": self.organization_id },
            "name": self.name,
            "obfuscated_value": format!("sk_…{}", &value[value.len() - 4..]),
            "last_used_at": self.last_used_at.map(iso),
            "permissions": self.permissions,
            "created_at": at,
            "updated_at": at,
        })
    }
}

/// `POST /api_keys/validations`. A key that is not one is an answer, not an error.
pub(crate) async fn validate(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let value = input.required("value")?;
    let mut records = lock(&state.records);
    let mut keys = records.api_keys.iter_mut();
    let shown = keys
        .find(|key| key.value.ct_eq(value.as_bytes()))
        .map(|key| {
            key.last_used_at = Some(state.now());
            key.json()
        });
    ok(&json!({ "api_key": shown }))
}
