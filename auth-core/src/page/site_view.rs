//! The site that a page belongs to, as its theme says.

use serde::Serialize;

use crate::page::frame::{ColorScheme, Logo, Look};

/// The site that a page belongs to: what its [`Theme`](crate::Theme) says. Every address is safe to
/// put into a page.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SiteView {
    /// Its name.
    pub name: Option<String>,
    /// Its logo: a path of this site, or a `data:` URL.
    pub logo: Option<String>,
    /// The logo for dark pages, where that is another one.
    pub logo_dark: Option<String>,
    /// The paths of the stylesheets: ours, then the site's own.
    pub stylesheets: Vec<String>,
    /// `light dark`, `light` or `dark`, as for `<meta name="color-scheme">`.
    pub color_scheme: &'static str,
}

impl SiteView {
    pub(super) fn new(look: &Look, stylesheet_path: &str) -> Self {
        let own = look.stylesheet.as_ref().map(|it| it.as_str().to_owned());
        let picture = |logo: &Logo| logo.as_str().to_owned();
        let (logo, logo_dark) = match (look.scheme, &look.logo, &look.logo_dark) {
            (ColorScheme::Auto, logo, dark) => (logo.as_ref(), dark.as_ref()),
            (ColorScheme::Dark, logo, dark) => (dark.as_ref().or(logo.as_ref()), None),
            (ColorScheme::Light, logo, _) => (logo.as_ref(), None),
        };
        Self {
            name: look.name.clone(),
            logo: logo.map(picture),
            logo_dark: logo_dark.map(picture),
            stylesheets: std::iter::once(stylesheet_path.to_owned())
                .chain(own)
                .collect(),
            color_scheme: look.scheme.as_str(),
        }
    }
}
