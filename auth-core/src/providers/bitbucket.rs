//! Bitbucket. <https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/>

use super::prelude::*;

/// Sign in with Bitbucket. Register at <https://bitbucket.org/account/settings/app-passwords/>,
/// with the redirect URI `<origin>/api/auth/callback/bitbucket`.
///
/// An OAuth consumer belongs to a workspace: Workspace settings, OAuth consumers. The address is
/// not part of the profile.
pub const BITBUCKET: Provider = Provider::oauth2::<User>(
    "bitbucket",
    "Bitbucket",
    Endpoints {
        authorization: "https://bitbucket.org/site/oauth2/authorize",
        token: "https://bitbucket.org/site/oauth2/access_token",
        userinfo: "https://api.bitbucket.org/2.0/user",
    },
)
.scopes(&["account"])
.mark(Mark::coloured(include_str!("marks/bitbucket.svg")));

#[derive(Deserialize)]
struct User {
    account_id: Id,
    display_name: Text,
    username: Text,
    #[serde(default)]
    links: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let avatar = Text::from(&user.links["avatar"]["href"]);
        Self::new(user.account_id)
            .name(user.display_name.or(user.username))
            .image(avatar)
    }
}
