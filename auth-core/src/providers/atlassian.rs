//! Atlassian. <https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/>

use super::prelude::*;

/// Sign in with Atlassian. Register at <https://developer.atlassian.com/console/myapps/>, with the
/// redirect URI `<origin>/api/auth/callback/atlassian`.
///
/// The app needs the User Identity API; its documentation knows no PKCE.
pub const ATLASSIAN: Provider = Provider::oauth2::<User>(
    "atlassian",
    "Atlassian",
    Endpoints {
        authorization: "https://auth.atlassian.com/authorize",
        token: "https://auth.atlassian.com/oauth/token",
        userinfo: "https://api.atlassian.com/me",
    },
)
.scopes(&["read:me"])
.authorization_params(&[("audience", "api.atlassian.com")])
.pkce(Pkce::Unsupported)
.mark(Mark::coloured(include_str!("marks/atlassian.svg")));

#[derive(Deserialize)]
struct User {
    account_id: Id,
    name: Text,
    email: Text,
    email_verified: Flag,
    picture: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.account_id)
            .name(user.name)
            .email(user.email)
            .email_verified(user.email_verified)
            .image(user.picture)
    }
}
