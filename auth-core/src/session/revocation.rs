//! Names that are refused until they would have expired anyway.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::time::Timestamp;

/// A bounded set of names, each with the time after which it no longer matters.
///
/// Lives in this process alone: another process does not know of what is in it.
pub(crate) struct ExpiringSet {
    capacity: usize,
    entries: Mutex<HashMap<String, Timestamp>>,
}

impl ExpiringSet {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            entries: Mutex::default(),
        }
    }

    /// Adds `name` until `expires_at`. Returns whether it was new.
    ///
    /// When full, expired names go first; if all still matter, the one that would have expired
    /// soonest makes room.
    pub(crate) fn insert(&self, name: &str, expires_at: Timestamp, now: Timestamp) -> bool {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= self.capacity && !entries.contains_key(name) {
            entries.retain(|_, expiry| *expiry > now);
            if entries.len() >= self.capacity {
                let soonest = entries.iter().min_by_key(|(_, expiry)| **expiry);
                if let Some(name) = soonest.map(|(name, _)| name.clone()) {
                    entries.remove(&name);
                }
            }
        }
        entries
            .insert(name.to_owned(), expires_at)
            .is_none_or(|expiry| expiry <= now)
    }

    /// Whether `name` is in the set and still matters.
    pub(crate) fn contains(&self, name: &str, now: Timestamp) -> bool {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(name).is_some_and(|expiry| *expiry > now)
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
    }

    #[test]
    fn a_full_set_forgets_what_matters_least() {
        let set = ExpiringSet::new(2);
        set.insert("expired", at(1), at(0));
        set.insert("late", at(100), at(0));
        set.insert("later", at(200), at(10));
        assert!(set.contains("late", at(10)) && set.contains("later", at(10)));
        set.insert("latest", at(300), at(10));
        assert!(!set.contains("late", at(10)));
        assert!(set.contains("later", at(10)) && set.contains("latest", at(10)));
    }
}
