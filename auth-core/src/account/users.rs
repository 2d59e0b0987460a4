//! [`Users`]: where users are kept, and what a sign-in may do there.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::store::AccountStore;
use crate::store::erased::ErasedStore;

/// The store of users and accounts, and the rules for it: what
/// [`AuthBuilder::users`](crate::AuthBuilder::users) takes.
///
/// # Examples
/// ```
/// use auth_core::Users;
/// use auth_core::store::MemoryStore;
///
/// let users = Users::new(MemoryStore::new()).link_verified_emails(["google", "github"]);
/// // Auth::builder().users(users)
/// ```
#[must_use]
pub struct Users {
    pub(crate) store: ErasedStore,
    pub(crate) trusted: BTreeSet<String>,
    pub(crate) tokens: KeepTokens,
}

/// Whether tokens go into the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeepTokens {
    Yes,
    No,
}

impl Users {
    /// Users in `store`. No account is linked by its e-mail address, and tokens are kept.
    pub fn new(store: impl AccountStore) -> Self {
        Self {
            store: Arc::new(store),
            trusted: BTreeSet::new(),
            tokens: KeepTokens::Yes,
        }
    }

    /// Signs somebody in as the user with the same e-mail address, if one of these providers has
    /// verified it now, and one of them had verified it for that user before. The account is linked.
    /// Default: no provider; the person is told how they signed in before.
    ///
    /// Only the word of these providers makes
    /// [`StoredUser::email_verified`](crate::store::StoredUser::email_verified).
    ///
    /// # Security
    /// Each of these providers can sign in as every user whose address it cares to name. Name the
    /// ids of those only that you trust with that, and never one that a customer runs.
    pub fn link_verified_emails<S: Into<String>>(
        mut self,
        providers: impl IntoIterator<Item = S>,
    ) -> Self {
        self.trusted = providers.into_iter().map(Into::into).collect();
        self
    }

    /// Keeps no tokens in the store. Default: those of the last sign-in are kept, as in Auth.js.
    pub fn forget_tokens(mut self) -> Self {
        self.tokens = KeepTokens::No;
        self
    }
}

impl<S: AccountStore> From<S> for Users {
    fn from(store: S) -> Self {
        Self::new(store)
    }
}

impl std::fmt::Debug for Users {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Users")
            .field("trusted", &self.trusted)
            .field("tokens", &self.tokens)
            .finish_non_exhaustive()
    }
}
