//! Sessions that live in an encrypted cookie, as Auth.js writes it.
//!
//! What they cannot do: end before their time on another server. A sign-out ends a session at once
//! in the process that served it; others accept a saved copy of the cookie until it expires.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::cookie::{
    CookieNames, CookieValue, Cookies, CookiesByScheme, clear_session_cookies, session_cookies,
};
use crate::credential_cache::Spread;
use crate::seal::{KeyRing, Secrets};
use crate::secret::Wiped;
use crate::session::token::CLOCK_TOLERANCE;
use crate::session::{
    DEFAULT_CACHE_BYTES, EndedHere, RevocationList, SealError, Session, SessionCache, SessionCodec,
    Token, Visit, Writer,
};
use crate::time::{Clock, Timestamp};

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionLifetime {
    /// Without a visit.
    pub(crate) max_age: Duration,
    /// Age at which a visit writes the cookie anew.
    pub(crate) update_age: Duration,
    /// Whatever happens.
    pub(crate) absolute: Option<Duration>,
}

impl Default for SessionLifetime {
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(30 * 24 * 60 * 60),
            update_age: Duration::from_secs(24 * 60 * 60),
            absolute: None,
        }
    }
}

/// What is configured of encrypted-cookie sessions.
#[derive(Clone)]
pub(crate) struct JwtSettings {
    pub(crate) lifetime: SessionLifetime,
    /// How much may be spent on remembering opened sessions, in bytes.
    pub(crate) cache_bytes: usize,
    /// In place of Auth.js's encrypted JWT.
    pub(crate) codec: Option<Arc<dyn SessionCodec>>,
}

impl Default for JwtSettings {
    fn default() -> Self {
        Self {
            lifetime: SessionLifetime::default(),
            cache_bytes: DEFAULT_CACHE_BYTES,
            codec: None,
        }
    }
}

/// Reads, issues, renews and ends encrypted-cookie sessions.
pub(crate) struct JwtSessions {
    plain: KeyRing,
    secure: KeyRing,
    /// For the cookies of next-auth v4, where those are read.
    v4: Option<KeyRing>,
    codec: Option<Arc<dyn SessionCodec>>,
    lifetime: SessionLifetime,
    ended: Box<dyn RevocationList>,
    remembered: SessionCache,
}

impl JwtSessions {
    pub(crate) fn new(secrets: &Secrets, names: &CookiesByScheme, settings: JwtSettings) -> Self {
        // Auth.js derives the key from the name of the cookie.
        let derive = |names: &CookieNames| KeyRing::derive(secrets, &names.session.name);
        let spread = match settings.codec {
            Some(_) => Spread::ByAll,
            None => Spread::ByEnd,
        };
        let reads_v4 = names.https.v4_session.is_some();
        Self {
            plain: derive(&names.http),
            secure: derive(&names.https),
            v4: reads_v4.then(|| KeyRing::derive_v4(secrets)),
            codec: settings.codec,
            lifetime: settings.lifetime,
            ended: Box::new(EndedHere::new()),
            remembered: SessionCache::new(settings.cache_bytes, spread),
        }
    }

    /// The session in the cookies, unless it has expired or ended.
    pub(crate) fn read(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        now: Timestamp,
    ) -> Option<Session> {
        let value = cookies.value(&names.session.name);
        self.read_either(names, cookies, value, now)
    }

    /// The same, and whether its renewal is due. A guest costs no look at the clock.
    pub(crate) fn visit(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        clock: &dyn Clock,
    ) -> Option<Visit> {
        let value = cookies.value(&names.session.name);
        if value.is_none() && self.v4.is_none() {
            return None;
        }
        let now = clock.now();
        let session = self.read_either(names, cookies, value, now)?;
        Some(Visit {
            renewal_is_due: self.renewal_is_due(&session, now),
            session,
        })
    }

    /// The session in the `value` of our cookie, or without one in the cookies of next-auth v4.
    fn read_either(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        value: Option<CookieValue<'_>>,
        now: Timestamp,
    ) -> Option<Session> {
        match value {
            Some(value) => self.read_value(names, &value, now),
            None => self.read_v4(names, cookies, now),
        }
    }

    fn read_value(
        &self,
        names: &CookieNames,
        value: &CookieValue<'_>,
        now: Timestamp,
    ) -> Option<Session> {
        if let Some(session) = self.find_remembered(names, value) {
            if self.counts(&session, now) {
                return Some(session);
            }
            self.remembered.remove(names, &value.decoded());
            return None;
        }
        let sealed = value.decoded();
        let session = match &self.codec {
            Some(codec) => {
                let sealed = std::str::from_utf8(&sealed).ok()?;
                let payload = codec.decode(sealed, &names.session.name)?;
                Session::from_payload(Wiped::new(payload), now)?
            }
            None => Session::from_payload(self.keys(names).open(&sealed).ok()?, now)?,
        };
        if !self.counts(&session, now) {
            return None;
        }
        self.remembered.insert(names, &sealed, &session);
        Some(session)
    }

    fn find_remembered(&self, names: &CookieNames, value: &CookieValue<'_>) -> Option<Session> {
        match &self.codec {
            Some(_) => self.remembered.get(names, &[&value.decoded()]),
            // No value that we sealed holds an escape: it is found as it came.
            None => self.remembered.get(names, value.parts()),
        }
    }

    /// The session in the cookies of next-auth v4, where there is none of ours, good or bad.
    ///
    /// It is not remembered: the next answer writes it anew under our name. Older versions sealed
    /// their check cookies with the same key; these have no `sub`, and are therefore no session
    /// (GHSA-v64w-49xw-qq89).
    fn read_v4(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        now: Timestamp,
    ) -> Option<Session> {
        let (keys, cookie) = (self.v4.as_ref()?, names.v4_session.as_ref()?);
        if cookies.starting_with(&names.session.name).next().is_some() {
            return None;
        }
        let payload = keys.open(&cookies.chunked(&cookie.name)?).ok()?;
        Session::opened(payload, Writer::NextAuthV4, now)
            .filter(|session| self.counts(session, now))
    }

    /// The session in the cookies, if it was opened before and still counts: an answer without any
    /// work. `None` says nothing about who is there.
    pub(crate) fn read_remembered(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        now: Timestamp,
    ) -> Option<Session> {
        let value = cookies.value(&names.session.name)?;
        let session = self.find_remembered(names, &value)?;
        self.counts(&session, now).then_some(session)
    }

    /// Whether an authentic session is one still.
    pub(crate) fn counts(&self, session: &Session, now: Timestamp) -> bool {
        let too_old = self
            .lifetime
            .absolute
            .is_some_and(|absolute| session.data().started_at.plus(absolute) <= now);
        !session.has_expired(now) && !too_old && !self.is_revoked(session)
    }

    /// Seals `token` as a session, and the cookies that carry it.
    pub(crate) fn issue(
        &self,
        token: Token,
        names: &CookieNames,
        present: &Cookies<'_>,
        now: Timestamp,
    ) -> Result<Vec<HeaderValue>, SealError> {
        let expires_at = self.expiry(&token, now);
        let claims = token.stamped(now, expires_at);
        let sealed = match &self.codec {
            Some(codec) => codec
                .encode(&claims, &names.session.name)
                .map_err(SealError::Codec)?,
            None => self.keys(names).seal(&claims),
        };
        Ok(session_cookies(names, &sealed, expires_at, present)?)
    }

    /// When a cookie written now expires: never beyond the absolute end of its session.
    pub(crate) fn expiry(&self, token: &Token, now: Timestamp) -> Timestamp {
        let idle = now.plus(self.lifetime.max_age);
        match self.lifetime.absolute {
            Some(absolute) => idle.min(token.started_at().unwrap_or(now).plus(absolute)),
            None => idle,
        }
    }

    /// Whether a visit now writes the cookie anew.
    pub(crate) fn renewal_is_due(&self, session: &Session, now: Timestamp) -> bool {
        let data = session.data();
        let due = data.writer == Writer::NextAuthV4
            || data.issued_at.plus(self.lifetime.update_age) <= now;
        due && !self.is_revoked(session)
    }

    /// Ends `session` in this process, and returns the cookies that remove it from the browser.
    pub(crate) fn end(
        &self,
        session: Option<&Session>,
        names: &CookieNames,
        present: &Cookies<'_>,
        now: Timestamp,
    ) -> Vec<HeaderValue> {
        if let Some(session) = session {
            self.revoke(session, now);
        }
        clear_session_cookies(names, present)
    }

    /// Ends `session` in this process: no cookie that carries it is accepted any more.
    pub(crate) fn revoke(&self, session: &Session, now: Timestamp) {
        // No cookie of this session, renewed or not, can outlive this.
        let last = now
            .plus(self.lifetime.max_age)
            .max(session.data().expires_at);
        self.ended
            .end(session.data(), now, last.plus(CLOCK_TOLERANCE));
    }

    pub(crate) fn is_revoked(&self, session: &Session) -> bool {
        self.ended.has_ended(session.data())
    }

    #[cfg(test)]
    pub(in crate::session) fn remembered(&self) -> &SessionCache {
        &self.remembered
    }

    fn keys(&self, names: &CookieNames) -> &KeyRing {
        if names.secure {
            &self.secure
        } else {
            &self.plain
        }
    }
}

#[cfg(test)]
mod tests;
