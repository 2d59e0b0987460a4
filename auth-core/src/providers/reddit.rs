//! Reddit. <https://github.com/reddit-archive/reddit/wiki/OAuth2>

use super::prelude::*;

/// Sign in with Reddit. Register at <https://www.reddit.com/prefs/apps>, with the redirect URI
/// `<origin>/api/auth/callback/reddit`.
///
/// Choose the app type "web app". Reddit turns away clients without a `User-Agent`; ours has one.
/// There are no addresses.
pub const REDDIT: Provider = Provider::oauth2::<User>(
    "reddit",
    "Reddit",
    Endpoints {
        authorization: "https://www.reddit.com/api/v1/authorize",
        token: "https://www.reddit.com/api/v1/access_token",
        userinfo: "https://oauth.reddit.com/api/v1/me",
    },
)
.scopes(&["identity"])
.pkce(Pkce::Unsupported)
.mark(Mark::coloured(include_str!("marks/reddit.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id).name(user.name)
    }
}
