//! ClickUp. <https://developer.clickup.com/docs/authentication>

use super::prelude::*;

/// Sign in with ClickUp. Register at <https://app.clickup.com/settings/apps>, with the redirect URI
/// `<origin>/api/auth/callback/click-up`.
///
/// An app has one redirect URI per host; its documentation knows no PKCE.
pub const CLICK_UP: Provider = Provider::oauth2::<User>(
    "click-up",
    "ClickUp",
    Endpoints {
        authorization: "https://app.clickup.com/api",
        token: "https://api.clickup.com/api/v2/oauth/token",
        userinfo: "https://api.clickup.com/api/v2/user",
    },
)
.envelope(&["user"])
.bearer_unless_stated()
.pkce(Pkce::Unsupported)
.mark(Mark::coloured(include_str!("marks/click-up.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id).name(user.username).email(user.email)
    }
}
