//! Instagram. <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login>

use super::prelude::*;

/// Sign in with Instagram. Register at <https://developers.facebook.com/apps/>, with the redirect
/// URI `<origin>/api/auth/callback/instagram`.
///
/// Professional accounts only: the API for personal ones, and its scope `user_profile`, ended in
/// 2024. There are no addresses.
pub const INSTAGRAM: Provider = Provider::oauth2::<User>(
    "instagram",
    "Instagram",
    Endpoints {
        authorization: "https://api.instagram.com/oauth/authorize",
        token: "https://api.instagram.com/oauth/access_token",
        userinfo: "https://graph.instagram.com/me?fields=id,username,account_type,name",
    },
)
.scopes(&["instagram_business_basic"])
.client_auth(ClientAuth::Post)
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/instagram.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id).name(user.username)
    }
}
