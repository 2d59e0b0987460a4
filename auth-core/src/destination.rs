//! Where the browser goes after signing in or out, once the application has been asked.

use std::fmt;

use url::Url;

use crate::callbacks::{DynCallbacks, RedirectDecision, RedirectTarget};
use crate::origin::Origin;
use crate::return_to::{MAX_BYTES, ReturnTo, strip_scheme};

/// An address that a redirect may lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A URL of our own origin.
    Ours(ReturnTo),
    /// A URL of another origin, which the application's own code named.
    Chosen(ChosenUrl),
}

/// A URL that [`Callbacks::redirect`](crate::Callbacks::redirect) answered. Nothing else makes one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ChosenUrl(Url);

impl Destination {
    /// Asks the application where to go for somebody who wants to go to `text`, which may come
    /// from anybody; without a text, or with one that is no address, home.
    ///
    /// An error of the callback is logged and leads home.
    pub(crate) async fn decide(
        text: Option<&str>,
        origin: &Origin,
        callbacks: &dyn DynCallbacks,
    ) -> Self {
        let home = || Self::Ours(ReturnTo::home(origin));
        let wanted = text
            .and_then(|text| Self::parse(text, origin))
            .unwrap_or_else(home);
        let Some(their_origin) = wanted.origin(origin) else {
            return home();
        };
        let target = RedirectTarget {
            url: wanted.as_str(),
            origin: &their_origin,
            base_url: origin,
        };
        let answer = match callbacks.redirect(&target).await {
            Ok(RedirectDecision::OwnOrigin) => {
                return match wanted {
                    Self::Ours(_) => wanted,
                    Self::Chosen(_) => home(),
                };
            }
            Ok(RedirectDecision::To(answer)) => Self::parse(&answer, origin),
            Err(error) => {
                let error = error.into_source();
                tracing::error!(target: "auth", "the `redirect` callback failed: {error}");
                return home();
            }
        };
        answer.unwrap_or_else(|| {
            tracing::error!(
                target: "auth",
                "the `redirect` callback answered neither a path nor an http or https URL"
            );
            home()
        })
    }

    /// The absolute URL.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Ours(url) => url.as_str(),
            Self::Chosen(url) => url.0.as_str(),
        }
    }

    /// Private: a `Chosen` that the application has not been asked about leaves this module as
    /// nothing but the text in a [`RedirectTarget`].
    fn parse(text: &str, ours: &Origin) -> Option<Self> {
        if let Some(url) = ReturnTo::parse(text, ours) {
            return Some(Self::Ours(url));
        }
        let url = ChosenUrl::parse(text)?;
        // Of our own origin, but in a form that only a forgiving reader takes: refused above.
        (origin_of(&url.0)? != *ours).then_some(Self::Chosen(url))
    }

    fn origin(&self, ours: &Origin) -> Option<Origin> {
        match self {
            Self::Ours(_) => Some(ours.clone()),
            Self::Chosen(url) => origin_of(&url.0),
        }
    }
}

impl ChosenUrl {
    /// The host, for the page that leads there.
    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// As strict about the form as [`ReturnTo::parse`]: one reading, in any browser.
    fn parse(text: &str) -> Option<Self> {
        let plain = !text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\');
        let url = Url::parse(text).ok().filter(|_| plain)?;
        let rest = strip_scheme(text, "https://").or_else(|| strip_scheme(text, "http://"))?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let short = text.len() <= MAX_BYTES && url.as_str().len() <= MAX_BYTES;
        let anonymous = !authority.is_empty() && !authority.contains('@');
        (short && anonymous).then_some(Self(url))
    }
}

impl fmt::Debug for ChosenUrl {
    /// The origin only: path and query may hold anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.0.origin().ascii_serialization();
        f.debug_tuple("ChosenUrl").field(&origin).finish()
    }
}

fn origin_of(url: &Url) -> Option<Origin> {
    Origin::parse(&url.origin().ascii_serialization()).ok()
}

#[cfg(test)]
mod tests;
