//! The API keys that customers of the application make for themselves.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::call::Call;
use super::user::null_is_empty;
use super::{WorkOs, WorkOsError};
use crate::secret::Secret;

impl WorkOs {
    /// What the key in a request (`Authorization: Bearer …`) stands for; `None` if it is no key, or
    /// not any more.
    ///
    /// # Errors
    /// [`WorkOsError`]: it is not known whether the key is good.
    pub async fn validate_api_key(
        &self,
        value: &Secret<String>,
    ) -> Result<Option<ApiKey>, WorkOsError> {
        #[derive(Deserialize)]
        struct Validation {
            api_key: Option<ApiKey>,
        }

        let call = Call::post(["api_keys", "validations"]);
        let body = BTreeMap::from([("value", value.expose())]);
        let validation: Validation = self.call(call.body(&body)).await?;
        Ok(validation.api_key)
    }
}

/// An API key, without its value.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct ApiKey {
    /// `api_key_…`
    pub id: String,
    /// Whose it is.
    pub owner: ApiKeyOwner,
    /// What they call it.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is good for.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub permissions: Vec<String>,
}

/// Whose an API key is.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct ApiKeyOwner {
    /// What kind of owner: `organization`, `user`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The owner's id.
    pub id: String,
    /// The organization, where the owner is a user in one.
    #[serde(default)]
    pub organization_id: Option<String>,
}
