//! Frontegg. <https://developers.frontegg.com/guides/integrations/oidc>

use super::prelude::*;

/// Sign in with Frontegg. Register at <https://portal.frontegg.com>, with the redirect URI
/// `<origin>/api/auth/callback/frontegg`.
///
/// The issuer is the address of the environment, `https://app-<id>.frontegg.com`.
pub const FRONTEGG: Provider = Provider::oidc_tenant("frontegg", "Frontegg");
