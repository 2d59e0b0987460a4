//! A language that the pages speak.

use super::Text;
use super::en;

/// A language of the pages: its tag and its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    pub(crate) tag: &'static str,
    pub(crate) text: Text,
}

impl Language {
    /// English.
    pub const ENGLISH: Self = Self {
        tag: "en",
        text: en::TEXT,
    };
}

/// English, where nothing else was asked for.
pub(crate) static ENGLISH: Language = Language::ENGLISH;
