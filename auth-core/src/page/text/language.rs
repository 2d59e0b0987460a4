//! A language that the pages speak.

use super::{Text, ar, de, en, es, fr, he, it, ja, ko, nl, pl, pt, sv, tr, zh};

/// The direction in which a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As English is.
    LeftToRight,
    /// As Arabic is.
    RightToLeft,
}

impl Direction {
    /// As for HTML's `dir`: `ltr` or `rtl`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A language of the pages: its tag, its own name, and its texts.
///
/// # Examples
/// Another word for a button, and a language that is not in the box:
/// ```
/// use auth_core::{Direction, Language, Sentence};
///
/// let german = Language::GERMAN.with(|text| text.sign_in = "Einloggen");
/// let persian = Language::ENGLISH
///     .renamed("fa", "فارسی")
///     .written(Direction::RightToLeft)
///     .with(|text| {
///         text.sign_in = "ورود";
///         text.continue_with = Sentence::new("ادامه با {}");
///         // … and every other field: what is left out stays English.
///     });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    pub(crate) tag: &'static str,
    name: &'static str,
    direction: Direction,
    pub(crate) text: Text,
}

impl Language {
    /// English.
    pub const ENGLISH: Self = left_to_right("en", "English", en::TEXT);
    /// German.
    pub const GERMAN: Self = left_to_right("de", "Deutsch", de::TEXT);
    /// French.
    pub const FRENCH: Self = left_to_right("fr", "Français", fr::TEXT);
    /// Spanish.
    pub const SPANISH: Self = left_to_right("es", "Español", es::TEXT);
    /// Italian.
    pub const ITALIAN: Self = left_to_right("it", "Italiano", it::TEXT);
    /// Portuguese.
    pub const PORTUGUESE: Self = left_to_right("pt", "Português", pt::TEXT);
    /// Dutch.
    pub const DUTCH: Self = left_to_right("nl", "Nederlands", nl::TEXT);
    /// Polish.
    pub const POLISH: Self = left_to_right("pl", "Polski", pl::TEXT);
    /// Swedish.
    pub const SWEDISH: Self = left_to_right("sv", "Svenska", sv::TEXT);
    /// Turkish.
    pub const TURKISH: Self = left_to_right("tr", "Türkçe", tr::TEXT);
    /// Japanese.
    pub const JAPANESE: Self = left_to_right("ja", "日本語", ja::TEXT);
    /// Chinese in simplified characters.
    pub const CHINESE_SIMPLIFIED: Self = left_to_right("zh-Hans", "简体中文", zh::TEXT);
    /// Korean.
    pub const KOREAN: Self = left_to_right("ko", "한국어", ko::TEXT);
    /// Arabic.
    pub const ARABIC: Self = right_to_left("ar", "العربية", ar::TEXT);
    /// Hebrew.
    pub const HEBREW: Self = right_to_left("he", "עברית", he::TEXT);

    /// Every language in the box, English first.
    pub const ALL: [Self; 15] = [
        Self::ENGLISH,
        Self::GERMAN,
        Self::FRENCH,
        Self::SPANISH,
        Self::ITALIAN,
        Self::PORTUGUESE,
        Self::DUTCH,
        Self::POLISH,
        Self::SWEDISH,
        Self::TURKISH,
        Self::JAPANESE,
        Self::CHINESE_SIMPLIFIED,
        Self::KOREAN,
        Self::ARABIC,
        Self::HEBREW,
    ];

    /// The same texts under another tag (BCP 47, `de-CH`) and another name, which is written in the
    /// language itself.
    #[must_use]
    pub const fn renamed(mut self, tag: &'static str, name: &'static str) -> Self {
        self.tag = tag;
        self.name = name;
        self
    }

    /// The same texts, written in this direction.
    #[must_use]
    pub const fn written(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// The language with some texts changed.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Text)) -> Self {
        change(&mut self.text);
        self
    }

    /// The tag, as for HTML's `lang`: `zh-Hans`.
    pub fn tag(&self) -> &str {
        self.tag
    }

    /// The name of the language in the language: `Deutsch`.
    pub fn name(&self) -> &str {
        self.name
    }

    /// The direction in which it is written.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The texts.
    pub fn text(&self) -> &Text {
        &self.text
    }
}

const fn left_to_right(tag: &'static str, name: &'static str, text: Text) -> Language {
    Language {
        tag,
        name,
        direction: Direction::LeftToRight,
        text,
    }
}

const fn right_to_left(tag: &'static str, name: &'static str, text: Text) -> Language {
    left_to_right(tag, name, text).written(Direction::RightToLeft)
}

/// English, for tests.
#[cfg(test)]
pub(crate) static ENGLISH: Language = Language::ENGLISH;
