//! FusionAuth. <https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/>

use super::prelude::*;

/// Sign in with FusionAuth. Create an application in the admin interface, with the redirect URI
/// `<origin>/api/auth/callback/fusionauth`.
///
/// The issuer is that of the tenant. Set it to the address of the server, and sign ID Tokens with
/// an RS256 key: the default key signs with the client secret.
pub const FUSIONAUTH: Provider = Provider::oidc_tenant("fusionauth", "FusionAuth")
    .scopes(&["openid", "offline_access", "email", "profile"])
    .refine_profile(with_whole_name);

fn with_whole_name(mut profile: Profile) -> Profile {
    let part = |name: &str| {
        profile
            .claims
            .get(name)
            .map_or_else(Text::default, Text::from)
    };
    let parts = ["given_name", "middle_name", "family_name"].map(part);
    let whole = Text::join(&parts.each_ref());
    let preferred = part("name").or(part("preferred_username")).or(whole);
    profile.name = None;
    profile.name(preferred)
}
