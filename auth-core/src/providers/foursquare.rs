//! Foursquare. <https://docs.foursquare.com/developer/reference/authentication>

use super::prelude::*;

/// Sign in with Foursquare. Register at <https://foursquare.com/developers/home>, with the redirect
/// URI `<origin>/api/auth/callback/foursquare`.
///
/// It takes the access token in the query only.
pub const FOURSQUARE: Provider = Provider::oauth2::<User>(
    "foursquare",
    "Foursquare",
    Endpoints {
        authorization: "https://foursquare.com/oauth2/authenticate",
        token: "https://foursquare.com/oauth2/access_token",
        userinfo: "https://api.foursquare.com/v2/users/self?v=20230131",
    },
)
.envelope(&["response", "user"])
.token_in_query("oauth_token")
.bearer_unless_stated();

#[derive(Deserialize)]
struct User {
    id: Id,
    #[serde(rename = "firstName")]
    first_name: Text,
    #[serde(rename = "lastName")]
    last_name: Text,
    #[serde(default)]
    contact: Value,
    #[serde(default)]
    photo: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let [prefix, suffix] = ["prefix", "suffix"].map(|part| Text::from(&user.photo[part]));
        let email = Text::from(&user.contact["email"]);
        let photo = prefix.as_deref().zip(suffix.as_deref());
        let photo = photo.map(|(prefix, suffix)| format!("{prefix}original{suffix}"));
        Self::new(user.id)
            .names(user.first_name, user.last_name)
            .email(email)
            .image(photo.into())
    }
}
