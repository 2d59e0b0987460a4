//! Battle.net. <https://develop.battle.net/documentation/guides/using-oauth>

use super::prelude::*;

/// Sign in with Battle.net. Register at <https://develop.battle.net/access/clients>, with the
/// redirect URI `<origin>/api/auth/callback/battlenet`.
///
/// One server for every region but China, whose issuer is `https://oauth.battlenet.com.cn`. There
/// are no addresses and no pictures.
pub const BATTLENET: Provider =
    Provider::oidc("battlenet", "Battle.net", "https://oauth.battle.net")
        .scopes(&["openid"])
        .refine_profile(with_battle_tag)
        .mark(Mark::coloured(include_str!("marks/battlenet.svg")));

/// The ID Token writes it in one way, the userinfo endpoint in another.
fn with_battle_tag(profile: Profile) -> Profile {
    let tag = |name: &str| {
        profile
            .claims
            .get(name)
            .map_or_else(Text::default, Text::from)
    };
    let tag = tag("battle_tag").or(tag("battletag"));
    profile.name(tag)
}
