//! What the endpoints were asked, for tests. Holds no code, token or secret.

use auth_core::ClientAuth;

/// How many requests each endpoint has answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requests {
    /// Discovery documents.
    pub discovery: usize,
    /// Key sets.
    pub jwks: usize,
    /// Authorization requests: pages shown, and those that
    /// [`approve`](crate::DevProvider::approve) played.
    pub authorize: usize,
    /// Token requests.
    pub token: usize,
    /// Userinfo requests.
    pub userinfo: usize,
    /// Requests to sign out.
    pub end_session: usize,
    /// Requests to the address that
    /// [`Fault::TokenRedirect`](crate::Fault::TokenRedirect) points to. A careful client makes
    /// none.
    pub trap: usize,
}

/// What one token request looked like, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenRequest {
    /// `grant_type`, where there was exactly one.
    pub grant_type: Option<String>,
    /// How the client authenticated; `None` if it did so in no acceptable way.
    pub client_auth: Option<ClientAuth>,
    /// Whether there was a `code_verifier` (RFC 7636 §4.5).
    pub code_verifier: bool,
    /// The `error` of the answer (RFC 6749 §5.2); `None` when tokens were issued.
    pub error: Option<&'static str>,
}

#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) requests: Requests,
    pub(crate) token_requests: Vec<TokenRequest>,
}

/// How many token requests are remembered.
const REMEMBERED: usize = 1000;

impl Log {
    pub(crate) fn token_request(&mut self, request: TokenRequest) {
        if self.token_requests.len() == REMEMBERED {
            self.token_requests.remove(0);
        }
        self.token_requests.push(request);
    }
}
