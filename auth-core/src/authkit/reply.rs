//! The answers of the routes.

use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE,
    VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use crate::http::Response;

/// A redirect. `302` where the browser asked for a page, `303` after a form: it is never posted
/// again.
pub(super) fn redirect(status: StatusCode, to: &str) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    match HeaderValue::try_from(to) {
        Ok(location) => {
            response.headers_mut().insert(LOCATION, location);
        }
        // What we redirect to was parsed as a URL.
        Err(_) => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    finish(response)
}

pub(super) fn json(status: StatusCode, value: &Value) -> Response {
    let mut response = Response::new(value.to_string().into_bytes());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    finish(response)
}

/// RFC 9457. The texts are ours.
pub(super) fn problem(status: StatusCode, code: &str, title: &str) -> Response {
    let body = json!({
        "type": "about:blank", "title": title, "status": status.as_u16(), "code": code,
    });
    let mut response = json(status, &body);
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    response
}

/// RFC 9110 §15.5.6.
pub(super) fn method_not_allowed(allowed: &'static str) -> Response {
    let mut response = problem(
        StatusCode::METHOD_NOT_ALLOWED,
        "unknown_action",
        "Method not allowed",
    );
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

pub(super) fn with_cookies(
    mut response: Response,
    cookies: impl IntoIterator<Item = HeaderValue>,
) -> Response {
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// No answer of ours may be cached, framed, or taken for another type.
pub(super) fn finish(mut response: Response) -> Response {
    let headers = response.headers_mut();
    // A page is in a language, which a cookie chooses or else the browser.
    let varies = match headers.contains_key(CONTENT_LANGUAGE) {
        true => "Cookie, Authorization, Accept-Language",
        false => "Cookie, Authorization",
    };
    headers.insert(VARY, HeaderValue::from_static(varies));
    let mut default = |name, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(CACHE_CONTROL, "private, no-store");
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(X_FRAME_OPTIONS, "DENY");
    default(REFERRER_POLICY, "same-origin");
    response
}
