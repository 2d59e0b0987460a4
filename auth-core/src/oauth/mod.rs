//! OAuth 2.0 messages (RFC 6749, 7636, 9207): values into requests, answers into verified values.
//!
//! Knows nothing of users, cookies or stores.

pub(crate) mod authorization_request;
pub(crate) mod authorization_response;
pub(crate) mod client_auth;
pub(crate) mod pkce;
pub(crate) mod token;
pub(crate) mod userinfo;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod testing;

pub use authorization_request::ResponseMode;
pub use client_auth::ClientAuth;
pub use pkce::Pkce;
pub(crate) use userinfo::{TokenIn, UserinfoAnswer, UserinfoError, UserinfoRequest};

/// How we introduce ourselves; some servers turn away a client that does not.
pub(crate) const PRODUCT: &str = concat!("auth-core/", env!("CARGO_PKG_VERSION"));
