//! Logto. <https://docs.logto.io/quick-starts/traditional>

use super::prelude::*;

/// Sign in with Logto. Register at <https://cloud.logto.io>, with the redirect URI
/// `<origin>/api/auth/callback/logto`.
///
/// The issuer is `https://<tenant>.logto.app/oidc`. ID Tokens are signed with ES384; if yours use
/// RSA, say so: `.id_token_signed_response_alg(SigningAlgorithm::Rs256)`.
pub const LOGTO: Provider = Provider::oidc_tenant("logto", "Logto")
    .scopes(&["offline_access", "openid", "email", "profile"])
    .signing_algorithm(SigningAlgorithm::Es384)
    .refine_profile(with_username);

fn with_username(profile: Profile) -> Profile {
    let claim = |name: &str| {
        profile
            .claims
            .get(name)
            .map_or_else(Text::default, Text::from)
    };
    let name = claim("name").or(claim("username"));
    profile.name(name)
}
