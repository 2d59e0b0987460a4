//! osu!. <https://osu.ppy.sh/docs/>

use super::prelude::*;

/// Sign in with osu!. Register at <https://osu.ppy.sh/home/account/edit#oauth>, with the redirect
/// URI `<origin>/api/auth/callback/osu`.
///
/// There are no addresses.
pub const OSU: Provider = Provider::oauth2::<User>(
    "osu",
    "osu!",
    Endpoints {
        authorization: "https://osu.ppy.sh/oauth/authorize",
        token: "https://osu.ppy.sh/oauth/token",
        userinfo: "https://osu.ppy.sh/api/v2/me",
    },
)
.scopes(&["identify"]);

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.username)
            .image(user.avatar_url)
    }
}
