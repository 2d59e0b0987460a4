//! The extractors: [`Session`] for routes that need somebody, [`MaybeSession`] for those that do not.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use auth_core::ClaimsError;
use futures_util::future::{Either, LocalBoxFuture, Ready, ready};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, Reason};
use crate::guard;
use crate::lookup::{Inquiry, innermost};

/// Somebody is signed in, and this is who.
///
/// As an argument of a handler it is also a guard: a guest is sent to the sign-in page, or gets a
/// 401 where no browser navigates. [`protected`](macro@crate::protected) does the same before any
/// other argument is read, and can ask for more.
///
/// `C` is a type for the claims of the session, any `serde` type; claims that do not fit it are a
/// 500 and a log line that names the field. Without one, [`Claims`] is a view that parses nothing
/// until asked.
///
/// # Errors
/// As an extractor: [`Reason::SignInRequired`] for guests, [`Reason::Unavailable`] when it cannot be
/// told, [`Reason::Misconfigured`] when `.wrap(auth.middleware())` is missing or the claims do not
/// fit.
pub struct Session<C = Claims> {
    session: auth_core::Session,
    claims: C,
}

impl<C> Session<C> {
    /// The claims of the session.
    pub fn claims(&self) -> &C {
        &self.claims
    }

    /// The claims of the session, to keep.
    pub fn into_claims(self) -> C {
        self.claims
    }
}

impl<C: FromClaims> Session<C> {
    pub(crate) fn from_core(session: auth_core::Session) -> Result<Self, Error> {
        match C::from_claims(&session) {
            Ok(claims) => Ok(Self { session, claims }),
            Err(error) => {
                tracing::error!(
                    field = error.field(),
                    wanted = std::any::type_name::<C>(),
                    "the claims of a session do not fit the type that a handler asks for"
                );
                Err(Error::problem(Reason::Misconfigured))
            }
        }
    }
}

impl<C> Deref for Session<C> {
    type Target = auth_core::Session;

    fn deref(&self) -> &Self::Target {
        &self.session
    }
}

impl<C: Clone> Clone for Session<C> {
    fn clone(&self) -> Self {
        Self {
            session: self.session.clone(),
            claims: self.claims.clone(),
        }
    }
}

/// Without the claims.
impl<C> fmt::Debug for Session<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.session, f)
    }
}

impl<C: FromClaims + 'static> FromRequest for Session<C> {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request, |request, session| match session {
            Some(session) => Self::from_core(session),
            None => {
                let source = innermost(request)?;
                Err(guard::sign_in_required(request, &source))
            }
        })
    }
}

/// A session, if somebody is signed in: for pages that differ for guests.
///
/// When it cannot be told whether somebody is signed in, the answer is a 503 and the handler does
/// not run. `Option<Session>` compiles too, but is actix-web's own and takes every failure for a
/// guest: prefer this.
#[derive(Debug)]
pub struct MaybeSession<C = Claims>(Option<Session<C>>);

impl<C> MaybeSession<C> {
    /// The session, or `None` for a guest.
    pub fn get(&self) -> Option<&Session<C>> {
        self.0.as_ref()
    }

    /// The session, or `None` for a guest.
    pub fn into_inner(self) -> Option<Session<C>> {
        self.0
    }
}

impl<C: FromClaims + 'static> FromRequest for MaybeSession<C> {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request, |_, session| {
            session.map(Session::from_core).transpose().map(Self)
        })
    }
}

/// An extractor's answer: there at once unless a store is asked.
pub(crate) type Extracted<T> =
    Either<Ready<Result<T, Error>>, LocalBoxFuture<'static, Result<T, Error>>>;

pub(crate) type Convert<T> = fn(&HttpRequest, Option<auth_core::Session>) -> Result<T, Error>;

pub(crate) fn extract<T: 'static>(request: &HttpRequest, convert: Convert<T>) -> Extracted<T> {
    let inquiry = match Inquiry::innermost(request) {
        Ok(inquiry) => inquiry,
        Err(error) => return Either::Left(ready(Err(error))),
    };
    if let Some(settled) = inquiry.settle_at_once() {
        let converted = settled.and_then(|()| convert(request, inquiry.session()?));
        return Either::Left(ready(converted));
    }
    let request = request.clone();
    Either::Right(Box::pin(async move {
        let inquiry = Inquiry::innermost(&request)?;
        inquiry.settle().await?;
        convert(&request, inquiry.session()?)
    }))
}

/// What a [`Session`] may have for its claims: [`Claims`], or any type of yours that `serde` reads.
pub trait FromClaims: Sized {
    /// The claims of `session` as this type.
    ///
    /// # Errors
    /// [`ClaimsError`] when they do not fit.
    fn from_claims(session: &auth_core::Session) -> Result<Self, ClaimsError>;
}

impl<C: DeserializeOwned> FromClaims for C {
    fn from_claims(session: &auth_core::Session) -> Result<Self, ClaimsError> {
        session.claims_as()
    }
}

impl FromClaims for Claims {
    fn from_claims(session: &auth_core::Session) -> Result<Self, ClaimsError> {
        Ok(Self {
            session: session.clone(),
            parsed: OnceLock::new(),
        })
    }
}

/// The claims of a session, parsed at the first question.
#[derive(Clone)]
pub struct Claims {
    session: auth_core::Session,
    parsed: OnceLock<Map<String, Value>>,
}

impl Claims {
    /// One claim, of those that the `jwt` callback set and those of the library.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.parsed
            // A session whose claims are no object cannot be read in the first place.
            .get_or_init(|| self.session.claims_as().unwrap_or_default())
            .get(name)
    }
}

/// Without the values.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionMiddleware;
    use crate::testing::{Script, ada};
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, Responder, web};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Mine {
        tenant: u32,
    }

    #[derive(Deserialize)]
    struct NotMine {
        #[serde(rename = "tenant")]
        _tenant: String,
    }

    async fn hello(session: Session) -> impl Responder {
        let tenant = session.claims().get("tenant").cloned();
        format!("{:?} {tenant:?}", session.user().name())
    }

    async fn typed(session: Session<Mine>) -> impl Responder {
        format!("{:?} {}", session.user().name(), session.claims().tenant)
    }

    async fn misfit(_: Session<NotMine>) -> impl Responder {
        "reached"
    }

    async fn maybe(session: MaybeSession) -> impl Responder {
        format!("{:?}", session.get().map(|session| session.user().id()))
    }

    async fn several(_: Session, _: MaybeSession, _: Session<Mine>) -> impl Responder {
        "all"
    }

    macro_rules! app {
        ($script:expr) => {
            init_service(
                App::new()
                    .wrap(SessionMiddleware::new($script.source()))
                    .route("/hello", web::get().to(hello))
                    .route("/typed", web::get().to(typed))
                    .route("/misfit", web::get().to(misfit))
                    .route("/maybe", web::get().to(maybe))
                    .route("/several", web::get().to(several)),
            )
            .await
        };
    }

    async fn get(script: &Script, path: &str) -> (u16, String) {
        let app = app!(script);
        let response = call_service(&app, TestRequest::get().uri(path).to_request()).await;
        let status = response.status().as_u16();
        let body = read_body(response).await;
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn whoever_is_signed_in_reaches_the_handler() {
        for waits in [false, true] {
            let script = Script {
                waits,
                ..Script::signed_in(ada())
            };
            let check = async |path, body: &str| {
                assert_eq!(get(&script, path).await, (200, body.to_owned()));
            };
            check("/hello", "Some(\"Ada\") Some(Number(7))").await;
            check("/typed", "Some(\"Ada\") 7").await;
            check("/maybe", "Some(\"example:1\")").await;
            check("/several", "all").await;
        }
    }

    #[actix_web::test]
    async fn all_extractors_of_a_request_share_one_lookup() {
        for waits in [false, true] {
            let script = Script {
                waits,
                ..Script::signed_in(ada())
            };
            get(&script, "/several").await;
            assert_eq!(script.reads(), 1);
            assert_eq!(script.begun.load(std::sync::atomic::Ordering::Relaxed), 1);
        }
    }

    #[actix_web::test]
    async fn a_guest_reaches_only_the_handler_that_wants_guests() {
        let script = Script::guest();
        assert_eq!(get(&script, "/maybe").await, (200, "None".to_owned()));
        assert_eq!(get(&script, "/hello").await.0, 401);
        assert_eq!(get(&script, "/typed").await.0, 401);
    }

    #[actix_web::test]
    async fn a_failed_lookup_is_a_503_and_never_a_guest() {
        for path in ["/hello", "/maybe"] {
            let (status, body) = get(&Script::down(), path).await;
            assert_eq!(status, 503, "{path}");
            assert!(!body.contains("sentinel"), "{body}");
        }
    }

    #[actix_web::test]
    async fn claims_that_do_not_fit_are_a_500() {
        let (status, body) = get(&Script::signed_in(ada()), "/misfit").await;
        assert_eq!(status, 500);
        assert!(!body.contains("reached"));
    }

    #[actix_web::test]
    async fn without_the_middleware_every_extractor_is_a_500() {
        let app = App::new()
            .route("/hello", web::get().to(hello))
            .route("/maybe", web::get().to(maybe));
        let app = init_service(app).await;
        for path in ["/hello", "/maybe"] {
            let response = call_service(&app, TestRequest::get().uri(path).to_request()).await;
            assert_eq!(response.status(), 500, "{path}");
        }
    }

    #[test]
    fn debug_shows_no_claims() {
        let session = Session::<Claims>::from_core(ada()).unwrap();
        let text = format!("{session:?} {:?}", session.claims());
        assert!(!text.contains("tenant") && !text.contains("Ada"), "{text}");
    }
}
