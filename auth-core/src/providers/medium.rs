//! Medium. <https://github.com/Medium/medium-api-docs>

use super::prelude::*;

/// Sign in with Medium. Register at <https://medium.com/me/applications>, with the redirect URI
/// `<origin>/api/auth/callback/medium`.
///
/// Medium takes no new registrations. There are no addresses.
pub const MEDIUM: Provider = Provider::oauth2::<User>(
    "medium",
    "Medium",
    Endpoints {
        authorization: "https://medium.com/m/oauth/authorize",
        token: "https://api.medium.com/v1/tokens",
        userinfo: "https://api.medium.com/v1/me",
    },
)
.scopes(&["basicProfile"])
.envelope(&["data"])
.mark(Mark::black(include_str!("marks/medium.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    #[serde(rename = "imageUrl")]
    image_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id).name(user.name).image(user.image_url)
    }
}
