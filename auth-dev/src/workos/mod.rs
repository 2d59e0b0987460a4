//! WorkOS on a loopback port: AuthKit's page to sign in, and the API behind it.
//!
//! [`DevWorkOs`] answers what the SDKs of AuthKit ask, in the shapes of the real service: the
//! authorization redirect, every grant of `/user_management/authenticate`, single-use refresh
//! tokens, access tokens with organisation, roles and permissions, sessions, memberships, one-time
//! codes, TOTP, invitations, API keys. An application pointed at it by `WORKOS_API_HOSTNAME`,
//! `WORKOS_API_HTTPS` and `WORKOS_API_PORT` needs no account and no network.
//!
//! ```
//! use auth_dev::workos::{DevWorkOs, Endpoint, Fault, User};
//!
//! # fn main() -> Result<(), auth_dev::DevProviderError> {
//! # if !cfg!(debug_assertions) { return Ok(()) }
//! let workos = DevWorkOs::start()?;
//! workos.fail_next(Endpoint::Authenticate, Fault::Unavailable);
//! let variables = workos.environment(); // WORKOS_API_KEY, WORKOS_CLIENT_ID, WORKOS_API_…
//! # let _ = (variables, User::ada());
//! # Ok(())
//! # }
//! ```
//!
//! What it leaves out: Radar, directory sync, SSO connections (the names exist, nobody is behind
//! them), and everything of WorkOS that is not sign-in.
//!
//! # Security
//! Whoever reaches it signs in as anybody. It listens on 127.0.0.1 only and does not start in a
//! release build unless told to.

mod access_token;
mod api_keys;
mod authenticate;
mod authorize;
mod builder;
mod credentials;
mod dev_workos;
mod device;
mod directory;
mod factors;
mod faults;
mod grants;
mod id;
mod input;
mod invitations;
mod log;
mod memberships;
mod one_time_codes;
mod page;
mod problem;
mod records;
mod refresh;
mod server;
mod sessions;
mod sign_in;
mod state;
mod time;
mod tokens;
mod totp;
mod users;

pub use self::authorize::Refused;
pub use self::builder::DevWorkOsBuilder;
pub use self::dev_workos::DevWorkOs;
pub use self::directory::{Impersonator, Organization, User};
pub use self::faults::{Endpoint, Fault};
pub use self::log::Grant;
