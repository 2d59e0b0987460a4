//! Mailchimp. <https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/>

use super::prelude::*;

/// Sign in with Mailchimp. Register at <https://us1.admin.mailchimp.com/account/oauth2/>, with the
/// redirect URI `<origin>/api/auth/callback/mailchimp`.
///
/// The name is that of the Mailchimp account.
pub const MAILCHIMP: Provider = Provider::oauth2::<User>(
    "mailchimp",
    "Mailchimp",
    Endpoints {
        authorization: "https://login.mailchimp.com/oauth2/authorize",
        token: "https://login.mailchimp.com/oauth2/token",
        userinfo: "https://login.mailchimp.com/oauth2/metadata",
    },
)
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/mailchimp.svg")));

#[derive(Deserialize)]
struct User {
    accountname: Text,
    login: Nested<Login>,
}

#[derive(Default, Deserialize)]
struct Login {
    login_id: Id,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let Nested(login) = user.login;
        Self::new(login.login_id)
            .name(user.accountname)
            .email(login.email)
    }
}
