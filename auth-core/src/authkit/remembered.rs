//! What was verified before, by the whole text that proved it.

use crate::credential_cache::{CredentialCache, Name, Weigh};

/// A cache of its own for each kind of text: a token in a cookie is no bearer token.
pub(super) struct Remembered<V>(CredentialCache<V>);

impl<V: Weigh + Clone> Remembered<V> {
    /// A cache that holds at most `bytes`; none at all if that is 0.
    pub(super) fn new(bytes: usize) -> Self {
        Self(CredentialCache::new(bytes))
    }

    pub(super) fn get(&self, text: &[u8]) -> Option<V> {
        self.0.get(Name::Plain, text)
    }

    /// The same, of a text that came in parts.
    pub(super) fn get_in_parts(&self, parts: &[&[u8]]) -> Option<V> {
        self.0.get_in_parts(Name::Plain, parts)
    }

    pub(super) fn insert(&self, text: &[u8], proved: &V) {
        self.0.insert(Name::Plain, text, proved);
    }

    /// Forgets what no longer counts, and wipes the text.
    pub(super) fn remove(&self, text: &[u8]) {
        self.0.remove(Name::Plain, text);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
