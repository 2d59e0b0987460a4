//! Rules for what happens in the same moment. Whoever looks first and writes afterwards, without a
//! transaction in between, breaks them.

use std::iter::zip;

use auth_core::store::{AccountStore, Creation, Link, Unlink, UserStore};
use futures_util::future::join_all;

use super::{account, accounts, create, create_with, find, holder, key, owner, user};

const MANY: usize = 8;

/// The first sign-in of a new person, in eight tabs: one user, and each tab is told who.
pub async fn of_many_first_sign_ins_at_once_one_creates_the_user(store: &impl AccountStore) {
    // Without an address, so that the account alone tells them apart.
    let users = [(); MANY].map(|()| user(None));
    let creations = users.clone().map(|user| {
        let account = account("github", "1", "first");
        store.create_user_with_account(user, account)
    });
    let outcomes: Vec<_> = join_all(creations).await;
    let outcomes: Vec<_> = outcomes
        .into_iter()
        .map(|it| it.expect("the store answers"))
        .collect();
    let owner = owner(store, "github", "1").await;
    let owner = owner.expect("somebody has the account");
    let is_creation = |outcome: &&Creation| matches!(outcome, Creation::Created(_));
    assert_eq!(outcomes.iter().filter(is_creation).count(), 1);
    for (user, outcome) in zip(users, outcomes) {
        match outcome {
            Creation::Created(created) => assert_eq!(created, owner),
            Creation::AccountTaken(taken) => {
                assert_eq!(taken, owner);
                assert_eq!(find(store, &user.id).await, None, "a user without a way in");
            }
            Creation::EmailTaken(_) => panic!("nobody here has an address"),
        }
    }
    assert_eq!(accounts(store, &owner.id).await.len(), 1);
}

/// Eight people who claim one address: one gets it.
pub async fn of_many_new_users_with_one_address_at_once_one_is_created(store: &impl UserStore) {
    let creations = [(); MANY].map(|()| store.create_user(user(Some("ada@example.com"))));
    let outcomes: Vec<_> = join_all(creations).await;
    let outcomes: Vec<_> = outcomes
        .into_iter()
        .map(|it| it.expect("the store answers"))
        .collect();
    let holder = holder(store, "ada@example.com").await;
    let holder = holder.expect("somebody has the address");
    let expected = |outcome: &&Creation| **outcome == Creation::Created(holder.clone());
    assert_eq!(outcomes.iter().filter(expected).count(), 1);
    let taken = |outcome: &&Creation| **outcome == Creation::EmailTaken(holder.clone());
    assert_eq!(outcomes.iter().filter(taken).count(), MANY - 1);
}

/// Eight users who link one account: one gets it.
pub async fn of_many_users_who_link_one_account_at_once_one_gets_it(store: &impl AccountStore) {
    let mut users = Vec::new();
    for _ in 0..MANY {
        users.push(create(store, user(None)).await);
    }
    let links = users
        .iter()
        .map(|user| store.link_account(&user.id, account("github", "1", "first")));
    let outcomes: Vec<_> = join_all(links).await;
    let outcomes: Vec<_> = outcomes
        .into_iter()
        .map(|it| it.expect("the store answers"))
        .collect();
    let owner = owner(store, "github", "1").await;
    let owner = owner.expect("somebody has the account");
    for (user, outcome) in zip(users, outcomes) {
        if user == owner {
            assert_eq!(outcome, Link::Linked);
        } else {
            assert_eq!(outcome, Link::Taken(owner.clone()));
        }
    }
}

/// Two ways in, both removed in the same moment: one stays.
pub async fn of_two_accounts_unlinked_at_once_one_stays(store: &impl AccountStore) {
    let ada = create_with(store, user(None), account("github", "1", "first")).await;
    let link = store.link_account(&ada.id, account("google", "1", "first"));
    assert_eq!(link.await.expect("the store answers"), Link::Linked);
    let keys = [key("github", "1"), key("google", "1")];
    let unlinks = keys.iter().map(|key| store.unlink_account(&ada.id, key));
    let outcomes: Vec<_> = join_all(unlinks).await;
    let mut outcomes: Vec<_> = outcomes
        .into_iter()
        .map(|it| it.expect("the store answers"))
        .collect();
    outcomes.sort_by_key(|outcome| *outcome != Unlink::Unlinked);
    assert_eq!(outcomes, [Unlink::Unlinked, Unlink::LastAccount]);
    assert_eq!(accounts(store, &ada.id).await.len(), 1);
}
