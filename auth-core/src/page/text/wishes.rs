//! What a visitor wants to read, as a request says it.

use super::tag::Tag;

/// The words of a request about languages, unread.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wishes<'a> {
    /// The parameter `ui_locales`: tags with spaces between, the best first (OpenID Connect Core
    /// §3.1.2.1).
    pub(crate) ui_locales: Option<&'a str>,
    /// The cookie: the tag of a language that was chosen on a page.
    pub(crate) cookie: Option<&'a str>,
    /// The header `Accept-Language` (RFC 9110 §12.5.4).
    pub(crate) accept_language: Option<&'a str>,
}

/// The most tags that are read of a list: browsers send six or so.
const MAX_TAGS: usize = 32;

/// What one member of `Accept-Language` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// `*`
    Any,
    Tag(Tag),
}

/// `Accept-Language`, read: what is wanted, the best first, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) wanted: Vec<Range>,
    pub(super) unwanted: Vec<Tag>,
}

/// The tags of `ui_locales`. What is none is left out.
pub(super) fn ui_locales(text: &str) -> impl Iterator<Item = Tag> {
    text.split_ascii_whitespace()
        .take(MAX_TAGS)
        .filter_map(Tag::parse)
}

impl Accepted {
    /// Reads the header. A member that is none of the grammar is left out; of equal weights, what
    /// comes first is better.
    pub(super) fn parse(header: &str) -> Self {
        let mut members: Vec<(Range, u16)> = header
            .split(',')
            .take(MAX_TAGS)
            .filter_map(member)
            .collect();
        members.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let mut accepted = Self::default();
        for (range, weight) in members {
            match range {
                Range::Tag(tag) if weight == 0 => accepted.unwanted.push(tag),
                Range::Any if weight == 0 => {}
                range => accepted.wanted.push(range),
            }
        }
        accepted
    }
}

/// `de-AT;q=0.8`
fn member(text: &str) -> Option<(Range, u16)> {
    let (range, weight) = match text.split_once(';') {
        None => (text, 1000),
        Some((range, parameter)) => (range, weight(parameter)?),
    };
    let range = match range.trim() {
        "*" => Range::Any,
        tag => Range::Tag(Tag::parse(tag)?),
    };
    Some((range, weight))
}

/// `q=0.8` in thousandths (RFC 9110 §12.4.2).
fn weight(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.trim().split_once('=')?;
    if !name.eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", thousandths) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> (Vec<String>, Vec<String>) {
        let accepted = Accepted::parse(header);
        let range = |range: &Range| match range {
            Range::Any => "*".to_owned(),
            Range::Tag(tag) => tag.as_str().to_owned(),
        };
        let unwanted = accepted.unwanted.iter();
        (
            accepted.wanted.iter().map(range).collect(),
            unwanted.map(|tag| tag.as_str().to_owned()).collect(),
        )
    }

    #[test]
    fn members_are_sorted_by_weight() {
        let check = |header, expected: &[&str]| assert_eq!(read(header).0, expected, "{header}");
        check("da, en-gb;q=0.8, en;q=0.7", &["da", "en-gb", "en"]);
        check("en;q=0.7,da ; Q=1.000 ,fr;q=0.75", &["da", "fr", "en"]);
        check("de,fr", &["de", "fr"]);
        check("*;q=0.1,de;q=0.01", &["*", "de"]);
        check("", &[]);
        check(" , ,", &[]);
    }

    #[test]
    fn a_weight_of_nothing_excludes() {
        let (wanted, unwanted) = read("*, de;q=0, fr;q=0.000, *;q=0");
        assert_eq!(wanted, ["*"]);
        assert_eq!(unwanted, ["de", "fr"]);
    }

    #[test]
    fn what_is_none_of_the_grammar_is_left_out() {
        for header in [
            "de;q",
            "de;q=",
            "de;q=2",
            "de;q=1.5",
            "de;q=1.001",
            "de;q=-1",
            "de;q=0.1234",
            "de;q=+0",
            "de;q=.5",
            "de;q=0.5;x=1",
            "de;x=1",
            "de fr",
            "**",
            ";q=1",
            "de;q=٠",
        ] {
            let (wanted, unwanted) = read(header);
            assert_eq!((wanted.len(), unwanted.len()), (0, 0), "{header}");
        }
    }

    #[test]
    fn a_long_list_is_read_to_its_32nd_tag() {
        let many = "de,".repeat(100_000);
        assert_eq!(Accepted::parse(&many).wanted.len(), MAX_TAGS);
        let many = "de ".repeat(100_000);
        assert_eq!(ui_locales(&many).count(), MAX_TAGS);
    }
}
