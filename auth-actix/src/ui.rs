//! [`Ui`]: buttons that sign in and out, for pages of the application.

use std::fmt;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use auth_core::{Components, Html};
use futures_util::future::{Either, ready};
use maud::Render;

use crate::caller::{caller, refusal};
use crate::convert::to_core;
use crate::error::{Error, Reason};
use crate::extract::{Extracted, Session, extract};
use crate::guard::{unknown_host, way_back};
use crate::lookup::{RequestSessions, innermost};

/// Buttons that sign in and out, for pages of the application.
///
/// Each is a form of one button and works without a script. [`Html`] fits into any template engine.
///
/// ```
/// use actix_web::{Responder, get, web::Html};
/// use auth_actix::Ui;
///
/// #[get("/")]
/// async fn home(ui: Ui) -> impl Responder {
///     let button = ui.either(
///         ui.sign_out(),
///         ui.sign_in("github").label("Continue").return_to("/here"),
///     );
///     Html::new(format!("<!doctype html><title>Home</title>{button}"))
/// }
/// ```
///
/// # Errors
/// As an extractor: [`Reason::Misconfigured`] when `.wrap(auth.middleware())` is missing,
/// [`Reason::Unavailable`] when it cannot be told whether somebody is signed in.
///
/// # Security
/// The forms hold a token that belongs to one browser, so the middleware answers such a page with
/// `Cache-Control: private, no-store` and sets the cookie that goes with it. Under a
/// `Content-Security-Policy` the page needs `form-action 'self'`.
pub struct Ui {
    components: Rc<Components>,
    session: Option<Session>,
    way_back: String,
}

impl Ui {
    /// A button that signs in with `provider`, by its id: `github`. It says "Sign in with GitHub"
    /// and leads back to this page, unless told otherwise.
    ///
    /// For a guest, clients found at run time are named by
    /// [`ResolveClient::list`](crate::ResolveClient::list), which is asked once for the page. One
    /// that it does not list, or that somebody who is signed in sees, says "Sign in".
    pub fn sign_in(&self, provider: &str) -> Html {
        let button = self.components.sign_in(provider);
        button.return_to(self.way_back.clone())
    }

    /// A button that signs out. It leads back to this page, unless told otherwise.
    pub fn sign_out(&self) -> Html {
        self.components.sign_out().return_to(self.way_back.clone())
    }

    /// The first where somebody is signed in, the second for a guest. Text is escaped; [`Html`] and
    /// maud's markup stay as they are.
    pub fn either(&self, signed_in: impl Render, signed_out: impl Render) -> Html {
        match self.session {
            Some(_) => Html::render(signed_in),
            None => Html::render(signed_out),
        }
    }

    /// Who is signed in, or `None` for a guest.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    fn new(request: &HttpRequest, session: Option<auth_core::Session>) -> Result<Self, Error> {
        let source = innermost(request)?;
        let components = RequestSessions::of(request)
            .components(request, &source)
            .map_err(|error| unknown_host(request, error))?;
        let Some(components) = components else {
            tracing::error!(
                path = request.uri().path(),
                "`Ui` is asked for, but the innermost middleware has no buttons: \
                 wrap this route in the middleware of an `Auth`"
            );
            return Err(refusal(request, Reason::Misconfigured));
        };
        Ok(Self {
            components,
            session: session.map(Session::from_core).transpose()?,
            way_back: way_back(request, caller(request), &**source),
        })
    }

    /// Only a guest is shown with whom to sign in, so nobody else waits for that.
    fn lacks_names(&self) -> bool {
        self.session.is_none() && !self.components.knows_all_clients()
    }

    async fn with_names(self, request: &HttpRequest) -> Self {
        if self.lacks_names()
            && let Some(request) = to_core(request, Vec::new())
        {
            self.components.look_up_clients(&request).await;
        }
        self
    }
}

/// Without the token.
impl fmt::Debug for Ui {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ui").finish_non_exhaustive()
    }
}

impl FromRequest for Ui {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = match extract(request, Self::new) {
            Either::Left(known) => known.into_inner(),
            Either::Right(pending) => {
                let request = request.clone();
                return Either::Right(Box::pin(async move {
                    Ok(pending.await?.with_names(&request).await)
                }));
            }
        };
        match known {
            Ok(ui) if ui.lacks_names() => {
                let request = request.clone();
                Either::Right(Box::pin(async move { Ok(ui.with_names(&request).await) }))
            }
            known => Either::Left(ready(known)),
        }
    }
}

#[cfg(test)]
mod tests;
