//! The rules for a store of users and accounts, one test each.
//!
//! [`store_conformance!`](crate::store_conformance!) writes the tests; the rules are functions that
//! panic where a store breaks them.

mod accounts;
mod at_once;
mod flow;
mod users;

use auth_core::EmailAddress;
use auth_core::store::{AccountKey, AccountStore, Creation, StoredAccount, StoredUser, UserStore};

pub use accounts::{
    a_user_is_created_with_their_account, an_account_belongs_to_one_user,
    an_account_is_found_by_exactly_its_key,
    an_address_that_is_taken_leaves_no_trace_of_the_account, linking_again_replaces_the_tokens,
    nobody_unlinks_the_account_of_another, nobody_unlinks_their_last_account,
    tokens_are_replaced_by_those_of_a_later_sign_in, updating_brings_no_account_back,
};
pub use at_once::{
    of_many_first_sign_ins_at_once_one_creates_the_user,
    of_many_new_users_with_one_address_at_once_one_is_created,
    of_many_users_who_link_one_account_at_once_one_gets_it,
    of_two_accounts_unlinked_at_once_one_stays,
};
pub use flow::two_sign_ins_of_a_new_person_at_once_make_one_user;
pub use users::{
    a_change_of_a_user_is_whole, a_changed_address_is_not_verified,
    a_deleted_user_takes_everything_along, a_user_is_found_as_they_were_created,
    an_address_belongs_to_one_user, an_address_is_verified_only_while_it_is_the_users,
    nobody_changes_their_address_to_that_of_another,
};

/// Tests that a store keeps the promises of [`auth_core::store`]. Takes a function, or a closure,
/// that makes an empty store: `async fn make_store() -> MyStore`. The store is `Clone`, and clones
/// share what they keep.
///
/// # Examples
/// ```
/// # mod store {
/// auth_dev::store_conformance!(async || auth_core::store::MemoryStore::new());
/// # }
/// ```
#[macro_export]
macro_rules! store_conformance {
    ($make_store:expr $(,)?) => {
        $crate::store_conformance!(@rules test $make_store);
    };
    (@rules $form:ident $make_store:expr) => {
        $crate::store_conformance! { @$form $make_store;
            a_change_of_a_user_is_whole
            a_changed_address_is_not_verified
            a_deleted_user_takes_everything_along
            a_user_is_created_with_their_account
            a_user_is_found_as_they_were_created
            an_account_belongs_to_one_user
            an_account_is_found_by_exactly_its_key
            an_address_belongs_to_one_user
            an_address_is_verified_only_while_it_is_the_users
            an_address_that_is_taken_leaves_no_trace_of_the_account
            linking_again_replaces_the_tokens
            nobody_changes_their_address_to_that_of_another
            nobody_unlinks_the_account_of_another
            nobody_unlinks_their_last_account
            of_many_first_sign_ins_at_once_one_creates_the_user
            of_many_new_users_with_one_address_at_once_one_is_created
            of_many_users_who_link_one_account_at_once_one_gets_it
            of_two_accounts_unlinked_at_once_one_stays
            tokens_are_replaced_by_those_of_a_later_sign_in
            two_sign_ins_of_a_new_person_at_once_make_one_user
            updating_brings_no_account_back
        }
    };
    (@test $make_store:expr; $($rule:ident)*) => {$(
        #[test]
        fn $rule() {
            $crate::store_conformance::run(async {
                $crate::store_conformance::$rule(&($make_store)().await).await;
            });
        }
    )*};
    (@list $make_store:expr; $($rule:ident)*) => {
        [$((stringify!($rule), Box::new(move || $crate::store_conformance::run(async {
            $crate::store_conformance::$rule(&($make_store)().await).await;
        })) as Box<dyn Fn()>)),*]
    };
}

/// Runs one rule.
#[doc(hidden)]
pub fn run(rule: impl Future<Output = ()>) {
    actix_web::rt::System::new().block_on(rule);
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("the addresses of the rules are addresses")
}

fn user(address: Option<&str>) -> StoredUser {
    let mut user = StoredUser::with_random_id();
    user.email = address.map(email);
    user
}

fn key(provider: &str, id: &str) -> AccountKey {
    AccountKey::new(provider, id)
}

/// An account with an access token that names the sign-in it comes from.
fn account(provider: &str, id: &str, token: &str) -> StoredAccount {
    let mut account = StoredAccount::new(key(provider, id));
    account.access_token = Some(token.into());
    account
}

/// Creates a user that nothing stands in the way of.
async fn create(store: &impl UserStore, user: StoredUser) -> StoredUser {
    match store.create_user(user).await {
        Ok(Creation::Created(user)) => user,
        other => panic!("a new user is created, not {other:?}"),
    }
}

/// Creates a user that nothing stands in the way of, with an account.
async fn create_with(
    store: &impl AccountStore,
    user: StoredUser,
    account: StoredAccount,
) -> StoredUser {
    match store.create_user_with_account(user, account).await {
        Ok(Creation::Created(user)) => user,
        other => panic!("a new user is created, not {other:?}"),
    }
}

async fn find(store: &impl UserStore, id: &str) -> Option<StoredUser> {
    store.user(id).await.expect("the store answers")
}

async fn holder(store: &impl UserStore, address: &str) -> Option<StoredUser> {
    let found = store.user_by_email(&email(address)).await;
    found.expect("the store answers")
}

async fn owner(store: &impl AccountStore, provider: &str, id: &str) -> Option<StoredUser> {
    let found = store.user_by_account(&key(provider, id)).await;
    found.expect("the store answers")
}

/// The keys and access tokens of a user's accounts, in the order of the keys.
async fn accounts(store: &impl AccountStore, user_id: &str) -> Vec<(AccountKey, String)> {
    let accounts = store.accounts_of(user_id).await;
    let accounts = accounts.expect("the store answers").into_iter();
    let mut accounts: Vec<_> = accounts
        .map(|account| {
            let token = account.access_token.map(|token| token.expose().clone());
            (account.key, token.unwrap_or_default())
        })
        .collect();
    accounts.sort();
    accounts
}
