//! Naver. <https://developers.naver.com/docs/login/api/api.md>

use super::prelude::*;

/// Sign in with Naver. Register at <https://developers.naver.com/apps/#/register>, with the
/// redirect URI `<origin>/api/auth/callback/naver`.
///
/// The address is the one that the person chose for notices; Naver does not say whether it verified
/// it.
pub const NAVER: Provider = Provider::oauth2::<User>(
    "naver",
    "Naver",
    Endpoints {
        authorization: "https://nid.naver.com/oauth2.0/authorize",
        token: "https://nid.naver.com/oauth2.0/token",
        userinfo: "https://openapi.naver.com/v1/nid/me",
    },
)
.envelope(&["response"])
.mark(Mark::coloured(include_str!("marks/naver.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    nickname: Text,
    email: Text,
    profile_image: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.nickname)
            .email(user.email)
            .image(user.profile_image)
    }
}
