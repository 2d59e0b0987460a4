//! The page after a link was sent: where to look for it, and the way home.

use maud::{Markup, html};

use crate::component::Html;
use crate::page::layout::document;
use crate::page::{Frame, Speech, VerifyRequestView};

/// What the page is made of.
pub(crate) struct VerifyRequestPage<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) speech: &'a Speech<'a>,
    /// Our own origin.
    pub(crate) origin: &'a str,
}

/// The page after a link was sent: the application's, if it has one.
pub(crate) fn verify_request(page: &VerifyRequestPage<'_>) -> Html {
    let view = VerifyRequestView::new(page);
    match &page.frame.functions.verify_request {
        Some(render) => render(&view),
        None => view.built_in(),
    }
}

pub(super) fn built_in(view: &VerifyRequestView<'_>) -> Markup {
    let content = html! {
        h1 { (view.page.heading) }
        p { (view.sent) }
        p.muted { (view.hint) }
        @if let Some(home) = &view.home {
            p.actions { a.button.quiet href=(home.href) { (home.label) } }
        }
    };
    document(&view.page, &content)
}
