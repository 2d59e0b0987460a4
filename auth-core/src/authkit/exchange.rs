//! One request and what is known of it before any route answers.

use std::borrow::Cow;

use http::{HeaderValue, Method};
use url::form_urlencoded;

use super::kit::{AuthKit, Inner};
use crate::cookie::Cookies;
use crate::http::{Request, RequestView, names_html, single_header};
use crate::page::{LANGUAGE_SECONDS, Speech, UI_LOCALES, Wishes};
use crate::return_to::ReturnTo;
use crate::time::Timestamp;

/// A request to one of the routes, with its cookies within reach.
pub(super) struct Exchange<'a> {
    pub(super) source: &'a AuthKit,
    pub(super) kit: &'a Inner,
    pub(super) request: &'a Request,
    pub(super) cookies: Cookies<'a>,
    pub(super) now: Timestamp,
}

/// The language that somebody chose on a page.
pub(super) const LANGUAGE_COOKIE: &str = "wos-language";

/// The names of the way back: ours, and that of the SDKs.
const RETURN_TO: [&str; 2] = ["callbackUrl", "returnTo"];

impl<'a> Exchange<'a> {
    pub(super) fn begin(source: &'a AuthKit, request: &'a Request) -> Self {
        let kit = source.inner();
        Self {
            source,
            kit,
            request,
            cookies: Cookies::of(request),
            now: kit.clock.now(),
        }
    }

    pub(super) fn query_pairs(&self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> {
        form_urlencoded::parse(self.request.uri().query().unwrap_or_default().as_bytes())
    }

    /// A parameter of the query; the last one counts. One without a value counts as left out.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        last(self.query_pairs(), name)
    }

    /// Where the browser wants to go afterwards: what the posted form says, or the query, as far as
    /// that is a place of ours.
    pub(super) fn return_to(&self) -> Option<ReturnTo> {
        let form = || form_urlencoded::parse(self.request.body());
        let text = RETURN_TO
            .into_iter()
            .find_map(|name| last(form(), name))
            .filter(|_| self.request.method() == Method::POST)
            .or_else(|| RETURN_TO.into_iter().find_map(|name| self.query(name)))?;
        ReturnTo::parse(&text, &self.kit.origin)
    }

    /// The language of this visitor.
    pub(super) fn speech(&self) -> Speech<'_> {
        let cookie = self.cookies.get(LANGUAGE_COOKIE);
        let ui_locales = self.query(UI_LOCALES);
        let wishes = Wishes {
            ui_locales: ui_locales.as_deref(),
            cookie: cookie.as_deref(),
            accept_language: self.header("accept-language"),
        };
        Speech::choose(&self.kit.frame.languages, &wishes)
    }

    /// The cookie that remembers the language which was just chosen on a page.
    pub(super) fn language_cookie(&self, speech: &Speech<'_>) -> Option<HeaderValue> {
        let tag = speech.just_chosen()?;
        let attributes = &self.kit.cookie.attributes;
        Some(attributes.line(LANGUAGE_COOKIE, tag, LANGUAGE_SECONDS.into()))
    }

    /// Whether a browser follows a link or a form here and shows what it gets (Fetch Metadata).
    pub(super) fn is_navigation(&self) -> bool {
        self.header("sec-fetch-mode") == Some("navigate")
    }

    /// Whether the answer may be a document that somebody looks at: nothing says otherwise.
    pub(super) fn may_be_document(&self) -> bool {
        let looks_ahead = ["sec-purpose", "purpose", "x-moz"].into_iter().any(|name| {
            let value = self.header(name).unwrap_or_default();
            value.to_ascii_lowercase().contains("prefetch")
        });
        let is_script = match self.header("sec-fetch-mode") {
            Some(mode) => mode != "navigate",
            None => !self.takes_html(),
        };
        self.request.method() == Method::GET && !looks_ahead && !is_script
    }

    /// The only value of a header. `None` too where it occurs twice or is not text.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        let request: &'a dyn RequestView = self.request;
        single_header(request, name).ok().flatten()
    }

    fn takes_html(&self) -> bool {
        let takes_anything = |accept: &str| {
            accept
                .split(',')
                .any(|range| range.trim().starts_with("*/*"))
        };
        self.header("accept")
            .is_none_or(|accept| names_html(accept) || takes_anything(accept))
    }
}

fn last<'a>(
    pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    name: &str,
) -> Option<String> {
    pairs
        .filter(|(key, value)| key == name && !value.is_empty())
        .last()
        .map(|(_, value)| value.into_owned())
}
