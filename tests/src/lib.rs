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

// The chapters of the book: their code compiles, and what can run does.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../docs/authkit.md")]
    struct AuthKit;

    #[doc = include_str!("../../docs/callbacks.md")]
    struct Callbacks;

    #[doc = include_str!("../../docs/first-sign-in.md")]
    struct FirstSignIn;

    #[doc = include_str!("../../docs/languages.md")]
    struct Languages;

    #[doc = include_str!("../../docs/options.md")]
    struct Options;

    #[doc = include_str!("../../docs/pages.md")]
    struct Pages;

    #[doc = include_str!("../../docs/protecting.md")]
    struct Protecting;

    #[doc = include_str!("../../docs/sessions.md")]
    struct Sessions;

    #[doc = include_str!("../../docs/templates-and-scripts.md")]
    struct TemplatesAndScripts;

    #[doc = include_str!("../../docs/testing.md")]
    struct Testing;

    #[doc = include_str!("../../docs/users.md")]
    struct Users;
}
