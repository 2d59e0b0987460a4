//! The request that sends the browser to the provider (RFC 6749 §4.1.1).

use std::borrow::Cow;
use std::fmt;

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, Scope};
use url::Url;

use crate::oauth::pkce::{Pkce, start_pkce};
use crate::secret::{Secret, random_base64url};

/// How the server sends its answer back through the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of a GET.
    Query,
    /// In the body of a POST (OAuth 2.0 Form Post Response Mode). The transaction cookie becomes
    /// `SameSite=None; Secure`, for the POST comes from another site.
    FormPost,
}

/// Whether the request carries a `nonce`: always for OpenID Connect, never for plain OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UseNonce {
    Yes,
    No,
}

/// What the parameters of one authorization request are made of.
pub(crate) struct AuthorizationRequest<'a> {
    pub(crate) authorization_endpoint: &'a Url,
    pub(crate) client_id: &'a str,
    /// The name of the `client_id` parameter; a few servers have their own.
    pub(crate) client_id_param: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) scopes: &'a [String],
    pub(crate) scope_separator: &'a str,
    /// The provider's and the application's own parameters. Names in [`RESERVED_PARAMS`] are left
    /// out.
    pub(crate) params: &'a [(String, String)],
    pub(crate) response_mode: ResponseMode,
    pub(crate) pkce: Pkce,
    pub(crate) nonce: UseNonce,
    /// How long ago the person may have shown a credential, in seconds (OIDC Core §3.1.2.1).
    pub(crate) max_age: Option<u64>,
    /// Wraps the random `state` in what else it has to say.
    pub(crate) wrap_state: Option<&'a dyn Fn(String) -> String>,
    /// Rewrites the finished URL, where a server wants it in a form of its own.
    pub(crate) conform: Option<fn(Url) -> Url>,
}

/// The parameters that the protocol owns: an application that could set one could switch off a
/// check or send the answer elsewhere. Sorted.
pub(crate) const RESERVED_PARAMS: &[&str] = &[
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "grant_type",
    "iss",
    "max_age",
    "nonce",
    "redirect_uri",
    "request",
    "request_uri",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// The URL to send the browser to, and what must be remembered to recognise the answer.
pub(crate) struct StartedAuthorization {
    pub(crate) url: Url,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) code_verifier: Option<Secret<String>>,
}

impl AuthorizationRequest<'_> {
    /// Draws `state`, `nonce` and `code_verifier` and builds the URL.
    pub(crate) fn start(self) -> StartedAuthorization {
        let mut state = random_base64url::<32>();
        if let Some(wrap) = self.wrap_state {
            state = wrap(state);
        }
        let nonce = match self.nonce {
            UseNonce::Yes => Some(random_base64url::<32>()),
            UseNonce::No => None,
        };
        let client = BasicClient::new(ClientId::new(self.client_id.to_owned()))
            .set_auth_uri(AuthUrl::from_url(self.endpoint_with_own_params()));
        let mut request = client
            .authorize_url(|| CsrfToken::new(state.clone()))
            // Not the crate's `RedirectUrl`: the value goes out exactly as it was registered.
            .add_extra_param("redirect_uri", self.redirect_uri);
        if !self.scopes.is_empty() {
            // The crate joins scopes with a space; some servers want another separator.
            request = request.add_scope(Scope::new(self.scopes.join(self.scope_separator)));
        }
        if self.response_mode == ResponseMode::FormPost {
            request = request.add_extra_param("response_mode", "form_post");
        }
        let code_verifier = match self.pkce {
            Pkce::S256 => {
                let (challenge, code_verifier) = start_pkce();
                request = request.set_pkce_challenge(challenge);
                Some(code_verifier)
            }
            Pkce::Unsupported => None,
        };
        if let Some(nonce) = &nonce {
            request = request.add_extra_param("nonce", nonce.clone());
        }
        if let Some(max_age) = self.max_age {
            request = request.add_extra_param("max_age", max_age.to_string());
        }
        for (name, value) in self.params {
            if !self.is_reserved(name) {
                request = request.add_extra_param(name.as_str(), value.as_str());
            }
        }
        let (url, _) = request.url();
        let url = rename_client_id(url, self.client_id_param);
        StartedAuthorization {
            url: match self.conform {
                Some(conform) => conform(url),
                None => url,
            },
            state,
            nonce,
            code_verifier,
        }
    }

    /// The endpoint with the query it came with (RFC 6749 §3.1), less what the protocol owns.
    fn endpoint_with_own_params(&self) -> Url {
        let mut endpoint = self.authorization_endpoint.clone();
        endpoint.set_fragment(None);
        if endpoint.query().is_some() {
            endpoint.set_query(None);
            for (name, value) in self.authorization_endpoint.query_pairs() {
                if !self.is_reserved(&name) {
                    endpoint.query_pairs_mut().append_pair(&name, &value);
                }
            }
        }
        endpoint
    }

    fn is_reserved(&self, name: &str) -> bool {
        RESERVED_PARAMS.contains(&name) || name == self.client_id_param
    }
}

fn rename_client_id(url: Url, client_id_param: &str) -> Url {
    if client_id_param == "client_id" {
        return url;
    }
    let mut renamed = url.clone();
    renamed
        .query_pairs_mut()
        .clear()
        .extend_pairs(url.query_pairs().map(|(name, value)| match &*name {
            "client_id" => (Cow::Borrowed(client_id_param), value),
            _ => (name, value),
        }));
    renamed
}

impl fmt::Debug for StartedAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StartedAuthorization")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request<'a>(endpoint: &'a Url, scopes: &'a [String]) -> AuthorizationRequest<'a> {
        AuthorizationRequest {
            authorization_endpoint: endpoint,
            client_id: "client 1",
            client_id_param: "client_id",
            redirect_uri: "https://app.example/api/auth/callback/op",
            scopes,
            scope_separator: " ",
            params: &[],
            response_mode: ResponseMode::Query,
            pkce: Pkce::S256,
            nonce: UseNonce::Yes,
            max_age: None,
            wrap_state: None,
            conform: None,
        }
    }

    fn endpoint(query: &str) -> Url {
        format!("https://op.example/authorize{query}")
            .parse()
            .unwrap()
    }

    fn scopes() -> Vec<String> {
        vec!["openid".to_owned(), "email".to_owned()]
    }

    fn param(url: &Url, name: &str) -> Vec<String> {
        url.query_pairs()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    #[test]
    fn the_request_carries_every_parameter_once() {
        let (endpoint, scopes) = (endpoint(""), scopes());
        let started = request(&endpoint, &scopes).start();
        let check = |name: &str, expected: &str| {
            assert_eq!(param(&started.url, name), [expected], "{name}");
        };
        check("response_type", "code");
        check("client_id", "client 1");
        check("redirect_uri", "https://app.example/api/auth/callback/op");
        check("scope", "openid email");
        check("state", &started.state);
        check("nonce", started.nonce.as_deref().unwrap());
        check("code_challenge_method", "S256");
        assert_eq!(param(&started.url, "code_challenge")[0].len(), 43);
        let verifier = started.code_verifier.unwrap();
        assert!(!started.url.as_str().contains(verifier.expose()));
        assert_eq!(param(&started.url, "response_mode"), [""; 0]);
        assert_eq!(param(&started.url, "max_age"), [""; 0]);
    }

    #[test]
    fn state_nonce_and_verifier_are_new_for_every_request() {
        let (endpoint, scopes) = (endpoint(""), scopes());
        let first = request(&endpoint, &scopes).start();
        let second = request(&endpoint, &scopes).start();
        assert_eq!(first.state.len(), 43);
        assert_ne!(first.state, second.state);
        assert_ne!(first.nonce, second.nonce);
        assert_ne!(
            first.code_verifier.unwrap().expose(),
            second.code_verifier.unwrap().expose()
        );
    }

    #[test]
    fn deviations_are_sent_as_the_provider_wants_them() {
        let (endpoint, scopes) = (endpoint(""), scopes());
        let started = AuthorizationRequest {
            client_id_param: "client_key",
            scope_separator: ",",
            response_mode: ResponseMode::FormPost,
            pkce: Pkce::Unsupported,
            nonce: UseNonce::No,
            max_age: Some(300),
            ..request(&endpoint, &scopes)
        }
        .start();
        assert_eq!(param(&started.url, "client_key"), ["client 1"]);
        assert_eq!(param(&started.url, "client_id"), [""; 0]);
        assert_eq!(param(&started.url, "scope"), ["openid,email"]);
        assert_eq!(param(&started.url, "response_mode"), ["form_post"]);
        assert_eq!(param(&started.url, "max_age"), ["300"]);
        assert_eq!(param(&started.url, "code_challenge"), [""; 0]);
        assert_eq!(param(&started.url, "nonce"), [""; 0]);
        assert!(started.nonce.is_none() && started.code_verifier.is_none());
    }

    #[test]
    fn no_parameter_of_the_protocol_can_be_set_from_outside() {
        let scopes = scopes();
        let params: Vec<(String, String)> = RESERVED_PARAMS
            .iter()
            .chain(&["prompt"])
            .map(|name| ((*name).to_owned(), "outside".to_owned()))
            .collect();
        let endpoint = endpoint("?tenant=a&state=outside&redirect_uri=https%3A%2F%2Fevil.example");
        let started = AuthorizationRequest {
            params: &params,
            ..request(&endpoint, &scopes)
        }
        .start();
        assert_eq!(param(&started.url, "tenant"), ["a"]);
        assert_eq!(param(&started.url, "prompt"), ["outside"]);
        assert_eq!(param(&started.url, "state"), [started.state.as_str()]);
        assert!(!started.url.as_str().contains("evil"));
        assert_eq!(started.url.as_str().matches("outside").count(), 1);
    }

    #[test]
    fn no_scopes_send_no_scope() {
        let endpoint = endpoint("");
        let started = request(&endpoint, &[]).start();
        assert_eq!(param(&started.url, "scope"), [""; 0]);
    }

    #[test]
    fn debug_shows_nothing() {
        let endpoint = endpoint("");
        let started = request(&endpoint, &[]).start();
        assert_eq!(format!("{started:?}"), "StartedAuthorization { .. }");
    }

    #[test]
    fn the_reserved_names_are_sorted() {
        assert!(RESERVED_PARAMS.is_sorted());
    }
}
