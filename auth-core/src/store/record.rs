//! What a store keeps.

use std::fmt;

use crate::email::EmailAddress;
use crate::secret::{Secret, random_uuid};
use crate::time::Timestamp;

/// A user as a store keeps them.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredUser {
    /// The key, for as long as the user exists: `sub` of their sessions.
    pub id: String,
    /// The full name.
    pub name: Option<String>,
    /// The e-mail address. No two users have the same.
    pub email: Option<EmailAddress>,
    /// When the address was verified by the word of a provider that
    /// [`link_verified_emails`](crate::Users::link_verified_emails) names. `None` says
    /// nothing: whoever has the account may have typed in somebody else's address.
    pub email_verified: Option<Timestamp>,
    /// The address of a picture: a provider's text.
    pub image: Option<String>,
}

impl StoredUser {
    /// A user with this id, of whom no more is known. What a store reads its rows into.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            email: None,
            email_verified: None,
            image: None,
        }
    }

    /// A user with an id of their own: a random UUID.
    pub fn with_random_id() -> Self {
        Self::new(random_uuid())
    }
}

impl fmt::Debug for StoredUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredUser")
            .field("id", &self.id)
            .field("email_verified", &self.email_verified)
            .finish_non_exhaustive()
    }
}

/// Which account: the id of the registration, and the provider's key for the person.
///
/// # Security
/// The registration's id stands for the provider. One that is given to another issuer later hands
/// that one every account: the same `sub` is another person there (OpenID Connect Core §5.7).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// The id of the registration: `github`, or what `.id(..)` made of it.
    pub provider: String,
    /// The provider's key: `sub` in OpenID Connect.
    pub provider_account_id: String,
}

impl AccountKey {
    /// The account of this registration with this key.
    pub fn new(provider: impl Into<String>, provider_account_id: impl Into<String>) -> Self {
        Self {
            provider: provider.into(),
            provider_account_id: provider_account_id.into(),
        }
    }
}

/// An account as a store keeps it: the key, and the tokens of the last sign-in with it.
///
/// # Security
/// With the tokens one can act at the provider in the person's name. Encrypt them in the store, or
/// leave them out: [`forget_tokens`](crate::Users::forget_tokens).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StoredAccount {
    /// Which account.
    pub key: AccountKey,
    /// The access token, a bearer token (RFC 6750).
    pub access_token: Option<Secret<String>>,
    /// The refresh token.
    pub refresh_token: Option<Secret<String>>,
    /// The ID Token.
    pub id_token: Option<Secret<String>>,
    /// When the access token expires.
    pub expires_at: Option<Timestamp>,
    /// The scope that was granted, where the provider says.
    pub scope: Option<String>,
    /// The provider's word for its own session (OpenID Connect Session Management §2).
    pub session_state: Option<String>,
}

impl StoredAccount {
    /// An account without tokens.
    pub fn new(key: AccountKey) -> Self {
        Self {
            key,
            access_token: None,
            refresh_token: None,
            id_token: None,
            expires_at: None,
            scope: None,
            session_state: None,
        }
    }
}
