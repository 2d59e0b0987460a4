//! Hydra. <https://www.ory.com/docs/hydra>

use super::prelude::*;

/// Sign in with Hydra. Create a client with `ory create oauth2-client` or `hydra create client`,
/// with the redirect URI `<origin>/api/auth/callback/hydra`.
///
/// The issuer is what the server is configured with, to the slash.
pub const ORY_HYDRA: Provider = Provider::oidc_tenant("hydra", "Ory Hydra");
