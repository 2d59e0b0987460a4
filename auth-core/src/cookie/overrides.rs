//! What an application wants otherwise about our cookies.

use super::SameSite;

/// Other names and attributes for the cookies than those of Auth.js. `build()` refuses what a
/// browser would not keep, or would not send back.
///
/// | cookie | default name (over http) | what it holds |
/// |---|---|---|
/// | session | `__Secure-authjs.session-token` (`authjs.session-token`) | who is signed in |
/// | csrf | `__Host-authjs.csrf-token` (`authjs.csrf-token`) | proof that a form is ours |
/// | callback_url | `__Secure-authjs.callback-url` (`authjs.callback-url`) | the way back |
/// | transaction | `__Host-authjs.tx.` (`authjs.tx.`) and 16 digits | a sign-in under way |
/// | last_provider | `__Host-authjs.last-provider` (`authjs.last-provider`) | the id of a provider |
/// | language | `__Host-authjs.language` (`authjs.language`) | the language that was chosen on a page |
///
/// # Examples
/// One session for all hosts of a domain:
/// ```
/// use auth_core::{CookieOverride, CookieOverrides};
///
/// let shared = CookieOverride::new().domain("example.com");
/// let cookies = CookieOverrides::new().session(shared);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CookieOverrides {
    pub(crate) session: CookieOverride,
    pub(crate) csrf: CookieOverride,
    pub(crate) callback_url: CookieOverride,
    pub(crate) transaction: CookieOverride,
    pub(crate) last_provider: CookieOverride,
    pub(crate) language: CookieOverride,
}

impl CookieOverrides {
    /// Overrides nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The cookie that holds the session. Its name is part of the key that seals it, as in Auth.js:
    /// another name ends every session.
    pub fn session(mut self, cookie: CookieOverride) -> Self {
        self.session = cookie;
        self
    }

    /// The cookie with the CSRF token.
    ///
    /// # Security
    /// Without the prefix `__Host-` a sibling domain can plant one; it still cannot make one whose
    /// hash holds.
    pub fn csrf(mut self, cookie: CookieOverride) -> Self {
        self.csrf = cookie;
        self
    }

    /// The cookie that remembers where to go after the sign-in.
    pub fn callback_url(mut self, cookie: CookieOverride) -> Self {
        self.callback_url = cookie;
        self
    }

    /// The cookies of sign-ins under way, of which each browser may have five. Their names are the
    /// name given here and 16 hexadecimal digits.
    pub fn transaction(mut self, cookie: CookieOverride) -> Self {
        self.transaction = cookie;
        self
    }

    /// The cookie that remembers with which provider somebody signed in last; see
    /// [`LastProvider`](crate::LastProvider).
    pub fn last_provider(mut self, cookie: CookieOverride) -> Self {
        self.last_provider = cookie;
        self
    }

    /// The cookie with the language that somebody chose on a page.
    pub fn language(mut self, cookie: CookieOverride) -> Self {
        self.language = cookie;
        self
    }
}

/// Another name and other attributes for one cookie. What is not set stays as it is.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CookieOverride {
    pub(crate) name: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) same_site: Option<SameSite>,
    pub(crate) partitioned: bool,
}

impl CookieOverride {
    /// Overrides nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The whole name, with its prefix if it shall have one: nothing is put before it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sends the cookie to every host below `domain`. Default: to this host alone.
    ///
    /// # Security
    /// Every server below the domain sees the cookie, and can use it here.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Sends the cookie below this path only. Default: `/`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Which requests of other sites carry the cookie. Default: [`SameSite::Lax`].
    ///
    /// # Security
    /// With [`SameSite::None`] any site can send requests in the name of the visitor; `#[protected]`
    /// refuses those with an unsafe method unless it is told `cross_site`.
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = Some(same_site);
        self
    }

    /// Keeps the cookie apart for each site that embeds this one (CHIPS). Default: no.
    pub fn partitioned(mut self) -> Self {
        self.partitioned = true;
        self
    }
}
