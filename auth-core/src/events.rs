//! What an application may hear of sign-ins and sessions. It decides nothing here: that is what
//! [`Callbacks`](crate::Callbacks) are for.

use std::future::Future;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::account::Account;
use crate::callbacks::CallbackError;
use crate::profile::Profile;
use crate::session::{Session, Token};
use crate::spawn::BoxFuture;
use crate::user::User;

/// What happened, told to the application: Auth.js's six events. Every method has a default that
/// does nothing.
///
/// The answer to the browser waits for each of them, and is dropped with it when the browser hangs
/// up: hand what takes long to a task or a queue of your own. What a sign-in wrote into the store is
/// told in any case: `create_user`, `update_user` and `link_account` run to their end.
///
/// # Errors
/// An error is logged and changes nothing: the sign-in, the sign-out or the session stands.
///
/// # Examples
/// ```
/// use auth_core::{CallbackError, Events, SignInEvent};
///
/// struct Audit;
///
/// impl Events for Audit {
///     async fn sign_in(&self, event: &SignInEvent<'_>) -> Result<(), CallbackError> {
///         println!("{} signed in with {}", event.user.id(), event.account.provider);
///         Ok(())
///     }
/// }
/// ```
pub trait Events: Send + Sync + 'static {
    /// Somebody signed in; the session is issued.
    fn sign_in(
        &self,
        event: &SignInEvent<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = event;
        nothing()
    }

    /// Somebody signed out; the session has ended. A sign-out without a session is no event.
    fn sign_out(
        &self,
        event: &SignOutEvent<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = event;
        nothing()
    }

    /// A sign-in put a new person into the store.
    fn create_user(
        &self,
        event: &CreateUserEvent<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = event;
        nothing()
    }

    /// A sign-in changed what the store says of a person.
    fn update_user(
        &self,
        event: &UpdateUserEvent<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = event;
        nothing()
    }

    /// An account at a provider was linked to a person in the store.
    fn link_account(
        &self,
        event: &LinkAccountEvent<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = event;
        nothing()
    }

    /// A script asked who is signed in, and was told.
    fn session(
        &self,
        event: &ShownSessionEvent<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = event;
        nothing()
    }
}

fn nothing() -> std::future::Ready<Result<(), CallbackError>> {
    std::future::ready(Ok(()))
}

/// See [`Events::sign_in`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SignInEvent<'a> {
    /// The person.
    pub user: &'a User,
    /// Their account at the provider.
    pub account: &'a Account,
    /// What the provider said of them.
    pub profile: &'a Profile,
    /// Whether this sign-in put them into the store. Without a store nobody is new.
    pub is_new_user: bool,
}

/// See [`Events::sign_out`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SignOutEvent<'a> {
    /// The session that has ended.
    pub session: &'a Session,
}

/// See [`Events::create_user`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CreateUserEvent<'a> {
    /// The new person.
    pub user: &'a User,
}

/// See [`Events::update_user`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct UpdateUserEvent<'a> {
    /// The person, as they are now.
    pub user: &'a User,
}

/// See [`Events::link_account`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LinkAccountEvent<'a> {
    /// The person.
    pub user: &'a User,
    /// The account that is theirs from now on.
    pub account: &'a Account,
    /// What its provider said of them.
    pub profile: &'a Profile,
}

/// See [`Events::session`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct ShownSessionEvent<'a> {
    /// What the script is shown, after [`Callbacks::session`](crate::Callbacks::session).
    pub session: &'a Map<String, Value>,
    /// The claims behind it.
    pub token: &'a Token,
}

impl std::fmt::Debug for ShownSessionEvent<'_> {
    /// Names only: the values are about a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShownSessionEvent")
            .field("session", &self.session.keys().collect::<Vec<_>>())
            .field("token", self.token)
            .finish()
    }
}

/// Whoever listens, if anybody does: without a listener no event costs anything.
#[derive(Clone, Default)]
pub(crate) struct Listener(Option<Arc<dyn DynEvents>>);

impl Listener {
    pub(crate) fn new(events: impl Events) -> Self {
        Self(Some(Arc::new(events)))
    }

    /// Whether anybody listens.
    pub(crate) fn is_there(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) async fn sign_in(&self, event: SignInEvent<'_>) {
        if let Some(events) = &self.0 {
            log("sign_in", events.sign_in(&event).await);
        }
    }

    pub(crate) async fn sign_out(&self, event: SignOutEvent<'_>) {
        if let Some(events) = &self.0 {
            log("sign_out", events.sign_out(&event).await);
        }
    }

    pub(crate) async fn create_user(&self, event: CreateUserEvent<'_>) {
        if let Some(events) = &self.0 {
            log("create_user", events.create_user(&event).await);
        }
    }

    pub(crate) async fn update_user(&self, event: UpdateUserEvent<'_>) {
        if let Some(events) = &self.0 {
            log("update_user", events.update_user(&event).await);
        }
    }

    pub(crate) async fn link_account(&self, event: LinkAccountEvent<'_>) {
        if let Some(events) = &self.0 {
            log("link_account", events.link_account(&event).await);
        }
    }

    pub(crate) async fn session(&self, event: ShownSessionEvent<'_>) {
        if let Some(events) = &self.0 {
            log("session", events.session(&event).await);
        }
    }
}

fn log(event: &'static str, outcome: Result<(), CallbackError>) {
    if let Err(error) = outcome {
        let error = error.into_source();
        tracing::error!(target: "auth", event, "the listener failed: {error}");
    }
}

/// [`Events`] behind a pointer: implementers write no boxes and `Auth` carries no generics.
pub(crate) trait DynEvents: Send + Sync {
    fn sign_in<'a>(&'a self, event: &'a SignInEvent<'a>) -> Heard<'a>;
    fn sign_out<'a>(&'a self, event: &'a SignOutEvent<'a>) -> Heard<'a>;
    fn create_user<'a>(&'a self, event: &'a CreateUserEvent<'a>) -> Heard<'a>;
    fn update_user<'a>(&'a self, event: &'a UpdateUserEvent<'a>) -> Heard<'a>;
    fn link_account<'a>(&'a self, event: &'a LinkAccountEvent<'a>) -> Heard<'a>;
    fn session<'a>(&'a self, event: &'a ShownSessionEvent<'a>) -> Heard<'a>;
}

type Heard<'a> = BoxFuture<'a, Result<(), CallbackError>>;

impl<T: Events> DynEvents for T {
    fn sign_in<'a>(&'a self, event: &'a SignInEvent<'a>) -> Heard<'a> {
        Box::pin(Events::sign_in(self, event))
    }

    fn sign_out<'a>(&'a self, event: &'a SignOutEvent<'a>) -> Heard<'a> {
        Box::pin(Events::sign_out(self, event))
    }

    fn create_user<'a>(&'a self, event: &'a CreateUserEvent<'a>) -> Heard<'a> {
        Box::pin(Events::create_user(self, event))
    }

    fn update_user<'a>(&'a self, event: &'a UpdateUserEvent<'a>) -> Heard<'a> {
        Box::pin(Events::update_user(self, event))
    }

    fn link_account<'a>(&'a self, event: &'a LinkAccountEvent<'a>) -> Heard<'a> {
        Box::pin(Events::link_account(self, event))
    }

    fn session<'a>(&'a self, event: &'a ShownSessionEvent<'a>) -> Heard<'a> {
        Box::pin(Events::session(self, event))
    }
}
