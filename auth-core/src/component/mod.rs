//! Parts for the application's own pages: forms of one button that sign in and out, without a
//! script.

mod html;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use http::HeaderValue;

pub use self::html::Html;

use self::html::Button;
use crate::auth::Auth;
use crate::cookie::Cookies;
use crate::csrf::CsrfToken;
use crate::http::{Request, RequestView};
use crate::origin::OriginError;
use crate::resolve::{ClientRequest, Offer};

/// The parts for one page, with the CSRF token of the browser that asked for it.
///
/// Such a page is for that browser alone, and the response needs [`set_cookie`](Self::set_cookie).
pub struct Components {
    auth: Auth,
    csrf: CsrfToken,
    set_cookie: Option<HeaderValue>,
    /// What people can sign in with, once it was looked up.
    offered: OnceLock<Vec<Offer>>,
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
            offered: OnceLock::new(),
        })
    }

    /// The `Set-Cookie` value without which the forms are refused; `None` where the browser has the
    /// cookie.
    pub fn set_cookie(&self) -> Option<&HeaderValue> {
        self.set_cookie.as_ref()
    }

    /// Whether [`look_up_clients`](Self::look_up_clients) would tell more than is known.
    pub fn knows_all_clients(&self) -> bool {
        !self.auth.inner().clients.are_looked_up() || self.offered.get().is_some()
    }

    /// Asks [`ResolveClient::list`](crate::ResolveClient::list) for the names of the clients that
    /// are offered to `request`. Where that fails, the log says so, and their buttons say "Sign in".
    pub async fn look_up_clients(&self, request: &Request) {
        let inner = self.auth.inner();
        let Ok(origin) = inner.origins.resolve(request) else {
            return;
        };
        let request = ClientRequest::new(&origin, request);
        let offered = inner
            .clients
            .offered(&request)
            .await
            .unwrap_or_else(|error| {
                let source = std::error::Error::source(&error).map(tracing::field::display);
                tracing::error!(target: "auth", code = error.code(), source, "{error}");
                Vec::new()
            });
        // Looked up twice at the same time: both know the same.
        let _ = self.offered.set(offered);
    }

    /// A button that signs in with `provider`, by its id. One that nobody can sign in with leads to
    /// the sign-in page, which says so.
    ///
    /// With [`resolve_clients`](crate::AuthBuilder::resolve_clients) any well-formed id may be
    /// that of a client: it is looked for when the button is pressed.
    pub fn sign_in(&self, provider: &str) -> Html {
        let inner = self.auth.inner();
        let action = || format!("{}/signin/{provider}", inner.prefix);
        if let Some(name) = self.name_of(provider) {
            let label = format!("{}{name}", text::SIGN_IN_WITH);
            return Html::button(Button::form(action(), &label, self.csrf.token()));
        }
        if inner.clients.may_find(provider) {
            return Html::button(Button::form(action(), text::SIGN_IN, self.csrf.token()));
        }
        tracing::warn!(
            target: "auth",
            ?provider,
            "a page offers a provider that is not registered"
        );
        Html::button(Button::link(
            format!("{}/signin", inner.prefix),
            text::SIGN_IN,
            &[("error", "Configuration"), ("code", "unknown_provider")],
        ))
    }

    /// What the client with this id is called.
    fn name_of(&self, id: &str) -> Option<&str> {
        let registered = self.auth.inner().clients.registered.iter();
        let offered = self.offered.get().into_iter().flatten();
        let (_, name) = registered
            .map(|it| (&it.id, &it.name))
            .chain(offered.map(|it| (&it.id, &it.name)))
            .find(|(known, _)| *known == id)?;
        Some(name)
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
