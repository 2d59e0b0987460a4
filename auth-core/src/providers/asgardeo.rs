//! Asgardeo. <https://wso2.com/asgardeo/docs/guides/authentication/oidc/>

use super::prelude::*;

/// Sign in with Asgardeo. Register at <https://console.asgardeo.io>, with the redirect URI
/// `<origin>/api/auth/callback/asgardeo`.
///
/// The issuer is `https://api.asgardeo.io/t/<organisation>/oauth2/token`.
pub const ASGARDEO: Provider = Provider::oidc_tenant("asgardeo", "Asgardeo");
