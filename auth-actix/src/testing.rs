//! A scripted source of sessions.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth_core::{
    BoxFuture, Lookup, Origin, OriginError, ReadError, RequestView, Session, SessionSource,
    Timestamp, known,
};
use futures_util::future::Either;
use http::HeaderValue;
use serde_json::json;

use crate::lookup::Source;

/// What the script answers.
#[derive(Clone, Default)]
pub(crate) struct Script {
    pub(crate) session: Option<Session>,
    pub(crate) fails: bool,
    pub(crate) wrong_host: bool,
    /// As a store does: the answer is not there at once.
    pub(crate) waits: bool,
    pub(crate) renewed: Vec<&'static str>,
    /// What removes a cookie that is over.
    pub(crate) removal: Vec<&'static str>,
    pub(crate) renewal_fails: bool,
    /// Lookups that began, waited for or not: what a source does up to then is work, too.
    pub(crate) begun: Arc<AtomicUsize>,
    pub(crate) reads: Arc<AtomicUsize>,
    pub(crate) renewals: Arc<AtomicUsize>,
    /// The cookie header that the last renewal saw.
    pub(crate) seen: Arc<std::sync::Mutex<Vec<u8>>>,
}

impl Script {
    pub(crate) fn guest() -> Self {
        Self::default()
    }

    pub(crate) fn signed_in(session: Session) -> Self {
        Self {
            session: Some(session),
            ..Self::default()
        }
    }

    pub(crate) fn down() -> Self {
        Self {
            fails: true,
            ..Self::default()
        }
    }

    pub(crate) fn source(&self) -> Source {
        Arc::new(self.clone())
    }

    pub(crate) fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }

    fn answer(&self) -> Result<Option<Session>, ReadError> {
        if self.wrong_host {
            return Err(OriginError::UnknownHost.into());
        }
        match self.fails {
            true => Err(ReadError::Callback("sentinel of the store".into())),
            false => Ok(self.session.clone()),
        }
    }
}

/// The time that scripts take for now.
pub(crate) const NOW: i64 = 1_000_000;

/// Ada, signed in a minute ago, with the role `staff` and the permission `posts:write`.
pub(crate) fn ada() -> Session {
    Session::danger_from_claims(&json!({
        "sub": "example:1", "name": "Ada", "iat": NOW, "exp": NOW + 1000, "auth_time": NOW - 60,
        "roles": ["staff"], "permissions": ["posts:write"], "tenant": 7,
    }))
    .unwrap()
}

/// Resolves at the second poll.
async fn later() {
    let mut polled = false;
    std::future::poll_fn(|cx| match std::mem::replace(&mut polled, true) {
        true => std::task::Poll::Ready(()),
        false => {
            cx.waker().wake_by_ref();
            std::task::Poll::Pending
        }
    })
    .await;
}

impl SessionSource for Script {
    fn read<'a>(&'a self, _: &dyn RequestView) -> Lookup<'a> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        if !self.waits {
            self.reads.fetch_add(1, Ordering::Relaxed);
            return known(self.answer());
        }
        Either::Right(Box::pin(async move {
            self.reads.fetch_add(1, Ordering::Relaxed);
            later().await;
            self.answer()
        }))
    }

    fn renew<'a>(
        &'a self,
        request: &dyn RequestView,
        _: &Session,
    ) -> BoxFuture<'a, Result<Vec<HeaderValue>, ReadError>> {
        request.each_header("cookie", &mut |cookie| {
            *self.seen.lock().unwrap() = cookie.to_vec();
        });
        Box::pin(async move {
            later().await;
            self.renewals.fetch_add(1, Ordering::Relaxed);
            if self.renewal_fails {
                return Err(ReadError::Callback("sentinel of a callback".into()));
            }
            let cookies = self.renewed.iter();
            Ok(cookies
                .map(|cookie| HeaderValue::from_static(cookie))
                .collect())
        })
    }

    fn removal(&self, _: &dyn RequestView) -> Vec<HeaderValue> {
        let cookies = self.removal.iter();
        cookies
            .map(|cookie| HeaderValue::from_static(cookie))
            .collect()
    }

    fn origin(&self, _: &dyn RequestView) -> Result<Origin, OriginError> {
        match self.wrong_host {
            true => Err(OriginError::UnknownHost),
            false => Origin::parse("https://app.example"),
        }
    }

    fn sign_in_path(&self) -> &str {
        "/api/auth/signin"
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_unix(NOW)
    }
}
