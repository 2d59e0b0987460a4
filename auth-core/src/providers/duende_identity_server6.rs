//! Duende IdentityServer. <https://docs.duendesoftware.com/identityserver/>

use super::prelude::*;

/// Sign in with Duende IdentityServer. Add a client to the configuration of the server, with the
/// redirect URI `<origin>/api/auth/callback/duende-identity-server6`.
///
/// The issuer is the address of the server.
pub const DUENDE_IDENTITY_SERVER6: Provider =
    Provider::oidc_tenant("duende-identity-server6", "Duende IdentityServer");
