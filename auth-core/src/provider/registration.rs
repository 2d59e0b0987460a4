//! A provider and our client of it, joined and checked: what the flow works with.

use std::borrow::Cow;
use std::sync::Arc;

use aws_lc_rs::digest::{Context, SHA256};
use serde_json::Value;
use url::Url;

use crate::http::Outbound;
use crate::oauth::UserinfoRequest;
use crate::oauth::token::{TokenDeviations, TokenError, TokenSet};
use crate::oidc::RemoteMetadata;
use crate::profile::{Profile, ProfileError};
use crate::provider::{
    ClientAuth, ProfileSource, Provider, RegisteredSecret, ResponseMode, SigningAlgorithm,
};
use crate::secret::{Secret, hex};
use crate::time::Timestamp;

/// One provider that people can sign in with. Made by `build()` only.
pub(crate) struct Registration {
    /// The id in routes, cookies and accounts.
    pub(crate) id: String,
    /// The name on the sign-in page.
    pub(crate) name: String,
    pub(crate) provider: Provider,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<RegisteredSecret>,
    /// The header and the key in it.
    pub(crate) api_key: Option<(&'static str, Secret<String>)>,
    pub(crate) client_auth: ClientAuth,
    pub(crate) scopes: Vec<String>,
    /// The provider's parameters, then the application's.
    pub(crate) authorization_params: Vec<(String, String)>,
    pub(crate) response_mode: ResponseMode,
    /// The address of the server, below which pictures may lie.
    pub(crate) base: String,
    pub(crate) server: Server,
    pub(crate) outbound: Outbound,
}

/// The server's side, by protocol.
#[expect(
    clippy::large_enum_variant,
    reason = "one for each registration, which is behind a pointer itself"
)]
pub(crate) enum Server {
    /// Discovered at the first use and cached.
    Oidc {
        metadata: Arc<RemoteMetadata>,
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

impl Registration {
    /// Which client this is, and of which server: what is begun with one must not be finished with
    /// another that has come to have its id.
    pub(crate) fn fingerprint(&self) -> String {
        let server = match &self.server {
            Server::Oidc { .. } => &self.base,
            Server::OAuth2 { token_endpoint, .. } => token_endpoint.as_str(),
        };
        let mut context = Context::new(&SHA256);
        for part in [self.provider.id, server, &self.client_id] {
            // Its length first, so that the boundary between two cannot be moved.
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        hex(&context.finish().as_ref()[..16])
    }

    /// The client secret for a request that goes out now.
    pub(crate) fn client_secret_at(
        &self,
        now: Timestamp,
    ) -> Result<Option<Cow<'_, Secret<String>>>, TokenError> {
        self.client_secret
            .as_ref()
            .map(|secret| secret.at(&self.client_id, now))
            .transpose()
            .map_err(|_| TokenError::Secret)
    }

    pub(crate) fn token_deviations(&self) -> TokenDeviations {
        TokenDeviations {
            client_id_param: self.provider.client_id_param,
            conform_request: self.provider.hooks.conform_token_request,
            conform_response: self.provider.hooks.conform_token_response,
            token_type: self.provider.token_type,
        }
    }

    pub(crate) fn userinfo_request<'a>(
        &'a self,
        endpoint: &'a Url,
        tokens: &'a TokenSet,
    ) -> UserinfoRequest<'a> {
        UserinfoRequest {
            outbound: &self.outbound,
            endpoint,
            client_id: &self.client_id,
            access_token: &tokens.access_token,
            token_in: self.provider.userinfo_token,
            token_extra: &tokens.extra,
            headers: self.provider.userinfo_headers,
            api_key: self.api_key.as_ref().map(|(name, key)| (*name, key)),
        }
    }

    pub(crate) fn profile_of(&self, answer: Value) -> Result<Profile, ProfileError> {
        self.provider.profile_of(answer, &self.base)
    }
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
