//! Dropbox. <https://developers.dropbox.com/oauth-guide>

use super::prelude::*;

/// Sign in with Dropbox. Register at <https://www.dropbox.com/developers/apps>, with the redirect
/// URI `<origin>/api/auth/callback/dropbox`.
///
/// The profile is asked for by a POST.
pub const DROPBOX: Provider = Provider::oauth2::<User>(
    "dropbox",
    "Dropbox",
    Endpoints {
        authorization: "https://www.dropbox.com/oauth2/authorize",
        token: "https://api.dropboxapi.com/oauth2/token",
        userinfo: "https://api.dropboxapi.com/2/users/get_current_account",
    },
)
.scopes(&["account_info.read"])
.authorization_params(&[("token_access_type", "offline")])
.fetch_userinfo(by_post)
.mark(Mark::coloured(include_str!("marks/dropbox.svg")));

#[derive(Deserialize)]
struct User {
    account_id: Id,
    name: Nested<Name>,
    email: Text,
    email_verified: Flag,
    profile_photo_url: Text,
}

#[derive(Default, Deserialize)]
struct Name {
    display_name: Text,
    given_name: Text,
    surname: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let Nested(name) = user.name;
        Self::new(user.account_id)
            .name(name.display_name)
            .names(name.given_name, name.surname)
            .email(user.email)
            .email_verified(user.email_verified)
            .image(user.profile_photo_url)
    }
}

fn by_post(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move { request.post().await })
}
