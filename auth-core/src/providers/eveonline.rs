//! EVE Online. <https://developers.eveonline.com/docs/services/sso/>

use super::prelude::*;

/// Sign in with EVE Online. Register at <https://developers.eveonline.com/applications>, with the
/// redirect URI `<origin>/api/auth/callback/eveonline`.
///
/// A person signs in as one of their characters. There are no addresses.
pub const EVEONLINE: Provider = Provider::oauth2::<User>(
    "eveonline",
    "EVE Online",
    Endpoints {
        authorization: "https://login.eveonline.com/v2/oauth/authorize",
        token: "https://login.eveonline.com/v2/oauth/token",
        userinfo: "https://login.eveonline.com/oauth/verify",
    },
)
.scopes(&["publicData"]);

#[derive(Deserialize)]
struct User {
    #[serde(rename = "CharacterID")]
    id: Id,
    #[serde(rename = "CharacterName")]
    name: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let image = format!(
            "https://image.eveonline.com/Character/{}_128.jpg",
            user.id.as_str()
        );
        Self::new(user.id).name(user.name).image(image.into())
    }
}
