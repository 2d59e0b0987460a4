//! What is around the content of every page: where it is mounted, and how it looks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::page::Languages;
use crate::page::colour::Colour;
use crate::page::functions::PageFunctions;
use crate::page::href::Href;
use crate::page::site_view::SiteView;
use crate::page::stylesheet::Stylesheet;

/// Light, dark, or as the visitor's system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColorScheme {
    /// As the visitor's system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ColorScheme {
    /// In CSS.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The look of the pages, parsed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub(crate) name: Option<String>,
    pub(crate) logo: Option<Logo>,
    pub(crate) logo_dark: Option<Logo>,
    pub(crate) brand: Option<Colour>,
    pub(crate) button_text: Option<Colour>,
    pub(crate) scheme: ColorScheme,
    /// In CSS pixels at the usual size of text.
    pub(crate) radius: Option<u8>,
    pub(crate) stylesheet: Option<Href>,
    pub(crate) privacy_policy: Option<Href>,
    pub(crate) terms: Option<Href>,
}

/// The address of a picture that our own policy lets through: of our origin, or within the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Logo(String);

/// The largest logo within a page, in bytes: every page carries it.
const LARGEST_LOGO: usize = 32 * 1024;

impl Logo {
    /// Parses a path of our origin, or a `data:` URL of a picture.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // Beside a logo for the dark, a comma at the end would end the address (HTML, `srcset`).
        if text.ends_with(',') {
            return None;
        }
        if text.starts_with('/') {
            return Some(Self(Href::parse(text)?.as_str().to_owned()));
        }
        let (kind, base64) = text.strip_prefix("data:image/")?.split_once(";base64,")?;
        let is_picture = matches!(kind, "png" | "jpeg" | "gif" | "webp" | "svg+xml");
        let fits = text.len() <= LARGEST_LOGO && STANDARD.decode(base64).is_ok();
        (is_picture && fits).then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What every page is put into.
pub(crate) struct Frame {
    /// Where the routes are mounted: `/api/auth`.
    pub(crate) prefix: String,
    pub(crate) stylesheet: Stylesheet,
    pub(crate) stylesheet_path: String,
    pub(crate) site: SiteView,
    pub(crate) privacy_policy: Option<Href>,
    pub(crate) terms: Option<Href>,
    pub(crate) functions: PageFunctions,
    /// What the pages can be read in.
    pub(crate) languages: Languages,
}

impl Frame {
    pub(crate) fn new(prefix: &str, look: Look) -> Self {
        let stylesheet = Stylesheet::new(&look);
        let stylesheet_path = stylesheet.path(prefix);
        Self {
            prefix: prefix.to_owned(),
            site: SiteView::new(&look, &stylesheet_path),
            stylesheet_path,
            stylesheet,
            privacy_policy: look.privacy_policy,
            terms: look.terms,
            functions: PageFunctions::default(),
            languages: Languages::default(),
        }
    }

    pub(crate) fn speaking(self, languages: Languages) -> Self {
        Self { languages, ..self }
    }

    pub(crate) fn with_functions(self, functions: PageFunctions) -> Self {
        Self { functions, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_ours_or_within_the_page() {
        for text in [
            "/logo.svg",
            "/logo.svg?v=1",
            "data:image/png;base64,iVBORw0KGgo=",
            "data:image/svg+xml;base64,PHN2Zy8+",
        ] {
            assert_eq!(Logo::parse(text).unwrap().as_str(), text);
        }
        let encoded = Logo::parse("/a\" onerror=\"x").unwrap();
        assert_eq!(encoded.as_str(), "/a%22%20onerror=%22x");
    }

    #[test]
    fn nothing_else_is_a_logo() {
        let large = format!("data:image/png;base64,{}", "AAAA".repeat(LARGEST_LOGO / 4));
        for text in [
            "",
            "logo.svg",
            "https://cdn.example/logo.svg",
            "//cdn.example/logo.svg",
            "javascript:alert(1)",
            "data:text/html;base64,AAAA",
            "data:image/svg+xml,<svg/>",
            "data:image/png;base64,\"><script>",
            "/logo.svg?a,",
            &large,
        ] {
            assert_eq!(Logo::parse(text), None, "{text:.40}");
        }
    }
}
