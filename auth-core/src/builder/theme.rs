//! How the application wants the built-in pages to look.

use super::problem::BuildProblem;
use crate::page::{ColorScheme, Colour, DARK, LIGHT, Logo, Look};

/// The look of the built-in pages: Auth.js's four settings. Default: blue buttons, no logo, light or
/// dark as the visitor's system says.
///
/// Pages stay readable whatever is set here: the main button has the brand's colour as it is, links
/// and focus have the nearest colour that can be read, and text that cannot be read on the button is
/// replaced by black or white, with a warning of [`build`](crate::AuthBuilder::build).
///
/// # Security
/// Values are parsed, not pasted: none can add a rule to the stylesheet or markup to a page. The
/// pages' own policy (`img-src 'self' data:; style-src 'self'`) needs no exception for them.
///
/// # Examples
/// ```
/// # use auth_core::{ColorScheme, Theme};
/// let theme = Theme::new()
///     .logo("/logo.svg")
///     .brand_color("#7c3aed")
///     .color_scheme(ColorScheme::Light);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Theme {
    logo: Option<String>,
    brand_color: Option<String>,
    button_text: Option<String>,
    color_scheme: ColorScheme,
}

impl Theme {
    /// The default look.
    pub fn new() -> Self {
        Self::default()
    }

    /// A picture above each page's heading: a path of this site, or a
    /// `data:image/(png|jpeg|gif|webp|svg+xml);base64,` URL of at most 32 KiB. Default: none.
    ///
    /// It says nothing to a screen reader, which has the heading.
    pub fn logo(mut self, address: impl Into<String>) -> Self {
        self.logo = Some(address.into());
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

    pub(crate) fn resolve(
        self,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> Look {
        let look = Look {
            logo: parsed("logo", self.logo, Logo::parse, problems),
            brand: parsed("brand_color", self.brand_color, Colour::parse, problems),
            button_text: parsed("button_text", self.button_text, Colour::parse, problems),
            scheme: self.color_scheme,
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

fn parsed<T>(
    setting: &'static str,
    text: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
    problems: &mut Vec<BuildProblem>,
) -> Option<T> {
    let parsed = text.as_deref().map(&parse)?;
    if parsed.is_none() {
        problems.push(BuildProblem::ThemeInvalid { setting });
    }
    parsed
}
