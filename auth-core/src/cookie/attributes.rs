//! What a cookie says beside its value (RFC 6265bis §4.1.2).

use http::HeaderValue;

use super::{CookieOverride, Lifetime, set_cookie};

/// Which requests of other sites carry a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SameSite {
    /// None: not even a link that leads here.
    Strict,
    /// Navigations here by GET.
    Lax,
    /// All; the cookie is `Secure` whatever else was asked.
    None,
}

impl SameSite {
    /// As it stands in a `Set-Cookie` line.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Strict => "; SameSite=Strict",
            Self::Lax => "; SameSite=Lax",
            Self::None => "; SameSite=None",
        }
    }
}

/// Where a cookie goes. All of ours are `HttpOnly`.
///
/// A browser tells cookies apart by name, domain, path and partition: one is removed only by a
/// `Set-Cookie` that repeats all four.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CookieAttributes {
    /// `None`: the host that set it, and no other.
    pub(crate) domain: Option<String>,
    pub(crate) path: String,
    pub(crate) same_site: SameSite,
    pub(crate) secure: bool,
    /// A cookie jar of its own under each site that embeds us (CHIPS).
    pub(crate) partitioned: bool,
}

impl CookieAttributes {
    /// `Path=/; SameSite=Lax`, without `Domain`, as on the cookies of Auth.js.
    pub(crate) fn new(secure: bool) -> Self {
        Self {
            domain: None,
            path: "/".to_owned(),
            same_site: SameSite::Lax,
            secure,
            partitioned: false,
        }
    }
}

/// One of our cookies: what it is called, and the attributes that it is set and removed with.
#[derive(Clone, Debug)]
pub(crate) struct CookieName {
    pub(crate) name: String,
    pub(crate) attributes: CookieAttributes,
}

impl CookieName {
    pub(crate) fn new(name: String, secure: bool) -> Self {
        Self {
            name,
            attributes: CookieAttributes::new(secure),
        }
    }

    pub(super) fn overridden(self, by: &CookieOverride) -> Self {
        let Self { name, attributes } = self;
        Self {
            name: by.name.clone().unwrap_or(name),
            attributes: CookieAttributes {
                domain: by.domain.clone(),
                path: by.path.clone().unwrap_or(attributes.path),
                same_site: by.same_site.unwrap_or(attributes.same_site),
                partitioned: by.partitioned,
                secure: attributes.secure,
            },
        }
    }

    /// The `Set-Cookie` value that sets it.
    pub(crate) fn set(&self, value: &str, lifetime: Lifetime) -> HeaderValue {
        set_cookie(&self.name, value, lifetime, &self.attributes)
    }
}
