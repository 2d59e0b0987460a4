//! Sign-in for actix-web: any OAuth or OpenID provider, encrypted sessions, and
//! [`#[protected]`](macro@protected).
//!
//! ```no_run
//! use actix_web::{App, HttpServer, Responder, get};
//! # mod providers {
//! #     pub const GITHUB: auth_actix::Provider = auth_actix::Provider::oidc("example", "Example", "https://idp.example");
//! # }
//! # use auth_actix::{Auth, Session, protected};
//! # /*
//! use auth_actix::{Auth, Session, protected, providers};
//! # */
//!
//! #[get("/dashboard")]
//! #[protected]
//! async fn dashboard(session: Session) -> impl Responder {
//!     format!("Hello {}!", session.user().name().unwrap_or("you"))
//! }
//!
//! #[actix_web::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let auth = Auth::builder()
//!         .provider(providers::GITHUB)      // AUTH_GITHUB_ID, AUTH_GITHUB_SECRET
//!         .build()?;                        // AUTH_SECRET; names every problem at once
//!
//!     HttpServer::new(move || {
//!         App::new()
//!             .wrap(auth.middleware())      // makes the session readable, writes renewed cookies
//!             .service(auth.routes())       // /api/auth/*
//!             .service(dashboard)
//!     })
//!     .bind(("127.0.0.1", 3000))?
//!     .run()
//!     .await?;
//!     Ok(())
//! }
//! ```
//!
//! - [`Auth`] is built once and cloned into every worker.
//! - [`AuthKit`] is the same for the hosted sign-in of WorkOS AuthKit.
//! - [`Session`] as an argument of a handler is who is signed in; [`MaybeSession`] is for pages that
//!   differ for guests. Elsewhere, ask [`Auth::session`].
//! - [`Ui`] as an argument has the buttons that sign in and out, for any template engine.
//! - [`#[protected]`](macro@protected) lets nobody else in, and can ask for a role, a permission or
//!   a recent sign-in.
//! - [`Callbacks`] decide who may sign in and which roles they have; [`Events`] tell what happened.
//!
//! # Features
//! - `actix-session` (off): where the application also uses `actix_session::Session`, its key is
//!   renewed at sign-in and its content purged at sign-out.
//!
//! # Security
//! Register [`Auth::routes`] on the `App` itself and before scopes that hold its prefix. Use
//! [`MaybeSession`], not `Option<Session>`: actix-web's own `Option` takes a store that is down for
//! a guest. A handler that changes something wants `#[protected]`, which refuses requests from
//! other sites; the [`Session`] extractor alone does not.

mod auth;
pub mod authkit;
mod caller;
mod convert;
mod error;
mod extract;
mod guard;
mod lookup;
mod middleware;
mod outbound;
#[doc(hidden)]
pub mod private;
mod server_limits;
mod service;
mod ui;

pub use auth_core::{
    Account, AuthBuilder, BuildError, BuildProblem, CallbackError, Callbacks, ClaimsError, Client,
    ClientAuth, ClientRequest, ClientSecret, ClientSecretKey, Clock, ColorScheme, CookieOverride,
    CookieOverrides, CookieProblem, CreateUserEvent, Direction, EmailAddress, Endpoints, ErrorText,
    ErrorTexts, ErrorView, Events, Evidence, Html, Language, LastProvider, LinkAccountEvent,
    LinkView, Mark, MarkView, Origin, OriginError, PageView, Pages, Pkce, Profile, ProfileError,
    ProfileSource, Provider, ProviderEvidence, ProviderView, ReadError, RedirectDecision,
    RedirectTarget, ResolveClient, ResponseMode, SameSite, Secret, Sentence, SessionCodec,
    SessionEvent, ShownError, ShownSessionEvent, SignInAttempt, SignInDecision, SignInEvent,
    SignInView, SignOutEvent, SignOutView, SigningAlgorithm, SiteView, SystemClock, Text, Theme,
    Timestamp, Token, Trigger, UpdateUserEvent, User, Users, Variable, VerifyRequestView,
    providers, store,
};
pub use auth_macros::protected;

pub use crate::auth::Auth;
pub use crate::authkit::AuthKit;
pub use crate::error::{Error, Reason};
pub use crate::extract::{Claims, FromClaims, MaybeSession, Session};
pub use crate::middleware::SessionMiddleware;
pub use crate::service::Routes;
pub use crate::ui::Ui;

#[cfg(test)]
extern crate self as auth_actix; // what `#[protected]` expands to names the crate
#[cfg(test)]
mod testing;
