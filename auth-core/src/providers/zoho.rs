//! Zoho. <https://www.zoho.com/accounts/protocol/oauth/web-apps.html>

use super::prelude::*;

/// Sign in with Zoho. Register at <https://api-console.zoho.com>, with the redirect URI
/// `<origin>/api/auth/callback/zoho`.
///
/// Each data centre has its own server: for the European one set `AUTH_ZOHO_BASE_URL` to
/// `https://accounts.zoho.eu`.
pub const ZOHO: Provider = Provider::oauth2::<User>(
    "zoho",
    "Zoho",
    Endpoints {
        authorization: "https://accounts.zoho.com/oauth/v2/auth",
        token: "https://accounts.zoho.com/oauth/v2/token",
        userinfo: "https://accounts.zoho.com/oauth/user/info",
    },
)
.scopes(&["AaaServer.profile.Read"]);

#[derive(Deserialize)]
struct User {
    #[serde(rename = "ZUID")]
    id: Id,
    #[serde(rename = "First_Name")]
    first_name: Text,
    #[serde(rename = "Last_Name")]
    last_name: Text,
    #[serde(rename = "Email")]
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .names(user.first_name, user.last_name)
            .email(user.email)
    }
}
