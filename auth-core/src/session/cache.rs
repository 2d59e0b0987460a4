//! Sessions that were opened before, so that the next request with the same cookie opens nothing.

use crate::cookie::CookieNames;
use crate::credential_cache::{CredentialCache, Name, Spread, Weigh};
use crate::session::{Session, SessionData};

/// How many bytes of sessions are remembered unless the builder says otherwise: 16 MiB, which is
/// some 10 000 people.
pub(crate) const DEFAULT_CACHE_BYTES: usize = 16 * 1024 * 1024;

/// Opened sessions by the name and the whole value of their cookie.
pub(crate) struct SessionCache(CredentialCache<Session>);

impl SessionCache {
    /// A cache that holds at most `bytes`; none at all if that is 0.
    pub(crate) fn new(bytes: usize, spread: Spread) -> Self {
        Self(CredentialCache::spread(bytes, spread))
    }

    /// The session that was opened from the cookie with this value, in parts.
    pub(crate) fn get(&self, names: &CookieNames, value: &[&[u8]]) -> Option<Session> {
        self.0.get_in_parts(name_of(names), value)
    }

    /// Remembers `session`, which was opened from the cookie with this value.
    pub(crate) fn insert(&self, names: &CookieNames, value: &[u8], session: &Session) {
        self.0.insert(name_of(names), value, session);
    }

    /// Forgets what no longer counts.
    pub(crate) fn remove(&self, names: &CookieNames, value: &[u8]) {
        self.0.remove(name_of(names), value);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> u64 {
        self.0.weight()
    }
}

fn name_of(names: &CookieNames) -> Name {
    match names.secure {
        true => Name::Secure,
        false => Name::Plain,
    }
}

impl Weigh for Session {
    fn bytes(&self) -> usize {
        let data = self.data();
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
            + data.claims.capacity()
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
}

#[cfg(test)]
mod tests;
