//! Proof of a sign-in: what it holds, how it is read, and how long it lasts.
//!
//! The hot path of an application is [`SessionSource::read`]: it runs on every request that asks.

mod cache;
mod claims;
mod codec;
mod danger;
mod event;
mod expiring_set;
mod jwt;
mod organization;
#[cfg(test)]
mod properties;
mod revocation;
#[cfg(test)]
mod tests;
mod token;

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use futures_util::future::{Either, Ready, ready};
use http::HeaderValue;
use serde::de::DeserializeOwned;

pub(crate) use cache::{DEFAULT_CACHE_BYTES, SessionCache};
pub use codec::SessionCodec;
pub(crate) use codec::SessionIds;
pub use danger::DangerSession;
pub use event::SessionEvent;
pub(crate) use expiring_set::ExpiringSet;
pub(crate) use jwt::{JwtSessions, JwtSettings, SessionLifetime};
pub use organization::Impersonator;
pub(crate) use organization::OrganizationClaims;
pub(crate) use revocation::{EndedHere, RevocationList};
pub(crate) use token::NewSession;
pub use token::Token;

use crate::component::Components;
use crate::http::RequestView;
use crate::origin::{Origin, OriginError};
use crate::secret::Wiped;
use crate::spawn::BoxFuture;
use crate::time::Timestamp;
use crate::user::User;

/// Somebody is signed in, and this is who.
///
/// There is no public constructor: a value of this type was read from a cookie that we sealed, or
/// issued by the callback pipeline. Cloning is cheap.
#[derive(Clone)]
pub struct Session(Arc<Held>);

/// A session, and what was made of it and can be handed out again.
#[repr(C)] // In this order: see `SessionData`.
struct Held {
    data: SessionData,
    /// What `GET /session` shows of it to scripts.
    shown: OnceLock<Box<[u8]>>,
}

impl Deref for Held {
    type Target = SessionData;

    fn deref(&self) -> &SessionData {
        &self.data
    }
}

/// What every request looks at comes first, right behind the counters of the `Arc`: of ten thousand
/// people in turn, little is still in the cache of the processor.
#[derive(Clone)]
#[repr(C)]
pub(crate) struct SessionData {
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) started_at: Timestamp,
    pub(crate) writer: Writer,
    pub(crate) user: User,
    pub(crate) roles: Vec<String>,
    pub(crate) permissions: Vec<String>,
    /// Identifies the session for its whole life; a session made by Auth.js has none.
    pub(crate) sid: Option<String>,
    /// Identifies one without `sid`, until its cookie is written anew.
    pub(crate) jti: Option<String>,
    pub(crate) provider: Option<String>,
    pub(crate) auth_time: Option<Timestamp>,
    /// What AuthKit adds.
    pub(crate) organization: Option<Box<OrganizationClaims>>,
    /// The claims as sealed, for whoever wants them in a type of their own.
    pub(crate) claims: Wiped,
}

/// Under which name and key the cookie of a session was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Those in force.
    Current,
    /// Those of next-auth v4: to be written anew at the next occasion.
    NextAuthV4,
}

impl SessionData {
    /// Bytes set aside for what `GET /session` shows: names and punctuation, and the texts without
    /// many escapes.
    pub(crate) fn room_for_shown(&self) -> usize {
        const AROUND: usize = 128;
        let user = &self.user;
        let texts = [&user.name, &user.email, &user.image];
        let length = |text: &String| text.len();
        AROUND + texts.into_iter().flatten().map(length).sum::<usize>()
    }
}

impl Session {
    pub(crate) fn new(data: SessionData) -> Self {
        Self(Arc::new(Held {
            data,
            shown: OnceLock::new(),
        }))
    }

    /// A session with these claims, which nobody has sealed, for tests. `None` without `sub`,
    /// `iat` and `exp`; expired or not makes no difference.
    ///
    /// # Security
    /// Lets whoever chooses `claims` be anybody, with any role: an application that calls this
    /// with what a request says has no sign-in at all.
    pub fn danger_from_claims(claims: &serde_json::Value) -> Option<Self> {
        let payload = Wiped::new(claims.to_string().into_bytes());
        Self::from_payload(payload, Timestamp::from_unix(0))
    }

    pub(crate) fn data(&self) -> &SessionData {
        &self.0.data
    }

    /// What `GET /session` shows of this session: made by `make`, and kept as long as the session
    /// if it takes no more room than is set aside for it.
    pub(crate) fn shown(&self, make: impl FnOnce(&Self) -> Vec<u8>) -> Vec<u8> {
        if let Some(shown) = self.0.shown.get() {
            return shown.to_vec();
        }
        let made = make(self);
        if made.len() <= self.data().room_for_shown() {
            // Another thread may have been first: it has made the same.
            let _ = self.0.shown.set(made.as_slice().into());
        }
        made
    }

    /// Who is signed in.
    pub fn user(&self) -> &User {
        &self.0.user
    }

    /// When the session ends unless it is renewed.
    pub fn expires_at(&self) -> SystemTime {
        self.0.expires_at.into()
    }

    /// The id of the registration that vouched for the person: `github`. `authkit` for AuthKit.
    pub fn provider(&self) -> Option<&str> {
        self.0.provider.as_deref()
    }

    /// When the person last showed a credential, as far as that is proved: the ID Token's
    /// `auth_time`, or for an OAuth 2.0 provider the time of the sign-in.
    pub fn auth_time(&self) -> Option<SystemTime> {
        self.0.auth_time.map(Into::into)
    }

    /// The roles that the application gave in its `jwt` callback, or those of AuthKit's token.
    pub fn roles(&self) -> &[String] {
        &self.0.roles
    }

    /// The permissions that the application gave in its `jwt` callback, or those of AuthKit's token.
    pub fn permissions(&self) -> &[String] {
        &self.0.permissions
    }

    /// Whether the application gave `role`.
    pub fn has_role(&self, role: &str) -> bool {
        self.0.roles.iter().any(|given| given == role)
    }

    /// Whether the application gave `permission`.
    pub fn has_permission(&self, permission: &str) -> bool {
        self.0.permissions.iter().any(|given| given == permission)
    }

    /// All claims of the session in a type of the application's own.
    ///
    /// # Errors
    /// [`ClaimsError`] when the claims do not fit `C`; its message names the field.
    pub fn claims_as<C: DeserializeOwned>(&self) -> Result<C, ClaimsError> {
        let mut claims = serde_json::Deserializer::from_slice(&self.0.claims);
        serde_path_to_error::deserialize(&mut claims).map_err(ClaimsError::new)
    }

    /// Whether the person showed a credential within `max_age` before `now`.
    pub fn is_recent(&self, max_age: Duration, now: Timestamp) -> bool {
        self.0
            .auth_time
            .is_some_and(|auth_time| now.minus(max_age) <= auth_time)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("provider", &self.0.provider)
            .field("roles", &self.0.roles)
            .finish_non_exhaustive()
    }
}

/// The claims of a session do not fit the type that was asked for.
#[derive(thiserror::Error)]
#[error("the claims of the session do not fit the requested type: see `{field}`")]
pub struct ClaimsError {
    field: String,
    source: serde_json::Error,
}

impl ClaimsError {
    pub(crate) fn new(error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let path = error.path().to_string();
        let source = error.into_inner();
        // The path leads to the object that lacks a field; only the message names the field.
        let missing = source
            .to_string()
            .strip_prefix("missing field `")
            .and_then(|rest| rest.split('`').next())
            .map(str::to_owned);
        let field = match missing {
            Some(name) if path == "." => name,
            Some(name) => format!("{path}.{name}"),
            None => path,
        };
        Self { field, source }
    }

    /// The claim that does not fit: `tenant`, or `address.city` inside of another.
    ///
    /// Fit for a log, unlike the source of this error, which quotes the value.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Debug for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClaimsError")
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

/// The sessions of one way to sign in, as a web framework sees them.
///
/// `Auth` and `AuthKit` implement it; where several are mounted, the innermost middleware wins.
pub trait SessionSource: Send + Sync + 'static {
    /// Reads the session of a request.
    ///
    /// Everything needed is taken from `request` before this returns, so the answer borrows
    /// nothing from it.
    ///
    /// # Errors
    /// The answer is a [`ReadError`] where it cannot be told who is signed in. That is nobody's
    /// session, and no guest either.
    fn read<'a>(&'a self, request: &dyn RequestView) -> Lookup<'a>;

    /// What [`read`](Self::read) and [`renewal_is_due`](Self::renewal_is_due) would say, by one look
    /// at the clock, where that takes neither waiting nor much work. `None` has them asked one after
    /// the other, which is the default.
    ///
    /// # Errors
    /// As of [`read`](Self::read).
    fn read_at_once(&self, request: &dyn RequestView) -> Option<Result<Option<Visit>, ReadError>> {
        let _ = request;
        None
    }

    /// Renews `session` if that is due, and returns the `Set-Cookie` values to send. Empty when
    /// nothing is due, or when the session has ended in the meantime.
    ///
    /// # Errors
    /// [`ReadError`] when the renewal could not be decided; the session stays as it was.
    fn renew<'a>(
        &'a self,
        request: &dyn RequestView,
        session: &Session,
    ) -> BoxFuture<'a, Result<Vec<HeaderValue>, ReadError>>;

    /// The removal of a session cookie that [`read`](Self::read) has found to be over for good, as
    /// `Set-Cookie` values. Asked when nobody is signed in. Default: none.
    fn removal(&self, request: &dyn RequestView) -> Vec<HeaderValue> {
        let _ = request;
        Vec::new()
    }

    /// Whether a session may come in `Authorization: Bearer` too. Default: no.
    fn accepts_bearer(&self) -> bool {
        false
    }

    /// Whether [`renew`](Self::renew) may have something to do for `session`: a cheap question,
    /// asked on every request, so that what a renewal needs is kept only when one may come.
    /// Default: it may.
    fn renewal_is_due(&self, session: &Session) -> bool {
        let _ = session;
        true
    }

    /// The origin under which the browser sees this request.
    ///
    /// # Errors
    /// [`OriginError`] when the request does not come by an origin that is configured or safe.
    fn origin(&self, request: &dyn RequestView) -> Result<Origin, OriginError>;

    /// Where a guest is sent to sign in: a path of our own origin.
    fn sign_in_path(&self) -> &str;

    /// The stylesheet of the built-in pages, where there are any: a path of our own origin.
    fn stylesheet_path(&self) -> Option<String> {
        None
    }

    /// The buttons for pages of the application, where there are any.
    ///
    /// # Errors
    /// [`OriginError`] when the request does not come by an origin that is configured or safe.
    fn components(&self, request: &dyn RequestView) -> Result<Option<Components>, OriginError> {
        let _ = request;
        Ok(None)
    }

    /// The current time, from the configured clock.
    fn now(&self) -> Timestamp;
}

/// A session that came with a request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Who is there.
    pub session: Session,
    /// Whether [`SessionSource::renew`] may have something to do.
    pub renewal_is_due: bool,
}

impl Visit {
    /// `session`, which `source` read.
    pub fn of(source: &dyn SessionSource, session: Session) -> Self {
        Self {
            renewal_is_due: source.renewal_is_due(&session),
            session,
        }
    }
}

/// The answer of [`SessionSource::read`]: there at once for encrypted cookies, later for stores.
pub type Lookup<'a> = Either<
    Ready<Result<Option<Session>, ReadError>>,
    BoxFuture<'a, Result<Option<Session>, ReadError>>,
>;

/// A lookup whose answer is known already.
pub fn known<'a>(answer: Result<Option<Session>, ReadError>) -> Lookup<'a> {
    Either::Left(ready(answer))
}

/// Why it is not known whether somebody is signed in. Never to be treated as "a guest".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The request came by an origin that is not configured.
    #[error("the origin of the request is not acceptable")]
    Origin(#[from] OriginError),
    /// A callback of the application failed.
    #[error("a callback of the application failed")]
    Callback(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The session cannot be written.
    #[error("the session cannot be written")]
    Seal(#[from] SealError),
    /// The keys that a token is checked with cannot be had.
    #[error("the keys of the provider cannot be had")]
    Keys(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The session has to be refreshed, and the provider does not answer.
    #[error("the session could not be refreshed")]
    Refresh(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why a session cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// It does not fit into cookies.
    #[error(transparent)]
    TooLarge(#[from] SessionTooLarge),
    /// The application's [`SessionCodec`] failed.
    #[error("the session codec of the application failed")]
    Codec(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The session does not fit into cookies.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the session takes {bytes} bytes, more than the {limit} that fit into cookies")]
pub struct SessionTooLarge {
    /// Size of the sealed session in bytes.
    pub bytes: usize,
    /// The most that is written.
    pub limit: usize,
}
