//! What the pages show, for functions of the application that render them in place of ours.

mod error;
mod sign_in;
mod sign_out;
mod verify_request;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

pub use self::error::ErrorView;
pub use self::sign_in::{ProviderView, SignInView};
pub use self::sign_out::SignOutView;
pub use self::verify_request::VerifyRequestView;
use crate::component::Html;
use crate::page::href::Href;
use crate::page::site_view::SiteView;
use crate::page::{ErrorWords, Frame, Language, Speech, is_plain_word};

/// What is the same on every page: its language, its title, and the site that it belongs to.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PageView<'a> {
    /// The language of all texts, for `<html lang>`: `en`.
    pub lang: &'a str,
    /// The direction of writing, for `<html dir>`: `ltr` or `rtl`.
    pub dir: &'a str,
    /// For `<title>`: `Sign in – Acme`.
    pub title: String,
    /// For the page's one `<h1>`: `Sign in to Acme`.
    pub heading: String,
    /// The site, as its [`Theme`](crate::Theme) says.
    pub site: &'a SiteView,
    /// What to link to at the foot: privacy policy and terms, where the theme has them.
    pub footer: Vec<LinkView<'a>>,
    /// The form that asks for the same page in another language, where there are others.
    pub languages: Option<Html>,
}

/// A link.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LinkView<'a> {
    /// What it says.
    pub label: Cow<'a, str>,
    /// Where it leads: a path of this site, or an http or https address.
    pub href: String,
}

/// Without its content: one says who is signed in, and leads where they were.
impl fmt::Debug for LinkView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LinkView").finish_non_exhaustive()
    }
}

/// What went wrong, in plain words of the page's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ShownError<'a> {
    /// What went wrong, in a few words.
    pub title: &'a str,
    /// What happened, or why.
    pub what: &'a str,
    /// What to do now.
    pub next: Cow<'a, str>,
    /// The stable code, as in `docs/errors.md`: letters, digits, `_` and `-`.
    pub code: Option<&'a str>,
    /// What to look for in the log: letters, digits, `_` and `-`.
    pub reference: Option<&'a str>,
}

impl<'a> PageView<'a> {
    /// `heading` is the page's, `title` what the tab says before the name of the site.
    pub(super) fn new(
        inside: Inside<'a>,
        title: impl Into<String>,
        heading: impl Into<String>,
    ) -> Self {
        let Inside { frame, speech } = inside;
        let language = speech.language;
        let text = &language.text;
        let link = |label: &'a str, href: &Href| LinkView {
            label: label.into(),
            href: href.as_str().to_owned(),
        };
        let privacy = frame.privacy_policy.iter().map(|it| link(text.privacy, it));
        let terms = frame.terms.iter().map(|it| link(text.terms, it));
        let mut title = title.into();
        if let Some(name) = &frame.site.name {
            title.push_str(" – ");
            title.push_str(name);
        }
        Self {
            lang: language.tag,
            dir: language.direction().as_str(),
            title,
            heading: heading.into(),
            site: &frame.site,
            footer: privacy.chain(terms).collect(),
            languages: speech.picker().map(Html::pre_escaped),
        }
    }
}

impl<'a> ShownError<'a> {
    pub(super) fn new(words: &ErrorWords<'a>, language: &'a Language) -> Self {
        let explanation = words.explanation(language);
        Self {
            title: explanation.title,
            what: explanation.what,
            next: explanation.next,
            code: words.code.filter(|word| is_plain_word(word)),
            reference: words.reference.filter(|word| is_plain_word(word)),
        }
    }
}

/// What a built-in page is rendered in.
#[derive(Clone, Copy)]
pub(super) struct Inside<'a> {
    pub(super) frame: &'a Frame,
    pub(super) speech: &'a Speech<'a>,
}

/// Its content is in [`PageView`].
impl fmt::Debug for Inside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inside").finish_non_exhaustive()
    }
}

/// A CSRF token: templates get it, logs do not.
#[derive(Clone, Copy, Serialize)]
#[serde(transparent)]
pub(super) struct FormToken<'a>(pub(super) &'a str);

impl fmt::Debug for FormToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
