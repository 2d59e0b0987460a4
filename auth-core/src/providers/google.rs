//! Google. <https://developers.google.com/identity/openid-connect/openid-connect>

use crate::provider::Provider;

/// Sign in with Google. Register at <https://console.cloud.google.com/apis/credentials>.
pub const GOOGLE: Provider = Provider::oidc("google", "Google", "https://accounts.google.com");
