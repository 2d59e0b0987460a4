//! Todoist. <https://developer.todoist.com/api/v1/#tag/Authorization>

use super::prelude::*;

/// Sign in with Todoist. Register at <https://developer.todoist.com/appconsole.html>, with the
/// redirect URI `<origin>/api/auth/callback/todoist`.
///
/// An app has one redirect URI.
pub const TODOIST: Provider = Provider::oauth2::<User>(
    "todoist",
    "Todoist",
    Endpoints {
        authorization: "https://todoist.com/oauth/authorize",
        token: "https://todoist.com/oauth/access_token",
        userinfo: "https://api.todoist.com/api/v1/user",
    },
)
.scopes(&["data:read"])
.scope_separator(",")
.envelope(&["user"])
.client_auth(ClientAuth::Post)
.mark(Mark::coloured(include_str!("marks/todoist.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    email: Text,
    full_name: Text,
    avatar_big: Text,
    verification_status: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let verified = user.verification_status.as_deref() == Some("verified");
        Self::new(user.id)
            .name(user.full_name)
            .email(user.email)
            .email_verified(verified.into())
            .image(user.avatar_big)
    }
}
