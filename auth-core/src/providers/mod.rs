//! The providers: one file each, plus [`ALL`].

mod github;
mod google;
mod keycloak;
mod oidc;

pub use github::GITHUB;
pub use google::GOOGLE;
pub use keycloak::KEYCLOAK;
pub use oidc::OIDC;

use crate::provider::Provider;

/// Every provider, by id.
pub const ALL: &[Provider] = &[GITHUB, GOOGLE, KEYCLOAK, OIDC];

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::{Value, json};

    use super::*;
    use crate::profile::Profile;
    use crate::provider::Protocol;

    fn fixture(provider: &Provider, name: &str) -> Value {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(provider.id())
            .join(name);
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"))
    }

    fn map(provider: &Provider, answer: Value) -> Profile {
        let (Protocol::Oidc { profile, .. } | Protocol::OAuth2 { profile, .. }) = provider.protocol;
        profile(answer).unwrap_or_else(|error| panic!("{}: {error}", provider.id()))
    }

    #[test]
    fn the_list_is_sorted_by_id_and_names_each_once() {
        assert!(
            ALL.windows(2)
                .all(|pair| matches!(pair, [a, b] if a.id() < b.id()))
        );
    }

    #[test]
    fn every_provider_maps_its_documented_answer() {
        for provider in ALL {
            let answer = fixture(provider, "userinfo.json");
            let profile = map(provider, answer.clone());
            assert_eq!(Value::Object(profile.claims.clone()), answer);
            let mapped = json!({
                "id": profile.id,
                "name": profile.name,
                "email": profile.email,
                "email_verified": profile.email_verified,
                "image": profile.image,
                "first_name": profile.first_name,
                "last_name": profile.last_name,
            });
            let expected = fixture(provider, "profile.json");
            assert_eq!(mapped, expected, "{}", provider.id());
        }
    }
}
