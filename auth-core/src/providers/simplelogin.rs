//! SimpleLogin. <https://simplelogin.io/docs/siwsl/app/>

use super::prelude::*;

/// Sign in with SimpleLogin. Register at <https://app.simplelogin.io/developer>, with the redirect
/// URI `<origin>/api/auth/callback/simplelogin`.
///
/// The address may be an alias.
pub const SIMPLELOGIN: Provider =
    Provider::oidc("simplelogin", "SimpleLogin", "https://app.simplelogin.io")
        .refine_profile(with_avatar);

fn with_avatar(profile: Profile) -> Profile {
    let avatar = profile
        .claims
        .get("avatar_url")
        .map_or_else(Text::default, Text::from);
    profile.image(avatar)
}
