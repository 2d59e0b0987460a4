//! Descope. <https://docs.descope.com/auth-methods/oidc>

use super::prelude::*;

/// Sign in with Descope. Register at <https://app.descope.com>, with the redirect URI
/// `<origin>/api/auth/callback/descope`.
///
/// The client id is the id of the project, and part of the issuer.
pub const DESCOPE: Provider =
    Provider::oidc("descope", "Descope", "https://api.descope.com/{client_id}");
