//! What the black-box tests stand on: a site, and a browser that visits it.

mod browser;
mod buttons;
mod flow;
mod hostile;
mod raw;
mod site;
mod target;

pub use browser::{Answer, Browser};
pub use hostile::{Abuse, ENDPOINTS, HostileProvider};
pub use site::{ManualClock, PARSED_BODIES, Site};
pub use target::Target;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
