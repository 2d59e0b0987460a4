//! GitLab. <https://docs.gitlab.com/api/oauth2/>

use super::prelude::*;

/// Sign in with GitLab. Register at <https://gitlab.com/-/user_settings/applications>, with the
/// redirect URI `<origin>/api/auth/callback/gitlab`.
///
/// For a self-managed server, its address is the base URL: `AUTH_GITLAB_BASE_URL`. An address
/// counts as verified once it has been confirmed there.
pub const GITLAB: Provider = Provider::oauth2::<User>(
    "gitlab",
    "GitLab",
    Endpoints {
        authorization: "https://gitlab.com/oauth/authorize",
        token: "https://gitlab.com/oauth/token",
        userinfo: "https://gitlab.com/api/v4/user",
    },
)
.scopes(&["read_user"])
.mark(Mark::coloured(include_str!("marks/gitlab.svg")));

#[derive(Deserialize)]
struct User {
    sub: Id,
    id: Id,
    name: Text,
    username: Text,
    email: Text,
    confirmed_at: Text,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let confirmed = user.confirmed_at.as_deref().is_some();
        Self::new(user.sub.or(user.id))
            .name(user.name.or(user.username))
            .email(user.email)
            .email_verified(confirmed.into())
            .image(user.avatar_url)
    }
}
