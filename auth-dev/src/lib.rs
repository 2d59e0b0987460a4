//! For development and tests: a real OpenID provider on a loopback port, and a request signed in
//! without a browser.
//!
//! [`DevProvider`] speaks discovery, authorization code with PKCE, refresh, userinfo and sign-out
//! over HTTP, so an application is tried on the code path that it runs in production, with no
//! account anywhere and no network. [`Fault`] makes it misbehave in one chosen way. [`TestAuth`]
//! signs a request in with no provider at all. [`store_conformance!`] tests a store of users.
//!
//! ```
//! use auth_dev::{DevProvider, Fault, Person};
//!
//! # fn main() -> Result<(), auth_dev::DevProviderError> {
//! # if !cfg!(debug_assertions) { return Ok(()) }
//! let provider = DevProvider::start()?;
//! provider.fail_next(Fault::WrongNonce);
//! let client = provider.client(); // goes into `Auth::builder().provider(client)`
//! # let _ = (client, Person::ada());
//! # Ok(())
//! # }
//! ```
//!
//! # Security
//! Whoever reaches a `DevProvider` signs in as anybody. It listens on 127.0.0.1 only and does not
//! start in a release build unless told to.

mod answer;
mod approve;
mod authorize;
mod builder;
mod client_auth;
mod discovery;
mod end_session;
mod fault_plan;
mod faults;
mod grants;
mod id_token;
mod keys;
mod log;
mod page;
mod params;
mod people;
mod provider;
mod random;
mod routes;
mod server;
mod sign_in;
mod state;
pub mod store_conformance;
mod test_auth;
mod token;
mod userinfo;
pub mod workos;

pub use auth_core::DangerSession;

pub use crate::approve::{Approval, AuthorizationRefused};
pub use crate::builder::{DevProviderBuilder, DevProviderError};
pub use crate::faults::{Fault, Precondition, UnknownFault};
pub use crate::log::{Requests, TokenRequest};
pub use crate::people::Person;
pub use crate::provider::{DEV, DevProvider};
pub use crate::test_auth::TestAuth;
pub use crate::workos::DevWorkOs;
