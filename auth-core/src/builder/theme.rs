//! How the application wants the built-in pages to look.

use super::problem::BuildProblem;
use crate::page::{ColorScheme, Colour, DARK, Href, LIGHT, Logo, Look};

/// The look of the built-in pages: Auth.js's four settings, and what else says whose pages they are.
/// Default: blue buttons, no logo, no name, light or dark as the visitor's system says.
///
/// Pages stay readable whatever is set here: the main button has the brand's colour as it is, links
/// and focus have the nearest colour that can be read, and text that cannot be read on the button is
/// replaced by black or white, with a warning of [`build`](crate::AuthBuilder::build).
/// [`stylesheet`](Self::stylesheet) comes last and may undo that.
///
/// # Security
/// Values are parsed, not pasted: none can add a rule to the stylesheet or markup to a page. The
/// pages' own policy (`img-src 'self' data:; style-src 'self'`) needs no exception for them.
///
/// # Examples
/// ```
/// # use auth_core::{ColorScheme, Theme};
/// let theme = Theme::new()
///     .name("Acme")
///     .logo("/logo.svg")
///     .logo_dark("/logo-dark.svg")
///     .brand_color("#7c3aed")
///     .radius(4)
///     .privacy_policy("/privacy")
///     .terms("https://acme.example/terms")
///     .color_scheme(ColorScheme::Auto);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Theme {
    name: Option<String>,
    logo: Option<String>,
    logo_dark: Option<String>,
    brand_color: Option<String>,
    button_text: Option<String>,
    color_scheme: ColorScheme,
    radius: Option<u8>,
    stylesheet: Option<String>,
    privacy_policy: Option<String>,
    terms: Option<String>,
}

impl Theme {
    /// The default look.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the site is called: 1 to 80 characters in one line. Pages then say "Sign in to Acme",
    /// and tabs "Sign in – Acme". Default: no name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// A picture above each page's heading: a path of this site, or a
    /// `data:image/(png|jpeg|gif|webp|svg+xml);base64,` URL of at most 32 KiB. Default: none.
    ///
    /// It says nothing to a screen reader, which has the heading.
    pub fn logo(mut self, address: impl Into<String>) -> Self {
        self.logo = Some(address.into());
        self
    }

    /// Another picture for dark pages, beside [`logo`](Self::logo). Default: the same.
    pub fn logo_dark(mut self, address: impl Into<String>) -> Self {
        self.logo_dark = Some(address.into());
        self
    }

    /// The colour of main buttons, `#rrggbb` or `#rgb`. Default: a blue.
    pub fn brand_color(mut self, color: impl Into<String>) -> Self {
        self.brand_color = Some(color.into());
        self
    }

    /// The colour of the text on main buttons, `#rrggbb` or `#rgb`. Default: white where that can be
    /// read, else black.
    pub fn button_text(mut self, color: impl Into<String>) -> Self {
        self.button_text = Some(color.into());
        self
    }

    /// Light, dark, or as the visitor's system says, which is the default.
    pub fn color_scheme(mut self, scheme: ColorScheme) -> Self {
        self.color_scheme = scheme;
        self
    }

    /// How round the corners of buttons are, in CSS pixels at the usual size of text, 0 to 24; the
    /// card is twice as round. Default: 8.
    pub fn radius(mut self, pixels: u8) -> Self {
        self.radius = Some(pixels);
        self
    }

    /// A stylesheet of the application, after ours: a path of this site, for the pages' policy allows
    /// no other. Ours is made of custom properties (`--brand`, `--card`, `--radius` and so on), which
    /// it may set anew. Default: none.
    pub fn stylesheet(mut self, path: impl Into<String>) -> Self {
        self.stylesheet = Some(path.into());
        self
    }

    /// Where the privacy policy is: a path of this site, or an https address. Each page then links
    /// to it at its foot. Default: no link.
    pub fn privacy_policy(mut self, address: impl Into<String>) -> Self {
        self.privacy_policy = Some(address.into());
        self
    }

    /// Where the terms of service are: a path of this site, or an https address. Each page then
    /// links to them at its foot. Default: no link.
    pub fn terms(mut self, address: impl Into<String>) -> Self {
        self.terms = Some(address.into());
        self
    }

    pub(crate) fn resolve(
        self,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> Look {
        let mut invalid = |setting, expected| {
            problems.push(BuildProblem::ThemeInvalid { setting, expected });
        };
        if self.logo_dark.is_some() && self.logo.is_none() {
            invalid("logo_dark", "a `logo` for light pages beside it");
        }
        if self.radius.is_some_and(|pixels| pixels > LARGEST_RADIUS) {
            invalid("radius", "a number up to 24");
        }
        let mut parse = Parser(invalid);
        let look = Look {
            name: parse.text("name", NAME, self.name, site_name),
            logo: parse.text("logo", LOGO, self.logo, Logo::parse),
            logo_dark: parse.text("logo_dark", LOGO, self.logo_dark, Logo::parse),
            brand: parse.text("brand_color", COLOUR, self.brand_color, Colour::parse),
            button_text: parse.text("button_text", COLOUR, self.button_text, Colour::parse),
            scheme: self.color_scheme,
            radius: self.radius,
            stylesheet: parse.text("stylesheet", PATH, self.stylesheet, own_path),
            privacy_policy: parse.text("privacy_policy", LINK, self.privacy_policy, link),
            terms: parse.text("terms", LINK, self.terms, link),
        };
        if let Some(text) = look.button_text
            && ![LIGHT, DARK]
                .map(|palette| {
                    look.brand
                        .map_or(palette, |brand| palette.with_brand(brand))
                })
                .iter()
                .all(|palette| palette.can_carry(text))
        {
            warnings.push(format!(
                "theme: text in {text} cannot be read on every main button: where it cannot, \
                 black or white is used"
            ));
        }
        look
    }
}

const NAME: &str = "a name of 1 to 80 characters in one line";
const COLOUR: &str = "a colour written as `#1d4ed8`";
const LOGO: &str = "a path of this site or a `data:image/…;base64,` URL of at most 32 KiB";
const PATH: &str = "a path of this site";
const LINK: &str = "a path of this site or an https address";

/// Rounder than that, a button of two lines is an egg.
const LARGEST_RADIUS: u8 = 24;

fn site_name(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (1..=80).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

fn own_path(text: &str) -> Option<Href> {
    Href::parse(text).filter(|_| text.starts_with('/'))
}

fn link(text: &str) -> Option<Href> {
    let is_ours = text.starts_with('/');
    Href::parse(text).filter(|href| is_ours || href.as_str().starts_with("https://"))
}

/// Parses settings, and reports those that are none.
struct Parser<F>(F);

impl<F: FnMut(&'static str, &'static str)> Parser<F> {
    fn text<T>(
        &mut self,
        setting: &'static str,
        expected: &'static str,
        text: Option<String>,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(&text?);
        if parsed.is_none() {
            (self.0)(setting, expected);
        }
        parsed
    }
}
