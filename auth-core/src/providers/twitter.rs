//! X, which was Twitter. <https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/authorization-code>

use super::prelude::*;

/// Sign in with X, which was Twitter. Register at <https://developer.x.com/en/portal/dashboard>, with the
/// redirect URI `<origin>/api/auth/callback/twitter`.
///
/// The app type is "Web App", with OAuth 2.0 id and secret. For the address, let the app request
/// it, add the scope `users.email`, and `confirmed_email` to the `user.fields` of the userinfo
/// endpoint.
pub const TWITTER: Provider = Provider::oauth2::<User>(
    "twitter",
    "X",
    Endpoints {
        authorization: "https://x.com/i/oauth2/authorize",
        token: "https://api.x.com/2/oauth2/token",
        userinfo: "https://api.x.com/2/users/me?user.fields=profile_image_url",
    },
)
.scopes(&["users.read", "tweet.read", "offline.access"])
.envelope(&["data"])
.mark(Mark::black(include_str!("marks/x.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    email: Text,
    confirmed_email: Text,
    profile_image_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let confirmed = user.confirmed_email.as_deref().is_some();
        Self::new(user.id)
            .name(user.name)
            .email(user.confirmed_email.or(user.email))
            .email_verified(confirmed.into())
            .image(user.profile_image_url)
    }
}
