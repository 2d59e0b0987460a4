//! How much one other server may occupy us.
//!
//! Counted for each server: a bound over all of them is what a slow one would use up for the
//! others. With these, a server that does everything it can holds some 4 MiB and 32 connections,
//! and one that answers in 0.3 s still serves a hundred calls a second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use auth_core::HttpError;
use http::Uri;
use http::uri::{Authority, Scheme};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many calls are under way at a time.
const CALLS: usize = 32;

/// How many more wait for one of those to end. Each is a request that we have not answered yet.
const WAITING: usize = 256;

/// Answers up to this size, in bytes, are read at once: all that are honest.
pub(crate) const SMALL_ANSWER: usize = 64 * 1024;

/// How many larger answers are read at a time.
const LARGE_ANSWERS: usize = 2;

/// The servers that are being called.
#[derive(Clone, Default)]
pub(crate) struct Servers(Arc<Mutex<HashMap<Name, Weak<Limits>>>>);

type Name = (Option<Scheme>, Option<Authority>);

struct Limits {
    admitted: Arc<Semaphore>,
    calls: Arc<Semaphore>,
    large_answers: Arc<Semaphore>,
}

/// Leave to call a server, until dropped.
pub(crate) struct Place {
    limits: Arc<Limits>,
    _admitted: OwnedSemaphorePermit,
    _call: OwnedSemaphorePermit,
    large_answer: Option<OwnedSemaphorePermit>,
}

impl Servers {
    /// Waits until the server of `uri` may be called.
    ///
    /// # Errors
    /// `Busy`, when too many wait already.
    pub(crate) async fn enter(&self, uri: &Uri) -> Result<Place, HttpError> {
        let limits = self.limits((uri.scheme().cloned(), uri.authority().cloned()));
        let admitted = Arc::clone(&limits.admitted)
            .try_acquire_owned()
            .map_err(|_| HttpError::Busy)?;
        Ok(Place {
            _call: permit(&limits.calls).await?,
            _admitted: admitted,
            limits,
            large_answer: None,
        })
    }

    fn limits(&self, name: Name) -> Arc<Limits> {
        let mut servers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limits) = servers.get(&name).and_then(Weak::upgrade) {
            return limits;
        }
        // Whom nobody calls at the moment needs no limits.
        servers.retain(|_, limits| limits.strong_count() > 0);
        let limits = Arc::new(Limits {
            admitted: Arc::new(Semaphore::new(CALLS + WAITING)),
            calls: Arc::new(Semaphore::new(CALLS)),
            large_answers: Arc::new(Semaphore::new(LARGE_ANSWERS)),
        });
        servers.insert(name, Arc::downgrade(&limits));
        limits
    }
}

impl Place {
    /// Waits until a large answer may be read.
    ///
    /// # Errors
    /// None: the limits stay open while a place exists.
    pub(crate) async fn widen(&mut self) -> Result<(), HttpError> {
        if self.large_answer.is_none() {
            self.large_answer = Some(permit(&self.limits.large_answers).await?);
        }
        Ok(())
    }
}

/// A semaphore of ours is never closed; if one were, nothing would be called any more.
async fn permit(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, HttpError> {
    let permit = Arc::clone(semaphore).acquire_owned().await;
    permit.map_err(|_| HttpError::Busy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    fn uri(text: &'static str) -> Uri {
        Uri::from_static(text)
    }

    fn enter(servers: &Servers, text: &'static str) -> Option<Place> {
        servers.enter(&uri(text)).now_or_never().map(Result::unwrap)
    }

    #[test]
    fn places_are_counted_by_server_whatever_the_path() {
        let servers = Servers::default();
        let mut places: Vec<_> = (0..CALLS)
            .map(|_| enter(&servers, "https://slow.example/token").unwrap())
            .collect();
        assert!(enter(&servers, "https://slow.example/keys").is_none());
        assert!(enter(&servers, "https://slow.example:8443/token").is_some());
        assert!(enter(&servers, "https://other.example/token").is_some());
        places.pop();
        assert!(enter(&servers, "https://slow.example/keys").is_some());
    }

    #[test]
    fn few_large_answers_are_read_at_a_time() {
        let servers = Servers::default();
        let place = || enter(&servers, "https://large.example/").unwrap();
        let mut places: Vec<_> = (0..LARGE_ANSWERS).map(|_| place()).collect();
        for place in &mut places {
            assert!(place.widen().now_or_never().is_some());
            assert!(place.widen().now_or_never().is_some(), "once is enough");
        }
        let mut another = place();
        assert!(another.widen().now_or_never().is_none());
        places.pop();
        assert!(another.widen().now_or_never().is_some());
    }

    #[test]
    fn servers_that_nobody_calls_are_forgotten() {
        let servers = Servers::default();
        for text in [
            "https://a.example/",
            "https://b.example/",
            "https://c.example/",
        ] {
            drop(enter(&servers, text));
        }
        assert_eq!(servers.0.lock().unwrap().len(), 1);
    }
}
