//! United Effects. <https://docs.unitedeffects.com>

use super::prelude::*;

/// Sign in with United Effects. Register at <https://core.unitedeffects.com>, with the redirect URI
/// `<origin>/api/auth/callback/united-effects`.
///
/// The issuer is `https://auth.unitedeffects.com/<auth group>`.
pub const UNITED_EFFECTS: Provider = Provider::oidc_tenant("united-effects", "United Effects")
    .authorization_params(&[("resource", "{issuer}")]);
