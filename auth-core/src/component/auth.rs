//! The parts of [`Auth`]: forms with the CSRF token of one browser.

use std::sync::OnceLock;

use http::HeaderValue;

use super::button::Button;
use super::{Html, text};
use crate::auth::Auth;
use crate::cookie::Cookies;
use crate::csrf::CsrfToken;
use crate::http::{Request, RequestView};
use crate::origin::OriginError;
use crate::resolve::{ClientRequest, Offer};

pub(super) struct AuthParts {
    auth: Auth,
    csrf: CsrfToken,
    pub(super) set_cookie: Option<HeaderValue>,
    /// What people can sign in with, once it was looked up.
    offered: OnceLock<Vec<Offer>>,
}

impl AuthParts {
    pub(super) fn new(auth: &Auth, request: &dyn RequestView) -> Result<Self, OriginError> {
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

    pub(super) fn knows_all_clients(&self) -> bool {
        !self.auth.inner().clients.are_looked_up() || self.offered.get().is_some()
    }

    pub(super) async fn look_up_clients(&self, request: &Request) {
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

    pub(super) fn sign_in(&self, provider: &str) -> Html {
        let action = format!("/signin/{provider}");
        if let Some(name) = self.name_of(provider) {
            return self.form(&action, &format!("{}{name}", text::SIGN_IN_WITH));
        }
        if self.auth.inner().clients.may_find(provider) {
            return self.form(&action, text::SIGN_IN);
        }
        tracing::warn!(
            target: "auth",
            ?provider,
            "a page offers a provider that is not registered"
        );
        let button = Button::get(self.path("/signin"), text::SIGN_IN)
            .field("error", "Configuration")
            .field("code", "unknown_provider");
        Html::button(button)
    }

    pub(super) fn sign_up(&self) -> Html {
        Html::button(Button::link(self.path("/signin"), text::SIGN_UP))
    }

    pub(super) fn sign_out(&self) -> Html {
        self.form("/signout", text::SIGN_OUT)
    }

    fn form(&self, action: &str, label: &str) -> Html {
        Html::button(Button::form(self.path(action), label, self.csrf.token()))
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.auth.inner().prefix)
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
}
