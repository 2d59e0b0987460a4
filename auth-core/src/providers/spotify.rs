//! Spotify. <https://developer.spotify.com/documentation/web-api/tutorials/code-flow>

use super::prelude::*;

/// Sign in with Spotify. Register at <https://developer.spotify.com/dashboard>, with the redirect
/// URI `<origin>/api/auth/callback/spotify`.
///
/// Spotify does not verify addresses.
pub const SPOTIFY: Provider = Provider::oauth2::<User>(
    "spotify",
    "Spotify",
    Endpoints {
        authorization: "https://accounts.spotify.com/authorize",
        token: "https://accounts.spotify.com/api/token",
        userinfo: "https://api.spotify.com/v1/me",
    },
)
.scopes(&["user-read-email"])
.mark(Mark::coloured(include_str!("marks/spotify.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    display_name: Text,
    email: Text,
    #[serde(default)]
    images: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let image = Text::from(&user.images[0]["url"]);
        Self::new(user.id)
            .name(user.display_name)
            .email(user.email)
            .image(image)
    }
}
