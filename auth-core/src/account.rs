//! The link between a person and a provider, and the person that follows from it.

use crate::evidence::ProviderEvidence;
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::user::User;

/// An account at a provider, with the tokens of the sign-in that has just ended.
///
/// Tokens are for the callbacks of that sign-in; they are not kept in the session.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// The id of the registration: `github`, or what `.id(..)` made of it.
    pub provider: String,
    /// The provider's key for the account.
    pub provider_account_id: String,
    /// The access token.
    pub access_token: Secret<String>,
    /// The refresh token, where one was given.
    pub refresh_token: Option<Secret<String>>,
    /// The ID Token, for OpenID providers.
    pub id_token: Option<Secret<String>>,
    /// When the access token expires.
    pub expires_at: Option<Timestamp>,
    /// The scope that was granted, where the provider says.
    pub scope: Option<String>,
}

impl User {
    /// The person behind `evidence` where no store knows them: keyed by provider and account, for
    /// an e-mail address is no key (OpenID Connect Core §5.7).
    pub(crate) fn without_store(evidence: &ProviderEvidence) -> Self {
        let profile = evidence.profile();
        Self {
            id: format!("{}:{}", evidence.account().provider, profile.id),
            name: profile.name.clone(),
            email: profile.email.as_deref().map(str::to_lowercase),
            image: profile.image.clone(),
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
        }
    }
}
