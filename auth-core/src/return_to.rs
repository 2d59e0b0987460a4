//! Where the browser goes after signing in or out. On the wire it is Auth.js's `callbackUrl`.

use std::fmt;

use url::Url;

use crate::origin::Origin;

/// A URL of our own origin. Nothing else can be made, so a redirect to one stays here.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ReturnTo(String);

impl ReturnTo {
    /// Parses an absolute URL of `origin`, or a path on it; anything else is `None`.
    ///
    /// # Security
    /// The text comes from strangers, and browsers read it by the WHATWG URL standard, forgiving
    /// as that is. What only a forgiving reading makes ours is refused, and what is accepted is
    /// passed on in its normal form, which has one reading.
    pub(crate) fn parse(text: &str, origin: &Origin) -> Option<Self> {
        if text.len() > MAX_BYTES || text.contains(|c: char| c.is_control() || c == '\\') {
            return None;
        }
        // A browser would take what follows for a host; that a dot segment removes it again
        // (`//evil.example/..`) makes it no path of ours.
        if text.starts_with("//") {
            return None;
        }
        if text.starts_with('/') {
            return Self::normalise(&format!("{origin}{text}"), origin);
        }
        let after_scheme =
            strip_scheme(text, "https://").or_else(|| strip_scheme(text, "http://"))?;
        let authority = after_scheme.split(['/', '?', '#']).next()?;
        if authority.is_empty() || authority.contains('@') {
            return None;
        }
        Self::normalise(text, origin)
    }

    /// The root of `origin`.
    pub(crate) fn home(origin: &Origin) -> Self {
        Self(format!("{origin}/"))
    }

    /// The path alone.
    pub(crate) fn path(&self) -> &str {
        let origin = self.0.find("://").map_or(0, |at| at + "://".len());
        let path = self.0[origin..]
            .find('/')
            .map_or("/", |at| &self.0[origin + at..]);
        path.split(['?', '#']).next().unwrap_or_default()
    }

    /// The absolute URL.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn normalise(text: &str, origin: &Origin) -> Option<Self> {
        let url = String::from(Url::parse(text).ok()?);
        // A serialised URL that starts with our serialised origin and a slash is of our origin:
        // credentials, another port or a longer host would stand where the slash is.
        let path = url.strip_prefix(origin.as_str())?;
        // `//evil.example` is a path here and a host in a browser's relative reference. Dot
        // segments may have brought it about: `/.//evil.example`.
        if !path.starts_with('/') || path.starts_with("//") || url.len() > MAX_BYTES {
            return None;
        }
        Some(Self(url))
    }
}

impl fmt::Debug for ReturnTo {
    /// Without query and fragment, which may hold anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.split(['?', '#']).next().unwrap_or_default();
        f.debug_tuple("ReturnTo").field(&shown).finish()
    }
}

/// Longest text taken, and longest URL made of it: with the rest of a transaction that fits into a
/// cookie.
pub(crate) const MAX_BYTES: usize = 2048;

/// What follows `scheme`, in whatever case it is written.
pub(crate) fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
