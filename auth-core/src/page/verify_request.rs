//! The page after a link was sent: where to look for it, and the way home.

use maud::{Markup, html};

use crate::page::Frame;
use crate::page::href::Href;
use crate::page::layout::document;

/// What the page shows. Not the address: whoever can read the link can read that, too.
pub(crate) struct VerifyRequestView<'a> {
    pub(crate) frame: &'a Frame,
    /// Our own origin.
    pub(crate) origin: &'a str,
}

mod text {
    pub(super) const TITLE: &str = "Check your email";
    pub(super) const SENT: &str = "A sign-in link has been sent to your email address.";
    pub(super) const NOTHING: &str = "Nothing there? Look into the spam folder, or start again.";
    pub(super) const BACK: &str = "Back to ";
}

/// The page after a link was sent.
pub(crate) fn verify_request(view: &VerifyRequestView<'_>) -> Markup {
    let host = view.origin.split_once("://").map_or("", |(_, host)| host);
    let content = html! {
        h1 { (text::TITLE) }
        p { (text::SENT) }
        p.muted { (text::NOTHING) }
        @if let Some(home) = Href::parse(view.origin) {
            p.actions { a.button.quiet href=(home.as_str()) { (text::BACK) (host) } }
        }
    };
    document(view.frame, text::TITLE, &content)
}
