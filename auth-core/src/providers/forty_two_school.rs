//! 42 School. <https://api.intra.42.fr/apidoc/guides/web_application_flow>

use super::prelude::*;

/// Sign in with 42 School. Register at <https://profile.intra.42.fr/oauth/applications/new>, with
/// the redirect URI `<origin>/api/auth/callback/42-school`.
pub const FORTY_TWO_SCHOOL: Provider = Provider::oauth2::<User>(
    "42-school",
    "42 School",
    Endpoints {
        authorization: "https://api.intra.42.fr/oauth/authorize",
        token: "https://api.intra.42.fr/oauth/token",
        userinfo: "https://api.intra.42.fr/v2/me",
    },
)
.scopes(&["public"])
.mark(Mark::black(include_str!("marks/42-school.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    usual_full_name: Text,
    email: Text,
    image: Nested<Image>,
}

#[derive(Default, Deserialize)]
struct Image {
    link: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.usual_full_name)
            .email(user.email)
            .image(user.image.0.link)
    }
}
