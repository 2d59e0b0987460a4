//! A grant for tokens.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Deserializer};

use super::call::Call;
use super::open_enum::open_enum;
use super::user::null_is_empty;
use super::{AuthenticationRequest, User, WorkOs, WorkOsError};
use crate::secret::Secret;
use crate::session::Impersonator;

/// No attempt begins later than this after the first: somebody waits in front of a browser, and a
/// refresh token is replayed only while WorkOS answers with the same successor, for 30 seconds.
const PATIENCE: Duration = Duration::from_secs(20);

impl WorkOs {
    /// Trades a grant for tokens.
    ///
    /// A grant whose answer was lost is sent once more, with the same idempotency key. That keeps
    /// the rotation of refresh tokens: for 30 seconds after its use WorkOS answers a replay with the
    /// pair that it made first, and no attempt begins later than 20 seconds after the first.
    ///
    /// The future must not be dropped once it was polled, or a rotated pair may be lost with it:
    /// spawn it.
    ///
    /// # Errors
    /// [`WorkOsError`]. One that is refused with a next step is finished with another grant.
    pub async fn authenticate(
        &self,
        request: impl Into<AuthenticationRequest> + Send,
    ) -> Result<AuthenticationResponse, WorkOsError> {
        let request = request.into();
        let call = Call::post(["user_management", "authenticate"])
            .body(&request.members(self))
            .patience(PATIENCE);
        self.call(call).await
    }
}

/// Somebody is authenticated, says WorkOS. The access token is still to be verified.
#[derive(Clone, Deserialize)]
#[non_exhaustive]
pub struct AuthenticationResponse {
    /// Who it is.
    pub user: User,
    /// The organization that they signed in to.
    #[serde(default)]
    pub organization_id: Option<String>,
    /// Says who they are and what they may do, for some minutes.
    #[serde(deserialize_with = "secret")]
    pub access_token: Secret<String>,
    /// Good for one more pair of tokens.
    #[serde(deserialize_with = "secret")]
    pub refresh_token: Secret<String>,
    /// What they showed.
    #[serde(default)]
    pub authentication_method: Option<AuthenticationMethod>,
    /// Who acts in their place.
    #[serde(default)]
    pub impersonator: Option<Impersonator>,
    /// The tokens of the provider that they signed in with, where they are passed on.
    #[serde(default)]
    pub oauth_tokens: Option<OauthTokens>,
    /// Good for signing in elsewhere on the hosted pages.
    #[serde(default, deserialize_with = "optional_secret")]
    pub authkit_authorization_code: Option<Secret<String>>,
}

/// Of the tokens nothing is shown, of the person the id.
impl fmt::Debug for AuthenticationResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticationResponse")
            .field("user", &self.user)
            .field("organization_id", &self.organization_id)
            .field("authentication_method", &self.authentication_method)
            .finish_non_exhaustive()
    }
}

open_enum! {
    /// What somebody showed to sign in.
    AuthenticationMethod {
        Sso = "SSO",
        Password = "Password",
        Passkey = "Passkey",
        MagicAuth = "MagicAuth",
        Impersonation = "Impersonation",
        MigratedSession = "MigratedSession",
        ExternalAuth = "ExternalAuth",
        CrossAppAuth = "CrossAppAuth",
        AppleOAuth = "AppleOAuth",
        BitbucketOAuth = "BitbucketOAuth",
        DiscordOAuth = "DiscordOAuth",
        GitHubOAuth = "GitHubOAuth",
        GitLabOAuth = "GitLabOAuth",
        GoogleOAuth = "GoogleOAuth",
        GrokOAuth = "GrokOAuth",
        XOAuth = "XOAuth",
        IntuitOAuth = "IntuitOAuth",
        LinkedInOAuth = "LinkedInOAuth",
        MicrosoftOAuth = "MicrosoftOAuth",
        SalesforceOAuth = "SalesforceOAuth",
        SlackOAuth = "SlackOAuth",
        VercelMarketplaceOAuth = "VercelMarketplaceOAuth",
        VercelOAuth = "VercelOAuth",
        XeroOAuth = "XeroOAuth",
    }
}

/// The tokens of a provider.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct OauthTokens {
    /// The provider, by its WorkOS name: `GoogleOAuth`.
    #[serde(default)]
    pub provider: Option<String>,
    /// The access token.
    #[serde(deserialize_with = "secret")]
    pub access_token: Secret<String>,
    /// The refresh token, where the provider gave one.
    #[serde(default, deserialize_with = "optional_secret")]
    pub refresh_token: Option<Secret<String>>,
    /// When the access token expires, in seconds since 1970-01-01T00:00:00Z.
    #[serde(default)]
    pub expires_at: Option<i64>,
    /// What the access token is good for.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub scopes: Vec<String>,
}

/// Into hiding as soon as it is read.
pub(super) fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret<String>, D::Error> {
    String::deserialize(from).map(Secret::new)
}

/// The same for what may be absent.
pub(super) fn optional_secret<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Secret<String>>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(Secret::new))
}
