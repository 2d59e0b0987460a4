//! Auth0. <https://auth0.com/docs/authenticate/protocols/openid-connect-protocol>

use super::prelude::*;

/// Sign in with Auth0. Register at <https://manage.auth0.com>, with the redirect URI
/// `<origin>/api/auth/callback/auth0`.
///
/// The issuer is `https://<tenant>.auth0.com/`, with the slash at its end.
pub const AUTH0: Provider =
    Provider::oidc_tenant("auth0", "Auth0").mark(Mark::coloured(include_str!("marks/auth0.svg")));
