//! WorkOS. <https://workos.com/docs/sso>

use super::prelude::*;

/// Sign in with WorkOS. Register at <https://dashboard.workos.com>, with the redirect URI
/// `<origin>/api/auth/callback/workos`.
///
/// Single sign-on connections. The client secret is the API key. Say whom to send people to:
/// `.authorization_param("connection", ..)`, or `organization`, or `provider`.
pub const WORKOS: Provider = Provider::oauth2::<User>(
    "workos",
    "WorkOS",
    Endpoints {
        authorization: "https://api.workos.com/sso/authorize",
        token: "https://api.workos.com/sso/token",
        userinfo: "https://api.workos.com/sso/profile",
    },
)
.client_auth(ClientAuth::Post)
.bearer_unless_stated();

#[derive(Deserialize)]
struct User {
    id: Id,
    first_name: Text,
    last_name: Text,
    email: Text,
    #[serde(default)]
    raw_attributes: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let picture = Text::from(&user.raw_attributes["picture"]);
        Self::new(user.id)
            .names(user.first_name, user.last_name)
            .email(user.email)
            .image(picture)
    }
}
