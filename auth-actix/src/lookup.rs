//! One lookup per request, whoever asks: the guard, an extractor, a middleware.
//!
//! What was found is kept in the request's extensions and shared with the middleware, which needs
//! it when the request itself is gone.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};
use auth_core::{BoxFuture, Components, OriginError, ReadError, Session, SessionSource};
use futures_util::future::Either;
use http::HeaderValue;
use tokio::sync::Mutex;

use crate::caller::refusal;
use crate::convert::{Snapshot, View};
use crate::error::{Error, Reason};

/// What reads sessions: `Auth`, `AuthKit`, a script in a test.
pub(crate) type Source = Arc<dyn SessionSource>;

/// A source in one worker. Workers that counted references to the same source on every request
/// would fight over that counter.
pub(crate) type LocalSource = Rc<Source>;

type Answer = Result<Option<Session>, Error>;

/// What is known of the sessions of one request.
#[derive(Default)]
pub(crate) struct RequestSessions {
    innermost: RefCell<Option<LocalSource>>,
    asked: RefCell<AllAsked>,
}

/// The sources that were asked.
#[derive(Default)]
struct AllAsked {
    /// All that there is, unless several are mounted.
    first: Option<Asked>,
    others: Vec<Asked>,
}

impl AllAsked {
    fn find(&mut self, source: &Source) -> Option<&mut Asked> {
        let mut all = self.first.iter_mut().chain(&mut self.others);
        all.find(|asked| same(&asked.source, source))
    }

    fn add(&mut self, asked: Asked) {
        match &self.first {
            None => self.first = Some(asked),
            Some(_) => self.others.push(asked),
        }
    }
}

/// One source that was asked.
struct Asked {
    /// Kept, so that no other comes to lie where this one was.
    source: LocalSource,
    state: State,
    /// What a renewal needs; only if one may be due.
    snapshot: Option<Box<Snapshot>>,
    /// The buttons of the page; one token for all of them.
    components: Option<Rc<Components>>,
    /// The removal of a cookie that is good for nothing any more.
    removal: Vec<HeaderValue>,
    finished: bool,
}

#[derive(Clone)]
enum State {
    /// Somebody waits for the answer; whoever else wants it waits for the lock.
    Asking(Rc<Mutex<()>>),
    Known(Option<Session>),
    /// Not asked again: a store that is down does not come back within a request.
    Failed(Reason),
}

/// What the middleware has to finish.
pub(crate) struct Finished {
    /// The session that may be due for renewal.
    pub(crate) due: Option<(Session, Box<Snapshot>)>,
    /// The `Set-Cookie` value that the forms of the page need, if the browser does not have it.
    pub(crate) form_cookie: Option<HeaderValue>,
    /// The `Set-Cookie` values that remove one which is over.
    pub(crate) removal: Vec<HeaderValue>,
}

impl RequestSessions {
    /// The entry of `request`, made if there is none.
    pub(crate) fn of(request: &HttpRequest) -> Rc<Self> {
        if let Some(sessions) = request.extensions().get::<Rc<Self>>() {
            return Rc::clone(sessions);
        }
        let sessions = Rc::new(Self::default());
        request.extensions_mut().insert(Rc::clone(&sessions));
        sessions
    }

    /// Makes `source` the innermost; returns the one that was.
    pub(crate) fn enter(&self, source: LocalSource) -> Option<LocalSource> {
        self.innermost.replace(Some(source))
    }

    /// Makes `outer` the innermost again.
    pub(crate) fn leave(&self, outer: Option<LocalSource>) {
        self.innermost.replace(outer);
    }

    /// What is left to do for `source`, if it was asked; once.
    pub(crate) fn finish(&self, source: &Source) -> Option<Finished> {
        let mut asked = self.asked.borrow_mut();
        let asked = asked.find(source)?;
        if std::mem::replace(&mut asked.finished, true) {
            return None;
        }
        let session = match &asked.state {
            State::Known(session) => session.clone(),
            State::Asking(_) | State::Failed(_) => None,
        };
        let components = asked.components.as_ref();
        Some(Finished {
            form_cookie: components.and_then(|components| components.set_cookie().cloned()),
            due: session.zip(asked.snapshot.take()),
            removal: std::mem::take(&mut asked.removal),
        })
    }

    /// The buttons of `source` for the page that answers `request`, made once. Asked for after the
    /// session.
    pub(crate) fn components(
        &self,
        request: &HttpRequest,
        source: &Source,
    ) -> Result<Option<Rc<Components>>, OriginError> {
        let mut all = self.asked.borrow_mut();
        let Some(asked) = all.find(source) else {
            return Ok(None);
        };
        if asked.components.is_none() {
            asked.components = source.components(&View(request))?.map(Rc::new);
        }
        Ok(asked.components.clone())
    }

    fn state(&self, source: &Source) -> Option<State> {
        let mut asked = self.asked.borrow_mut();
        Some(asked.find(source)?.state.clone())
    }

    fn set(&self, source: &LocalSource, state: State, snapshot: Option<Box<Snapshot>>) {
        let mut asked = self.asked.borrow_mut();
        match asked.find(source) {
            Some(asked) => {
                asked.state = state;
                asked.snapshot = snapshot;
            }
            None => asked.add(Asked {
                source: Rc::clone(source),
                state,
                snapshot,
                components: None,
                removal: Vec::new(),
                finished: false,
            }),
        }
    }

    fn remove(&self, source: &Source, removal: Vec<HeaderValue>) {
        if let Some(asked) = self.asked.borrow_mut().find(source) {
            asked.removal = removal;
        }
    }

    fn settle(
        &self,
        request: &HttpRequest,
        source: &LocalSource,
        answer: Result<Option<Session>, ReadError>,
    ) -> Answer {
        match answer {
            Ok(session) => {
                let due = session
                    .as_ref()
                    .is_some_and(|session| source.renewal_is_due(session));
                let snapshot = due.then(|| Box::new(Snapshot::of(request)));
                self.set(source, State::Known(session.clone()), snapshot);
                if session.is_none() {
                    self.remove(source, source.removal(&View(request)));
                }
                Ok(session)
            }
            Err(error) => {
                let reason = reason_of(&error);
                self.set(source, State::Failed(reason), None);
                Err(refusal(request, reason))
            }
        }
    }
}

/// The source that the innermost middleware brought.
///
/// # Errors
/// [`Reason::Misconfigured`], with a log line, when there is no middleware around the route.
pub(crate) fn innermost(request: &HttpRequest) -> Result<LocalSource, Error> {
    find_innermost(request).ok_or_else(|| {
        tracing::error!(
            path = request.uri().path(),
            "a session is asked for, but no middleware is around this route: \
             add `.wrap(auth.middleware())` to the `App` or the scope"
        );
        refusal(request, Reason::Misconfigured)
    })
}

/// As [`innermost`], where there may be none.
pub(crate) fn find_innermost(request: &HttpRequest) -> Option<LocalSource> {
    let extensions = request.extensions();
    let sessions = extensions.get::<Rc<RequestSessions>>()?;
    sessions.innermost.borrow().clone()
}

/// `source` as it is known in this worker.
pub(crate) fn local(request: &HttpRequest, source: &Source) -> LocalSource {
    find_innermost(request)
        .filter(|innermost| same(innermost, source))
        .unwrap_or_else(|| Rc::new(Arc::clone(source)))
}

/// Makes `session` the one of `request`, for a renewal to write.
pub(crate) fn replace(request: &HttpRequest, source: &LocalSource, session: Session) {
    let snapshot = Box::new(Snapshot::of(request));
    RequestSessions::of(request).set(source, State::Known(Some(session)), Some(snapshot));
}

/// Begins a lookup; the answer is there at once if it is known or needs no waiting.
pub(crate) enum Lookup<'a> {
    Answered(Answer),
    Waiting(Pending<'a>),
}

/// A lookup that takes time.
pub(crate) enum Pending<'a> {
    /// Nobody else asks.
    Leader(BoxFuture<'a, Result<Option<Session>, ReadError>>),
    /// Somebody else asks already.
    Follower(Rc<Mutex<()>>),
}

pub(crate) fn start<'a>(request: &HttpRequest, source: &'a LocalSource) -> Lookup<'a> {
    let sessions = RequestSessions::of(request);
    match sessions.state(source) {
        Some(State::Known(session)) => Lookup::Answered(Ok(session)),
        Some(State::Failed(reason)) => Lookup::Answered(Err(refusal(request, reason))),
        Some(State::Asking(turn)) => Lookup::Waiting(Pending::Follower(turn)),
        None => match source.read(&View(request)) {
            Either::Left(ready) => {
                Lookup::Answered(sessions.settle(request, source, ready.into_inner()))
            }
            Either::Right(pending) => Lookup::Waiting(Pending::Leader(pending)),
        },
    }
}

/// The session of `request` as `source` reads it, asked for once.
pub(crate) async fn session(request: &HttpRequest, source: &LocalSource) -> Answer {
    let pending = match start(request, source) {
        Lookup::Answered(answer) => return answer,
        Lookup::Waiting(pending) => pending,
    };
    let sessions = RequestSessions::of(request);
    match pending {
        Pending::Leader(answer) => {
            let turn = Rc::new(Mutex::new(()));
            // Nobody else has seen this lock: it is free.
            let _turn = turn.try_lock();
            sessions.set(source, State::Asking(Rc::clone(&turn)), None);
            sessions.settle(request, source, answer.await)
        }
        Pending::Follower(turn) => {
            let _turn = turn.lock().await;
            match sessions.state(source) {
                Some(State::Known(session)) => Ok(session),
                Some(State::Failed(reason)) => Err(refusal(request, reason)),
                // Whoever asked gave up before the answer came.
                Some(State::Asking(_)) | None => {
                    let answer = source.read(&View(request)).await;
                    sessions.settle(request, source, answer)
                }
            }
        }
    }
}

fn same(a: &Source, b: &Source) -> bool {
    std::ptr::addr_eq(Arc::as_ptr(a), Arc::as_ptr(b))
}

fn reason_of(error: &ReadError) -> Reason {
    if let ReadError::Origin(error) = error {
        tracing::debug!(%error, "the origin of a request cannot be told");
        return Reason::UnknownHost;
    }
    let source = std::error::Error::source(error).map(tracing::field::display);
    tracing::error!(%error, source, "it cannot be told who is signed in");
    Reason::Unavailable
}

#[cfg(test)]
mod tests;
