//! [`AuthKit`]: the built, immutable configuration.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::access_token::AccessTokens;
use super::cookie::SessionCookie;
use super::exchange::Exchange;
use super::hooks::ErasedHooks;
use super::remembered::Remembered;
use super::rotation::Rotations;
use super::route::{Paths, Route, STYLE_PREFIX};
use super::settings::Resolved;
use super::verifier::VerifierCookies;
use super::workos::{ScreenHint, WorkOs};
use super::{callback, me, reply, sign_in, sign_out};
use crate::component::{Components, HostedPaths};
use crate::cookie::Cookies;
use crate::http::{HttpClient, Request, RequestView, Response};
use crate::origin::{Origin, OriginError};
use crate::page::{Frame, Languages, Look, PageFunctions};
use crate::return_to::ReturnTo;
use crate::seal::iron::IronPasswords;
use crate::session::{ExpiringSet, Lookup, ReadError, Session, SessionSource, Visit};
use crate::spawn::{BoxFuture, Spawn};
use crate::time::{Clock, Timestamp};

/// Sign-in by WorkOS AuthKit, configured. Immutable and cheap to clone.
#[derive(Clone)]
pub struct AuthKit(Arc<Inner>);

/// Everything that the routes work with.
pub(super) struct Inner {
    pub(super) workos: WorkOs,
    pub(super) tokens: AccessTokens,
    pub(super) rotations: Rotations,
    pub(super) passwords: IronPasswords,
    pub(super) cookie: SessionCookie,
    pub(super) verifiers: VerifierCookies,
    /// Sessions that were opened from a cookie, ...
    pub(super) remembered: Remembered<Session>,
    /// ... and those that came as a bearer token. Neither counts as the other.
    pub(super) bearers: Remembered<Session>,
    /// Sign-ins that have come back, so that none comes back twice.
    pub(super) finished: ExpiringSet,
    pub(super) paths: Paths,
    pub(super) origin: Origin,
    pub(super) redirect_uri: String,
    pub(super) after_sign_in: ReturnTo,
    pub(super) after_sign_out: ReturnTo,
    pub(super) refresh_buffer: Option<Duration>,
    pub(super) bearer_tokens: bool,
    pub(super) hooks: ErasedHooks,
    pub(super) frame: Frame,
    pub(super) clock: Arc<dyn Clock>,
    /// Sessions that somebody has signed out of here.
    ended: ExpiringSet,
    warnings: Vec<String>,
}

/// What `build()` hands over.
pub(super) struct Parts {
    pub(super) resolved: Resolved,
    pub(super) http_client: Arc<dyn HttpClient>,
    pub(super) spawn: Arc<dyn Spawn>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) hooks: ErasedHooks,
    pub(super) look: Look,
    pub(super) languages: Languages,
    pub(super) page_functions: PageFunctions,
    /// In bytes.
    pub(super) session_cache: usize,
    pub(super) warnings: Vec<String>,
}

/// The part of the memory for sessions that verified tokens may take besides: a cookie that is new
/// may hold a token that is not.
const TOKENS_SHARE: usize = 4;

/// How many finished sign-ins are remembered, each for the time in which it could be replayed.
const MAX_FINISHED: usize = 100_000;

/// How many ended sessions are remembered: some 12 MB when full.
const MAX_ENDED: usize = 200_000;

/// How long a session that has ended here stays so in this process. By then its tokens are dead:
/// the sign-out has ended it at WorkOS.
const ENDED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

impl AuthKit {
    pub(super) fn new(parts: Parts) -> Self {
        let Parts { resolved, .. } = parts;
        let workos = WorkOs::with_adapters(
            resolved.credentials,
            resolved.api,
            Arc::clone(&parts.http_client),
            Arc::clone(&parts.clock),
            Arc::clone(&parts.spawn),
        );
        let tokens = AccessTokens::new(&workos, resolved.issuers)
            .remembering(parts.session_cache / TOKENS_SHARE);
        Self(Arc::new(Inner {
            verifiers: VerifierCookies::new(
                resolved.passwords.clone(),
                resolved.cookie.attributes.clone(),
            ),
            rotations: Rotations::new(Arc::clone(&parts.clock), parts.spawn),
            tokens,
            workos,
            passwords: resolved.passwords,
            cookie: resolved.cookie,
            remembered: Remembered::new(parts.session_cache),
            bearers: Remembered::new(match resolved.bearer_tokens {
                true => parts.session_cache,
                false => 0,
            }),
            finished: ExpiringSet::new(MAX_FINISHED),
            paths: resolved.paths,
            origin: resolved.origin,
            redirect_uri: resolved.redirect_uri,
            after_sign_in: resolved.after_sign_in,
            after_sign_out: resolved.after_sign_out,
            refresh_buffer: resolved.refresh_buffer,
            bearer_tokens: resolved.bearer_tokens,
            hooks: parts.hooks,
            frame: Frame::new(STYLE_PREFIX, parts.look)
                .with_functions(parts.page_functions)
                .speaking(parts.languages),
            clock: parts.clock,
            ended: ExpiringSet::new(MAX_ENDED),
            warnings: parts.warnings,
        }))
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The API of WorkOS, with the key and the client id of this configuration.
    pub fn workos(&self) -> &WorkOs {
        &self.0.workos
    }

    /// The paths that [`handle`](Self::handle) answers.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.paths.all().into_iter().map(|(path, _)| path)
    }

    /// What `build()` found worth saying, a sentence each. They are in the log, too.
    pub fn warnings(&self) -> &[String] {
        &self.0.warnings
    }

    /// Answers a request to one of [`paths`](Self::paths).
    ///
    /// Never fails: whatever a stranger sends ends in a page, a redirect or JSON with a 4xx status;
    /// only a session that cannot be read at the moment is a 503.
    pub async fn handle(&self, request: Request) -> Response {
        let Some(route) = self.0.paths.route(request.uri().path()) else {
            return reply::problem(StatusCode::NOT_FOUND, "unknown_action", "Page not found");
        };
        if route == Route::Stylesheet {
            return self.0.frame.stylesheet.respond();
        }
        let exchange = Exchange::begin(self, &request);
        match (route, request.method().as_str()) {
            (Route::SignIn, "GET" | "HEAD") => sign_in::start(&exchange, ScreenHint::SignIn),
            (Route::SignUp, "GET" | "HEAD") => sign_in::start(&exchange, ScreenHint::SignUp),
            // A HEAD must not use up the code.
            (Route::Callback, "GET") => callback::finish(&exchange).await,
            (Route::SignOut, "GET" | "HEAD") => sign_out::page(&exchange, StatusCode::OK),
            (Route::SignOut, "POST") => sign_out::end(&exchange),
            (Route::Me, "GET" | "HEAD") => me::show(&exchange).await,
            _ => reply::method_not_allowed(match route {
                Route::SignOut => "GET, HEAD, POST",
                Route::Callback => "GET",
                _ => "GET, HEAD",
            }),
        }
    }
}

impl Inner {
    pub(super) fn has_ended(&self, session: &Session, now: Timestamp) -> bool {
        session.id().is_some_and(|id| self.ended.contains(id, now))
    }

    /// Ends a session in this process: neither its cookie nor one that it was renewed to counts.
    pub(super) fn end(&self, session_id: &str) {
        let now = self.clock.now();
        self.ended.insert(session_id, now.plus(ENDED_FOR), now);
    }

    /// Somebody has signed in with a session that has ended here: a browser that never got as far
    /// as WorkOS still has it there, and would be sent round in circles.
    pub(super) fn begin(&self, session: &Session) {
        let now = self.clock.now();
        if let Some(id) = session.id().filter(|id| self.ended.contains(id, now)) {
            self.ended.insert(id, now, now);
        }
    }
}

impl std::fmt::Debug for AuthKit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuthKit")
            .field("origin", &self.0.origin)
            .field("paths", &self.0.paths)
            .finish_non_exhaustive()
    }
}

impl SessionSource for AuthKit {
    fn read<'a>(&'a self, request: &dyn RequestView) -> Lookup<'a> {
        self.0.read(request)
    }

    fn read_at_once(&self, request: &dyn RequestView) -> Option<Result<Option<Visit>, ReadError>> {
        let session = self.0.read_at_once(request)?;
        Some(Ok(session.map(|session| Visit::of(self, session))))
    }

    fn renew<'a>(
        &'a self,
        request: &dyn RequestView,
        session: &Session,
    ) -> BoxFuture<'a, Result<Vec<HeaderValue>, ReadError>> {
        let cookies = self.0.renewed_cookies(session, &Cookies::of(request));
        Box::pin(std::future::ready(cookies))
    }

    fn renewal_is_due(&self, session: &Session) -> bool {
        session.renewed().is_some()
    }

    fn removal(&self, request: &dyn RequestView) -> Vec<HeaderValue> {
        self.0.removal(&Cookies::of(request))
    }

    fn accepts_bearer(&self) -> bool {
        self.0.bearer_tokens
    }

    fn origin(&self, _: &dyn RequestView) -> Result<Origin, OriginError> {
        Ok(self.0.origin.clone())
    }

    fn sign_in_path(&self) -> &str {
        &self.0.paths.sign_in
    }

    fn stylesheet_path(&self) -> Option<String> {
        Some(self.0.frame.stylesheet_path.clone())
    }

    fn components(&self, _: &dyn RequestView) -> Result<Option<Components>, OriginError> {
        let paths = &self.0.paths;
        Ok(Some(Components::hosted(HostedPaths {
            sign_in: paths.sign_in.clone(),
            sign_up: paths.sign_up.clone(),
            sign_out: paths.sign_out.clone(),
        })))
    }

    fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}
