//! BoxyHQ SAML. <https://boxyhq.com/docs/jackson/overview>

use super::prelude::*;

/// Sign in with BoxyHQ SAML. Create a connection in the admin portal of SAML Jackson, with the
/// redirect URI `<origin>/api/auth/callback/boxyhq-saml`.
///
/// The issuer is the address of the server. Without a client of its own for each connection, add
/// `tenant` and `product` as `.authorization_param(..)`.
pub const BOXYHQ_SAML: Provider = Provider::oauth2_tenant::<User>(
    "boxyhq-saml",
    "BoxyHQ SAML",
    Endpoints {
        authorization: "/api/oauth/authorize",
        token: "/api/oauth/token",
        userinfo: "/api/oauth/userinfo",
    },
)
.authorization_params(&[("provider", "saml")]);

#[derive(Deserialize)]
struct User {
    id: Id,
    email: Text,
    #[serde(rename = "firstName")]
    first_name: Text,
    #[serde(rename = "lastName")]
    last_name: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .email(user.email)
            .names(user.first_name, user.last_name)
    }
}
