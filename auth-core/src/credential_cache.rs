//! Credentials that were checked before, so that the next request with the same one checks nothing.
//!
//! Only what was authentic gets in, and it is found again by the *whole* credential: a prefix or a
//! digest in its place would let somebody pass with a value that nobody vouched for. Whether what is
//! remembered still counts is for whoever asks to find out, every time.

use std::hash::{Hash, Hasher};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};

use crate::secret::{Wiped, ct_eq};

/// What checked credentials proved, bounded in bytes. Shared by all threads; readers of different
/// credentials meet no common lock.
pub(crate) struct CredentialCache<V> {
    /// `None`: nothing is remembered.
    entries: Option<Cache<Credential, V, Bytes>>,
    spread: Spread,
}

/// What tells where a credential is kept. That it is the same one is told by all of it, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spread {
    /// Its last bytes, where the tag or the signature is that we have checked: no two credentials
    /// that got in have the same. Hashing 4 KB takes longer than all else that finding them takes.
    ByEnd,
    /// All of it: for credentials of which we know nothing.
    ByAll,
}

/// How much memory a value takes, in bytes.
pub(crate) trait Weigh {
    fn bytes(&self) -> usize;
}

impl<V: Weigh + Clone> CredentialCache<V> {
    /// A cache that holds at most `bytes` of what ends in a tag or a signature; none at all if that
    /// is 0.
    pub(crate) fn new(bytes: usize) -> Self {
        Self::spread(bytes, Spread::ByEnd)
    }

    /// The same, of other credentials.
    pub(crate) fn spread(bytes: usize, spread: Spread) -> Self {
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
            spread,
        }
    }

    /// What the credential proved that came under `name`.
    pub(crate) fn get(&self, name: Name, value: &[u8]) -> Option<V> {
        self.get_in_parts(name, &[value])
    }

    /// The same, of one that came in parts.
    pub(crate) fn get_in_parts(&self, name: Name, parts: &[&[u8]]) -> Option<V> {
        let entries = self.entries.as_ref()?;
        entries.get(&self.presented(name, parts))
    }

    /// Remembers what a credential proved.
    pub(crate) fn insert(&self, name: Name, value: &[u8], proved: &V) {
        if let Some(entries) = &self.entries {
            let credential = Credential {
                name,
                spread: self.spread,
                value: Wiped::new(value.to_vec()),
            };
            entries.insert(credential, proved.clone());
        }
    }

    /// Forgets what no longer counts.
    pub(crate) fn remove(&self, name: Name, value: &[u8]) {
        if let Some(entries) = &self.entries {
            entries.remove(&self.presented(name, &[value]));
        }
    }

    fn presented<'a>(&self, name: Name, parts: &'a [&'a [u8]]) -> Presented<'a> {
        Presented {
            name,
            spread: self.spread,
            parts,
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

/// A credential that is remembered. Whoever has it is let in: forgotten, it is wiped.
struct Credential {
    name: Name,
    spread: Spread,
    value: Wiped,
}

/// The same of a request, borrowed.
struct Presented<'a> {
    name: Name,
    spread: Spread,
    parts: &'a [&'a [u8]],
}

/// How many bytes at the end of a credential [`Spread::ByEnd`] goes by.
const END: usize = 64;

/// However it comes in parts, a credential is hashed alike, with a key that is drawn for each cache.
fn hash<H: Hasher>(name: Name, spread: Spread, parts: &[&[u8]], state: &mut H) {
    match (spread, parts) {
        (Spread::ByEnd, [.., last]) if last.len() >= END || parts.len() == 1 => {
            state.write(&last[last.len().saturating_sub(END)..]);
        }
        (Spread::ByEnd, _) => {
            let whole = parts.concat();
            state.write(&whole[whole.len().saturating_sub(END)..]);
        }
        (Spread::ByAll, [whole]) => state.write(whole),
        (Spread::ByAll, _) => state.write(&parts.concat()),
    }
    state.write_u8((name == Name::Secure).into());
}

impl Credential {
    /// Nobody may learn from the time this takes how much of a credential is right.
    fn is(&self, name: Name, parts: &[&[u8]]) -> bool {
        let mut rest = &*self.value;
        let length: usize = parts.iter().map(|part| part.len()).sum();
        if self.name != name || rest.len() != length {
            return false;
        }
        parts.iter().fold(true, |equal, part| {
            let (known, after) = rest.split_at(part.len());
            rest = after;
            ct_eq(known, part) & equal
        })
    }
}

impl Hash for Credential {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.name, self.spread, &[&self.value], state);
    }
}

impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        self.is(other.name, &[&other.value])
    }
}

impl Eq for Credential {}

impl Hash for Presented<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.name, self.spread, self.parts, state);
    }
}

impl Equivalent<Credential> for Presented<'_> {
    fn equivalent(&self, known: &Credential) -> bool {
        known.is(self.name, self.parts)
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

#[cfg(test)]
mod tests {
    use super::*;

    impl Weigh for u8 {
        fn bytes(&self) -> usize {
            1
        }
    }

    /// Bytes that differ, as many as `length`.
    fn credential(length: usize) -> Vec<u8> {
        (0..length).map(|index| (index * 7) as u8).collect()
    }

    #[test]
    fn credentials_that_end_alike_are_told_apart() {
        for spread in [Spread::ByEnd, Spread::ByAll] {
            let cache = CredentialCache::spread(1024 * 1024, spread);
            let end = credential(2 * END);
            let with = |beginning: &[u8]| [beginning, &end].concat();
            for known in [1, 2, 3] {
                cache.insert(Name::Plain, &with(&[known]), &known);
            }
            for known in [1, 2, 3] {
                assert_eq!(cache.get(Name::Plain, &with(&[known])), Some(known));
                assert_eq!(cache.get(Name::Secure, &with(&[known])), None);
            }
            for unknown in [&[4][..], &[], &[1, 1]] {
                assert_eq!(cache.get(Name::Plain, &with(unknown)), None, "{unknown:?}");
            }
        }
    }

    #[test]
    fn a_credential_is_found_whatever_its_parts() {
        for length in [0, 1, END - 1, END, END + 1, 5 * END] {
            for spread in [Spread::ByEnd, Spread::ByAll] {
                let cache = CredentialCache::spread(1024 * 1024, spread);
                let whole = credential(length);
                cache.insert(Name::Plain, &whole, &1);
                for cut in 0..=length {
                    let (one, two) = whole.split_at(cut);
                    let found = cache.get_in_parts(Name::Plain, &[one, two]);
                    assert_eq!(found, Some(1), "{length} {cut} {spread:?}");
                }
                let found = cache.get_in_parts(Name::Plain, &[&whole, &whole]);
                assert_eq!(found.is_some(), length == 0);
            }
        }
    }

    #[test]
    fn one_wrong_byte_in_any_part_is_another_credential() {
        let cache = CredentialCache::new(1024 * 1024);
        let whole = credential(3 * END);
        cache.insert(Name::Plain, &whole, &1);
        for wrong in 0..whole.len() {
            let mut changed = whole.clone();
            changed[wrong] ^= 1;
            let parts: Vec<&[u8]> = changed.chunks(END + 1).collect();
            assert_eq!(cache.get_in_parts(Name::Plain, &parts), None, "{wrong}");
        }
    }
}
