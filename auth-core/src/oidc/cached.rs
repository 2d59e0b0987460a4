//! A document of another server, fetched once for all who want it at the same time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::FutureExt as _;
use futures_util::future::Shared;

use crate::oidc::discovery::DiscoveryError;
use crate::spawn::{BoxFuture, Spawn};
use crate::time::{Clock, Timestamp};

/// How long the last good copy is served while the server is down.
const STALE_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a failure is remembered, so that a server that is down is not asked for every sign-in.
const FAILED_FOR: Duration = Duration::from_secs(5);

/// Refetches on demand: this many at once, and one more in each [`REFILL`].
const BURST: u32 = 3;

/// See [`BURST`].
const REFILL: Duration = Duration::from_secs(15);

/// A document, cached. What a request begins is finished even if the request is dropped.
pub(super) struct Cached<T> {
    state: Arc<Mutex<State<T>>>,
    fresh_for: Duration,
    clock: Arc<dyn Clock>,
    spawn: Arc<dyn Spawn>,
}

struct State<T> {
    copy: Option<(Arc<T>, Timestamp)>,
    failure: Option<(DiscoveryError, Timestamp)>,
    flight: Option<Flight<T>>,
    refetches: Budget,
}

type Outcome<T> = Result<Arc<T>, DiscoveryError>;
type Flight<T> = Shared<oneshot::Receiver<Outcome<T>>>;
type Fetch<T> = BoxFuture<'static, Result<T, DiscoveryError>>;

impl<T: Send + Sync + 'static> Cached<T> {
    pub(super) fn new(fresh_for: Duration, clock: Arc<dyn Clock>, spawn: Arc<dyn Spawn>) -> Self {
        let state = State {
            copy: None,
            failure: None,
            flight: None,
            refetches: Budget::full(clock.now()),
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            fresh_for,
            clock,
            spawn,
        }
    }

    /// The document: the copy while it is fresh, else fetched; the old copy if that fails.
    ///
    /// # Errors
    /// Those of `fetch`, if there is no copy of the last day.
    pub(super) async fn get(&self, fetch: impl FnOnce() -> Fetch<T>) -> Outcome<T> {
        let (flight, task) = {
            let now = self.clock.now();
            let mut state = lock(&self.state);
            if let Some(copy) = state.copy_within(self.fresh_for, now) {
                return Ok(copy);
            }
            if let Some(failure) = state.recent_failure(now) {
                return state.copy_within(STALE_FOR, now).ok_or(failure);
            }
            self.join(&mut state, fetch)
        };
        let outcome = self.land(flight, task).await;
        outcome.or_else(|failure| {
            let now = self.clock.now();
            lock(&self.state).copy_within(STALE_FOR, now).ok_or(failure)
        })
    }

    /// A document newer than `seen`, which lacked something; `seen` itself if there is none to be
    /// had now, because the server was asked too often or has just failed.
    ///
    /// # Errors
    /// Those of `fetch`.
    pub(super) async fn newer_than(
        &self,
        seen: &Arc<T>,
        fetch: impl FnOnce() -> Fetch<T>,
    ) -> Outcome<T> {
        let (flight, task) = {
            let now = self.clock.now();
            let mut state = lock(&self.state);
            if let Some((copy, _)) = &state.copy
                && !Arc::ptr_eq(copy, seen)
            {
                return Ok(Arc::clone(copy));
            }
            if state.flight.is_none()
                && (state.recent_failure(now).is_some() || !state.refetches.take(now))
            {
                return Ok(Arc::clone(seen));
            }
            self.join(&mut state, fetch)
        };
        self.land(flight, task).await
    }

    /// The flight under way, or a new one with the task that must be spawned for it.
    fn join(
        &self,
        state: &mut State<T>,
        fetch: impl FnOnce() -> Fetch<T>,
    ) -> (Flight<T>, Option<BoxFuture<'static, ()>>) {
        if let Some(flight) = &state.flight {
            return (flight.clone(), None);
        }
        let (sender, receiver) = oneshot::channel();
        let flight = receiver.shared();
        state.flight = Some(flight.clone());
        let landing = Landing(Arc::clone(&self.state));
        let (fetch, clock) = (fetch(), Arc::clone(&self.clock));
        let task = async move {
            let outcome = fetch.await.map(Arc::new);
            landing.record(&outcome, clock.now());
            // Nobody may be waiting any more; the copy is kept all the same.
            let _ = sender.send(outcome);
        };
        (flight, Some(Box::pin(task)))
    }

    /// Spawns outside the lock, for the task takes it.
    async fn land(&self, flight: Flight<T>, task: Option<BoxFuture<'static, ()>>) -> Outcome<T> {
        if let Some(task) = task {
            self.spawn.spawn(task);
        }
        flight.await.unwrap_or(Err(DiscoveryError::Interrupted))
    }
}

impl<T> State<T> {
    /// The copy, if it is not older than `age`. One from the future, after the clock was set back,
    /// is of unknown age.
    fn copy_within(&self, age: Duration, now: Timestamp) -> Option<Arc<T>> {
        self.copy
            .as_ref()
            .filter(|(_, fetched)| *fetched <= now && now.since(*fetched) < age)
            .map(|(copy, _)| Arc::clone(copy))
    }

    fn recent_failure(&self, now: Timestamp) -> Option<DiscoveryError> {
        self.failure
            .as_ref()
            .filter(|(_, failed)| *failed <= now && now.since(*failed) < FAILED_FOR)
            .map(|(failure, _)| failure.clone())
    }
}

/// Ends the flight when the task ends, however it ends: a task that is dropped or panics must not
/// leave followers behind that wait for ever.
struct Landing<T>(Arc<Mutex<State<T>>>);

impl<T> Landing<T> {
    fn record(self, outcome: &Outcome<T>, now: Timestamp) {
        let mut state = lock(&self.0);
        match outcome {
            Ok(document) => {
                state.copy = Some((Arc::clone(document), now));
                state.failure = None;
            }
            Err(failure) => state.failure = Some((failure.clone(), now)),
        }
    }
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        lock(&self.0).flight = None;
    }
}

/// A token bucket.
struct Budget {
    tokens: u32,
    refilled: Timestamp,
}

impl Budget {
    fn full(now: Timestamp) -> Self {
        Self {
            tokens: BURST,
            refilled: now,
        }
    }

    fn take(&mut self, now: Timestamp) -> bool {
        let due = now.since(self.refilled).as_secs() / REFILL.as_secs();
        if due > 0 || now < self.refilled {
            let due = u32::try_from(due).unwrap_or(BURST).min(BURST);
            self.tokens = (self.tokens + due).min(BURST);
            self.refilled = now;
        }
        let taken = self.tokens > 0;
        self.tokens = self.tokens.saturating_sub(1);
        taken
    }
}

/// The state stays whole even if a holder panicked: every change to it is a single assignment.
fn lock<T>(state: &Mutex<State<T>>) -> MutexGuard<'_, State<T>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
