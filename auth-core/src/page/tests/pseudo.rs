//! No word of a page is written anywhere but in a catalogue.

use std::sync::LazyLock;

use super::*;

/// A language whose every text is in brackets, without a letter of ours.
static PSEUDO: LazyLock<Language> = LazyLock::new(|| {
    Language::ENGLISH
        .renamed("en-XA", "⟦⟧")
        .written(Direction::RightToLeft)
        .with(|text| *text = text.map(&mut |text, _| accented(text).leak()))
});

static SPEECH: LazyLock<Speech<'static>> = LazyLock::new(|| Speech::of(&PSEUDO));

/// The text with other letters, its gaps as they are.
fn accented(text: &str) -> String {
    let accent = |letter: char| match letter {
        'a'..='z' => char::from_u32(letter as u32 - 'a' as u32 + 'а' as u32).unwrap(),
        'A'..='Z' => char::from_u32(letter as u32 - 'A' as u32 + 'А' as u32).unwrap(),
        other => other,
    };
    format!("⟦{}⟧", text.chars().map(accent).collect::<String>())
}

/// What a visitor reads of a page, or hears: text, and the attributes that are read out.
fn words(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        for attribute in ["alt=\"", "aria-label=\"", "title=\"", "placeholder=\""] {
            if let Some((_, rest)) = tag.split_once(attribute) {
                words.push_str(rest.split('"').next().unwrap());
                words.push('\n');
            }
        }
        words.push_str(text);
        words.push('\n');
    }
    words
}

#[test]
fn every_word_comes_from_the_catalogue() {
    // A name, where a name belongs; it has no letter that the search finds.
    for (page, html) in pages_in("1", &SPEECH) {
        assert!(html.contains(r#"<html lang="en-XA" dir="rtl">"#), "{page}");
        let mut found = words(&html);
        // The names of the languages, what an operator types, and a code.
        for language in Language::ALL {
            found = found.replace(language.name(), "");
        }
        for known in [
            "idp.example",
            "app.example",
            "Auth::builder().provider(…)",
            "AUTH_&lt;PROVIDER&gt;_ID",
            "AUTH_&lt;PROVIDER&gt;_SECRET",
            "sign_in_reused",
            "7f3a",
        ] {
            found = found.replace(known, "");
        }
        let found = found.replace("&lt;", "").replace("&gt;", "");
        let hard_coded = found
            .lines()
            .find(|line| line.contains(|it: char| it.is_ascii_alphabetic()));
        assert_eq!(hard_coded, None, "{page}");
        assert!(found.contains('⟦'), "{page}");
    }
}

#[test]
fn a_name_leaks_its_direction_into_no_page() {
    let turning = "a\u{202e}b\u{2066}c\u{2029}d";
    for (page, html) in pages_in(turning, &SPEECH) {
        let stray = words(&html).replace("\u{2068}", "").replace("\u{2069}", "");
        assert!(!stray.contains(name::changes_direction), "{page}");
        let opened = html.matches('\u{2068}').count();
        assert_eq!(opened, html.matches('\u{2069}').count(), "{page}");
    }
}

#[test]
fn every_page_of_every_language_says_which_it_is() {
    for language in &Language::ALL {
        let speech = Speech::of(Box::leak(Box::new(language.clone())));
        let (tag, dir) = (language.tag(), language.direction().as_str());
        let html = format!(r#"<html lang="{tag}" dir="{dir}">"#);
        for (page, shown) in pages_in("x", &speech) {
            assert!(shown.contains(&html), "{tag}: {page}");
        }
    }
}
