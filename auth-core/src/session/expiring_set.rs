//! Names that are refused until they would have expired anyway.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{PoisonError, RwLock, RwLockWriteGuard};

use crate::time::Timestamp;

/// A bounded set of names, each with the time after which it no longer matters.
///
/// Lives in this process alone: another process does not know of what is in it. When full it
/// forgets the name that came first, and from then on [`may_have_forgotten`] tells whether a name
/// could be one of those.
///
/// [`may_have_forgotten`]: Self::may_have_forgotten
pub(crate) struct ExpiringSet {
    capacity: usize,
    hasher: RandomState,
    entries: RwLock<Entries>,
}

#[derive(Default)]
struct Entries {
    /// By a keyed hash of 64 bits: nobody can look for two names that share one.
    expiries: HashMap<u64, Timestamp>,
    in_order: VecDeque<u64>,
    forgotten: Option<Timestamp>,
}

impl ExpiringSet {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            hasher: RandomState::new(),
            entries: RwLock::default(),
        }
    }

    /// Adds `name` until `expires_at`. Returns whether it was new.
    pub(crate) fn insert(&self, name: &str, expires_at: Timestamp, now: Timestamp) -> bool {
        let name = self.hasher.hash_one(name);
        let mut entries = self.lock();
        if let Some(expiry) = entries.expiries.get_mut(&name) {
            let was_new = *expiry <= now;
            *expiry = expires_at;
            return was_new;
        }
        entries.make_room(self.capacity, now);
        entries.expiries.insert(name, expires_at);
        entries.in_order.push_back(name);
        true
    }

    /// Whether `name` is in the set and still matters.
    pub(crate) fn contains(&self, name: &str, now: Timestamp) -> bool {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        // The usual case, on every request: no hash is needed for it.
        if entries.expiries.is_empty() {
            return false;
        }
        let expiry = entries.expiries.get(&self.hasher.hash_one(name));
        expiry.is_some_and(|expiry| *expiry > now)
    }

    /// Whether a name that was added with an expiry of at most `expires_at` may be missing because
    /// the set was full.
    pub(crate) fn may_have_forgotten(&self, expires_at: Timestamp) -> bool {
        self.lock()
            .forgotten
            .is_some_and(|forgotten| expires_at <= forgotten)
    }

    fn lock(&self) -> RwLockWriteGuard<'_, Entries> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    /// Lets go of what has expired, as far as that came first, and of the first name if there is
    /// still no room.
    fn make_room(&mut self, capacity: usize, now: Timestamp) {
        while let Some(first) = self.in_order.front() {
            let expiry = self.expiries.get(first).copied();
            let matters = expiry.filter(|expiry| *expiry > now);
            if matters.is_some() && self.expiries.len() < capacity {
                break;
            }
            self.expiries.remove(first);
            self.in_order.pop_front();
            self.forgotten = self.forgotten.max(matters);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds)
    }

    #[test]
    fn a_name_is_in_until_its_time_is_over() {
        let set = ExpiringSet::new(10);
        assert!(set.insert("a", at(100), at(0)));
        assert!(!set.insert("a", at(100), at(50)));
        assert!(set.contains("a", at(99)));
        assert!(!set.contains("a", at(100)));
        assert!(!set.contains("b", at(0)));
        assert!(set.insert("a", at(200), at(100)), "its time was over");
    }

    #[test]
    fn a_full_set_forgets_the_first_name_and_says_so() {
        let set = ExpiringSet::new(2);
        set.insert("expired", at(5), at(0));
        set.insert("first", at(100), at(0));
        set.insert("second", at(200), at(10));
        assert!(set.contains("first", at(10)) && set.contains("second", at(10)));
        assert!(
            !set.may_have_forgotten(at(0)),
            "the first one to go had expired"
        );
        set.insert("third", at(300), at(10));
        assert!(!set.contains("first", at(10)));
        assert!(set.contains("second", at(10)) && set.contains("third", at(10)));
        assert!(set.may_have_forgotten(at(100)) && !set.may_have_forgotten(at(101)));
    }

    #[test]
    fn a_flood_of_names_takes_bounded_room() {
        let set = ExpiringSet::new(100);
        for number in 0..10_000 {
            assert!(set.insert(&format!("name {number}"), at(number + 900), at(number)));
        }
        let entries = set.lock();
        assert_eq!((entries.expiries.len(), entries.in_order.len()), (100, 100));
    }
}
