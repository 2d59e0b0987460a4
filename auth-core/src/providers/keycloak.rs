//! Keycloak. <https://www.keycloak.org/securing-apps/oidc-layers>

use super::prelude::*;

/// Sign in with Keycloak. Add a client to the realm in the admin console, with the redirect URI
/// `<origin>/api/auth/callback/keycloak`.
///
/// The issuer is `https://<host>/realms/<realm>`.
pub const KEYCLOAK: Provider = Provider::oidc_tenant("keycloak", "Keycloak")
    .mark(Mark::coloured(include_str!("marks/keycloak.svg")));
