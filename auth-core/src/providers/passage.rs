//! Passage. <https://docs.passage.id>

use super::prelude::*;

/// Sign in with Passage. Register at <https://console.passage.id>, with the redirect URI
/// `<origin>/api/auth/callback/passage`.
///
/// The issuer is `https://<app>.withpassage.com`.
pub const PASSAGE: Provider = Provider::oidc_tenant("passage", "Passage");
