//! The page after a link was sent: where to look for it, and the way home.

use maud::{Markup, html};

use crate::page::href::Href;
use crate::page::layout::document;
use crate::page::{Frame, Language};

/// What the page shows. Not the address: whoever can read the link can read that, too.
pub(crate) struct VerifyRequestView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) language: &'a Language,
    /// Our own origin.
    pub(crate) origin: &'a str,
}

/// The page after a link was sent.
pub(crate) fn verify_request(view: &VerifyRequestView<'_>) -> Markup {
    let text = &view.language.text;
    let host = view.origin.split_once("://").map_or("", |(_, host)| host);
    let content = html! {
        h1 { (text.check_email) }
        p { (text.link_sent) }
        p.muted { (text.nothing_arrived) }
        @if let Some(home) = Href::parse(view.origin) {
            p.actions { a.button.quiet href=(home.as_str()) { (text.back_to.fill([host])) } }
        }
    };
    document(view.frame, view.language, text.check_email, &content)
}
