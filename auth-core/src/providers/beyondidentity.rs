//! Beyond Identity. <https://developer.beyondidentity.com>

use super::prelude::*;

/// Sign in with Beyond Identity. Register at <https://console.beyondidentity.com>, with the
/// redirect URI `<origin>/api/auth/callback/beyondidentity`.
///
/// The issuer is
/// `https://auth-<region>.beyondidentity.com/v1/tenants/<tenant>/realms/<realm>/applications/<application>`.
pub const BEYONDIDENTITY: Provider = Provider::oidc_tenant("beyondidentity", "Beyond Identity");
