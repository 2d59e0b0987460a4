//! The accounts of whoever is signed in, for a settings page of the application.

use crate::auth::Auth;
use crate::session::Session;
use crate::store::{AccountKey, StoreError, StoredAccount, Unlink};

impl Auth {
    /// The accounts of whoever is signed in. To add one, they sign in with it while signed in.
    ///
    /// It takes the session, not an id, so that no request can name somebody else. For tools of the
    /// operator, ask the store itself.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::NotConfigured`] without [`users`](crate::AuthBuilder::users).
    pub async fn accounts(&self, session: &Session) -> Result<Vec<StoredAccount>, StoreError> {
        let directory = self.inner().directory.as_ref();
        let directory = directory.ok_or(StoreError::NotConfigured)?;
        directory.accounts_of(session.user().id()).await
    }

    /// Takes an account from whoever is signed in, but never the last: without one they could not
    /// come back. Call it from a handler that is `#[protected]`, by `POST`.
    ///
    /// # Errors
    /// As [`accounts`](Self::accounts).
    pub async fn unlink_account(
        &self,
        session: &Session,
        account: &AccountKey,
    ) -> Result<Unlink, StoreError> {
        let directory = self.inner().directory.as_ref();
        let directory = directory.ok_or(StoreError::NotConfigured)?;
        directory.unlink(session.user().id(), account).await
    }
}
