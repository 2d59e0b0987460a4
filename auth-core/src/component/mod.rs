//! Parts for the application's own pages: buttons that sign in and out, without a script.

mod html;
#[cfg(test)]
mod tests;

use http::HeaderValue;

pub use self::html::Html;

use self::html::{Button, Way};
use crate::auth::Auth;
use crate::cookie::Cookies;
use crate::csrf::CsrfToken;
use crate::http::RequestView;
use crate::origin::OriginError;

/// The parts for one page.
///
/// Those of [`Auth`] hold the CSRF token of the browser that asked for the page: such a page is for
/// that browser alone, and the response needs [`set_cookie`](Self::set_cookie).
pub struct Components(Parts);

enum Parts {
    Auth {
        auth: Auth,
        csrf: CsrfToken,
        set_cookie: Option<HeaderValue>,
    },
    AuthKit(HostedPaths),
}

/// Where AuthKit is begun and ended.
pub(crate) struct HostedPaths {
    pub(crate) sign_in: String,
    pub(crate) sign_up: String,
    pub(crate) sign_out: String,
}

impl Components {
    pub(crate) fn new(auth: &Auth, request: &dyn RequestView) -> Result<Self, OriginError> {
        let inner = auth.inner();
        let names = inner.names_for(request)?;
        let cookie = Cookies::of(request).get(&names.csrf.name);
        let known = CsrfToken::read(&inner.secrets, cookie.as_deref());
        let is_new = known.is_none();
        let csrf = known.unwrap_or_else(CsrfToken::generate);
        Ok(Self(Parts::Auth {
            set_cookie: is_new.then(|| csrf.cookie(&inner.secrets, names)),
            auth: auth.clone(),
            csrf,
        }))
    }

    /// AuthKit knows where a form comes from without a token.
    pub(crate) fn hosted(paths: HostedPaths) -> Self {
        Self(Parts::AuthKit(paths))
    }

    /// The `Set-Cookie` value without which the forms are refused; `None` where the browser has the
    /// cookie, or none is needed.
    pub fn set_cookie(&self) -> Option<&HeaderValue> {
        match &self.0 {
            Parts::Auth { set_cookie, .. } => set_cookie.as_ref(),
            Parts::AuthKit(_) => None,
        }
    }

    /// A button that signs in with `provider`, by its id. One that is not registered leads to the
    /// sign-in page, which says so.
    ///
    /// Under AuthKit a link to its page, which has every way to sign in: `provider` makes no
    /// difference there.
    pub fn sign_in(&self, provider: &str) -> Html {
        let (auth, csrf) = match &self.0 {
            Parts::Auth { auth, csrf, .. } => (auth.inner(), csrf),
            // A link, for `form-action` would stop a form on its way to WorkOS.
            Parts::AuthKit(paths) => return link(&paths.sign_in, text::SIGN_IN),
        };
        let Some(registration) = auth.clients.registered.iter().find(|it| it.id == provider) else {
            tracing::warn!(
                target: "auth",
                ?provider,
                "a page offers a provider that is not registered"
            );
            let fields = &[("error", "Configuration"), ("code", "unknown_provider")];
            let page = format!("{}/signin", auth.prefix);
            return Html::button(Button::new(Way::Get { fields }, page, text::SIGN_IN));
        };
        Html::button(Button::new(
            with_token(csrf),
            format!("{}/signin/{}", auth.prefix, registration.id),
            format!("{}{}", text::SIGN_IN_WITH, registration.name),
        ))
    }

    /// A link to where people sign up: AuthKit's page for it, or else the sign-in page, for whoever
    /// signs in for the first time signs up.
    pub fn sign_up(&self) -> Html {
        match &self.0 {
            Parts::Auth { auth, .. } => {
                link(&format!("{}/signin", auth.inner().prefix), text::SIGN_UP)
            }
            Parts::AuthKit(paths) => link(&paths.sign_up, text::SIGN_UP),
        }
    }

    /// A button that signs out.
    pub fn sign_out(&self) -> Html {
        let (way, action) = match &self.0 {
            Parts::Auth { auth, csrf, .. } => {
                (with_token(csrf), format!("{}/signout", auth.inner().prefix))
            }
            Parts::AuthKit(paths) => (Way::Post { csrf_token: None }, paths.sign_out.clone()),
        };
        Html::button(Button::new(way, action, text::SIGN_OUT))
    }

    /// Whether a sign-out can lead back to any page of this site. One by way of WorkOS leads only to
    /// those that its dashboard lists.
    pub fn signs_out_to_any_page(&self) -> bool {
        matches!(self.0, Parts::Auth { .. })
    }
}

fn link(to: &str, label: &str) -> Html {
    Html::button(Button::new(Way::Link, to.to_owned(), label))
}

fn with_token(csrf: &CsrfToken) -> Way {
    Way::Post {
        csrf_token: Some(csrf.token().into()),
    }
}

/// Without the token.
impl std::fmt::Debug for Components {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Components").finish_non_exhaustive()
    }
}

mod text {
    pub(super) const SIGN_IN: &str = "Sign in";
    pub(super) const SIGN_IN_WITH: &str = "Sign in with ";
    pub(super) const SIGN_UP: &str = "Sign up";
    pub(super) const SIGN_OUT: &str = "Sign out";
}
