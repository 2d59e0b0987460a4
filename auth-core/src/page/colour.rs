//! Colours that text must stay readable on.

use std::fmt;

/// An sRGB colour. It is written as `#rrggbb`, so no stylesheet is anything else than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

/// WCAG 2.2, 1.4.3: the least contrast of text.
pub(crate) const READABLE: f64 = 4.5;

/// WCAG 2.2, 1.4.11: the least contrast of what shows where a control is.
pub(crate) const VISIBLE: f64 = 3.0;

impl Colour {
    pub(crate) const BLACK: Self = Self::of(0x00_00_00);
    pub(crate) const WHITE: Self = Self::of(0xff_ff_ff);

    /// The colour `0xrrggbb`.
    pub(crate) const fn of(hex: u32) -> Self {
        let [_, red, green, blue] = hex.to_be_bytes();
        Self([red, green, blue])
    }

    /// Parses `#rrggbb` or `#rgb`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let hex = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Self::of(hex)),
            3 => {
                let digit = |at: u32| (hex >> at) & 0xf;
                let [red, green, blue] = [digit(8) * 0x11, digit(4) * 0x11, digit(0) * 0x11];
                Some(Self::of((red << 16) | (green << 8) | blue))
            }
            _ => None,
        }
    }

    /// WCAG 2.2: from 1, the same, to 21, black on white.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever is better to read on this. One of them always is readable.
    pub(crate) fn text_on(self) -> Self {
        [Self::WHITE, Self::BLACK]
            .into_iter()
            .find(|text| text.contrast(self) >= READABLE)
            .unwrap_or(Self::BLACK)
    }

    /// Mixed with `percent` of another.
    pub(crate) fn mixed(self, other: Self, percent: u32) -> Self {
        let mix = |a: u8, b: u8| {
            let mixed = (u32::from(a) * (100 - percent) + u32::from(b) * percent + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        let ([r, g, b], [other_r, other_g, other_b]) = (self.0, other.0);
        Self([mix(r, other_r), mix(g, other_g), mix(b, other_b)])
    }

    /// This colour, moved towards `end` until it can be read on all of `backgrounds`.
    pub(crate) fn readable_on(self, backgrounds: &[Self], end: Self) -> Self {
        (0..=20)
            .map(|step| self.mixed(end, step * 5))
            .find(|text| {
                backgrounds
                    .iter()
                    .all(|back| text.contrast(*back) >= READABLE)
            })
            .unwrap_or(end)
    }

    pub(crate) fn is_lighter_than(self, other: Self) -> bool {
        self.luminance() > other.luminance()
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
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

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_colours_are_parsed_and_written_in_one_form() {
        let check = |text, expected: &str| {
            assert_eq!(Colour::parse(text).unwrap().to_string(), expected);
        };
        check("#1d4ed8", "#1d4ed8");
        check("#1D4ED8", "#1d4ed8");
        check("#0af", "#00aaff");
    }

    #[test]
    fn anything_else_is_no_colour() {
        for text in [
            "",
            "#",
            "red",
            "1d4ed8",
            "#1d4ed",
            "#1d4ed8ff",
            "#+12345",
            "#ggg",
            "rgb(0,0,0)",
            "#000;} body{display:none",
            "</style>",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let check = |a, b, expected: f64| {
            let contrast = Colour::of(a).contrast(Colour::of(b));
            assert!((contrast - expected).abs() < 0.01, "{contrast}");
        };
        check(0x00_00_00, 0xff_ff_ff, 21.0);
        check(0x76_76_76, 0xff_ff_ff, 4.54);
        check(0x12_34_56, 0x12_34_56, 1.0);
    }
}
