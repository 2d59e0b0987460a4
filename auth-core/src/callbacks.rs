//! What an application may decide about a sign-in and a session.

use std::any::TypeId;
use std::future::Future;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::account::Account;
use crate::origin::Origin;
use crate::profile::Profile;
use crate::session::Token;
use crate::spawn::BoxFuture;
use crate::user::User;

/// Decisions of the application. Every method has a default, so implement only what you need.
///
/// # Examples
/// ```
/// use auth_core::{CallbackError, Callbacks, Token, Trigger};
///
/// struct Roles;
///
/// impl Callbacks for Roles {
///     async fn jwt(&self, mut token: Token, trigger: &Trigger<'_>) -> Result<Option<Token>, CallbackError> {
///         if trigger.verified_email() == Some("ada@example.com") {
///             token.set_roles(["admin"]);
///         }
///         Ok(Some(token))
///     }
/// }
/// ```
pub trait Callbacks: Send + Sync + 'static {
    /// Whether this person may sign in. Runs before any session exists.
    ///
    /// # Errors
    /// An error ends the sign-in with `callback_failed`: it is ours to mend, not the visitor's.
    fn sign_in(
        &self,
        attempt: &SignInAttempt<'_>,
    ) -> impl Future<Output = Result<SignInDecision, CallbackError>> + Send {
        let _ = attempt;
        std::future::ready(Ok(SignInDecision::Allow))
    }

    /// What the session token holds. Runs at sign-in, at each renewal and at an update by a script;
    /// `Ok(None)` ends the session.
    ///
    /// # Errors
    /// At sign-in an error ends the sign-in. Later the session stays as it was.
    fn jwt(
        &self,
        token: Token,
        trigger: &Trigger<'_>,
    ) -> impl Future<Output = Result<Option<Token>, CallbackError>> + Send {
        let _ = trigger;
        std::future::ready(Ok(Some(token)))
    }

    /// What `GET /api/auth/session` shows to scripts. Starts from
    /// `{"user": {"name", "email", "image"}, "expires"}`.
    ///
    /// # Security
    /// Scripts of the page can read all of it: put no token here.
    ///
    /// # Errors
    /// On an error the endpoint answers 503 and the session stays.
    fn session(
        &self,
        body: Map<String, Value>,
        token: &Token,
    ) -> impl Future<Output = Result<Map<String, Value>, CallbackError>> + Send {
        let _ = token;
        std::future::ready(Ok(body))
    }

    /// Where the browser goes after signing in or out. Asked for each `callbackUrl` of a form, a
    /// link or the cookie, for the address in [`SignInDecision::Redirect`], and for the home page
    /// where nobody named another; its own answers come back to it, so let each lead to itself.
    /// Default: never to another origin.
    ///
    /// # Security
    /// Anybody can write the address. To send people to other origins, compare
    /// [`origin`](RedirectTarget::origin) with a list of yours: the beginning of a URL says nothing
    /// (`https://app.example.evil.example`), and a page that people come to after signing in can
    /// ask them for their password once more.
    ///
    /// # Errors
    /// An error is logged and leads home.
    fn redirect(
        &self,
        target: &RedirectTarget<'_>,
    ) -> impl Future<Output = Result<RedirectDecision, CallbackError>> + Send {
        let _ = target;
        std::future::ready(Ok(RedirectDecision::OwnOrigin))
    }
}

/// Who is about to sign in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SignInAttempt<'a> {
    /// The person.
    pub user: &'a User,
    /// Their account at the provider.
    pub account: &'a Account,
    /// What the provider said of them.
    pub profile: &'a Profile,
}

/// The answer of [`Callbacks::sign_in`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignInDecision {
    /// Go on.
    Allow,
    /// End with `AccessDenied`.
    Deny,
    /// End without a session and send the browser to this path or URL; [`Callbacks::redirect`] is
    /// asked about it.
    Redirect(String),
}

/// Where somebody wants to go.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RedirectTarget<'a> {
    /// An absolute `http` or `https` URL in its normal form, without a user name. A path has become
    /// a URL of our own origin; what is neither has become our home page.
    pub url: &'a str,
    /// The origin of `url`.
    pub origin: &'a Origin,
    /// Our own origin: Auth.js's `baseUrl`.
    pub base_url: &'a Origin,
}

impl std::fmt::Debug for RedirectTarget<'_> {
    /// Without path and query, which may hold anything.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedirectTarget")
            .field("origin", &self.origin.as_str())
            .field("base_url", &self.base_url.as_str())
            .finish_non_exhaustive()
    }
}

/// The answer of [`Callbacks::redirect`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectDecision {
    /// To the address if it is of our own origin, and home otherwise.
    OwnOrigin,
    /// To this path, or to this `http` or `https` URL, wherever it is. Anything else is logged and
    /// leads home.
    To(String),
}

/// Why [`Callbacks::jwt`] runs.
#[derive(Debug)]
#[non_exhaustive]
pub enum Trigger<'a> {
    /// Somebody has just signed in.
    SignIn(SignInAttempt<'a>),
    /// Somebody has just signed in for the first time: this sign-in put them into the store.
    /// Without a store nobody is new.
    SignUp(SignInAttempt<'a>),
    /// A script of the page sent `data` to `POST /api/auth/session`. Nothing of it enters the
    /// session unless the callback puts it there.
    ///
    /// # Security
    /// Whoever is signed in can send anything: take the members that you know, check them, and
    /// never derive a right from them.
    Update {
        /// What the script sent.
        data: &'a Value,
    },
    /// The session is being renewed.
    Renewal,
}

impl Trigger<'_> {
    /// What the provider said, if this is a sign-in.
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Self::SignIn(attempt) | Self::SignUp(attempt) => Some(attempt.profile),
            Self::Update { .. } | Self::Renewal => None,
        }
    }

    /// The e-mail address that the provider verified, if this is a sign-in.
    pub fn verified_email(&self) -> Option<&str> {
        self.profile().and_then(Profile::verified_email)
    }
}

/// An error of the application's own code. Logged, never shown.
#[derive(Debug)]
pub struct CallbackError(Box<dyn std::error::Error + Send + Sync>);

impl<E: Into<Box<dyn std::error::Error + Send + Sync>>> From<E> for CallbackError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl CallbackError {
    /// The application's error, for logs.
    pub fn into_source(self) -> Box<dyn std::error::Error + Send + Sync> {
        self.0
    }
}

/// The callbacks of an application that has none.
pub(crate) struct NoCallbacks;

impl Callbacks for NoCallbacks {}

/// [`Callbacks`] behind a pointer: implementers write no boxes and `Auth` carries no generics.
pub(crate) type ErasedCallbacks = Arc<dyn DynCallbacks>;

pub(crate) trait DynCallbacks: Send + Sync {
    /// Whether these are [`NoCallbacks`], so that there is nothing to ask.
    fn are_none(&self) -> bool;

    fn sign_in<'a>(
        &'a self,
        attempt: &'a SignInAttempt<'a>,
    ) -> BoxFuture<'a, Result<SignInDecision, CallbackError>>;

    fn jwt<'a>(
        &'a self,
        token: Token,
        trigger: &'a Trigger<'a>,
    ) -> BoxFuture<'a, Result<Option<Token>, CallbackError>>;

    fn session<'a>(
        &'a self,
        body: Map<String, Value>,
        token: &'a Token,
    ) -> BoxFuture<'a, Result<Map<String, Value>, CallbackError>>;

    fn redirect<'a>(
        &'a self,
        target: &'a RedirectTarget<'a>,
    ) -> BoxFuture<'a, Result<RedirectDecision, CallbackError>>;
}

impl<T: Callbacks> DynCallbacks for T {
    fn are_none(&self) -> bool {
        TypeId::of::<T>() == TypeId::of::<NoCallbacks>()
    }

    fn sign_in<'a>(
        &'a self,
        attempt: &'a SignInAttempt<'a>,
    ) -> BoxFuture<'a, Result<SignInDecision, CallbackError>> {
        Box::pin(Callbacks::sign_in(self, attempt))
    }

    fn jwt<'a>(
        &'a self,
        token: Token,
        trigger: &'a Trigger<'a>,
    ) -> BoxFuture<'a, Result<Option<Token>, CallbackError>> {
        Box::pin(Callbacks::jwt(self, token, trigger))
    }

    fn session<'a>(
        &'a self,
        body: Map<String, Value>,
        token: &'a Token,
    ) -> BoxFuture<'a, Result<Map<String, Value>, CallbackError>> {
        Box::pin(Callbacks::session(self, body, token))
    }

    fn redirect<'a>(
        &'a self,
        target: &'a RedirectTarget<'a>,
    ) -> BoxFuture<'a, Result<RedirectDecision, CallbackError>> {
        Box::pin(Callbacks::redirect(self, target))
    }
}
