//! Mounts the sign-in endpoints.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{
    AppService, HttpServiceFactory, Payload, ResourceDef, ResourceMap, ServiceRequest,
    ServiceResponse, fn_service,
};
use actix_web::rt::time::timeout;
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};
use auth_core::{AnswerAtOnce, RequestView};
use futures_util::StreamExt as _;
use futures_util::future::{Either, LocalBoxFuture, Ready, ready};

use crate::convert::{self, View};
use crate::error::{Error, Reason};

/// The service of `auth.routes()`: every path under the prefix, or each of AuthKit's paths, whatever
/// the method.
///
/// Register it on the `App` itself, and before any scope that holds its prefix: actix-web gives a
/// request to the first service whose path fits, so a `web::scope("/api")` registered earlier
/// takes `/api/auth/signin` and answers 404.
#[must_use]
pub struct Routes {
    endpoints: Arc<dyn Endpoints>,
    body_deadline: Duration,
}

impl Routes {
    pub(crate) fn new(endpoints: Arc<dyn Endpoints>) -> Self {
        Self {
            endpoints,
            body_deadline: BODY_DEADLINE,
        }
    }

    /// How long a client may take to send the body of a request; then it gets a 408 and the
    /// connection is closed. Default: 10 seconds, for what is never more than a small form.
    pub fn body_deadline(mut self, deadline: Duration) -> Self {
        self.body_deadline = deadline;
        self
    }
}

impl HttpServiceFactory for Routes {
    fn register(self, config: &mut AppService) {
        if !self.endpoints.announced().swap(true, Ordering::Relaxed) {
            let paths = self.endpoints.mounts();
            tracing::info!(?paths, "the sign-in routes are mounted");
        }
        // One counter for each worker, as in `LocalSource`.
        let routes = Rc::new(self);
        let mut serve = |path: ResourceDef, inside| {
            let routes = Rc::clone(&routes);
            let service = fn_service(move |request| answer(&routes, request));
            config.register_service(path, None, service, inside);
        };
        match routes.endpoints.mounts() {
            // A prefix is compared; a pattern such as `{tail:.*}` would be a regular expression
            // that every request to the application is matched against.
            Mounts::Prefix(prefix) => {
                let prefix = ResourceDef::root_prefix(prefix);
                let nothing_inside = Rc::new(ResourceMap::new(prefix.clone()));
                serve(prefix, Some(nothing_inside));
            }
            Mounts::Paths(paths) => {
                for path in paths {
                    serve(ResourceDef::new(path), None);
                }
            }
        }
    }
}

/// Where endpoints are.
#[derive(Debug)]
pub(crate) enum Mounts<'a> {
    /// At every path below this one.
    Prefix(&'a str),
    /// At these paths, none of which is a pattern.
    Paths(Vec<&'a str>),
}

/// Core's endpoints, or a script in a test.
pub(crate) trait Endpoints: Send + Sync {
    fn mounts(&self) -> Mounts<'_>;
    /// Whether the log names them already: workers mount the routes once each.
    fn announced(&self) -> &AtomicBool;
    /// See [`auth_core::Auth::answer_at_once`].
    fn answer_at_once(&self, request: &dyn RequestView) -> Option<AnswerAtOnce> {
        let _ = request;
        None
    }
    fn handle<'a>(&'a self, request: auth_core::Request)
    -> LocalBoxFuture<'a, auth_core::Response>;
}

/// The largest body that a sign-in endpoint reads: 64 KiB.
const LARGEST_BODY: usize = 64 * 1024;

/// See [`Routes::body_deadline`].
const BODY_DEADLINE: Duration = Duration::from_secs(10);

type Outcome = Result<ServiceResponse, actix_web::Error>;

fn answer(
    routes: &Rc<Routes>,
    request: ServiceRequest,
) -> Either<Ready<Outcome>, LocalBoxFuture<'static, Outcome>> {
    let (request, payload) = request.into_parts();
    if has_no_body(&payload)
        && let Some(answer) = routes.endpoints.answer_at_once(&View(&request))
    {
        let response = convert::from_core_at_once(answer);
        return Either::Left(ready(Ok(ServiceResponse::new(request, response))));
    }
    let routes = Rc::clone(routes);
    Either::Right(Box::pin(async move {
        let response = respond(&routes, &request, payload).await;
        let response = response.unwrap_or_else(|error| error.error_response());
        Ok(ServiceResponse::new(request, response))
    }))
}

async fn respond(
    routes: &Routes,
    request: &HttpRequest,
    mut payload: Payload,
) -> Result<HttpResponse, Error> {
    let body = match has_no_body(&payload) {
        true => Ok(Vec::new()),
        false => timeout(routes.body_deadline, read(&mut payload))
            .await
            .unwrap_or(Err(Reason::BodyTooSlow)),
    };
    let body = match body {
        Ok(body) => body,
        Err(reason) => return Ok(refuse(reason, payload)),
    };
    let converted = convert::to_core(request, body).ok_or(Error::problem(Reason::BadRequest))?;
    let response = routes.endpoints.handle(converted).await;
    #[cfg(feature = "actix-session")]
    follow(request, &response);
    Ok(convert::from_core(response))
}

/// Whether the request ends with its head, as most do.
fn has_no_body(payload: &Payload) -> bool {
    matches!(payload, Payload::None)
}

async fn read(payload: &mut Payload) -> Result<Vec<u8>, Reason> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Reason::BadRequest)?;
        if body.len() + chunk.len() > LARGEST_BODY {
            return Err(Reason::BodyTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Answers without the rest of the body.
fn refuse(reason: Reason, payload: Payload) -> HttpResponse {
    let refusal = Error::problem(reason).error_response();
    refusal.map_body(|_, body| {
        BoxBody::new(Refusal {
            body,
            _rest: payload,
        })
    })
}

/// The body of a refusal, with what is left of the request.
///
/// Once nobody holds a chunked body any more, actix-web reads it to its end, however long that
/// takes. One that is held when the answer is sent makes it close the connection.
struct Refusal {
    body: BoxBody,
    _rest: Payload,
}

impl MessageBody for Refusal {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<web::Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}

/// Takes the application's `actix_session::Session` along: a key that somebody planted before the
/// sign-in must not be the key after it, and what was kept for one person is not for the next.
#[cfg(feature = "actix-session")]
fn follow(request: &HttpRequest, response: &auth_core::Response) {
    use actix_session::SessionExt;
    use auth_core::SessionEvent;

    match response.extensions().get() {
        Some(SessionEvent::SignedIn) => request.get_session().renew(),
        Some(SessionEvent::SignedOut) => request.get_session().purge(),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
