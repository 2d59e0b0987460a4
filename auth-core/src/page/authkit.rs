//! The pages of AuthKit's routes: everything else is hosted by WorkOS.

use maud::{Markup, html};

use crate::page::href::Href;
use crate::page::layout::document;
use crate::page::{ErrorView, Frame, Language};

/// What the error page shows.
pub(crate) struct AuthKitErrorView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) language: &'a Language,
    pub(crate) error: ErrorView<'a>,
    /// Where a sign-in begins.
    pub(crate) sign_in: &'a str,
}

/// What the sign-out page shows.
pub(crate) struct AuthKitSignOutView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) language: &'a Language,
    /// Where the form is posted.
    pub(crate) action: &'a str,
    /// Where to go after sign-out, if that was said.
    pub(crate) return_to: Option<&'a str>,
    /// Where to go on second thoughts.
    pub(crate) cancel: &'a str,
}

/// The error page: what happened, what to do now, and what to quote when asking for help.
pub(crate) fn authkit_error(view: &AuthKitErrorView<'_>) -> Markup {
    let text = &view.language.text;
    let explanation = view.error.explanation(text);
    let content = html! {
        h1 { (explanation.title) }
        p { (explanation.what) }
        p { (explanation.next) }
        (view.error.details(text))
        p.actions { a.button.primary href=(view.sign_in) { (text.sign_in_again) } }
    };
    let title = text.error_title.fill([explanation.title]);
    document(view.frame, view.language, &title, &content)
}

/// The sign-out page: a question, because a link alone must not sign anybody out.
pub(crate) fn authkit_sign_out(view: &AuthKitSignOutView<'_>) -> Markup {
    let text = &view.language.text;
    let content = html! {
        h1 { (text.sign_out) }
        p { (text.sign_out_question) }
        div.actions {
            form method="post" action=(view.action) {
                @if let Some(return_to) = view.return_to {
                    input type="hidden" name="returnTo" value=(return_to);
                }
                button.button.primary type="submit" { (text.sign_out) }
            }
            @if let Some(href) = Href::parse(view.cancel) {
                a.button.quiet href=(href.as_str()) { (text.cancel) }
            }
        }
    };
    document(view.frame, view.language, text.sign_out, &content)
}
