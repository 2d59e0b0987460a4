//! Sign-in for Rust web applications, whatever the web framework.
//!
//! Use it through an adapter: `auth-actix` has the middleware, the routes, the extractors and
//! `#[protected]`. This crate holds what is true under any of them: the OAuth 2.0 and OpenID
//! Connect flow, the session cookie, the pages, and the rules.
//!
//! [`manual`] has what belongs to no single item; whoever comes from Auth.js begins with
//! [`manual::options`].

mod account;
mod action;
mod auth;
pub mod authkit;
mod base64url;
mod builder;
mod callbacks;
mod component;
mod cookie;
mod credential_cache;
mod csrf;
mod destination;
mod email;
mod error;
mod events;
mod evidence;
#[cfg(test)]
mod hostile;
mod http;
mod last_provider;
pub mod manual;
mod oauth;
mod oidc;
mod origin;
mod page;
mod profile;
mod provider;
pub mod providers;
mod redirect_proxy;
mod resolve;
mod return_to;
mod seal;
mod secret;
mod session;
mod spawn;
pub mod store;
#[cfg(test)]
mod testing;
mod time;
mod transaction;
mod user;

pub use crate::account::{Account, Users};
pub use crate::action::AnswerAtOnce;
pub use crate::auth::Auth;
pub use crate::builder::{AuthBuilder, BuildError, BuildProblem, CookieProblem, Pages, Theme};
pub use crate::callbacks::{
    CallbackError, Callbacks, RedirectDecision, RedirectTarget, SignInAttempt, SignInDecision,
    Trigger,
};
pub use crate::component::{Components, Html, MarkView};
pub use crate::cookie::{CookieOverride, CookieOverrides, SameSite};
pub use crate::email::EmailAddress;
pub use crate::events::{
    CreateUserEvent, Events, LinkAccountEvent, ShownSessionEvent, SignInEvent, SignOutEvent,
    UpdateUserEvent,
};
pub use crate::evidence::{Evidence, ProviderEvidence};
pub use crate::http::{
    DEADLINE, HttpClient, HttpError, MAX_RESPONSE_BYTES, Peer, Request, RequestView, Response,
    names_html,
};
pub use crate::last_provider::LastProvider;
pub use crate::origin::{Origin, OriginError};
pub use crate::page::{
    ColorScheme, Direction, ErrorText, ErrorTexts, ErrorView, Language, LinkView, PageView,
    ProviderView, Sentence, ShownError, SignInView, SignOutView, SiteView, Text, VerifyRequestView,
};
pub use crate::profile::{Profile, ProfileError};
pub use crate::provider::{
    Client, ClientAuth, ClientSecret, ClientSecretKey, Endpoints, Mark, Pkce, ProfileSource,
    Provider, ResponseMode, SigningAlgorithm, Variable,
};
pub use crate::resolve::{ClientRequest, ResolveClient};
pub use crate::secret::Secret;
pub use crate::session::{
    ClaimsError, DangerSession, Impersonator, Lookup, ReadError, SealError, Session, SessionCodec,
    SessionEvent, SessionSource, SessionTooLarge, Token, Visit, known,
};
pub use crate::spawn::{BoxFuture, Spawn};
pub use crate::time::{Clock, SystemClock, Timestamp};
pub use crate::user::User;
