//! Mattermost. <https://developers.mattermost.com/integrate/apps/authentication/oauth2/>

use super::prelude::*;

/// Sign in with Mattermost. Create an OAuth 2.0 application under Integrations, with the redirect
/// URI `<origin>/api/auth/callback/mattermost`.
///
/// The issuer is the address of the server.
pub const MATTERMOST: Provider = Provider::oauth2_tenant::<User>(
    "mattermost",
    "Mattermost",
    Endpoints {
        authorization: "/oauth/authorize",
        token: "/oauth/access_token",
        userinfo: "/api/v4/users/me",
    },
)
.client_auth(ClientAuth::Post)
.mark(Mark::coloured(include_str!("marks/mattermost.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    first_name: Text,
    last_name: Text,
    email: Text,
    email_verified: Flag,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.username)
            .names(user.first_name, user.last_name)
            .email(user.email)
            .email_verified(user.email_verified)
    }
}
