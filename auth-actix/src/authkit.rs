//! [`AuthKit`] for actix-web, and the types of WorkOS that it deals in.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use auth_core::BuildError;
pub use auth_core::authkit::*;
use futures_util::future::LocalBoxFuture;

use crate::caller::refusal;
use crate::convert::{View, header_value};
use crate::error::{Error, Reason};
use crate::extract::Session;
use crate::lookup::{self, Source};
use crate::middleware::SessionMiddleware;
use crate::outbound::{CurrentRuntime, Outbound};
use crate::service::{Endpoints, Mounts, Routes};

/// Sign-in by WorkOS AuthKit, configured. Immutable and cheap to clone: build it once, clone it into
/// every worker.
///
/// ```no_run
/// # use actix_web::{App, Responder, get};
/// use auth_actix::{AuthKit, Session, protected};
///
/// #[get("/dashboard")]
/// #[protected]
/// async fn dashboard(session: Session) -> impl Responder {
///     format!("Hello {}!", session.user().first_name().unwrap_or("you"))
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let authkit = AuthKit::from_env()?; // WORKOS_API_KEY, WORKOS_CLIENT_ID, WORKOS_REDIRECT_URI, …
/// App::new()
///     .wrap(authkit.middleware())
///     .service(authkit.routes()) // /sign-in, /sign-up, the path of the redirect URI, /sign-out
///     .service(dashboard);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AuthKit {
    source: Source,
    mounted: Arc<Mounted>,
}

/// What `routes()` serves.
struct Mounted {
    core: auth_core::authkit::AuthKit,
    announced: AtomicBool,
}

impl AuthKit {
    /// Takes the whole configuration from the `WORKOS_*` variables.
    ///
    /// # Errors
    /// [`BuildError`] with every problem, not just the first.
    pub fn from_env() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Collects the configuration; `build()` checks all of it at once.
    pub fn builder() -> AuthKitBuilder<Self> {
        AuthKitBuilder::with_adapters(Outbound::new(), CurrentRuntime)
    }

    /// The middleware for `.wrap(..)`: makes sessions readable inside, and writes the cookie of one
    /// that was refreshed.
    pub fn middleware(&self) -> SessionMiddleware {
        SessionMiddleware::new(Arc::clone(&self.source))
    }

    /// The service for `.service(..)`: `/sign-in`, `/sign-up`, `/sign-out`, the path of the redirect
    /// URI and `/_authkit/me`, unless the builder says otherwise.
    pub fn routes(&self) -> Routes {
        Routes::new(Arc::clone(&self.mounted) as Arc<dyn Endpoints>)
    }

    /// The session of `request`, in places that have no extractors. Asked for once per request,
    /// whoever asks.
    ///
    /// # Errors
    /// [`Reason::Unavailable`] when it cannot be told whether somebody
    /// is signed in. Do not take that for a guest.
    pub async fn session(&self, request: &HttpRequest) -> Result<Option<Session>, Error> {
        let source = lookup::local(request, &self.source);
        let session = lookup::session(request, &source).await?;
        session.map(Session::from_core).transpose()
    }

    /// Gives the session of `request` to another organisation of the same person, and sends the
    /// browser to `return_to`, a path of our own origin; or first to where WorkOS asks for more,
    /// such as the single sign-on of that organisation. Return the response from the handler.
    ///
    /// # Errors
    /// [`Reason::SignInRequired`] for guests, [`Reason::Forbidden`] where WorkOS does not let the
    /// person in, [`Reason::Unavailable`] when it cannot be asked.
    pub async fn switch_organization(
        &self,
        request: &HttpRequest,
        organization_id: &str,
        return_to: &str,
    ) -> Result<HttpResponse, Error> {
        let core = &self.mounted.core;
        let switched = core.switch_organization(&View(request), organization_id, return_to);
        let switched = switched.await.map_err(|error| refused(request, &error))?;
        Ok(see_other(&switched.location, &switched.cookies))
    }

    /// Refreshes the session of `request` now, whatever is left of its access token: after the
    /// person's rights have changed at WorkOS, say. The middleware writes the cookie.
    ///
    /// # Errors
    /// [`Reason::SignInRequired`] for guests, [`Reason::Unavailable`] when WorkOS cannot be asked,
    /// [`Reason::Misconfigured`] without `.wrap(authkit.middleware())`.
    pub async fn refresh(&self, request: &HttpRequest) -> Result<Session, Error> {
        let source = lookup::innermost(request)?;
        let refreshed = self.mounted.core.refresh(&View(request)).await;
        let session = refreshed.map_err(|error| refused(request, &error))?.session;
        lookup::replace(request, &source, session.clone());
        Session::from_core(session)
    }

    /// Ends the session of `request`, here and at WorkOS, even one whose access token has expired.
    /// `return_to` is where the browser ends up, a path of our own origin; `None` is what the
    /// builder says. Return the response from the handler.
    ///
    /// # Security
    /// Asks nobody whether they want to: call it where a page of yours was posted, not for a link.
    pub fn sign_out(&self, request: &HttpRequest, return_to: Option<&str>) -> HttpResponse {
        let SignedOut {
            location, cookies, ..
        } = self.mounted.core.sign_out(&View(request), return_to);
        see_other(&location, &cookies)
    }
}

impl From<auth_core::authkit::AuthKit> for AuthKit {
    fn from(core: auth_core::authkit::AuthKit) -> Self {
        Self {
            source: Arc::new(core.clone()),
            mounted: Arc::new(Mounted {
                core,
                announced: AtomicBool::new(false),
            }),
        }
    }
}

impl Deref for AuthKit {
    type Target = auth_core::authkit::AuthKit;

    fn deref(&self) -> &Self::Target {
        &self.mounted.core
    }
}

impl fmt::Debug for AuthKit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.mounted.core, f)
    }
}

impl Endpoints for Mounted {
    fn mounts(&self) -> Mounts<'_> {
        Mounts::Paths(self.core.paths().collect())
    }

    fn announced(&self) -> &AtomicBool {
        &self.announced
    }

    fn handle<'a>(
        &'a self,
        request: auth_core::Request,
    ) -> LocalBoxFuture<'a, auth_core::Response> {
        Box::pin(self.core.handle(request))
    }
}

/// `303`: whatever was posted is not posted again.
fn see_other(to: &str, cookies: &[http::HeaderValue]) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::SEE_OTHER);
    response.insert_header((header::LOCATION, to));
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
    response.insert_header((header::VARY, "Cookie"));
    for cookie in cookies.iter().filter_map(header_value) {
        response.append_header((header::SET_COOKIE, cookie));
    }
    response.finish()
}

fn refused(request: &HttpRequest, error: &SwitchError) -> Error {
    let source = std::error::Error::source(error).map(tracing::field::display);
    tracing::warn!(%error, source, "the organisation was not switched");
    refusal(
        request,
        match error {
            SwitchError::SignedOut => Reason::SignInRequired,
            SwitchError::Refused(_) => Reason::Forbidden,
            _ => Reason::Unavailable,
        },
    )
}

#[cfg(test)]
mod tests;
