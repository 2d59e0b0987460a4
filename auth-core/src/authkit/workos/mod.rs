//! The API of WorkOS: who signs in, with what, and what becomes of their sessions.
//!
//! A call is an HTTP request with a deadline, tried again where that makes sense. What WorkOS
//! answers is read with tolerance: what is new is ignored, and what an answer lacks is absent.

mod address;
mod api_keys;
mod auth_factors;
mod authenticate;
mod authorization_url;
mod call;
mod error;
mod error_code;
mod grant;
mod magic_auth;
mod open_enum;
mod organizations;
mod page;
mod password_reset;
#[cfg(test)]
mod properties;
mod query;
mod refusal;
mod sessions;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod user;
mod users;
mod webhook;

use std::fmt;
use std::sync::Arc;

pub(super) use address::DEFAULT_ISSUER;
pub use address::{ApiAddress, ApiAddressError, ApiScheme, DEFAULT_HOSTNAME};
pub use api_keys::{ApiKey, ApiKeyOwner};
pub use auth_factors::{AuthenticationChallenge, AuthenticationFactor, EnrolledFactor, Totp};
pub use authenticate::{AuthenticationMethod, AuthenticationResponse, OauthTokens};
pub use authorization_url::{AuthorizationParams, AuthorizationTarget, ScreenHint};
pub use error::WorkOsError;
pub use error_code::ErrorCode;
pub use grant::{AuthenticationRequest, Grant};
pub use magic_auth::EmailCode;
pub use organizations::{MembershipStatus, Organization, OrganizationMembership, Role};
pub use page::{Order, Page, PageRequest};
pub use password_reset::PasswordReset;
pub use refusal::{FactorSummary, NextStep, OrganizationSummary, Refusal};
pub use sessions::{SessionStatus, UserSession};
pub use user::User;
pub(super) use user::null_is_empty;
pub use users::UserUpdate;
pub use webhook::{WEBHOOK_SIGNATURE_HEADER, WEBHOOK_TOLERANCE, WebhookError, verify_webhook};

use crate::http::{HttpClient, Outbound, PlainHttp};
use crate::secret::Secret;
use crate::spawn::Spawn;
use crate::time::Clock;

/// A client of the API of WorkOS. Cheap to clone.
#[derive(Clone)]
pub struct WorkOs(Arc<Inner>);

struct Inner {
    credentials: WorkOsCredentials,
    address: ApiAddress,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
    spawn: Arc<dyn Spawn>,
}

/// Who we are to WorkOS.
#[derive(Clone, Debug)]
pub struct WorkOsCredentials {
    client_id: String,
    api_key: Secret<String>,
}

impl WorkOsCredentials {
    /// The client id (`client_…`) and the API key (`sk_…`) of an environment.
    ///
    /// # Errors
    /// [`CredentialsError`].
    pub fn new(
        client_id: impl Into<String>,
        api_key: impl Into<Secret<String>>,
    ) -> Result<Self, CredentialsError> {
        let (client_id, api_key) = (client_id.into(), api_key.into());
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        if client_id.is_empty() || !client_id.bytes().all(is_word) {
            return Err(CredentialsError::ClientId);
        }
        let key = api_key.expose();
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(CredentialsError::ApiKey);
        }
        Ok(Self { client_id, api_key })
    }
}

/// Why credentials cannot be those of WorkOS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The client id is empty, or not made of letters, digits, `-` and `_`.
    #[error("the client id must be letters, digits, hyphens and underscores")]
    ClientId,
    /// The API key is empty, or has characters that no header can hold.
    #[error("the API key must be visible ASCII characters")]
    ApiKey,
}

impl WorkOs {
    /// A client of the API at `address` that calls with these adapters. An application has one
    /// already: it is a part of its `AuthKit`.
    pub fn with_adapters(
        credentials: WorkOsCredentials,
        address: ApiAddress,
        http_client: Arc<dyn HttpClient>,
        clock: Arc<dyn Clock>,
        spawn: Arc<dyn Spawn>,
    ) -> Self {
        Self(Arc::new(Inner {
            credentials,
            address,
            outbound: Outbound::new(http_client, PlainHttp::LoopbackOnly),
            clock,
            spawn,
        }))
    }

    /// The client id.
    pub fn client_id(&self) -> &str {
        &self.0.credentials.client_id
    }

    /// Where the API is.
    pub fn address(&self) -> &ApiAddress {
        &self.0.address
    }

    fn api_key(&self) -> &Secret<String> {
        &self.0.credentials.api_key
    }

    pub(crate) fn outbound(&self) -> &Outbound {
        &self.0.outbound
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    pub(crate) fn spawn(&self) -> &Arc<dyn Spawn> {
        &self.0.spawn
    }
}

impl fmt::Debug for WorkOs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkOs")
            .field("client_id", &self.client_id())
            .field("address", &self.address().origin())
            .finish_non_exhaustive()
    }
}
