//! The sign-out page: a question, because a link alone must not sign anybody out.

use maud::{Markup, html};

use crate::page::href::Href;
use crate::page::layout::{document, form_fields};
use crate::page::{Frame, Language};

/// What the sign-out page shows.
pub(crate) struct SignOutView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) language: &'a Language,
    pub(crate) csrf_token: &'a str,
    /// Where to go after sign-out, and on second thoughts.
    pub(crate) return_to: &'a str,
}

/// The sign-out page.
pub(crate) fn sign_out(view: &SignOutView<'_>) -> Markup {
    let text = &view.language.text;
    let content = html! {
        h1 { (text.sign_out) }
        p { (text.sign_out_question) }
        div.actions {
            form method="post" action={ (view.frame.prefix) "/signout" } {
                (form_fields(view.csrf_token, view.return_to))
                button.button.primary type="submit" { (text.sign_out) }
            }
            @if let Some(href) = Href::parse(view.return_to) {
                a.button.quiet href=(href.as_str()) { (text.cancel) }
            }
        }
    };
    document(view.frame, view.language, text.sign_out, &content)
}
