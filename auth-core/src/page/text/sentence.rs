//! Sentences with a gap for a name: word order differs from language to language.

use maud::{Markup, html};

/// Where a name goes.
pub(super) const GAP: &str = "{}";

/// A sentence with `GAPS` gaps, each written `{}` and filled from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<const GAPS: usize>(&'static str);

impl<const GAPS: usize> Sentence<GAPS> {
    /// A sentence such as `Continue with {}`.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The sentence in other words.
    pub(super) fn map(self, change: &mut dyn FnMut(&'static str, usize) -> &'static str) -> Self {
        Self(change(self.0, GAPS))
    }

    /// The sentence as plain text.
    pub(crate) fn fill(&self, names: [&str; GAPS]) -> String {
        let mut names = names.into_iter();
        self.parts()
            .flat_map(|part| [Some(part), names.next()])
            .flatten()
            .collect()
    }

    /// The sentence as part of a page.
    pub(crate) fn markup(&self, names: [Markup; GAPS]) -> Markup {
        let mut names = names.into_iter();
        html! {
            @for part in self.parts() {
                (part)
                @if let Some(name) = names.next() { (name) }
            }
        }
    }

    /// What is around the gaps: one part more than there are gaps.
    fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.0.split(GAP)
    }
}

impl Sentence<1> {
    /// What is before the gap, and what is after it.
    pub(crate) fn around(&self) -> (&'static str, &'static str) {
        self.0.split_once(GAP).unwrap_or((self.0, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_from_the_first_to_the_last() {
        let check = |text, expected: &str| {
            let sentence = Sentence::<2>::new(text);
            assert_eq!(sentence.fill(["A", "{}"]), expected);
            let markup = sentence.markup([html! { "A" }, html! { "{}" }]);
            assert_eq!(markup.into_string(), expected);
        };
        check("{} or {}", "A or {}");
        check("set {}, then {}.", "set A, then {}.");
        check("{}{}", "A{}");
    }

    #[test]
    fn the_sentence_is_escaped_and_the_markup_in_it_is_not() {
        let markup = Sentence::new("<{}>").markup([html! { b { "A&B" } }]);
        assert_eq!(markup.into_string(), "&lt;<b>A&amp;B</b>&gt;");
    }

    #[test]
    fn a_name_may_come_first_or_last() {
        assert_eq!(Sentence::new("{}で続行").around(), ("", "で続行"));
        assert_eq!(Sentence::new("Go to {}").around(), ("Go to ", ""));
    }
}
