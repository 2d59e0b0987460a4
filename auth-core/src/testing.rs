//! Stand-ins for the unit tests of this crate.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::http::{HttpClient, HttpError};
use crate::spawn::{BoxFuture, Spawn};
use crate::time::{Clock, Timestamp};

/// A client for tests in which nothing may be called.
pub(crate) struct NoHttp;

impl HttpClient for NoHttp {
    fn send(
        &self,
        _request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        Box::pin(std::future::ready(Err(HttpError::TimedOut)))
    }
}

/// Drops what it is given.
pub(crate) struct NoSpawn;

impl Spawn for NoSpawn {
    fn spawn(&self, _future: BoxFuture<'static, ()>) {}

    fn sleep(&self, _duration: Duration) -> BoxFuture<'static, ()> {
        no_wait()
    }
}

/// Runs what it is given at once, on the spot.
pub(crate) struct AtOnce;

impl Spawn for AtOnce {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        block_on(future);
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'static, ()> {
        no_wait()
    }
}

/// What a test waits for: nothing.
pub(crate) fn no_wait() -> BoxFuture<'static, ()> {
    Box::pin(std::future::ready(()))
}

/// A clock that stands still until it is told.
#[derive(Clone)]
pub(crate) struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    pub(crate) fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst))
    }
}

/// Runs a future that waits for nothing but what the test itself makes ready.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}
