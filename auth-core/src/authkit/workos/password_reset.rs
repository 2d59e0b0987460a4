//! A new password for who forgot theirs.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::authenticate::optional_secret;
use super::call::Call;
use super::{User, WorkOs, WorkOsError};
use crate::secret::Secret;

impl WorkOs {
    /// Makes a token that sets a new password and, unless WorkOS is told not to, sends it to the
    /// address.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn create_password_reset(&self, email: &str) -> Result<PasswordReset, WorkOsError> {
        let call = Call::post(["user_management", "password_reset"]);
        self.call(call.body(&BTreeMap::from([("email", email)])))
            .await
    }

    /// Sets a new password. All sessions of the user end.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn reset_password(
        &self,
        token: &Secret<String>,
        new_password: &Secret<String>,
    ) -> Result<User, WorkOsError> {
        #[derive(Deserialize)]
        struct Answer {
            user: User,
        }

        let call = Call::post(["user_management", "password_reset", "confirm"]);
        let body = BTreeMap::from([
            ("token", token.expose()),
            ("new_password", new_password.expose()),
        ]);
        let answer: Answer = self.call(call.body(&body)).await?;
        Ok(answer.user)
    }
}

/// A password reset that was begun.
#[derive(Clone, Deserialize)]
#[non_exhaustive]
pub struct PasswordReset {
    /// `password_reset_…`
    pub id: String,
    /// Whose password it sets.
    pub user_id: String,
    /// Sets it: whoever knows the token passes for the user.
    #[serde(
        default,
        rename = "password_reset_token",
        deserialize_with = "optional_secret"
    )]
    pub token: Option<Secret<String>>,
    /// When it expires, as ISO 8601 text.
    #[serde(default)]
    pub expires_at: Option<String>,
}

impl fmt::Debug for PasswordReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordReset")
            .field("id", &self.id)
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}
