//! A provider and our client of it, joined and checked: what the flow works with.

use url::Url;

use crate::http::Outbound;
use crate::oidc::RemoteMetadata;
use crate::provider::{
    ClientAuth, MapProfile, ProfileSource, Provider, ResponseMode, SigningAlgorithm,
};
use crate::secret::Secret;

/// One provider that people can sign in with. Made by `build()` only.
pub(crate) struct Registration {
    /// The id in routes, cookies and accounts.
    pub(crate) id: String,
    /// The name on the sign-in page.
    pub(crate) name: String,
    pub(crate) provider: Provider,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<Secret<String>>,
    pub(crate) client_auth: ClientAuth,
    pub(crate) scopes: Vec<String>,
    /// The provider's parameters, then the application's.
    pub(crate) authorization_params: Vec<(String, String)>,
    pub(crate) response_mode: ResponseMode,
    pub(crate) profile: MapProfile,
    pub(crate) server: Server,
    pub(crate) outbound: Outbound,
}

/// The server's side, by protocol.
pub(crate) enum Server {
    /// Discovered at the first use and cached.
    Oidc {
        metadata: RemoteMetadata,
        signing_algorithm: SigningAlgorithm,
        profile_source: ProfileSource,
    },
    /// Known from the start.
    OAuth2 {
        authorization_endpoint: Url,
        token_endpoint: Url,
        userinfo_endpoint: Url,
        /// RFC 9207: what `iss` must be, if the server sends one.
        issuer: Option<String>,
    },
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
