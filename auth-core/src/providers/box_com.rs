//! Box. <https://developer.box.com/guides/authentication/oauth2/>

use super::prelude::*;

/// Sign in with Box. Register at <https://app.box.com/developers/console>, with the redirect URI
/// `<origin>/api/auth/callback/box`.
pub const BOX: Provider = Provider::oauth2::<User>(
    "box",
    "Box",
    Endpoints {
        authorization: "https://account.box.com/api/oauth2/authorize",
        token: "https://api.box.com/oauth2/token",
        userinfo: "https://api.box.com/2.0/users/me",
    },
)
.mark(Mark::coloured(include_str!("marks/box.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    login: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.name)
            .email(user.login)
            .image(user.avatar_url)
    }
}
