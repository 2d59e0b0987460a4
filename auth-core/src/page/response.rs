//! Pages as responses, with the headers that keep them safe.

use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::http::Response;
use crate::page::Language;

/// Nothing but our own stylesheet and forms. No script at all, from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PAGE_HEADERS: [(HeaderName, &str); 9] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    // A page holds a CSRF token: no cache, shared or private, may keep it.
    (CACHE_CONTROL, "private, no-store"),
    // Whose page it is, and its language.
    (VARY, "Cookie, Accept-Language"),
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_FRAME_OPTIONS, "DENY"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Our own forms keep `Origin` and `Referer`; a provider learns neither path nor query.
    // (`no-referrer` would turn the `Origin` of our own POSTs into `null`.)
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// A page as a response, with the security headers of every page.
pub(crate) fn respond(
    status: StatusCode,
    language: &Language,
    page: impl Into<String>,
) -> Response {
    let mut response = Response::new(page.into().into_bytes());
    *response.status_mut() = status;
    set_headers(response.headers_mut(), PAGE_HEADERS);
    // The tag was parsed: letters, digits and hyphens.
    if let Ok(tag) = HeaderValue::try_from(language.tag()) {
        response.headers_mut().insert(CONTENT_LANGUAGE, tag);
    }
    response
}

/// Sets what no page or file may leave out.
pub(crate) fn set_headers<const N: usize>(
    headers: &mut HeaderMap,
    values: [(HeaderName, &'static str); N],
) {
    for (name, value) in values {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_carries_the_security_headers() {
        let response = respond(
            StatusCode::FORBIDDEN,
            &Language::CHINESE_SIMPLIFIED,
            maud::html! { p { "x" } },
        );
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        let check = |name: &str, expected: &str| {
            let values: Vec<_> = response.headers().get_all(name).iter().collect();
            assert_eq!(values, [expected], "{name}");
        };
        check("content-type", "text/html; charset=utf-8");
        check("cache-control", "private, no-store");
        check(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
        );
        check("x-frame-options", "DENY");
        check("x-content-type-options", "nosniff");
        check("referrer-policy", "same-origin");
        check("cross-origin-opener-policy", "same-origin");
        check("x-robots-tag", "noindex");
        check("content-language", "zh-Hans");
        check("vary", "Cookie, Accept-Language");
        assert_eq!(response.headers().len(), 10);
    }
}
