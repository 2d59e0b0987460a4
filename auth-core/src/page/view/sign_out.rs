//! What the sign-out page shows.

use std::fmt;

use serde::Serialize;

use super::{FormToken, Inside, LinkView, PageView};
use crate::component::Html;
use crate::page::href::Href;
use crate::page::sign_out::{self, SignOutPage};

/// What the sign-out page shows; see [`Pages::render_sign_out`](crate::Pages::render_sign_out).
///
/// # Security
/// [`form`](Self::form) and what serde writes hold the CSRF token of one browser: render them, and
/// neither log nor keep them. `Debug` shows no token, and not the way back, whose query may hold
/// tokens of the application.
#[derive(Serialize)]
#[non_exhaustive]
pub struct SignOutView<'a> {
    /// Language, title, heading, site.
    pub page: PageView<'a>,
    /// "Are you sure you want to sign out?"
    pub question: &'a str,
    /// The whole form: the hidden fields and the button "Sign out".
    pub form: Html,
    /// "Cancel", and where that leads.
    pub cancel: Option<LinkView<'a>>,
    /// Where the form posts to.
    pub action: &'a str,
    /// Where to go after sign-out, if that was said, checked already: an address of this site, or one
    /// of another that the `redirect` callback chose.
    pub return_to: Option<&'a str>,
    csrf_token: Option<FormToken<'a>>,
}

impl<'a> SignOutView<'a> {
    pub(in crate::page) fn new(page: &SignOutPage<'a>) -> Self {
        let inside = Inside {
            frame: page.frame,
            speech: page.speech,
        };
        let text = &page.speech.language.text;
        let cancel = Href::parse(page.cancel).map(|href| LinkView {
            label: text.cancel.into(),
            href: href.as_str().to_owned(),
        });
        let form = Html::button(page.button(text.sign_out));
        Self {
            page: PageView::new(inside, text.sign_out, text.sign_out),
            question: text.sign_out_question,
            form: match page.return_to {
                Some(return_to) => form.return_to(return_to),
                None => form,
            },
            cancel,
            action: page.action,
            return_to: page.return_to,
            csrf_token: page.csrf_token.map(FormToken),
        }
    }

    /// What a form that is written by hand must post as `csrfToken`. `None` with AuthKit, which
    /// looks at where a form comes from.
    pub fn csrf_token(&self) -> Option<&'a str> {
        self.csrf_token.map(|token| token.0)
    }

    /// The page as it would be without the function.
    pub fn built_in(&self) -> Html {
        Html::pre_escaped(sign_out::built_in(self))
    }
}

impl fmt::Debug for SignOutView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignOutView")
            .field("page", &self.page)
            .field("question", &self.question)
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}
