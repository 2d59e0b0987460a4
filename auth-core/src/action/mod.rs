//! The endpoints, one file each, and the way a request takes to them.
//!
//! Methods, parameters, JSON and error words are Auth.js's.

mod begin_session;
mod callback;
pub(crate) mod client;
mod csrf;
mod error;
mod exchange;
mod input;
mod mark;
#[cfg(test)]
mod properties;
mod providers;
mod reply;
mod route;
mod session;
mod signin;
mod signout;
#[cfg(test)]
mod tests;
mod unavailable;
mod update;
mod verify_request;

use http::{Method, StatusCode};

pub use self::session::AnswerAtOnce;
pub(crate) use self::session::answer_at_once;

use self::exchange::Exchange;
use self::input::Input;
use self::reply::{Reader, Reply};
use self::route::{Action, Route};
use crate::auth::Inner;
use crate::error::SignInError;
use crate::http::{Request, Response};
use crate::page::ErrorView;

/// Answers any request under the prefix.
pub(crate) async fn handle(auth: &Inner, request: &Request) -> Response {
    let Some(route) = Route::parse(&auth.prefix, request.uri().path()) else {
        return reply::bad_request();
    };
    if matches!(route.action, Action::Stylesheet) {
        return auth.frame.stylesheet.respond();
    }
    let Some(method) = method_of(request, &route) else {
        return reply::bad_request();
    };
    if let Action::Client(file) = route.action
        && method == Method::GET
    {
        return file.respond(request);
    }
    let input = match Input::read(request, &method) {
        Ok(input) => input,
        Err(error) => return reply::refuse_input(error),
    };
    let exchange = match Exchange::begin(auth, request, input) {
        Ok(exchange) => exchange,
        Err(error) => return reply::unknown_origin(&error, &auth.frame),
    };
    let reply = match dispatch(&exchange, &route, &method).await {
        Ok(reply) if route.action.concerns_a_form() => {
            reply.with_cookies(exchange.form_cookies().await)
        }
        Ok(reply) => reply,
        Err(failure) => exchange.failed(failure),
    };
    reply.into_response(Reader::of(request, &exchange.input))
}

async fn dispatch(
    exchange: &Exchange<'_>,
    route: &Route<'_>,
    method: &Method,
) -> Result<Reply, Failure> {
    let post = method == Method::POST;
    match (route.action, route.provider, post) {
        (Action::SignIn, provider, false) => signin::page(exchange, provider).await,
        (Action::SignIn, Some(provider), true) => signin::start(exchange, provider).await,
        (Action::SignIn, None, true) => Ok(signin::choose(exchange)),
        (Action::Callback, Some(provider), _) => callback::finish(exchange, provider, method).await,
        (Action::SignOut, None, false) => Ok(signout::page(exchange).await),
        (Action::SignOut, None, true) => signout::end(exchange).await,
        (Action::Session, None, false) => session::show(exchange).await,
        (Action::Session, None, true) => Ok(update::update(exchange).await),
        (Action::Csrf, None, false) => Ok(csrf::show(exchange)),
        (Action::Providers, None, false) => providers::list(exchange).await,
        (Action::Error, None, false) => Ok(error::page(exchange)),
        (Action::VerifyRequest, None, false) => Ok(verify_request::page(exchange)),
        (Action::Mark, file, false) => Ok(mark::show(exchange, file.unwrap_or_default()).await),
        // No provider of ours has passkeys.
        (Action::WebauthnOptions, Some(_), false) => Err(SignInError::UnknownProvider.into()),
        _ => Err(SignInError::UnknownAction.into()),
    }
}

/// The method that a request is treated as. HEAD asks for what GET would answer, where asking has
/// no effect; a HEAD of the callback must not use up its code.
fn method_of(request: &Request, route: &Route<'_>) -> Option<Method> {
    match *request.method() {
        Method::GET => Some(Method::GET),
        Method::POST => Some(Method::POST),
        Method::HEAD if !matches!(route.action, Action::Callback) => Some(Method::GET),
        _ => None,
    }
}

/// An error, and the cookies that the answer sets all the same.
#[derive(Debug)]
struct Failure {
    error: SignInError,
    cookies: Vec<http::HeaderValue>,
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Self {
        Self {
            error,
            cookies: Vec::new(),
        }
    }
}

/// The status of a page that shows this error.
fn page_status(error: &ErrorView<'_>) -> StatusCode {
    match error.error {
        "AccessDenied" | "Verification" => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    }
}
