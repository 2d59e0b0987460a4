//! What a provider says about somebody.

pub(crate) mod fields;

use std::fmt;

use serde_json::{Map, Value};

pub(crate) use self::fields::{Flag, Id, Text};

/// A provider's statement about a person, mapped to common names.
///
/// Only the provider's own mapping makes one, and only from an answer whose origin was verified.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// The provider's key for the account: `sub` in OpenID Connect. Never empty.
    pub id: String,
    /// The full name.
    pub name: Option<String>,
    /// The e-mail address as the provider states it, verified or not.
    pub email: Option<String>,
    /// Whether the provider asserts that the address was verified. False unless it says so.
    pub email_verified: bool,
    /// The address of a picture.
    pub image: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// Everything the provider said, as it said it: ID Token claims or the userinfo answer.
    pub claims: Map<String, Value>,
}

impl Profile {
    /// The e-mail address, if the provider asserts that it was verified.
    ///
    /// # Security
    /// An address that the provider has not verified belongs to nobody. Give rights by this one
    /// only.
    pub fn verified_email(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.email_verified)
    }

    /// One of the provider's own claims.
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.claims.get(name)
    }
}

impl fmt::Debug for Profile {
    /// Of the claims the names only: nobody knows what a provider puts there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("email", &self.email)
            .field("email_verified", &self.email_verified)
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// What the mappings in `providers/` are written with.
impl Profile {
    pub(crate) fn new(id: Id) -> Self {
        Self {
            id: id.into_string(),
            ..Self::default()
        }
    }

    pub(crate) fn name(mut self, name: Text) -> Self {
        self.name = name.into_option();
        self
    }

    /// Given and family name, and of both the full name unless there is one.
    pub(crate) fn names(mut self, first: Text, last: Text) -> Self {
        self.name = self.name.or(Text::join(&[&first, &last]).into_option());
        self.first_name = first.into_option();
        self.last_name = last.into_option();
        self
    }

    /// An address of which the provider does not say whether it was verified.
    pub(crate) fn email(mut self, email: Text) -> Self {
        self.email = email.into_option();
        self
    }

    /// What the provider says of the address.
    pub(crate) fn email_verified(mut self, verified: Flag) -> Self {
        self.email_verified = verified.is_true();
        self
    }

    pub(crate) fn image(mut self, image: Text) -> Self {
        self.image = image.into_option();
        self
    }
}

/// The mapping of the standard claims (OpenID Connect Core §5.1).
pub(crate) fn standard_claims(answer: Value) -> Result<Profile, ProfileError> {
    let Value::Object(claims) = answer else {
        return Err(ProfileError::MissingId);
    };
    let text = |name: &str| {
        claims
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Ok(Profile {
        id: text("sub").ok_or(ProfileError::MissingId)?,
        name: text("name")
            .or_else(|| text("nickname"))
            .or_else(|| text("preferred_username")),
        email: text("email"),
        // A JSON boolean; some providers write it as a string. Anything else asserts nothing.
        email_verified: match claims.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            Some(Value::String(text)) => text == "true",
            _ => false,
        },
        image: text("picture"),
        first_name: text("given_name"),
        last_name: text("family_name"),
        claims,
    })
}

/// Why a provider's answer is no profile.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The answer is not the JSON that the provider documents. What it holds instead is not kept:
    /// it may be somebody's name or address, and this goes to the log.
    #[error("the profile does not have the documented form: see `{field}`")]
    Malformed {
        /// The member that does not fit.
        field: String,
    },
    /// The answer names no account: the id is missing, null, empty, or no text or whole number.
    #[error("the profile has no account id")]
    MissingId,
}

impl ProfileError {
    pub(crate) fn malformed(error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let mut field = error.path().to_string();
        // The path leads to the object that lacks a member; only the message names the member.
        let message = error.into_inner().to_string();
        if let Some(rest) = message.strip_prefix("missing field `") {
            let missing = rest.split('`').next().unwrap_or_default();
            field = match field.as_str() {
                "." => missing.to_owned(),
                _ => format!("{field}.{missing}"),
            };
        }
        // A map in the answer has its keys from the provider.
        field.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']'));
        field.truncate(MAX_FIELD);
        Self::Malformed { field }
    }
}

/// Longest name of a member that is kept, in bytes.
const MAX_FIELD: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn debug_names_claims_and_shows_none() {
        let profile = standard_claims(json!({"sub": "1", "nonce": "the-nonce"})).unwrap();
        let shown = format!("{profile:?}");
        assert!(
            shown.contains("\"nonce\"") && !shown.contains("the-nonce"),
            "{shown}"
        );
    }

    #[test]
    fn standard_claims_are_mapped_by_their_names() {
        let profile = standard_claims(json!({
            "sub": "1", "name": "Ada Admin", "given_name": "Ada", "family_name": "Admin",
            "email": "ada@example.com", "email_verified": true, "picture": "https://e/a.png",
            "groups": ["x"],
        }))
        .unwrap();
        assert_eq!(profile.id, "1");
        assert_eq!(profile.name.as_deref(), Some("Ada Admin"));
        assert_eq!(profile.first_name.as_deref(), Some("Ada"));
        assert_eq!(profile.verified_email(), Some("ada@example.com"));
        assert_eq!(profile.claim("groups"), Some(&json!(["x"])));
    }

    #[test]
    fn a_profile_without_a_text_id_is_refused() {
        for answer in [
            json!({}),
            json!({"sub": ""}),
            json!({"sub": 1}),
            json!(null),
            json!([]),
        ] {
            assert!(matches!(
                standard_claims(answer),
                Err(ProfileError::MissingId)
            ));
        }
    }

    #[test]
    fn a_malformed_answer_is_named_by_its_member_and_not_by_its_value() {
        #[derive(serde::Deserialize)]
        #[allow(dead_code)] // read by no one: the answer must fail first
        struct Answer {
            id: u64,
            by_key: std::collections::BTreeMap<String, u8>,
        }
        let check = |answer: Value, expected: &str| {
            let error = serde_path_to_error::deserialize::<_, Answer>(answer)
                .err()
                .unwrap();
            let error = ProfileError::malformed(error);
            let expected =
                format!("the profile does not have the documented form: see `{expected}`");
            assert_eq!(error.to_string(), expected);
            assert!(std::error::Error::source(&error).is_none());
            assert!(!format!("{error:?}").contains("CANARY"));
        };
        check(json!({"id": "CANARY", "by_key": {}}), "id");
        check(json!({"id": "CANARY".repeat(10_000), "by_key": {}}), "id");
        check(json!({"id": 1, "by_key": {"a\nb": "CANARY"}}), "by_key.ab");
        check(json!({"by_key": {}}), "id");
        let long = json!({"id": 1, "by_key": {"k".repeat(10_000): 1_000}});
        check(long, &format!("by_key.{}", "k".repeat(93)));
        check(json!("CANARY"), ".");
    }

    #[test]
    fn an_email_counts_as_verified_only_if_the_provider_says_so() {
        let check = |verified: Value, expected: Option<&str>| {
            let claims = json!({"sub": "1", "email": "a@b.c", "email_verified": verified});
            assert_eq!(standard_claims(claims).unwrap().verified_email(), expected);
        };
        check(json!(true), Some("a@b.c"));
        check(json!("true"), Some("a@b.c"));
        for unproved in [
            json!(false),
            json!("false"),
            json!(1),
            json!(null),
            json!({}),
        ] {
            check(unproved, None);
        }
    }
}
