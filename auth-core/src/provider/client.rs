//! Our registration with a provider, as the application writes it.

use crate::provider::{
    ClientAuth, ClientSecret, ProfileSource, Provider, ResponseMode, SigningAlgorithm,
};
use crate::secret::Secret;

/// Our registration with a [`Provider`]: credentials, tenant, and what differs from the provider's
/// defaults.
///
/// `AuthBuilder::provider` takes a bare [`Provider`] too; then the credentials are read from
/// `AUTH_<ID>_ID` and `AUTH_<ID>_SECRET`.
#[derive(Clone, Debug)]
#[must_use]
pub struct Client {
    pub(crate) provider: Provider,
    pub(crate) credentials: Credentials,
    pub(crate) overrides: ClientOverrides,
}

/// Where id and secret come from.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    /// `AUTH_<ID>_ID`, `AUTH_<ID>_SECRET`.
    Environment,
    /// Given by the application.
    Explicit {
        client_id: String,
        client_secret: Option<ClientSecret>,
    },
}

/// What the application sets apart from the credentials. `None`: as the provider says.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClientOverrides {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) authorization_endpoint: Option<String>,
    pub(crate) userinfo_endpoint: Option<String>,
    pub(crate) api_key: Option<Secret<String>>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) authorization_params: Vec<(String, String)>,
    pub(crate) client_auth: Option<ClientAuth>,
    pub(crate) response_mode: Option<ResponseMode>,
    pub(crate) signing_algorithm: Option<SigningAlgorithm>,
    pub(crate) profile_source: Option<ProfileSource>,
    pub(crate) plain_http: bool,
}

impl From<Provider> for Client {
    fn from(provider: Provider) -> Self {
        Self {
            provider,
            credentials: Credentials::Environment,
            overrides: ClientOverrides::default(),
        }
    }
}

impl Client {
    pub(crate) fn explicit(
        provider: Provider,
        client_id: String,
        client_secret: Option<ClientSecret>,
    ) -> Self {
        Self {
            provider,
            credentials: Credentials::Explicit {
                client_id,
                client_secret,
            },
            overrides: ClientOverrides::default(),
        }
    }

    /// Another id than the provider's, so that one provider can be registered twice. It stands in
    /// the redirect URI: `/api/auth/callback/<id>`.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.overrides.id = Some(id.into());
        self
    }

    /// Another name on the sign-in page.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.overrides.name = Some(name.into());
        self
    }

    /// The issuer of the tenant, exactly as its discovery document spells it. For an OAuth 2.0
    /// server that anybody can run, such as Mastodon, its address.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.overrides.issuer = Some(issuer.into());
        self
    }

    /// Another copy of the same server: an enterprise host, another region, an emulator. Every
    /// endpoint is at its usual path below it; for an OpenID provider it is the issuer. Default:
    /// `AUTH_<ID>_BASE_URL`, else the provider's own address.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.overrides.base_url = Some(url.into());
        self
    }

    /// Another address to send the browser to, for an OAuth 2.0 server that has several.
    pub fn authorization_endpoint(mut self, url: impl Into<String>) -> Self {
        self.overrides.authorization_endpoint = Some(url.into());
        self
    }

    /// Another address to ask an OAuth 2.0 server for the profile. Default:
    /// `AUTH_<ID>_USERINFO_URL`, else the provider's own.
    pub fn userinfo_endpoint(mut self, url: impl Into<String>) -> Self {
        self.overrides.userinfo_endpoint = Some(url.into());
        self
    }

    /// The API key that the provider's documentation asks for beside id and secret. Default:
    /// `AUTH_<ID>_API_KEY`.
    pub fn api_key(mut self, key: impl Into<Secret<String>>) -> Self {
        self.overrides.api_key = Some(key.into());
        self
    }

    /// The scopes to ask for, in place of the provider's.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.overrides.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// A parameter for every authorization request, such as `hd` or `prompt`. The parameters of
    /// the protocol itself (`state`, `redirect_uri` and so on) cannot be set here: `build()` says so.
    pub fn authorization_param(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        self.overrides
            .authorization_params
            .push((name.into(), value.into()));
        self
    }

    /// How we authenticate to the token endpoint, where it differs from the provider's default.
    pub fn client_auth(mut self, client_auth: ClientAuth) -> Self {
        self.overrides.client_auth = Some(client_auth);
        self
    }

    /// How the answer comes back, where it differs from the provider's default.
    pub fn response_mode(mut self, response_mode: ResponseMode) -> Self {
        self.overrides.response_mode = Some(response_mode);
        self
    }

    /// The one algorithm that ID Tokens must be signed with. Default: the provider's, which is RS256
    /// unless its documentation says otherwise.
    pub fn id_token_signed_response_alg(mut self, algorithm: SigningAlgorithm) -> Self {
        self.overrides.signing_algorithm = Some(algorithm);
        self
    }

    /// Where the profile of an OpenID provider comes from. Default: the ID Token.
    pub fn profile_from(mut self, source: ProfileSource) -> Self {
        self.overrides.profile_source = Some(source);
        self
    }

    /// Calls this provider over plain `http` even when it is not on loopback.
    ///
    /// # Security
    /// Whoever is on the path between this server and the provider can then sign in as anybody.
    pub fn danger_allow_http(mut self) -> Self {
        self.overrides.plain_http = true;
        self
    }
}
