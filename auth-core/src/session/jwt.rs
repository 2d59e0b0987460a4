//! Sessions that live in an encrypted cookie, as Auth.js writes it.
//!
//! What they cannot do: end before their time on another server. A sign-out ends a session at once
//! in the process that served it; others accept a saved copy of the cookie until it expires.

use std::time::Duration;

use http::HeaderValue;

use crate::cookie::{CookieNames, Cookies, clear_session_cookies, session_cookies};
use crate::seal::{KeyRing, Secrets};
use crate::session::token::CLOCK_TOLERANCE;
use crate::session::{EndedHere, RevocationList, Session, SessionCache, SessionTooLarge, Token};
use crate::time::Timestamp;

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

/// Reads, issues, renews and ends encrypted-cookie sessions.
pub(crate) struct JwtSessions {
    plain: KeyRing,
    secure: KeyRing,
    lifetime: SessionLifetime,
    ended: Box<dyn RevocationList>,
    remembered: SessionCache,
}

impl JwtSessions {
    pub(crate) fn new(
        secrets: &Secrets,
        lifetime: SessionLifetime,
        remembered: SessionCache,
    ) -> Self {
        // Auth.js derives the key from the name of the cookie.
        let derive = |secure| KeyRing::derive(secrets, &CookieNames::new(secure).session);
        Self {
            plain: derive(false),
            secure: derive(true),
            lifetime,
            ended: Box::new(EndedHere::new()),
            remembered,
        }
    }

    /// The session in the cookies, unless it has expired or ended.
    pub(crate) fn read(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        now: Timestamp,
    ) -> Option<Session> {
        let sealed = cookies.chunked(&names.session)?;
        if let Some(session) = self.remembered.get(names, &sealed) {
            if self.counts(&session, now) {
                return Some(session);
            }
            self.remembered.remove(names, &sealed);
            return None;
        }
        let payload = self.keys(names).open(&sealed).ok()?;
        let session = Session::from_payload(&payload, now)?;
        if !self.counts(&session, now) {
            return None;
        }
        self.remembered.insert(names, &sealed, &session);
        Some(session)
    }

    /// The session in the cookies, if it was opened before and still counts: an answer without any
    /// work. `None` says nothing about who is there.
    pub(crate) fn read_remembered(
        &self,
        names: &CookieNames,
        cookies: &Cookies<'_>,
        now: Timestamp,
    ) -> Option<Session> {
        let sealed = cookies.chunked(&names.session)?;
        let session = self.remembered.get(names, &sealed)?;
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
    ) -> Result<Vec<HeaderValue>, SessionTooLarge> {
        let expires_at = self.expiry(&token, now);
        let sealed = self.keys(names).seal(&token.stamped(now, expires_at));
        session_cookies(names, &sealed, expires_at, present)
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
        session.data().issued_at.plus(self.lifetime.update_age) <= now && !self.is_revoked(session)
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
    pub(super) fn remembered(&self) -> &SessionCache {
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
