//! Whatever a request says about languages.

use std::sync::LazyLock;

use super::tag::Tag;
use super::wishes::Accepted;
use super::*;
use crate::hostile::{property, text};

static ALL: LazyLock<Languages> = LazyLock::new(Languages::default);

const LISTS: [&str; 5] = ["de-AT fr", "zh-TW ja zh", "xx", "", "ar he\ten"];

const TAGS: [&str; 4] = ["de", "zh-Hans", "xx-Latn-419", ""];

const HEADERS: [&str; 5] = [
    "de-AT,de;q=0.9,en;q=0.8,*;q=0.1",
    "*, en;q=0, de;q=0.000",
    "zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7",
    "ar;q=0,he;q=0,*;q=0",
    ",,;q=1,de;q=1.001",
];

property!(
    some_language_is_chosen_and_none_that_was_excluded,
    (text(LISTS), text(TAGS), text(HEADERS)),
    |(ui_locales, cookie, header)| {
        let wishes = Wishes {
            ui_locales: Some(&ui_locales),
            cookie: Some(&cookie),
            accept_language: Some(&header),
        };
        let choice = ALL.choose(&wishes);
        assert!(Language::ALL.contains(choice.language));
        // With everything excluded there still is a page.
        let Accepted { unwanted, .. } = Accepted::parse(&header);
        let is_unwanted = |language: &Language| {
            let tag = Tag::parse(language.tag()).unwrap();
            unwanted.iter().any(|range| tag.is_kind_of(range))
        };
        if choice.by == ChosenBy::Browser && !ALL.iter().all(is_unwanted) {
            assert!(!is_unwanted(choice.language), "{header}");
        }
    }
);
