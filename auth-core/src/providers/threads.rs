//! Threads. <https://developers.facebook.com/docs/threads/get-started>

use super::prelude::*;

/// Sign in with Threads. Register at <https://developers.facebook.com/apps/>, with the redirect URI
/// `<origin>/api/auth/callback/threads`.
///
/// It wants redirect URIs with https. There are no addresses.
pub const THREADS: Provider = Provider::oauth2::<User>("threads", "Threads", Endpoints {
    authorization: "https://threads.net/oauth/authorize",
    token: "https://graph.threads.net/oauth/access_token",
    userinfo: "https://graph.threads.net/v1.0/me?fields=id,username,threads_profile_picture_url",
}).scopes(&["threads_basic"]).envelope(&["data"]).client_auth(ClientAuth::Post).pkce(Pkce::Unsupported).bearer_unless_stated()
.mark(Mark::black(include_str!("marks/threads.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    threads_profile_picture_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.username)
            .image(user.threads_profile_picture_url)
    }
}
