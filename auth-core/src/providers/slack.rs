//! Slack. <https://api.slack.com/authentication/sign-in-with-slack>

use super::prelude::*;

/// Sign in with Slack. Register at <https://api.slack.com/apps>, with the redirect URI
/// `<origin>/api/auth/callback/slack`.
///
/// Slack answers an exchange with PKCE and a client secret with an error, so there is no PKCE; it
/// wants redirect URIs with https.
pub const SLACK: Provider = Provider::oidc("slack", "Slack", "https://slack.com")
    .pkce(Pkce::Unsupported)
    .mark(Mark::coloured(include_str!("marks/slack.svg")));
