//! LinkedIn. <https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2>

use super::prelude::*;

/// Sign in with LinkedIn. Register at <https://www.linkedin.com/developers/apps>, with the redirect
/// URI `<origin>/api/auth/callback/linkedin`.
///
/// Add the product "Sign In with LinkedIn using OpenID Connect". Its ID Tokens carry no `nonce`, so
/// they prove nothing about this sign-in: the profile comes from the userinfo endpoint. It refuses
/// a `code_verifier`.
pub const LINKEDIN: Provider = Provider::oauth2::<User>(
    "linkedin",
    "LinkedIn",
    Endpoints {
        authorization: "https://www.linkedin.com/oauth/v2/authorization",
        token: "https://www.linkedin.com/oauth/v2/accessToken",
        userinfo: "https://api.linkedin.com/v2/userinfo",
    },
)
.scopes(&["openid", "profile", "email"])
.client_auth(ClientAuth::Post)
.pkce(Pkce::Unsupported)
.bearer_unless_stated()
.mark(Mark::coloured(include_str!("marks/linkedin.svg")));

#[derive(Deserialize)]
struct User {
    sub: Id,
    name: Text,
    given_name: Text,
    family_name: Text,
    email: Text,
    email_verified: Flag,
    picture: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.sub)
            .name(user.name)
            .names(user.given_name, user.family_name)
            .email(user.email)
            .email_verified(user.email_verified)
            .image(user.picture)
    }
}
