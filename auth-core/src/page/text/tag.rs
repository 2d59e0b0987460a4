//! Language tags, as far as choosing among a few languages asks for.

/// A language tag (RFC 5646 §2.1) in lower case: `de-at`, `zh-hant-tw`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag(String);

/// The longest tag that is read: RFC 5646 §4.4.1 has them end at 35 characters in practice.
const MAX_BYTES: usize = 35;

impl Tag {
    /// Parses a tag. Two spellings of one language become the same: whoever reads `zh-TW` reads
    /// traditional characters, and old software says `iw` for Hebrew.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let mut subtags = lower.split('-');
        let language = subtags.next()?;
        let is_language =
            (2..=8).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let rest: Vec<&str> = subtags.collect();
        let are_subtags = rest
            .iter()
            .all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !is_language || !are_subtags {
            return None;
        }
        let script = match (language, &*rest) {
            ("zh", [script, ..]) if script.len() == 4 => None,
            ("zh", ["tw" | "hk" | "mo", ..]) => Some("hant"),
            ("zh", _) => Some("hans"),
            _ => None,
        };
        let language = match language {
            "iw" => "he",
            _ => language,
        };
        let subtags: Vec<&str> = std::iter::once(language)
            .chain(script)
            .chain(rest)
            .collect();
        Some(Self(subtags.join("-")))
    }

    /// This tag, and what is left as its last parts are taken away (RFC 4647 §3.4).
    pub(super) fn shortened(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(&*self.0), |tag| {
            tag.rsplit_once('-').map(|(shorter, _)| shorter)
        })
    }

    /// Whether `self` is `range` or a kind of it (RFC 4647 §3.3.1).
    pub(super) fn is_kind_of(&self, range: &Self) -> bool {
        self.0
            .strip_prefix(&range.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_without_regard_to_case() {
        let check = |text, expected: &str| {
            assert_eq!(Tag::parse(text).unwrap().as_str(), expected, "{text}");
        };
        check("de", "de");
        check("De-aT", "de-at");
        check("sr-Latn-RS", "sr-latn-rs");
        check("es-419", "es-419");
        check("de-1996", "de-1996");
        check("en-x-pirate", "en-x-pirate");
    }

    #[test]
    fn chinese_says_in_which_characters() {
        let check = |text, expected: &str| {
            assert_eq!(Tag::parse(text).unwrap().as_str(), expected, "{text}");
        };
        check("zh", "zh-hans");
        check("zh-CN", "zh-hans-cn");
        check("zh-SG", "zh-hans-sg");
        check("zh-TW", "zh-hant-tw");
        check("zh-HK", "zh-hant-hk");
        check("zh-Hant", "zh-hant");
        check("zh-Hans-TW", "zh-hans-tw");
        check("iw-IL", "he-il");
    }

    #[test]
    fn anything_else_is_no_tag() {
        for text in [
            "",
            "*",
            "d",
            "-",
            "de-",
            "-de",
            "de--at",
            "de_AT",
            "de at",
            "d3",
            "dé",
            "de-ö",
            "x-klingon",
            "verylonglanguage",
            "de-verylongsubtag",
            "\u{202e}de",
            "de\n",
            "de-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa",
        ] {
            assert_eq!(Tag::parse(text), None, "{text:?}");
        }
    }
}
