//! Vipps. <https://developer.vippsmobilepay.com/docs/APIs/login-api/>

use super::prelude::*;

/// Sign in with Vipps. Register at <https://portal.vippsmobilepay.com>, with the redirect URI
/// `<origin>/api/auth/callback/vipps`.
///
/// The profile comes from the userinfo endpoint, for the ID Token holds none. For tests the issuer
/// is `https://apitest.vipps.no/access-management-1.0/access/`.
pub const VIPPS: Provider = Provider::oidc(
    "vipps",
    "Vipps",
    "https://api.vipps.no/access-management-1.0/access/",
)
.scopes(&["openid", "name", "email"])
.profile_from(ProfileSource::Userinfo);
