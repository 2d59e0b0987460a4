//! Sessions that were opened before, so that the next request with the same cookie opens nothing.
//!
//! Only what was authentic gets in, and it is found again by the name and the *whole* value of its
//! cookie: a prefix or a digest in its place would let somebody pass with a value that we never
//! sealed. Whether a remembered session still counts is for whoever asks to find out, every time.

use std::hash::{Hash, Hasher};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};

use crate::cookie::CookieNames;
use crate::secret::ct_eq;
use crate::session::{Session, SessionData};

/// How many bytes of sessions are remembered unless the builder says otherwise: 16 MiB, which is
/// some 10 000 people.
pub(crate) const DEFAULT_CACHE_BYTES: usize = 16 * 1024 * 1024;

/// Opened sessions by their cookie, bounded in bytes. Shared by all threads; readers of different
/// sessions meet no common lock.
pub(crate) struct SessionCache {
    /// `None`: nothing is remembered.
    sessions: Option<Cache<Sealed, Session, Bytes>>,
}

impl SessionCache {
    /// A cache that holds at most `bytes`; none at all if that is 0.
    pub(crate) fn new(bytes: usize) -> Self {
        // Each shard bounds itself, and has to have room for a session of the largest size.
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
            sessions: options.ok().filter(|_| bytes > 0).map(with_options),
        }
    }

    /// The session that was opened from the cookie with this value.
    pub(crate) fn get(&self, names: &CookieNames, value: &[u8]) -> Option<Session> {
        self.sessions.as_ref()?.get(&Presented::new(names, value))
    }

    /// Remembers `session`, which was opened from the cookie with this value.
    pub(crate) fn insert(&self, names: &CookieNames, value: &[u8], session: &Session) {
        if let Some(sessions) = &self.sessions {
            let sealed = Sealed {
                secure: names.secure,
                value: value.into(),
            };
            sessions.insert(sealed, session.clone());
        }
    }

    /// Forgets what no longer counts.
    pub(crate) fn remove(&self, names: &CookieNames, value: &[u8]) {
        if let Some(sessions) = &self.sessions {
            sessions.remove(&Presented::new(names, value));
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.sessions.as_ref().map_or(0, Cache::len)
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> u64 {
        self.sessions.as_ref().map_or(0, Cache::weight)
    }
}

/// What a session of the usual size weighs, with its cookie.
const ESTIMATE: usize = 1536;

/// A part of the cache with a lock of its own.
const SHARD: usize = 256 * 1024;

/// The cookie of a remembered session.
struct Sealed {
    /// Which of the two names of the cookie it came under.
    secure: bool,
    value: Box<[u8]>,
}

/// The same of a request, borrowed.
struct Presented<'a> {
    secure: bool,
    value: &'a [u8],
}

impl<'a> Presented<'a> {
    fn new(names: &CookieNames, value: &'a [u8]) -> Self {
        Self {
            secure: names.secure,
            value,
        }
    }
}

/// Both are hashed alike, with a key that is drawn for each cache.
fn hash<H: Hasher>(secure: bool, value: &[u8], state: &mut H) {
    state.write(value);
    state.write_u8(secure.into());
}

/// The value is a credential: nobody may learn from the time this takes how much of it is right.
fn equals(sealed: &Sealed, secure: bool, value: &[u8]) -> bool {
    sealed.secure == secure && ct_eq(&sealed.value, value)
}

impl Hash for Sealed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.secure, &self.value, state);
    }
}

impl PartialEq for Sealed {
    fn eq(&self, other: &Self) -> bool {
        equals(self, other.secure, &other.value)
    }
}

impl Eq for Sealed {}

impl Hash for Presented<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.secure, self.value, state);
    }
}

impl Equivalent<Sealed> for Presented<'_> {
    fn equivalent(&self, sealed: &Sealed) -> bool {
        equals(sealed, self.secure, self.value)
    }
}

/// What an entry takes: its texts, and what holds them.
#[derive(Clone)]
struct Bytes;

/// An entry of the table and its share of free places, the counters of the `Arc`, and what an
/// allocator adds to some ten allocations.
const OVERHEAD: usize = 256;

impl Weighter<Sealed, Session> for Bytes {
    fn weight(&self, sealed: &Sealed, session: &Session) -> u64 {
        let bytes = OVERHEAD + sealed.value.len() + bytes_of(session.data());
        bytes as u64
    }
}

fn bytes_of(data: &SessionData) -> usize {
    let user = &data.user;
    let texts = [
        &user.name,
        &user.email,
        &user.image,
        &user.first_name,
        &user.last_name,
        &data.sid,
        &data.jti,
        &data.provider,
    ];
    let lists = data.roles.iter().chain(&data.permissions);
    size_of::<SessionData>()
        + data.room_for_shown()
        + data.claims.len()
        + data.organization.as_deref().map_or(0, |it| it.bytes())
        + user.id.capacity()
        + texts
            .into_iter()
            .flatten()
            .map(String::capacity)
            .sum::<usize>()
        + lists
            .map(|text| size_of::<String>() + text.capacity())
            .sum::<usize>()
}

#[cfg(test)]
mod tests;
