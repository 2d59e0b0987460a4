//! Several session cookies of one name: what is left where `WORKOS_COOKIE_DOMAIN` was another once.
//!
//! A browser sends the old cookie along with the new one, most often the old one first (RFC 6265
//! §5.4), and neither says where it was set.

use std::net::IpAddr;

use http::HeaderValue;

use super::claims::issued_at_of;
use super::kit::Inner;
use super::sealed::{SealedSession, Unsealed};
use crate::cookie::{CookieValue, Cookies};
use crate::session::SessionTooLarge;

/// How many cookies of one name are opened. With more, none is.
const MOST: usize = 4;

/// How many bytes of `Set-Cookie` lines are spent on what was set elsewhere, so that a host name of
/// a hundred labels makes no answer that a proxy refuses: as many as one cookie may have, for which
/// there is room anyway. A host with four labels and a session in three cookies takes some 800.
const MOST_BYTES: usize = 4096;

/// Where a cookie was set: for a domain, or for the host alone.
type Scope<'a> = Option<&'a str>;

impl Inner {
    /// The cookie with the session of a request.
    ///
    /// Of several, the one with the newest access token, if all that open are one person's. A
    /// sibling host can plant a cookie with a session of its own, and nobody may be made somebody
    /// else by that. Beside a session that is split, no other counts.
    pub(super) fn session_cookie<'a>(&self, present: &Cookies<'a>) -> Option<CookieValue<'a>> {
        self.cookie.read(present).or_else(|| {
            if self.cookie.is_split(present) {
                return None;
            }
            let ours = self.opened(present);
            let person = ours.first()?.1.user()?.id;
            let is_theirs =
                |session: &SealedSession| session.user().is_some_and(|it| it.id == person);
            ours.iter()
                .all(|(_, session)| is_theirs(session))
                .then_some(ours)?
                .into_iter()
                .max_by_key(|(_, session)| issued_at_of(&session.access_token))
                .map(|(value, _)| value)
        })
    }

    /// The cookies with the name of ours that open, whoever's they are.
    pub(super) fn opened<'a>(
        &self,
        present: &Cookies<'a>,
    ) -> Vec<(CookieValue<'a>, SealedSession)> {
        let plain = self.cookie.values(present).into_iter();
        let mut values: Vec<_> = plain
            .map(|value| CookieValue::Plain([value.as_bytes()]))
            .collect();
        if values.is_empty() {
            values.extend(self.cookie.read(present));
        }
        if values.len() > MOST {
            return Vec::new();
        }
        let now = self.clock.now();
        let opened = values.into_iter().filter_map(|value| {
            let session = Unsealed::open(&self.passwords, &value.decoded(), now)?.session()?;
            Some((value, session))
        });
        opened.collect()
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
        let is_split = self.cookie.is_split(present) || !self.cookie.fits(sealed);
        let plain = self.cookie.values(present).len();
        let mut cookies = match is_split {
            // Chunks of two sessions, and a chunk beside a plain cookie, are never told apart: what
            // is there may not stay where the new ones do not replace it.
            true => self.removals_elsewhere(present, |_| true),
            false if plain < 2 => Vec::new(),
            false => {
                // One that opens is found among others. They may be another application's, unless
                // they are of this host alone.
                let is_found = self.opened(present).len() == 1;
                self.removals_elsewhere(present, |scope| scope.is_none() || !is_found)
            }
        };
        cookies.extend(self.cookie.write(sealed, present)?);
        Ok(cookies)
    }

    /// The removal of the session, wherever it may be: that it is there does not tell where it was
    /// set. What does not open is another application's, and stays elsewhere.
    pub(super) fn clear_session(&self, present: &Cookies<'_>) -> Vec<HeaderValue> {
        self.clear_opened(present, &self.opened(present))
    }

    /// The same, where those that open are known.
    pub(super) fn clear_opened(
        &self,
        present: &Cookies<'_>,
        ours: &[(CookieValue<'_>, SealedSession)],
    ) -> Vec<HeaderValue> {
        let is_unreadable = self.cookie.is_split(present) && self.cookie.read(present).is_none();
        let mut cookies = match is_unreadable || !ours.is_empty() {
            true => self.removals_elsewhere(present, |_| true),
            false => Vec::new(),
        };
        cookies.extend(self.cookie.clear(present));
        cookies
    }

    /// The removal of the session cookies that are present from where they can have been set before
    /// the domain was configured as it is, as far as `is_meant` says.
    fn removals_elsewhere(
        &self,
        present: &Cookies<'_>,
        is_meant: impl Fn(Scope<'_>) -> bool,
    ) -> Vec<HeaderValue> {
        let names = self.cookie.names(present);
        let configured = self.cookie.attributes.domain.as_deref();
        let domains = domains_of(self.origin.host()).into_iter().map(Some);
        let removals = std::iter::once(None)
            .chain(domains)
            .filter(|scope| *scope != configured && is_meant(*scope))
            .flat_map(|scope| {
                names
                    .iter()
                    .map(move |name| self.cookie.removal_from(name, scope))
            });
        let mut room = MOST_BYTES;
        removals
            .take_while(|line| {
                let fits = line.len() <= room;
                room = room.saturating_sub(line.len());
                fits
            })
            .collect()
    }
}

/// The domains that a cookie for `host` can have been set for: the host itself, and those above it
/// that are no single word. The shortest first, for it is shared most, and the likeliest setting.
fn domains_of(host: &str) -> Vec<&str> {
    let is_address = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
    let first = Some(host).filter(|_| !is_address);
    let mut domains: Vec<_> =
        std::iter::successors(first, |domain| Some(domain.split_once('.')?.1))
            .filter(|domain| domain.trim_end_matches('.').contains('.'))
            .collect();
    domains.reverse();
    domains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_can_have_been_set_for_the_host_and_what_is_above_it() {
        let check = |host: &str, expected: &[&str]| {
            assert_eq!(domains_of(host), expected, "{host}");
        };
        check(
            "a.app.example.com",
            &["example.com", "app.example.com", "a.app.example.com"],
        );
        check("app.example", &["app.example"]);
        check("app.example.", &["app.example."]);
        check(
            "a.b.c.d.e.f",
            &["e.f", "d.e.f", "c.d.e.f", "b.c.d.e.f", "a.b.c.d.e.f"],
        );
        for host in ["localhost", "127.0.0.1", "[::1]", ""] {
            check(host, &[]);
        }
    }
}
