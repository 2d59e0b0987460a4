//! The stylesheet of all pages, under an address that changes with its content.

use aws_lc_rs::digest::{SHA256, digest};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS};

use crate::http::Response;
use crate::page::frame::{ColorScheme, Look};
use crate::page::palette::{DARK, LIGHT, Palette};
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

/// How round corners are, in CSS pixels at the usual size of text.
const RADIUS: u8 = 8;

/// The stylesheet of all pages: the colours, and the rules that use them.
pub(crate) struct Stylesheet(String);

impl Stylesheet {
    pub(crate) fn new(look: &Look) -> Self {
        let colours = |palette: Palette| {
            let palette = look
                .brand
                .map_or(palette, |brand| palette.with_brand(brand));
            let text = look.button_text;
            text.map_or(palette, |text| palette.with_button_text(text))
                .properties()
        };
        let scheme = look.scheme.as_str();
        // In rem, so that corners grow with the text.
        let radius = f32::from(look.radius.unwrap_or(RADIUS)) / 16.0;
        let colours = match look.scheme {
            ColorScheme::Auto => format!(
                ":root {{ color-scheme: {scheme}; {} }}\n\
                 @media (prefers-color-scheme: dark) {{ :root {{ {} }} }}\n",
                colours(LIGHT),
                colours(DARK),
            ),
            ColorScheme::Light => {
                format!(":root {{ color-scheme: {scheme}; {} }}\n", colours(LIGHT))
            }
            ColorScheme::Dark => format!(":root {{ color-scheme: {scheme}; {} }}\n", colours(DARK)),
        };
        Self(format!(
            "{colours}:root {{ --radius: {radius}rem; }}\n{}",
            without_comments(STYLE)
        ))
    }

    /// As a response.
    pub(crate) fn respond(&self) -> Response {
        let mut response = Response::new(self.0.as_bytes().to_vec());
        set_headers(response.headers_mut(), HEADERS);
        response
    }

    /// Where it is. The address names its content, so browsers may keep it for good.
    pub(crate) fn path(&self, prefix: &str) -> String {
        let version = hex(&digest(&SHA256, self.0.as_bytes()).as_ref()[..8]);
        format!("{prefix}/style.css?v={version}")
    }
}

/// The rules alone: nobody's browser reads why they are as they are.
fn without_comments(css: &str) -> String {
    let mut rules = String::with_capacity(css.len());
    for part in css.split("*/") {
        let before_comment = part.split("/*").next().unwrap_or_default();
        let lines = before_comment.lines().map(str::trim_start);
        for line in lines.filter(|line| !line.is_empty()) {
            rules.push_str(line);
            rules.push('\n');
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::colour::Colour;

    fn default() -> Stylesheet {
        Stylesheet::new(&Look::default())
    }

    #[test]
    fn the_stylesheet_may_be_kept_for_good() {
        let response = default().respond();
        let check = |name: &str, expected: &str| {
            assert_eq!(response.headers()[name], expected, "{name}");
        };
        check("content-type", "text/css; charset=utf-8");
        check("cache-control", "public, max-age=31536000, immutable");
        check("x-content-type-options", "nosniff");
        check("cross-origin-resource-policy", "same-origin");
        assert_eq!(response.body(), default().0.as_bytes());
    }

    #[test]
    fn comments_stay_at_home() {
        let css = "/* a\n   b */\n:root { c: d; }\n\n  e { f: g; } /* h */\ni { j: k; }\n";
        assert_eq!(
            without_comments(css),
            ":root { c: d; }\ne { f: g; } \ni { j: k; }\n"
        );
        assert!(!default().0.contains("/*"));
    }

    #[test]
    fn the_address_names_the_content() {
        let path = default().path("/api/auth");
        let version = path.strip_prefix("/api/auth/style.css?v=").unwrap();
        assert_eq!(version.len(), 16);
        let sha256 = hex(digest(&SHA256, default().0.as_bytes()).as_ref());
        assert!(sha256.starts_with(version));
        let branded = Stylesheet::new(&Look {
            brand: Some(Colour::BLACK),
            ..Look::default()
        });
        assert_ne!(branded.path("/api/auth"), path);
    }

    #[test]
    fn a_look_chooses_the_scheme_and_the_colours_of_the_button() {
        let sheet = |scheme| {
            Stylesheet::new(&Look {
                brand: Some(Colour::of(0x7c_3a_ed)),
                button_text: Some(Colour::of(0xff_ff_f0)),
                scheme,
                ..Look::default()
            })
            .0
        };
        let dark_card = "--card: #171a21;";
        for (scheme, expected, schemes) in [
            (ColorScheme::Auto, "color-scheme: light dark;", 2),
            (ColorScheme::Light, "color-scheme: light;", 1),
            (ColorScheme::Dark, "color-scheme: dark;", 1),
        ] {
            let text = sheet(scheme);
            assert!(text.contains(expected), "{expected}");
            assert_eq!(text.contains(dark_card), scheme != ColorScheme::Light);
            assert_eq!(text.matches("--brand: #7c3aed;").count(), schemes);
            assert_eq!(text.matches("--on-brand: #fffff0;").count(), schemes);
        }
    }

    #[test]
    fn corners_are_as_round_as_asked_for() {
        let sheet = |radius| {
            let look = Look {
                radius,
                ..Look::default()
            };
            Stylesheet::new(&look).0
        };
        assert!(sheet(None).contains(":root { --radius: 0.5rem; }"));
        assert!(sheet(Some(0)).contains(":root { --radius: 0rem; }"));
        assert!(sheet(Some(5)).contains(":root { --radius: 0.3125rem; }"));
    }

    #[test]
    fn every_colour_that_a_rule_uses_is_set() {
        let text = default().0;
        for used in STYLE.split("var(--").skip(1) {
            let name = used.split(')').next().unwrap();
            assert!(text.contains(&format!("--{name}: ")), "{name}");
        }
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
            assert!(default().0.contains(setting), "{setting}");
        }
    }
}
