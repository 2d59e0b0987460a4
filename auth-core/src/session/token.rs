//! The claims of a session, as they stand inside the sealed cookie (Auth.js's session JWT).

use std::time::Duration;

use serde_json::{Map, Value};

use crate::secret::{Wiped, random_uuid};
use crate::session::claims::SessionClaims;
use crate::session::{Session, SessionData, Writer};
use crate::time::Timestamp;
use crate::user::User;

/// The claims of a session: what [`Callbacks::jwt`](crate::Callbacks::jwt) may read and change.
///
/// `name`, `email`, `picture` and `sub` are Auth.js's; `roles` and `permissions` are what
/// `#[protected]` asks for; anything else is yours.
#[derive(Clone, PartialEq)]
pub struct Token {
    claims: Map<String, Value>,
}

/// Claims that say what the session is and how long it lasts: the library's alone.
const REGISTERED: [&str; 7] = ["iat", "exp", "jti", "sid", "sat", "auth_time", "provider"];

impl Token {
    /// One of the claims.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.claims.get(name)
    }

    /// Sets a claim. `iat`, `exp`, `jti`, `sid`, `sat`, `auth_time` and `provider` are the library's
    /// and stay as they are.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let name = name.into();
        if !REGISTERED.contains(&name.as_str()) {
            self.claims.insert(name, value.into());
        }
    }

    /// Removes a claim, with the same exceptions as [`Token::set`].
    pub fn remove(&mut self, name: &str) {
        if !REGISTERED.contains(&name) {
            self.claims.remove(name);
        }
    }

    /// Sets the roles that `#[protected(role = "…")]` asks for.
    pub fn set_roles<S: Into<String>>(&mut self, roles: impl IntoIterator<Item = S>) {
        self.set(
            "roles",
            roles.into_iter().map(Into::into).collect::<Vec<String>>(),
        );
    }

    /// Sets the permissions that `#[protected(permission = "…")]` asks for.
    pub fn set_permissions<S: Into<String>>(&mut self, permissions: impl IntoIterator<Item = S>) {
        self.set(
            "permissions",
            permissions
                .into_iter()
                .map(Into::into)
                .collect::<Vec<String>>(),
        );
    }

    /// The claims of a session that begins now.
    pub(crate) fn begin(new: NewSession<'_>) -> Self {
        let mut claims = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                claims.insert(name.to_owned(), value);
            }
        };
        put("name", new.user.name.clone().map(Value::from));
        put("email", new.user.email.clone().map(Value::from));
        put("picture", new.user.image.clone().map(Value::from));
        put("sub", Some(new.user.id.clone().into()));
        put("given_name", new.user.first_name.clone().map(Value::from));
        put("family_name", new.user.last_name.clone().map(Value::from));
        put("sid", Some(new.sid.into()));
        put("sat", Some(new.now.as_unix().into()));
        put("auth_time", new.auth_time.map(|time| time.as_unix().into()));
        put("provider", Some(new.provider.into()));
        Self { claims }
    }

    /// The claims of an opened session, all of them; `None` if one that the library does not read
    /// cannot be read: nested too deep, a number too large, not UTF-8. An application that shares
    /// the secret may have sealed such a payload.
    ///
    /// A session that Auth.js wrote takes the `jti` of its cookie for its `sid`, so that its next
    /// cookie goes by the same name, and ends with it.
    pub(crate) fn of(session: &Session) -> Option<Self> {
        let mut claims: Map<String, Value> = serde_json::from_slice(&session.data().claims).ok()?;
        if let (None, Some(jti)) = (&session.data().sid, &session.data().jti) {
            claims.insert("sid".to_owned(), jti.as_str().into());
        }
        Some(Self { claims })
    }

    /// When the session began, as far as the claims tell.
    pub(crate) fn started_at(&self) -> Option<Timestamp> {
        let seconds = |name: &str| self.claims.get(name).and_then(Value::as_i64);
        seconds("sat")
            .or_else(|| seconds("iat"))
            .map(Timestamp::from_unix)
    }

    /// What `GET /session` shows before the `session` callback: Auth.js's default.
    pub(crate) fn public_user(&self) -> Map<String, Value> {
        [("name", "name"), ("email", "email"), ("image", "picture")]
            .into_iter()
            .filter_map(|(shown, claim)| Some((shown.to_owned(), self.claims.get(claim)?.clone())))
            .collect()
    }

    /// The payload to seal: these claims, with `iat`, `exp` and `jti` set anew as Auth.js does.
    pub(crate) fn stamped(mut self, now: Timestamp, expires_at: Timestamp) -> Vec<u8> {
        self.claims.insert("iat".to_owned(), now.as_unix().into());
        self.claims
            .insert("exp".to_owned(), expires_at.as_unix().into());
        self.claims.insert("jti".to_owned(), random_uuid().into());
        Value::Object(self.claims).to_string().into_bytes()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token")
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// What a session begins with.
pub(crate) struct NewSession<'a> {
    pub(crate) user: &'a User,
    pub(crate) provider: &'a str,
    pub(crate) sid: String,
    pub(crate) auth_time: Option<Timestamp>,
    pub(crate) now: Timestamp,
}

/// How far a clock may be off before an expired session is refused: Auth.js allows 15 seconds.
pub(crate) const CLOCK_TOLERANCE: Duration = Duration::from_secs(15);

impl Session {
    /// Whether its cookie has expired, with a tolerance for clocks.
    pub(crate) fn has_expired(&self, now: Timestamp) -> bool {
        self.data().expires_at.plus(CLOCK_TOLERANCE) <= now
    }

    /// The session in an opened payload; `None` if it has no subject, no expiry, or has expired.
    pub(crate) fn from_payload(payload: Wiped, now: Timestamp) -> Option<Self> {
        Self::opened(payload, Writer::Current, now)
    }

    /// The same, of a cookie that `writer` sealed.
    pub(crate) fn opened(payload: Wiped, writer: Writer, now: Timestamp) -> Option<Self> {
        let claims = SessionClaims::parse(&payload)?;
        let id = claims.sub.filter(|sub| !sub.is_empty())?;
        let expires_at = Timestamp::from_unix(claims.exp?);
        if expires_at.plus(CLOCK_TOLERANCE) <= now {
            return None;
        }
        let issued_at = Timestamp::from_unix(claims.iat?);
        // The `jti` that Auth.js writes is the name only of a session that has no other.
        let jti = claims.jti.filter(|_| claims.sid.is_none());
        Some(Self::new(SessionData {
            user: User {
                id,
                name: claims.name,
                email: claims.email,
                image: claims.picture,
                first_name: claims.given_name,
                last_name: claims.family_name,
            },
            sid: claims.sid,
            jti,
            provider: claims.provider,
            roles: claims.roles,
            permissions: claims.permissions,
            issued_at,
            expires_at,
            started_at: claims.sat.map_or(issued_at, Timestamp::from_unix),
            auth_time: claims.auth_time.map(Timestamp::from_unix),
            writer,
            organization: None,
            claims: payload,
        }))
    }
}
