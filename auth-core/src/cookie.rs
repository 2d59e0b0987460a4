//! Cookies: which there are, how they are read, and how they are written.

mod attributes;
mod overrides;
mod request;
mod session;
mod set;
mod value;

pub use attributes::SameSite;
pub(crate) use attributes::{CookieAttributes, CookieName};
pub use overrides::{CookieOverride, CookieOverrides};
pub(crate) use request::Cookies;
pub(crate) use session::{clear_session_cookies, session_cookies};
pub(crate) use set::{Lifetime, clear_cookie, set_cookie};
pub(crate) use value::CookieValue;

/// How many cookies of an earlier session, or of sign-ins that came to nothing, one answer removes.
/// A request can name thousands; what is left goes with the next answer.
pub(crate) const MAX_REMOVALS: usize = 20;

/// Our cookies: those of Auth.js, and three of our own: for transactions, the last provider, and the
/// language.
///
/// A browser accepts the `__Secure-` and `__Host-` prefixes over https only. `__Host-` also keeps
/// sibling domains from writing the cookie.
#[derive(Clone, Debug)]
pub(crate) struct CookieNames {
    pub(crate) session: CookieName,
    pub(crate) csrf: CookieName,
    pub(crate) callback_url: CookieName,
    /// What the names of transactions begin with.
    pub(crate) transaction: CookieName,
    /// A hint for the sign-in page.
    pub(crate) last_provider: CookieName,
    /// The language that was chosen on a page.
    pub(crate) language: CookieName,
    /// The session cookie of next-auth v4, where those are read.
    pub(crate) v4_session: Option<CookieName>,
    /// Whether the cookies carry `Secure`.
    pub(crate) secure: bool,
}

/// The cookies for browsers that see us under an http origin, and under an https one.
#[derive(Clone, Debug)]
pub(crate) struct CookiesByScheme {
    pub(crate) http: CookieNames,
    pub(crate) https: CookieNames,
}

/// Whether the session cookies of next-auth v4 are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum V4Sessions {
    Ignored,
    Read,
}

impl CookieNames {
    /// The cookies with `Secure` and its prefixes, or without.
    #[cfg(test)]
    pub(crate) fn new(secure: bool) -> Self {
        Self::with(secure, &CookieOverrides::new(), V4Sessions::Ignored)
    }

    fn with(secure: bool, overrides: &CookieOverrides, v4: V4Sessions) -> Self {
        let (secure_prefix, host_prefix) = if secure {
            ("__Secure-", "__Host-")
        } else {
            ("", "")
        };
        let cookie = |prefix, name, cookie| {
            CookieName::new(format!("{prefix}{name}"), secure).overridden(cookie)
        };
        let session = cookie(secure_prefix, "authjs.session-token", &overrides.session);
        let v4_session = (v4 == V4Sessions::Read).then(|| CookieName {
            name: format!("{secure_prefix}next-auth.session-token"),
            attributes: session.attributes.clone(),
        });
        Self {
            session,
            csrf: cookie(host_prefix, "authjs.csrf-token", &overrides.csrf),
            callback_url: cookie(
                secure_prefix,
                "authjs.callback-url",
                &overrides.callback_url,
            ),
            transaction: cookie(host_prefix, "authjs.tx.", &overrides.transaction),
            last_provider: cookie(
                host_prefix,
                "authjs.last-provider",
                &overrides.last_provider,
            ),
            language: cookie(host_prefix, "authjs.language", &overrides.language),
            v4_session,
            secure,
        }
    }

    /// Whether a browser sent anything that may be a session, good or not.
    pub(crate) fn session_is_present(&self, present: &Cookies<'_>) -> bool {
        std::iter::once(&self.session)
            .chain(&self.v4_session)
            .any(|cookie| present.starting_with(&cookie.name).next().is_some())
    }
}

impl CookiesByScheme {
    /// `secure`: whether cookies carry `Secure` whatever the scheme; `None`: over https.
    pub(crate) fn new(overrides: &CookieOverrides, secure: Option<bool>, v4: V4Sessions) -> Self {
        Self {
            http: CookieNames::with(secure.unwrap_or(false), overrides, v4),
            https: CookieNames::with(secure.unwrap_or(true), overrides, v4),
        }
    }

    pub(crate) fn over(&self, https: bool) -> &CookieNames {
        if https { &self.https } else { &self.http }
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_auth_js() {
        let names = CookieNames::new(false);
        assert_eq!(names.session.name, "authjs.session-token");
        assert_eq!(names.csrf.name, "authjs.csrf-token");
        assert_eq!(names.callback_url.name, "authjs.callback-url");
        assert_eq!(names.transaction.name, "authjs.tx.");
        assert_eq!(names.last_provider.name, "authjs.last-provider");
        assert_eq!(names.language.name, "authjs.language");
        let names = CookieNames::new(true);
        assert_eq!(names.session.name, "__Secure-authjs.session-token");
        assert_eq!(names.csrf.name, "__Host-authjs.csrf-token");
        assert_eq!(names.callback_url.name, "__Secure-authjs.callback-url");
        assert_eq!(names.transaction.name, "__Host-authjs.tx.");
        assert_eq!(names.last_provider.name, "__Host-authjs.last-provider");
        assert_eq!(names.language.name, "__Host-authjs.language");
    }
}
