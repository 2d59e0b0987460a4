//! [`MemoryStore`]: users in the memory of this process.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    AccountKey, AccountStore, Creation, Link, StoreError, StoredAccount, StoredUser, Unlink,
    Update, UserStore,
};
use crate::email::EmailAddress;
use crate::time::Timestamp;

/// Keeps users and accounts in memory, for development and tests: all is gone with the process, and
/// no other process knows of it. Clones share what they keep.
///
/// # Examples
/// ```
/// use auth_core::store::{MemoryStore, StoredUser, UserStore};
///
/// # async fn example() -> Result<(), auth_core::store::StoreError> {
/// let users = MemoryStore::new();
/// users.create_user(StoredUser::with_random_id()).await?;
/// // Auth::builder().users(users.clone())
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Tables>>);

/// Every operation holds the lock from its first look to its last change, and never awaits.
#[derive(Default)]
struct Tables {
    users: HashMap<String, StoredUser>,
    accounts: BTreeMap<AccountKey, Row>,
}

struct Row {
    user_id: String,
    account: StoredAccount,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl Tables {
    fn holder(&self, email: Option<&EmailAddress>) -> Option<&StoredUser> {
        let email = email?;
        self.users
            .values()
            .find(|user| user.email.as_ref() == Some(email))
    }

    fn owner(&self, key: &AccountKey) -> Option<&StoredUser> {
        self.users.get(&self.accounts.get(key)?.user_id)
    }

    fn create(&mut self, user: StoredUser) -> Creation {
        if let Some(holder) = self.holder(user.email.as_ref()) {
            return Creation::EmailTaken(holder.clone());
        }
        self.users.insert(user.id.clone(), user.clone());
        Creation::Created(user)
    }
}

impl UserStore for MemoryStore {
    async fn create_user(&self, user: StoredUser) -> Result<Creation, StoreError> {
        Ok(self.lock().create(user))
    }

    async fn user(&self, id: &str) -> Result<Option<StoredUser>, StoreError> {
        Ok(self.lock().users.get(id).cloned())
    }

    async fn user_by_email(&self, email: &EmailAddress) -> Result<Option<StoredUser>, StoreError> {
        Ok(self.lock().holder(Some(email)).cloned())
    }

    async fn update_user(&self, user: StoredUser) -> Result<Update, StoreError> {
        let mut tables = self.lock();
        let Some(known) = tables.users.get(&user.id) else {
            return Ok(Update::NoSuchUser);
        };
        let stays = known.email == user.email;
        let email_verified = known.email_verified.filter(|_| stays);
        let holder = tables.holder(user.email.as_ref());
        if holder.is_some_and(|holder| holder.id != user.id) {
            return Ok(Update::EmailTaken);
        }
        let user = StoredUser {
            email_verified,
            ..user
        };
        tables.users.insert(user.id.clone(), user);
        Ok(Update::Updated)
    }

    async fn verify_email(
        &self,
        user_id: &str,
        email: &EmailAddress,
        at: Timestamp,
    ) -> Result<Option<StoredUser>, StoreError> {
        let mut tables = self.lock();
        let user = tables.users.get_mut(user_id);
        Ok(user
            .filter(|user| user.email.as_ref() == Some(email))
            .map(|user| {
                user.email_verified = Some(at);
                user.clone()
            }))
    }

    async fn delete_user(&self, id: &str) -> Result<bool, StoreError> {
        let mut tables = self.lock();
        tables.accounts.retain(|_, row| row.user_id != id);
        Ok(tables.users.remove(id).is_some())
    }
}

impl AccountStore for MemoryStore {
    async fn create_user_with_account(
        &self,
        user: StoredUser,
        account: StoredAccount,
    ) -> Result<Creation, StoreError> {
        let mut tables = self.lock();
        if let Some(owner) = tables.owner(&account.key) {
            return Ok(Creation::AccountTaken(owner.clone()));
        }
        let creation = tables.create(user);
        if let Creation::Created(user) = &creation {
            let user_id = user.id.clone();
            let key = account.key.clone();
            tables.accounts.insert(key, Row { user_id, account });
        }
        Ok(creation)
    }

    async fn user_by_account(&self, key: &AccountKey) -> Result<Option<StoredUser>, StoreError> {
        Ok(self.lock().owner(key).cloned())
    }

    async fn link_account(
        &self,
        user_id: &str,
        account: StoredAccount,
    ) -> Result<Link, StoreError> {
        let mut tables = self.lock();
        if !tables.users.contains_key(user_id) {
            return Ok(Link::NoSuchUser);
        }
        match tables.owner(&account.key).cloned() {
            Some(owner) if owner.id != user_id => return Ok(Link::Taken(owner)),
            Some(_) => tables.replace_tokens(account),
            None => {
                let user_id = user_id.to_owned();
                let key = account.key.clone();
                tables.accounts.insert(key, Row { user_id, account });
            }
        }
        Ok(Link::Linked)
    }

    async fn update_account(&self, account: StoredAccount) -> Result<bool, StoreError> {
        let mut tables = self.lock();
        let known = tables.accounts.contains_key(&account.key);
        tables.replace_tokens(account);
        Ok(known)
    }

    async fn unlink_account(&self, user_id: &str, key: &AccountKey) -> Result<Unlink, StoreError> {
        let mut tables = self.lock();
        if tables.owner(key).is_none_or(|owner| owner.id != user_id) {
            return Ok(Unlink::NoSuchAccount);
        }
        let rows = tables.accounts.values();
        if rows.filter(|row| row.user_id == user_id).count() == 1 {
            return Ok(Unlink::LastAccount);
        }
        tables.accounts.remove(key);
        Ok(Unlink::Unlinked)
    }

    async fn accounts_of(&self, user_id: &str) -> Result<Vec<StoredAccount>, StoreError> {
        let tables = self.lock();
        let rows = tables.accounts.values();
        Ok(rows
            .filter(|row| row.user_id == user_id)
            .map(|row| row.account.clone())
            .collect())
    }
}

impl Tables {
    /// Replaces the tokens of an account that somebody has.
    fn replace_tokens(&mut self, account: StoredAccount) {
        if let Some(row) = self.accounts.get_mut(&account.key) {
            let refresh_token = account
                .refresh_token
                .clone()
                .or_else(|| row.account.refresh_token.take());
            row.account = StoredAccount {
                refresh_token,
                ..account
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;
    use crate::testing::block_on;

    #[test]
    fn threads_that_create_one_user_at_once_create_one() {
        const THREADS: usize = 8;
        let (store, start) = (MemoryStore::new(), Barrier::new(THREADS));
        let key = AccountKey::new("github", "1");
        let first_sign_in = || {
            start.wait();
            let (user, account) = (
                StoredUser::with_random_id(),
                StoredAccount::new(key.clone()),
            );
            block_on(store.create_user_with_account(user, account)).unwrap()
        };
        let creations: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(first_sign_in)).collect();
            let creations = threads.into_iter().map(|thread| thread.join().unwrap());
            creations.collect()
        });
        let owner = block_on(store.user_by_account(&key)).unwrap().unwrap();
        let created = Creation::Created(owner.clone());
        let taken = Creation::AccountTaken(owner);
        let count = |outcome| creations.iter().filter(|it| **it == outcome).count();
        assert_eq!((count(created), count(taken)), (1, THREADS - 1));
        assert_eq!(store.lock().users.len(), 1);
    }

    #[test]
    fn debug_shows_no_token_and_no_address() {
        let mut account = StoredAccount::new(AccountKey::new("github", "1"));
        account.access_token = Some("CANARY".into());
        account.refresh_token = Some("CANARY".into());
        account.id_token = Some("CANARY".into());
        let mut user = StoredUser::with_random_id();
        user.email = EmailAddress::parse("canary@example.com");
        let shown = format!("{account:?} {user:?} {:?}", Creation::Created(user.clone()));
        assert!(
            !shown.contains("CANARY") && !shown.contains("canary"),
            "{shown}"
        );
    }
}
