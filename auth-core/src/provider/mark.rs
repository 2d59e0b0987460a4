//! [`Mark`]: the picture of a provider on its button.

use std::fmt;

/// What a mark begins with. A namespace, or it is no picture; a view box, or it cannot be scaled.
const BEGINNING: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ";

const END: &[u8] = b"</svg>";

/// The largest mark, in bytes.
const LARGEST: usize = 2048;

/// The mark of a brand, an SVG of at most 2 KiB. It stands on a neutral button, beside the name.
///
/// A provider without one is shown by the first letter of its name.
///
/// ```
/// use auth_core::{Mark, Provider};
///
/// const ACME: Provider = Provider::oidc("acme", "Acme", "https://sign-in.acme.example").mark(
///     Mark::coloured(
///         r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#c00"/></svg>"##,
///     ),
/// );
/// ```
///
/// # Security
/// The markup is part of the program, never of a request. Our routes serve it as a picture under a
/// policy that lets it do nothing: no script, no style, no request.
#[derive(Clone, Copy)]
pub struct Mark {
    svg: &'static str,
    ink: Ink,
    version: u64,
}

/// What a mark is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Colours that can be seen on light and dark.
    Colours,
    /// Black, which is turned white on dark.
    Black,
}

impl Mark {
    /// A mark in colours of its own, which can be seen on white and on black.
    ///
    /// # Panics
    /// In a `const`, at compile time: if `svg` is larger than 2 KiB, or does not begin with
    /// `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` and end with `</svg>`.
    pub const fn coloured(svg: &'static str) -> Self {
        Self::new(svg, Ink::Colours)
    }

    /// A mark in black only, white where pages are dark.
    ///
    /// # Panics
    /// As [`Mark::coloured`].
    pub const fn black(svg: &'static str) -> Self {
        Self::new(svg, Ink::Black)
    }

    const fn new(svg: &'static str, ink: Ink) -> Self {
        let bytes = svg.as_bytes().trim_ascii_end();
        assert!(
            bytes.len() <= LARGEST,
            "the mark of a provider must be at most 2 KiB"
        );
        assert!(
            has_at(bytes, 0, BEGINNING)
                && has_at(bytes, bytes.len().saturating_sub(END.len()), END),
            "the mark of a provider must be an SVG with a view box"
        );
        Self {
            svg,
            ink,
            version: fnv_1a(bytes),
        }
    }

    pub(crate) const fn svg(&self) -> &'static str {
        self.svg
    }

    pub(crate) fn is_black(&self) -> bool {
        self.ink == Ink::Black
    }

    /// Changes with the content. It tells copies apart and guards nothing.
    pub(crate) const fn version(&self) -> u64 {
        self.version
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark")
            .field("ink", &self.ink)
            .finish_non_exhaustive()
    }
}

/// Whether `part` is in `bytes` at `at`.
const fn has_at(bytes: &[u8], at: usize, part: &[u8]) -> bool {
    let mut i = 0;
    while i < part.len() {
        if at + i >= bytes.len() || bytes[at + i] != part[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Fowler–Noll–Vo 1a, because it can be computed at compile time: a mark costs nothing at start-up.
const fn fnv_1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    const SQUARE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>"#;

    #[test]
    fn the_version_changes_with_the_content_alone() {
        let other = SQUARE.replace("h1", "h2").leak();
        assert_ne!(Mark::black(SQUARE).version(), Mark::black(other).version());
        assert_eq!(
            Mark::black(SQUARE).version(),
            Mark::coloured(SQUARE).version()
        );
        // <http://www.isthe.com/chongo/tech/comp/fnv/>
        assert_eq!(fnv_1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn anything_but_a_small_svg_is_no_mark() {
        let large = SQUARE.replace("M0 0", &"M0 0".repeat(LARGEST / 4));
        let no_view_box = SQUARE.replace(r#" viewBox="0 0 1 1""#, "");
        let cut_off = SQUARE.replace("</svg>", "");
        for text in ["", "</svg>", "<svg></svg>", &large, &no_view_box, &cut_off] {
            let text: &'static str = text.to_owned().leak();
            assert!(catch_unwind(|| Mark::coloured(text)).is_err(), "{text:.60}");
        }
    }
}
