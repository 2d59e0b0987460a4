//! [`Provider`]: what an authorization server is. [`Client`]: who we are to it.
//!
//! A provider is data, known when the program is compiled; a client holds what is known when it
//! starts. Reading the environment and joining the two is the work of [`crate::builder`].

mod client;
mod client_secret;
mod definition;
mod deviations;
mod endpoints;
mod mapping;
mod mark;
mod registration;
mod variables;

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

pub use client::Client;
pub(crate) use client::{ClientOverrides, Credentials};
pub use client_secret::{ClientSecret, ClientSecretKey};
pub(crate) use client_secret::{RegisteredSecret, SecretClaims, SecretSigner};
pub use endpoints::Endpoints;
pub(crate) use endpoints::{ResolvedEndpoints, rebase};
pub use mark::Mark;
pub(crate) use registration::{Registration, Server};
pub use variables::Variable;
pub(crate) use variables::{PROVIDER_SUFFIXES, provider_variable};

pub use crate::oauth::{ClientAuth, Pkce, ResponseMode};
pub use crate::oidc::SigningAlgorithm;

pub(crate) use crate::oauth::token::{ConformRequest, TokenType};
pub(crate) use crate::oauth::{TokenIn, UserinfoError, UserinfoRequest};
pub(crate) use crate::oidc::discovery::PerTenant;

use crate::profile::{Profile, standard_claims};
use crate::spawn::BoxFuture;
use mapping::MapProfile;

/// An authorization server, as its documentation describes it.
///
/// Made by [`Provider::oidc`] or [`Provider::oauth2`] in a `const`; a malformed one does not
/// compile. `state` is always sent, `nonce` to every OpenID provider, PKCE unless the server
/// rejects it: a provider can switch no check off.
#[derive(Clone, Copy)]
pub struct Provider {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) mark: Option<Mark>,
    pub(crate) protocol: Protocol,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) scope_separator: &'static str,
    pub(crate) client_auth: ClientAuth,
    pub(crate) pkce: Pkce,
    pub(crate) response_mode: ResponseMode,
    pub(crate) client_id_param: &'static str,
    pub(crate) authorization_params: &'static [(&'static str, &'static str)],
    pub(crate) token_type: TokenType,
    pub(crate) userinfo_headers: &'static [(&'static str, &'static str)],
    pub(crate) api_key_header: Option<&'static str>,
    pub(crate) userinfo_token: TokenIn,
    pub(crate) envelope: &'static [&'static str],
    pub(crate) signing_algorithm: SigningAlgorithm,
    pub(crate) profile_source: ProfileSource,
    pub(crate) hooks: Hooks,
}

/// What only one or two providers do. Each is a function in the file of the provider.
#[derive(Clone, Copy)]
pub(crate) struct Hooks {
    pub(crate) conform_authorization_url: Option<fn(Url) -> Url>,
    pub(crate) conform_token_request: Option<ConformRequest>,
    pub(crate) conform_token_response: Option<fn(Value) -> Value>,
    pub(crate) fetch_userinfo: Option<FetchUserinfo>,
    pub(crate) client_secret: Option<fn(&SecretClaims<'_>) -> Value>,
    pub(crate) endpoints_at: Option<EndpointsAt>,
    pub(crate) refine_profile: Option<fn(Profile) -> Profile>,
    pub(crate) response_param: Option<&'static str>,
    pub(crate) per_tenant: Option<PerTenant>,
}

impl Hooks {
    const NONE: Self = Self {
        conform_authorization_url: None,
        conform_token_request: None,
        conform_token_response: None,
        fetch_userinfo: None,
        client_secret: None,
        endpoints_at: None,
        refine_profile: None,
        response_param: None,
        per_tenant: None,
    };
}

/// Authorization, token and userinfo endpoint of a server at another base URL.
pub(crate) type EndpointsAt = fn(&str) -> [String; 3];

/// Asks a provider for a profile in more than one request, or in an unusual one.
pub(crate) type FetchUserinfo =
    for<'a> fn(UserinfoRequest<'a>) -> BoxFuture<'a, Result<Value, UserinfoError>>;

/// What the server speaks.
#[derive(Clone, Copy)]
pub(crate) enum Protocol {
    /// OpenID Connect: endpoints by discovery, the person from the ID Token.
    Oidc {
        /// The issuer, where there is one for everybody; else it belongs to the [`Client`].
        issuer: Option<&'static str>,
        /// Maps the verified claims.
        profile: MapProfile,
    },
    /// OAuth 2.0: fixed endpoints, the person from the userinfo endpoint.
    OAuth2 {
        /// Where they are: URLs, or paths where each [`Client`] names the server.
        endpoints: Endpoints,
        /// The `iss` of its authorization responses (RFC 9207), if it sends one.
        issuer: Option<&'static str>,
        /// Maps the userinfo answer.
        profile: MapProfile,
    },
}

/// Where an OpenID provider's profile comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileSource {
    /// The claims of the ID Token.
    #[default]
    IdToken,
    /// The userinfo endpoint, whose `sub` must equal the ID Token's.
    Userinfo,
}

impl Provider {
    /// An OpenID provider with one issuer for everybody.
    ///
    /// # Panics
    /// In a `const`, at compile time: if `id` is not `[a-z0-9-]+` or `issuer` is not `https`.
    pub const fn oidc(id: &'static str, name: &'static str, issuer: &'static str) -> Self {
        assert!(
            endpoints::is_https(issuer),
            "the issuer of a provider must be an https URL"
        );
        Self::new(
            id,
            name,
            Protocol::Oidc {
                issuer: Some(issuer),
                profile: standard_claims,
            },
            &["openid", "profile", "email"],
        )
    }

    /// An OpenID provider whose issuer each [`Client`] names: Keycloak, Okta, Auth0.
    ///
    /// # Panics
    /// In a `const`, at compile time: if `id` is not `[a-z0-9-]+`.
    pub const fn oidc_tenant(id: &'static str, name: &'static str) -> Self {
        Self::new(
            id,
            name,
            Protocol::Oidc {
                issuer: None,
                profile: standard_claims,
            },
            &["openid", "profile", "email"],
        )
    }

    /// An OAuth 2.0 server. `T` names the fields of its userinfo answer that become the profile.
    ///
    /// # Panics
    /// In a `const`, at compile time: if `id` is not `[a-z0-9-]+` or an endpoint is not `https`.
    pub const fn oauth2<T>(id: &'static str, name: &'static str, endpoints: Endpoints) -> Self
    where
        T: DeserializeOwned + Into<Profile>,
    {
        assert!(
            endpoints.are_https(),
            "the endpoints of a provider must be https URLs"
        );
        Self::oauth2_with::<T>(id, name, endpoints)
    }

    /// An OAuth 2.0 server that each [`Client`] names by its issuer: Mastodon, Nextcloud. The
    /// endpoints are paths below it.
    ///
    /// # Panics
    /// In a `const`, at compile time: if `id` is not `[a-z0-9-]+` or an endpoint is no path.
    pub const fn oauth2_tenant<T>(
        id: &'static str,
        name: &'static str,
        endpoints: Endpoints,
    ) -> Self
    where
        T: DeserializeOwned + Into<Profile>,
    {
        assert!(
            endpoints.are_paths(),
            "the endpoints of a server that clients name must be paths"
        );
        Self::oauth2_with::<T>(id, name, endpoints)
    }

    const fn oauth2_with<T>(id: &'static str, name: &'static str, endpoints: Endpoints) -> Self
    where
        T: DeserializeOwned + Into<Profile>,
    {
        Self::new(
            id,
            name,
            Protocol::OAuth2 {
                endpoints,
                issuer: None,
                profile: mapping::map_profile::<T>,
            },
            &[],
        )
    }

    const fn new(
        id: &'static str,
        name: &'static str,
        protocol: Protocol,
        scopes: &'static [&'static str],
    ) -> Self {
        assert!(is_id(id), "the id of a provider must be [a-z0-9-]+");
        Self {
            id,
            name,
            mark: None,
            protocol,
            scopes,
            scope_separator: " ",
            client_auth: ClientAuth::Basic,
            pkce: Pkce::S256,
            response_mode: ResponseMode::Query,
            client_id_param: "client_id",
            authorization_params: &[],
            token_type: TokenType::Stated,
            userinfo_headers: &[],
            api_key_header: None,
            userinfo_token: TokenIn::Header,
            envelope: &[],
            signing_algorithm: SigningAlgorithm::Rs256,
            profile_source: ProfileSource::IdToken,
            hooks: Hooks::NONE,
        }
    }

    /// The same server under another id and name.
    pub(crate) const fn also_known_as(mut self, id: &'static str, name: &'static str) -> Self {
        assert!(is_id(id), "the id of a provider must be [a-z0-9-]+");
        self.id = id;
        self.name = name;
        self
    }

    /// The picture on its button. Default: the first letter of the name.
    #[must_use]
    pub const fn mark(mut self, mark: Mark) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Our registration with this provider, given rather than read from the environment.
    pub fn client(
        self,
        client_id: impl Into<String>,
        client_secret: impl Into<ClientSecret>,
    ) -> Client {
        Client::explicit(self, client_id.into(), Some(client_secret.into()))
    }

    /// Our registration as a public client, which has no secret ([`ClientAuth::None`]).
    pub fn public_client(self, client_id: impl Into<String>) -> Client {
        Client::explicit(self, client_id.into(), None).client_auth(ClientAuth::None)
    }

    /// The id, as in routes and variable names: `github`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The name, as the provider spells it.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Whether `id` may stand in a path and a variable name: `[a-z0-9-]+`.
const fn is_id(id: &str) -> bool {
    let id = id.as_bytes();
    let mut i = 0;
    while i < id.len() {
        if !(id[i].is_ascii_lowercase() || id[i].is_ascii_digit() || id[i] == b'-') {
            return false;
        }
        i += 1;
    }
    !id.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words() {
        for id in ["github", "42-school", "kc-acme"] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "GitHub", "a b", "a/b", "a_b", "é"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
