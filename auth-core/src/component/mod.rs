//! Parts for the application's own pages: buttons that sign in and out, without a script.

mod auth;
mod button;
mod html;
#[cfg(test)]
mod tests;

use http::HeaderValue;

pub(crate) use self::button::Button;
pub use self::button::MarkView;
pub use self::html::Html;

use self::auth::AuthParts;
use crate::auth::Auth;
use crate::http::{Request, RequestView};
use crate::origin::OriginError;

/// The parts for one page.
///
/// Those of [`Auth`] hold the CSRF token of the browser that asked for the page: such a page is for
/// that browser alone, and the response needs [`set_cookie`](Self::set_cookie).
pub struct Components(Parts);

enum Parts {
    Auth(AuthParts),
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
        AuthParts::new(auth, request).map(Parts::Auth).map(Self)
    }

    /// AuthKit knows where a form comes from without a token.
    pub(crate) fn hosted(paths: HostedPaths) -> Self {
        Self(Parts::AuthKit(paths))
    }

    /// The `Set-Cookie` value without which the forms are refused; `None` where the browser has the
    /// cookie, or none is needed.
    pub fn set_cookie(&self) -> Option<&HeaderValue> {
        match &self.0 {
            Parts::Auth(parts) => parts.set_cookie.as_ref(),
            Parts::AuthKit(_) => None,
        }
    }

    /// Whether [`look_up_clients`](Self::look_up_clients) would tell more than is known.
    pub fn knows_all_clients(&self) -> bool {
        match &self.0 {
            Parts::Auth(parts) => parts.knows_all_clients(),
            Parts::AuthKit(_) => true,
        }
    }

    /// Asks [`ResolveClient::list`](crate::ResolveClient::list) for the names of the clients that
    /// are offered to `request`. Where that fails, the log says so, and their buttons say "Sign in".
    pub async fn look_up_clients(&self, request: &Request) {
        if let Parts::Auth(parts) = &self.0 {
            parts.look_up_clients(request).await;
        }
    }

    /// A button that signs in with `provider`, by its id. One that nobody can sign in with leads to
    /// the sign-in page, which says so.
    ///
    /// With [`resolve_clients`](crate::AuthBuilder::resolve_clients) any well-formed id may be
    /// that of a client: it is looked for when the button is pressed.
    ///
    /// Under AuthKit a link to its page, which has every way to sign in: `provider` makes no
    /// difference there.
    pub fn sign_in(&self, provider: &str) -> Html {
        match &self.0 {
            Parts::Auth(parts) => parts.sign_in(provider),
            // A link, for `form-action` would stop a form on its way to WorkOS.
            Parts::AuthKit(paths) => Html::button(Button::link(&paths.sign_in, text::SIGN_IN)),
        }
    }

    /// A link to where people sign up: AuthKit's page for it, or else the sign-in page, for whoever
    /// signs in for the first time signs up.
    pub fn sign_up(&self) -> Html {
        match &self.0 {
            Parts::Auth(parts) => parts.sign_up(),
            Parts::AuthKit(paths) => Html::button(Button::link(&paths.sign_up, text::SIGN_UP)),
        }
    }

    /// A button that signs out.
    pub fn sign_out(&self) -> Html {
        match &self.0 {
            Parts::Auth(parts) => parts.sign_out(),
            Parts::AuthKit(paths) => Html::button(Button::post(&paths.sign_out, text::SIGN_OUT)),
        }
    }

    /// Whether a sign-out can lead back to any page of this site. One by way of WorkOS leads only to
    /// those that its dashboard lists.
    pub fn signs_out_to_any_page(&self) -> bool {
        matches!(self.0, Parts::Auth(_))
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
