//! Keycloak. <https://www.keycloak.org/securing-apps/oidc-layers>

use crate::provider::Provider;

/// Sign in with a realm of a Keycloak server. The issuer is `https://<host>/realms/<realm>`;
/// register a client in that realm's admin console.
pub const KEYCLOAK: Provider = Provider::oidc_tenant("keycloak", "Keycloak");
