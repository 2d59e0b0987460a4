//! Credentials that were checked before, so that the next request with the same one checks nothing.
//!
//! Only what was authentic gets in, and it is found again by the *whole* credential: a prefix or a
//! digest in its place would let somebody pass with a value that nobody vouched for. Whether what is
//! remembered still counts is for whoever asks to find out, every time.

use std::hash::{Hash, Hasher};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};

use crate::secret::ct_eq;

/// What checked credentials proved, bounded in bytes. Shared by all threads; readers of different
/// credentials meet no common lock.
pub(crate) struct CredentialCache<V> {
    /// `None`: nothing is remembered.
    entries: Option<Cache<Credential, V, Bytes>>,
}

/// How much memory a value takes, in bytes.
pub(crate) trait Weigh {
    fn bytes(&self) -> usize;
}

impl<V: Weigh + Clone> CredentialCache<V> {
    /// A cache that holds at most `bytes`; none at all if that is 0.
    pub(crate) fn new(bytes: usize) -> Self {
        // Each shard bounds itself, and has to have room for an entry of the largest size.
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
            entries: options.ok().filter(|_| bytes > 0).map(with_options),
        }
    }

    /// What the credential proved that came under `name`.
    pub(crate) fn get(&self, name: Name, value: &[u8]) -> Option<V> {
        self.entries.as_ref()?.get(&Presented { name, value })
    }

    /// Remembers what a credential proved.
    pub(crate) fn insert(&self, name: Name, value: &[u8], proved: &V) {
        if let Some(entries) = &self.entries {
            let credential = Credential {
                name,
                value: value.into(),
            };
            entries.insert(credential, proved.clone());
        }
    }

    /// Forgets what no longer counts.
    pub(crate) fn remove(&self, name: Name, value: &[u8]) {
        if let Some(entries) = &self.entries {
            entries.remove(&Presented { name, value });
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.as_ref().map_or(0, Cache::len)
    }

    #[cfg(test)]
    pub(crate) fn weight(&self) -> u64 {
        self.entries.as_ref().map_or(0, Cache::weight)
    }
}

/// Under which name a credential came: one that is good under one is none under the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The only one, or the cookie of plain http.
    Plain,
    /// The cookie with the `__Secure-` prefix.
    Secure,
}

/// What an entry of the usual size weighs, with its credential.
const ESTIMATE: usize = 1536;

/// A part of the cache with a lock of its own.
const SHARD: usize = 256 * 1024;

/// A credential that is remembered.
struct Credential {
    name: Name,
    value: Box<[u8]>,
}

/// The same of a request, borrowed.
struct Presented<'a> {
    name: Name,
    value: &'a [u8],
}

/// Both are hashed alike, with a key that is drawn for each cache.
fn hash<H: Hasher>(name: Name, value: &[u8], state: &mut H) {
    state.write(value);
    state.write_u8((name == Name::Secure).into());
}

/// Nobody may learn from the time this takes how much of a credential is right.
fn equals(known: &Credential, name: Name, value: &[u8]) -> bool {
    known.name == name && ct_eq(&known.value, value)
}

impl Hash for Credential {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.name, &self.value, state);
    }
}

impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        equals(self, other.name, &other.value)
    }
}

impl Eq for Credential {}

impl Hash for Presented<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.name, self.value, state);
    }
}

impl Equivalent<Credential> for Presented<'_> {
    fn equivalent(&self, known: &Credential) -> bool {
        equals(known, self.name, self.value)
    }
}

/// What an entry takes: its texts, and what holds them.
#[derive(Clone)]
struct Bytes;

/// An entry of the table and its share of free places, the counters of the `Arc`, and what an
/// allocator adds to some ten allocations.
const OVERHEAD: usize = 256;

impl<V: Weigh> Weighter<Credential, V> for Bytes {
    fn weight(&self, credential: &Credential, proved: &V) -> u64 {
        let bytes = OVERHEAD + credential.value.len() + proved.bytes();
        bytes as u64
    }
}
