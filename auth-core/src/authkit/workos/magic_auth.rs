//! Codes by e-mail: to sign in, and to prove an address.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::authenticate::optional_secret;
use super::call::Call;
use super::{WorkOs, WorkOsError};
use crate::secret::Secret;

impl WorkOs {
    /// Makes a code for signing in and, unless WorkOS is told not to, sends it to the address. The
    /// sign-in is finished with [`Grant::MagicAuth`](super::Grant::MagicAuth).
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn create_magic_auth(&self, email: &str) -> Result<EmailCode, WorkOsError> {
        let call = Call::post(["user_management", "magic_auth"]);
        self.call(call.body(&BTreeMap::from([("email", email)])))
            .await
    }

    /// The verification of an address that a refusal names, with its code, to be sent by the
    /// application itself.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn email_verification(&self, id: &str) -> Result<EmailCode, WorkOsError> {
        self.call(Call::get(["user_management", "email_verification", id]))
            .await
    }

    /// Has WorkOS send a code to the address of a user, to prove that it is theirs.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn send_email_verification(&self, user_id: &str) -> Result<(), WorkOsError> {
        let users = ["user_management", "users", user_id];
        let segments = users.into_iter().chain(["email_verification", "send"]);
        self.call_without_answer(Call::post(segments)).await
    }
}

/// A code that proves an e-mail address, for ten minutes.
#[derive(Clone, Deserialize)]
#[non_exhaustive]
pub struct EmailCode {
    /// `magic_auth_…` or `email_verification_…`
    pub id: String,
    /// Who has the address.
    #[serde(default)]
    pub user_id: Option<String>,
    /// The address.
    pub email: String,
    /// The code: whoever knows it passes for whoever has the address.
    #[serde(default, deserialize_with = "optional_secret")]
    pub code: Option<Secret<String>>,
    /// When it expires, as ISO 8601 text.
    #[serde(default)]
    pub expires_at: Option<String>,
}

impl fmt::Debug for EmailCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailCode")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
