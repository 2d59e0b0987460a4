//! Tokens whose signature was good, so that it is not checked again.
//!
//! WorkOS signs a token once, and it comes with every request of its session until it expires. What
//! the token says is for whoever asks to check, every time.

use std::hash::{Hash, Hasher};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};

use crate::secret::ct_eq;

/// Whole tokens, bounded in bytes. Only what was verified gets in.
pub(super) struct GoodSignatures {
    /// `None`: nothing is remembered.
    tokens: Option<Cache<Token, (), Bytes>>,
}

impl GoodSignatures {
    /// Remembers at most `bytes` of tokens; none at all if that is 0.
    pub(super) fn new(bytes: usize) -> Self {
        // Each shard bounds itself, and has to have room for a token of the largest size.
        let options = OptionsBuilder::new()
            .weight_capacity(bytes as u64)
            .estimated_items_capacity(bytes / ESTIMATE)
            .shards((bytes / SHARD).clamp(1, 64))
            .build();
        let with_options = |options| {
            let hasher = DefaultHashBuilder::default();
            Cache::with_options(options, Bytes, hasher, DefaultLifecycle::default())
        };
        Self {
            tokens: options.ok().filter(|_| bytes > 0).map(with_options),
        }
    }

    /// Whether this very token was verified before.
    pub(super) fn contains(&self, token: &str) -> bool {
        let tokens = self.tokens.as_ref();
        tokens.is_some_and(|tokens| tokens.get(&Presented(token.as_bytes())).is_some())
    }

    /// Remembers a token whose signature was good.
    pub(super) fn insert(&self, token: &str) {
        if let Some(tokens) = &self.tokens {
            tokens.insert(Token(token.as_bytes().into()), ());
        }
    }
}

/// What a token of the usual size weighs.
const ESTIMATE: usize = 1024;

/// A part with a lock of its own.
const SHARD: usize = 256 * 1024;

/// An entry of the table and its share of free places, and what an allocator adds.
const OVERHEAD: usize = 96;

#[derive(Clone)]
struct Bytes;

impl Weighter<Token, ()> for Bytes {
    fn weight(&self, token: &Token, (): &()) -> u64 {
        (OVERHEAD + token.0.len()) as u64
    }
}

/// A token that is remembered. The whole of it: a digest or a prefix in its place would let another
/// token pass.
struct Token(Box<[u8]>);

/// The same of a request, borrowed. Both are hashed alike.
struct Presented<'a>(&'a [u8]);

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(&self.0);
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        ct_eq(&self.0, &other.0)
    }
}

impl Eq for Token {}

impl Hash for Presented<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0);
    }
}

impl Equivalent<Token> for Presented<'_> {
    fn equivalent(&self, token: &Token) -> bool {
        ct_eq(self.0, &token.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_token_is_known() {
        let good = GoodSignatures::new(1024 * 1024);
        good.insert("a.b.c");
        assert!(good.contains("a.b.c"));
        for other in ["a.b.d", "a.b.", "a.b.cc", ""] {
            assert!(!good.contains(other), "{other}");
        }
    }

    #[test]
    fn nothing_is_remembered_without_room() {
        let good = GoodSignatures::new(0);
        good.insert("a.b.c");
        assert!(!good.contains("a.b.c"));
    }

    #[test]
    fn what_is_remembered_is_bounded_in_bytes() {
        let good = GoodSignatures::new(64 * 1024);
        for number in 0..10_000 {
            good.insert(&format!("{number}{}", "x".repeat(500)));
        }
        let weight = good.tokens.as_ref().map_or(0, Cache::weight);
        assert!((1..=64 * 1024).contains(&weight), "{weight}");
    }
}
