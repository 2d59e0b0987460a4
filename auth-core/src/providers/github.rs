//! GitHub. <https://docs.github.com/en/apps/oauth-apps>

use super::emails::with_primary_email;
use super::prelude::*;

/// Sign in with GitHub. Register at <https://github.com/settings/developers>, with the redirect URI
/// `<origin>/api/auth/callback/github`.
///
/// For GitHub Enterprise Server, its address is the base URL: `AUTH_GITHUB_BASE_URL`. The address of
/// a person is the primary one, which the profile itself does not show.
pub const GITHUB: Provider = Provider::oauth2::<User>(
    "github",
    "GitHub",
    Endpoints {
        authorization: "https://github.com/login/oauth/authorize",
        token: "https://github.com/login/oauth/access_token",
        userinfo: "https://api.github.com/user",
    },
)
.scopes(&["read:user", "user:email"])
.response_issuer("https://github.com/login/oauth")
.endpoints_at(enterprise)
.fetch_userinfo(with_primary_email)
.mark(Mark::black(include_str!("marks/github.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    login: Text,
    name: Text,
    email: Text,
    /// Ours: `/user` does not say it, `/user/emails` does.
    email_verified: Flag,
    avatar_url: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .name(user.name.or(user.login))
            .email(user.email)
            .email_verified(user.email_verified)
            .image(user.avatar_url)
    }
}

/// <https://docs.github.com/en/enterprise-server@latest/rest/using-the-rest-api>
fn enterprise(base: &str) -> [String; 3] {
    [
        format!("{base}/login/oauth/authorize"),
        format!("{base}/login/oauth/access_token"),
        format!("{base}/api/v3/user"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::testing::{Script, userinfo_request};
    use crate::secret::Secret;
    use crate::testing::block_on;

    fn fetch(script: &Script, endpoint: &str) -> Result<Profile, UserinfoError> {
        let (outbound, token) = (script.outbound(), Secret::from("at"));
        let endpoint = endpoint.parse().unwrap();
        let request = userinfo_request(&outbound, &endpoint, &token);
        let answer = block_on(with_primary_email(request))?;
        Ok(GITHUB.map_profile(answer).unwrap())
    }

    fn user() -> Value {
        json!({"id": 583231, "login": "octocat", "name": null, "email": "public@example.com",
            "email_verified": true})
    }

    #[test]
    fn the_primary_address_counts_and_says_whether_it_is_verified() {
        for verified in [true, false] {
            let script = Script::new().json(200, user()).json(
                200,
                json!([
                    {"email": "public@example.com", "primary": false, "verified": true},
                    {"email": "primary@example.com", "primary": true, "verified": verified},
                ]),
            );
            let profile = fetch(&script, "https://api.github.com/user").unwrap();
            assert_eq!(profile.id, "583231");
            assert_eq!(profile.name.as_deref(), Some("octocat"));
            assert_eq!(profile.email.as_deref(), Some("primary@example.com"));
            assert_eq!(profile.email_verified, verified);
        }
    }

    #[test]
    fn an_address_that_is_only_public_is_not_verified() {
        for script in [
            Script::new().json(200, user()).json(403, json!({})),
            Script::new().json(200, user()).json(404, json!({})),
            Script::new().json(200, user()).json(200, json!([])),
        ] {
            let profile = fetch(&script, "https://api.github.com/user").unwrap();
            assert_eq!(profile.email.as_deref(), Some("public@example.com"));
            assert_eq!(profile.verified_email(), None);
        }
    }

    #[test]
    fn a_failure_to_learn_the_addresses_is_a_failure() {
        for (status, body) in [
            (500, json!({})),
            (401, json!({})),
            (200, json!({"email": "a@b.c"})),
            (200, json!([{"email": 1}])),
        ] {
            let script = Script::new().json(200, user()).json(status, body);
            assert!(fetch(&script, "https://api.github.com/user").is_err());
        }
        let script = Script::new().json(200, json!([]));
        assert!(fetch(&script, "https://api.github.com/user").is_err());
    }

    #[test]
    fn the_addresses_are_asked_for_beside_the_endpoint() {
        let script = Script::new().json(200, user()).json(200, json!([]));
        fetch(&script, "http://127.0.0.1:4600/api/v3/user").unwrap();
        let sent = script.sent();
        assert_eq!(sent[0].uri(), "http://127.0.0.1:4600/api/v3/user");
        assert_eq!(sent[1].uri(), "http://127.0.0.1:4600/api/v3/user/emails");
        assert_eq!(sent[1].headers()["authorization"], "Bearer at");
    }
}
