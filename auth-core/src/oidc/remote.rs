//! Discovery document and keys of one issuer, cached.

use std::sync::Arc;
use std::time::Duration;

use crate::http::Outbound;
use crate::oauth::token::{Oidc, TokenResponse};
use crate::oidc::cached::Cached;
use crate::oidc::discovery::{DiscoveryError, Issuer, ProviderMetadata};
use crate::oidc::id_token::{
    ExpectedIdToken, IdTokenError, SigningAlgorithm, UnverifiedIdToken, VerifiedIdToken,
};
use crate::oidc::jwks::Jwks;
use crate::oidc::remote_keys::RemoteKeys;
use crate::spawn::{BoxFuture, Spawn};
use crate::time::Clock;

/// How long a discovery document is used before it is fetched anew.
const METADATA_FRESH_FOR: Duration = Duration::from_secs(60 * 60);

/// Discovery document and keys of one issuer, cached.
///
/// Fetched at the first use, once for all who wait; the last good copy is served while the provider
/// is down. Keys are fetched anew when a token names one that is not known, at a limited rate.
pub(crate) struct RemoteMetadata {
    issuer: Issuer,
    outbound: Outbound,
    metadata: Cached<ProviderMetadata>,
    keys: RemoteKeys,
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
            metadata: Cached::new(METADATA_FRESH_FOR, Arc::clone(&clock), Arc::clone(&spawn)),
            keys: RemoteKeys::new(outbound.clone(), clock, spawn),
            outbound,
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
        let claims = self.keys.verify(&metadata.jwks_uri, verify).await?;
        Ok(VerifiedIdToken::new(claims, tokens))
    }

    /// Checks something else that the provider signed, against its keys.
    ///
    /// # Errors
    /// Those of `verify`; `Keys`.
    pub(super) async fn verify_signed<T>(
        &self,
        metadata: &ProviderMetadata,
        verify: impl Fn(&Jwks) -> Result<T, IdTokenError>,
    ) -> Result<T, IdTokenError> {
        self.keys.verify(&metadata.jwks_uri, verify).await
    }
}

#[cfg(test)]
mod tests;
