//! The keys that one server signs with, cached.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::http::Outbound;
use crate::oidc::cached::Cached;
use crate::oidc::discovery::{self, DiscoveryError};
use crate::oidc::id_token::IdTokenError;
use crate::oidc::jwks::Jwks;
use crate::spawn::{BoxFuture, Spawn};
use crate::time::Clock;

/// How long keys are used before they are fetched anew: a key that the server withdraws is
/// believed for no longer than this while the server can be reached.
const KEYS_FRESH_FOR: Duration = Duration::from_secs(10 * 60);

/// The keys that one server signs with.
///
/// Fetched at the first use, once for all who wait; the last good copy is served while the server
/// is down. Fetched anew when a token names one that is not known, at a limited rate.
pub(crate) struct RemoteKeys {
    outbound: Outbound,
    keys: Cached<Jwks>,
}

impl RemoteKeys {
    pub(crate) fn new(outbound: Outbound, clock: Arc<dyn Clock>, spawn: Arc<dyn Spawn>) -> Self {
        Self {
            outbound,
            keys: Cached::new(KEYS_FRESH_FOR, clock, spawn),
        }
    }

    /// What `verify` says with the keys at `jwks_uri`, or with newer ones if it knows no key of
    /// those.
    ///
    /// # Errors
    /// Those of `verify`; `Keys`, if there are none to be had.
    pub(crate) async fn verify<T>(
        &self,
        jwks_uri: &Url,
        verify: impl Fn(&Jwks) -> Result<T, IdTokenError>,
    ) -> Result<T, IdTokenError> {
        let keys = self.keys.get(|| self.fetch(jwks_uri)).await?;
        match verify(&keys) {
            Err(IdTokenError::UnknownKey) => {
                let fetch = || self.fetch(jwks_uri);
                let newer = self.keys.newer_than(&keys, fetch).await?;
                verify(&newer)
            }
            outcome => outcome,
        }
    }

    fn fetch(&self, jwks_uri: &Url) -> BoxFuture<'static, Result<Jwks, DiscoveryError>> {
        let (uri, outbound) = (jwks_uri.clone(), self.outbound.clone());
        Box::pin(async move { Jwks::parse(&discovery::get(uri.as_str(), &outbound).await?) })
    }
}
