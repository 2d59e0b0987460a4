//! The error page: what happened, what to do now, and what to quote when asking for help.

use maud::{Markup, html};

use crate::page::href::sign_in_again;
use crate::page::layout::document;
use crate::page::{ErrorView, Frame, Language};

/// What the error page shows.
pub(crate) struct ErrorPageView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) language: &'a Language,
    pub(crate) error: ErrorView<'a>,
    /// Where the visitor wanted to go.
    pub(crate) return_to: Option<&'a str>,
}

/// The error page.
pub(crate) fn error(view: &ErrorPageView<'_>) -> Markup {
    let text = &view.language.text;
    let explanation = view.error.explanation(text);
    let content = html! {
        h1 { (explanation.title) }
        p { (explanation.what) }
        p { (explanation.next) }
        (view.error.details(text))
        p.actions {
            a.button.primary href=(sign_in_again(&view.frame.prefix, view.return_to)) {
                (text.sign_in_again)
            }
        }
    };
    let title = text.error_title.fill([explanation.title]);
    document(view.frame, view.language, &title, &content)
}
