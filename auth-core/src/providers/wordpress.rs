//! WordPress.com. <https://developer.wordpress.com/docs/oauth2/>

use super::prelude::*;

/// Sign in with WordPress.com. Register at <https://developer.wordpress.com/apps/>, with the
/// redirect URI `<origin>/api/auth/callback/wordpress`.
pub const WORDPRESS: Provider = Provider::oauth2::<User>(
    "wordpress",
    "WordPress.com",
    Endpoints {
        authorization: "https://public-api.wordpress.com/oauth2/authorize",
        token: "https://public-api.wordpress.com/oauth2/token",
        userinfo: "https://public-api.wordpress.com/rest/v1/me",
    },
)
.scopes(&["auth"])
.mark(Mark::coloured(include_str!("marks/wordpress.svg")));

#[derive(Deserialize)]
struct User {
    #[serde(rename = "ID")]
    id: Id,
    display_name: Text,
    email: Text,
    email_verified: Flag,
    #[serde(rename = "avatar_URL")]
    avatar: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.display_name)
            .email(user.email)
            .email_verified(user.email_verified)
            .image(user.avatar)
    }
}
