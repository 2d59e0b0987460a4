//! [`Auth`]: the built, immutable configuration.

use std::sync::Arc;

use http::HeaderValue;

use crate::http::{Request, RequestView, Response};
use crate::origin::{Origin, OriginError};
use crate::session::{Lookup, ReadError, Session, SessionSource, known};
use crate::spawn::BoxFuture;
use crate::time::Timestamp;

/// Sign-in, configured. Immutable and cheap to clone.
#[derive(Clone)]
pub struct Auth(Arc<Inner>);

struct Inner {
    prefix: String,
}

impl Auth {
    /// The path under which the routes are mounted: `/api/auth`.
    pub fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// The registered providers: id and name, in order.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &str)> {
        std::iter::empty()
    }

    /// Answers a request to one of the sign-in endpoints.
    pub async fn handle(&self, request: Request) -> Response {
        let _ = request;
        Response::default()
    }
}

impl SessionSource for Auth {
    fn read<'a>(&'a self, _request: &dyn RequestView) -> Lookup<'a> {
        known(Ok(None))
    }

    fn renew<'a>(
        &'a self,
        _request: &dyn RequestView,
        _session: &Session,
    ) -> BoxFuture<'a, Result<Vec<HeaderValue>, ReadError>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn origin(&self, _request: &dyn RequestView) -> Result<Origin, OriginError> {
        Err(OriginError::UnknownHost)
    }

    fn sign_in_path(&self) -> &str {
        "/api/auth/signin"
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_unix(0)
    }
}
