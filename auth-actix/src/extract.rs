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
use crate::lookup::{self, Lookup, innermost};

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
pub type Extracted<T> = Either<Ready<Result<T, Error>>, LocalBoxFuture<'static, Result<T, Error>>>;

type Convert<T> = fn(&HttpRequest, Option<auth_core::Session>) -> Result<T, Error>;

fn extract<T: 'static>(request: &HttpRequest, convert: Convert<T>) -> Extracted<T> {
    let source = match innermost(request) {
        Ok(source) => source,
        Err(error) => return Either::Left(ready(Err(error))),
    };
    if let Lookup::Answered(answer) = lookup::start(request, &source) {
        let converted = answer.and_then(|session| convert(request, session));
        return Either::Left(ready(converted));
    }
    let request = request.clone();
    Either::Right(Box::pin(async move {
        let session = lookup::session(&request, &source).await?;
        convert(&request, session)
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
