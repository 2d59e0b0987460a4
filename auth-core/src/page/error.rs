//! The error page: what happened, what to do now, and what to quote when asking for help.

use maud::{Markup, html};

use crate::page::href::sign_in_again;
use crate::page::layout::document;
use crate::page::{ErrorView, Frame};

/// What the error page shows.
pub(crate) struct ErrorPageView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) error: ErrorView<'a>,
    /// Where the visitor wanted to go.
    pub(crate) return_to: Option<&'a str>,
}

mod text {
    pub(super) const SIGN_IN_AGAIN: &str = "Sign in again";
    pub(super) const DOCUMENT_TITLE: [&str; 2] = ["Error: ", " – Sign in"];
}

/// The error page.
pub(crate) fn error(view: &ErrorPageView<'_>) -> Markup {
    let explanation = view.error.explanation();
    let [before, after] = text::DOCUMENT_TITLE;
    let content = html! {
        h1 { (explanation.title) }
        p { (explanation.what) }
        p { (explanation.next) }
        (view.error.details())
        p.actions {
            a.button.primary href=(sign_in_again(&view.frame.prefix, view.return_to)) {
                (text::SIGN_IN_AGAIN)
            }
        }
    };
    let title = format!("{before}{}{after}", explanation.title);
    document(view.frame, &title, &content)
}
