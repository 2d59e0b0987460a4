//! Concept2. <https://log.concept2.com/developers/documentation/>

use super::prelude::*;

/// Sign in with Concept2. Register at <https://log.concept2.com/developers/keys>, with the redirect
/// URI `<origin>/api/auth/callback/concept2`.
///
/// Scopes are separated by commas.
pub const CONCEPT2: Provider = Provider::oauth2::<User>(
    "concept2",
    "Concept2",
    Endpoints {
        authorization: "https://log.concept2.com/oauth/authorize",
        token: "https://log.concept2.com/oauth/access_token",
        userinfo: "https://log.concept2.com/api/users/me",
    },
)
.scopes(&["user:read", "results:write"])
.scope_separator(",")
.envelope(&["data"]);

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    first_name: Text,
    last_name: Text,
    email: Text,
    profile_image: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.username)
            .names(user.first_name, user.last_name)
            .email(user.email)
            .image(user.profile_image)
    }
}
