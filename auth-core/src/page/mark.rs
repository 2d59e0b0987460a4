//! The marks of providers: where they are, and as responses.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS,
};

use crate::http::Response;
use crate::page::response::set_headers;
use crate::provider::Mark;

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_TYPE, "image/svg+xml"),
    (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Opened by itself an SVG is a document of our origin: one that can do nothing.
    (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// A mark as a response.
pub(crate) fn mark(mark: Mark) -> Response {
    let mut response = Response::new(mark.svg().as_bytes().to_vec());
    set_headers(response.headers_mut(), HEADERS);
    response
}

/// Where the mark of the registration `id` is. The address names its content, so browsers may keep
/// it for good.
pub(crate) fn mark_path(prefix: &str, id: &str, mark: Mark) -> String {
    format!("{prefix}/marks/{id}.svg?v={:016x}", mark.version())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::{GITHUB, GOOGLE};

    #[test]
    fn a_mark_may_be_kept_for_good_and_can_do_nothing() {
        let google = GOOGLE.mark.unwrap();
        let response = mark(google);
        let check = |name: &str, expected: &str| {
            let values: Vec<_> = response.headers().get_all(name).iter().collect();
            assert_eq!(values, [expected], "{name}");
        };
        check("content-type", "image/svg+xml");
        check("cache-control", "public, max-age=31536000, immutable");
        check("x-content-type-options", "nosniff");
        check("content-security-policy", "default-src 'none'; sandbox");
        check("cross-origin-resource-policy", "same-origin");
        assert_eq!(response.body(), google.svg().as_bytes());
    }

    #[test]
    fn the_address_names_the_content() {
        let version = |path: String| {
            let version = path.strip_prefix("/auth/marks/kc-acme.svg?v=");
            assert_eq!(version.unwrap().len(), 16);
            path
        };
        let [google, github] = [GOOGLE, GITHUB].map(|it| it.mark.unwrap());
        assert_ne!(
            version(mark_path("/auth", "kc-acme", google)),
            version(mark_path("/auth", "kc-acme", github))
        );
    }
}
