//! Where the browser is sent to sign in, and where to sign out.

use url::Url;

use super::{WorkOs, query};

/// What an authorization URL says.
///
/// Who authenticates comes first, then what all of them take. What only one of them takes is in
/// [`AuthorizationTarget`], so that no combination which WorkOS refuses can be written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthorizationParams {
    /// Where WorkOS sends the browser back; it must be registered there, character by character.
    pub redirect_uri: String,
    /// Who authenticates the person.
    pub target: AuthorizationTarget,
    /// What comes back with the code, unchanged.
    pub state: Option<String>,
    /// The `S256` challenge of the code verifier (RFC 7636 §4.2).
    pub code_challenge: Option<String>,
    /// An e-mail address to fill in.
    pub login_hint: Option<String>,
    /// A domain to fill in, for connections that ask for one.
    pub domain_hint: Option<String>,
    /// The token of an invitation to accept.
    pub invitation_token: Option<String>,
    /// `login`, `none`, `consent` or `select_account`.
    pub prompt: Option<String>,
    /// Proof that an environment which nobody claimed yet is ours.
    pub claim_nonce: Option<String>,
}

/// Who authenticates the person.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AuthorizationTarget {
    /// The hosted pages of AuthKit.
    AuthKit {
        /// The page to begin with; the one for signing in if not said.
        screen_hint: Option<ScreenHint>,
        /// The organization to sign in to.
        organization_id: Option<String>,
        /// How many seconds ago the last authentication may be; 0 asks for a new one.
        max_age: Option<u64>,
    },
    /// A provider by its WorkOS name: `GoogleOAuth`.
    Provider {
        /// The name.
        provider: String,
        /// Scopes beyond the usual ones.
        scopes: Vec<String>,
        /// Parameters that are passed on to the provider.
        query_params: Vec<(String, String)>,
    },
    /// A connection by its id.
    Connection(String),
    /// The connection of an organization, by the organization's id.
    Organization(String),
}

/// The hosted page that a person sees first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenHint {
    /// The page for those who have an account.
    SignIn,
    /// The page for those who have none.
    SignUp,
}

/// The provider that stands for the hosted pages.
const AUTHKIT: &str = "authkit";

impl AuthorizationParams {
    /// A sign-in on the hosted pages of AuthKit.
    pub fn authkit(redirect_uri: impl Into<String>) -> Self {
        let target = AuthorizationTarget::AuthKit {
            screen_hint: None,
            organization_id: None,
            max_age: None,
        };
        Self::new(redirect_uri, target)
    }

    /// A sign-in with `target`.
    pub fn new(redirect_uri: impl Into<String>, target: AuthorizationTarget) -> Self {
        Self {
            redirect_uri: redirect_uri.into(),
            target,
            state: None,
            code_challenge: None,
            login_hint: None,
            domain_hint: None,
            invitation_token: None,
            prompt: None,
            claim_nonce: None,
        }
    }
}

impl WorkOs {
    /// The URL to send the browser to for signing in.
    pub fn authorization_url(&self, params: &AuthorizationParams) -> Url {
        let max_age_text;
        let mut names = Vec::new();
        let mut pairs = vec![
            ("client_id", self.client_id()),
            ("redirect_uri", params.redirect_uri.as_str()),
            ("response_type", "code"),
        ];
        match &params.target {
            AuthorizationTarget::AuthKit {
                screen_hint,
                organization_id,
                max_age,
            } => {
                pairs.push(("provider", AUTHKIT));
                pairs.extend(screen_hint.map(|hint| ("screen_hint", hint.as_str())));
                pairs.extend(organization_id.iter().map(|id| ("organization_id", &**id)));
                if let Some(seconds) = max_age {
                    max_age_text = seconds.to_string();
                    pairs.push(("max_age", &max_age_text));
                }
            }
            AuthorizationTarget::Provider {
                provider,
                scopes,
                query_params,
            } => {
                pairs.push(("provider", provider));
                pairs.extend(scopes.iter().map(|scope| ("provider_scopes", &**scope)));
                names.extend(
                    query_params
                        .iter()
                        .map(|(name, value)| (format!("provider_query_params[{name}]"), value)),
                );
            }
            AuthorizationTarget::Connection(id) => pairs.push(("connection_id", id)),
            AuthorizationTarget::Organization(id) => pairs.push(("organization_id", id)),
        }
        pairs.extend(names.iter().map(|(name, value)| (&**name, value.as_str())));
        if params.code_challenge.is_some() {
            pairs.push(("code_challenge_method", "S256"));
        }
        let optional = [
            ("state", &params.state),
            ("code_challenge", &params.code_challenge),
            ("login_hint", &params.login_hint),
            ("domain_hint", &params.domain_hint),
            ("invitation_token", &params.invitation_token),
            ("prompt", &params.prompt),
            ("claim_nonce", &params.claim_nonce),
        ];
        let given = optional
            .iter()
            .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        pairs.extend(given);
        // As the SDKs have it: sorted, and those of one key in their order.
        pairs.sort_by_key(|(key, _)| *key);
        self.url_with_query(&["user_management", "authorize"], &pairs)
    }

    /// The URL to send the browser to for signing out: it ends the session `session_id` (the claim
    /// `sid` of the access token) at WorkOS and leads on to `return_to`, which must be registered
    /// there, or to the page that is configured there.
    pub fn logout_url(&self, session_id: &str, return_to: Option<&str>) -> Url {
        let mut pairs = vec![("session_id", session_id)];
        pairs.extend(return_to.map(|url| ("return_to", url)));
        self.url_with_query(&["user_management", "sessions", "logout"], &pairs)
    }

    /// The URL of the keys that access tokens are signed with.
    pub fn jwks_url(&self) -> Url {
        self.url_with_query(&["sso", "jwks", self.client_id()], &[])
    }

    fn url_with_query(&self, segments: &[&str], pairs: &[(&str, &str)]) -> Url {
        let mut url = self
            .address()
            .join(segments.iter().copied())
            // Words of ours, and the client id, which was checked when it came in.
            .expect("every segment is one");
        if !pairs.is_empty() {
            url.set_query(Some(&query::encode(pairs)));
        }
        url
    }
}

impl ScreenHint {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignUp => "sign-up",
        }
    }
}

#[cfg(test)]
mod tests;
