//! Users, accounts, and how a sign-in finds the one by the other.
//!
//! Without a store, whoever signs in is `<provider>:<account id>`, and exists in their session only.
//! [`users`](crate::AuthBuilder::users) takes a store, and from then on people are users with an id
//! of their own, who may have several accounts: ways to sign in.
//!
//! ```
//! use auth_core::Users;
//! use auth_core::store::MemoryStore; // for development and tests: gone with the process
//!
//! let users = Users::new(MemoryStore::new());
//! // Auth::builder().provider(GITHUB).users(users)
//! ```
//!
//! A store of your own implements [`UserStore`](crate::store::UserStore) and
//! [`AccountStore`](crate::store::AccountStore); `auth_dev::store_conformance!` tests it. Sessions
//! stay in encrypted cookies; their `sub` is the id of the user. Sessions from before the store go
//! on until they end, with the `sub` that they have.
//!
//! # Whose account it is
//!
//! | the account | who began the sign-in | the address | then |
//! |---|---|---|---|
//! | belongs to a user | a guest, or that user | any | they are signed in |
//! | belongs to a user | another user, signed in | any | refused: `account_of_another_user` |
//! | is new | a user who is signed in still | any | becomes theirs |
//! | is new, or another's | a user who is not any more | any | refused: `session_changed` |
//! | is new | a guest | nobody has it | becomes a new user's |
//! | is new | a guest | somebody has it | refused: `account_not_linked`, see below |
//!
//! An account is found by provider and `sub` alone (OpenID Connect Core §5.7). Addresses change
//! hands, and many providers let anybody type in any: who links accounts by what they claim gives
//! users away ("nOAuth", 2023).
//!
//! # Adding an account
//!
//! Whoever is signed in adds an account by signing in with it. It is bound to them when it begins,
//! and they must still be signed in when it ends, or a planted answer would add an attacker's
//! account to their user (RFC 9700 §4.7). On a shared computer, sign out before somebody else signs
//! in.
//!
//! [`Auth::accounts`](crate::Auth::accounts) and
//! [`Auth::unlink_account`](crate::Auth::unlink_account) are for a settings page. The last account
//! stays: it is the only way back in.
//!
//! # `account_not_linked`
//!
//! Somebody has the e-mail address, and it is not said that it is the same person. The page says
//! how they signed in before (`Sign in with GitHub`), but only if the provider has verified the
//! address now: nobody learns how the owner of somebody else's address signs in. That somebody has
//! the address is told in either case, since no second user can have it. A site that must not tell
//! even that registers only providers that verify addresses.
//!
//! An unverified address is kept like any other, and keeps its owner from signing up with another
//! provider. They are refused, not let in; you can remove it with
//! [`update_user`](crate::store::UserStore::update_user).
//!
//! # Linking by verified addresses
//!
//! [`Users::link_verified_emails`](crate::Users::link_verified_emails) names providers whose word on
//! addresses the site believes. A guest's new account then becomes that of the user with the same
//! address, if one of these providers has verified it now, and one of them did for that user. Each
//! of them could sign in as any user with an address: name no provider that lets customers run their
//! own directory, and none of which you do not know how it verifies.
//!
//! Addresses are compared without regard to ASCII case and to white space around them.
//!
//! # Two sign-ins at once
//!
//! Two first sign-ins of one person end in one user: the store creates user and account in one
//! step, or says who was faster. What is written runs to its end even if the browser hangs up. If
//! the store fails, nobody is signed in (`store_unavailable`) and whoever was stays so.
//!
//! # Tokens
//!
//! The store keeps the tokens of the last sign-in with each account, as in Auth.js, except that a
//! later sign-in replaces them. [`Users::forget_tokens`](crate::Users::forget_tokens) keeps none.
//!
//! # Deleting a user
//!
//! [`delete_user`](crate::store::UserStore::delete_user) removes user and accounts. Their session
//! cookies are not in the store: look the user up in the `jwt` callback and end the session there,
//! and shorten [`session_update_age`](crate::AuthBuilder::session_update_age) to what you can wait.
