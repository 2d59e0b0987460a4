//! Zoom. <https://developers.zoom.us/docs/integrations/oauth/>

use super::prelude::*;

/// Sign in with Zoom. Register at <https://marketplace.zoom.us/develop/create>, with the redirect
/// URI `<origin>/api/auth/callback/zoom`.
///
/// The scopes are those of the app: it needs `user:read:user`.
pub const ZOOM: Provider = Provider::oauth2::<User>(
    "zoom",
    "Zoom",
    Endpoints {
        authorization: "https://zoom.us/oauth/authorize",
        token: "https://zoom.us/oauth/token",
        userinfo: "https://api.zoom.us/v2/users/me",
    },
)
.mark(Mark::coloured(include_str!("marks/zoom.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    first_name: Text,
    last_name: Text,
    email: Text,
    verified: Flag,
    pic_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .names(user.first_name, user.last_name)
            .email(user.email)
            .email_verified(user.verified)
            .image(user.pic_url)
    }
}
