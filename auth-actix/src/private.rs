//! What the output of `#[protected]` calls. No part of the public interface.

use actix_web::dev::Payload as Stream;
use actix_web::web::Payload as PayloadExtractor;
use actix_web::{FromRequest, Responder};

pub use actix_web::{Error, HttpRequest, HttpResponse};

pub use crate::guard::{CrossSite, Policy};
pub use std::time::Duration;

/// The body of a request, not yet read.
pub type Payload = PayloadExtractor;

/// Runs `handler` if `policy` lets the request pass. Nothing is extracted before that.
///
/// # Errors
/// The refusal, or what `handler` returned.
pub async fn protect<H>(
    request: HttpRequest,
    payload: Payload,
    policy: &'static Policy,
    handler: H,
) -> Result<HttpResponse, Error>
where
    H: AsyncFnOnce(&HttpRequest, &mut Arguments) -> Result<HttpResponse, Error>,
{
    crate::guard::admit(&request, policy).await?;
    handler(&request, &mut Arguments(payload.into_inner())).await
}

/// The arguments of a handler that was let in.
pub struct Arguments(Stream);

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
        payload: &mut Stream,
    ) -> impl Future<Output = Result<Self, Error>>;
}

impl<T: FromRequest> Argument for T {
    async fn extract(request: &HttpRequest, payload: &mut Stream) -> Result<Self, Error> {
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
