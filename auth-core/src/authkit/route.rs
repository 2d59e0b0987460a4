//! Which path asks for what.

/// The paths of the routes.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    pub(super) sign_in: String,
    pub(super) sign_up: String,
    /// The path of the redirect URI.
    pub(super) callback: String,
    pub(super) sign_out: String,
    pub(super) me: String,
}

/// Where the stylesheet of the pages is, below which nothing else of ours needs to be.
pub(super) const STYLE_PREFIX: &str = "/_authkit";
const STYLESHEET: &str = "/_authkit/style.css";

/// What a path asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    SignIn,
    SignUp,
    Callback,
    SignOut,
    Me,
    Stylesheet,
}

impl Paths {
    /// Every path and what it asks for.
    pub(super) fn all(&self) -> [(&str, Route); 6] {
        [
            (&self.sign_in, Route::SignIn),
            (&self.sign_up, Route::SignUp),
            (&self.callback, Route::Callback),
            (&self.sign_out, Route::SignOut),
            (&self.me, Route::Me),
            (STYLESHEET, Route::Stylesheet),
        ]
    }

    /// The route of `path`, exactly as it is configured.
    pub(super) fn route(&self, path: &str) -> Option<Route> {
        let mut all = self.all().into_iter();
        all.find(|(known, _)| *known == path)
            .map(|(_, route)| route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_paths_lead_to_routes() {
        let paths = Paths {
            sign_in: "/sign-in".to_owned(),
            sign_up: "/sign-up".to_owned(),
            callback: "/auth/callback".to_owned(),
            sign_out: "/sign-out".to_owned(),
            me: "/_authkit/me".to_owned(),
        };
        let check = |path: &str, expected| assert_eq!(paths.route(path), expected, "{path}");
        check("/sign-in", Some(Route::SignIn));
        check("/sign-up", Some(Route::SignUp));
        check("/auth/callback", Some(Route::Callback));
        check("/sign-out", Some(Route::SignOut));
        check("/_authkit/me", Some(Route::Me));
        check("/_authkit/style.css", Some(Route::Stylesheet));
        for path in ["/", "/sign-in/", "/sign-in/x", "/SIGN-IN", "/callback"] {
            check(path, None);
        }
    }
}
