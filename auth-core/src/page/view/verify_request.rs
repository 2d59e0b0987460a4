//! What the page shows after a link was sent.

use serde::Serialize;

use super::{Inside, LinkView, PageView};
use crate::component::Html;
use crate::page::href::Href;
use crate::page::name::isolated;
use crate::page::verify_request::{self, VerifyRequestPage};

/// What the page shows after a link was sent; see
/// [`Pages::render_verify_request`](crate::Pages::render_verify_request). Not the address: whoever
/// can read the link can read that, too.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct VerifyRequestView<'a> {
    /// Language, title, heading, site.
    pub page: PageView<'a>,
    /// That a link was sent.
    pub sent: &'a str,
    /// What to do if nothing arrives.
    pub hint: &'a str,
    /// "Back to app.example".
    pub home: Option<LinkView<'a>>,
}

impl<'a> VerifyRequestView<'a> {
    pub(in crate::page) fn new(page: &VerifyRequestPage<'a>) -> Self {
        let inside = Inside {
            frame: page.frame,
            speech: page.speech,
        };
        let text = &page.speech.language.text;
        let host = page.origin.split_once("://").map_or("", |(_, host)| host);
        let home = Href::parse(page.origin).map(|href| LinkView {
            label: text
                .back_to
                .fill([&isolated(host, page.speech.language)])
                .into(),
            href: href.as_str().to_owned(),
        });
        Self {
            page: PageView::new(inside, text.check_email, text.check_email),
            sent: text.link_sent,
            hint: text.nothing_arrived,
            home,
        }
    }

    /// The page as it would be without the function.
    pub fn built_in(&self) -> Html {
        Html::pre_escaped(verify_request::built_in(self))
    }
}
