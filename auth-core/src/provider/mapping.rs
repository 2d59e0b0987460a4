//! From a provider's JSON to a [`Profile`].

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::profile::{Profile, ProfileError};
use crate::provider::{Protocol, Provider};

/// Turns a provider's JSON into a profile.
pub(crate) type MapProfile = fn(Value) -> Result<Profile, ProfileError>;

impl Provider {
    /// The profile of a userinfo answer or of the claims of an ID Token. A picture that is a path
    /// lies below `server`.
    ///
    /// # Errors
    /// [`ProfileError`]: `MissingId`, `Malformed`.
    pub(crate) fn profile_of(&self, answer: Value, server: &str) -> Result<Profile, ProfileError> {
        let (Protocol::Oidc { profile, .. } | Protocol::OAuth2 { profile, .. }) = self.protocol;
        let account = opened(&answer, self.envelope).clone();
        let mut profile = profile(account)?;
        profile.claims = answer.as_object().cloned().unwrap_or_default();
        if let Some(refine) = self.hooks.refine_profile {
            profile = refine(profile);
        }
        if let Some(path) = profile.image.as_deref().filter(|it| it.starts_with('/')) {
            profile.image = Some(format!("{}{path}", server.trim_end_matches('/')));
        }
        Ok(profile)
    }

    /// The profile of an answer, for tools that check a mapping.
    ///
    /// # Errors
    /// [`ProfileError`].
    #[doc(hidden)]
    pub fn map_profile(&self, answer: Value) -> Result<Profile, ProfileError> {
        self.profile_of(answer, "https://issuer.example")
    }
}

pub(super) fn map_profile<T>(account: Value) -> Result<Profile, ProfileError>
where
    T: DeserializeOwned + Into<Profile>,
{
    if !account.is_object() {
        return Err(ProfileError::Malformed {
            field: ".".to_owned(),
        });
    }
    let profile: Profile = serde_path_to_error::deserialize::<_, T>(account)
        .map_err(ProfileError::malformed)?
        .into();
    if profile.id.is_empty() {
        return Err(ProfileError::MissingId);
    }
    Ok(profile)
}

/// What lies in the envelope. An answer that has none is the account itself: some servers leave it
/// away in some versions.
fn opened<'a>(answer: &'a Value, envelope: &[&str]) -> &'a Value {
    envelope
        .iter()
        .try_fold(answer, |value, name| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            value => value.get(name),
        })
        .unwrap_or(answer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_envelope_is_opened_where_there_is_one() {
        let envelope = ["data", "0", "user"];
        let check = |answer: Value, expected: Value| {
            assert_eq!(*opened(&answer, &envelope), expected);
        };
        check(json!({"data": [{"user": {"id": 1}}]}), json!({"id": 1}));
        for bare in [
            json!({"id": 1}),
            json!({"data": []}),
            json!({"data": {"user": 1}}),
            json!(null),
        ] {
            check(bare.clone(), bare);
        }
    }
}
