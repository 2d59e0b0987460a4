//! A session that nobody signed in for: for tests.

use serde_json::Value;

use crate::secret::random_base64url;
use crate::session::{NewSession, Token};
use crate::time::Timestamp;
use crate::user::User;

/// What [`Auth::danger_issue_session`](crate::Auth::danger_issue_session) puts into a session.
///
/// # Security
/// It describes anybody. Nothing here was proved.
#[derive(Clone, Debug)]
#[must_use]
pub struct DangerSession {
    user: User,
    provider: String,
    roles: Vec<String>,
    permissions: Vec<String>,
    claims: Vec<(String, Value)>,
    auth_time: Option<Timestamp>,
}

impl DangerSession {
    /// A session of the user with this id.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user: User {
                id: user_id.into(),
                ..User::default()
            },
            provider: "test".to_owned(),
            roles: Vec::new(),
            permissions: Vec::new(),
            claims: Vec::new(),
            auth_time: None,
        }
    }

    /// The full name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.user.name = Some(name.into());
        self
    }

    /// The e-mail address.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.user.email = Some(email.into());
        self
    }

    /// The id of the registration that is said to vouch for the person. Default: `test`.
    pub fn provider(mut self, provider: impl Into<String>) -> Self {
        self.provider = provider.into();
        self
    }

    /// Adds a role.
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Adds a permission.
    pub fn permission(mut self, permission: impl Into<String>) -> Self {
        self.permissions.push(permission.into());
        self
    }

    /// Adds a claim of the application's own.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.push((name.into(), value.into()));
        self
    }

    /// When a credential was shown. Default: when the session is issued.
    pub fn auth_time(mut self, auth_time: Timestamp) -> Self {
        self.auth_time = Some(auth_time);
        self
    }

    pub(crate) fn into_token(self, now: Timestamp) -> Token {
        let mut token = Token::begin(NewSession {
            user: &self.user,
            provider: &self.provider,
            sid: random_base64url::<16>(),
            auth_time: Some(self.auth_time.unwrap_or(now)),
            now,
        });
        if !self.roles.is_empty() {
            token.set_roles(self.roles);
        }
        if !self.permissions.is_empty() {
            token.set_permissions(self.permissions);
        }
        for (name, value) in self.claims {
            token.set(name, value);
        }
        token
    }
}
