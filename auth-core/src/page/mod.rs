//! The built-in pages: one file per page, one stylesheet, no script.
//!
//! A page is a function of a view; it decides nothing and reads nothing. Every page works without
//! JavaScript and under the strict policy that [`respond`] sends with it.

mod authkit;
mod colour;
mod continue_to;
mod error;
mod explanation;
mod frame;
mod href;
mod layout;
mod mark;
mod palette;
mod response;
mod sign_in;
mod sign_out;
mod site_page;
mod stylesheet;
#[cfg(test)]
mod tests;
mod text;
mod verify_request;

pub(crate) use authkit::{AuthKitErrorView, AuthKitSignOutView, authkit_error, authkit_sign_out};
pub(crate) use colour::Colour;
pub(crate) use continue_to::{ContinueView, Next, continue_to};
pub(crate) use error::{ErrorPageView, error};
pub(crate) use explanation::{ErrorView, is_plain_word};
pub use frame::ColorScheme;
pub(crate) use frame::{Frame, Logo, Look};
pub(crate) use mark::{mark, mark_path};
pub(crate) use palette::{DARK, LIGHT};
pub(crate) use response::{respond, set_headers};
pub(crate) use sign_in::{ProviderView, SignInView, sign_in};
pub(crate) use sign_out::{SignOutView, sign_out};
pub(crate) use site_page::{SitePage, SitePages, with_params};
pub(crate) use text::ENGLISH;
pub use text::{ErrorText, ErrorTexts, Language, Sentence, Text};
pub(crate) use verify_request::{VerifyRequestView, verify_request};
