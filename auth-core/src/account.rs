//! The link between a person and a provider, and the person that follows from it.

mod directory;
mod linked;
mod linking;
mod users;

pub(crate) use directory::{Admitted, Directory, LinkError};
pub(crate) use linking::Visitor;
pub use users::Users;

use crate::evidence::ProviderEvidence;
use crate::profile::Profile;
use crate::secret::Secret;
use crate::store::{AccountKey, StoredAccount, StoredUser};
use crate::time::Timestamp;
use crate::user::User;

/// An account at a provider, with the tokens of the sign-in that has just ended.
///
/// Tokens are for the callbacks of that sign-in; they are not kept in the session. The store keeps
/// them unless [`Users::forget_tokens`] says otherwise.
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
    /// The provider's word for its own session, where it has one (OpenID Connect Session
    /// Management §2).
    pub session_state: Option<String>,
}

impl Account {
    pub(crate) fn key(&self) -> AccountKey {
        AccountKey::new(&*self.provider, &*self.provider_account_id)
    }

    pub(crate) fn to_stored(&self) -> StoredAccount {
        let mut stored = StoredAccount::new(self.key());
        stored.access_token = Some(self.access_token.clone());
        stored.refresh_token.clone_from(&self.refresh_token);
        stored.id_token.clone_from(&self.id_token);
        stored.expires_at = self.expires_at;
        stored.scope.clone_from(&self.scope);
        stored.session_state.clone_from(&self.session_state);
        stored
    }
}

impl User {
    /// A person in the store. Given and family name are in `profile` only.
    pub(crate) fn stored(user: &StoredUser, profile: &Profile) -> Self {
        Self {
            id: user.id.clone(),
            name: user.name.clone(),
            email: user.email.as_ref().map(|email| email.as_str().to_owned()),
            image: user.image.clone(),
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
        }
    }

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
