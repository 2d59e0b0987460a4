//! The rules for stores: the store in memory keeps them, and a store that breaks one is caught.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use actix_web::rt::task::yield_now;
use auth_core::store::{
    AccountKey, AccountStore, Creation, Link, MemoryStore, StoreError, StoredAccount, StoredUser,
    Unlink, Update, UserStore,
};
use auth_core::{EmailAddress, Timestamp};

mod in_memory {
    auth_dev::store_conformance!(async || auth_core::store::MemoryStore::new());
}

/// What a store may do wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    CreatesInTwoSteps,
    LooksBeforeItCreates,
    DropsTheName,
    LetsTwoHaveOneAddress,
    LetsAnAddressBeTakenOver,
    UpdatesNobody,
    KeepsAChangedAddressVerified,
    VerifiesByAChange,
    VerifiesAnyAddress,
    KeepsTheAccountsOfTheDeleted,
    StealsAccounts,
    TellsOfTheAddressFirst,
    ForgetsTheAccount,
    LinksToWhoeverHasTheAddress,
    IgnoresTheProvider,
    IgnoresCase,
    ForgetsRefreshTokens,
    KeepsOldTokens,
    RevivesAccounts,
    UnlinksTheLast,
    UnlinksForAnybody,
}

/// A store that is right but for one fault.
#[derive(Clone)]
struct Faulty {
    inner: MemoryStore,
    fault: Fault,
    /// Accounts that should be gone.
    ghosts: Arc<Mutex<BTreeMap<AccountKey, StoredUser>>>,
}

impl Faulty {
    fn new(fault: Fault) -> Self {
        Self {
            inner: MemoryStore::new(),
            fault,
            ghosts: Arc::default(),
        }
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn key(&self, key: &AccountKey) -> AccountKey {
        let mut key = key.clone();
        if self.has(Fault::IgnoresTheProvider) {
            key.provider = "any".to_owned();
        }
        if self.has(Fault::IgnoresCase) {
            key.provider_account_id.make_ascii_lowercase();
        }
        key
    }

    fn account(&self, mut account: StoredAccount) -> StoredAccount {
        account.key = self.key(&account.key);
        account
    }
}

impl UserStore for Faulty {
    async fn create_user(&self, mut user: StoredUser) -> Result<Creation, StoreError> {
        if self.has(Fault::DropsTheName) {
            user.name = None;
        }
        if self.has(Fault::LooksBeforeItCreates) {
            let email = user.email.clone();
            if let Some(email) = &email
                && let Some(holder) = self.inner.user_by_email(email).await?
            {
                return Ok(Creation::EmailTaken(holder));
            }
            yield_now().await;
            return match self.inner.create_user(user.clone()).await? {
                Creation::EmailTaken(_) => Ok(Creation::Created(user)),
                creation => Ok(creation),
            };
        }
        match self.inner.create_user(user.clone()).await? {
            Creation::EmailTaken(_) if self.has(Fault::LetsTwoHaveOneAddress) => {
                Ok(Creation::Created(user))
            }
            creation => Ok(creation),
        }
    }

    async fn user(&self, id: &str) -> Result<Option<StoredUser>, StoreError> {
        self.inner.user(id).await
    }

    async fn user_by_email(&self, email: &EmailAddress) -> Result<Option<StoredUser>, StoreError> {
        self.inner.user_by_email(email).await
    }

    async fn update_user(&self, user: StoredUser) -> Result<Update, StoreError> {
        let before = self.inner.user(&user.id).await?;
        let before = before.and_then(|user| user.email_verified);
        let verified = match self.fault {
            Fault::KeepsAChangedAddressVerified => before,
            Fault::VerifiesByAChange => user.email_verified,
            _ => None,
        };
        let (id, email) = (user.id.clone(), user.email.clone());
        let update = self.inner.update_user(user).await?;
        if let (Some(email), Some(at)) = (email, verified) {
            self.inner.verify_email(&id, &email, at).await?;
        }
        match update {
            Update::EmailTaken if self.has(Fault::LetsAnAddressBeTakenOver) => Ok(Update::Updated),
            Update::NoSuchUser if self.has(Fault::UpdatesNobody) => Ok(Update::Updated),
            update => Ok(update),
        }
    }

    async fn verify_email(
        &self,
        user_id: &str,
        email: &EmailAddress,
        at: Timestamp,
    ) -> Result<Option<StoredUser>, StoreError> {
        let user = self.inner.user(user_id).await?;
        let email = match user.and_then(|user| user.email) {
            Some(any) if self.has(Fault::VerifiesAnyAddress) => any,
            _ => email.clone(),
        };
        self.inner.verify_email(user_id, &email, at).await
    }

    async fn delete_user(&self, id: &str) -> Result<bool, StoreError> {
        if self.has(Fault::KeepsTheAccountsOfTheDeleted)
            && let Some(user) = self.inner.user(id).await?
        {
            let accounts = self.inner.accounts_of(id).await?;
            let ghosts = accounts.into_iter().map(|it| (it.key, user.clone()));
            self.ghosts.lock().unwrap().extend(ghosts);
        }
        self.inner.delete_user(id).await
    }
}

impl AccountStore for Faulty {
    async fn create_user_with_account(
        &self,
        user: StoredUser,
        account: StoredAccount,
    ) -> Result<Creation, StoreError> {
        let account = self.account(account);
        if self.has(Fault::ForgetsTheAccount) {
            return self.inner.create_user(user).await;
        }
        if self.has(Fault::CreatesInTwoSteps) {
            if let Some(owner) = self.inner.user_by_account(&account.key).await? {
                return Ok(Creation::AccountTaken(owner));
            }
            yield_now().await;
            let creation = self.inner.create_user(user).await?;
            if let Creation::Created(user) = &creation {
                self.inner.link_account(&user.id, account).await?;
            }
            return Ok(creation);
        }
        if self.has(Fault::LinksToWhoeverHasTheAddress)
            && let Some(email) = &user.email
            && let Some(holder) = self.inner.user_by_email(email).await?
        {
            self.inner.link_account(&holder.id, account).await?;
            return Ok(Creation::EmailTaken(holder));
        }
        if self.has(Fault::TellsOfTheAddressFirst)
            && let Some(email) = &user.email
            && let Some(holder) = self.inner.user_by_email(email).await?
        {
            return Ok(Creation::EmailTaken(holder));
        }
        self.inner.create_user_with_account(user, account).await
    }

    async fn user_by_account(&self, key: &AccountKey) -> Result<Option<StoredUser>, StoreError> {
        let ghost = self.ghosts.lock().unwrap().get(key).cloned();
        match ghost {
            Some(ghost) => Ok(Some(ghost)),
            None => self.inner.user_by_account(&self.key(key)).await,
        }
    }

    async fn link_account(
        &self,
        user_id: &str,
        account: StoredAccount,
    ) -> Result<Link, StoreError> {
        let known = self.inner.user_by_account(&account.key).await?;
        if self.has(Fault::KeepsOldTokens) && known.is_some() {
            return Ok(Link::Linked);
        }
        let account = self.account(account);
        match self.inner.link_account(user_id, account).await? {
            Link::Taken(_) if self.has(Fault::StealsAccounts) => Ok(Link::Linked),
            link => Ok(link),
        }
    }

    async fn update_account(&self, account: StoredAccount) -> Result<bool, StoreError> {
        if self.has(Fault::KeepsOldTokens) {
            let owner = self.inner.user_by_account(&account.key).await?;
            return Ok(owner.is_some());
        }
        let known = self.inner.update_account(self.account(account)).await?;
        Ok(known || self.has(Fault::RevivesAccounts))
    }

    async fn unlink_account(&self, user_id: &str, key: &AccountKey) -> Result<Unlink, StoreError> {
        let key = self.key(key);
        if self.has(Fault::UnlinksForAnybody)
            && let Some(owner) = self.inner.user_by_account(&key).await?
        {
            return self.inner.unlink_account(&owner.id, &key).await;
        }
        match self.inner.unlink_account(user_id, &key).await? {
            Unlink::LastAccount if self.has(Fault::UnlinksTheLast) => Ok(Unlink::Unlinked),
            unlink => Ok(unlink),
        }
    }

    async fn accounts_of(&self, user_id: &str) -> Result<Vec<StoredAccount>, StoreError> {
        let mut accounts = self.inner.accounts_of(user_id).await?;
        if self.has(Fault::ForgetsRefreshTokens) {
            for account in &mut accounts {
                account.refresh_token = None;
            }
        }
        Ok(accounts)
    }
}

/// All rules, each ready to be tried on a store with this fault.
macro_rules! rules {
    ($fault:expr) => {{
        let fault = $fault;
        auth_dev::store_conformance!(@rules list async || Faulty::new(fault))
    }};
}

#[test]
fn every_rule_catches_a_store_that_breaks_it() {
    #[rustfmt::skip]
    let expected = [
        (Fault::CreatesInTwoSteps, "of_many_first_sign_ins_at_once_one_creates_the_user"),
        (Fault::CreatesInTwoSteps, "two_sign_ins_of_a_new_person_at_once_make_one_user"),
        (Fault::LooksBeforeItCreates, "of_many_new_users_with_one_address_at_once_one_is_created"),
        (Fault::DropsTheName, "a_user_is_found_as_they_were_created"),
        (Fault::LetsTwoHaveOneAddress, "an_address_belongs_to_one_user"),
        (Fault::LetsAnAddressBeTakenOver, "nobody_changes_their_address_to_that_of_another"),
        (Fault::UpdatesNobody, "a_change_of_a_user_is_whole"),
        (Fault::KeepsAChangedAddressVerified, "a_changed_address_is_not_verified"),
        (Fault::VerifiesByAChange, "a_changed_address_is_not_verified"),
        (Fault::VerifiesAnyAddress, "an_address_is_verified_only_while_it_is_the_users"),
        (Fault::KeepsTheAccountsOfTheDeleted, "a_deleted_user_takes_everything_along"),
        (Fault::StealsAccounts, "an_account_belongs_to_one_user"),
        (Fault::StealsAccounts, "of_many_users_who_link_one_account_at_once_one_gets_it"),
        (Fault::TellsOfTheAddressFirst, "an_account_belongs_to_one_user"),
        (Fault::ForgetsTheAccount, "a_user_is_created_with_their_account"),
        (Fault::LinksToWhoeverHasTheAddress, "an_address_that_is_taken_leaves_no_trace_of_the_account"),
        (Fault::IgnoresTheProvider, "an_account_is_found_by_exactly_its_key"),
        (Fault::IgnoresCase, "an_account_is_found_by_exactly_its_key"),
        (Fault::ForgetsRefreshTokens, "tokens_are_replaced_by_those_of_a_later_sign_in"),
        (Fault::KeepsOldTokens, "tokens_are_replaced_by_those_of_a_later_sign_in"),
        (Fault::KeepsOldTokens, "linking_again_replaces_the_tokens"),
        (Fault::RevivesAccounts, "updating_brings_no_account_back"),
        (Fault::UnlinksTheLast, "nobody_unlinks_their_last_account"),
        (Fault::UnlinksTheLast, "of_two_accounts_unlinked_at_once_one_stays"),
        (Fault::UnlinksForAnybody, "nobody_unlinks_the_account_of_another"),
    ];
    for (fault, name) in expected {
        let rules = rules!(fault);
        let rule = rules.iter().find(|(known, _)| *known == name);
        let (_, rule) = rule.unwrap_or_else(|| panic!("{name} is no rule"));
        let outcome = catch_unwind(AssertUnwindSafe(rule));
        assert!(outcome.is_err(), "{name} does not notice {fault:?}");
    }
    let tried: BTreeSet<_> = expected.into_iter().map(|(_, name)| name).collect();
    let all: BTreeSet<_> = rules!(Fault::IgnoresCase)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(tried, all);
}
