//! ZITADEL. <https://zitadel.com/docs/guides/integrate/login/oidc>

use super::prelude::*;

/// Sign in with ZITADEL. Register at <https://zitadel.cloud>, with the redirect URI
/// `<origin>/api/auth/callback/zitadel`.
///
/// The issuer is `https://<instance>.zitadel.cloud`. Let the application put the profile into the
/// ID Token ("User Info inside ID Token"), or use `.profile_from(ProfileSource::Userinfo)`.
pub const ZITADEL: Provider = Provider::oidc_tenant("zitadel", "ZITADEL");
