//! OpenID. <https://openid.net/specs/openid-connect-core-1_0.html>

use super::prelude::*;

/// Sign in with OpenID. Register with the provider of your choice, with the redirect URI
/// `<origin>/api/auth/callback/oidc`.
///
/// Any provider that has a discovery document. The issuer is what
/// `<issuer>/.well-known/openid-configuration` calls itself.
pub const OIDC: Provider =
    Provider::oidc_tenant("oidc", "OpenID").mark(Mark::coloured(include_str!("marks/openid.svg")));
