//! What was asked, for tests. Holds no code, token or secret.

use std::collections::HashMap;

use super::faults::Endpoint;

/// One request for tokens, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant {
    /// `grant_type`, as it was sent.
    pub grant_type: String,
    /// The organisation asked for.
    pub organization_id: Option<String>,
    /// Whether there was a `code_verifier` (RFC 7636 §4.5).
    pub code_verifier: bool,
    /// Whether the API key came along as `client_secret` or as a bearer token.
    pub authenticated: bool,
    /// `code` or `error` of the answer; `None` when tokens were issued.
    pub error: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: HashMap<Endpoint, usize>,
    grants: Vec<Grant>,
}

/// How many grants are remembered.
const REMEMBERED: usize = 1000;

impl Log {
    pub(crate) fn count(&mut self, endpoint: Endpoint) {
        *self.requests.entry(endpoint).or_default() += 1;
    }

    pub(crate) fn requests(&self, endpoint: Endpoint) -> usize {
        self.requests.get(&endpoint).copied().unwrap_or_default()
    }

    pub(crate) fn grant(&mut self, grant: Grant) {
        if self.grants.len() == REMEMBERED {
            self.grants.remove(0);
        }
        self.grants.push(grant);
    }

    pub(crate) fn grants(&self) -> Vec<Grant> {
        self.grants.clone()
    }
}
