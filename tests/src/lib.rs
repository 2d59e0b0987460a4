//! What the black-box tests stand on: a site, and a browser that visits it.

mod authkit_site;
mod browser;
mod buttons;
pub mod differences;
mod flow;
mod hostile;
mod raw;
pub mod requests;
mod site;
mod target;

pub use authkit_site::{AuthKitSite, COOKIE_PASSWORD};
pub use browser::{Answer, Browser};
pub use hostile::{Abuse, ENDPOINTS, HostileProvider};
pub use site::{ManualClock, PARSED_BODIES, Site};
pub use target::Target;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/authkit.md")]
struct AuthKitGuide;
