//! Several session cookies of one name: what is left where `WORKOS_COOKIE_DOMAIN` was set once.
//!
//! A browser sends the old cookie of the domain along with the new one of the host, the old one
//! first (RFC 6265 §5.4), and neither says which it is.

use std::net::IpAddr;

use http::HeaderValue;

use super::claims::issued_at_of;
use super::kit::Inner;
use super::sealed::{SealedSession, Unsealed};
use crate::cookie::{CookieValue, Cookies};
use crate::session::SessionTooLarge;

/// How many cookies of one name are opened. With more, none is.
const MOST: usize = 4;

impl Inner {
    /// The cookie with the session of a request.
    ///
    /// Of several, the one with the newest access token, if all that open are one person's. A
    /// sibling host can plant a cookie with a session of its own, and nobody may be made somebody
    /// else by that.
    pub(super) fn session_cookie<'a>(&self, present: &Cookies<'a>) -> Option<CookieValue<'a>> {
        self.cookie.read(present).or_else(|| {
            let ours = self.several(present);
            let person = ours.first()?.1.user()?.id;
            let is_theirs =
                |session: &SealedSession| session.user().is_some_and(|it| it.id == person);
            ours.iter()
                .all(|(_, session)| is_theirs(session))
                .then_some(ours)?
                .into_iter()
                .max_by_key(|(_, session)| issued_at_of(&session.access_token))
                .map(|(sealed, _)| CookieValue::Plain([sealed.as_bytes()]))
        })
    }

    /// The cookies that carry `sealed`, and what removes those that would hide them.
    ///
    /// # Errors
    /// [`SessionTooLarge`].
    pub(super) fn set_session(
        &self,
        sealed: &str,
        present: &Cookies<'_>,
    ) -> Result<Vec<HeaderValue>, SessionTooLarge> {
        let mut cookies = self.leftovers(present);
        cookies.extend(self.cookie.write(sealed, present)?);
        Ok(cookies)
    }

    /// The removal of the session, wherever it may be.
    pub(super) fn clear_session(&self, present: &Cookies<'_>) -> Vec<HeaderValue> {
        let mut cookies = self.leftovers(present);
        cookies.extend(self.cookie.clear(present));
        cookies
    }

    /// The removal of what was set for a domain, where none is configured any more. Only where two
    /// cookies are ours: a single one, or that of another application, stays.
    fn leftovers(&self, present: &Cookies<'_>) -> Vec<HeaderValue> {
        match self.cookie.attributes.domain {
            None if self.several(present).len() > 1 => domains_of(self.origin.host())
                .map(|domain| self.cookie.removal_from(domain))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The cookies with the name of ours that open, where there are several.
    fn several<'a>(&self, present: &Cookies<'a>) -> Vec<(&'a str, SealedSession)> {
        let values = self.cookie.values(present);
        if !(2..=MOST).contains(&values.len()) {
            return Vec::new();
        }
        let now = self.clock.now();
        let opened = values.into_iter().filter_map(|sealed| {
            let session = Unsealed::open(&self.passwords, sealed.as_bytes(), now)?.session()?;
            Some((sealed, session))
        });
        opened.collect()
    }
}

/// The domains that a cookie for `host` can have been set for: the host itself, and those above it
/// that are no single word.
fn domains_of(host: &str) -> impl Iterator<Item = &str> {
    let is_address = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
    let first = Some(host).filter(|_| !is_address);
    std::iter::successors(first, |domain| Some(domain.split_once('.')?.1))
        .filter(|domain| domain.contains('.'))
        .take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_can_have_been_set_for_the_host_and_what_is_above_it() {
        let check = |host: &str, expected: &[&str]| {
            assert_eq!(domains_of(host).collect::<Vec<_>>(), expected, "{host}");
        };
        check(
            "a.app.example.com",
            &["a.app.example.com", "app.example.com", "example.com"],
        );
        check("app.example", &["app.example"]);
        check(
            "a.b.c.d.e.f",
            &["a.b.c.d.e.f", "b.c.d.e.f", "c.d.e.f", "d.e.f"],
        );
        for host in ["localhost", "127.0.0.1", "[::1]", ""] {
            check(host, &[]);
        }
    }
}
