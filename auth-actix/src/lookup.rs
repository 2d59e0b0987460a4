//! One lookup per request, whoever asks: the guard, an extractor, a middleware.
//!
//! What was found is kept in the request's extensions and shared with the middleware, which needs
//! it when the request itself is gone.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};
use auth_core::{Components, OriginError, ReadError, Session, SessionSource, Visit};
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

/// A lookup is over: what it found stands in the entry of the request.
type Settled = Result<(), Error>;

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
    #[inline]
    fn find(&mut self, source: &Source) -> Option<&mut Asked> {
        let is_it = |asked: &&mut Asked| same(&asked.source, source);
        let first = self.first.as_mut().filter(is_it);
        first.or_else(|| self.others.iter_mut().find(is_it))
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

impl Asked {
    fn new(source: &LocalSource, state: State, snapshot: Option<Box<Snapshot>>) -> Self {
        Self {
            source: Rc::clone(source),
            state,
            snapshot,
            components: None,
            removal: Vec::new(),
            finished: false,
        }
    }
}

enum State {
    /// Somebody waits for the answer; whoever else wants it waits for the lock.
    Asking(Rc<Mutex<()>>),
    Known(Option<Session>),
    /// Not asked again: a store that is down does not come back within a request.
    Failed(Reason),
}

/// What the middleware has to finish.
pub(crate) enum Finish {
    /// Nothing: no session was asked for, or somebody has finished it.
    Nothing,
    /// The headers that keep the response private.
    Privacy,
    /// Those, and cookies.
    Cookies(Box<Cookies>),
}

/// The cookies that go with a response.
pub(crate) struct Cookies {
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
    pub(crate) fn finish(&self, source: &Source) -> Finish {
        let mut asked = self.asked.borrow_mut();
        let Some(asked) = asked.find(source) else {
            return Finish::Nothing;
        };
        if std::mem::replace(&mut asked.finished, true) {
            return Finish::Nothing;
        }
        if asked.snapshot.is_none() && asked.components.is_none() && asked.removal.is_empty() {
            return Finish::Privacy;
        }
        let session = match &asked.state {
            State::Known(session) => session.clone(),
            State::Asking(_) | State::Failed(_) => None,
        };
        let components = asked.components.as_ref();
        Finish::Cookies(Box::new(Cookies {
            form_cookie: components.and_then(|components| components.set_cookie().cloned()),
            due: session.zip(asked.snapshot.take()),
            removal: std::mem::take(&mut asked.removal),
        }))
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

    /// How far the lookup at `source` is; `None` before it began.
    #[inline]
    fn progress(&self, request: &HttpRequest, source: &Source) -> Option<Progress> {
        let mut asked = self.asked.borrow_mut();
        Some(match &asked.find(source)?.state {
            State::Known(_) => Progress::Settled(Ok(())),
            State::Failed(reason) => Progress::Settled(Err(refusal(request, *reason))),
            State::Asking(turn) => Progress::Asking(Rc::clone(turn)),
        })
    }

    /// The session that a settled lookup at `source` found. Where none is settled, nobody is a guest.
    #[inline]
    fn session(&self, request: &HttpRequest, source: &Source) -> Result<Option<Session>, Error> {
        let mut asked = self.asked.borrow_mut();
        match asked.find(source).map(|asked| &asked.state) {
            Some(State::Known(session)) => Ok(session.clone()),
            Some(State::Asking(_) | State::Failed(_)) | None => {
                Err(refusal(request, Reason::Unavailable))
            }
        }
    }

    /// Whether a settled lookup at `source` found one.
    #[inline]
    fn is_signed_in(&self, source: &Source) -> bool {
        let mut asked = self.asked.borrow_mut();
        let asked = asked.find(source);
        asked.is_some_and(|asked| matches!(asked.state, State::Known(Some(_))))
    }

    /// Writes down what is known of `source`; what was, is gone.
    fn set(&self, asked: Asked) {
        let mut all = self.asked.borrow_mut();
        match all.find(&asked.source) {
            Some(before) => {
                before.state = asked.state;
                before.snapshot = asked.snapshot;
                before.removal = asked.removal;
            }
            None => all.add(asked),
        }
    }

    fn settle(
        &self,
        request: &HttpRequest,
        source: &LocalSource,
        answer: Result<Option<Visit>, ReadError>,
    ) -> Settled {
        let visit = match answer {
            Ok(visit) => visit,
            Err(error) => {
                let reason = reason_of(&error);
                self.set(Asked::new(source, State::Failed(reason), None));
                return Err(refusal(request, reason));
            }
        };
        let due = visit.as_ref().is_some_and(|visit| visit.renewal_is_due);
        let snapshot = due.then(|| Box::new(Snapshot::of(request)));
        let session = visit.map(|visit| visit.session);
        let removal = match session {
            Some(_) => Vec::new(),
            None => source.removal(&View(request)),
        };
        let mut asked = Asked::new(source, State::Known(session), snapshot);
        asked.removal = removal;
        self.set(asked);
        Ok(())
    }
}

/// How far a lookup is.
enum Progress {
    Settled(Settled),
    /// Somebody waits for the answer.
    Asking(Rc<Mutex<()>>),
}

/// A source, and the request that asks it.
pub(crate) struct Inquiry<'r> {
    request: &'r HttpRequest,
    sessions: Rc<RequestSessions>,
    source: LocalSource,
}

impl<'r> Inquiry<'r> {
    /// Of the source that the innermost middleware brought.
    ///
    /// # Errors
    /// As [`innermost`].
    #[inline]
    pub(crate) fn innermost(request: &'r HttpRequest) -> Result<Self, Error> {
        let (sessions, source) = here(request).ok_or_else(|| missing(request))?;
        Ok(Self {
            request,
            sessions,
            source,
        })
    }

    pub(crate) fn source(&self) -> &LocalSource {
        &self.source
    }

    /// Whether it is settled, and how: at once, or `None` if that takes time. Then nothing has begun
    /// that [`settle`](Self::settle) would begin again.
    #[inline]
    pub(crate) fn settle_at_once(&self) -> Option<Result<(), Error>> {
        settle_at_once(self.request, &self.sessions, &self.source)
    }

    /// Settles it.
    ///
    /// # Errors
    /// [`Reason::Unavailable`] and [`Reason::UnknownHost`], when it cannot be told.
    pub(crate) async fn settle(&self) -> Result<(), Error> {
        settle(self.request, &self.sessions, &self.source).await
    }

    /// What was found, once it is settled.
    ///
    /// # Errors
    /// [`Reason::Unavailable`] before that.
    pub(crate) fn session(&self) -> Result<Option<Session>, Error> {
        self.sessions.session(self.request, &self.source)
    }

    /// Whether anybody was found, once it is settled.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.sessions.is_signed_in(&self.source)
    }
}

/// The source that the innermost middleware brought.
///
/// # Errors
/// [`Reason::Misconfigured`], with a log line, when there is no middleware around the route.
pub(crate) fn innermost(request: &HttpRequest) -> Result<LocalSource, Error> {
    find_innermost(request).ok_or_else(|| missing(request))
}

#[cold]
fn missing(request: &HttpRequest) -> Error {
    tracing::error!(
        path = request.uri().path(),
        "a session is asked for, but no middleware is around this route: \
         add `.wrap(auth.middleware())` to the `App` or the scope"
    );
    refusal(request, Reason::Misconfigured)
}

/// As [`innermost`], where there may be none.
pub(crate) fn find_innermost(request: &HttpRequest) -> Option<LocalSource> {
    here(request).map(|(_, source)| source)
}

/// What is known of the sessions of `request`, and the source of the innermost middleware.
#[inline]
fn here(request: &HttpRequest) -> Option<(Rc<RequestSessions>, LocalSource)> {
    let extensions = request.extensions();
    let sessions = extensions.get::<Rc<RequestSessions>>()?;
    let source = sessions.innermost.borrow().clone()?;
    Some((Rc::clone(sessions), source))
}

/// `source` as it is known in this worker.
pub(crate) fn local(request: &HttpRequest, source: &Source) -> LocalSource {
    find_innermost(request)
        .filter(|innermost| same(innermost, source))
        .unwrap_or_else(|| Rc::new(Arc::clone(source)))
}

/// Makes `session` the one of `request`, for a renewal to write.
pub(crate) fn replace(request: &HttpRequest, source: &LocalSource, session: Session) {
    let snapshot = Some(Box::new(Snapshot::of(request)));
    let asked = Asked::new(source, State::Known(Some(session)), snapshot);
    RequestSessions::of(request).set(asked);
}

/// Settles what was settled before, and what `source` answers without waiting.
#[inline]
fn settle_at_once(
    request: &HttpRequest,
    sessions: &RequestSessions,
    source: &LocalSource,
) -> Option<Settled> {
    match sessions.progress(request, source) {
        Some(Progress::Settled(settled)) => Some(settled),
        Some(Progress::Asking(_)) => None,
        None => {
            let answer = source.read_at_once(&View(request))?;
            Some(sessions.settle(request, source, answer))
        }
    }
}

/// Settles what [`settle_at_once`] did not.
async fn settle(
    request: &HttpRequest,
    sessions: &RequestSessions,
    source: &LocalSource,
) -> Settled {
    let read = || source.read(&View(request));
    let answer = match sessions.progress(request, source) {
        Some(Progress::Settled(settled)) => return settled,
        Some(Progress::Asking(turn)) => {
            let _turn = turn.lock().await;
            match sessions.progress(request, source) {
                Some(Progress::Settled(settled)) => return settled,
                // Whoever asked gave up before the answer came.
                Some(Progress::Asking(_)) | None => read().await,
            }
        }
        None => match read() {
            Either::Left(ready) => ready.into_inner(),
            Either::Right(pending) => {
                let turn = Rc::new(Mutex::new(()));
                // Nobody else has seen this lock: it is free.
                let _turn = turn.try_lock();
                sessions.set(Asked::new(source, State::Asking(Rc::clone(&turn)), None));
                pending.await
            }
        },
    };
    let visit = answer.map(|session| session.map(|session| Visit::of(&***source, session)));
    sessions.settle(request, source, visit)
}

/// The session of `request` as `source` reads it, asked for once.
pub(crate) async fn session(
    request: &HttpRequest,
    source: &LocalSource,
) -> Result<Option<Session>, Error> {
    let sessions = RequestSessions::of(request);
    match settle_at_once(request, &sessions, source) {
        Some(settled) => settled?,
        None => settle(request, &sessions, source).await?,
    }
    sessions.session(request, source)
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
