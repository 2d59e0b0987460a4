//! Google. <https://developers.google.com/identity/openid-connect/openid-connect>

use super::prelude::*;

/// Sign in with Google. Register at <https://console.cloud.google.com/apis/credentials>, with the
/// redirect URI `<origin>/api/auth/callback/google`.
pub const GOOGLE: Provider = Provider::oidc("google", "Google", "https://accounts.google.com")
    .mark(Mark::coloured(include_str!("marks/google.svg")));
