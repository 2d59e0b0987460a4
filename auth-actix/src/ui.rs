//! [`Ui`]: buttons that sign in and out, for pages of the application.

use std::fmt;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use auth_core::{Components, Html};
use maud::Render;

use crate::caller::{caller, refusal};
use crate::error::{Error, Reason};
use crate::extract::{Extracted, Session, extract};
use crate::guard::{unknown_host, way_back};
use crate::lookup::{RequestSessions, innermost};

/// Buttons that sign in and out, for pages of the application.
///
/// Each is a form of one button, or a link, and works without a script. They are the same under an
/// [`Auth`](crate::Auth) and an [`AuthKit`](crate::AuthKit). [`Html`] fits into any template engine.
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
/// The forms of an `Auth` hold a token that belongs to one browser, so the middleware answers such a
/// page with `Cache-Control: private, no-store` and sets the cookie that goes with it. Under a
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
    /// Under AuthKit it is a link to AuthKit's page, which has every way to sign in, and says "Sign
    /// in": there `provider` makes no difference.
    pub fn sign_in(&self, provider: &str) -> Html {
        let button = self.components.sign_in(provider);
        button.return_to(self.way_back.clone())
    }

    /// A link to where people sign up: AuthKit's page for it, or else the sign-in page. It leads back
    /// to this page, unless told otherwise.
    pub fn sign_up(&self) -> Html {
        self.components.sign_up().return_to(self.way_back.clone())
    }

    /// A button that signs out. It leads back to this page, unless told otherwise; under AuthKit to
    /// where the builder says, for WorkOS leads on only to pages that its dashboard lists.
    pub fn sign_out(&self) -> Html {
        let button = self.components.sign_out();
        match self.components.signs_out_to_any_page() {
            true => button.return_to(self.way_back.clone()),
            false => button,
        }
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
                 wrap this route in the middleware of an `Auth` or `AuthKit`"
            );
            return Err(refusal(request, Reason::Misconfigured));
        };
        Ok(Self {
            components,
            session: session.map(Session::from_core).transpose()?,
            way_back: way_back(request, caller(request), &**source),
        })
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
        extract(request, Self::new)
    }
}

#[cfg(test)]
mod tests;
