//! Rules for users.

use auth_core::Timestamp;
use auth_core::store::{AccountStore, Creation, Link, Update, UserStore};

use super::{account, accounts, create, create_with, email, find, holder, owner, user};

/// What is created is what is found, by id and by e-mail address; what is not there is `None`.
pub async fn a_user_is_found_as_they_were_created(store: &impl UserStore) {
    let mut ada = user(Some("ada@example.com"));
    ada.name = Some("Ada Admin".into());
    ada.image = Some("https://example.com/ada.png".into());
    ada.email_verified = Some(Timestamp::from_unix(1_800_000_000));
    let created = create(store, ada.clone()).await;
    ada.id.clone_from(&created.id);
    assert!(!created.id.is_empty());
    assert_eq!(created, ada);
    assert_eq!(find(store, &ada.id).await, Some(ada.clone()));
    assert_eq!(holder(store, "ada@example.com").await, Some(ada));
    assert_eq!(find(store, "nobody").await, None);
    assert_eq!(holder(store, "nobody@example.com").await, None);
}

/// Nobody is created with an address that somebody has. Any number of users have none.
pub async fn an_address_belongs_to_one_user(store: &impl UserStore) {
    let ada = create(store, user(Some("ada@example.com"))).await;
    let other = user(Some("ada@example.com"));
    let creation = store.create_user(other.clone()).await;
    assert_eq!(
        creation.expect("the store answers"),
        Creation::EmailTaken(ada.clone())
    );
    assert_eq!(find(store, &other.id).await, None);
    assert_eq!(holder(store, "ada@example.com").await, Some(ada));
    let (one, two) = (
        create(store, user(None)).await,
        create(store, user(None)).await,
    );
    assert_ne!(one.id, two.id);
}

/// A change replaces all there is, and frees the address that it removes.
pub async fn a_change_of_a_user_is_whole(store: &impl UserStore) {
    let mut ada = create(store, user(Some("ada@example.com"))).await;
    ada.name = Some("Ada".into());
    let update = store.update_user(ada.clone()).await;
    assert_eq!(
        update.expect("the store answers"),
        Update::Updated,
        "one may keep an address"
    );
    ada.email = Some(email("ada@example.org"));
    let update = store.update_user(ada.clone()).await;
    assert_eq!(update.expect("the store answers"), Update::Updated);
    assert_eq!(find(store, &ada.id).await, Some(ada.clone()));
    assert_eq!(holder(store, "ada@example.com").await, None);
    assert_eq!(holder(store, "ada@example.org").await, Some(ada));
    let update = store.update_user(user(None)).await;
    assert_eq!(update.expect("the store answers"), Update::NoSuchUser);
}

/// A change to an address that somebody else has changes nothing.
pub async fn nobody_changes_their_address_to_that_of_another(store: &impl UserStore) {
    let ada = create(store, user(Some("ada@example.com"))).await;
    let eve = create(store, user(Some("eve@example.com"))).await;
    let mut changed = eve.clone();
    changed.email.clone_from(&ada.email);
    let update = store.update_user(changed).await;
    assert_eq!(update.expect("the store answers"), Update::EmailTaken);
    assert_eq!(find(store, &eve.id).await, Some(eve));
    assert_eq!(holder(store, "ada@example.com").await, Some(ada));
}

/// An address that stays is as verified as it was, and a new one is not, whatever the change says.
pub async fn a_changed_address_is_not_verified(store: &impl UserStore) {
    let at = Timestamp::from_unix(1_800_000_000);
    let (old, new) = (email("old@example.com"), email("new@example.com"));
    let mut ada = create(store, user(Some("old@example.com"))).await;
    store
        .verify_email(&ada.id, &old, at)
        .await
        .expect("the store answers");
    assert_eq!(ada.email_verified, None, "the change knows nothing of it");
    ada.name = Some("Ada".into());
    assert_eq!(
        store
            .update_user(ada.clone())
            .await
            .expect("the store answers"),
        Update::Updated
    );
    let stored = find(store, &ada.id).await.expect("the user is there");
    assert_eq!(
        (stored.name, stored.email_verified),
        (ada.name.clone(), Some(at))
    );
    ada.email = Some(new.clone());
    ada.email_verified = Some(at);
    assert_eq!(
        store
            .update_user(ada.clone())
            .await
            .expect("the store answers"),
        Update::Updated
    );
    let stored = find(store, &ada.id).await.expect("the user is there");
    assert_eq!((stored.email, stored.email_verified), (Some(new), None));
}

/// An address that the user has changed since is not marked as verified.
pub async fn an_address_is_verified_only_while_it_is_the_users(store: &impl UserStore) {
    let at = Timestamp::from_unix(1_800_000_000);
    let (old, new) = (email("old@example.com"), email("new@example.com"));
    let mut ada = create(store, user(Some("new@example.com"))).await;
    let of_old = store.verify_email(&ada.id, &old, at).await;
    assert_eq!(of_old.expect("the store answers"), None);
    let of_nobody = store.verify_email("nobody", &new, at).await;
    assert_eq!(of_nobody.expect("the store answers"), None);
    assert_eq!(find(store, &ada.id).await, Some(ada.clone()));
    let verified = store.verify_email(&ada.id, &new, at).await;
    ada.email_verified = Some(at);
    assert_eq!(verified.expect("the store answers"), Some(ada.clone()));
    assert_eq!(find(store, &ada.id).await, Some(ada));
}

/// Of a deleted user nothing is left: accounts and address are free again.
pub async fn a_deleted_user_takes_everything_along(store: &impl AccountStore) {
    let ada = user(Some("ada@example.com"));
    let ada = create_with(store, ada, account("github", "1", "first")).await;
    let link = store.link_account(&ada.id, account("google", "1", "first"));
    assert_eq!(link.await.expect("the store answers"), Link::Linked);
    assert!(store.delete_user(&ada.id).await.expect("the store answers"));
    assert!(
        !store.delete_user(&ada.id).await.expect("the store answers"),
        "only once"
    );
    assert_eq!(find(store, &ada.id).await, None);
    assert_eq!(holder(store, "ada@example.com").await, None);
    assert_eq!(owner(store, "github", "1").await, None);
    assert_eq!(accounts(store, &ada.id).await, []);
    let again = user(Some("ada@example.com"));
    let again = create_with(store, again, account("google", "1", "second")).await;
    assert_eq!(owner(store, "google", "1").await, Some(again));
}
