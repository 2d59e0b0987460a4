//! The person, as WorkOS tells of them and as the SDKs seal them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A user of WorkOS.
///
/// Read from the API, whose names are in snake case, and from a sealed session, whose names are in
/// camel case; written as the SDKs seal it, in their order. Dates are ISO 8601 text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "object", rename = "user")]
#[non_exhaustive]
pub struct User {
    /// `user_…`; the `sub` of access tokens.
    pub id: String,
    /// The address that the person signs in with.
    pub email: String,
    /// Whether WorkOS verified that the address is theirs.
    #[serde(default, alias = "email_verified")]
    pub email_verified: bool,
    /// The full name.
    #[serde(default)]
    pub name: Option<String>,
    /// The given name.
    #[serde(default, alias = "first_name")]
    pub first_name: Option<String>,
    /// The address of a picture. It is others' text: check its scheme before linking to it.
    #[serde(default, alias = "profile_picture_url")]
    pub profile_picture_url: Option<String>,
    /// The family name.
    #[serde(default, alias = "last_name")]
    pub last_name: Option<String>,
    /// When they last signed in.
    #[serde(default, alias = "last_sign_in_at")]
    pub last_sign_in_at: Option<String>,
    /// The language they prefer: `en-US`.
    #[serde(default)]
    pub locale: Option<String>,
    /// When the user was made.
    #[serde(default, alias = "created_at")]
    pub created_at: String,
    /// When the user was last changed.
    #[serde(default, alias = "updated_at")]
    pub updated_at: String,
    /// The application's own key for this person.
    #[serde(default, alias = "external_id")]
    pub external_id: Option<String>,
    /// What the application keeps with the person.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Who they are is for those who ask, not for logs.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// `null` stands for what is not there.
pub(in crate::authkit) fn null_is_empty<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_user_is_sealed_as_the_sdks_seal_it() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../../fixtures/iron.json")).unwrap();
        let sealed = vectors["valid"][1]["expected"]["user"].clone();
        assert_eq!(sealed["id"], "user_01HBEQKA6K4QJAS93VPE39W1JT");
        let user: User = serde_json::from_value(sealed.clone()).unwrap();
        assert_eq!(serde_json::to_value(&user).unwrap(), sealed);
        let text = serde_json::to_string(&user).unwrap();
        let order = [
            "object",
            "id",
            "email",
            "emailVerified",
            "name",
            "firstName",
            "profilePictureUrl",
            "lastName",
            "lastSignInAt",
            "locale",
            "createdAt",
            "updatedAt",
            "externalId",
            "metadata",
        ];
        let found: Vec<_> = order
            .iter()
            .map(|name| text.find(&format!("\"{name}\":")).unwrap())
            .collect();
        assert!(found.is_sorted(), "{text}");
    }

    #[test]
    fn the_api_says_the_same_in_snake_case_and_may_say_more() {
        let user: User = serde_json::from_value(json!({
            "object": "user", "id": "user_1", "email": "a@b.example", "email_verified": true,
            "name": null, "first_name": "A", "last_name": "B", "profile_picture_url": "https://x",
            "last_sign_in_at": "1", "external_id": "e", "locale": "en", "created_at": "2",
            "updated_at": "3", "metadata": {"k": "v"}, "something_new": {"deep": []},
        }))
        .unwrap();
        assert_eq!(
            serde_json::to_value(&user).unwrap(),
            json!({
                "object": "user", "id": "user_1", "email": "a@b.example", "emailVerified": true,
                "name": null, "firstName": "A", "lastName": "B", "profilePictureUrl": "https://x",
                "lastSignInAt": "1", "externalId": "e", "locale": "en", "createdAt": "2",
                "updatedAt": "3", "metadata": {"k": "v"},
            })
        );
    }

    #[test]
    fn what_may_be_null_or_absent_is_and_an_address_is_not_verified_by_silence() {
        let least = json!({"id": "user_1", "email": "a@b.example", "metadata": null});
        let user: User = serde_json::from_value(least).unwrap();
        assert!(!user.email_verified && user.metadata.is_empty() && user.first_name.is_none());
        assert!(serde_json::from_value::<User>(json!({"email": "a@b.example"})).is_err());
    }

    #[test]
    fn debug_shows_the_id_alone() {
        let user = json!({"id": "user_1", "email": "a@b.example"});
        let user: User = serde_json::from_value(user).unwrap();
        assert_eq!(format!("{user:?}"), r#"User { id: "user_1", .. }"#);
    }
}
