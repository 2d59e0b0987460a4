//! Strava. <https://developers.strava.com/docs/authentication/>

use super::prelude::*;

/// Sign in with Strava. Register at <https://www.strava.com/settings/api>, with the redirect URI
/// `<origin>/api/auth/callback/strava`.
///
/// The token answer holds the athlete; the profile is asked for only if it does not. There are no
/// addresses.
pub const STRAVA: Provider = Provider::oauth2::<User>(
    "strava",
    "Strava",
    Endpoints {
        authorization: "https://www.strava.com/api/v3/oauth/authorize",
        token: "https://www.strava.com/api/v3/oauth/token",
        userinfo: "https://www.strava.com/api/v3/athlete",
    },
)
.scopes(&["read"])
.authorization_params(&[("approval_prompt", "auto")])
.client_auth(ClientAuth::Post)
.fetch_userinfo(athlete)
.mark(Mark::coloured(include_str!("marks/strava.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    firstname: Text,
    lastname: Text,
    profile: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .names(user.firstname, user.lastname)
            .image(user.profile)
    }
}

fn athlete(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move {
        match request.token_extra.get("athlete") {
            Some(athlete @ Value::Object(_)) => Ok(athlete.clone()),
            _ => request.get().await,
        }
    })
}
