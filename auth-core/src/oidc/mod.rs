//! OpenID Connect: discovery, keys, ID Token, userinfo.
//!
//! Knows nothing of users, cookies or stores.

mod cached;
pub(crate) mod discovery;
pub(crate) mod id_token;
pub(crate) mod jwks;
pub(crate) mod jws;
pub(crate) mod public_key;
pub(crate) mod remote;
mod remote_keys;
pub(crate) mod userinfo;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod testing;

use serde_json::{Map, Value};

pub use id_token::SigningAlgorithm;
pub(crate) use remote::RemoteMetadata;
pub(crate) use remote_keys::RemoteKeys;

/// Tells `jsonwebtoken` to use aws-lc. Without this it panics where another crate in the program
/// turned its other backend on too. Whoever came first wins, which is as good.
pub(crate) fn install_crypto_provider() {
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
}

/// A JSON object. Of a repeated member the last one counts; the depth is bounded by the parser.
fn json_object(text: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(text).ok()
}
