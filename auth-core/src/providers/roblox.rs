//! Roblox. <https://create.roblox.com/docs/cloud/auth/oauth2-overview>

use super::prelude::*;

/// Sign in with Roblox. Register at <https://create.roblox.com/dashboard/credentials>, with the
/// redirect URI `<origin>/api/auth/callback/roblox`.
///
/// There are no addresses.
pub const ROBLOX: Provider = Provider::oidc("roblox", "Roblox", "https://apis.roblox.com/oauth/")
    .scopes(&["openid", "profile"])
    .signing_algorithm(SigningAlgorithm::Es256)
    .mark(Mark::black(include_str!("marks/roblox.svg")));
