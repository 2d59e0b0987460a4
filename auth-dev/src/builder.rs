//! [`DevProviderBuilder`], and why a provider does not start.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use auth_core::{Clock, Secret, SigningAlgorithm, SystemClock};

use crate::keys::{Algorithm, KeySet};
use crate::people::Person;
use crate::provider::DevProvider;
use crate::random::random_token;
use crate::routes::routes;
use crate::server::Server;
use crate::state::State;

/// Settings of a [`DevProvider`], all optional.
#[must_use]
pub struct DevProviderBuilder {
    port: u16,
    people: Vec<Person>,
    algorithm: SigningAlgorithm,
    client_secret: Option<Secret<String>>,
    clock: Box<dyn Clock>,
    release: Release,
}

/// What to do in a build without debug assertions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    Refuse,
    Allow,
}

impl Release {
    pub(crate) fn permits(self, debug_assertions: bool) -> Result<(), DevProviderError> {
        match self {
            Self::Refuse if !debug_assertions => Err(DevProviderError::ReleaseBuild),
            _ => Ok(()),
        }
    }
}

impl Default for DevProviderBuilder {
    fn default() -> Self {
        Self {
            port: 0,
            people: vec![Person::ada(), Person::bob()],
            algorithm: SigningAlgorithm::Rs256,
            client_secret: None,
            clock: Box::new(SystemClock),
            release: Release::Refuse,
        }
    }
}

impl DevProviderBuilder {
    /// The port on 127.0.0.1. Default: any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Who can be chosen on the page. Default: [`Person::ada`] and [`Person::bob`].
    pub fn people(mut self, people: impl IntoIterator<Item = Person>) -> Self {
        self.people = people.into_iter().collect();
        self
    }

    /// What ID Tokens are signed with: RS256 (the default), PS256, ES256 or EdDSA.
    pub fn signing_algorithm(mut self, algorithm: SigningAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// The secret of the client. Default: a random one. One such as `p:%+ é` shows whether a
    /// client encodes it (RFC 6749 §2.3.1).
    pub fn client_secret(mut self, secret: impl Into<Secret<String>>) -> Self {
        self.client_secret = Some(secret.into());
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
    /// Whoever can reach the port signs in as anybody. The provider listens on 127.0.0.1 whatever
    /// the build; a proxy in front of it would open it to the world.
    pub fn danger_allow_release(mut self) -> Self {
        self.release = Release::Allow;
        self
    }

    /// Starts the provider; it answers when this returns.
    ///
    /// # Errors
    /// [`DevProviderError`] in a release build, when the port is taken, or when keys cannot be
    /// made.
    pub fn start(self) -> Result<DevProvider, DevProviderError> {
        self.release.permits(cfg!(debug_assertions))?;
        let algorithm = Algorithm::try_from(self.algorithm)
            .map_err(|algorithm| DevProviderError::UnsupportedAlgorithm { algorithm })?;
        let (listener, address) = listen(self.port)?;
        let keys = KeySet::generate(algorithm).map_err(|_| DevProviderError::Keys)?;
        let state = Arc::new(State {
            issuer: format!("http://{address}"),
            client_secret: self.client_secret.unwrap_or_else(|| random_token().into()),
            people: self.people,
            algorithm,
            clock: self.clock,
            keys: Mutex::new(keys),
            grants: Mutex::default(),
            faults: Mutex::default(),
            log: Mutex::default(),
            browsers: Mutex::new(HashMap::new()),
        });
        let server =
            Server::start(listener, routes(Arc::clone(&state))).map_err(DevProviderError::Serve)?;
        tracing::warn!(
            issuer = state.issuer,
            "development provider: anybody on this machine can sign in as anybody"
        );
        Ok(DevProvider::running(state, server))
    }
}

/// On loopback only, and where that is; 0 is any free port.
pub(crate) fn listen(port: u16) -> Result<(TcpListener, SocketAddr), DevProviderError> {
    let cannot_listen = |source| DevProviderError::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    Ok((listener, address))
}

/// Why a [`DevProvider`] does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DevProviderError {
    /// This is a release build, and nobody asked for it.
    #[error(
        "the development provider does not start in a release build without `danger_allow_release`"
    )]
    ReleaseBuild,
    /// The provider has no keys for the algorithm.
    #[error("the development provider signs with RS256, PS256, ES256 or EdDSA, not {algorithm:?}")]
    UnsupportedAlgorithm {
        /// What was asked for.
        algorithm: SigningAlgorithm,
    },
    /// The port is taken, or may not be used.
    #[error("the development provider cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port asked for; 0 is any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The server's thread did not start.
    #[error("the development provider cannot serve")]
    Serve(#[source] io::Error),
    /// aws-lc made no keys.
    #[error("the development provider cannot make its keys")]
    Keys,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_build_is_refused_unless_allowed() {
        let refused = DevProviderBuilder::default().release.permits(false);
        assert!(matches!(refused, Err(DevProviderError::ReleaseBuild)));
        assert!(DevProviderBuilder::default().release.permits(true).is_ok());
        let allowed = DevProviderBuilder::default().danger_allow_release();
        assert!(allowed.release.permits(false).is_ok());
    }
}
