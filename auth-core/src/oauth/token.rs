//! The token request and its answer (RFC 6749 §4.1.3, §5).
//!
//! The `oauth2` crate builds the request and reads the answer. In between, everything that decides
//! whether the answer is acceptable happens in [`normalise_token_response`].

mod response;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::{AUTHORIZATION, HeaderValue, USER_AGENT};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
};
use oauth2::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, HttpRequest, HttpResponse, PkceCodeVerifier,
    RequestTokenError, StandardRevocableToken, TokenResponse as _, TokenUrl,
};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use crate::http::{HttpError, Outbound};
use crate::oauth::PRODUCT;
use crate::oauth::authorization_response::AuthorizationCode;
use crate::oauth::client_auth::ClientAuth;
use crate::secret::Secret;
use crate::spawn::BoxFuture;

use response::{WireTokens, normalise_token_response};

/// The pieces of a token request.
pub(crate) struct TokenRequest<'a> {
    pub(crate) token_endpoint: &'a Url,
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: Option<&'a Secret<String>>,
    pub(crate) client_auth: ClientAuth,
    /// As in the authorization request, byte for byte (RFC 6749 §4.1.3).
    pub(crate) redirect_uri: &'a str,
    pub(crate) code: AuthorizationCode,
    pub(crate) code_verifier: Option<Secret<String>>,
    pub(crate) deviations: TokenDeviations,
}

/// In what a token endpoint differs from the specification.
#[derive(Clone, Copy)]
pub(crate) struct TokenDeviations {
    /// The name of the `client_id` parameter; a few servers have their own.
    pub(crate) client_id_param: &'static str,
    /// Rewrites the finished request.
    pub(crate) conform_request: Option<ConformRequest>,
    /// Turns the answer into one that the specification knows.
    pub(crate) conform_response: Option<fn(Value) -> Value>,
    pub(crate) token_type: TokenType,
}

/// Rewrites a request as the server wants it.
pub(crate) type ConformRequest = fn(http::Request<Vec<u8>>) -> http::Request<Vec<u8>>;

/// What an answer without `token_type` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenType {
    /// Nothing: RFC 6749 §5.1 requires it.
    Stated,
    /// Bearer.
    BearerUnlessStated,
}

/// OpenID Connect: the answer holds an ID Token, and only its check leads on.
#[derive(Debug)]
pub(crate) enum Oidc {}

/// Plain OAuth 2.0: the answer holds an access token, and only the userinfo endpoint leads on.
#[derive(Debug)]
pub(crate) enum OAuth {}

/// What the provider speaks: [`Oidc`] or [`OAuth`].
pub(crate) trait Protocol {
    /// Whether an answer without an ID Token is no answer.
    const NEEDS_ID_TOKEN: bool;
}

impl Protocol for Oidc {
    const NEEDS_ID_TOKEN: bool = true;
}

impl Protocol for OAuth {
    const NEEDS_ID_TOKEN: bool = false;
}

/// A well-formed token answer, of which nothing has been believed yet.
pub(crate) struct TokenResponse<P> {
    tokens: TokenSet,
    protocol: PhantomData<P>,
}

/// The tokens of one sign-in.
#[derive(Clone, Debug)]
pub(crate) struct TokenSet {
    pub(crate) access_token: Secret<String>,
    pub(crate) refresh_token: Option<Secret<String>>,
    /// Present only if it was verified.
    pub(crate) id_token: Option<Secret<String>>,
    /// The lifetime of the access token, in whole seconds, if the provider states a usable one.
    pub(crate) expires_in: Option<Duration>,
    /// The granted scopes, separated by spaces.
    pub(crate) scope: Option<String>,
    pub(crate) extra: TokenExtra,
}

/// What else the token answer says, beside the members of RFC 6749 §5.1 and OpenID Connect.
#[derive(Clone, Default)]
pub(crate) struct TokenExtra(Map<String, Value>);

impl TokenExtra {
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

/// Implemented by what proves that the ID Token of an answer was verified.
pub(crate) trait IdTokenProof {}

impl TokenResponse<OAuth> {
    /// The tokens. An ID Token that came along was not asked for, is not verified, and is dropped.
    pub(crate) fn into_tokens(self) -> TokenSet {
        TokenSet {
            id_token: None,
            ..self.tokens
        }
    }
}

impl TokenResponse<Oidc> {
    /// The ID Token, not verified yet.
    pub(crate) fn id_token(&self) -> &str {
        // `exchange` makes no response of this type without an ID Token; an empty one verifies as
        // malformed.
        self.tokens
            .id_token
            .as_ref()
            .map_or("", |token| token.expose())
    }

    /// The access token, whose hash the ID Token may carry.
    pub(crate) fn access_token(&self) -> &str {
        self.tokens.access_token.expose()
    }

    /// The tokens, once the ID Token is proved.
    pub(crate) fn into_tokens(self, _proof: &impl IdTokenProof) -> TokenSet {
        self.tokens
    }
}

/// Sends `request` and reads the answer.
///
/// # Errors
/// Every variant of [`TokenError`].
pub(crate) async fn exchange<P: Protocol>(
    outbound: &Outbound,
    request: TokenRequest<'_>,
) -> Result<TokenResponse<P>, TokenError> {
    let mut client: Client = oauth2::Client::new(ClientId::new(request.client_id.to_owned()));
    // RFC 6749 §2.3: one authentication method per request.
    let secret = match request.client_auth {
        ClientAuth::Basic | ClientAuth::Post => request.client_secret,
        ClientAuth::None => None,
    };
    if let Some(secret) = secret {
        client = client.set_client_secret(ClientSecret::new(secret.expose().clone()));
    }
    let client = client
        .set_auth_type(match request.client_auth {
            ClientAuth::Basic => AuthType::BasicAuth,
            ClientAuth::Post | ClientAuth::None => AuthType::RequestBody,
        })
        .set_token_uri(TokenUrl::from_url(request.token_endpoint.clone()));
    let code = oauth2::AuthorizationCode::new(request.code.expose().to_owned());
    let mut exchange = client
        .exchange_code(code)
        .add_extra_param("redirect_uri", request.redirect_uri);
    if let Some(verifier) = &request.code_verifier {
        exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().clone()));
    }
    let endpoint = TokenEndpoint {
        outbound,
        deviations: request.deviations,
    };
    let tokens = exchange
        .request_async(&endpoint)
        .await
        .map_err(TokenError::from_crate)?;
    let tokens = token_set(tokens);
    if P::NEEDS_ID_TOKEN && tokens.id_token.is_none() {
        return Err(TokenError::MissingIdToken);
    }
    Ok(TokenResponse {
        tokens,
        protocol: PhantomData,
    })
}

type Client = oauth2::Client<
    BasicErrorResponse,
    WireTokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

/// The token endpoint as the `oauth2` crate sees it.
struct TokenEndpoint<'a> {
    outbound: &'a Outbound,
    deviations: TokenDeviations,
}

impl<'c> AsyncHttpClient<'c> for TokenEndpoint<'_> {
    type Error = TokenError;
    type Future = BoxFuture<'c, Result<HttpResponse, TokenError>>;

    fn call(&'c self, mut request: HttpRequest) -> Self::Future {
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
        if let Some(credentials) = headers.get_mut(AUTHORIZATION) {
            credentials.set_sensitive(true);
        }
        let TokenDeviations {
            client_id_param,
            conform_request,
            conform_response,
            token_type,
        } = self.deviations;
        let request = rename_client_id(request, client_id_param);
        let request = match conform_request {
            Some(conform) => conform(request),
            None => request,
        };
        Box::pin(async move {
            let response = self.outbound.send(request).await?;
            normalise_token_response(&response, conform_response, token_type)
        })
    }
}

fn rename_client_id(mut request: HttpRequest, name: &str) -> HttpRequest {
    if name != "client_id" {
        let renamed = form_urlencoded::parse(request.body()).map(|(key, value)| match &*key {
            "client_id" => (name.to_owned().into(), value),
            _ => (key, value),
        });
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(renamed)
            .finish();
        *request.body_mut() = body.into_bytes();
    }
    request
}

fn token_set(mut wire: WireTokens) -> TokenSet {
    let extra = TokenExtra(wire.take_extra());
    let text = |text: &String| Secret::from(text.clone());
    TokenSet {
        access_token: text(wire.access_token().secret()),
        refresh_token: wire.refresh_token().map(|token| text(token.secret())),
        expires_in: wire.expires_in(),
        scope: wire.scope().map(str::to_owned),
        id_token: wire.into_id_token().map(Secret::from),
        extra,
    }
}

/// Whatever a provider adds may be a secret.
impl fmt::Debug for TokenExtra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenExtra").finish_non_exhaustive()
    }
}

impl<P> fmt::Debug for TokenResponse<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse").finish_non_exhaustive()
    }
}

/// Why there are no tokens. Holds nothing that the server wrote.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum TokenError {
    /// The server did not answer.
    #[error("the token request got no answer")]
    Http(#[from] HttpError),
    /// The server answered with an error (RFC 6749 §5.2), whatever the status.
    #[error("the token endpoint refused the request ({error}, status {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The error, as far as it is known.
        error: TokenErrorCode,
    },
    /// The server answered with another status than 200 and no readable error.
    #[error("the token endpoint answered with status {0}")]
    Status(u16),
    /// The answer is no JSON object, or a member of it has the wrong form.
    #[error("the token answer does not have the form of RFC 6749 §5.1")]
    Malformed,
    /// `token_type` is missing or not `Bearer`.
    #[error("the token answer is not of type bearer")]
    TokenType,
    /// `access_token` is missing, empty, or holds what cannot be sent in a header.
    #[error("the token answer has no usable access token")]
    AccessToken,
    /// An OpenID provider sent no ID Token.
    #[error("the token answer has no ID Token")]
    MissingIdToken,
    /// The client secret is made with a key, and could not be made.
    #[error("the client secret could not be signed")]
    Secret,
}

impl TokenError {
    /// The crate's error holds the body of the answer: it is taken apart here and dropped.
    fn from_crate(error: RequestTokenError<Self, BasicErrorResponse>) -> Self {
        match error {
            RequestTokenError::Request(error) => error,
            // What is normalised parses; these would be a fault in `normalise_token_response`.
            RequestTokenError::ServerResponse(_)
            | RequestTokenError::Parse(..)
            | RequestTokenError::Other(_) => Self::Malformed,
        }
    }
}

/// The errors that a token endpoint may answer with (RFC 6749 §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum TokenErrorCode {
    /// The request was malformed.
    InvalidRequest,
    /// The client's id or secret is wrong.
    InvalidClient,
    /// The code is unknown, used, expired, or for another redirect URI or verifier.
    InvalidGrant,
    /// This client may not do this.
    UnauthorizedClient,
    /// The server does not know `authorization_code`.
    UnsupportedGrantType,
    /// A scope is unknown or not ours to ask for.
    InvalidScope,
    /// Anything else; what it was is not kept.
    Other,
}

impl TokenErrorCode {
    const KNOWN: [(&'static str, Self); 6] = [
        ("invalid_request", Self::InvalidRequest),
        ("invalid_client", Self::InvalidClient),
        ("invalid_grant", Self::InvalidGrant),
        ("unauthorized_client", Self::UnauthorizedClient),
        ("unsupported_grant_type", Self::UnsupportedGrantType),
        ("invalid_scope", Self::InvalidScope),
    ];

    fn from_wire(text: &str) -> Self {
        match text {
            // Two words of servers that answer 200 with an error of their own.
            "bad_verification_code" => return Self::InvalidGrant,
            "incorrect_client_credentials" => return Self::InvalidClient,
            _ => {}
        }
        Self::KNOWN
            .iter()
            .find(|(name, _)| *name == text)
            .map_or(Self::Other, |(_, code)| *code)
    }

    /// The word of the specification; `other` for a word that is not in it.
    pub(crate) fn as_str(self) -> &'static str {
        Self::KNOWN
            .iter()
            .find(|(_, code)| *code == self)
            .map_or("other", |(name, _)| name)
    }
}

impl fmt::Display for TokenErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
