//! Bungie. <https://github.com/Bungie-net/api/wiki/OAuth-Documentation>

use super::prelude::*;

/// Sign in with Bungie. Register at <https://www.bungie.net/en/Application>, with the redirect URI
/// `<origin>/api/auth/callback/bungie`.
///
/// Every call needs the API key of the application: `AUTH_BUNGIE_API_KEY`. Choose the client type
/// Confidential. There are no addresses.
pub const BUNGIE: Provider = Provider::oauth2::<User>(
    "bungie",
    "Bungie",
    Endpoints {
        authorization: "https://www.bungie.net/en/OAuth/Authorize?reauth=true",
        token: "https://www.bungie.net/platform/app/oauth/token/",
        userinfo: "https://www.bungie.net/Platform/User/GetMembershipsForCurrentUser/",
    },
)
.envelope(&["Response", "bungieNetUser"])
.api_key_header("X-API-Key");

#[derive(Deserialize)]
struct User {
    #[serde(rename = "membershipId")]
    membership_id: Id,
    #[serde(rename = "displayName")]
    display_name: Text,
    #[serde(rename = "profilePicturePath")]
    picture: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let picture = user
            .picture
            .map(|path| format!("https://www.bungie.net/{}", path.trim_start_matches('/')));
        Self::new(user.membership_id)
            .name(user.display_name)
            .image(picture)
    }
}
