//! In what a provider differs from the rule.

use serde_json::Value;
use url::Url;

use crate::oauth::token::TokenType;
use crate::oauth::{ClientAuth, Pkce, ResponseMode, TokenIn};
use crate::oidc::SigningAlgorithm;
use crate::oidc::discovery::PerTenant;
use crate::profile::Profile;
use crate::provider::{
    ConformRequest, EndpointsAt, FetchUserinfo, ProfileSource, Protocol, Provider, SecretClaims,
};

/// The deviations, each with what is the rule.
impl Provider {
    /// The scopes to ask for. Default: `openid profile email` for OpenID, none for OAuth 2.0.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// What stands between scopes. Default: a space (RFC 6749 §3.3).
    #[must_use]
    pub const fn scope_separator(mut self, separator: &'static str) -> Self {
        self.scope_separator = separator;
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

    /// What the server calls the `client_id`, in both requests. Default: `client_id`.
    #[must_use]
    pub const fn client_id_param(mut self, name: &'static str) -> Self {
        self.client_id_param = name;
        self
    }

    /// Parameters for every authorization request. The value `{issuer}` stands for the issuer.
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

    /// The algorithm that ID Tokens are signed with. Default: [`SigningAlgorithm::Rs256`].
    #[must_use]
    pub const fn signing_algorithm(mut self, algorithm: SigningAlgorithm) -> Self {
        self.signing_algorithm = algorithm;
        self
    }

    /// Where the profile comes from. Default: [`ProfileSource::IdToken`].
    #[must_use]
    pub const fn profile_from(mut self, source: ProfileSource) -> Self {
        self.profile_source = source;
        self
    }

    /// The members that the account is wrapped in, outermost first; a number is an index.
    #[must_use]
    pub const fn envelope(mut self, members: &'static [&'static str]) -> Self {
        self.envelope = members;
        self
    }

    /// The token answer may lack the `token_type` that RFC 6749 §5.1 requires; Bearer is meant.
    #[must_use]
    pub(crate) const fn bearer_unless_stated(mut self) -> Self {
        self.token_type = TokenType::BearerUnlessStated;
        self
    }

    /// The userinfo endpoint wants the access token in the query, under this name.
    #[must_use]
    pub(crate) const fn token_in_query(mut self, name: &'static str) -> Self {
        self.userinfo_token = TokenIn::Query(name);
        self
    }

    /// The header in which the userinfo endpoint wants the client's API key, if it has one.
    #[must_use]
    pub(crate) const fn api_key_header(mut self, name: &'static str) -> Self {
        self.api_key_header = Some(name);
        self
    }

    /// The `iss` that an OAuth 2.0 server puts in its authorization responses (RFC 9207 §2).
    #[must_use]
    pub(crate) const fn response_issuer(mut self, expected: &'static str) -> Self {
        match &mut self.protocol {
            Protocol::OAuth2 { issuer, .. } => *issuer = Some(expected),
            Protocol::Oidc { .. } => panic!("an OpenID provider has its issuer already"),
        }
        self
    }

    /// Asks for the profile in this provider's own way.
    #[must_use]
    pub(crate) const fn fetch_userinfo(mut self, fetch: FetchUserinfo) -> Self {
        self.hooks.fetch_userinfo = Some(fetch);
        self
    }

    /// Completes the profile with what only this provider says.
    #[must_use]
    pub(crate) const fn refine_profile(mut self, refine: fn(Profile) -> Profile) -> Self {
        self.hooks.refine_profile = Some(refine);
        self
    }

    /// Rewrites the URL of the authorization request.
    #[must_use]
    pub(crate) const fn conform_authorization_url(mut self, conform: fn(Url) -> Url) -> Self {
        self.hooks.conform_authorization_url = Some(conform);
        self
    }

    /// Rewrites the token request.
    #[must_use]
    pub(crate) const fn conform_token_request(mut self, conform: ConformRequest) -> Self {
        self.hooks.conform_token_request = Some(conform);
        self
    }

    /// Turns the token answer into one that the specification knows.
    #[must_use]
    pub(crate) const fn conform_token_response(mut self, conform: fn(Value) -> Value) -> Self {
        self.hooks.conform_token_response = Some(conform);
        self
    }

    /// The claims of a client secret that is signed anew for each token request.
    #[must_use]
    pub(crate) const fn client_secret(mut self, claims: fn(&SecretClaims<'_>) -> Value) -> Self {
        self.hooks.client_secret = Some(claims);
        self
    }

    /// Where the endpoints of a server at another base URL are. Default: at the same paths.
    #[must_use]
    pub(crate) const fn endpoints_at(mut self, endpoints_at: EndpointsAt) -> Self {
        self.hooks.endpoints_at = Some(endpoints_at);
        self
    }

    /// A parameter of the authorization response, JSON, that belongs to the profile. Nobody signed
    /// it: only what a person may say of themselves can be taken from it.
    #[must_use]
    pub(crate) const fn response_param(mut self, name: &'static str) -> Self {
        self.hooks.response_param = Some(name);
        self
    }

    /// The issuer is different in each tenant of one discovery document.
    #[must_use]
    pub(crate) const fn issuer_per_tenant(mut self, per_tenant: PerTenant) -> Self {
        self.hooks.per_tenant = Some(per_tenant);
        self
    }
}
