//! Names that others chose, within a sentence of ours.
//!
//! A character that turns the direction of writing turns what comes after it, too, and so could
//! reverse the rest of a sentence. Names lose such characters, and stand in a `<bdi>` besides: one
//! that is written from right to left leaves the sentence around it as it is.

use maud::{Markup, html};

use crate::page::{Direction, Language};

/// Whether a character changes the direction of what follows, or ends a paragraph for the
/// algorithm that lays it out (Unicode Standard Annex #9, §2 and §3.1).
pub(crate) fn changes_direction(character: char) -> bool {
    matches!(
        character,
        '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// The name without characters that reach beyond it.
fn plain(name: &str) -> String {
    let is_harmless = |it: &char| !it.is_control() && !changes_direction(*it);
    name.chars().filter(is_harmless).collect()
}

/// A name on a page.
pub(crate) fn name(name: &str) -> Markup {
    html! { bdi { (plain(name)) } }
}

/// A name in plain text, such as a title, set apart by invisible characters where its direction may
/// not be that of the text.
pub(crate) fn isolated(name: &str, language: &Language) -> String {
    let name = plain(name);
    match language.direction() {
        Direction::LeftToRight if name.is_ascii() => name,
        _ => format!("\u{2068}{name}\u{2069}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_turn_nothing_around() {
        let all = "a\u{202e}b\u{2067}c\u{2069}d\u{200f}e\u{2029}f\ng\u{85}h\u{61c}i";
        assert_eq!(name(all).into_string(), "<bdi>abcdefghi</bdi>");
        assert_eq!(name("<b>").into_string(), "<bdi>&lt;b&gt;</bdi>");
        assert_eq!(
            name("Zoë 王 עדה 👩‍💻").into_string(),
            "<bdi>Zoë 王 עדה 👩‍💻</bdi>"
        );
    }

    #[test]
    fn plain_text_sets_a_name_apart_where_it_must() {
        let (english, arabic) = (Language::ENGLISH, Language::ARABIC);
        assert_eq!(isolated("GitHub", &english), "GitHub");
        assert_eq!(isolated("عادل", &english), "\u{2068}عادل\u{2069}");
        assert_eq!(
            isolated("GitHub\u{2069}", &arabic),
            "\u{2068}GitHub\u{2069}"
        );
    }
}
