//! The languages that a site offers, and which of them a visitor gets.

use super::sentence::GAP;
use super::tag::Tag;
use super::wishes::{Accepted, Range, ui_locales};
use super::{Language, Wishes};

/// The languages that a site offers: one at least. The first is for whoever wants none of them.
#[derive(Clone, Debug)]
pub(crate) struct Languages(Vec<(Tag, Language)>);

/// The language of a page, and who chose it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'a> {
    pub(crate) language: &'a Language,
    pub(crate) by: ChosenBy,
}

/// Who chose the language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChosenBy {
    /// The visitor, with this request.
    Request,
    /// The visitor, some time before.
    Cookie,
    /// The browser, or nobody.
    Browser,
}

/// What is wrong with a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LanguageProblem {
    /// There is none.
    Missing,
    /// The tag is none.
    Tag(&'static str),
    /// The tag is there twice.
    Repeated(&'static str),
    /// A text has another number of gaps than it needs.
    Gaps {
        tag: &'static str,
        text: &'static str,
        gaps: usize,
    },
}

impl Languages {
    /// Checks the languages of a site.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub(crate) fn parse(languages: Vec<Language>) -> Result<Self, Vec<LanguageProblem>> {
        let mut problems = Vec::new();
        let mut parsed: Vec<(Tag, Language)> = Vec::new();
        if languages.is_empty() {
            problems.push(LanguageProblem::Missing);
        }
        for language in languages {
            language.text.map(&mut |text, gaps| {
                if text.matches(GAP).count() != gaps {
                    let tag = language.tag;
                    problems.push(LanguageProblem::Gaps { tag, text, gaps });
                }
                text
            });
            match Tag::parse(language.tag) {
                None => problems.push(LanguageProblem::Tag(language.tag)),
                Some(tag) if parsed.iter().any(|(known, _)| *known == tag) => {
                    problems.push(LanguageProblem::Repeated(language.tag));
                }
                Some(tag) => parsed.push((tag, language)),
            }
        }
        match problems.is_empty() {
            true => Ok(Self(parsed)),
            false => Err(problems),
        }
    }

    /// The languages, in the order of the site.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Language> {
        self.0.iter().map(|(_, language)| language)
    }

    /// The language that suits best: what this request asks for, what was chosen before, what the
    /// browser accepts, or the first.
    pub(crate) fn choose(&self, wishes: &Wishes<'_>) -> Choice<'_> {
        let choice = |by| move |language| Choice { language, by };
        let asked = wishes.ui_locales.unwrap_or_default();
        let chosen = wishes.cookie.and_then(Tag::parse);
        ui_locales(asked)
            .find_map(|range| self.lookup(&range, &[]))
            .map(choice(ChosenBy::Request))
            .or_else(|| {
                let chosen = chosen.and_then(|tag| self.lookup(&tag, &[]));
                chosen.map(choice(ChosenBy::Cookie))
            })
            .unwrap_or_else(|| Choice {
                language: self.accepted(wishes.accept_language.unwrap_or_default()),
                by: ChosenBy::Browser,
            })
    }

    fn accepted(&self, header: &str) -> &Language {
        let Accepted { wanted, unwanted } = Accepted::parse(header);
        wanted
            .iter()
            .find_map(|range| match range {
                Range::Any => self.first(&unwanted),
                Range::Tag(tag) => self.lookup(tag, &unwanted),
            })
            .or_else(|| self.first(&unwanted))
            .unwrap_or_else(|| self.default())
    }

    /// RFC 4647 §3.4: for `de-AT`, then, `de`. Where neither is there, a kind of what was asked for
    /// is better than another language: for `pt`, `pt-BR`.
    fn lookup(&self, range: &Tag, unwanted: &[Tag]) -> Option<&Language> {
        let offered = || self.without(unwanted);
        range
            .shortened()
            .find_map(|range| offered().find(|(tag, _)| tag.as_str() == range))
            .or_else(|| offered().find(|(tag, _)| tag.is_kind_of(range)))
            .map(|(_, language)| language)
    }

    fn first(&self, unwanted: &[Tag]) -> Option<&Language> {
        self.without(unwanted).map(|(_, language)| language).next()
    }

    fn without(&self, unwanted: &[Tag]) -> impl Iterator<Item = &(Tag, Language)> {
        self.0
            .iter()
            .filter(|(tag, _)| !unwanted.iter().any(|range| tag.is_kind_of(range)))
    }

    fn default(&self) -> &Language {
        // `parse` found one at least.
        &self.0[0].1
    }
}

impl Default for Languages {
    /// All in the box.
    fn default() -> Self {
        let tagged = Language::ALL.into_iter();
        Self(
            tagged
                .filter_map(|language| Some((Tag::parse(language.tag)?, language)))
                .collect(),
        )
    }
}
