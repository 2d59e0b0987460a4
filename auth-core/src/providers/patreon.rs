//! Patreon. <https://docs.patreon.com/#oauth>

use super::prelude::*;

/// Sign in with Patreon. Register at
/// <https://www.patreon.com/portal/registration/register-clients>, with the redirect URI
/// `<origin>/api/auth/callback/patreon`.
pub const PATREON: Provider = Provider::oauth2::<User>(
    "patreon",
    "Patreon",
    Endpoints {
        authorization: "https://www.patreon.com/oauth2/authorize",
        token: "https://www.patreon.com/api/oauth2/token",
        userinfo: "https://www.patreon.com/api/oauth2/api/current_user",
    },
)
.scopes(&["identity", "identity[email]"])
.envelope(&["data"])
.mark(Mark::black(include_str!("marks/patreon.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    attributes: Nested<Attributes>,
}

#[derive(Default, Deserialize)]
struct Attributes {
    full_name: Text,
    first_name: Text,
    last_name: Text,
    email: Text,
    is_email_verified: Flag,
    image_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let Nested(person) = user.attributes;
        Self::new(user.id)
            .name(person.full_name)
            .names(person.first_name, person.last_name)
            .email(person.email)
            .email_verified(person.is_email_verified)
            .image(person.image_url)
    }
}
