//! What the session cookie of AuthKit holds, in the names of the SDKs for JavaScript.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::workos::AuthenticationResponse;
use crate::seal::iron::{IronPasswords, json_object};
use crate::secret::Wiped;
use crate::session::Impersonator;
use crate::time::Timestamp;
use crate::user::User;

/// The session as it is sealed. The SDKs differ in what they put in beside these; whatever it is,
/// it is not read.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SealedSession {
    pub(super) access_token: Zeroizing<String>,
    pub(super) refresh_token: Zeroizing<String>,
    /// As WorkOS describes the person, unknown members kept.
    user: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) impersonator: Option<Impersonator>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) authentication_method: Option<String>,
}

/// The members of `user` that are read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SealedUser {
    id: String,
    email: Option<String>,
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    profile_picture_url: Option<String>,
}

/// What was sealed in a cookie, and is not known to be a session yet.
pub(super) struct Unsealed(Wiped);

impl Unsealed {
    /// What is in a cookie; `None` for whatever does not open, which is a guest's.
    pub(super) fn open(passwords: &IronPasswords, sealed: &[u8], now: Timestamp) -> Option<Self> {
        passwords
            .unseal_bytes(sealed, now)
            .inspect_err(|error| {
                tracing::debug!(target: "auth", %error, "a session cookie does not open");
            })
            .map(Self)
            .ok()
    }

    /// The session, to keep.
    pub(super) fn session(&self) -> Option<SealedSession> {
        let session: SealedSession = json_object(&self.0).ok()?;
        (!session.access_token.is_empty() && !session.refresh_token.is_empty()).then_some(session)
    }

    /// The same, to look at.
    pub(super) fn glance(&self) -> Option<Glance<'_>> {
        let glance: Glance<'_> = json_object(&self.0).ok()?;
        (!glance.access_token.is_empty() && !glance.refresh_token.is_empty()).then_some(glance)
    }
}

/// What most requests need of a sealed session, read in one walk over its text. Nothing is copied
/// but an impersonator.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Glance<'a> {
    #[serde(borrow)]
    pub(super) access_token: Cow<'a, str>,
    #[serde(borrow)]
    refresh_token: Cow<'a, str>,
    /// As it is sealed: most often the person is known.
    #[serde(borrow)]
    user: &'a RawValue,
    #[serde(default)]
    pub(super) impersonator: Option<Impersonator>,
}

impl Glance<'_> {
    /// What the seal says of the person, in JSON.
    pub(super) fn user_json(&self) -> &str {
        self.user.get()
    }

    /// The person, as far as the library knows people.
    pub(super) fn user(&self) -> Option<User> {
        user_of(self.user)
    }
}

impl SealedSession {
    /// The value of the cookie. It never expires of itself: the refresh token does.
    pub(super) fn seal(&self, passwords: &IronPasswords, now: Timestamp) -> String {
        // Text and JSON that was JSON before: this serialisation cannot fail.
        let json = serde_json::to_vec(self).expect("a session is plain data");
        passwords.seal(&Zeroizing::new(json), None, now)
    }

    /// The session that begins with an answer of WorkOS, or the one that a refresh made of
    /// `before`.
    pub(super) fn new(response: &AuthenticationResponse, before: Option<&Self>) -> Self {
        let method = response.authentication_method.as_ref();
        Self {
            access_token: response.access_token.expose().clone().into(),
            refresh_token: response.refresh_token.expose().clone().into(),
            // Text, and maps from text to text: this serialisation cannot fail.
            user: serde_json::value::to_raw_value(&response.user).expect("a user is plain data"),
            impersonator: response
                .impersonator
                .clone()
                .or_else(|| before?.impersonator.clone()),
            authentication_method: method
                .map(|method| method.as_str().to_owned())
                .or_else(|| before?.authentication_method.clone()),
        }
    }

    /// The person, as far as the library knows people.
    pub(super) fn user(&self) -> Option<User> {
        user_of(&self.user)
    }
}

fn user_of(json: &RawValue) -> Option<User> {
    let user: SealedUser = serde_json::from_str(json.get()).ok()?;
    Some(user.into())
}

impl From<SealedUser> for User {
    fn from(user: SealedUser) -> Self {
        let whole = || {
            let names = [user.first_name.as_deref(), user.last_name.as_deref()];
            let names: Vec<_> = names.into_iter().flatten().collect();
            Some(names.join(" ")).filter(|name| !name.is_empty())
        };
        Self {
            id: user.id,
            name: user.name.or_else(whole),
            email: user.email,
            image: user.profile_picture_url,
            first_name: user.first_name,
            last_name: user.last_name,
        }
    }
}

impl fmt::Debug for SealedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedSession").finish_non_exhaustive()
    }
}
