//! The value of a cookie that may have come in several.

use std::borrow::Cow;

use super::request::percent_decode;

/// Largest number of chunks that one value is read from and written to.
pub(super) const MAX_CHUNKS: usize = 10;

/// A value as it came: in chunks, and percent-encoded if it had to be.
///
/// Who knows it already need not put it together.
pub(crate) enum CookieValue<'a> {
    Plain([&'a [u8]; 1]),
    /// In the order of their numbers; at least one.
    Chunks(Vec<&'a [u8]>),
}

impl<'a> CookieValue<'a> {
    /// What it came in.
    pub(crate) fn parts(&self) -> &[&'a [u8]] {
        match self {
            Self::Plain(value) => value,
            Self::Chunks(chunks) => chunks,
        }
    }

    /// The whole of it, percent-decoded.
    pub(crate) fn decoded(&self) -> Cow<'a, [u8]> {
        if let [only] = self.parts() {
            return percent_decode(only);
        }
        let length = self.parts().iter().map(|part| part.len()).sum();
        let mut joined = Vec::with_capacity(length);
        for part in self.parts() {
            joined.extend_from_slice(&percent_decode(part));
        }
        Cow::Owned(joined)
    }
}

/// Chunks, as they are found, each at the place of its number.
#[derive(Default)]
pub(super) struct Chunks<'a>(Vec<Option<&'a [u8]>>);

impl<'a> Chunks<'a> {
    /// `None` if there are not so many, or there is one with this number.
    pub(super) fn add(&mut self, index: usize, value: &'a [u8]) -> Option<()> {
        if index >= MAX_CHUNKS {
            return None;
        }
        if self.0.len() <= index {
            self.0.resize(index + 1, None);
        }
        match self.0[index].replace(value) {
            Some(_) => None,
            None => Some(()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `None` of none, and where one is missing before the last.
    pub(super) fn into_value(self) -> Option<CookieValue<'a>> {
        if self.is_empty() {
            return None;
        }
        let chunks: Option<Vec<_>> = self.0.into_iter().collect();
        chunks.map(CookieValue::Chunks)
    }
}
