//! Okta. <https://developer.okta.com/docs/guides/sign-into-web-app-redirect/>

use super::prelude::*;

/// Sign in with Okta. Register at <https://login.okta.com>, with the redirect URI
/// `<origin>/api/auth/callback/okta`.
///
/// The issuer is `https://<organisation>.okta.com`, or that of an authorization server of yours.
pub const OKTA: Provider =
    Provider::oidc_tenant("okta", "Okta").mark(Mark::coloured(include_str!("marks/okta.svg")));
