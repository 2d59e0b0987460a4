//! HubSpot. <https://developers.hubspot.com/docs/api/oauth-quickstart-guide>

use super::prelude::*;

/// Sign in with HubSpot. Register at <https://app.hubspot.com/developer>, with the redirect URI
/// `<origin>/api/auth/callback/hubspot`.
///
/// A token says whose it is: it is part of the address that is asked.
pub const HUBSPOT: Provider = Provider::oauth2::<User>(
    "hubspot",
    "HubSpot",
    Endpoints {
        authorization: "https://app.hubspot.com/oauth/authorize",
        token: "https://api.hubapi.com/oauth/v1/token",
        userinfo: "https://api.hubapi.com/oauth/v1/access-tokens",
    },
)
.scopes(&["oauth"])
.client_auth(ClientAuth::Post)
.fetch_userinfo(by_token)
.mark(Mark::coloured(include_str!("marks/hubspot.svg")));

#[derive(Deserialize)]
struct User {
    user_id: Id,
    user: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.user_id)
            .name(user.user.clone())
            .email(user.user)
    }
}

fn by_token(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move { request.get_below(request.access_token.expose()).await })
}
