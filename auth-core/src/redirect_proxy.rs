//! One stable origin that providers know, for deployments under origins that they do not.
//!
//! A preview deployment sends people to the provider with the `redirect_uri` of the stable one. The
//! provider's answer arrives there and is passed on to the origin that the `state` names, which
//! finishes the sign-in with the transaction in its own cookie. Auth.js calls this
//! `redirectProxyUrl`.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::origin::Origin;
use crate::seal::{KeyRing, Secrets};
use crate::time::Timestamp;
use crate::transaction::LIFETIME;

/// The stable deployment: for one that sends answers through it, and for the one that it is.
pub(crate) struct RedirectProxy {
    origin: Origin,
    allowed: Vec<AllowedOrigin>,
    keys: KeyRing,
}

/// Not the name of any cookie, nor the salt of anything else: no other value of ours opens as a
/// state.
const SALT: &str = "auth-core redirect proxy";

/// What the `state` of a sign-in through the proxy holds, sealed.
#[derive(Serialize, Deserialize)]
struct Passage {
    /// The unguessable part.
    state: String,
    /// Where to pass the answer on to.
    origin: String,
    /// The id of the registration.
    provider: String,
    exp: i64,
}

impl RedirectProxy {
    pub(crate) fn new(origin: Origin, allowed: Vec<AllowedOrigin>, secrets: &Secrets) -> Self {
        Self {
            origin,
            allowed,
            keys: KeyRing::derive(secrets, SALT),
        }
    }

    /// The proxy's origin, unless that is `here`.
    pub(crate) fn seen_from(&self, here: &Origin) -> Option<&Origin> {
        (self.origin != *here).then_some(&self.origin)
    }

    /// `state`, and with it for the proxy that the answer belongs to `provider` at `here`.
    pub(crate) fn seal_state(
        &self,
        state: String,
        here: &Origin,
        provider: &str,
        now: Timestamp,
    ) -> String {
        let passage = Passage {
            state,
            origin: here.as_str().to_owned(),
            provider: provider.to_owned(),
            exp: now.plus(LIFETIME).as_unix(),
        };
        // Strings and a number: this serialisation cannot fail.
        let payload = serde_json::to_vec(&passage).expect("a passage is plain data");
        self.keys.seal(&payload)
    }

    /// The origin that an answer with this `state` is to be passed on to. `None`: it is ours, or of
    /// nobody that we know.
    ///
    /// # Errors
    /// [`PassageError`] when the state names an origin that the answer may not go to.
    pub(crate) fn passage(
        &self,
        state: &str,
        here: &Origin,
        provider: &str,
        now: Timestamp,
    ) -> Result<Option<Origin>, PassageError> {
        if self.seen_from(here).is_some() {
            return Ok(None);
        }
        let passage = self.keys.open(state).ok();
        let passage: Option<Passage> =
            passage.and_then(|payload| serde_json::from_slice(&payload).ok());
        let Some(passage) = passage else {
            return Ok(None);
        };
        let origin = Origin::parse(&passage.origin).map_err(|_| PassageError::Origin)?;
        if origin == *here {
            return Ok(None);
        }
        if passage.provider != provider {
            return Err(PassageError::OtherProvider);
        }
        if Timestamp::from_unix(passage.exp) <= now {
            return Err(PassageError::Expired);
        }
        if !self.allowed.iter().any(|allowed| allowed.covers(&origin)) {
            return Err(PassageError::Origin);
        }
        Ok(Some(origin))
    }
}

impl fmt::Debug for RedirectProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedirectProxy")
            .field("origin", &self.origin)
            .field("allowed", &self.allowed)
            .finish_non_exhaustive()
    }
}

/// Why an answer is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PassageError {
    /// The sign-in began longer ago than 15 minutes.
    #[error("the sign-in has taken too long")]
    Expired,
    /// It began at another provider than the one that answers (RFC 9700 §4.4).
    #[error("the sign-in began at another provider")]
    OtherProvider,
    /// The origin that it began at is none of those that are allowed.
    #[error("the origin of the sign-in is not among `.redirect_proxy_origins(..)`")]
    Origin,
}

/// An origin, or with `*` for the first label of its host, all origins that differ in this label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AllowedOrigin {
    Exactly(Origin),
    Below(Origin),
}

impl AllowedOrigin {
    /// Reads `https://next.example.com` or `https://*.previews.example.com`. https, or loopback:
    /// the answer of a provider must not be read on its way.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (text, is_open) = match text.split_once("://*.") {
            Some((scheme, domain)) => (&*format!("{scheme}://{domain}"), true),
            None => (text, false),
        };
        // A URL parser takes `*` for a letter.
        let origin = Origin::parse(text).ok().filter(|_| !text.contains('*'))?;
        // Below a name of one label, anybody can have a host; an address has none below it.
        let host = origin.host();
        let has_hosts_below = host.contains('.') && host.parse::<IpAddr>().is_err();
        if !(origin.is_secure() || origin.is_loopback()) || is_open && !has_hosts_below {
            return None;
        }
        Some(if is_open {
            Self::Below(origin)
        } else {
            Self::Exactly(origin)
        })
    }

    fn covers(&self, origin: &Origin) -> bool {
        match self {
            Self::Exactly(allowed) => allowed == origin,
            Self::Below(parent) => {
                let below = || {
                    let (scheme, rest) = origin.as_str().split_once("://")?;
                    let (label, host) = rest.split_once('.')?;
                    Some(!label.is_empty() && parent.as_str() == format!("{scheme}://{host}"))
                };
                below().unwrap_or(false)
            }
        }
    }
}

#[cfg(test)]
mod tests;
