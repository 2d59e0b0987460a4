//! [`Auth`]: the built, immutable configuration.

use std::sync::Arc;

use http::HeaderValue;

use crate::account::Directory;
use crate::action::{self, AnswerAtOnce};
use crate::callbacks::{ErasedCallbacks, Trigger};
use crate::component::Components;
use crate::cookie::{CookieNames, Cookies, CookiesByScheme};
use crate::events::Listener;
use crate::http::{Request, RequestView, Response};
use crate::last_provider::LastProvider;
use crate::origin::{Origin, OriginError, OriginPolicy};
use crate::page::{Frame, Languages, Look, PageFunctions, SitePages};
use crate::redirect_proxy::RedirectProxy;
use crate::resolve::Clients;
use crate::seal::Secrets;
use crate::session::{
    DangerSession, ExpiringSet, JwtSessions, JwtSettings, Lookup, ReadError, Session, SessionIds,
    SessionSource, Token, Visit, known,
};
use crate::spawn::BoxFuture;
use crate::time::{Clock, Timestamp};
use crate::transaction::TransactionCookies;

/// Sign-in, configured. Immutable and cheap to clone.
#[derive(Clone)]
pub struct Auth(Arc<Inner>);

/// Everything that the actions work with.
pub(crate) struct Inner {
    pub(crate) prefix: String,
    pub(crate) sign_in_path: String,
    pub(crate) session_path: String,
    pub(crate) client_path: String,
    pub(crate) frame: Frame,
    pub(crate) origins: OriginPolicy,
    pub(crate) secrets: Secrets,
    pub(crate) clients: Clients,
    pub(crate) redirect_proxy: Option<RedirectProxy>,
    pub(crate) callbacks: ErasedCallbacks,
    pub(crate) events: Listener,
    /// The users in the store, where there is one.
    pub(crate) directory: Option<Directory>,
    pub(crate) pages: SitePages,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sessions: JwtSessions,
    pub(crate) transactions: TransactionCookies,
    /// Sign-ins that have come back, so that none comes back twice.
    pub(crate) finished: ExpiringSet,
    pub(crate) session_ids: SessionIds,
    pub(crate) last_provider: LastProvider,
    cookies: CookiesByScheme,
    warnings: Vec<String>,
}

/// What `build()` hands over.
pub(crate) struct Parts {
    pub(crate) prefix: String,
    pub(crate) origins: OriginPolicy,
    pub(crate) secrets: Secrets,
    pub(crate) clients: Clients,
    pub(crate) redirect_proxy: Option<RedirectProxy>,
    pub(crate) callbacks: ErasedCallbacks,
    pub(crate) events: Listener,
    pub(crate) directory: Option<Directory>,
    pub(crate) pages: SitePages,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) page_functions: PageFunctions,
    pub(crate) look: Look,
    pub(crate) languages: Languages,
    pub(crate) sessions: JwtSettings,
    pub(crate) session_ids: SessionIds,
    pub(crate) cookies: CookiesByScheme,
    pub(crate) last_provider: LastProvider,
    pub(crate) warnings: Vec<String>,
}

/// How many finished sign-ins are remembered, each for the 15 minutes that it could be replayed:
/// some 6 MB when full. In a flood of more, sign-ins that take long are refused instead.
const MAX_FINISHED: usize = 100_000;

impl Auth {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            sign_in_path: match &parts.pages.sign_in {
                Some(page) => page.as_str().to_owned(),
                None => format!("{}/signin", parts.prefix),
            },
            session_path: format!("{}/session", parts.prefix),
            client_path: action::client::path(&parts.prefix),
            origins: parts.origins,
            clients: parts.clients,
            redirect_proxy: parts.redirect_proxy,
            callbacks: parts.callbacks,
            events: parts.events,
            directory: parts.directory,
            pages: parts.pages,
            frame: Frame::new(&parts.prefix, parts.look)
                .with_functions(parts.page_functions)
                .speaking(parts.languages),
            prefix: parts.prefix,
            clock: parts.clock,
            sessions: JwtSessions::new(&parts.secrets, &parts.cookies, parts.sessions),
            session_ids: parts.session_ids,
            transactions: TransactionCookies::new(&parts.secrets),
            secrets: parts.secrets,
            finished: ExpiringSet::new(MAX_FINISHED),
            last_provider: parts.last_provider,
            cookies: parts.cookies,
            warnings: parts.warnings,
        }))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The path under which the routes are mounted: `/api/auth`.
    pub fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// Where scripts import `signIn`, `signOut` and the rest from: `/api/auth/client.js`, with a
    /// version that lets browsers keep it for good.
    pub fn client_script(&self) -> &str {
        &self.0.client_path
    }

    /// The registered providers, id and name, in the order of registration. Clients that are found
    /// at run time are not among them.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .clients
            .registered
            .iter()
            .map(|it| (it.id.as_str(), it.name.as_str()))
    }

    /// What `build()` found worth saying, a sentence each. They are in the log, too.
    pub fn warnings(&self) -> &[String] {
        &self.0.warnings
    }

    /// Answers a request to one of the sign-in endpoints: `GET {prefix}/session` and so on.
    ///
    /// Never fails: whatever a stranger sends ends in a page, a redirect or JSON with a 4xx status.
    pub async fn handle(&self, request: Request) -> Response {
        action::handle(&self.0, &request).await
    }

    /// The answer of [`handle`](Self::handle) to a request **without a body**, where it is there
    /// already: who is signed in, to a script that asks again. `None` leaves it to `handle`.
    pub fn answer_at_once(&self, request: &dyn RequestView) -> Option<AnswerAtOnce> {
        action::answer_at_once(&self.0, request)
    }

    /// A session for whoever `session` describes, as the `Set-Cookie` values that carry it. No
    /// callback runs.
    ///
    /// # Security
    /// Whoever reaches this signs in as anybody. It is for tests and for tools of the operator.
    pub fn danger_issue_session(&self, session: DangerSession) -> Vec<HeaderValue> {
        let secure = matches!(&self.0.origins, OriginPolicy::Fixed(origins)
            if origins.iter().all(Origin::is_secure));
        let names = self.0.cookie_names(secure);
        let empty = Request::default();
        let token = session.into_token(self.0.clock.now());
        self.0
            .sessions
            .issue(token, names, &Cookies::of(&empty), self.0.clock.now())
            .unwrap_or_default()
    }
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Auth")
            .field("prefix", &self.0.prefix)
            .field("providers", &self.0.clients.registered)
            .finish_non_exhaustive()
    }
}

impl Inner {
    /// The cookies of a browser that sees us by https, or by http.
    pub(crate) fn cookie_names(&self, https: bool) -> &CookieNames {
        self.cookies.over(https)
    }

    pub(crate) fn names_for(&self, request: &dyn RequestView) -> Result<&CookieNames, OriginError> {
        Ok(self.cookie_names(self.origins.is_secure(request)?))
    }

    /// The renewed session, if it is due: the token after the `jwt` callback, `None` when the
    /// callback ended the session, or when its claims cannot be sealed anew.
    pub(crate) async fn renewed_token(
        &self,
        session: &Session,
    ) -> Result<Option<Token>, ReadError> {
        let Some(token) = Token::of(session) else {
            return Ok(None);
        };
        self.callbacks
            .jwt(token, &Trigger::Renewal)
            .await
            .map_err(|error| ReadError::Callback(error.into_source()))
    }
}

impl SessionSource for Auth {
    fn read<'a>(&'a self, request: &dyn RequestView) -> Lookup<'a> {
        let session = self.0.names_for(request).map(|names| {
            self.0
                .sessions
                .read(names, &Cookies::of(request), self.0.clock.now())
        });
        known(session.map_err(ReadError::from))
    }

    fn read_at_once(&self, request: &dyn RequestView) -> Option<Result<Option<Visit>, ReadError>> {
        let inner = &*self.0;
        let visit = inner.names_for(request).map(|names| {
            let cookies = Cookies::of(request);
            inner.sessions.visit(names, &cookies, &*inner.clock)
        });
        Some(visit.map_err(ReadError::from))
    }

    fn renew<'a>(
        &'a self,
        request: &dyn RequestView,
        session: &Session,
    ) -> BoxFuture<'a, Result<Vec<HeaderValue>, ReadError>> {
        let inner = &*self.0;
        if !inner.sessions.renewal_is_due(session, inner.clock.now()) {
            return Box::pin(std::future::ready(Ok(Vec::new())));
        }
        let names = match inner.names_for(request) {
            Ok(names) => names,
            Err(error) => return Box::pin(std::future::ready(Err(error.into()))),
        };
        let present = cookies_of(request);
        let session = session.clone();
        Box::pin(async move {
            let token = inner.renewed_token(&session).await?;
            let now = inner.clock.now();
            let cookies = Cookies::of(&present);
            Ok(match token {
                // Signed out while the callback ran: signed out wins.
                _ if inner.sessions.is_revoked(&session) => Vec::new(),
                Some(token) => inner.sessions.issue(token, names, &cookies, now)?,
                None => inner.sessions.end(Some(&session), names, &cookies, now),
            })
        })
    }

    fn renewal_is_due(&self, session: &Session) -> bool {
        self.0.sessions.renewal_is_due(session, self.0.clock.now())
    }

    fn origin(&self, request: &dyn RequestView) -> Result<Origin, OriginError> {
        self.0.origins.resolve(request)
    }

    fn sign_in_path(&self) -> &str {
        &self.0.sign_in_path
    }

    fn stylesheet_path(&self) -> Option<String> {
        Some(self.0.frame.stylesheet_path.clone())
    }

    fn components(&self, request: &dyn RequestView) -> Result<Option<Components>, OriginError> {
        Components::new(self, request).map(Some)
    }

    fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}

/// The cookies of a request, kept beyond it.
pub(crate) fn cookies_of(request: &dyn RequestView) -> Request {
    let mut kept = Request::default();
    request.each_header("cookie", &mut |value| {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            kept.headers_mut().append(http::header::COOKIE, value);
        }
    });
    kept
}
