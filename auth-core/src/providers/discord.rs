//! Discord. <https://discord.com/developers/docs/topics/oauth2>

use super::prelude::*;

/// Sign in with Discord. Register at <https://discord.com/developers/applications>, with the
/// redirect URI `<origin>/api/auth/callback/discord`.
pub const DISCORD: Provider = Provider::oauth2::<User>(
    "discord",
    "Discord",
    Endpoints {
        authorization: "https://discord.com/api/oauth2/authorize",
        token: "https://discord.com/api/oauth2/token",
        userinfo: "https://discord.com/api/users/@me",
    },
)
.scopes(&["identify", "email"])
.mark(Mark::coloured(include_str!("marks/discord.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    username: Text,
    global_name: Text,
    discriminator: Text,
    avatar: Text,
    email: Text,
    verified: Flag,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let picture = picture(&user);
        Self::new(user.id)
            .name(user.global_name.or(user.username))
            .email(user.email)
            .email_verified(user.verified)
            .image(picture.into())
    }
}

/// <https://discord.com/developers/docs/reference#image-formatting>
fn picture(user: &User) -> String {
    const CDN: &str = "https://cdn.discordapp.com";
    let id = user.id.as_str();
    if let Some(avatar) = user.avatar.as_deref() {
        let format = if avatar.starts_with("a_") {
            "gif"
        } else {
            "png"
        };
        return format!("{CDN}/avatars/{id}/{avatar}.{format}");
    }
    // Those who have no discriminator any more get a picture by their id.
    let number = |text: &str| text.parse::<u64>().unwrap_or(0);
    let index = match user.discriminator.as_deref() {
        None | Some("0") => (number(id) >> 22) % 6,
        Some(discriminator) => number(discriminator) % 5,
    };
    format!("{CDN}/embed/avatars/{index}.png")
}
