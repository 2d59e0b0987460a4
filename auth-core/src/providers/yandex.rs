//! Yandex. <https://yandex.com/dev/id/doc/en/>

use super::prelude::*;

/// Sign in with Yandex. Register at <https://oauth.yandex.com/client/new>, with the redirect URI
/// `<origin>/api/auth/callback/yandex`.
///
/// Yandex does not say whether it verified the address.
pub const YANDEX: Provider = Provider::oauth2::<User>(
    "yandex",
    "Yandex",
    Endpoints {
        authorization: "https://oauth.yandex.ru/authorize",
        token: "https://oauth.yandex.ru/token",
        userinfo: "https://login.yandex.ru/info?format=json",
    },
)
.scopes(&["login:info", "login:email", "login:avatar"])
.mark(Mark::coloured(include_str!("marks/yandex.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    display_name: Text,
    real_name: Text,
    first_name: Text,
    last_name: Text,
    default_email: Text,
    #[serde(default)]
    emails: Value,
    is_avatar_empty: Flag,
    default_avatar_id: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let name = user
            .display_name
            .or(user.real_name)
            .or(user.first_name.clone());
        let email = user.default_email.or(Text::from(&user.emails[0]));
        let avatar = user
            .default_avatar_id
            .map(|id| format!("https://avatars.yandex.net/get-yapic/{id}/islands-200"));
        let avatar = if user.is_avatar_empty.is_true() {
            Text::default()
        } else {
            avatar
        };
        Self::new(user.id)
            .name(name)
            .names(user.first_name, user.last_name)
            .email(email)
            .image(avatar)
    }
}
