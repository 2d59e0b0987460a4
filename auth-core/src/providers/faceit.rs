//! FACEIT. <https://docs.faceit.com/getting-started/authentication/oauth2>

use super::prelude::*;

/// Sign in with FACEIT. Register at <https://developers.faceit.com/apps>, with the redirect URI
/// `<origin>/api/auth/callback/faceit`.
pub const FACEIT: Provider = Provider::oauth2::<User>(
    "faceit",
    "FACEIT",
    Endpoints {
        authorization: "https://accounts.faceit.com/accounts?redirect_popup=true",
        token: "https://api.faceit.com/auth/v1/oauth/token",
        userinfo: "https://api.faceit.com/auth/v1/resources/userinfo",
    },
)
.scopes(&["openid", "profile", "email"])
.mark(Mark::coloured(include_str!("marks/faceit.svg")));

#[derive(Deserialize)]
struct User {
    guid: Id,
    name: Text,
    email: Text,
    email_verified: Flag,
    picture: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.guid)
            .name(user.name)
            .email(user.email)
            .email_verified(user.email_verified)
            .image(user.picture)
    }
}
