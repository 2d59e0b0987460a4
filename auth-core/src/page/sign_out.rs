//! The sign-out page: a question, because a link alone must not sign anybody out.

use maud::{Markup, html};

use crate::page::Frame;
use crate::page::href::Href;
use crate::page::layout::{document, form_fields};

/// What the sign-out page shows.
pub(crate) struct SignOutView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) csrf_token: &'a str,
    /// Where to go after sign-out, and on second thoughts.
    pub(crate) return_to: &'a str,
}

mod text {
    pub(super) const TITLE: &str = "Sign out";
    pub(super) const QUESTION: &str = "Are you sure you want to sign out?";
    pub(super) const SIGN_OUT: &str = "Sign out";
    pub(super) const CANCEL: &str = "Cancel";
}

/// The sign-out page.
pub(crate) fn sign_out(view: &SignOutView<'_>) -> Markup {
    let content = html! {
        h1 { (text::TITLE) }
        p { (text::QUESTION) }
        div.actions {
            form method="post" action={ (view.frame.prefix) "/signout" } {
                (form_fields(view.csrf_token, view.return_to))
                button.button.primary type="submit" { (text::SIGN_OUT) }
            }
            @if let Some(href) = Href::parse(view.return_to) {
                a.button.quiet href=(href.as_str()) { (text::CANCEL) }
            }
        }
    };
    document(view.frame, text::TITLE, &content)
}
