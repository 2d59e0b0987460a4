//! Notion. <https://developers.notion.com/docs/authorization>

use super::prelude::*;

/// Sign in with Notion. Register at <https://www.notion.so/my-integrations>, with the redirect URI
/// `<origin>/api/auth/callback/notion`.
///
/// Make it a public integration that may read people with their addresses. Notion answers with a
/// bot, whose owner signs in.
pub const NOTION: Provider = Provider::oauth2::<User>(
    "notion",
    "Notion",
    Endpoints {
        authorization: "https://api.notion.com/v1/oauth/authorize",
        token: "https://api.notion.com/v1/oauth/token",
        userinfo: "https://api.notion.com/v1/users/me",
    },
)
.authorization_params(&[("owner", "user")])
.userinfo_headers(&[("Notion-Version", "2022-06-28")])
.envelope(&["bot", "owner", "user"])
.mark(Mark::black(include_str!("marks/notion.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    #[serde(rename = "type", default)]
    kind: Text,
    name: Text,
    person: Nested<Person>,
    avatar_url: Text,
}

#[derive(Default, Deserialize)]
struct Person {
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        // A bot that a workspace owns has no person in it; as an account it would be everybody's.
        let id = match user.kind.as_deref() {
            Some("bot") => Id::default(),
            _ => user.id,
        };
        Self::new(id)
            .name(user.name)
            .email(user.person.0.email)
            .image(user.avatar_url)
    }
}
