//! FreshBooks. <https://www.freshbooks.com/api/authentication>

use super::prelude::*;

/// Sign in with FreshBooks. Register at <https://my.freshbooks.com/#/developer>, with the redirect
/// URI `<origin>/api/auth/callback/freshbooks`.
pub const FRESHBOOKS: Provider = Provider::oauth2::<User>(
    "freshbooks",
    "FreshBooks",
    Endpoints {
        authorization: "https://auth.freshbooks.com/service/auth/oauth/authorize",
        token: "https://api.freshbooks.com/auth/oauth/token",
        userinfo: "https://api.freshbooks.com/auth/api/v1/users/me",
    },
)
.envelope(&["response"]);

#[derive(Deserialize)]
struct User {
    id: Id,
    first_name: Text,
    last_name: Text,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .names(user.first_name, user.last_name)
            .email(user.email)
    }
}
