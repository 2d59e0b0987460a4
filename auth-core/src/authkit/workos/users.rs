//! People, and what is changed of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::call::Call;
use super::{User, WorkOs, WorkOsError};

impl WorkOs {
    /// The user with this id.
    ///
    /// # Errors
    /// [`WorkOsError`]; refused with status 404 if there is none.
    pub async fn user(&self, id: &str) -> Result<User, WorkOsError> {
        self.call(Call::get(["user_management", "users", id])).await
    }

    /// The user with this key of the application's own.
    ///
    /// # Errors
    /// As [`user`](Self::user).
    pub async fn user_by_external_id(&self, external_id: &str) -> Result<User, WorkOsError> {
        let segments = ["user_management", "users", "external_id", external_id];
        self.call(Call::get(segments)).await
    }

    /// Changes a user: what `update` says, and nothing else.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn update_user(&self, id: &str, update: &UserUpdate) -> Result<User, WorkOsError> {
        let call = Call::put(["user_management", "users", id]);
        self.call(call.body(update)).await
    }
}

/// What is to change of a user. What is `None` stays as it is.
#[derive(Clone, Default, Serialize)]
#[non_exhaustive]
pub struct UserUpdate {
    /// The given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The language they prefer: `en-US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The application's own key for this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// What the application keeps with the person; WorkOS leaves out entries not named here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
}

impl fmt::Debug for UserUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserUpdate").finish_non_exhaustive()
    }
}
