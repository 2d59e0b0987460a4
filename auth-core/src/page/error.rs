//! The error page: what happened, what to do now, and what to quote when asking for help.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::component::Html;
use crate::page::layout::document;
use crate::page::text::Text;
use crate::page::{ErrorView, ErrorWords, Frame, ShownError, Speech};

/// What the error page is made of.
pub(crate) struct ErrorPage<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) speech: &'a Speech<'a>,
    pub(crate) error: ErrorWords<'a>,
    /// Where a sign-in begins.
    pub(crate) sign_in: Cow<'a, str>,
}

/// The error page: the application's, if it has one.
pub(crate) fn error(page: &ErrorPage<'_>) -> Html {
    let view = ErrorView::new(page);
    match &page.frame.functions.error {
        Some(render) => render(&view),
        None => view.built_in(),
    }
}

pub(super) fn built_in(view: &ErrorView<'_>) -> Markup {
    let content = html! {
        h1 { (view.page.heading) }
        p { (view.error.what) }
        p { (view.error.next) }
        (details(&view.error, &view.inside.speech.language.text))
        p.actions { a.button.primary href=(view.sign_in.href) { (view.sign_in.label) } }
    };
    document(&view.page, &content)
}

/// Code and reference, for whoever is asked for help.
pub(super) fn details(error: &ShownError<'_>, text: &Text) -> Markup {
    html! {
        @if error.code.is_some() || error.reference.is_some() {
            dl.details {
                @if let Some(code) = error.code {
                    dt { (text.code) }
                    dd { code data-error-code=(code) { (code) } }
                }
                @if let Some(reference) = error.reference {
                    dt { (text.reference) }
                    dd { code data-error-reference=(reference) { (reference) } }
                }
            }
        }
    }
}
