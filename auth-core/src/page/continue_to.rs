//! The page between our form and the provider.
//!
//! A redirect in answer to a form is checked against the `form-action` of the page that sent it,
//! and with it every redirect that follows at the provider. Browsers then block it silently. A
//! page that refreshes itself to the provider starts a new navigation, works without scripts, and
//! leaves the Back button alone.

use std::borrow::Cow;

use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use maud::{Markup, html};

use crate::http::Response;
use crate::page::href::{Href, sign_in_again};
use crate::page::layout::document;
use crate::page::name::isolated;
use crate::page::view::Inside;
use crate::page::{ErrorPage, ErrorWords, Frame, PageView, Speech, error, respond};

/// Where the browser goes next.
pub(crate) struct ContinueView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) speech: &'a Speech<'a>,
    /// The address to go to: `http`, `https`, or a path of our own origin.
    pub(crate) url: &'a str,
    pub(crate) to: Next<'a>,
}

/// What is there.
pub(crate) enum Next<'a> {
    /// A provider, `GitHub`, or a host.
    Named(&'a str),
    /// The sign-out of WorkOS.
    SignOut,
}

impl<'a> ContinueView<'a> {
    fn inside(&self) -> Inside<'a> {
        Inside {
            frame: self.frame,
            speech: self.speech,
        }
    }
}

const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// A page that goes on to `view.url` at once. The caller adds its cookies to the response.
///
/// # Security
/// Any other kind of address ends in the error page, status 500: it did not come from a provider's
/// configuration.
pub(crate) fn continue_to(view: &ContinueView<'_>) -> Response {
    let Some(href) = Href::parse(view.url) else {
        return unusable_address(view);
    };
    let Ok(refresh) = HeaderValue::try_from(format!("0;url={}", href.as_str())) else {
        return unusable_address(view);
    };
    let mut response = respond(StatusCode::OK, view.speech.language, page(view, &href));
    response.headers_mut().insert(REFRESH, refresh);
    response
}

fn page(view: &ContinueView<'_>, href: &Href) -> Markup {
    let text = &view.speech.language.text;
    let title = match view.to {
        Next::Named(name) => {
            let name = isolated(name, view.speech.language);
            text.continue_to.fill([&name]).into()
        }
        Next::SignOut => Cow::Borrowed(text.continue_to_sign_out),
    };
    let page = PageView::new(view.inside(), &*title, &*title);
    let content = html! {
        h1 { (page.heading) }
        p { (text.being_taken) }
        p.actions { a.button.primary href=(href.as_str()) { (text.go_on) } }
    };
    document(&page, &content)
}

fn unusable_address(view: &ContinueView<'_>) -> Response {
    let page = ErrorPage {
        frame: view.frame,
        speech: view.speech,
        error: ErrorWords {
            error: "Configuration",
            code: Some("configuration"),
            reference: None,
            used_before: Vec::new(),
        },
        sign_in: sign_in_again(&view.frame.prefix, None).into(),
    };
    respond(
        StatusCode::INTERNAL_SERVER_ERROR,
        view.speech.language,
        error(&page),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{ENGLISH, Look};

    fn to(url: &str) -> Response {
        continue_to(&ContinueView {
            frame: &Frame::new("/api/auth", Look::default()),
            speech: &Speech::of(&ENGLISH),
            url,
            to: Next::Named("GitHub"),
        })
    }

    fn body(response: &Response) -> &str {
        std::str::from_utf8(response.body()).unwrap()
    }

    #[test]
    fn the_browser_goes_on_by_itself_and_by_a_link() {
        let response = to("https://idp.example/authorize?client_id=a&state=b%20c");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(
            response.headers()["refresh"],
            "0;url=https://idp.example/authorize?client_id=a&state=b%20c"
        );
        let link = r#"href="https://idp.example/authorize?client_id=a&amp;state=b%20c""#;
        assert!(body(&response).contains(link));
        assert_eq!(response.headers()["cache-control"], "private, no-store");
        assert_eq!(response.headers()["referrer-policy"], "same-origin");
        assert!(response.headers().contains_key("content-security-policy"));
    }

    #[test]
    fn the_refresh_address_is_percent_encoded() {
        let check = |url: &str, expected: &str| {
            assert_eq!(to(url).headers()["refresh"], expected, "{url:?}");
        };
        check(
            "https://idp.example/ä?a=\"b\" 'c'\r\nx",
            "0;url=https://idp.example/%C3%A4?a=%22b%22%20%27c%27x",
        );
        check(
            "https://münchen.example/",
            "0;url=https://xn--mnchen-3ya.example/",
        );
        check("/after?a=b;url=c", "0;url=/after?a=b;url=c");
    }

    #[test]
    fn an_address_that_is_not_http_goes_nowhere() {
        for url in [
            "javascript:alert(1)",
            "//evil.example/",
            "data:text/html,x",
            "",
        ] {
            let response = to(url);
            assert_eq!(
                response.status(),
                StatusCode::INTERNAL_SERVER_ERROR,
                "{url}"
            );
            assert!(!response.headers().contains_key("refresh"), "{url}");
            assert!(!body(&response).contains("evil"), "{url}");
        }
    }
}
