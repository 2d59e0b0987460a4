//! Pipedrive. <https://pipedrive.readme.io/docs/marketplace-oauth-authorization>

use super::prelude::*;

/// Sign in with Pipedrive. Register at <https://app.pipedrive.com/developer-hub>, with the redirect
/// URI `<origin>/api/auth/callback/pipedrive`.
pub const PIPEDRIVE: Provider = Provider::oauth2::<User>(
    "pipedrive",
    "Pipedrive",
    Endpoints {
        authorization: "https://oauth.pipedrive.com/oauth/authorize",
        token: "https://oauth.pipedrive.com/oauth/token",
        userinfo: "https://api.pipedrive.com/users/me",
    },
)
.envelope(&["data"]);

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    email: Text,
    icon_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.name)
            .email(user.email)
            .image(user.icon_url)
    }
}
