//! E-mail addresses as keys: one spelling each.

use std::fmt;

/// An e-mail address in the one spelling that is stored and compared: without white space around
/// it, ASCII letters in lower case.
///
/// # Security
/// Only ASCII letters are folded. Folding all of Unicode makes one address of two that belong to
/// different people: the Kelvin sign `K` becomes an ordinary `k`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address in `text`; `None` unless it has one `@` with something on both sides, and no
    /// white space or control character.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.split_once('@')?;
        let is_one_address = !local.is_empty() && !domain.is_empty() && !domain.contains('@');
        let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
        (is_one_address && is_plain).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailAddress {
    /// Says nothing of whose address it is: this ends up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        EmailAddress::parse(text).map(|email| email.as_str().to_owned())
    }

    #[test]
    fn case_and_surrounding_space_make_no_other_address() {
        for text in ["ada@example.com", " Ada@Example.COM\n", "ADA@EXAMPLE.COM"] {
            assert_eq!(parsed(text).as_deref(), Some("ada@example.com"), "{text:?}");
        }
    }

    #[test]
    fn letters_that_only_look_alike_make_another_address() {
        // U+212A, which `to_lowercase` turns into a plain `k`, and U+0130.
        for other in ["\u{212a}im@example.com", "k\u{130}m@example.com"] {
            assert_ne!(
                parsed(other).as_deref(),
                Some("kim@example.com"),
                "{other:?}"
            );
            assert!(parsed(other).is_some());
        }
    }

    #[test]
    fn what_is_not_one_address_is_none() {
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "\"ada@evil.example\"@example.com",
            "ada @example.com",
            "ada@example.com\0",
            "ada@example.com, eve@evil.example",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
    }
}
