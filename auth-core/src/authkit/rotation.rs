//! Refreshes: one for each refresh token, whoever asks, finished even if nobody waits any more.
//!
//! A refresh token works once. Requests that come with the same one, at the same time or a little
//! later, are given what the first of them got: a browser sends many at a time, and one that hung
//! up never received the new cookie.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use futures_channel::oneshot;
use futures_util::FutureExt as _;
use futures_util::future::Shared;

use super::sealed::SealedSession;
use super::workos::WorkOsError;
use crate::spawn::{BoxFuture, Spawn};
use crate::time::{Clock, Timestamp};

/// How long what became of a refresh token is remembered: as long as an access token is good for by
/// default.
const REMEMBERED_FOR: Duration = Duration::from_secs(5 * 60);

/// How long a refresh ahead of time is not tried again after WorkOS did not answer.
const BACK_OFF: Duration = Duration::from_secs(5);

/// How many refresh tokens are remembered, at some 4 KB each. The oldest is forgotten first.
const MOST: usize = 10_000;

/// A pair of tokens that came out of a refresh, sealed.
pub(super) struct Rotated {
    pub(super) session: SealedSession,
    /// The value of its cookie.
    pub(super) sealed: Arc<str>,
    /// The organisation that a switch asked for; `None` for a plain refresh.
    pub(super) switched_to: Option<String>,
    pub(super) at: Timestamp,
}

/// Why there is no new pair.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum RotationError {
    /// WorkOS would not, or could not be asked.
    #[error("the refresh failed")]
    WorkOs(#[source] Arc<WorkOsError>),
    /// The task that asked was dropped.
    #[error("the refresh was interrupted")]
    Interrupted,
    /// WorkOS could not be asked a moment ago, and this refresh can wait.
    #[error("the refresh is put off")]
    PutOff,
}

impl RotationError {
    /// Whether the session is over, rather than WorkOS out of reach.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::WorkOs(error) if error.ends_session())
    }
}

pub(super) type Outcome = Result<Arc<Rotated>, RotationError>;
type Call = BoxFuture<'static, Result<Rotated, WorkOsError>>;

/// A refresh under way.
#[derive(Clone)]
struct Flight {
    outcome: Shared<oneshot::Receiver<Outcome>>,
    is_switch: bool,
}

/// What became of refresh tokens.
#[derive(Clone)]
pub(super) struct Rotations {
    state: Arc<Mutex<State>>,
    clock: Arc<dyn Clock>,
    spawn: Arc<dyn Spawn>,
}

/// By a digest, so that no token lies about that is good no more.
type Name = [u8; 32];

#[derive(Default)]
struct State {
    flights: HashMap<Name, Flight>,
    outcomes: HashMap<Name, (Outcome, Timestamp)>,
    in_order: VecDeque<(Name, Timestamp)>,
}

/// What a refresh is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A token that has expired.
    Needed,
    /// A token that is about to.
    Ahead,
    /// Another organisation, named here.
    Switch(String),
}

impl Purpose {
    fn is_switch(&self) -> bool {
        matches!(self, Self::Switch(_))
    }
}

/// What [`Rotations::begin`] found.
enum Begun {
    Known(Outcome),
    Flying(Flight, Option<BoxFuture<'static, ()>>),
}

impl Rotations {
    pub(super) fn new(clock: Arc<dyn Clock>, spawn: Arc<dyn Spawn>) -> Self {
        Self {
            state: Arc::default(),
            clock,
            spawn,
        }
    }

    /// What comes, or came, of `refresh_token`; `refresh` is called if nobody has asked before.
    ///
    /// The pair may be another than the purpose wants: one that has expired since, or one of
    /// another organisation. Then its own refresh token is the one to ask with.
    pub(super) async fn rotate(
        &self,
        refresh_token: &str,
        purpose: &Purpose,
        refresh: impl Fn() -> Call,
    ) -> Outcome {
        let name = name(refresh_token);
        loop {
            let (flight, task) = match self.begin(name, purpose, &refresh) {
                Begun::Known(outcome) => return outcome,
                Begun::Flying(flight, task) => (flight, task),
            };
            // Spawned outside the lock, for the task takes it.
            if let Some(task) = task {
                self.spawn.spawn(task);
            }
            let outcome = flight.outcome.await;
            let outcome = outcome.unwrap_or(Err(RotationError::Interrupted));
            // A switch that failed says nothing of the session: a refresh has yet to be tried.
            if outcome.is_ok() || flight.is_switch == purpose.is_switch() {
                return outcome;
            }
        }
    }

    /// Whether the session with `refresh_token` is known to be over.
    pub(super) fn has_ended(&self, refresh_token: &str) -> bool {
        let now = self.clock.now();
        let state = self.lock();
        state
            .outcome(&name(refresh_token), now)
            .is_some_and(|outcome| matches!(outcome, Err(error) if error.is_terminal()))
    }

    fn begin(&self, name: Name, purpose: &Purpose, refresh: impl FnOnce() -> Call) -> Begun {
        let now = self.clock.now();
        let mut state = self.lock();
        if let Some(flight) = state.flights.get(&name) {
            return Begun::Flying(flight.clone(), None);
        }
        match state.outcome(&name, now) {
            Some(Err(error)) if !error.is_terminal() => {
                let can_wait = *purpose == Purpose::Ahead;
                if can_wait && state.is_recent(&name, now) {
                    return Begun::Known(Err(RotationError::PutOff));
                }
                // Whoever cannot do without asks again.
            }
            Some(outcome) => return Begun::Known(outcome.clone()),
            None => {}
        }
        let (sender, receiver) = oneshot::channel();
        let flight = Flight {
            outcome: receiver.shared(),
            is_switch: purpose.is_switch(),
        };
        state.flights.insert(name, flight.clone());
        let landing = Landing {
            state: Arc::clone(&self.state),
            name,
        };
        let (refresh, clock) = (refresh(), Arc::clone(&self.clock));
        let is_switch = flight.is_switch;
        let task = async move {
            let outcome = match refresh.await {
                Ok(rotated) => Ok(Arc::new(rotated)),
                Err(error) => Err(RotationError::WorkOs(Arc::new(error))),
            };
            if outcome.is_ok() || !is_switch {
                landing.record(&outcome, clock.now());
            } else {
                drop(landing);
            }
            // Nobody may be waiting any more; the pair is remembered all the same.
            let _ = sender.send(outcome);
        };
        Begun::Flying(flight, Some(Box::pin(task)))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    fn outcome(&self, name: &Name, now: Timestamp) -> Option<&Outcome> {
        let (outcome, at) = self.outcomes.get(name)?;
        (now.since(*at) < REMEMBERED_FOR).then_some(outcome)
    }

    fn is_recent(&self, name: &Name, now: Timestamp) -> bool {
        let at = self.outcomes.get(name).map(|(_, at)| *at);
        at.is_some_and(|at| now.since(at) < BACK_OFF)
    }

    fn remember(&mut self, name: Name, outcome: Outcome, now: Timestamp) {
        while let Some((first, at)) = self.in_order.front().copied() {
            if now.since(at) < REMEMBERED_FOR && self.in_order.len() < MOST {
                break;
            }
            self.in_order.pop_front();
            // It may have been asked again since.
            if self.outcomes.get(&first).is_some_and(|it| it.1 == at) {
                self.outcomes.remove(&first);
            }
        }
        self.outcomes.insert(name, (outcome, now));
        self.in_order.push_back((name, now));
    }
}

/// Ends the flight when the task ends, however it ends: one that is dropped or panics must not
/// leave followers behind that wait for ever.
struct Landing {
    state: Arc<Mutex<State>>,
    name: Name,
}

impl Landing {
    fn record(self, outcome: &Outcome, now: Timestamp) {
        lock(&self.state).remember(self.name, outcome.clone(), now);
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        lock(&self.state).flights.remove(&self.name);
    }
}

/// The state stays whole even if a holder panicked: it is maps, changed one entry at a time.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn name(refresh_token: &str) -> Name {
    let hash = digest(&SHA256, refresh_token.as_bytes());
    let mut name = Name::default();
    name.copy_from_slice(hash.as_ref());
    name
}
