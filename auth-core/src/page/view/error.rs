//! What the error page shows.

use serde::Serialize;

use super::{Inside, LinkView, PageView, ShownError};
use crate::component::Html;
use crate::page::error::{self, ErrorPage};

/// What the error page shows; see [`Pages::render_error`](crate::Pages::render_error).
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct ErrorView<'a> {
    #[serde(skip)]
    pub(in crate::page) inside: Inside<'a>,
    /// Language, title, heading, site.
    pub page: PageView<'a>,
    /// What went wrong.
    pub error: ShownError<'a>,
    /// "Sign in again", and where that is.
    pub sign_in: LinkView<'a>,
}

impl<'a> ErrorView<'a> {
    pub(in crate::page) fn new(page: &ErrorPage<'a>) -> Self {
        let inside = Inside {
            frame: page.frame,
            speech: page.speech,
        };
        let text = &page.speech.language.text;
        let error = ShownError::new(&page.error, page.speech.language);
        Self {
            page: PageView::new(inside, text.error_title.fill([error.title]), error.title),
            inside,
            error,
            sign_in: LinkView {
                label: text.sign_in_again.into(),
                href: page.sign_in.clone().into_owned(),
            },
        }
    }

    /// The page as it would be without the function.
    pub fn built_in(&self) -> Html {
        Html::pre_escaped(error::built_in(self))
    }
}
