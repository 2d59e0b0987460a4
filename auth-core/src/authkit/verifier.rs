//! A sign-in that has begun: `state` and the PKCE verifier, sealed into a cookie of the browser
//! that began it, as the newest SDKs of WorkOS do it.
//!
//! The sealed text is both the `state` in the URL and the value of the cookie. The two are compared
//! byte by byte before anything is opened: whoever lacks the cookie cannot finish the sign-in.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use serde::{Deserialize, Serialize};

use super::cookie::Attributes;
use crate::cookie::{Cookies, MAX_REMOVALS, SameSite};
use crate::seal::iron::{IronError, IronPasswords, json_object};
use crate::secret::{Secret, ct_eq, random_uuid};
use crate::time::Timestamp;

/// What the callback needs to know of a sign-in. The names are those of the SDKs; `maxAge` and
/// `number` are ours, and they skip what they do not know.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verifier {
    nonce: String,
    pub(super) code_verifier: String,
    /// Where the person wanted to go, as the visitor's request said: checked when it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) return_pathname: Option<String>,
    /// In milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issued_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<String>,
    /// How recent a sign-in was asked for, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) max_age: Option<u64>,
    /// Many can begin in one second, and the oldest must be told.
    #[serde(default)]
    number: u64,
}

/// What a sign-in begins with.
pub(super) struct Begin<'a> {
    pub(super) code_verifier: &'a Secret<String>,
    pub(super) return_to: Option<String>,
    pub(super) redirect_uri: &'a str,
    pub(super) max_age: Option<u64>,
    pub(super) now: Timestamp,
}

/// Why a sign-in cannot be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum VerifierError {
    /// Another browser began the sign-in, or it is over.
    #[error("no sign-in with this state has begun in this browser")]
    Missing,
    /// The cookie has another value than the state.
    #[error("the cookie of the sign-in does not match the state")]
    Mismatch,
    /// Not sealed by us, or not for a sign-in.
    #[error("the state of the sign-in is unreadable")]
    Unreadable,
    /// More than ten minutes have passed.
    #[error("the sign-in has taken too long")]
    Expired,
}

/// How long a sign-in may take.
pub(super) const LIFETIME: Duration = Duration::from_secs(600);
/// How far in the future one may have begun, by clocks that differ.
const SKEW: Duration = Duration::from_secs(60);
/// How many sign-ins one browser may have under way.
const MOST: usize = 5;
const PREFIX: &str = "wos-auth-verifier-";
/// The one cookie of earlier SDKs; the names of all others begin with it.
pub(super) const VERIFIER_COOKIE: &str = "wos-auth-verifier";

/// Seals sign-ins into cookies and opens them.
pub(super) struct VerifierCookies {
    passwords: IronPasswords,
    attributes: Attributes,
}

impl VerifierCookies {
    /// With the attributes of the session cookie, but never `SameSite=Strict`: the browser comes
    /// back from another site.
    pub(super) fn new(passwords: IronPasswords, mut attributes: Attributes) -> Self {
        if attributes.same_site == SameSite::Strict {
            attributes.same_site = SameSite::Lax;
        }
        Self {
            passwords,
            attributes,
        }
    }

    /// The `state` of a new sign-in, its cookie, and the removal of the oldest where there would be
    /// more than five, and of those that are over.
    pub(super) fn start(
        &self,
        begin: Begin<'_>,
        present: &Cookies<'_>,
    ) -> (String, Vec<HeaderValue>) {
        let mut live = Vec::new();
        let mut removed = Vec::new();
        for (name, state) in verifier_cookies(present) {
            match self.unseal(state, begin.now) {
                Ok(verifier) if cookie_name(state) == name => {
                    live.push((verifier.issued_at, verifier.number, name));
                }
                _ => removed.push(name),
            }
        }
        let number = live.iter().map(|(_, number, _)| number + 1).max();
        live.sort_unstable();
        live.dedup();
        let surplus = (live.len() + 1).saturating_sub(MOST);
        removed.splice(0..0, live.drain(..surplus).map(|(_, _, name)| name));
        removed.truncate(MAX_REMOVALS);

        let verifier = Verifier {
            nonce: random_uuid(),
            code_verifier: begin.code_verifier.expose().clone(),
            return_pathname: begin.return_to,
            issued_at: Some(begin.now.as_unix().saturating_mul(1000)),
            redirect_uri: Some(begin.redirect_uri.to_owned()),
            max_age: begin.max_age,
            number: number.unwrap_or(0),
        };
        // Strings and numbers, and no map: this serialisation cannot fail.
        let json = serde_json::to_vec(&verifier).expect("a verifier is plain data");
        let state = self.passwords.seal(&json, Some(LIFETIME), begin.now);
        let mut cookies: Vec<HeaderValue> = removed
            .into_iter()
            .map(|name| self.attributes.removal(name))
            .collect();
        let name = cookie_name(&state);
        cookies.push(self.attributes.line(&name, &state, LIFETIME.as_secs()));
        (state, cookies)
    }

    /// The sign-in that a callback with this `state` ends.
    ///
    /// It stays in the browser until [`clear`](Self::clear) is sent, which is owed whatever comes
    /// of the callback.
    ///
    /// # Errors
    /// [`VerifierError`].
    pub(super) fn open(
        &self,
        state: &str,
        redirect_uri: &str,
        present: &Cookies<'_>,
        now: Timestamp,
    ) -> Result<Verifier, VerifierError> {
        let cookie = present
            .get(&cookie_name(state))
            .or_else(|| present.get(VERIFIER_COOKIE))
            .ok_or(VerifierError::Missing)?;
        if !ct_eq(cookie.as_bytes(), state.as_bytes()) {
            return Err(VerifierError::Mismatch);
        }
        let verifier = self.unseal(state, now)?;
        match &verifier.redirect_uri {
            Some(begun_for) if begun_for != redirect_uri => Err(VerifierError::Unreadable),
            _ => Ok(verifier),
        }
    }

    /// The removal of the sign-in with this `state`.
    pub(super) fn clear(&self, state: &str, present: &Cookies<'_>) -> Vec<HeaderValue> {
        let legacy = present
            .get(VERIFIER_COOKIE)
            .map(|_| VERIFIER_COOKIE.to_owned());
        std::iter::once(cookie_name(state))
            .chain(legacy)
            .map(|name| self.attributes.removal(&name))
            .collect()
    }

    /// The removal of every sign-in of this browser.
    pub(super) fn clear_all(&self, present: &Cookies<'_>) -> Vec<HeaderValue> {
        verifier_cookies(present)
            .map(|(name, _)| self.attributes.removal(name))
            .take(MAX_REMOVALS)
            .collect()
    }

    fn unseal(&self, state: &str, now: Timestamp) -> Result<Verifier, VerifierError> {
        let verifier: Verifier = self
            .passwords
            .unseal_bytes(state.as_bytes(), now)
            .and_then(|text| json_object(&text))
            .map_err(|error| match error {
                IronError::Expired => VerifierError::Expired,
                _ => VerifierError::Unreadable,
            })?;
        if let Some(issued_at) = verifier.issued_at {
            let issued_at = seconds(issued_at);
            if now.since(issued_at) > LIFETIME || issued_at.since(now) > SKEW {
                return Err(VerifierError::Expired);
            }
        }
        Ok(verifier)
    }
}

impl Verifier {
    /// When the sign-in began, or `now` where that is not said.
    pub(super) fn began(&self, now: Timestamp) -> Timestamp {
        self.issued_at.map_or(now, seconds)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}

fn seconds(milliseconds: i64) -> Timestamp {
    Timestamp::from_unix(milliseconds.div_euclid(1000))
}

/// One cookie for each sign-in, so that parallel tabs do not disturb one another.
fn cookie_name(state: &str) -> String {
    format!("{PREFIX}{:08x}", fnv1a(state.as_bytes()))
}

/// FNV-1a of 32 bits: tells a handful of cookies apart. The whole value is compared later.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// The cookies named like sign-ins: nothing else may reach a `Set-Cookie` by its name.
fn verifier_cookies<'s, 'a>(
    present: &'s Cookies<'a>,
) -> impl Iterator<Item = (&'a str, &'a str)> + 's {
    present.starting_with(VERIFIER_COOKIE).filter(|(name, _)| {
        *name == VERIFIER_COOKIE
            || name.strip_prefix(PREFIX).is_some_and(|digits| {
                digits.len() == 8
                    && digits
                        .bytes()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            })
    })
}
