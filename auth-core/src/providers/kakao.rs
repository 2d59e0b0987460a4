//! Kakao. <https://developers.kakao.com/docs/latest/en/kakaologin/rest-api>

use super::prelude::*;

/// Sign in with Kakao. Register at <https://developers.kakao.com/console/app>, with the redirect
/// URI `<origin>/api/auth/callback/kakao`.
///
/// The consent items of the app decide what the profile holds. An address counts as verified if
/// Kakao calls it verified and valid: one that became somebody else's is no longer valid.
pub const KAKAO: Provider = Provider::oauth2::<User>(
    "kakao",
    "Kakao",
    Endpoints {
        authorization: "https://kauth.kakao.com/oauth/authorize",
        token: "https://kauth.kakao.com/oauth/token",
        userinfo: "https://kapi.kakao.com/v2/user/me",
    },
)
.client_auth(ClientAuth::Post)
.mark(Mark::coloured(include_str!("marks/kakao.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    kakao_account: Nested<Account>,
}

#[derive(Default, Deserialize)]
struct Account {
    profile: Nested<KakaoProfile>,
    email: Text,
    is_email_valid: Flag,
    is_email_verified: Flag,
}

#[derive(Default, Deserialize)]
struct KakaoProfile {
    nickname: Text,
    profile_image_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let Nested(account) = user.kakao_account;
        let Nested(profile) = account.profile;
        let verified = account.is_email_valid.is_true() && account.is_email_verified.is_true();
        Self::new(user.id)
            .name(profile.nickname)
            .email(account.email)
            .email_verified(verified.into())
            .image(profile.profile_image_url)
    }
}
