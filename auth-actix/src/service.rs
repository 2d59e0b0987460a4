//! Mounts the sign-in endpoints.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::future::LocalBoxFuture;

use crate::convert;
use crate::error::{Error, Reason};

/// The service of `auth.routes()`: every path under the prefix, whatever the method.
///
/// Register it on the `App` itself, and before any scope that holds its prefix: actix-web gives a
/// request to the first service whose path fits, so a `web::scope("/api")` registered earlier
/// takes `/api/auth/signin` and answers 404.
pub struct Routes {
    endpoints: Arc<dyn Endpoints>,
}

impl Routes {
    pub(crate) fn new(endpoints: Arc<dyn Endpoints>) -> Self {
        Self { endpoints }
    }
}

impl HttpServiceFactory for Routes {
    fn register(self, config: &mut AppService) {
        let prefix = self.endpoints.prefix();
        if !self.endpoints.announced().swap(true, Ordering::Relaxed) {
            tracing::info!(prefix, "the sign-in routes are mounted");
        }
        let endpoints = self.endpoints;
        // A prefix is compared; a pattern such as `{tail:.*}` would be a regular expression that
        // every request to the application is matched against.
        web::scope(endpoints.prefix())
            .default_service(web::to(move |request, payload| {
                answer(Arc::clone(&endpoints), request, payload)
            }))
            .register(config);
    }
}

/// Core's endpoints, or a script in a test.
pub(crate) trait Endpoints: Send + Sync {
    fn prefix(&self) -> &str;
    /// Whether the log names the prefix already: workers mount the routes once each.
    fn announced(&self) -> &AtomicBool;
    fn handle<'a>(&'a self, request: auth_core::Request)
    -> LocalBoxFuture<'a, auth_core::Response>;
}

/// The largest body that a sign-in endpoint reads: 64 KiB.
const LARGEST_BODY: usize = 64 * 1024;

async fn answer(
    endpoints: Arc<dyn Endpoints>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let body = payload
        .to_bytes_limited(LARGEST_BODY)
        .await
        .map_err(|_| Error::problem(Reason::BodyTooLarge))?
        .map_err(|_| Error::problem(Reason::BadRequest))?;
    let converted =
        convert::to_core(&request, body.into()).ok_or(Error::problem(Reason::BadRequest))?;
    let response = endpoints.handle(converted).await;
    #[cfg(feature = "actix-session")]
    follow(&request, &response);
    Ok(convert::from_core(response))
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
