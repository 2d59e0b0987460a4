//! The sessions that somebody has at WorkOS, and their end.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::call::Call;
use super::open_enum::open_enum;
use super::{Page, PageRequest, WorkOs, WorkOsError};

impl WorkOs {
    /// The sessions of a user.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn list_sessions(
        &self,
        user_id: &str,
        page: &PageRequest,
    ) -> Result<Page<UserSession>, WorkOsError> {
        let call = Call::get(["user_management", "users", user_id, "sessions"]);
        self.call(call.query(page.query())).await
    }

    /// Ends a session, by the claim `sid` of its access token. Its refresh token is dead at once;
    /// an access token lives on until it expires.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn revoke_session(&self, session_id: &str) -> Result<(), WorkOsError> {
        let call = Call::post(["user_management", "sessions", "revoke"]);
        let body = BTreeMap::from([("session_id", session_id)]);
        self.call_without_answer(call.body(&body)).await
    }
}

/// A session at WorkOS. Dates are ISO 8601 text.
#[derive(Clone, Deserialize)]
#[non_exhaustive]
pub struct UserSession {
    /// `session_…`; the `sid` of access tokens.
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// The organization that it is for.
    #[serde(default)]
    pub organization_id: Option<String>,
    /// What it began with.
    #[serde(default)]
    pub auth_method: Option<String>,
    /// Whether it goes on.
    pub status: SessionStatus,
    /// The address that it began from.
    #[serde(default)]
    pub ip_address: Option<String>,
    /// The browser that it began in.
    #[serde(default)]
    pub user_agent: Option<String>,
    /// When it ends.
    #[serde(default)]
    pub expires_at: Option<String>,
    /// When it was ended.
    #[serde(default)]
    pub ended_at: Option<String>,
    /// When it began.
    #[serde(default)]
    pub created_at: Option<String>,
}

impl fmt::Debug for UserSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserSession")
            .field("id", &self.id)
            .field("user_id", &self.user_id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

open_enum! {
    /// Whether a session goes on.
    SessionStatus {
        Active = "active",
        Expired = "expired",
        Revoked = "revoked",
    }
}
