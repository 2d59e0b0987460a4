//! Twitch. <https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/>

use super::prelude::*;

/// Sign in with Twitch. Register at <https://dev.twitch.tv/console/apps>, with the redirect URI
/// `<origin>/api/auth/callback/twitch`.
///
/// Twitch puts into the ID Token only the claims that are asked for by name.
pub const TWITCH: Provider = Provider::oidc("twitch", "Twitch", "https://id.twitch.tv/oauth2")
    .client_auth(ClientAuth::Post)
    .scopes(&["openid", "user:read:email"])
    .authorization_params(&[("claims", CLAIMS)])
    .mark(Mark::coloured(include_str!("marks/twitch.svg")));

const CLAIMS: &str =
    r#"{"id_token":{"email":null,"email_verified":null,"picture":null,"preferred_username":null}}"#;
