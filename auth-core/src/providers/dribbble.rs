//! Dribbble. <https://developer.dribbble.com/v2/oauth/>

use super::prelude::*;

/// Sign in with Dribbble. Register at <https://dribbble.com/account/applications/new>, with the
/// redirect URI `<origin>/api/auth/callback/dribbble`.
pub const DRIBBBLE: Provider = Provider::oauth2::<User>(
    "dribbble",
    "Dribbble",
    Endpoints {
        authorization: "https://dribbble.com/oauth/authorize",
        token: "https://dribbble.com/oauth/token",
        userinfo: "https://api.dribbble.com/v2/user",
    },
)
.scopes(&["public"])
.mark(Mark::coloured(include_str!("marks/dribbble.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    email: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.name)
            .email(user.email)
            .image(user.avatar_url)
    }
}
