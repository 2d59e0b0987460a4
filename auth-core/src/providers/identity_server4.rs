//! IdentityServer4. <https://identityserver4.readthedocs.io>

use super::prelude::*;

/// Sign in with IdentityServer4. Add a client to the configuration of the server, with the redirect
/// URI `<origin>/api/auth/callback/identity-server4`.
///
/// The issuer is the address of the server. IdentityServer4 is no longer maintained.
pub const IDENTITY_SERVER4: Provider = Provider::oidc_tenant("identity-server4", "IdentityServer4");
