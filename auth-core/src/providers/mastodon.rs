//! Mastodon. <https://docs.joinmastodon.org/client/authorized/>

use super::prelude::*;

/// Sign in with Mastodon. Create an application under Preferences, Development of the server, with
/// the redirect URI `<origin>/api/auth/callback/mastodon`.
///
/// The issuer is the address of the server: `https://mastodon.social`. For people of several
/// servers register each with an id of its own, for ids are the server's. There are no addresses.
pub const MASTODON: Provider = Provider::oauth2_tenant::<User>(
    "mastodon",
    "Mastodon",
    Endpoints {
        authorization: "/oauth/authorize",
        token: "/oauth/token",
        userinfo: "/api/v1/accounts/verify_credentials",
    },
)
.scopes(&["read"])
.mark(Mark::coloured(include_str!("marks/mastodon.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    avatar_static: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.username)
            .image(user.avatar_static)
    }
}
