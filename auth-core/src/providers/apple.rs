//! Apple. <https://developer.apple.com/documentation/signinwithapplerestapi>

use super::prelude::*;

/// Sign in with Apple. Register at
/// <https://developer.apple.com/account/resources/identifiers/list/serviceId>, with the redirect
/// URI `<origin>/api/auth/callback/apple`.
///
/// The client id is the Services ID. In place of a secret Apple wants a token that expires: give
/// the key (`AUTH_APPLE_TEAM_ID`, `AUTH_APPLE_KEY_ID`, `AUTH_APPLE_PRIVATE_KEY` with the content of
/// the `.p8` file, or [`ClientSecretKey`](crate::ClientSecretKey)) and a new one is signed for each
/// request; a token made by hand goes in `AUTH_APPLE_SECRET`. Apple posts its answer, from an https
/// origin only, and says the name at the first sign-in only.
pub const APPLE: Provider = Provider::oidc("apple", "Apple", "https://appleid.apple.com")
    .scopes(&["name", "email"])
    .client_auth(ClientAuth::Post)
    .pkce(Pkce::Unsupported)
    .response_mode(ResponseMode::FormPost)
    .client_secret(claims)
    .response_param("user")
    .refine_profile(with_name)
    .mark(Mark::black(include_str!("marks/apple.svg")));

/// <https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret>
fn claims(it: &SecretClaims<'_>) -> Value {
    let now = it.now.as_unix();
    json!({
        "iss": it.team_id,
        "iat": now,
        "exp": now + 5 * 60,
        "aud": "https://appleid.apple.com",
        "sub": it.client_id,
    })
}

/// The name comes beside the first ID Token, in `user`. Nobody signed it, and the address in it is
/// not looked at: the ID Token has that.
fn with_name(mut profile: Profile) -> Profile {
    let part = |name| {
        profile
            .claims
            .get("user")
            .map_or(&Value::Null, |user| &user["name"][name])
    };
    let (first, last) = (Text::from(part("firstName")), Text::from(part("lastName")));
    profile.name = None;
    let profile = profile.names(first, last);
    Profile {
        name: profile.name.or_else(|| profile.email.clone()),
        ..profile
    }
}
