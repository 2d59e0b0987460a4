//! OneLogin. <https://developers.onelogin.com/openid-connect>

use super::prelude::*;

/// Sign in with OneLogin. Register at <https://app.onelogin.com>, with the redirect URI
/// `<origin>/api/auth/callback/onelogin`.
///
/// The issuer is `https://<subdomain>.onelogin.com/oidc/2`.
pub const ONELOGIN: Provider = Provider::oidc_tenant("onelogin", "OneLogin");
