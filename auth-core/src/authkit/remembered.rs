//! Sessions that were read before, by the whole text that they were read from.

use crate::cookie::CookieNames;
use crate::session::{Session, SessionCache};

/// A cache of its own for each kind of text: a token in a cookie is no bearer token.
pub(super) struct Remembered {
    sessions: SessionCache,
    /// The cache tells cookies of two names apart; here there is one.
    names: CookieNames,
}

impl Remembered {
    /// A cache that holds at most `bytes`; none at all if that is 0.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            sessions: SessionCache::new(bytes),
            names: CookieNames::new(true),
        }
    }

    pub(super) fn get(&self, text: &[u8]) -> Option<Session> {
        self.sessions.get(&self.names, text)
    }

    pub(super) fn insert(&self, text: &[u8], session: &Session) {
        self.sessions.insert(&self.names, text, session);
    }
}
