//! Figma. <https://www.figma.com/developers/api#oauth2>

use super::prelude::*;

/// Sign in with Figma. Register at <https://www.figma.com/developers/apps>, with the redirect URI
/// `<origin>/api/auth/callback/figma`.
///
/// Older apps know the scope `files:read` in place of `current_user:read`.
pub const FIGMA: Provider = Provider::oauth2::<User>(
    "figma",
    "Figma",
    Endpoints {
        authorization: "https://www.figma.com/oauth",
        token: "https://api.figma.com/v1/oauth/token",
        userinfo: "https://api.figma.com/v1/me",
    },
)
.scopes(&["current_user:read"])
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/figma.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    handle: Text,
    email: Text,
    img_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.handle)
            .email(user.email)
            .image(user.img_url)
    }
}
