//! [`Provider`]: what an authorization server is. [`Client`]: who we are to it.
//!
//! A provider is data, known when the program is compiled; a client holds what is known when it
//! starts. Reading the environment and joining the two is the work of [`crate::builder`].

mod client;
mod registration;

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub use client::Client;
pub(crate) use client::Credentials;
pub(crate) use registration::{Registration, Server};

pub use crate::oauth::{ClientAuth, Pkce, ResponseMode};
pub use crate::oidc::SigningAlgorithm;

use crate::oauth::{UserinfoError, UserinfoRequest};
use crate::profile::{Profile, ProfileError, standard_claims};
use crate::secret::Secret;
use crate::spawn::BoxFuture;

/// An authorization server, as its documentation describes it.
///
/// Made by [`Provider::oidc`] or [`Provider::oauth2`] in a `const`; a malformed one does not
/// compile. `state` is always sent, `nonce` to every OpenID provider, PKCE unless the server
/// rejects it: a provider can switch no check off.
#[derive(Clone, Copy)]
pub struct Provider {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) protocol: Protocol,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) scope_separator: &'static str,
    pub(crate) client_auth: ClientAuth,
    pub(crate) pkce: Pkce,
    pub(crate) response_mode: ResponseMode,
    pub(crate) client_id_param: &'static str,
    pub(crate) authorization_params: &'static [(&'static str, &'static str)],
    pub(crate) userinfo_headers: &'static [(&'static str, &'static str)],
    pub(crate) conform_token_response: Option<fn(Value) -> Value>,
    pub(crate) fetch_userinfo: Option<FetchUserinfo>,
}

/// Asks a provider for a profile in more than one request.
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
        /// Where they are.
        endpoints: Endpoints,
        /// The `iss` of its authorization responses (RFC 9207), if it sends one.
        issuer: Option<&'static str>,
        /// Maps the userinfo answer.
        profile: MapProfile,
    },
}

/// Turns a provider's JSON into a profile.
pub(crate) type MapProfile = fn(Value) -> Result<Profile, ProfileError>;

/// The endpoints of an OAuth 2.0 server.
#[derive(Clone, Copy, Debug)]
pub struct Endpoints {
    /// The authorization endpoint (RFC 6749 §3.1).
    pub authorization: &'static str,
    /// The token endpoint (RFC 6749 §3.2).
    pub token: &'static str,
    /// Where the account's profile is asked for.
    pub userinfo: &'static str,
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
            is_https(issuer),
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
            is_https(endpoints.authorization)
                && is_https(endpoints.token)
                && is_https(endpoints.userinfo),
            "the endpoints of a provider must be https URLs"
        );
        Self::new(
            id,
            name,
            Protocol::OAuth2 {
                endpoints,
                issuer: None,
                profile: map_profile::<T>,
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
            protocol,
            scopes,
            scope_separator: " ",
            client_auth: ClientAuth::Basic,
            pkce: Pkce::S256,
            response_mode: ResponseMode::Query,
            client_id_param: "client_id",
            authorization_params: &[],
            userinfo_headers: &[],
            conform_token_response: None,
            fetch_userinfo: None,
        }
    }

    /// The scopes to ask for. Default: `openid profile email` for OpenID, none for OAuth 2.0.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// How the client authenticates. Default: [`ClientAuth::Basic`].
    #[must_use]
    pub const fn client_auth(mut self, client_auth: ClientAuth) -> Self {
        self.client_auth = client_auth;
        self
    }

    /// Whether the server takes PKCE. Default: [`Pkce::S256`].
    #[must_use]
    pub const fn pkce(mut self, pkce: Pkce) -> Self {
        self.pkce = pkce;
        self
    }

    /// How the answer comes back. Default: [`ResponseMode::Query`].
    #[must_use]
    pub const fn response_mode(mut self, response_mode: ResponseMode) -> Self {
        self.response_mode = response_mode;
        self
    }

    /// Parameters for every authorization request.
    #[must_use]
    pub const fn authorization_params(
        mut self,
        params: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.authorization_params = params;
        self
    }

    /// Headers for every userinfo request.
    #[must_use]
    pub const fn userinfo_headers(
        mut self,
        headers: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.userinfo_headers = headers;
        self
    }

    /// The `iss` that an OAuth 2.0 server puts in its authorization responses (RFC 9207 §2).
    #[must_use]
    pub(crate) const fn response_issuer(mut self, expected: &'static str) -> Self {
        self.protocol = match self.protocol {
            Protocol::OAuth2 {
                endpoints, profile, ..
            } => Protocol::OAuth2 {
                endpoints,
                issuer: Some(expected),
                profile,
            },
            Protocol::Oidc { .. } => panic!("an OpenID provider has its issuer already"),
        };
        self
    }

    /// Asks for the profile in this provider's own way.
    #[must_use]
    pub(crate) const fn fetch_userinfo(mut self, fetch: FetchUserinfo) -> Self {
        self.fetch_userinfo = Some(fetch);
        self
    }

    /// Our registration with this provider, given rather than read from the environment.
    pub fn client(
        self,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret<String>>,
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

fn map_profile<T: DeserializeOwned + Into<Profile>>(
    answer: Value,
) -> Result<Profile, ProfileError> {
    let claims = answer.as_object().cloned().unwrap_or_default();
    let mut profile: Profile = serde_path_to_error::deserialize::<_, T>(answer)
        .map_err(ProfileError::malformed)?
        .into();
    if profile.id.is_empty() {
        return Err(ProfileError::MissingId);
    }
    profile.claims = claims;
    Ok(profile)
}

const fn is_https(url: &str) -> bool {
    let (url, scheme) = (url.as_bytes(), b"https://");
    if url.len() <= scheme.len() {
        return false;
    }
    let mut i = 0;
    while i < scheme.len() {
        if url[i] != scheme[i] {
            return false;
        }
        i += 1;
    }
    true
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

    #[test]
    fn only_https_addresses_pass() {
        assert!(is_https("https://a"));
        for url in ["", "https://", "http://a", "HTTPS://a", "ftp://a"] {
            assert!(!is_https(url), "{url}");
        }
    }
}
