//! OpenID Connect: discovery, keys, ID Token, userinfo.
//!
//! Knows nothing of users, cookies or stores.

pub(crate) mod discovery;
pub(crate) mod id_token;
pub(crate) mod jwks;
pub(crate) mod remote;
pub(crate) mod userinfo;

pub use id_token::SigningAlgorithm;
pub(crate) use remote::RemoteMetadata;
