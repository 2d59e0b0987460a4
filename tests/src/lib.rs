//! What the black-box tests stand on: a site, and a browser that visits it.

mod browser;
mod flow;
mod site;

pub use browser::{Answer, Browser};
pub use site::{ManualClock, PARSED_BODIES, Site};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
