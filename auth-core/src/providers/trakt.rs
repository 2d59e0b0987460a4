//! Trakt. <https://trakt.docs.apiary.io/#reference/authentication-oauth>

use super::prelude::*;

/// Sign in with Trakt. Register at <https://trakt.tv/oauth/applications>, with the redirect URI
/// `<origin>/api/auth/callback/trakt`.
///
/// The client id is the API key, too. There are no addresses.
pub const TRAKT: Provider = Provider::oauth2::<User>(
    "trakt",
    "Trakt",
    Endpoints {
        authorization: "https://trakt.tv/oauth/authorize",
        token: "https://api.trakt.tv/oauth/token",
        userinfo: "https://api.trakt.tv/users/me?extended=full",
    },
)
.fetch_userinfo(with_api_key)
.mark(Mark::coloured(include_str!("marks/trakt.svg")));

#[derive(Deserialize)]
struct User {
    ids: Nested<Ids>,
    name: Text,
    #[serde(default)]
    images: Value,
}

#[derive(Default, Deserialize)]
struct Ids {
    slug: Id,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let avatar = Text::from(&user.images["avatar"]["full"]);
        Self::new(user.ids.0.slug).name(user.name).image(avatar)
    }
}

fn with_api_key(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move {
        let headers = [
            ("trakt-api-version", "2"),
            ("trakt-api-key", request.client_id),
        ];
        let request = UserinfoRequest {
            headers: &headers,
            ..request
        };
        request.get().await
    })
}
