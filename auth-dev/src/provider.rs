//! [`DevProvider`]: the running provider, as a program or a test holds it.

use std::fmt;
use std::sync::Arc;

use auth_core::{Client, Provider};

use crate::approve::{Approval, AuthorizationRefused, play};
use crate::builder::{DevProviderBuilder, DevProviderError};
use crate::faults::Fault;
use crate::keys::KeySet;
use crate::log::{Requests, TokenRequest};
use crate::people::Person;
use crate::server::Server;
use crate::state::{CLIENT_ID, PUBLIC_CLIENT_ID, State, lock};

/// The provider behind [`DevProvider::client`].
pub const DEV: Provider = Provider::oidc_tenant("dev", "Development login");

/// An OpenID provider on a loopback port, in this process. Stops when dropped.
///
/// # Security
/// Whoever can reach it signs in as anybody: it listens on 127.0.0.1 only, and refuses to start
/// in a release build.
#[must_use = "the provider stops when dropped"]
pub struct DevProvider {
    state: Arc<State>,
    _server: Server,
}

impl DevProvider {
    /// Starts on a free port, with *Ada Admin* and *Bob Basic*.
    ///
    /// # Errors
    /// As [`DevProviderBuilder::start`].
    pub fn start() -> Result<Self, DevProviderError> {
        Self::builder().start()
    }

    /// Settings, before it starts.
    pub fn builder() -> DevProviderBuilder {
        DevProviderBuilder::default()
    }

    pub(crate) fn running(state: Arc<State>, server: Server) -> Self {
        Self {
            state,
            _server: server,
        }
    }

    /// The issuer, without a slash at the end: `http://127.0.0.1:<port>`.
    pub fn issuer(&self) -> &str {
        &self.state.issuer
    }

    /// The id of the client that has a secret.
    pub fn client_id(&self) -> &str {
        CLIENT_ID
    }

    /// Its secret.
    pub fn client_secret(&self) -> &str {
        self.state.client_secret.expose()
    }

    /// The id of the client that has no secret, and authenticates by PKCE alone.
    pub fn public_client_id(&self) -> &str {
        PUBLIC_CLIENT_ID
    }

    /// The registration to give to `Auth::builder().provider(..)`. Any redirect URI on loopback
    /// is accepted.
    pub fn client(&self) -> Client {
        DEV.client(CLIENT_ID, self.client_secret())
            .issuer(self.issuer())
            .id_token_signed_response_alg(self.state.algorithm.into())
    }

    /// Replaces every signing key. The old ones leave the key set at once.
    ///
    /// # Errors
    /// [`DevProviderError::Keys`].
    pub fn rotate_keys(&self) -> Result<(), DevProviderError> {
        let keys = KeySet::generate(self.state.algorithm).map_err(|_| DevProviderError::Keys)?;
        *lock(&self.state.keys) = keys;
        Ok(())
    }

    /// Makes the next flow fail: the next authorization that is decided, or the next refresh.
    ///
    /// Discovery comes before a flow: a fault of its document holds until a flow starts or
    /// [`heal`](Self::heal) is called, so that trying again does not help. A fault of the keys
    /// holds until the flow after the next one starts. One flow can also name its own fault, in the
    /// authorization parameter `fault`.
    pub fn fail_next(&self, fault: Fault) {
        lock(&self.state.faults).next(fault);
    }

    /// Makes every flow fail until [`heal`](Self::heal).
    pub fn fail_always(&self, fault: Fault) {
        lock(&self.state.faults).always(fault);
    }

    /// Forgets the faults asked for. Codes already given out keep theirs.
    pub fn heal(&self) {
        lock(&self.state.faults).clear();
    }

    /// How many requests each endpoint has answered.
    pub fn requests(&self) -> Requests {
        lock(&self.state.log).requests
    }

    /// The last 1000 token requests, oldest first, without anything secret.
    pub fn token_requests(&self) -> Vec<TokenRequest> {
        lock(&self.state.log).token_requests.clone()
    }

    /// Plays the browser: opens `authorization_url`, chooses `person`, and returns what the
    /// browser is sent back with.
    ///
    /// # Panics
    /// If the provider shows an error page instead: see [`try_approve`](Self::try_approve).
    #[track_caller]
    pub fn approve(&self, authorization_url: &str, person: Person) -> Approval {
        match self.try_approve(authorization_url, person) {
            Ok(approval) => approval,
            Err(refused) => panic!("{refused}"),
        }
    }

    /// As [`approve`](Self::approve), for tests that expect the error page.
    ///
    /// # Errors
    /// [`AuthorizationRefused`] if the address is not this provider's, the client is unknown, or
    /// its redirect URI is not on loopback.
    pub fn try_approve(
        &self,
        authorization_url: &str,
        person: Person,
    ) -> Result<Approval, AuthorizationRefused> {
        play(&self.state, authorization_url, Some(person))
    }

    /// As [`try_approve`](Self::try_approve), but presses *Cancel*: the answer is
    /// `error=access_denied`.
    ///
    /// # Errors
    /// As [`try_approve`](Self::try_approve).
    pub fn cancel(&self, authorization_url: &str) -> Result<Approval, AuthorizationRefused> {
        play(&self.state, authorization_url, None)
    }
}

impl fmt::Debug for DevProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevProvider")
            .field("issuer", &self.state.issuer)
            .finish_non_exhaustive()
    }
}
