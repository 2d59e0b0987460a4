//! Wikimedia. <https://www.mediawiki.org/wiki/OAuth/For_Developers>

use super::prelude::*;

/// Sign in with Wikimedia. Register at
/// <https://meta.wikimedia.org/wiki/Special:OAuthConsumerRegistration/propose/oauth2>, with the
/// redirect URI `<origin>/api/auth/callback/wikimedia`.
///
/// The grants of the consumer decide whether the address is part of the profile.
pub const WIKIMEDIA: Provider = Provider::oauth2::<User>(
    "wikimedia",
    "Wikimedia",
    Endpoints {
        authorization: "https://meta.wikimedia.org/w/rest.php/oauth2/authorize",
        token: "https://meta.wikimedia.org/w/rest.php/oauth2/access_token",
        userinfo: "https://meta.wikimedia.org/w/rest.php/oauth2/resource/profile",
    },
)
.mark(Mark::coloured(include_str!("marks/wikimedia.svg")));

#[derive(Deserialize)]
struct User {
    sub: Id,
    username: Text,
    email: Text,
    confirmed_email: Flag,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.sub)
            .name(user.username)
            .email(user.email)
            .email_verified(user.confirmed_email)
    }
}
