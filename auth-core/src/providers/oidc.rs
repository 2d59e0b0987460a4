//! Any OpenID provider. <https://openid.net/specs/openid-connect-core-1_0.html>

use crate::provider::Provider;

/// Sign in with any provider that has a discovery document. The issuer is what
/// `<issuer>/.well-known/openid-configuration` calls itself.
pub const OIDC: Provider = Provider::oidc_tenant("oidc", "OpenID");
