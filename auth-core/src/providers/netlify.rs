//! Netlify. <https://docs.netlify.com/api/get-started/#authentication>

use super::prelude::*;

/// Sign in with Netlify. Register at <https://app.netlify.com/user/applications>, with the redirect
/// URI `<origin>/api/auth/callback/netlify`.
pub const NETLIFY: Provider = Provider::oauth2::<User>(
    "netlify",
    "Netlify",
    Endpoints {
        authorization: "https://app.netlify.com/authorize",
        token: "https://api.netlify.com/oauth/token",
        userinfo: "https://api.netlify.com/api/v1/user",
    },
)
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/netlify.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    full_name: Text,
    email: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.full_name)
            .email(user.email)
            .image(user.avatar_url)
    }
}
