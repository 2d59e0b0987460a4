//! Kinde. <https://docs.kinde.com/developer-tools/about/using-kinde-without-an-sdk/>

use super::prelude::*;

/// Sign in with Kinde. Register at <https://app.kinde.com>, with the redirect URI
/// `<origin>/api/auth/callback/kinde`.
///
/// The issuer is `https://<business>.kinde.com`.
pub const KINDE: Provider = Provider::oidc_tenant("kinde", "Kinde");
