//! The rules for languages.

use super::problem::BuildProblem;
use crate::page::{Language, LanguageProblem, Languages};

/// The languages of the application, or all in the box.
pub(crate) fn resolve(
    languages: Option<Vec<Language>>,
    problems: &mut Vec<BuildProblem>,
) -> Languages {
    let Some(languages) = languages else {
        return Languages::default();
    };
    let resolved = Languages::parse(languages);
    resolved.unwrap_or_else(|found| {
        problems.extend(found.into_iter().map(BuildProblem::from));
        Languages::default()
    })
}

impl From<LanguageProblem> for BuildProblem {
    fn from(problem: LanguageProblem) -> Self {
        match problem {
            LanguageProblem::Missing => Self::LanguagesEmpty,
            LanguageProblem::Tag(tag) => Self::LanguageTagInvalid { tag },
            LanguageProblem::Repeated(tag) => Self::LanguageRepeated { tag },
            LanguageProblem::Gaps { tag, text, gaps } => Self::LanguageGaps { tag, text, gaps },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Sentence;

    #[test]
    fn every_problem_of_every_language_is_told() {
        let languages = vec![
            Language::GERMAN,
            Language::GERMAN.renamed("de_AT", "Deutsch"),
            Language::ENGLISH.with(|text| text.continue_as = Sentence::new("Continue")),
            Language::GERMAN,
        ];
        let mut problems = Vec::new();
        resolve(Some(languages), &mut problems);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "`de_AT` is no language tag: `de-AT` is the form",
                "language `en`: `Continue` must have the gap `{}` 1 times",
                "language `de` is there twice: give one of them another tag with `.renamed(..)`",
            ]
        );
        let mut problems = Vec::new();
        resolve(Some(Vec::new()), &mut problems);
        assert_eq!(problems, [BuildProblem::LanguagesEmpty]);
    }
}
