//! What the output of `#[protected]` calls. No part of the public interface.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, Responder};

use crate::guard;

pub use actix_web::{Error, HttpRequest, HttpResponse};

pub use crate::guard::{CrossSite, Policy};
pub use std::time::Duration;

/// A request of which nothing is extracted yet: one argument, which actix-web passes on with less
/// ado than two.
pub struct Incoming {
    request: HttpRequest,
    /// The body, not yet read.
    payload: Payload,
}

impl FromRequest for Incoming {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            request: request.clone(),
            payload: payload.take(),
        }))
    }
}

/// Runs `handler` if `policy` lets the request pass. Nothing is extracted before that.
///
/// # Errors
/// The refusal, or what `handler` returned.
pub async fn protect<H>(
    incoming: Incoming,
    policy: &'static Policy,
    handler: H,
) -> Result<HttpResponse, Error>
where
    H: AsyncFnOnce(&HttpRequest, &mut Arguments) -> Result<HttpResponse, Error>,
{
    let Incoming { request, payload } = incoming;
    match guard::admit_at_once(&request, policy) {
        Some(admitted) => admitted?,
        // On the heap: what hardly ever waits shall not make the future of every request larger.
        None => Box::pin(guard::admit(&request, policy)).await?,
    }
    handler(&request, &mut Arguments(payload)).await
}

/// The arguments of a handler that was let in.
pub struct Arguments(Payload);

impl Arguments {
    /// The next argument.
    ///
    /// # Errors
    /// What its extractor says.
    pub async fn next<T: Argument>(&mut self, request: &HttpRequest) -> Result<T, Error> {
        T::extract(request, &mut self.0).await
    }
}

/// An argument of a protected handler: any extractor.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a `#[protected]` handler",
    label = "not an extractor",
    note = "arguments are extractors: `Session`, `web::Path<T>`, `web::Json<T>`, `HttpRequest`, …"
)]
pub trait Argument: Sized {
    /// Extracts it.
    fn extract(
        request: &HttpRequest,
        payload: &mut Payload,
    ) -> impl Future<Output = Result<Self, Error>>;
}

impl<T: FromRequest> Argument for T {
    async fn extract(request: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        T::from_request(request, payload).await.map_err(Into::into)
    }
}

/// What a protected handler returns: any responder.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned by a `#[protected]` handler",
    label = "not a responder",
    note = "return an `impl Responder`, an `HttpResponse`, or a `Result` of one"
)]
pub trait Answer {
    /// Makes it the response.
    fn respond(self, request: &HttpRequest) -> HttpResponse;
}

impl<T: Responder<Body: 'static>> Answer for T {
    fn respond(self, request: &HttpRequest) -> HttpResponse {
        self.respond_to(request).map_into_boxed_body()
    }
}

/// The response of a handler that has run.
pub fn respond(answer: impl Answer, request: &HttpRequest) -> HttpResponse {
    answer.respond(request)
}

#[cfg(test)]
mod tests;
