//! One request and what is known of it before any action runs.

use std::sync::OnceLock;

use http::HeaderValue;

use super::input::Input;
use super::reply::Reply;
use super::{Failure, reply};
use crate::auth::Inner;
use crate::cookie::{CookieNames, Cookies, Lifetime};
use crate::csrf::CsrfToken;
use crate::error::{ErrorKind, SignInError};
use crate::http::{Request, single_header};
use crate::origin::{Origin, OriginError};
use crate::return_to::ReturnTo;
use crate::secret::{ct_eq, random_hex};
use crate::session::Session;
use crate::time::Timestamp;

/// A request under the prefix, with its origin resolved and its cookies within reach.
pub(super) struct Exchange<'a> {
    pub(super) auth: &'a Inner,
    pub(super) input: Input,
    pub(super) origin: Origin,
    pub(super) names: &'a CookieNames,
    pub(super) cookies: Cookies<'a>,
    pub(super) now: Timestamp,
    csrf: OnceLock<Csrf>,
    /// Whether a browser follows a link or a form here, rather than a script (Fetch Metadata).
    pub(super) is_navigation: bool,
}

/// The CSRF token of a browser, looked at only where a form is involved.
struct Csrf {
    token: CsrfToken,
    is_new: bool,
}

impl<'a> Exchange<'a> {
    pub(super) fn begin(
        auth: &'a Inner,
        request: &'a Request,
        input: Input,
    ) -> Result<Self, OriginError> {
        let origin = auth.origins.resolve(request)?;
        let names = auth.cookie_names(origin.is_secure());
        let cookies = Cookies::of(request);
        Ok(Self {
            auth,
            input,
            origin,
            names,
            cookies,
            now: auth.clock.now(),
            csrf: OnceLock::new(),
            is_navigation: single_header(request, "sec-fetch-mode") == Ok(Some("navigate")),
        })
    }

    /// The session of this browser.
    pub(super) fn session(&self) -> Option<Session> {
        self.auth.sessions.read(self.names, &self.cookies, self.now)
    }

    /// The token of this browser: the one in its cookie, or a new one.
    pub(super) fn csrf(&self) -> &CsrfToken {
        &self.csrf_state().token
    }

    fn csrf_state(&self) -> &Csrf {
        self.csrf.get_or_init(|| {
            let cookie = self.cookies.get(&self.names.csrf.name);
            let known = CsrfToken::read(&self.auth.secrets, cookie.as_deref());
            Csrf {
                is_new: known.is_none(),
                token: known.unwrap_or_else(CsrfToken::generate),
            }
        })
    }

    /// Whether a form that changes something really came from a page of ours.
    pub(super) fn require_csrf(&self) -> Result<(), SignInError> {
        let submitted = self.input.body("csrfToken").unwrap_or_default();
        let csrf = self.csrf_state();
        if csrf.is_new || !csrf.token.matches(submitted) {
            return Err(SignInError::Csrf);
        }
        Ok(())
    }

    /// Where the browser goes afterwards: the body's `callbackUrl`, the query's, the cookie's, or
    /// home. One that leads off our origin counts as home.
    pub(super) fn return_to(&self) -> ReturnTo {
        let cookie = self.cookies.get(&self.names.callback_url.name);
        self.input
            .body("callbackUrl")
            .or_else(|| self.input.query("callbackUrl"))
            .or(cookie.as_deref())
            .and_then(|text| ReturnTo::parse(text, &self.origin))
            .unwrap_or_else(|| ReturnTo::home(&self.origin))
    }

    /// `max_age` in seconds, where a protected page asked for a recent sign-in.
    pub(super) fn max_age(&self) -> Option<u64> {
        self.input
            .body("max_age")
            .or_else(|| self.input.query("max_age"))?
            .parse()
            .ok()
    }

    /// The cookies that forms need: a CSRF token and the way back, where the browser does not have
    /// them yet.
    pub(super) fn form_cookies(&self) -> Vec<HeaderValue> {
        let mut cookies = Vec::new();
        let csrf = self.csrf_state();
        if csrf.is_new {
            let value = csrf.token.cookie_value(&self.auth.secrets);
            cookies.push(self.names.csrf.set(&value, Lifetime::BrowserSession));
        }
        let return_to = self.return_to();
        let known = self.cookies.get(&self.names.callback_url.name);
        if !known.is_some_and(|known| ct_eq(known.as_bytes(), return_to.as_str().as_bytes())) {
            let cookie = &self.names.callback_url;
            cookies.push(cookie.set(return_to.as_str(), Lifetime::BrowserSession));
        }
        cookies
    }

    /// An address under the prefix.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin.as_str(), self.auth.prefix)
    }

    /// The redirect that shows a failure, and the log line with the same reference.
    pub(super) fn failed(&self, failure: Failure) -> Reply {
        let Failure { error, cookies } = failure;
        let reference = random_hex::<4>();
        report(&error, &reference);
        let url = self.url(&format!(
            "/{}?error={}&code={}&ref={reference}",
            error.page(),
            error.authjs_type(),
            error.code(),
        ));
        reply::redirect(url).with_cookies(cookies)
    }
}

/// Writes the whole chain of causes to the log, under the reference that the visitor sees.
fn report(error: &SignInError, reference: &str) {
    let mut causes = String::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        causes.push_str(": ");
        causes.push_str(&cause.to_string());
        source = cause.source();
    }
    let code = error.code();
    match error.kind() {
        ErrorKind::User => tracing::info!(target: "auth", code, reference, "{error}{causes}"),
        ErrorKind::Provider => tracing::warn!(target: "auth", code, reference, "{error}{causes}"),
        ErrorKind::Config => tracing::error!(target: "auth", code, reference, "{error}{causes}"),
    }
}
