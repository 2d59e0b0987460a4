//! Pinterest. <https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/>

use super::prelude::*;

/// Sign in with Pinterest. Register at <https://developers.pinterest.com/apps/>, with the redirect
/// URI `<origin>/api/auth/callback/pinterest`.
///
/// The id is the user name: whoever renames themselves is somebody else, and a name that was given
/// up may become another person's. There are no addresses.
pub const PINTEREST: Provider = Provider::oauth2::<User>(
    "pinterest",
    "Pinterest",
    Endpoints {
        authorization: "https://www.pinterest.com/oauth",
        token: "https://api.pinterest.com/v5/oauth/token",
        userinfo: "https://api.pinterest.com/v5/user_account",
    },
)
.scopes(&["user_accounts:read"])
.mark(Mark::coloured(include_str!("marks/pinterest.svg")));

#[derive(Deserialize)]
struct User {
    username: Id,
    profile_image: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let name = Text::from(user.username.clone());
        Self::new(user.username)
            .name(name)
            .image(user.profile_image)
    }
}
