//! What holds for the texts of every language, and for choosing one.

use super::*;

/// Every text of a language, with its number of gaps.
fn all(text: &Text) -> Vec<(&'static str, usize)> {
    let mut all = Vec::new();
    text.map(&mut |text, gaps| {
        all.push((text, gaps));
        text
    });
    all
}

fn tag_of(languages: &Languages, wishes: Wishes<'_>) -> String {
    languages.choose(&wishes).language.tag().to_owned()
}

#[test]
fn every_language_in_the_box_is_sound() {
    assert!(Languages::parse(Language::ALL.to_vec()).is_ok());
    assert_eq!(Languages::default().iter().len(), Language::ALL.len());
    for language in Language::ALL {
        assert!(!language.name().is_empty());
        for (text, _) in all(language.text()) {
            let tag = language.tag();
            assert!(!text.is_empty(), "{tag}");
            assert_eq!(text.trim(), text, "{tag}");
            assert!(!text.contains("  "), "{tag}: {text}");
            assert!(!text.contains(['<', '>', '&', '"', '|']), "{tag}: {text}");
            let is_stray = |it: char| it.is_control() || crate::page::name::changes_direction(it);
            assert!(!text.contains(is_stray), "{tag}: {text}");
        }
    }
}

#[test]
fn nothing_was_left_in_english() {
    let english = all(Language::ENGLISH.text());
    for language in &Language::ALL[1..] {
        for ((text, _), (english, _)) in all(language.text()).into_iter().zip(&english) {
            // `Code` is a word of several languages; whole sentences are not.
            let is_sentence = english.contains(". ") || english.ends_with('.');
            let same = text == *english;
            assert!(!(same && is_sentence), "{}: {text}", language.tag());
        }
        assert_ne!(language.text().sign_in, Language::ENGLISH.text().sign_in);
    }
}

#[test]
fn french_has_narrow_spaces_before_high_punctuation() {
    for (text, _) in all(Language::FRENCH.text()) {
        for (at, sign) in text.match_indices([':', ';', '!', '?']) {
            assert!(text[..at].ends_with('\u{202f}'), "{sign}: {text}");
        }
    }
}

#[test]
fn languages_from_right_to_left_say_so() {
    for language in Language::ALL {
        let is_rtl = language.direction() == Direction::RightToLeft;
        assert_eq!(is_rtl, ["ar", "he"].contains(&language.tag()));
    }
    assert_eq!(Direction::RightToLeft.as_str(), "rtl");
    assert_eq!(Direction::LeftToRight.as_str(), "ltr");
}

#[test]
fn the_browser_is_answered_in_the_language_that_it_likes_best() {
    let check = |header: &str, expected: &str| {
        let wishes = Wishes {
            accept_language: Some(header),
            ..Wishes::default()
        };
        assert_eq!(tag_of(&Languages::default(), wishes), expected, "{header}");
    };
    check("de", "de");
    check("de-AT,de;q=0.9,en;q=0.8", "de");
    check("de-AT", "de");
    check("en;q=0.5,fr-CA;q=0.9", "fr");
    check("xx, yy;q=0.9, it;q=0.1", "it");
    check("pt-BR", "pt");
    check("iw", "he");
    check("", "en");
    check("xx", "en");
    check("*", "en");
    check("xx, *;q=0.1", "en");
}

#[test]
fn chinese_in_traditional_characters_is_another_matter() {
    let check = |header: &str, expected: &str| {
        let wishes = Wishes {
            accept_language: Some(header),
            ..Wishes::default()
        };
        assert_eq!(tag_of(&Languages::default(), wishes), expected, "{header}");
    };
    for simplified in ["zh", "zh-CN", "zh-SG", "zh-Hans", "zh-Hans-HK"] {
        check(simplified, "zh-Hans");
    }
    check("zh-TW, ja;q=0.5", "ja");
    check("zh-Hant-HK", "en");
    // What browsers send from there: any Chinese before English.
    check("zh-TW,zh;q=0.9,en-US;q=0.8", "zh-Hans");
}

#[test]
fn a_weight_of_nothing_excludes_a_language_and_its_kinds() {
    let check = |header: &str, expected: &str| {
        let languages = [
            Language::ENGLISH,
            Language::GERMAN.renamed("de-CH", "Deutsch (Schweiz)"),
            Language::FRENCH,
        ];
        let languages = Languages::parse(languages.to_vec()).unwrap();
        let wishes = Wishes {
            accept_language: Some(header),
            ..Wishes::default()
        };
        assert_eq!(tag_of(&languages, wishes), expected, "{header}");
    };
    check("de", "de-CH");
    check("de-AT", "en");
    check("*, en;q=0", "de-CH");
    check("en;q=0, de;q=0", "fr");
    check("de-CH;q=0, de", "en");
    check("en;q=0, de;q=0, fr;q=0", "en");
    check("fr;q=0.1, *;q=0", "fr");
}

#[test]
fn a_request_is_heard_before_a_cookie_and_a_cookie_before_the_browser() {
    let languages = Languages::default();
    let wishes = |ui_locales, cookie, accept_language| Wishes {
        ui_locales,
        cookie,
        accept_language,
    };
    let check = |wishes: Wishes<'_>, expected: &str, by| {
        let choice = languages.choose(&wishes);
        assert_eq!(
            (choice.language.tag(), choice.by),
            (expected, by),
            "{wishes:?}"
        );
    };
    let (de, ja, pl) = (Some("de"), Some("ja"), Some("pl"));
    check(wishes(de, ja, pl), "de", ChosenBy::Request);
    check(wishes(Some("xx de-AT fr"), ja, pl), "de", ChosenBy::Request);
    check(wishes(Some("xx"), ja, pl), "ja", ChosenBy::Cookie);
    check(wishes(Some(""), Some("xx"), pl), "pl", ChosenBy::Browser);
    check(wishes(None, Some("<b>"), None), "en", ChosenBy::Browser);
}

#[test]
fn problems_of_languages_are_all_found() {
    let gaps = Language::DUTCH.with(|text| text.continue_as = Sentence::new("Verder"));
    let found = Languages::parse(vec![
        Language::ENGLISH,
        Language::GERMAN.renamed("EN", "English"),
        Language::GERMAN.renamed("de_AT", "Deutsch"),
        gaps,
    ])
    .unwrap_err();
    assert_eq!(
        found,
        [
            LanguageProblem::Repeated("EN"),
            LanguageProblem::Tag("de_AT"),
            LanguageProblem::Gaps {
                tag: "nl",
                text: "Verder",
                gaps: 1,
            },
        ]
    );
    let none = Languages::parse(Vec::new()).unwrap_err();
    assert_eq!(none, [LanguageProblem::Missing]);
}
