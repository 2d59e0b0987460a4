//! Rules for accounts.

use auth_core::Timestamp;
use auth_core::store::{AccountStore, Creation, Link, Unlink};

use super::{account, accounts, create, create_with, find, key, owner, user};

/// The user and the account are there together.
pub async fn a_user_is_created_with_their_account(store: &impl AccountStore) {
    let ada = user(Some("ada@example.com"));
    let ada = create_with(store, ada, account("github", "1", "first")).await;
    assert_eq!(find(store, &ada.id).await, Some(ada.clone()));
    assert_eq!(owner(store, "github", "1").await, Some(ada.clone()));
    let known = accounts(store, &ada.id).await;
    assert_eq!(known, [(key("github", "1"), "first".to_owned())]);
    assert_eq!(accounts(store, "nobody").await, []);
}

/// Nobody is created with an account that somebody has, nor can it be linked to anybody else. Who
/// has the account is told before who has the address.
pub async fn an_account_belongs_to_one_user(store: &impl AccountStore) {
    let ada = user(Some("ada@example.com"));
    let ada = create_with(store, ada, account("github", "1", "first")).await;
    for address in [Some("eve@example.com"), Some("ada@example.com"), None] {
        let eve = user(address);
        let creation =
            store.create_user_with_account(eve.clone(), account("github", "1", "stolen"));
        assert_eq!(
            creation.await.expect("the store answers"),
            Creation::AccountTaken(ada.clone()),
            "{address:?}"
        );
        assert_eq!(find(store, &eve.id).await, None);
    }
    let eve = create(store, user(Some("eve@example.com"))).await;
    let link = store.link_account(&eve.id, account("github", "1", "stolen"));
    assert_eq!(
        link.await.expect("the store answers"),
        Link::Taken(ada.clone())
    );
    assert_eq!(owner(store, "github", "1").await, Some(ada.clone()));
    let known = accounts(store, &ada.id).await;
    assert_eq!(known, [(key("github", "1"), "first".to_owned())]);
    assert_eq!(accounts(store, &eve.id).await, []);
}

/// A provider's key says nothing at another provider, and its case counts.
pub async fn an_account_is_found_by_exactly_its_key(store: &impl AccountStore) {
    let accounts = [("github", "Ada"), ("github", "ada"), ("google", "Ada")];
    let mut users = Vec::new();
    for (provider, id) in accounts {
        users.push(create_with(store, user(None), account(provider, id, "first")).await);
    }
    for ((provider, id), user) in accounts.into_iter().zip(users) {
        assert_eq!(owner(store, provider, id).await, Some(user));
    }
    assert_eq!(owner(store, "google", "ada").await, None);
    assert_eq!(owner(store, "github", "Ada ").await, None);
}

/// Where the user cannot be created for their address, the account is nobody's.
pub async fn an_address_that_is_taken_leaves_no_trace_of_the_account(store: &impl AccountStore) {
    let ada = create(store, user(Some("ada@example.com"))).await;
    let other = user(Some("ada@example.com"));
    let creation = store.create_user_with_account(other.clone(), account("github", "1", "first"));
    assert_eq!(
        creation.await.expect("the store answers"),
        Creation::EmailTaken(ada.clone())
    );
    assert_eq!(find(store, &other.id).await, None);
    assert_eq!(owner(store, "github", "1").await, None);
    assert_eq!(accounts(store, &ada.id).await, []);
}

/// An account is linked once, and to users that there are.
pub async fn linking_again_replaces_the_tokens(store: &impl AccountStore) {
    let ada = create(store, user(None)).await;
    for token in ["first", "second"] {
        let link = store.link_account(&ada.id, account("github", "1", token));
        assert_eq!(link.await.expect("the store answers"), Link::Linked);
        let known = accounts(store, &ada.id).await;
        assert_eq!(known, [(key("github", "1"), token.to_owned())]);
    }
    let link = store.link_account("nobody", account("google", "1", "first"));
    assert_eq!(link.await.expect("the store answers"), Link::NoSuchUser);
    assert_eq!(owner(store, "google", "1").await, None);
}

/// All that a later sign-in says replaces what an earlier one said; only a refresh token stays
/// where the later one has none.
pub async fn tokens_are_replaced_by_those_of_a_later_sign_in(store: &impl AccountStore) {
    let mut first = account("github", "1", "access 1");
    first.refresh_token = Some("refresh 1".into());
    first.id_token = Some("id 1".into());
    first.expires_at = Some(Timestamp::from_unix(1_800_000_000));
    first.scope = Some("openid email".into());
    first.session_state = Some("state 1".into());
    let ada = create_with(store, user(None), first).await;
    let stored = async || {
        let accounts = store.accounts_of(&ada.id).await.expect("the store answers");
        let [account] = &accounts[..] else {
            panic!("there is one account, not {accounts:?}");
        };
        let shown = |token: &Option<auth_core::Secret<String>>| {
            token.as_ref().map(|token| token.expose().clone())
        };
        let tokens = [
            shown(&account.access_token),
            shown(&account.refresh_token),
            shown(&account.id_token),
            account.scope.clone(),
            account.session_state.clone(),
        ];
        (
            tokens.map(Option::unwrap_or_default).join(", "),
            account.expires_at,
        )
    };
    let (tokens, expires_at) = stored().await;
    assert_eq!(tokens, "access 1, refresh 1, id 1, openid email, state 1");
    assert_eq!(expires_at, Some(Timestamp::from_unix(1_800_000_000)));

    let second = account("github", "1", "access 2");
    assert!(
        store
            .update_account(second)
            .await
            .expect("the store answers")
    );
    assert_eq!(stored().await, ("access 2, refresh 1, , , ".into(), None));
    let mut third = account("github", "1", "access 3");
    third.refresh_token = Some("refresh 3".into());
    assert!(
        store
            .update_account(third)
            .await
            .expect("the store answers")
    );
    assert_eq!(stored().await.0, "access 3, refresh 3, , , ");
}

/// An account that was unlinked stays so when a sign-in with it ends only then.
pub async fn updating_brings_no_account_back(store: &impl AccountStore) {
    let ada = create_with(store, user(None), account("github", "1", "first")).await;
    let link = store.link_account(&ada.id, account("google", "1", "first"));
    assert_eq!(link.await.expect("the store answers"), Link::Linked);
    let unlink = store.unlink_account(&ada.id, &key("github", "1")).await;
    assert_eq!(unlink.expect("the store answers"), Unlink::Unlinked);
    let late = account("github", "1", "second");
    assert!(!store.update_account(late).await.expect("the store answers"));
    assert_eq!(owner(store, "github", "1").await, None);
    let known = accounts(store, &ada.id).await;
    assert_eq!(known, [(key("google", "1"), "first".to_owned())]);
}

/// Somebody without an account could not come back.
pub async fn nobody_unlinks_their_last_account(store: &impl AccountStore) {
    let ada = create_with(store, user(None), account("github", "1", "first")).await;
    let last = store.unlink_account(&ada.id, &key("github", "1")).await;
    assert_eq!(last.expect("the store answers"), Unlink::LastAccount);
    assert_eq!(owner(store, "github", "1").await, Some(ada.clone()));
    let link = store.link_account(&ada.id, account("google", "1", "first"));
    assert_eq!(link.await.expect("the store answers"), Link::Linked);
    let one = store.unlink_account(&ada.id, &key("github", "1")).await;
    assert_eq!(one.expect("the store answers"), Unlink::Unlinked);
    assert_eq!(owner(store, "github", "1").await, None);
    let last = store.unlink_account(&ada.id, &key("google", "1")).await;
    assert_eq!(last.expect("the store answers"), Unlink::LastAccount);
}

/// An account is unlinked from the user who has it, or not at all.
pub async fn nobody_unlinks_the_account_of_another(store: &impl AccountStore) {
    let ada = create_with(store, user(None), account("github", "ada", "first")).await;
    let eve = create_with(store, user(None), account("github", "eve", "first")).await;
    for user in [&ada, &eve] {
        let id = if user.id == ada.id { "ada" } else { "eve" };
        let link = store.link_account(&user.id, account("google", id, "first"));
        assert_eq!(link.await.expect("the store answers"), Link::Linked);
    }
    for other in [key("github", "ada"), key("github", "nobody")] {
        let unlink = store.unlink_account(&eve.id, &other).await;
        assert_eq!(unlink.expect("the store answers"), Unlink::NoSuchAccount);
    }
    assert_eq!(owner(store, "github", "ada").await, Some(ada));
}
