//! Reading a session: from its cookie, refreshed where that is due, or from a bearer token.

use std::time::Duration;

use futures_util::future::Either;
use http::HeaderValue;

use super::access_token::{AccessToken, AccessTokenError};
use super::claims::{organization_of, session_of};
use super::kit::Inner;
use super::known_token::KnownToken;
use super::rotation::{Purpose, Rotated, RotationError};
use super::sealed::{Glance, SealedSession, Unsealed};
use super::workos::{Grant, WorkOsError};
use crate::cookie::{CookieValue, Cookies};
use crate::http::{RequestView, single_header};
use crate::session::{Lookup, ReadError, SealError, Session, known};
use crate::spawn::BoxFuture;
use crate::time::Timestamp;
use crate::user::User;

/// How many pairs are followed from the one in a cookie to the one in force.
const MOST_ROTATIONS: usize = 4;

/// A token that has expired within this time of its issue was never good by our clock.
const TOO_SOON: Duration = Duration::from_secs(10);

/// How long before its end a token is refreshed, ...
const BUFFER: Duration = Duration::from_secs(60);
/// ... and one that lasts no longer than [`SHORT_LIFE`].
const SHORT_BUFFER: Duration = Duration::from_secs(30);
const SHORT_LIFE: Duration = Duration::from_secs(300);

/// Why a pair of tokens did not become another.
#[derive(Debug, thiserror::Error)]
pub(super) enum RefreshError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Rotation(RotationError),
}

/// What an access token turned out to be.
type Verified = Result<AccessToken, AccessTokenError>;

/// What an access token, and with it a session, has to prove.
enum Checked {
    /// The token is good, and belongs to the person in the seal.
    Valid(Session),
    /// It is not good any more. Its session may be.
    Stale,
    /// It never was, or it is another person's.
    Refused,
}

impl Inner {
    /// The session of a request. Answered at once if its cookie or its token was seen before, and
    /// the token is not about to expire.
    pub(super) fn read<'a>(&'a self, request: &dyn RequestView) -> Lookup<'a> {
        let now = self.clock.now();
        if self.bearer_tokens
            && let Some(token) = bearer_token(request)
        {
            return self.read_bearer(token, now);
        }
        let Some(cookie) = self.session_cookie(&Cookies::of(request)) else {
            return known(Ok(None));
        };
        match self.read_remembered(&cookie, now) {
            Some(session) => known(Ok(session)),
            None => self.open(&cookie.decoded(), now),
        }
    }

    /// The same, for guests and for those whose cookie was seen before. `None` says nothing about who
    /// is there.
    pub(super) fn read_at_once(&self, request: &dyn RequestView) -> Option<Option<Session>> {
        if self.bearer_tokens && bearer_token(request).is_some() {
            return None;
        }
        let Some(cookie) = self.session_cookie(&Cookies::of(request)) else {
            return Some(None);
        };
        self.read_remembered(&cookie, self.clock.now())
    }

    /// The session of a cookie that was seen before, unless it has to be refreshed. No seal holds an
    /// escape: it is found as it came.
    fn read_remembered(&self, cookie: &CookieValue<'_>, now: Timestamp) -> Option<Option<Session>> {
        let session = self.remembered.get_in_parts(cookie.parts())?;
        if session.data().expires_at <= now {
            return None;
        }
        if self.has_ended(&session, now) {
            return Some(None);
        }
        (!self.refresh_is_due(&session, now)).then_some(Some(session))
    }

    /// The cookies that bring the browser up to date: after a refresh, or a change of passwords.
    pub(super) fn renewed_cookies(
        &self,
        session: &Session,
        present: &Cookies<'_>,
    ) -> Result<Vec<HeaderValue>, ReadError> {
        match session.renewed() {
            // Signed out in the meantime: signed out wins.
            Some(sealed) if !self.has_ended(session, self.clock.now()) => {
                let cookies = self.set_session(sealed, present);
                Ok(cookies.map_err(SealError::from)?)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The removal of a cookie whose session is over, if that is known.
    pub(super) fn removal(&self, present: &Cookies<'_>) -> Vec<HeaderValue> {
        let over = self
            .sealed_session(present)
            .is_some_and(|session| self.rotations.has_ended(&session.refresh_token));
        match over {
            true => self.clear_session(present),
            false => Vec::new(),
        }
    }

    /// What is sealed in the cookie of a request, whether its token is still good or not.
    pub(super) fn sealed_session(&self, present: &Cookies<'_>) -> Option<SealedSession> {
        let sealed = self.session_cookie(present)?.decoded();
        Unsealed::open(&self.passwords, &sealed, self.clock.now())?.session()
    }

    fn open<'a>(&'a self, sealed: &[u8], now: Timestamp) -> Lookup<'a> {
        let Some(unsealed) = Unsealed::open(&self.passwords, sealed, now) else {
            return known(Ok(None));
        };
        if let Some(session) = self.admit_at_once(sealed, &unsealed, now) {
            return known(Ok(Some(session)));
        }
        let Some(opened) = unsealed.session() else {
            return known(Ok(None));
        };
        if let Some(known) = self.tokens.known(&opened.access_token, now) {
            return self.admit(sealed, opened, known.map(|known| known.token));
        }
        let sealed = sealed.to_vec();
        Either::Right(Box::pin(async move {
            let verified = self.tokens.verify(&opened.access_token).await;
            self.admit(&sealed, opened, verified).await
        }))
    }

    /// The session of a cookie whose token is remembered, where there is nothing else to do: what
    /// [`admit`](Self::admit) comes to. Whoever has come with the same token before, and is the same
    /// to the letter, has the same session.
    fn admit_at_once(&self, sealed: &[u8], unsealed: &Unsealed, now: Timestamp) -> Option<Session> {
        let glance = unsealed.glance()?;
        let known = self.tokens.known(&glance.access_token, now)?.ok()?;
        if !self.passwords.names_newest(sealed) {
            return None;
        }
        let session = match known.session(glance.user_json(), glance.impersonator.as_ref()) {
            Some(session) => session.clone(),
            None => self.first_session(known, &glance)?,
        };
        if self.has_ended(&session, now) || self.refresh_is_due(&session, now) {
            return None;
        }
        self.remembered.insert(sealed, &session);
        Some(session)
    }

    /// The session that a token makes with a seal that differs from the one before, for others to
    /// share. `None` if the person in the seal is not the one that the token is of.
    fn first_session(&self, known: KnownToken, glance: &Glance<'_>) -> Option<Session> {
        let user = glance.user().filter(|user| user.id == known.token.sub())?;
        let session = session_of(&known.token, user, glance.impersonator.clone());
        let known = known.with_session(
            glance.user_json(),
            glance.impersonator.clone(),
            session.clone(),
        );
        self.tokens.remember(&glance.access_token, &known);
        Some(session)
    }

    /// The session that was `opened` from `sealed`, by what its token proves. Takes time only where
    /// it has to be refreshed.
    fn admit<'a>(&'a self, sealed: &[u8], opened: SealedSession, verified: Verified) -> Lookup<'a> {
        let mut session = match check(&opened, verified) {
            Err(error) => return known(Err(error)),
            Ok(Checked::Refused) => return known(Ok(None)),
            Ok(Checked::Stale) => {
                return Either::Right(Box::pin(async move {
                    self.refreshed(opened, &Purpose::Needed).await
                }));
            }
            Ok(Checked::Valid(session)) => session,
        };
        let now = self.clock.now();
        if self.has_ended(&session, now) {
            return known(Ok(None));
        }
        if self.refresh_is_due(&session, now) {
            return Either::Right(Box::pin(async move {
                // The token is good for a little longer, whatever comes of this.
                let refreshed = self.refreshed(opened, &Purpose::Ahead).await;
                Ok(refreshed.ok().flatten().or(Some(session)))
            }));
        }
        if !self.passwords.names_newest(sealed) {
            let newest = opened.seal(&self.passwords, now);
            session = session.with_renewed(newest.into());
        }
        self.remembered.insert(sealed, &session);
        known(Ok(Some(session)))
    }

    /// The session of the pair that `opened` has become.
    async fn refreshed(
        &self,
        opened: SealedSession,
        purpose: &Purpose,
    ) -> Result<Option<Session>, ReadError> {
        match self.rotate(opened, purpose).await {
            Ok(session) => Ok(session),
            Err(RefreshError::Read(error)) => Err(error),
            Err(RefreshError::Rotation(error)) if error.is_terminal() => {
                tracing::info!(target: "auth", %error, "a session is over");
                Ok(None)
            }
            Err(RefreshError::Rotation(error)) => Err(ReadError::Refresh(Box::new(error))),
        }
    }

    /// Refreshes until the pair is one that `purpose` wants. A browser that was away may come with
    /// one that has been replaced more than once.
    pub(super) async fn rotate(
        &self,
        opened: SealedSession,
        purpose: &Purpose,
    ) -> Result<Option<Session>, RefreshError> {
        let mut current = opened;
        for _ in 0..MOST_ROTATIONS {
            let refresh = || self.refresh_call(current.clone(), purpose);
            let rotated = self
                .rotations
                .rotate(&current.refresh_token, purpose, refresh)
                .await
                .map_err(RefreshError::Rotation)?;
            let is_wanted = match purpose {
                Purpose::Switch(organization) => rotated.switched_to.as_ref() == Some(organization),
                Purpose::Needed | Purpose::Ahead => true,
            };
            let verified = self.tokens.verify(&rotated.session.access_token).await;
            match check(&rotated.session, verified)? {
                Checked::Valid(session) if is_wanted => {
                    if self.has_ended(&session, self.clock.now()) {
                        return Ok(None);
                    }
                    // What the browser comes with next is this, and then nothing is left to send.
                    self.remembered.insert(rotated.sealed.as_bytes(), &session);
                    return Ok(Some(session.with_renewed(rotated.sealed.clone())));
                }
                Checked::Refused => return Ok(None),
                Checked::Stale if self.clock.now().since(rotated.at) < TOO_SOON => break,
                Checked::Valid(_) | Checked::Stale => current = rotated.session.clone(),
            }
        }
        tracing::warn!(
            target: "auth",
            "an access token that is new cannot be used: check the clock of this server"
        );
        Ok(None)
    }

    /// The call that `Rotations` makes once: everything after it must not depend on who waits.
    fn refresh_call(
        &self,
        before: SealedSession,
        purpose: &Purpose,
    ) -> BoxFuture<'static, Result<Rotated, WorkOsError>> {
        let switched_to = match purpose {
            Purpose::Switch(organization) => Some(organization.clone()),
            Purpose::Needed | Purpose::Ahead => None,
        };
        let organization_id = switched_to
            .clone()
            .or_else(|| organization_of(&before.access_token));
        let grant = Grant::RefreshToken {
            refresh_token: before.refresh_token.as_str().into(),
            organization_id,
        };
        let (workos, passwords) = (self.workos.clone(), self.passwords.clone());
        let clock = self.clock.clone();
        Box::pin(async move {
            let response = workos.authenticate(grant).await?;
            let session = SealedSession::new(&response, Some(&before));
            let at = clock.now();
            Ok(Rotated {
                sealed: session.seal(&passwords, at).into(),
                session,
                switched_to,
                at,
            })
        })
    }

    fn read_bearer<'a>(&'a self, token: &str, now: Timestamp) -> Lookup<'a> {
        if let Some(session) = self.bearers.get(token.as_bytes()) {
            if session.data().expires_at > now {
                return known(Ok((!self.has_ended(&session, now)).then_some(session)));
            }
            self.bearers.remove(token.as_bytes());
        }
        let token = token.to_owned();
        Either::Right(Box::pin(async move {
            let verified = match self.tokens.verify(&token).await {
                Ok(verified) => verified,
                Err(AccessTokenError::Keys(error)) => {
                    return Err(ReadError::Keys(error));
                }
                Err(error) => {
                    tracing::debug!(target: "auth", %error, "refused a bearer token");
                    return Ok(None);
                }
            };
            let user = User {
                id: verified.sub().to_owned(),
                ..User::default()
            };
            let session = session_of(&verified, user, None);
            self.bearers.insert(token.as_bytes(), &session);
            Ok((!self.has_ended(&session, self.clock.now())).then_some(session))
        }))
    }

    /// Whether the access token is about to expire.
    fn refresh_is_due(&self, session: &Session, now: Timestamp) -> bool {
        let data = session.data();
        let buffer = self.refresh_buffer.unwrap_or_else(|| {
            match data.expires_at.since(data.issued_at) <= SHORT_LIFE {
                true => SHORT_BUFFER,
                false => BUFFER,
            }
        });
        data.expires_at <= now.plus(buffer)
    }
}

/// Whether the token in a seal is good now, and belongs to the person in it. A seal alone proves
/// nothing of the present.
fn check(sealed: &SealedSession, verified: Verified) -> Result<Checked, ReadError> {
    let token = match verified {
        Ok(token) => token,
        Err(AccessTokenError::Expired | AccessTokenError::UnknownKey) => return Ok(Checked::Stale),
        Err(AccessTokenError::Keys(error)) => return Err(ReadError::Keys(error)),
        Err(error) => {
            tracing::warn!(
                target: "auth",
                %error,
                "an authentic session holds an access token that is not: if WorkOS has another \
                 issuer for this environment, name it in WORKOS_ISSUER"
            );
            return Ok(Checked::Refused);
        }
    };
    let Some(user) = sealed.user().filter(|user| user.id == token.sub()) else {
        tracing::warn!(target: "auth", "a session holds the access token of somebody else");
        return Ok(Checked::Refused);
    };
    Ok(Checked::Valid(session_of(
        &token,
        user,
        sealed.impersonator.clone(),
    )))
}

/// The token of `Authorization: Bearer` (RFC 6750 §2.1), good or not. A header that is there twice
/// names none that is good.
fn bearer_token(request: &dyn RequestView) -> Option<&str> {
    let Ok(header) = single_header(request, "authorization") else {
        return Some("");
    };
    let (scheme, token) = header?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_matches(' '))
}
