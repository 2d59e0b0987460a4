//! The built-in pages: one file per page, one stylesheet, no script.
//!
//! A page is a function of a view; it decides nothing and reads nothing. The application may have
//! functions of its own in place of ours. Every page works without
//! JavaScript and under the strict policy that [`respond`] sends with it.

mod colour;
mod continue_to;
mod error;
mod explanation;
mod frame;
mod functions;
mod href;
mod layout;
mod mark;
mod name;
mod palette;
mod response;
mod sign_in;
mod sign_out;
mod site_page;
mod site_view;
mod speech;
mod stylesheet;
#[cfg(test)]
mod tests;
mod text;
mod verify_request;
mod view;

pub(crate) use colour::Colour;
pub(crate) use continue_to::{ContinueView, Next, continue_to};
pub(crate) use error::{ErrorPage, error};
pub(crate) use explanation::{ErrorWords, is_plain_word};
pub use frame::ColorScheme;
pub(crate) use frame::{Frame, Logo, Look};
pub(crate) use functions::PageFunctions;
pub(crate) use href::{Href, sign_in_again};
pub(crate) use mark::{mark, mark_path};
pub(crate) use palette::{DARK, LIGHT};
pub(crate) use response::{respond, set_headers};
pub(crate) use sign_in::{Offered, SignInPage, sign_in};
pub(crate) use sign_out::{SignOutPage, sign_out};
pub(crate) use site_page::{SitePage, SitePages, with_params};
pub use site_view::SiteView;
pub(crate) use speech::{LANGUAGE_SECONDS, Speech, UI_LOCALES};
#[cfg(test)]
pub(crate) use text::ENGLISH;
pub(crate) use text::{Choice, ChosenBy, LanguageProblem, Languages, Wishes};
pub use text::{Direction, ErrorText, ErrorTexts, Language, Sentence, Text};
pub(crate) use verify_request::{VerifyRequestPage, verify_request};
pub use view::{
    ErrorView, LinkView, PageView, ProviderView, ShownError, SignInView, SignOutView,
    VerifyRequestView,
};
