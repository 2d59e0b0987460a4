//! What a provider says about somebody.

pub(crate) mod fields;

use serde_json::{Map, Value};

pub(crate) use self::fields::{Flag, Id, Text};

/// A provider's statement about a person, mapped to common names.
///
/// Only the provider's own mapping makes one, and only from an answer whose origin was verified.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The answer is not the JSON that the provider documents.
    #[error("the profile does not have the documented form")]
    Malformed(#[source] serde_json::Error),
    /// The answer names no account: the id is missing, null, empty, or no text or whole number.
    #[error("the profile has no account id")]
    MissingId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
