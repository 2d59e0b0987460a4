//! Parts for the application's own pages: forms of one button that sign in and out, without a
//! script.

mod button;
mod html;
#[cfg(test)]
mod tests;

use http::HeaderValue;

pub(crate) use self::button::Button;
pub use self::button::MarkView;
pub use self::html::Html;

use crate::auth::Auth;
use crate::cookie::Cookies;
use crate::csrf::CsrfToken;
use crate::http::RequestView;
use crate::origin::OriginError;

/// The parts for one page, with the CSRF token of the browser that asked for it.
///
/// Such a page is for that browser alone, and the response needs [`set_cookie`](Self::set_cookie).
pub struct Components {
    auth: Auth,
    csrf: CsrfToken,
    set_cookie: Option<HeaderValue>,
}

impl Components {
    pub(crate) fn new(auth: &Auth, request: &dyn RequestView) -> Result<Self, OriginError> {
        let inner = auth.inner();
        let names = inner.names_for(request)?;
        let cookie = Cookies::of(request).get(&names.csrf.name);
        let known = CsrfToken::read(&inner.secrets, cookie.as_deref());
        let is_new = known.is_none();
        let csrf = known.unwrap_or_else(CsrfToken::generate);
        Ok(Self {
            set_cookie: is_new.then(|| csrf.cookie(&inner.secrets, names)),
            auth: auth.clone(),
            csrf,
        })
    }

    /// The `Set-Cookie` value without which the forms are refused; `None` where the browser has the
    /// cookie.
    pub fn set_cookie(&self) -> Option<&HeaderValue> {
        self.set_cookie.as_ref()
    }

    /// A button that signs in with `provider`, by its id. One that is not registered leads to the
    /// sign-in page, which says so.
    pub fn sign_in(&self, provider: &str) -> Html {
        let inner = self.auth.inner();
        let Some(registration) = inner.clients.registered.iter().find(|it| it.id == provider)
        else {
            tracing::warn!(
                target: "auth",
                ?provider,
                "a page offers a provider that is not registered"
            );
            return Html::button(Button::link(
                format!("{}/signin", inner.prefix),
                text::SIGN_IN,
                &[("error", "Configuration"), ("code", "unknown_provider")],
            ));
        };
        Html::button(Button::form(
            format!("{}/signin/{}", inner.prefix, registration.id),
            &format!("{}{}", text::SIGN_IN_WITH, registration.name),
            self.csrf.token(),
        ))
    }

    /// A button that signs out.
    pub fn sign_out(&self) -> Html {
        let action = format!("{}/signout", self.auth.inner().prefix);
        Html::button(Button::form(action, text::SIGN_OUT, self.csrf.token()))
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
    pub(super) const SIGN_OUT: &str = "Sign out";
}
