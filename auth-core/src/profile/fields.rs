//! The types of the fields that a provider's answer is read into.
//!
//! Providers are generous with nulls, empty texts and numbers in place of texts. Only the id
//! decides whether there is a profile; anything else that is not what it should be counts as
//! absent.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The provider's key for an account: a text that is not empty, or a whole number, kept to the
/// last digit. Anything else is none, and a profile without one is refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Id(String);

/// A text; null, empty and anything that is no text count as absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text(Option<String>);

/// A statement: true only if it is `true`, `"true"` or 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Flag(bool);

/// An object within the answer; what is none reads as one whose fields are all absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Nested<T>(pub(crate) T);

/// Objects in an array; what is none is left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl Id {
    /// The first of two that is an id.
    pub(crate) fn or(self, other: Self) -> Self {
        if self.0.is_empty() { other } else { self }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl Text {
    /// The first of two that is there.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }

    /// What `change` makes of it, if it is there.
    pub(crate) fn map(self, change: impl FnOnce(String) -> String) -> Self {
        Self(self.0.map(change))
    }

    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(crate) fn into_option(self) -> Option<String> {
        self.0
    }

    /// The texts that are there, with spaces between.
    pub(crate) fn join(parts: &[&Self]) -> Self {
        let parts: Vec<_> = parts.iter().filter_map(|part| part.as_deref()).collect();
        Self(Some(parts.join(" ")).filter(|joined| !joined.is_empty()))
    }
}

impl Flag {
    pub(crate) fn is_true(self) -> bool {
        self.0
    }
}

impl From<&Value> for Id {
    fn from(value: &Value) -> Self {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if number.is_u64() || number.is_i64() => number.to_string(),
            _ => String::new(),
        };
        if text.trim().is_empty() || text.contains(char::is_control) {
            return Self::default();
        }
        Self(text)
    }
}

impl From<&Value> for Text {
    fn from(value: &Value) -> Self {
        Self(
            value
                .as_str()
                .filter(|text| !text.is_empty())
                .map(str::to_owned),
        )
    }
}

impl From<&Value> for Flag {
    fn from(value: &Value) -> Self {
        Self(match value {
            Value::Bool(flag) => *flag,
            Value::String(text) => text == "true",
            Value::Number(number) => number.as_u64() == Some(1),
            _ => false,
        })
    }
}

impl From<bool> for Flag {
    fn from(flag: bool) -> Self {
        Self(flag)
    }
}

impl From<Id> for Text {
    fn from(id: Id) -> Self {
        Self(Some(id.0).filter(|id| !id.is_empty()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Some(text).filter(|text| !text.is_empty()))
    }
}

impl From<Option<String>> for Text {
    fn from(text: Option<String>) -> Self {
        text.map_or_else(Self::default, Self::from)
    }
}

/// By way of `Option`: a member that is not there reads as null.
macro_rules! deserialize_leniently {
    ($($field:ty),*) => {$(
        impl<'de> Deserialize<'de> for $field {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = Option::<Value>::deserialize(deserializer)?;
                Ok(Self::from(&value.unwrap_or_default()))
            }
        }
    )*};
}

deserialize_leniently!(Id, Text, Flag);

impl<'de, T: DeserializeOwned + Default> Deserialize<'de> for Nested<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Value>::deserialize(deserializer)?;
        Ok(Self(value.and_then(object).unwrap_or_default()))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Option::<Value>::deserialize(deserializer)? {
            Some(Value::Array(items)) => items.into_iter().filter_map(object).collect(),
            _ => Vec::new(),
        }))
    }
}

/// Not from an array: serde would take its items for the fields, by position.
fn object<T: DeserializeOwned>(value: Value) -> Option<T> {
    value
        .is_object()
        .then(|| serde_json::from_value(value).ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Deserialize)]
    struct User {
        id: Id,
        name: Text,
        verified: Flag,
    }

    fn user(answer: Value) -> User {
        serde_json::from_value(answer).unwrap()
    }

    #[test]
    fn an_id_is_a_text_or_a_whole_number_to_the_last_digit() {
        let check = |id: Value, expected: &str| {
            assert_eq!(user(json!({ "id": id })).id.as_str(), expected, "{id}");
        };
        check(json!("abc"), "abc");
        check(json!("007"), "007");
        check(json!(-5), "-5");
        check(json!(9_007_199_254_740_993_u64), "9007199254740993");
        check(json!(u64::MAX), "18446744073709551615");
        for none in [
            json!(null),
            json!(""),
            json!(" "),
            json!("a\nb"),
            json!({}),
            json!({"id": 1}),
            json!([]),
            json!(["a"]),
            json!(true),
            json!(1.5),
            json!(1e30),
        ] {
            check(none, "");
        }
    }

    #[test]
    fn what_is_absent_or_of_another_type_is_none() {
        let nobody = user(json!({}));
        assert_eq!(nobody.id, Id::default());
        assert_eq!(nobody.name, Text::default());
        assert!(!nobody.verified.is_true());
        for name in [json!(null), json!(""), json!(1), json!({}), json!([])] {
            assert_eq!(user(json!({ "name": name })).name, Text::default());
        }
    }

    #[test]
    fn what_is_no_object_reads_as_an_empty_one() {
        #[derive(Debug, Default, Deserialize, PartialEq)]
        struct Inner {
            a: Text,
        }
        #[derive(Deserialize)]
        struct Outer {
            one: Nested<Inner>,
            many: List<Inner>,
        }
        let read = |value: &Value| -> Outer {
            serde_json::from_value(json!({"one": value, "many": value})).unwrap()
        };
        for odd in [json!(null), json!(1), json!("a"), json!(["a"])] {
            assert_eq!(read(&odd).one.0, Inner::default(), "{odd}");
            assert!(read(&odd).many.0.is_empty(), "{odd}");
        }
        assert_eq!(read(&json!({"a": "x"})).one.0.a.as_deref(), Some("x"));
        let many = read(&json!([null, {"a": "x"}, ["y"], {"a": 1}])).many.0;
        assert_eq!(many.len(), 2);
    }

    #[test]
    fn a_flag_is_true_only_if_it_says_so() {
        for yes in [json!(true), json!("true"), json!(1)] {
            assert!(user(json!({ "verified": yes })).verified.is_true());
        }
        for no in [
            json!(null),
            json!("yes"),
            json!("1"),
            json!(2),
            json!({}),
            json!(["true"]),
        ] {
            assert!(!user(json!({ "verified": no })).verified.is_true());
        }
    }
}
