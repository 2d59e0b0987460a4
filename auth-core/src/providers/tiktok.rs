//! TikTok. <https://developers.tiktok.com/doc/login-kit-web>

use super::prelude::*;

/// Sign in with TikTok. Register at <https://developers.tiktok.com/apps/>, with the redirect URI
/// `<origin>/api/auth/callback/tiktok`.
///
/// The client id is the Client Key. It wants redirect URIs with https. There are no addresses.
pub const TIKTOK: Provider = Provider::oauth2::<User>("tiktok", "TikTok", Endpoints {
    authorization: "https://www.tiktok.com/v2/auth/authorize",
    token: "https://open.tiktokapis.com/v2/oauth/token/",
    userinfo: "https://open.tiktokapis.com/v2/user/info/?fields=open_id,avatar_url,display_name",
}).scopes(&["user.info.basic"]).scope_separator(",").client_id_param("client_key").envelope(&["data", "user"]).client_auth(ClientAuth::Post)
.mark(Mark::coloured(include_str!("marks/tiktok.svg")));

#[derive(Deserialize)]
struct User {
    open_id: Id,
    display_name: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.open_id)
            .name(user.display_name)
            .image(user.avatar_url)
    }
}
