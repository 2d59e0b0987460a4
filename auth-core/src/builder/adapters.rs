//! The outside world as registrations see it, and what they know of it in common.

use std::sync::Arc;

use quick_cache::sync::Cache;

use crate::http::{HttpClient, Outbound, PlainHttp};
use crate::oidc::RemoteMetadata;
use crate::oidc::discovery::Issuer;
use crate::provider::Provider;
use crate::spawn::Spawn;
use crate::time::Clock;

/// What registrations need from outside, and what they share.
pub(crate) struct Adapters {
    http_client: Arc<dyn HttpClient>,
    spawn: Arc<dyn Spawn>,
    clock: Arc<dyn Clock>,
    /// Discovery documents and keys, once for all clients of an issuer.
    remotes: Cache<RemoteKey, Arc<RemoteMetadata>>,
}

/// How many issuers' documents are kept: each has a few kilobytes. Of more, those that nobody has
/// used for long are fetched anew.
const MAX_REMOTES: usize = 1_000;

/// What decides how the documents of an issuer are fetched and read.
#[derive(Clone, PartialEq, Eq, Hash)]
struct RemoteKey {
    issuer: String,
    provider: &'static str,
    plain_http: bool,
}

impl Adapters {
    pub(super) fn new(
        http_client: Arc<dyn HttpClient>,
        spawn: Arc<dyn Spawn>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            http_client,
            spawn,
            clock,
            remotes: Cache::new(MAX_REMOTES),
        }
    }

    /// What calls servers for one registration.
    pub(super) fn outbound(&self, plain_http: PlainHttp) -> Outbound {
        Outbound::new(Arc::clone(&self.http_client), plain_http)
    }

    /// Discovery document and keys of `issuer`, as a client of `provider` reads them.
    pub(super) fn remote(
        &self,
        issuer: Issuer,
        provider: &Provider,
        plain_http: PlainHttp,
        outbound: &Outbound,
    ) -> Arc<RemoteMetadata> {
        let key = RemoteKey {
            issuer: issuer.to_string(),
            provider: provider.id,
            plain_http: plain_http == PlainHttp::Everywhere,
        };
        if let Some(known) = self.remotes.get(&key) {
            return known;
        }
        let remote = Arc::new(RemoteMetadata::new(
            issuer,
            outbound.clone(),
            Arc::clone(&self.clock),
            Arc::clone(&self.spawn),
        ));
        self.remotes.insert(key, Arc::clone(&remote));
        remote
    }
}

#[cfg(test)]
impl Adapters {
    /// Of how many issuers there are documents, and of how many at most.
    pub(super) fn issuers(&self) -> (usize, usize) {
        (self.remotes.len(), MAX_REMOTES)
    }
}
