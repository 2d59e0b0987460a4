//! Webex. <https://developer.webex.com/docs/login-with-webex>

use super::prelude::*;

/// Sign in with Webex. Register at <https://developer.webex.com/my-apps>, with the redirect URI
/// `<origin>/api/auth/callback/webex`.
pub const WEBEX: Provider = Provider::oauth2::<User>(
    "webex",
    "Webex",
    Endpoints {
        authorization: "https://webexapis.com/v1/authorize",
        token: "https://webexapis.com/v1/access_token",
        userinfo: "https://webexapis.com/v1/people/me",
    },
)
.scopes(&["spark:kms", "spark:people_read"]);

#[derive(Deserialize)]
struct User {
    id: Id,
    #[serde(rename = "displayName")]
    display_name: Text,
    #[serde(default)]
    emails: Value,
    avatar: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.display_name)
            .email(Text::from(&user.emails[0]))
            .image(user.avatar)
    }
}
