//! The stylesheet of all pages, under an address that changes with its content.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS};

use crate::http::Response;
use crate::page::response::set_headers;
use crate::secret::hex;

const STYLE: &str = include_str!("style.css");

const HEADERS: [(HeaderName, &str); 4] = [
    (CONTENT_TYPE, "text/css; charset=utf-8"),
    (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// The stylesheet of all pages.
pub(crate) fn stylesheet() -> Response {
    let mut response = Response::new(STYLE.as_bytes().to_vec());
    set_headers(response.headers_mut(), HEADERS);
    response
}

/// Where the stylesheet is. The address names its content, so browsers may keep it for good.
pub(crate) fn stylesheet_path(prefix: &str) -> String {
    static VERSION: LazyLock<String> =
        LazyLock::new(|| hex(&digest(&SHA256, STYLE.as_bytes()).as_ref()[..8]));
    format!("{prefix}/style.css?v={}", *VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_may_be_kept_for_good() {
        let response = stylesheet();
        let check = |name: &str, expected: &str| {
            assert_eq!(response.headers()[name], expected, "{name}");
        };
        check("content-type", "text/css; charset=utf-8");
        check("cache-control", "public, max-age=31536000, immutable");
        check("x-content-type-options", "nosniff");
        check("cross-origin-resource-policy", "same-origin");
        assert_eq!(response.body(), STYLE.as_bytes());
    }

    #[test]
    fn the_address_names_the_content() {
        let path = stylesheet_path("/api/auth");
        let version = path.strip_prefix("/api/auth/style.css?v=").unwrap();
        assert_eq!(version.len(), 16);
        let sha256 = hex(digest(&SHA256, STYLE.as_bytes()).as_ref());
        assert!(sha256.starts_with(version));
    }

    #[test]
    fn only_logical_properties_so_that_pages_mirror() {
        for side in ["left", "right", "-top", "-bottom"] {
            assert!(!STYLE.contains(side), "{side}");
        }
        let declarations = STYLE.split(['{', '}', ';']).map(str::trim);
        for declaration in declarations.filter(|text| !text.starts_with("@media")) {
            for physical in [
                "width:",
                "height:",
                "min-width:",
                "max-width:",
                "top:",
                "bottom:",
            ] {
                assert!(!declaration.starts_with(physical), "{declaration}");
            }
        }
    }

    #[test]
    fn nothing_is_fetched_from_anywhere() {
        assert!(!STYLE.contains("url("));
        assert!(!STYLE.contains("@import"));
        assert!(!STYLE.contains("//"));
    }

    #[test]
    fn the_settings_of_the_visitor_are_heeded() {
        for setting in [
            "(prefers-color-scheme: dark)",
            "(prefers-reduced-motion: no-preference)",
            "(forced-colors: active)",
            ":focus-visible",
        ] {
            assert!(STYLE.contains(setting), "{setting}");
        }
    }

    /// WCAG 2.2: 4.5 for text (1.4.3), 3 for the edges of controls and the focus ring (1.4.11).
    #[test]
    fn contrast_suffices_in_both_themes() {
        let (light, dark) = STYLE.split_once("(prefers-color-scheme: dark)").unwrap();
        for theme in [light, dark] {
            let check = |front: &str, back: &str, least: f64| {
                let ratio = contrast(colour(theme, front), colour(theme, back));
                assert!(ratio >= least, "{front} on {back}: {ratio:.2}");
            };
            for back in ["card", "hover", "canvas"] {
                check("text", back, 4.5);
                check("muted", back, 4.5);
                check("accent", back, 4.5);
                check("control", back, 3.0);
            }
            check("text", "danger-card", 4.5);
            check("muted", "danger-card", 4.5);
            check("danger", "danger-card", 4.5);
            check("danger", "card", 3.0);
            check("on-accent", "accent", 4.5);
            check("on-accent", "accent-hover", 4.5);
        }
    }

    fn colour(theme: &str, name: &str) -> [u8; 3] {
        let (_, value) = theme.split_once(&format!("--{name}: #")).unwrap();
        [0, 2, 4].map(|at| u8::from_str_radix(&value[at..at + 2], 16).unwrap())
    }

    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(colour: [u8; 3]) -> f64 {
        let [red, green, blue] = colour.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
