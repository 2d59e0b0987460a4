//! Authentik. <https://docs.goauthentik.io/add-secure-apps/providers/oauth2/>

use super::prelude::*;

/// Sign in with Authentik. Create an OAuth2/OpenID provider in the admin interface, with the
/// redirect URI `<origin>/api/auth/callback/authentik`.
///
/// The issuer is `https://<host>/application/o/<application>/`, with the slash. Choose a signing
/// key: without one, tokens are signed with the client secret.
pub const AUTHENTIK: Provider = Provider::oidc_tenant("authentik", "authentik")
    .mark(Mark::coloured(include_str!("marks/authentik.svg")));
