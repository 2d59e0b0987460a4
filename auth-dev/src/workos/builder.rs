//! [`DevWorkOsBuilder`]: settings, before it starts.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use auth_core::{Clock, Secret, SystemClock};

use super::dev_workos::DevWorkOs;
use super::directory::{Organization, User};
use super::records::Records;
use super::server::routes;
use super::state::State;
use crate::builder::{DevProviderError, Release, listen};
use crate::keys::{Algorithm, KeySet};
use crate::random::random_token;
use crate::server::Server;

/// Settings of a [`DevWorkOs`], all optional.
#[must_use]
pub struct DevWorkOsBuilder {
    port: u16,
    users: Vec<User>,
    organizations: Vec<Organization>,
    client_id: String,
    api_key: Option<Secret<String>>,
    issuer: Option<String>,
    access_token_lifetime: Duration,
    clock: Box<dyn Clock>,
    release: Release,
}

impl Default for DevWorkOsBuilder {
    fn default() -> Self {
        Self {
            port: 0,
            users: vec![User::ada(), User::bob()],
            organizations: vec![Organization::acme(), Organization::beta()],
            client_id: "client_01DEVELOPMENT".to_owned(),
            api_key: None,
            issuer: None,
            access_token_lifetime: Duration::from_secs(300),
            clock: Box::new(SystemClock),
            release: Release::Refuse,
        }
    }
}

impl DevWorkOsBuilder {
    /// The port on 127.0.0.1. Default: any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Who can sign in. Default: [`User::ada`] and [`User::bob`].
    pub fn users(mut self, users: impl IntoIterator<Item = User>) -> Self {
        self.users = users.into_iter().collect();
        self
    }

    /// Where they belong. Default: [`Organization::acme`] and [`Organization::beta`].
    pub fn organizations(mut self, organizations: impl IntoIterator<Item = Organization>) -> Self {
        self.organizations = organizations.into_iter().collect();
        self
    }

    /// The id of the environment: `WORKOS_CLIENT_ID`. Default: `client_01DEVELOPMENT`.
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client_id = id.into();
        self
    }

    /// The secret key: `WORKOS_API_KEY`. Default: a random one.
    pub fn api_key(mut self, key: impl Into<Secret<String>>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// The `iss` of access tokens. Default: `{origin}/user_management/{client_id}`, as in
    /// environments made since 2025.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// How long an access token is good for, in whole seconds. Default: five minutes.
    pub fn access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.access_token_lifetime = lifetime;
        self
    }

    /// Another clock, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Starts in a release build, too.
    ///
    /// # Security
    /// Whoever can reach the port signs in as anybody. It listens on 127.0.0.1 whatever the build;
    /// a proxy in front of it would open it to the world.
    pub fn danger_allow_release(mut self) -> Self {
        self.release = Release::Allow;
        self
    }

    /// Starts it; it answers when this returns.
    ///
    /// # Errors
    /// [`DevProviderError`] in a release build, when the port is taken, or when keys cannot be
    /// made.
    pub fn start(self) -> Result<DevWorkOs, DevProviderError> {
        self.release.permits(cfg!(debug_assertions))?;
        let (listener, address) = listen(self.port)?;
        let keys = KeySet::generate(Algorithm::Rs256).map_err(|_| DevProviderError::Keys)?;
        let origin = format!("http://{address}");
        let issuer = format!("{origin}/user_management/{}", self.client_id);
        let now = self.clock.now();
        let state = Arc::new(State {
            issuer: self.issuer.unwrap_or(issuer),
            origin,
            client_id: self.client_id,
            api_key: self
                .api_key
                .unwrap_or_else(|| format!("sk_test_{}", random_token()).into()),
            cookie_password: random_token().into(),
            access_token_lifetime: self.access_token_lifetime,
            clock: self.clock,
            ahead: AtomicU64::new(0),
            keys: Mutex::new(keys),
            records: Mutex::new(Records::new(self.users, self.organizations, now)),
            faults: Mutex::default(),
            log: Mutex::default(),
        });
        let server =
            Server::start(listener, routes(Arc::clone(&state))).map_err(DevProviderError::Serve)?;
        tracing::warn!(
            origin = state.origin,
            "development WorkOS: anybody on this machine can sign in as anybody"
        );
        Ok(DevWorkOs::running(state, address.port(), server))
    }
}
