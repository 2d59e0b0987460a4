//! Notion. <https://developers.notion.com/docs/authorization>

use super::prelude::*;

/// Sign in with Notion. Register at <https://www.notion.so/my-integrations>, with the redirect URI
/// `<origin>/api/auth/callback/notion`.
///
/// Make it a public integration that may read people with their addresses. Notion answers with a
/// bot, whose owner signs in.
pub const NOTION: Provider = Provider::oauth2::<Answer>(
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
.mark(Mark::black(include_str!("marks/notion.svg")));

/// No envelope: without an owner the account would be the bot, which is everybody's.
#[derive(Deserialize)]
struct Answer {
    bot: Nested<Bot>,
}

#[derive(Default, Deserialize)]
struct Bot {
    owner: Nested<Owner>,
}

#[derive(Default, Deserialize)]
struct Owner {
    user: Nested<User>,
}

#[derive(Default, Deserialize)]
struct User {
    id: Id,
    name: Text,
    person: Nested<Person>,
    avatar_url: Text,
}

#[derive(Default, Deserialize)]
struct Person {
    email: Text,
}

impl From<Answer> for Profile {
    fn from(answer: Answer) -> Self {
        let Nested(user) = answer.bot.0.owner.0.user;
        Self::new(user.id)
            .name(user.name)
            .email(user.person.0.email)
            .image(user.avatar_url)
    }
}
