//! A sign-in that has begun and not yet come back: what the callback needs to know of it, sealed
//! in a cookie of the browser that began it.
//!
//! Each has a cookie of its own, so that parallel tabs do not disturb one another.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use http::HeaderValue;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::cookie::{
    CookieAttributes, CookieNames, Cookies, Lifetime, MAX_REMOVALS, SameSite, clear_cookie,
    set_cookie,
};
use crate::oauth::ResponseMode;
use crate::seal::{KeyRing, Secrets};
use crate::secret::{Wiped, ct_eq, hex};
use crate::session::Session;
use crate::time::Timestamp;

/// A sign-in that has begun.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transaction {
    /// The id of the registration that the browser was sent to.
    pub(crate) provider: String,
    /// Which client it had: [`Registration::fingerprint`](crate::provider::Registration).
    pub(crate) client: String,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) code_verifier: Option<String>,
    pub(crate) redirect_uri: String,
    /// Where to send the browser afterwards: an absolute URL.
    pub(crate) return_to: String,
    /// The OpenID `max_age` that was sent, in seconds.
    pub(crate) max_age: Option<u64>,
    #[serde(with = "unix_time")]
    pub(crate) started_at: Timestamp,
    /// Whoever was signed in when it began, where the callback has to know.
    pub(crate) begun_by: Option<BegunBy>,
}

/// The session in which a sign-in began: as much of its claims as tells whether it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BegunBy {
    pub(crate) sub: String,
    sid: Option<String>,
    jti: Option<String>,
    iat: i64,
    exp: i64,
    sat: i64,
}

impl BegunBy {
    pub(crate) fn of(session: &Session) -> Self {
        let data = session.data();
        Self {
            sub: data.user.id.clone(),
            sid: data.sid.clone(),
            jti: data.jti.clone(),
            iat: data.issued_at.as_unix(),
            exp: data.expires_at.as_unix(),
            sat: data.started_at.as_unix(),
        }
    }

    /// The session, without what it says of its user; `None` once it has expired.
    pub(crate) fn session(&self, now: Timestamp) -> Option<Session> {
        Session::from_payload(Wiped::new(serde_json::to_vec(self).ok()?), now)
    }
}

impl Transaction {
    /// Whether the transaction can still be finished. One from the future tells of a clock that
    /// was set back, and gets no more time than the others.
    fn is_live(&self, now: Timestamp) -> bool {
        now.since(self.started_at) <= LIFETIME && self.started_at.since(now) <= LIFETIME
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("provider", &self.provider)
            .field("started_at", &self.started_at)
            .finish_non_exhaustive()
    }
}

/// Seals transactions into cookies and opens them.
#[derive(Debug)]
pub(crate) struct TransactionCookies {
    keys: KeyRing,
}

impl TransactionCookies {
    pub(crate) fn new(secrets: &Secrets) -> Self {
        Self {
            keys: KeyRing::derive(secrets, SALT),
        }
    }

    /// The cookie of a new transaction, and the removal of the oldest where there would be more than
    /// five, and of those that are expired or unreadable, up to a bound.
    pub(crate) fn start(
        &self,
        names: &CookieNames,
        transaction: &Transaction,
        answer: ResponseMode,
        present: &Cookies<'_>,
    ) -> Vec<HeaderValue> {
        let now = transaction.started_at;
        let name = cookie_name(names, &transaction.state);

        let mut live = Vec::new();
        let mut dead = Vec::new();
        for (found, value) in transaction_cookies(names, present) {
            match self.unseal(value) {
                _ if found == name => {}
                Some(Numbered {
                    number,
                    transaction,
                }) if transaction.is_live(now)
                    && cookie_name(names, &transaction.state) == found =>
                {
                    live.push((transaction.started_at, number, found));
                }
                _ => dead.push(found),
            }
        }
        let number = live
            .iter()
            .map(|(_, number, _)| number + 1)
            .max()
            .unwrap_or(0);
        live.sort_unstable();
        live.dedup();
        let surplus = (live.len() + 1).saturating_sub(MOST);
        let mut removed: Vec<&str> = live.drain(..surplus).map(|(_, _, name)| name).collect();
        dead.sort_unstable();
        dead.dedup();
        dead.retain(|name| !removed.contains(name));
        removed.extend(dead);
        removed.truncate(MAX_REMOVALS);
        removed.sort_unstable();

        let mut cookies: Vec<HeaderValue> = removed
            .into_iter()
            .flat_map(|name| removal(names, name))
            .collect();
        let lifetime = Lifetime::MaxAge {
            seconds: KEPT_SECONDS,
            now,
        };
        let value = self.seal(&Numbered {
            number,
            transaction,
        });
        let attributes = match answer {
            ResponseMode::Query => &names.transaction.attributes,
            ResponseMode::FormPost => &for_other_sites(names),
        };
        cookies.push(set_cookie(&name, &value, lifetime, attributes));
        cookies
    }

    /// The transaction that a callback of `provider` with this `state` ends.
    ///
    /// It stays in the browser until the removal of [`clear`](Self::clear) is sent, which is owed
    /// whatever comes of the callback.
    ///
    /// # Errors
    /// [`TransactionError`]; this browser did not begin such a sign-in, or too long ago.
    pub(crate) fn open(
        &self,
        names: &CookieNames,
        present: &Cookies<'_>,
        provider: &str,
        state: &str,
        now: Timestamp,
    ) -> Result<Transaction, TransactionError> {
        let value = present
            .get(&cookie_name(names, state))
            .ok_or(TransactionError::Missing)?;
        let Numbered { transaction, .. } =
            self.unseal(&value).ok_or(TransactionError::Unreadable)?;
        // The name holds part of a hash of the state only.
        if !ct_eq(transaction.state.as_bytes(), state.as_bytes()) {
            return Err(TransactionError::Unreadable);
        }
        if transaction.provider != provider {
            return Err(TransactionError::OtherProvider);
        }
        if !transaction.is_live(now) {
            return Err(TransactionError::Expired);
        }
        Ok(transaction)
    }

    /// What the transaction with this `state` is called: the name of its cookie.
    pub(crate) fn name_of(&self, names: &CookieNames, state: &str) -> String {
        cookie_name(names, state)
    }

    /// The removal of the transaction with this `state`.
    pub(crate) fn clear(&self, names: &CookieNames, state: &str) -> Vec<HeaderValue> {
        removal(names, &cookie_name(names, state))
    }

    /// The removal of those that somebody began while signed in. A sign-out owes it, for such a
    /// transaction speaks for their session where the browser keeps the session's cookie back.
    pub(crate) fn clear_begun_by_users(
        &self,
        names: &CookieNames,
        present: &Cookies<'_>,
    ) -> Vec<HeaderValue> {
        let begun_by_users = |value| {
            let opened = self.unseal(value);
            opened.is_some_and(|it| it.transaction.begun_by.is_some())
        };
        let mut begun: Vec<&str> = transaction_cookies(names, present)
            .filter(|(_, value)| begun_by_users(value))
            .map(|(name, _)| name)
            .collect();
        begun.sort_unstable();
        begun.dedup();
        begun.truncate(MAX_REMOVALS);
        let removals = begun.into_iter().flat_map(|name| removal(names, name));
        removals.collect()
    }

    fn seal(&self, transaction: &Numbered<&Transaction>) -> String {
        // Strings and numbers, and no map: this serialisation cannot fail.
        let payload = serde_json::to_vec(transaction).expect("a transaction is plain data");
        self.keys.seal(&Zeroizing::new(payload))
    }

    fn unseal(&self, value: &str) -> Option<Numbered<Transaction>> {
        serde_json::from_slice(&self.keys.open(value).ok()?).ok()
    }
}

/// A transaction and its place among those of the browser: many can begin in one second, and the
/// oldest must be told.
#[derive(Serialize, Deserialize)]
struct Numbered<T> {
    number: u64,
    #[serde(flatten)]
    transaction: T,
}

/// Why there is no transaction for a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TransactionError {
    /// This browser has no cookie for the state: another browser began the sign-in, or it ended.
    #[error("no sign-in with this state has begun in this browser")]
    Missing,
    /// The cookie is not one that we sealed for this state.
    #[error("the cookie of the sign-in is unreadable")]
    Unreadable,
    /// More than 15 minutes have passed.
    #[error("the sign-in has taken too long")]
    Expired,
    /// The sign-in began at another provider than the one that answers (RFC 9700 §4.4), or with
    /// another client of it.
    #[error("the sign-in began at another provider")]
    OtherProvider,
}

/// Not the name of any cookie, so that no cookie of ours or of Auth.js opens as a transaction.
const SALT: &str = "auth-core transaction";
/// How long a sign-in may take.
pub(crate) const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long the browser keeps the cookie. Longer than it is good for: whoever comes back late is
/// told that it took too long, not that this browser never began it.
const KEPT_SECONDS: u32 = 60 * 60;
/// How many transactions one browser may have at a time.
const MOST: usize = 5;
/// Hexadecimal digits of the hash in a name: 64 bits, to tell a handful of cookies apart.
const NAME_DIGITS: usize = 16;

fn cookie_name(names: &CookieNames, state: &str) -> String {
    let hash = digest(&SHA256, state.as_bytes());
    let digits = hex(&hash.as_ref()[..NAME_DIGITS / 2]);
    format!("{}{digits}", names.transaction.name)
}

/// The cookies named like transactions: nothing else may reach a `Set-Cookie` by its name.
fn transaction_cookies<'s, 'a>(
    names: &'s CookieNames,
    present: &'s Cookies<'a>,
) -> impl Iterator<Item = (&'a str, &'a str)> + 's {
    let prefix = &names.transaction.name;
    present.starting_with(prefix).filter(|(name, _)| {
        let digits = &name.as_bytes()[prefix.len()..];
        digits.len() == NAME_DIGITS
            && digits
                .iter()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Removes a cookie, whichever `SameSite` it was set with.
///
/// The removal is itself `SameSite=None; Secure`, which is accepted in the answer to a cross-site
/// `form_post` too. Without https a browser may refuse that, so a plain one goes along.
fn removal(names: &CookieNames, name: &str) -> Vec<HeaderValue> {
    let mut cookies = vec![clear_cookie(name, &for_other_sites(names))];
    if !names.secure {
        cookies.push(clear_cookie(name, &names.transaction.attributes));
    }
    cookies
}

/// The attributes of a cookie that comes along with the POST of another site.
fn for_other_sites(names: &CookieNames) -> CookieAttributes {
    CookieAttributes {
        same_site: SameSite::None,
        secure: true,
        ..names.transaction.attributes.clone()
    }
}

mod unix_time {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::time::Timestamp;

    pub(super) fn serialize<S: Serializer>(
        time: &Timestamp,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(time.as_unix())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(Timestamp::from_unix)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
