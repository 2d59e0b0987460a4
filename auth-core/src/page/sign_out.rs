//! The sign-out page: a question, because a link alone must not sign anybody out.

use maud::{Markup, html};

use crate::component::{Button, Html};
use crate::page::layout::document;
use crate::page::{Frame, SignOutView, Speech};

/// What the sign-out page is made of.
pub(crate) struct SignOutPage<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) speech: &'a Speech<'a>,
    /// Where the form is posted.
    pub(crate) action: &'a str,
    /// What the form proves itself with. Without one, the answer to it looks at its origin.
    pub(crate) csrf_token: Option<&'a str>,
    /// The name of the field that says where to go after sign-out.
    pub(crate) return_to_field: &'static str,
    /// Where to go after sign-out, if that was said.
    pub(crate) return_to: Option<&'a str>,
    /// Where to go on second thoughts.
    pub(crate) cancel: &'a str,
}

impl SignOutPage<'_> {
    pub(super) fn button(&self, label: &str) -> Button {
        let action = self.action.to_owned();
        let button = match self.csrf_token {
            Some(token) => Button::form(action, label, token),
            None => Button::post(action, label),
        };
        button.return_to_field(self.return_to_field)
    }
}

/// The sign-out page: the application's, if it has one.
pub(crate) fn sign_out(page: &SignOutPage<'_>) -> Html {
    let view = SignOutView::new(page);
    match &page.frame.functions.sign_out {
        Some(render) => render(&view),
        None => view.built_in(),
    }
}

pub(super) fn built_in(view: &SignOutView<'_>) -> Markup {
    let content = html! {
        h1 { (view.page.heading) }
        p { (view.question) }
        div.actions {
            (view.form.clone().class("button primary"))
            @if let Some(cancel) = &view.cancel {
                a.button.quiet href=(cancel.href) { (cancel.label) }
            }
        }
    };
    document(&view.page, &content)
}
