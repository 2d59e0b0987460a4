//! `{prefix}/{action}[/{provider}]`.

use super::client;

/// What a path asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route<'a> {
    pub(super) action: Action,
    pub(super) provider: Option<&'a str>,
}

/// The endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    SignIn,
    Callback,
    SignOut,
    Session,
    Csrf,
    Providers,
    Error,
    VerifyRequest,
    WebauthnOptions,
    Stylesheet,
    Mark,
    Client(client::File),
}

impl Action {
    /// Whether it shows a form, answers one, or hands out the token for one. Auth.js sets the
    /// cookies for forms with every answer; reading a session here writes nothing, and a callback
    /// that another site posted, which comes without cookies, replaces none.
    pub(super) fn concerns_a_form(self) -> bool {
        matches!(self, Self::SignIn | Self::SignOut | Self::Csrf)
    }
}

impl<'a> Route<'a> {
    /// The route of `path`, if there is one. Empty segments do not count, as in Auth.js.
    pub(super) fn parse(prefix: &str, path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix(prefix)?;
        if !rest.starts_with('/') {
            return None;
        }
        let mut segments = rest.split('/').filter(|segment| !segment.is_empty());
        let (action, provider) = (segments.next()?, segments.next());
        if segments.next().is_some() {
            return None;
        }
        let action = match action {
            "signin" => Action::SignIn,
            "callback" => Action::Callback,
            "signout" => Action::SignOut,
            "session" => Action::Session,
            "csrf" => Action::Csrf,
            "providers" => Action::Providers,
            "error" => Action::Error,
            "verify-request" => Action::VerifyRequest,
            "webauthn-options" => Action::WebauthnOptions,
            "style.css" => Action::Stylesheet,
            "marks" => Action::Mark,
            "client.js" => Action::Client(client::File::Script),
            "client.d.ts" => Action::Client(client::File::Types),
            _ => return None,
        };
        let takes_provider = matches!(
            action,
            Action::SignIn | Action::Callback | Action::WebauthnOptions | Action::Mark
        );
        (provider.is_none() || takes_provider).then_some(Self {
            action,
            // What a script of Auth.js's asks for without a provider at hand.
            provider: provider.filter(|&provider| provider != "undefined"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_actions() {
        let check = |path, action, provider| {
            let route = Route::parse("/api/auth", path);
            assert_eq!(route, Some(Route { action, provider }), "{path}");
        };
        check("/api/auth/session", Action::Session, None);
        check("/api/auth/session/", Action::Session, None);
        check("/api/auth//session", Action::Session, None);
        check("/api/auth/signin", Action::SignIn, None);
        check("/api/auth/signin/github", Action::SignIn, Some("github"));
        check(
            "/api/auth/client.js",
            Action::Client(client::File::Script),
            None,
        );
        check(
            "/api/auth/client.d.ts",
            Action::Client(client::File::Types),
            None,
        );
        check("/api/auth/signin/undefined", Action::SignIn, None);
        check("/api/auth/verify-request", Action::VerifyRequest, None);
        check(
            "/api/auth/webauthn-options/passkey",
            Action::WebauthnOptions,
            Some("passkey"),
        );
        check(
            "/api/auth/marks/github.svg",
            Action::Mark,
            Some("github.svg"),
        );
        check(
            "/api/auth/callback/github",
            Action::Callback,
            Some("github"),
        );
    }

    #[test]
    fn other_paths_lead_nowhere() {
        for path in [
            "/api/auth",
            "/api/auth/",
            "/api/authsession",
            "/api/auth/SESSION",
            "/api/auth/session/github",
            "/api/auth/session/undefined",
            "/api/auth/verify-request/email",
            "/api/auth/signin/github/x",
            "/api/auth/__proto__",
            "/other/session",
            "/api/auth/../auth/session",
        ] {
            assert_eq!(Route::parse("/api/auth", path), None, "{path}");
        }
    }
}
