//! One request and what is known of it before any action runs.

use std::borrow::Cow;
use std::sync::OnceLock;

use http::{HeaderValue, Method, StatusCode};

use super::input::Input;
use super::reply::{Reader, Reply};
use super::{Failure, reply, unavailable};
use crate::auth::Inner;
use crate::cookie::{CookieNames, Cookies, Lifetime};
use crate::csrf::CsrfToken;
use crate::destination::Destination;
use crate::error::{ErrorKind, SignInError};
use crate::http::{Request, single_header};
use crate::origin::{Origin, OriginError};
use crate::page::{
    self, ContinueView, LANGUAGE_SECONDS, Next, SitePage, Speech, UI_LOCALES, Wishes, with_params,
};
use crate::resolve::ClientRequest;
use crate::return_to::ReturnTo;
use crate::secret::{ct_eq, random_hex};
use crate::session::Session;
use crate::time::Timestamp;

/// A request under the prefix, with its origin resolved and its cookies within reach.
pub(super) struct Exchange<'a> {
    pub(super) auth: &'a Inner,
    pub(super) input: Input,
    pub(super) origin: Origin,
    request: &'a Request,
    pub(super) names: &'a CookieNames,
    pub(super) cookies: Cookies<'a>,
    pub(super) now: Timestamp,
    csrf: OnceLock<Csrf>,
    destination: OnceLock<Destination>,
    /// Whether a browser posts a form here, rather than a script (Fetch Metadata).
    is_form: bool,
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
            request,
            names,
            cookies,
            now: auth.clock.now(),
            csrf: OnceLock::new(),
            destination: OnceLock::new(),
            is_form: request.method() == Method::POST
                && single_header(request, "sec-fetch-mode") == Ok(Some("navigate")),
        })
    }

    /// This request, for whoever finds a client for it.
    pub(super) fn asks(&self) -> ClientRequest<'_> {
        ClientRequest::new(&self.origin, self.request)
    }

    /// Whether an error can be shown as a page.
    pub(super) fn wants_page(&self) -> bool {
        Reader::of(self.request, &self.input) == Reader::Browser
            && unavailable::navigates(self.request)
    }

    /// Which of these providers somebody signed in with last in this browser.
    pub(super) fn last_used<'o>(&self, offered: impl Iterator<Item = &'o str>) -> Option<&'o str> {
        let setting = self.auth.last_provider;
        setting.among(offered, self.names, &self.cookies)
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

    /// Where the browser goes afterwards, by the words of this request, once the application has
    /// been asked. It is asked once.
    pub(super) async fn destination(&self) -> &Destination {
        if let Some(known) = self.destination.get() {
            return known;
        }
        let wanted = self.wanted();
        let decided = self.decide(wanted.as_deref()).await;
        self.destination.get_or_init(|| decided)
    }

    /// Where the browser goes for whoever wants to go to `text`.
    pub(super) async fn decide(&self, text: Option<&str>) -> Destination {
        Destination::decide(text, &self.origin, &*self.auth.callbacks).await
    }

    /// The body's `callbackUrl`, the query's, or the cookie's.
    fn wanted(&self) -> Option<Cow<'_, str>> {
        self.input
            .body("callbackUrl")
            .or_else(|| self.input.query("callbackUrl"))
            .map(Cow::Borrowed)
            .or_else(|| self.cookies.get(&self.names.callback_url.name))
    }

    /// To `destination`, after a form or a link.
    pub(super) fn send_to(&self, destination: &Destination) -> Reply {
        match destination {
            Destination::Ours(url) => reply::redirect(url.as_str().to_owned()),
            Destination::Chosen(url) => self.leave_for(url.host(), destination.as_str()),
        }
    }

    /// To `destination`, unless somebody who has signed in for the first time is welcomed elsewhere
    /// before.
    pub(super) fn after_sign_in(&self, destination: &Destination, is_new_user: bool) -> Reply {
        match &self.auth.pages.new_user {
            Some(page) if is_new_user => {
                reply::redirect(page.with([("callbackUrl", destination.as_str())]))
            }
            _ => self.send_to(destination),
        }
    }

    /// To an address of another origin, where `name` is. A form gets a page that goes on by itself:
    /// browsers check a redirect after a POST, and every one that follows, against the
    /// `form-action` of the page that held the form. Scripts get the plain redirect that Auth.js
    /// sends.
    pub(super) fn leave_for(&self, name: &str, url: &str) -> Reply {
        if !self.is_form {
            return reply::redirect(url.to_owned());
        }
        let view = ContinueView {
            frame: &self.auth.frame,
            speech: &self.speech(),
            url,
            to: Next::Named(name),
        };
        reply::response(page::continue_to(&view))
    }

    /// The language of this visitor.
    pub(super) fn speech(&self) -> Speech<'_> {
        let cookie = self.cookies.get(&self.names.language.name);
        let wishes = Wishes {
            ui_locales: self.input.query(UI_LOCALES),
            cookie: cookie.as_deref(),
            accept_language: single_header(self.request, "accept-language")
                .ok()
                .flatten(),
        };
        Speech::choose(&self.auth.frame.languages, &wishes)
    }

    /// A page in the language of this visitor. One that was just chosen is remembered for the pages
    /// that come after the provider.
    pub(super) fn show(
        &self,
        status: StatusCode,
        speech: &Speech<'_>,
        page: impl Into<String>,
    ) -> Reply {
        let cookie = &self.names.language;
        let known = self.cookies.get(&cookie.name);
        let chosen = speech.just_chosen();
        let cookie = chosen
            .filter(|tag| known.as_deref() != Some(*tag))
            .map(|tag| {
                let lifetime = Lifetime::MaxAge {
                    seconds: LANGUAGE_SECONDS,
                    now: self.now,
                };
                cookie.set(tag, lifetime)
            });
        reply::response(page::respond(status, speech.language, page)).with_cookies(cookie)
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
    pub(super) async fn form_cookies(&self) -> Vec<HeaderValue> {
        let mut cookies = Vec::new();
        let csrf = self.csrf_state();
        if csrf.is_new {
            cookies.push(csrf.token.cookie(&self.auth.secrets, self.names));
        }
        let return_to = self.destination().await;
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

    /// The application's own error page; not for somebody who is on the way back to it, for then
    /// it sent them away to sign in, and would again.
    pub(super) fn own_error_page(&self) -> Option<&SitePage> {
        let page = self.auth.pages.error.as_ref()?;
        let wanted = self.wanted();
        let wanted = wanted.and_then(|text| ReturnTo::parse(&text, &self.origin));
        (wanted.as_ref().map(ReturnTo::path) != Some(page.path())).then_some(page)
    }

    /// The redirect that shows a failure, and the log line with the same reference.
    pub(super) fn failed(&self, failure: Failure) -> Reply {
        let Failure { error, cookies } = failure;
        let reference = random_hex::<4>();
        report(&error, &reference);
        if let SignInError::Clients(_) = error {
            return unavailable::answer(self, &error, &reference).with_cookies(cookies);
        }
        let own = match error.page() {
            "signin" => self.auth.pages.sign_in.as_ref(),
            _ => self.own_error_page(),
        };
        let used_before = self.used_before(&error);
        let query = [
            ("error", error.authjs_type()),
            ("code", error.code()),
            ("ref", &reference),
            ("provider", &used_before),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
        let url = match own {
            Some(page) => format!("{}{}", self.origin, page.with(query)),
            None => {
                let path = self.url(&format!("/{}", error.page()));
                with_params(&path, query)
            }
        };
        reply::redirect(url).with_cookies(cookies)
    }

    /// The ids of the registered providers with which the visitor signed in before, with commas
    /// between, where they may be told.
    fn used_before(&self, error: &SignInError) -> String {
        let ids = error.used_before().iter();
        let ids: Vec<&str> = ids
            .filter(|id| self.auth.clients.registered.iter().any(|it| it.id == **id))
            .map(String::as_str)
            .collect();
        ids.join(",")
    }

    /// The answer to a script that never gets a redirect, and the log line.
    pub(super) fn refused(&self, error: &SignInError) -> Reply {
        report(error, &random_hex::<4>());
        reply::refused()
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
        ErrorKind::Config | ErrorKind::Store => {
            tracing::error!(target: "auth", code, reference, "{error}{causes}");
        }
    }
}
