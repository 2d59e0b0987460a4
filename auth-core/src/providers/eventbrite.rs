//! Eventbrite. <https://www.eventbrite.com/platform/api#/introduction/authentication>

use super::prelude::*;

/// Sign in with Eventbrite. Register at <https://www.eventbrite.com/platform/api-keys>, with the
/// redirect URI `<origin>/api/auth/callback/eventbrite`.
pub const EVENTBRITE: Provider = Provider::oauth2::<User>(
    "eventbrite",
    "Eventbrite",
    Endpoints {
        authorization: "https://www.eventbrite.com/oauth/authorize",
        token: "https://www.eventbrite.com/oauth/token",
        userinfo: "https://www.eventbriteapi.com/v3/users/me/",
    },
)
.scopes(&["user.profile"])
.client_auth(ClientAuth::Post)
.mark(Mark::coloured(include_str!("marks/eventbrite.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    first_name: Text,
    last_name: Text,
    emails: List<Email>,
    image_id: Text,
}

#[derive(Default, Deserialize)]
struct Email {
    email: Text,
    primary: Flag,
    verified: Flag,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let image = user.image_id.map(|id| {
            format!("https://img.evbuc.com/https%3A%2F%2Fcdn.evbuc.com%2Fimages%2F{id}%2F1%2Foriginal.jpg")
        });
        let primary = user
            .emails
            .0
            .into_iter()
            .find(|it| it.primary.is_true())
            .unwrap_or_default();
        Self::new(user.id)
            .name(user.name)
            .names(user.first_name, user.last_name)
            .email(primary.email)
            .email_verified(primary.verified)
            .image(image)
    }
}
