//! Where a site answers otherwise than Auth.js, and why.
//!
//! The comparison with Auth.js fails on a difference that is not here, and on one that is here but
//! not there. `docs/from-authjs/differences.md` is written from this table.

mod table;

use table::SUBJECTS;

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Difference> + Clone {
    SUBJECTS.into_iter().flatten()
}

/// A deliberate difference.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// What it is about.
    pub feature: &'static str,
    /// What Auth.js does, in words.
    pub authjs: &'static str,
    /// What we do.
    pub ours: &'static str,
    /// Why it is not the same.
    pub why: &'static str,
    /// Where it shows.
    pub places: &'static [Place],
}

/// Some fields of some answers. All four are patterns, in which `*` is anything, and `|` parts
/// alternatives; `-` is a field that is not there.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Names of requests.
    pub requests: &'static str,
    /// Names of fields.
    pub field: &'static str,
    /// What Auth.js has there.
    pub authjs: &'static str,
    /// What we have there.
    pub ours: &'static str,
}

impl Place {
    /// Whether this is the place of a difference that was seen.
    pub fn matches(&self, request: &str, field: &str, authjs: &str, ours: &str) -> bool {
        matches(self.requests, request)
            && matches(self.field, field)
            && matches(self.authjs, authjs)
            && matches(self.ours, ours)
    }
}

/// The page about all of them.
pub fn page() -> String {
    let mut page = include_str!("differences/head.md").to_owned();
    for Difference {
        feature,
        authjs,
        ours,
        why,
        ..
    } in all()
    {
        page.push_str(&format!("| {feature} | {authjs} | {ours} | {why} |\n"));
    }
    page
}

fn matches(pattern: &str, text: &str) -> bool {
    pattern.split('|').any(|pattern| matches_one(pattern, text))
}

fn matches_one(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.any(|at| matches_one(rest, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        let check = |pattern, text, expected| {
            assert_eq!(matches(pattern, text), expected, "{pattern} and {text}");
        };
        check("a", "a", true);
        check("a", "ab", false);
        check("a*", "ab", true);
        check("*b*d", "abcd", true);
        check("*b*d", "abcde", false);
        check("x|a*", "abc", true);
        check("", "a", false);
    }

    #[test]
    fn the_page_says_what_the_table_says() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../docs/from-authjs/differences.md"
        );
        let written = std::fs::read_to_string(path).unwrap_or_default();
        let command = "cargo run -p auth-tests --bin differences";
        assert!(written == page(), "{path} is stale: run `{command}`");
    }
}
