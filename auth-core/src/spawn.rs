//! Work that must outlive the request that began it.
//!
//! A browser may drop its connection at any await. What has begun and others rely on, such as a
//! fetch of signing keys that ten sign-ins wait for, is handed to [`Spawn`] and runs to its end.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs a future to its end, detached from the caller, and lets time pass.
pub trait Spawn: Send + Sync + 'static {
    /// Starts `future`; returns at once.
    fn spawn(&self, future: BoxFuture<'static, ()>);

    /// Completes after `duration`: the wait before a call that failed is tried again.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}
