//! Osso. <https://ossoapp.com/docs>

use super::prelude::*;

/// Sign in with Osso. Create an OAuth client in the admin interface, with the redirect URI
/// `<origin>/api/auth/callback/osso`.
///
/// The issuer is the address of the server.
pub const OSSO: Provider = Provider::oauth2_tenant::<User>(
    "osso",
    "Osso",
    Endpoints {
        authorization: "/oauth/authorize",
        token: "/oauth/token",
        userinfo: "/oauth/me",
    },
);

#[derive(Deserialize)]
struct User {
    id: Id,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id).email(user.email)
    }
}
