//! A store behind a pointer: implementers write no boxes and `Auth` carries no generics.

use std::sync::Arc;

use super::{
    AccountKey, AccountStore, Creation, Link, StoreError, StoredAccount, StoredUser, Unlink,
};
use crate::email::EmailAddress;
use crate::spawn::BoxFuture;
use crate::time::Timestamp;

type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// [`AccountStore`] behind a pointer.
pub(crate) type ErasedStore = Arc<dyn DynStore>;

/// The operations that a sign-in needs, boxed.
pub(crate) trait DynStore: Send + Sync {
    fn user<'a>(&'a self, id: &'a str) -> Answer<'a, Option<StoredUser>>;

    fn user_by_email<'a>(&'a self, email: &'a EmailAddress) -> Answer<'a, Option<StoredUser>>;

    fn verify_email<'a>(
        &'a self,
        user_id: &'a str,
        email: &'a EmailAddress,
        at: Timestamp,
    ) -> Answer<'a, Option<StoredUser>>;

    fn create_user_with_account(
        &self,
        user: StoredUser,
        account: StoredAccount,
    ) -> Answer<'_, Creation>;

    fn user_by_account<'a>(&'a self, key: &'a AccountKey) -> Answer<'a, Option<StoredUser>>;

    fn link_account<'a>(&'a self, user_id: &'a str, account: StoredAccount) -> Answer<'a, Link>;

    fn update_account(&self, account: StoredAccount) -> Answer<'_, bool>;

    fn unlink_account<'a>(&'a self, user_id: &'a str, key: &'a AccountKey) -> Answer<'a, Unlink>;

    fn accounts_of<'a>(&'a self, user_id: &'a str) -> Answer<'a, Vec<StoredAccount>>;
}

impl<T: AccountStore> DynStore for T {
    fn user<'a>(&'a self, id: &'a str) -> Answer<'a, Option<StoredUser>> {
        Box::pin(self.user(id))
    }

    fn user_by_email<'a>(&'a self, email: &'a EmailAddress) -> Answer<'a, Option<StoredUser>> {
        Box::pin(self.user_by_email(email))
    }

    fn verify_email<'a>(
        &'a self,
        user_id: &'a str,
        email: &'a EmailAddress,
        at: Timestamp,
    ) -> Answer<'a, Option<StoredUser>> {
        Box::pin(self.verify_email(user_id, email, at))
    }

    fn create_user_with_account(
        &self,
        user: StoredUser,
        account: StoredAccount,
    ) -> Answer<'_, Creation> {
        Box::pin(self.create_user_with_account(user, account))
    }

    fn user_by_account<'a>(&'a self, key: &'a AccountKey) -> Answer<'a, Option<StoredUser>> {
        Box::pin(self.user_by_account(key))
    }

    fn link_account<'a>(&'a self, user_id: &'a str, account: StoredAccount) -> Answer<'a, Link> {
        Box::pin(self.link_account(user_id, account))
    }

    fn update_account(&self, account: StoredAccount) -> Answer<'_, bool> {
        Box::pin(self.update_account(account))
    }

    fn unlink_account<'a>(&'a self, user_id: &'a str, key: &'a AccountKey) -> Answer<'a, Unlink> {
        Box::pin(self.unlink_account(user_id, key))
    }

    fn accounts_of<'a>(&'a self, user_id: &'a str) -> Answer<'a, Vec<StoredAccount>> {
        Box::pin(self.accounts_of(user_id))
    }
}
