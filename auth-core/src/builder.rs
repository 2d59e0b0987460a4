//! [`AuthBuilder`], and every check that turns it into an [`Auth`].

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::auth::Auth;
use crate::callbacks::Callbacks;
use crate::http::HttpClient;
use crate::provider::{Client, Provider};
use crate::secret::Secret;
use crate::spawn::Spawn;
use crate::time::Clock;

/// Collects the configuration; [`build`](Self::build) checks all of it at once.
///
/// `A` is what is built: core's [`Auth`], or the type that an adapter wraps around it.
#[must_use]
pub struct AuthBuilder<A = Auth> {
    _built: PhantomData<fn() -> A>,
}

impl<A: From<Auth>> AuthBuilder<A> {
    /// A builder that calls other servers through `http_client` and detaches work by `spawn`.
    pub fn with_adapters(http_client: impl HttpClient, spawn: impl Spawn) -> Self {
        let _ = (Arc::new(http_client), Arc::new(spawn));
        Self {
            _built: PhantomData,
        }
    }

    /// Adds a provider: a bare [`Provider`], whose credentials are read from the environment, or a
    /// [`Client`] that holds them.
    pub fn provider(self, client: impl Into<Client>) -> Self {
        let _ = client.into();
        self
    }

    /// Adds every one of `providers` whose variables are set.
    pub fn providers_from_env(self, providers: &[Provider]) -> Self {
        let _ = providers;
        self
    }

    /// The secret that seals cookies, in place of `AUTH_SECRET`.
    pub fn secret(self, secret: impl Into<Secret<String>>) -> Self {
        let _ = secret.into();
        self
    }

    /// Several secrets: the first encrypts, all decrypt.
    pub fn secrets<S: Into<Secret<String>>>(self, secrets: impl IntoIterator<Item = S>) -> Self {
        let _: Vec<Secret<String>> = secrets.into_iter().map(Into::into).collect();
        self
    }

    /// The path under which the routes are mounted. Default: `/api/auth`.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        let _: String = prefix.into();
        self
    }

    /// The origins under which browsers see this server, in place of `AUTH_URL`.
    pub fn origins<S: Into<String>>(self, origins: impl IntoIterator<Item = S>) -> Self {
        let _: Vec<String> = origins.into_iter().map(Into::into).collect();
        self
    }

    /// Whether a proxy in front is trusted to set `X-Forwarded-Host` and `-Proto`.
    pub fn trust_host(self, trust: bool) -> Self {
        let _ = trust;
        self
    }

    /// The decisions of the application.
    pub fn callbacks(self, callbacks: impl Callbacks) -> Self {
        let _ = Arc::new(callbacks);
        self
    }

    /// How long a session lasts without a visit. Default: 30 days.
    pub fn session_max_age(self, max_age: Duration) -> Self {
        let _ = max_age;
        self
    }

    /// How old a session cookie gets before it is written anew. Default: 24 hours.
    pub fn session_update_age(self, update_age: Duration) -> Self {
        let _ = update_age;
        self
    }

    /// How long a session lasts at most, visits or not. Default: no limit.
    pub fn session_absolute_lifetime(self, lifetime: Duration) -> Self {
        let _ = lifetime;
        self
    }

    /// Another clock, for tests.
    pub fn clock(self, clock: impl Clock) -> Self {
        let _ = Arc::new(clock);
        self
    }

    /// Variables in place of the process's environment, for tests.
    pub fn environment<K: Into<String>, V: Into<String>>(
        self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let _: BTreeMap<String, String> = variables
            .into_iter()
            .map(|(k, v)| (k.into(), v.into()))
            .collect();
        self
    }

    /// Checks everything and makes the [`Auth`].
    ///
    /// # Errors
    /// [`BuildError`] with every problem, not just the first.
    pub fn build(self) -> Result<A, BuildError> {
        Err(BuildError {
            problems: Vec::new(),
        })
    }
}

/// Everything that is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has problems")]
pub struct BuildError {
    problems: Vec<BuildProblem>,
}

impl BuildError {
    /// The problems, in the order of the settings.
    pub fn problems(&self) -> &[BuildProblem] {
        &self.problems
    }
}

/// One thing that is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildProblem {}
