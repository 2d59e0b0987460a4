//! Makes sessions readable inside, and after the handler writes what reading one entails: cache
//! headers, and the cookie of a renewed session.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use auth_core::Session;
use futures_util::future::{LocalBoxFuture, Ready, ready};
use pin_project_lite::pin_project;

use crate::convert::{Snapshot, header_value};
use crate::lookup::{Finish, LocalSource, RequestSessions, Source};

/// The middleware of `auth.middleware()`.
///
/// It does no work of its own until something inside asks for a session. Then the response becomes
/// `Cache-Control: private, no-store` and `Vary: Cookie`, and if a renewal is due it carries the
/// renewed cookie; a page with buttons of [`Ui`](crate::Ui) also gets the cookie that their forms
/// need. Where several are nested, the innermost answers.
#[derive(Clone)]
pub struct SessionMiddleware {
    source: Source,
}

impl SessionMiddleware {
    pub(crate) fn new(source: Source) -> Self {
        Self { source }
    }
}

impl<S, B> Transform<S, ServiceRequest> for SessionMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    type Response = ServiceResponse<B>;
    type Error = actix_web::Error;
    type Transform = SessionService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(SessionService {
            inner,
            source: Rc::new(self.source.clone()),
        }))
    }
}

/// [`SessionMiddleware`] around a service.
pub struct SessionService<S> {
    inner: S,
    source: LocalSource,
}

impl<S, B> Service<ServiceRequest> for SessionService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    type Response = ServiceResponse<B>;
    type Error = actix_web::Error;
    type Future = SessionFuture<S::Future, B>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let sessions = RequestSessions::of(request.request());
        let outer = sessions.enter(Rc::clone(&self.source));
        SessionFuture {
            inner: self.inner.call(request),
            sessions,
            source: Rc::clone(&self.source),
            outer,
            renewal: None,
        }
    }
}

type Outcome<B> = Result<ServiceResponse<B>, actix_web::Error>;

/// A renewal that runs, and the response that waits for it.
struct Renewal<B> {
    cookies: LocalBoxFuture<'static, Vec<HeaderValue>>,
    form_cookie: Option<HeaderValue>,
    outcome: Outcome<B>,
}

pin_project! {
    /// The response of [`SessionService`].
    pub struct SessionFuture<F, B> {
        #[pin]
        inner: F,
        sessions: Rc<RequestSessions>,
        source: LocalSource,
        outer: Option<LocalSource>,
        // On the heap: most responses wait for none, and futures are moved.
        renewal: Option<Box<Renewal<B>>>,
    }
}

impl<F, B> Future for SessionFuture<F, B>
where
    F: Future<Output = Outcome<B>>,
{
    type Output = Outcome<B>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            if let Some(renewal) = this.renewal.as_mut() {
                let cookies = ready!(renewal.cookies.as_mut().poll(cx));
                if let Some(renewal) = this.renewal.take() {
                    let form_cookie = renewal.form_cookie;
                    return Poll::Ready(with_headers(renewal.outcome, cookies, form_cookie));
                }
            }
            let outcome = ready!(this.inner.as_mut().poll(cx));
            this.sessions.leave(this.outer.take());
            let cookies = match this.sessions.finish(this.source) {
                Finish::Nothing => return Poll::Ready(outcome),
                Finish::Privacy => return Poll::Ready(with_privacy(outcome)),
                Finish::Cookies(cookies) => cookies,
            };
            let form_cookie = cookies.form_cookie.as_ref().and_then(header_value);
            let Some((session, snapshot)) = cookies.due else {
                let removal = cookies.removal.iter().filter_map(header_value);
                return Poll::Ready(with_headers(outcome, removal.collect(), form_cookie));
            };
            *this.renewal = Some(Box::new(Renewal {
                cookies: Box::pin(renew(Source::clone(this.source), session, snapshot)),
                form_cookie,
                outcome,
            }));
        }
    }
}

/// The cookies of the renewed session, if a renewal was due.
async fn renew(source: Source, session: Session, snapshot: Box<Snapshot>) -> Vec<HeaderValue> {
    match source.renew(&*snapshot, &session).await {
        Ok(cookies) => cookies.iter().filter_map(header_value).collect(),
        Err(error) => {
            let source = std::error::Error::source(&error).map(tracing::field::display);
            tracing::warn!(%error, source, "a session was not renewed and stays as it was");
            Vec::new()
        }
    }
}

/// The outcome of a request for whose session somebody asked, where that entails no cookie.
fn with_privacy<B>(mut outcome: Outcome<B>) -> Outcome<B> {
    match &mut outcome {
        Ok(response) => keep_private(response.headers_mut()),
        Err(_) => return with_headers(outcome, Vec::new(), None),
    }
    outcome
}

/// The outcome with the headers of a response for which a session was asked.
fn with_headers<B>(
    outcome: Outcome<B>,
    cookies: Vec<HeaderValue>,
    form_cookie: Option<HeaderValue>,
) -> Outcome<B> {
    match outcome {
        Ok(mut response) => {
            finish(response.headers_mut(), &cookies, form_cookie.as_ref());
            Ok(response)
        }
        // The failure of an inner middleware: it becomes a response further out.
        Err(mut error) => {
            error.add_response_mapper(move |mut response| {
                finish(response.headers_mut(), &cookies, form_cookie.as_ref());
                response
            });
            Err(error)
        }
    }
}

fn finish(headers: &mut HeaderMap, cookies: &[HeaderValue], form_cookie: Option<&HeaderValue>) {
    append_cookies(headers, cookies);
    append_cookies(headers, form_cookie.map_or(&[], std::slice::from_ref));
    keep_private(headers);
}

/// Adds cookies that belong together, unless the response says something about one of them already:
/// somebody who has just signed out must not be signed in again by a renewal.
fn append_cookies(headers: &mut HeaderMap, cookies: &[HeaderValue]) {
    if cookies.is_empty() {
        return;
    }
    let clash = headers.get_all(header::SET_COOKIE).any(|held| {
        cookies
            .iter()
            .any(|cookie| base_name(held) == base_name(cookie))
    });
    if !clash {
        for cookie in cookies {
            headers.append(header::SET_COOKIE, cookie.clone());
        }
    }
}

/// The name that a `Set-Cookie` value sets, without the number of a chunk: `name.0` is `name`.
fn base_name(set_cookie: &HeaderValue) -> &[u8] {
    let bytes = set_cookie.as_bytes();
    let end = bytes.iter().position(|byte| *byte == b'=');
    let name = bytes[..end.unwrap_or(bytes.len())].trim_ascii();
    match name.iter().rposition(|byte| *byte == b'.') {
        Some(dot) if name[dot + 1..].iter().all(u8::is_ascii_digit) => &name[..dot],
        _ => name,
    }
}

/// No shared cache may keep what one person was shown. `no-store` is the strictest a handler can
/// say, and then its own words stay.
fn keep_private(headers: &mut HeaderMap) {
    let (mut says_caching, mut varies) = (false, false);
    // One walk: most responses have a header or two, and each look-up hashes its name.
    for name in headers.keys() {
        says_caching |= *name == header::CACHE_CONTROL;
        varies |= *name == header::VARY;
    }
    let says = |name, wanted: &[&str]| headers.get_all(name).any(|value| lists(value, wanted));
    let no_store = says_caching && says(header::CACHE_CONTROL, &["no-store"]);
    let varies = varies && says(header::VARY, &["cookie", "*"]);
    if !no_store {
        if says_caching {
            headers.remove(header::CACHE_CONTROL);
        }
        let value = const { HeaderValue::from_static("private, no-store") };
        headers.append(header::CACHE_CONTROL, value);
    }
    if !varies {
        let value = const { HeaderValue::from_static("Cookie") };
        headers.append(header::VARY, value);
    }
}

/// Whether a comma-separated header value has one of `wanted` as an element.
fn lists(value: &HeaderValue, wanted: &[&str]) -> bool {
    value
        .to_str()
        .unwrap_or_default()
        .split(',')
        .any(|element| {
            wanted
                .iter()
                .any(|wanted| element.trim().eq_ignore_ascii_case(wanted))
        })
}

#[cfg(test)]
mod tests;
