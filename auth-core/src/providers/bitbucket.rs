//! Bitbucket. <https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/>

use super::emails::with_primary_email;
use super::prelude::*;

/// Sign in with Bitbucket. Register at <https://bitbucket.org/account/settings/app-passwords/>,
/// with the redirect URI `<origin>/api/auth/callback/bitbucket`.
///
/// An OAuth consumer belongs to a workspace: Workspace settings, OAuth consumers. The address of
/// a person is the primary one, which the profile itself does not show.
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
.fetch_userinfo(with_primary_email)
.mark(Mark::coloured(include_str!("marks/bitbucket.svg")));

#[derive(Deserialize)]
struct User {
    account_id: Id,
    display_name: Text,
    username: Text,
    /// Ours, as in GitHub: `/user` says neither, `/user/emails` does.
    email: Text,
    email_verified: Flag,
    #[serde(default)]
    links: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let avatar = Text::from(&user.links["avatar"]["href"]);
        Self::new(user.account_id)
            .name(user.display_name.or(user.username))
            .email(user.email)
            .email_verified(user.email_verified)
            .image(avatar)
    }
}
