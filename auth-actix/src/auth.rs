//! [`Auth`] for actix-web.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use actix_web::HttpRequest;
use auth_core::{AnswerAtOnce, AuthBuilder, RequestView};
use futures_util::future::LocalBoxFuture;

use crate::error::Error;
use crate::extract::Session;
use crate::lookup::{self, Source};
use crate::middleware::SessionMiddleware;
use crate::outbound::{CurrentRuntime, Outbound};
use crate::service::{Endpoints, Mounts, Routes};

/// Sign-in, configured. Immutable and cheap to clone: build it once, clone it into every worker.
#[derive(Clone)]
pub struct Auth {
    source: Source,
    mounted: Arc<Mounted>,
}

/// What `routes()` serves.
struct Mounted {
    core: auth_core::Auth,
    announced: AtomicBool,
}

impl Auth {
    /// Collects the configuration; `build()` checks all of it at once.
    pub fn builder() -> AuthBuilder<Self> {
        AuthBuilder::with_adapters(Outbound::new(), CurrentRuntime)
    }

    /// The middleware for `.wrap(..)`: makes sessions readable inside, and writes the cookie of a
    /// renewed one.
    pub fn middleware(&self) -> SessionMiddleware {
        SessionMiddleware::new(Arc::clone(&self.source))
    }

    /// The service for `.service(..)`: the sign-in endpoints, under `/api/auth` unless the builder
    /// says otherwise.
    ///
    /// Register it on the `App` itself, and before any scope that holds its prefix: a
    /// `web::scope("/api")` registered earlier answers 404 in its place.
    pub fn routes(&self) -> Routes {
        Routes::new(Arc::clone(&self.mounted) as Arc<dyn Endpoints>)
    }

    /// The session of `request`, in places that have no extractors. Asked for once per request,
    /// whoever asks.
    ///
    /// # Errors
    /// [`Reason::Unavailable`](crate::Reason::Unavailable) when it cannot be told whether somebody
    /// is signed in. Do not take that for a guest.
    pub async fn session(&self, request: &HttpRequest) -> Result<Option<Session>, Error> {
        let source = lookup::local(request, &self.source);
        let session = lookup::session(request, &source).await?;
        session.map(Session::from_core).transpose()
    }
}

impl From<auth_core::Auth> for Auth {
    fn from(core: auth_core::Auth) -> Self {
        Self {
            source: Arc::new(core.clone()),
            mounted: Arc::new(Mounted {
                core,
                announced: AtomicBool::new(false),
            }),
        }
    }
}

impl Deref for Auth {
    type Target = auth_core::Auth;

    fn deref(&self) -> &Self::Target {
        &self.mounted.core
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth")
            .field("prefix", &self.prefix())
            .finish_non_exhaustive()
    }
}

impl Endpoints for Mounted {
    fn mounts(&self) -> Mounts<'_> {
        Mounts::Prefix(self.core.prefix())
    }

    fn announced(&self) -> &AtomicBool {
        &self.announced
    }

    fn answer_at_once(&self, request: &dyn RequestView) -> Option<AnswerAtOnce> {
        self.core.answer_at_once(request)
    }

    fn handle<'a>(
        &'a self,
        request: auth_core::Request,
    ) -> LocalBoxFuture<'a, auth_core::Response> {
        Box::pin(self.core.handle(request))
    }
}
