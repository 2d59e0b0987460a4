//! Ping Identity. <https://docs.pingidentity.com>

use super::prelude::*;

/// Sign in with Ping Identity. Register at <https://console.pingone.com>, with the redirect URI
/// `<origin>/api/auth/callback/ping-id`.
///
/// The issuer is `https://auth.pingone.<region>/<environment>/as`.
pub const PING_ID: Provider = Provider::oidc_tenant("ping-id", "Ping Identity");
