//! [`Fault`]: what goes wrong, and at which [`Endpoint`].

use std::collections::HashMap;
use std::time::Duration;

/// A part of the service that can be counted, and made to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `/user_management/authorize`, to which browsers come.
    Authorize,
    /// `/user_management/authenticate`: every grant.
    Authenticate,
    /// `/sso/jwks/{client_id}`.
    Jwks,
    /// `/user_management/sessions/logout`, to which browsers come.
    Logout,
    /// Everything that takes the API key.
    Api,
}

impl Endpoint {
    /// `None` for what is neither counted nor kept from anybody.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "/style.css" | "/device" | "/user_management/authorize/device" => None,
            "/user_management/authorize" => Some(Self::Authorize),
            "/user_management/authenticate" => Some(Self::Authenticate),
            "/user_management/sessions/logout" => Some(Self::Logout),
            path if path.starts_with("/sso/jwks/") => Some(Self::Jwks),
            _ => Some(Self::Api),
        }
    }
}

/// One way to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// 503, with nothing done.
    Unavailable,
    /// 429 with `Retry-After`, in whole seconds, with nothing done.
    RateLimited {
        /// What the header says.
        retry_after: Duration,
    },
    /// Takes the request and never answers.
    Silent,
    /// Does what was asked and answers 502: a refresh token is rotated, and nobody learns it.
    AnswerLost,
    /// 200, with a page where JSON was to be.
    NotJson,
    /// 400 `invalid_grant`, with nothing done.
    InvalidGrant,
    /// An access token signed by an unpublished key under a published `kid`.
    WrongKey,
    /// An access token that expired an hour ago.
    ExpiredToken,
    /// An access token with the `iss` of somebody else.
    WrongIssuer,
    /// An access token with the `sub` of somebody other than the user beside it.
    OtherSubject,
}

/// The faults asked for and not yet played.
#[derive(Debug, Default)]
pub(crate) struct FaultPlan {
    next: HashMap<Endpoint, Fault>,
    always: HashMap<Endpoint, Fault>,
}

impl FaultPlan {
    pub(crate) fn next(&mut self, endpoint: Endpoint, fault: Fault) {
        self.next.insert(endpoint, fault);
    }

    pub(crate) fn always(&mut self, endpoint: Endpoint, fault: Fault) {
        self.always.insert(endpoint, fault);
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The fault of a request that has come now.
    pub(crate) fn begin(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let next = self.next.remove(&endpoint);
        next.or_else(|| self.always.get(&endpoint).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_holds_for_its_endpoint_once_or_until_it_is_healed() {
        let mut plan = FaultPlan::default();
        plan.next(Endpoint::Authenticate, Fault::Unavailable);
        plan.always(Endpoint::Jwks, Fault::NotJson);
        assert_eq!(plan.begin(Endpoint::Api), None);
        assert_eq!(plan.begin(Endpoint::Authenticate), Some(Fault::Unavailable));
        assert_eq!(plan.begin(Endpoint::Authenticate), None);
        assert_eq!(plan.begin(Endpoint::Jwks), plan.begin(Endpoint::Jwks));
        plan.clear();
        assert_eq!(plan.begin(Endpoint::Jwks), None);
    }
}
