//! Cookies: which there are, how they are read, and how they are written.

mod attributes;
mod request;
mod session;
mod set;

pub use attributes::SameSite;
pub(crate) use attributes::{CookieAttributes, CookieName};
pub(crate) use request::Cookies;
pub(crate) use session::{clear_session_cookies, session_cookies};
pub(crate) use set::{Lifetime, clear_cookie, set_cookie};

/// How many cookies of an earlier session, or of sign-ins that came to nothing, one answer removes.
/// A request can name thousands; what is left goes with the next answer.
pub(crate) const MAX_REMOVALS: usize = 20;

/// The names of our cookies: those of Auth.js, and one of our own for transactions.
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
    /// Whether the cookies carry `Secure`.
    pub(crate) secure: bool,
}

impl CookieNames {
    /// The names for an https origin (`secure`), or for an http one.
    pub(crate) fn new(secure: bool) -> Self {
        let (secure_prefix, host_prefix) = if secure {
            ("__Secure-", "__Host-")
        } else {
            ("", "")
        };
        let cookie = |prefix, name| CookieName::new(format!("{prefix}{name}"), secure);
        Self {
            session: cookie(secure_prefix, "authjs.session-token"),
            csrf: cookie(host_prefix, "authjs.csrf-token"),
            callback_url: cookie(secure_prefix, "authjs.callback-url"),
            transaction: cookie(host_prefix, "authjs.tx."),
            secure,
        }
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
        let names = CookieNames::new(true);
        assert_eq!(names.session.name, "__Secure-authjs.session-token");
        assert_eq!(names.csrf.name, "__Host-authjs.csrf-token");
        assert_eq!(names.callback_url.name, "__Secure-authjs.callback-url");
        assert_eq!(names.transaction.name, "__Host-authjs.tx.");
    }
}
