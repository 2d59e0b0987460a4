//! What an application may do when somebody signs in with AuthKit, or does not.

use std::sync::Arc;

use super::workos::AuthenticationResponse;
use crate::callbacks::CallbackError;
use crate::session::Session;
use crate::spawn::BoxFuture;

/// What an application may do at the end of a sign-in. Every method has a default.
pub trait AuthKitHooks: Send + Sync + 'static {
    /// Runs when somebody has signed in, before the browser has the session: the place to write
    /// the person into a database of one's own. Default: nothing.
    ///
    /// # Errors
    /// An error ends the sign-in without a session, with the code `callback_failed`.
    fn on_success(
        &self,
        sign_in: &AuthKitSignIn<'_>,
    ) -> impl Future<Output = Result<(), CallbackError>> + Send {
        let _ = sign_in;
        std::future::ready(Ok(()))
    }

    /// Runs when a sign-in fails, and says what the browser is shown. Default: the error page.
    fn on_error(&self, error: &AuthKitError) -> impl Future<Output = ErrorAnswer> + Send {
        let _ = error;
        std::future::ready(ErrorAnswer::Page)
    }
}

/// Somebody has signed in.
#[derive(Debug)]
#[non_exhaustive]
pub struct AuthKitSignIn<'a> {
    /// The session that begins.
    pub session: &'a Session,
    /// What WorkOS said: the person with all their members, how they signed in, and the tokens of
    /// the provider where those are passed on.
    pub response: &'a AuthenticationResponse,
    /// Where the browser goes next: a URL of our own origin.
    pub return_to: &'a str,
}

/// A sign-in that came to nothing, as far as it may be told.
#[derive(Clone, Debug)]
pub struct AuthKitError {
    pub(super) code: &'static str,
    pub(super) reference: String,
}

impl AuthKitError {
    /// The stable word for it: `sign_in_expired`, `provider_denied`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What the log has beside the details.
    pub fn reference(&self) -> &str {
        &self.reference
    }
}

/// What a browser is shown after a sign-in that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorAnswer {
    /// The built-in page.
    Page,
    /// This path of our own origin. Anything else is the built-in page.
    Redirect(String),
}

/// The hooks of an application that has none.
pub(super) struct NoHooks;

impl AuthKitHooks for NoHooks {}

/// [`AuthKitHooks`] behind a pointer: implementers write no boxes.
pub(super) type ErasedHooks = Arc<dyn DynHooks>;

pub(super) trait DynHooks: Send + Sync {
    fn on_success<'a>(
        &'a self,
        sign_in: &'a AuthKitSignIn<'a>,
    ) -> BoxFuture<'a, Result<(), CallbackError>>;

    fn on_error<'a>(&'a self, error: &'a AuthKitError) -> BoxFuture<'a, ErrorAnswer>;
}

impl<T: AuthKitHooks> DynHooks for T {
    fn on_success<'a>(
        &'a self,
        sign_in: &'a AuthKitSignIn<'a>,
    ) -> BoxFuture<'a, Result<(), CallbackError>> {
        Box::pin(AuthKitHooks::on_success(self, sign_in))
    }

    fn on_error<'a>(&'a self, error: &'a AuthKitError) -> BoxFuture<'a, ErrorAnswer> {
        Box::pin(AuthKitHooks::on_error(self, error))
    }
}
