//! Mail.ru. <https://api.mail.ru/docs/guides/oauth/>

use super::prelude::*;

/// Sign in with Mail.ru. Register at <https://o2.mail.ru/app/>, with the redirect URI
/// `<origin>/api/auth/callback/mailru`.
///
/// It takes the access token in the query only.
pub const MAILRU: Provider = Provider::oauth2::<User>(
    "mailru",
    "Mail.ru",
    Endpoints {
        authorization: "https://oauth.mail.ru/login",
        token: "https://oauth.mail.ru/token",
        userinfo: "https://oauth.mail.ru/userinfo",
    },
)
.scopes(&["userinfo"])
.token_in_query("access_token")
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/mailru.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    first_name: Text,
    last_name: Text,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.name)
            .names(user.first_name, user.last_name)
            .email(user.email)
    }
}
