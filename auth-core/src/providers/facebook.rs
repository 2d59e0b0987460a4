//! Facebook. <https://developers.facebook.com/docs/facebook-login>

use super::prelude::*;

/// Sign in with Facebook. Register at <https://developers.facebook.com/apps/>, with the redirect
/// URI `<origin>/api/auth/callback/facebook`.
///
/// Whoever signed up by telephone has no address. The id is another one in every app.
pub const FACEBOOK: Provider = Provider::oauth2::<User>(
    "facebook",
    "Facebook",
    Endpoints {
        authorization: "https://www.facebook.com/v19.0/dialog/oauth",
        token: "https://graph.facebook.com/oauth/access_token",
        userinfo: "https://graph.facebook.com/me?fields=id,name,email,picture",
    },
)
.scopes(&["email"])
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/facebook.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    email: Text,
    #[serde(default)]
    picture: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let picture = Text::from(&user.picture["data"]["url"]);
        Self::new(user.id)
            .name(user.name)
            .email(user.email)
            .image(picture)
    }
}
