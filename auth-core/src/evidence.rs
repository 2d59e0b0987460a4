//! What a finished sign-in method proved. Every way to sign in ends here, and only here begins a
//! session.

use crate::account::Account;
use crate::profile::Profile;
use crate::time::Timestamp;

/// Proof that somebody has just shown who they are.
///
/// Made by the callback pipeline only: its fields are private, so no session can be issued for a
/// sign-in that skipped a check.
#[derive(Debug)]
#[non_exhaustive]
pub enum Evidence {
    /// An OAuth or OpenID provider vouches for the person.
    Provider(ProviderEvidence),
}

/// A provider's word, verified.
#[derive(Debug)]
pub struct ProviderEvidence {
    account: Account,
    profile: Profile,
    auth_time: Option<Timestamp>,
}

impl ProviderEvidence {
    /// Joins what was verified. `auth_time` is when the person last showed a credential, as far as
    /// that is proved.
    pub(crate) fn new(account: Account, profile: Profile, auth_time: Option<Timestamp>) -> Self {
        Self {
            account,
            profile,
            auth_time,
        }
    }

    /// The account at the provider.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What the provider said of the person.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub(crate) fn auth_time(&self) -> Option<Timestamp> {
        self.auth_time
    }
}
