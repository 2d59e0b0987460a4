//! Where users and their accounts are kept: traits for any database, and [`MemoryStore`].
//!
//! Every method is one whole operation. Two sign-ins may arrive in the same moment, on two servers;
//! that no user is made twice and no account belongs to two people rests on what each method
//! promises about that, and `auth_dev::store_conformance!` tries. In SQL a unique constraint on the
//! e-mail address, a primary key of provider and account id, and one transaction are enough.

pub(crate) mod erased;
mod error;
mod memory;
mod record;

use std::future::Future;

pub use error::StoreError;
pub use memory::MemoryStore;
pub use record::{AccountKey, StoredAccount, StoredUser};

use crate::email::EmailAddress;
use crate::time::Timestamp;

/// Keeps users.
///
/// Absence is `Ok(None)`, never an error. Methods may be written as `async fn`.
pub trait UserStore: Send + Sync + 'static {
    /// Adds `user`, unless somebody has their e-mail address.
    ///
    /// The id of `user` is new and random. A store that numbers its rows uses its own number and
    /// returns the user with that.
    ///
    /// Atomic: of two calls with one address, one creates and the other is told who has it.
    fn create_user(
        &self,
        user: StoredUser,
    ) -> impl Future<Output = Result<Creation, StoreError>> + Send;

    /// The user with this id.
    fn user(&self, id: &str)
    -> impl Future<Output = Result<Option<StoredUser>, StoreError>> + Send;

    /// The user with this address.
    fn user_by_email(
        &self,
        email: &EmailAddress,
    ) -> impl Future<Output = Result<Option<StoredUser>, StoreError>> + Send;

    /// Replaces the name, e-mail address and picture of the user with the id of `user`, unless
    /// somebody else has the address. For the application: a sign-in never calls it.
    ///
    /// `email_verified` of `user` is not looked at: an address that stays is as verified as it was,
    /// and a new one is not, until [`verify_email`](Self::verify_email) says so.
    ///
    /// Atomic: an address belongs to one user at any time.
    fn update_user(
        &self,
        user: StoredUser,
    ) -> impl Future<Output = Result<Update, StoreError>> + Send;

    /// Writes down that the address of this user is verified since `at`. Returns the user; `None`,
    /// and nothing is changed, if there is no such user or their address is not `email`.
    ///
    /// Atomic: an address that is changed in the same moment is never marked.
    fn verify_email(
        &self,
        user_id: &str,
        email: &EmailAddress,
        at: Timestamp,
    ) -> impl Future<Output = Result<Option<StoredUser>, StoreError>> + Send;

    /// Removes the user and everything that belongs to them, accounts included. Whether there was
    /// one.
    ///
    /// Atomic: no account is left without its user. Sessions in encrypted cookies are not in the
    /// store and go on until they expire: end them in the `jwt` callback.
    fn delete_user(&self, id: &str) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

/// Keeps which account at which provider belongs to which user. An account has one user at most.
pub trait AccountStore: UserStore {
    /// Adds `user` with `account`, or neither: somebody may have the account, or the address.
    /// [`Creation::AccountTaken`] goes before [`Creation::EmailTaken`].
    ///
    /// Atomic: of two calls with one account, one creates and the other is told the user that the
    /// first made. Nobody ever sees the user without the account.
    fn create_user_with_account(
        &self,
        user: StoredUser,
        account: StoredAccount,
    ) -> impl Future<Output = Result<Creation, StoreError>> + Send;

    /// The user to whom this account belongs.
    fn user_by_account(
        &self,
        key: &AccountKey,
    ) -> impl Future<Output = Result<Option<StoredUser>, StoreError>> + Send;

    /// Gives `account` to this user, or replaces its tokens if they have it.
    ///
    /// Atomic: of two calls for two users, one links and the other is refused.
    fn link_account(
        &self,
        user_id: &str,
        account: StoredAccount,
    ) -> impl Future<Output = Result<Link, StoreError>> + Send;

    /// Replaces the tokens of an account that somebody has; whether somebody does. A refresh token
    /// that `account` lacks stays as it was: many providers give one at the first sign-in only.
    ///
    /// Atomic: an account that is unlinked in the same moment does not come back.
    fn update_account(
        &self,
        account: StoredAccount,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Takes the account from this user, unless it is their last.
    ///
    /// Atomic: of two calls for the last two accounts, one is refused.
    fn unlink_account(
        &self,
        user_id: &str,
        key: &AccountKey,
    ) -> impl Future<Output = Result<Unlink, StoreError>> + Send;

    /// The accounts of this user; none if there is no such user.
    fn accounts_of(
        &self,
        user_id: &str,
    ) -> impl Future<Output = Result<Vec<StoredAccount>, StoreError>> + Send;
}

/// What came of creating a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// The user is new.
    Created(StoredUser),
    /// The account belongs to this user already, and nothing was created.
    AccountTaken(StoredUser),
    /// The e-mail address belongs to this user already, and nothing was created.
    EmailTaken(StoredUser),
}

/// What came of changing a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// The user is as asked for.
    Updated,
    /// There is no user with this id.
    NoSuchUser,
    /// Somebody else has the e-mail address, and nothing was changed.
    EmailTaken,
}

/// What came of giving an account to a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The user has the account.
    Linked,
    /// It belongs to this other user, and nothing was changed.
    Taken(StoredUser),
    /// There is no user with this id.
    NoSuchUser,
}

/// What came of taking an account from a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlink {
    /// The user has the account no more.
    Unlinked,
    /// It is the user's last way in, and stays.
    LastAccount,
    /// The user has no such account.
    NoSuchAccount,
}
