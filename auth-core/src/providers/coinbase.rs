//! Coinbase. <https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/integrations>

use super::prelude::*;

/// Sign in with Coinbase. Register at <https://portal.cdp.coinbase.com>, with the redirect URI
/// `<origin>/api/auth/callback/coinbase`.
pub const COINBASE: Provider = Provider::oauth2::<User>(
    "coinbase",
    "Coinbase",
    Endpoints {
        authorization: "https://login.coinbase.com/oauth2/auth",
        token: "https://login.coinbase.com/oauth2/token",
        userinfo: "https://api.coinbase.com/v2/user",
    },
)
.scopes(&["wallet:user:email", "wallet:user:read"])
.envelope(&["data"])
.mark(Mark::coloured(include_str!("marks/coinbase.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    email: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.name)
            .email(user.email)
            .image(user.avatar_url)
    }
}
