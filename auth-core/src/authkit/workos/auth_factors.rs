//! Second factors: authenticator applications (RFC 6238).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::authenticate::optional_secret;
use super::call::Call;
use super::{Page, PageRequest, WorkOs, WorkOsError};
use crate::secret::Secret;

impl WorkOs {
    /// Enrols an authenticator application for a user: under the name of `issuer`, which is the
    /// application's, and `account`, which is the person's.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn enroll_auth_factor(
        &self,
        user_id: &str,
        issuer: &str,
        account: &str,
    ) -> Result<EnrolledFactor, WorkOsError> {
        let body = BTreeMap::from([
            ("type", "totp"),
            ("totp_issuer", issuer),
            ("totp_user", account),
        ]);
        let call = Call::post(["user_management", "users", user_id, "auth_factors"]);
        self.call(call.body(&body)).await
    }

    /// The second factors of a user.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn list_auth_factors(
        &self,
        user_id: &str,
        page: &PageRequest,
    ) -> Result<Page<AuthenticationFactor>, WorkOsError> {
        let call = Call::get(["user_management", "users", user_id, "auth_factors"]);
        self.call(call.query(page.query())).await
    }

    /// Asks for a code of a factor. The sign-in is finished with
    /// [`Grant::Totp`](super::Grant::Totp).
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn challenge_factor(
        &self,
        factor_id: &str,
    ) -> Result<AuthenticationChallenge, WorkOsError> {
        self.call(Call::post(["auth", "factors", factor_id, "challenge"]))
            .await
    }
}

/// A factor that was just enrolled, with what the person's application has to know.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EnrolledFactor {
    /// The factor.
    pub authentication_factor: AuthenticationFactor,
    /// The first challenge of it, where WorkOS began one.
    pub authentication_challenge: Option<AuthenticationChallenge>,
}

impl<'de> Deserialize<'de> for EnrolledFactor {
    /// With its challenge beside it, or the factor alone: both occur.
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Wire {
            Both {
                authentication_factor: AuthenticationFactor,
                authentication_challenge: Option<AuthenticationChallenge>,
            },
            Alone(AuthenticationFactor),
        }

        Ok(match Wire::deserialize(from)? {
            Wire::Both {
                authentication_factor,
                authentication_challenge,
            } => Self {
                authentication_factor,
                authentication_challenge,
            },
            Wire::Alone(authentication_factor) => Self {
                authentication_factor,
                authentication_challenge: None,
            },
        })
    }
}

/// A second factor.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct AuthenticationFactor {
    /// `auth_factor_…`
    pub id: String,
    /// What it is: `totp`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What an authenticator application has to know.
    #[serde(default)]
    pub totp: Option<Totp>,
}

/// An authenticator application. The secret is there only when it was just enrolled: whoever knows
/// it, or the URI or the picture that hold it, has the factor.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Totp {
    /// The name of the application.
    pub issuer: String,
    /// The name of the person.
    pub user: String,
    /// The shared secret, in base 32.
    #[serde(default, deserialize_with = "optional_secret")]
    pub secret: Option<Secret<String>>,
    /// `otpauth://…`
    #[serde(default, deserialize_with = "optional_secret")]
    pub uri: Option<Secret<String>>,
    /// A picture of that, as a `data:` URL.
    #[serde(default, deserialize_with = "optional_secret")]
    pub qr_code: Option<Secret<String>>,
}

/// A code was asked for.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct AuthenticationChallenge {
    /// `auth_challenge_…`
    pub id: String,
    /// When it expires, as ISO 8601 text.
    #[serde(default)]
    pub expires_at: Option<String>,
}
