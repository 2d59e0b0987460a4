//! Discovery document and keys of one issuer, cached.

use std::sync::Arc;
use std::time::Duration;

use crate::http::Outbound;
use crate::oauth::token::{Oidc, TokenResponse};
use crate::oidc::cached::Cached;
use crate::oidc::discovery::{self, DiscoveryError, Issuer, ProviderMetadata};
use crate::oidc::id_token::{
    ExpectedIdToken, IdTokenError, SigningAlgorithm, UnverifiedIdToken, VerifiedIdToken,
};
use crate::oidc::jwks::Jwks;
use crate::spawn::{BoxFuture, Spawn};
use crate::time::Clock;

/// How long a discovery document is used before it is fetched anew.
const METADATA_FRESH_FOR: Duration = Duration::from_secs(60 * 60);

/// How long keys are used before they are fetched anew: a key that the provider withdraws is
/// believed for no longer than this while the provider can be reached.
const KEYS_FRESH_FOR: Duration = Duration::from_secs(10 * 60);

/// Discovery document and keys of one issuer, cached.
///
/// Fetched at the first use, once for all who wait; the last good copy is served while the provider
/// is down. Keys are fetched anew when a token names one that is not known, at a limited rate.
pub(crate) struct RemoteMetadata {
    issuer: Issuer,
    outbound: Outbound,
    metadata: Cached<ProviderMetadata>,
    keys: Cached<Jwks>,
}

impl RemoteMetadata {
    pub(crate) fn new(
        issuer: Issuer,
        outbound: Outbound,
        clock: Arc<dyn Clock>,
        spawn: Arc<dyn Spawn>,
    ) -> Self {
        Self {
            issuer,
            outbound,
            metadata: Cached::new(METADATA_FRESH_FOR, Arc::clone(&clock), Arc::clone(&spawn)),
            keys: Cached::new(KEYS_FRESH_FOR, clock, spawn),
        }
    }

    /// What the provider says about itself.
    ///
    /// # Errors
    /// [`DiscoveryError`], if there is no good copy either.
    pub(crate) async fn metadata(&self) -> Result<Arc<ProviderMetadata>, DiscoveryError> {
        let fetch = || -> BoxFuture<'static, _> {
            let (issuer, outbound) = (self.issuer.clone(), self.outbound.clone());
            Box::pin(async move { ProviderMetadata::fetch(&issuer, &outbound).await })
        };
        self.metadata.get(fetch).await
    }

    /// Checks the ID Token of `tokens` against the provider's keys and `expected`.
    ///
    /// # Errors
    /// [`IdTokenError`].
    pub(crate) async fn verify_id_token(
        &self,
        tokens: TokenResponse<Oidc>,
        expected: &ExpectedIdToken<'_>,
    ) -> Result<VerifiedIdToken, IdTokenError> {
        let id_token = UnverifiedIdToken::parse(tokens.id_token())?;
        let metadata = self.metadata().await?;
        let issuer = metadata
            .issuer_of(|claim| id_token.unverified_text(claim))
            .ok_or(IdTokenError::UnexpectedIssuer)?;
        let verify = |keys: &Jwks| id_token.verify(&issuer, keys, expected, tokens.access_token());
        if expected.algorithm == SigningAlgorithm::Hs256 {
            let claims = verify(&Jwks::empty())?;
            return Ok(VerifiedIdToken::new(claims, tokens));
        }
        let claims = self.with_keys(&metadata, verify).await?;
        Ok(VerifiedIdToken::new(claims, tokens))
    }

    /// Checks something against the provider's keys, and against newer ones if it names a key that
    /// is not known.
    pub(super) async fn with_keys<T>(
        &self,
        metadata: &ProviderMetadata,
        verify: impl Fn(&Jwks) -> Result<T, IdTokenError>,
    ) -> Result<T, IdTokenError> {
        let keys = self.keys.get(|| self.fetch_keys(metadata)).await?;
        match verify(&keys) {
            Err(IdTokenError::UnknownKey) => {
                let fetch = || self.fetch_keys(metadata);
                let newer = self.keys.newer_than(&keys, fetch).await?;
                verify(&newer)
            }
            outcome => outcome,
        }
    }

    fn fetch_keys(
        &self,
        metadata: &ProviderMetadata,
    ) -> BoxFuture<'static, Result<Jwks, DiscoveryError>> {
        let (uri, outbound) = (metadata.jwks_uri.clone(), self.outbound.clone());
        Box::pin(async move { Jwks::parse(&discovery::get(uri.as_str(), &outbound).await?) })
    }
}

#[cfg(test)]
mod tests;
