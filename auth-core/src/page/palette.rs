//! The colours of the pages, light and dark, and what a theme makes of them.

use crate::page::colour::{Colour, READABLE, VISIBLE};

/// The colours of one scheme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    /// Of the main button, and of the text on it.
    brand: Colour,
    brand_hover: Colour,
    on_brand: Colour,
    /// Around the main button, where it could not be told from the card.
    brand_edge: Option<Colour>,
    /// Of links and of the focus.
    accent: Colour,
    canvas: Colour,
    card: Colour,
    edge: Colour,
    text: Colour,
    muted: Colour,
    control: Colour,
    hover: Colour,
    danger: Colour,
    danger_card: Colour,
}

pub(crate) const LIGHT: Palette = Palette {
    brand: Colour::of(0x1d_4e_d8),
    brand_hover: Colour::of(0x1e_40_af),
    on_brand: Colour::WHITE,
    brand_edge: None,
    accent: Colour::of(0x1d_4e_d8),
    canvas: Colour::of(0xf5_f5_f6),
    card: Colour::WHITE,
    edge: Colour::of(0xdc_dd_e0),
    text: Colour::of(0x1a_1a_1a),
    muted: Colour::of(0x59_5c_63),
    control: Colour::of(0x83_86_8d),
    hover: Colour::of(0xf3_f4_f6),
    danger: Colour::of(0xb3_26_1e),
    danger_card: Colour::of(0xfd_f1_f0),
};

pub(crate) const DARK: Palette = Palette {
    brand: Colour::of(0x8a_b4_f8),
    brand_hover: Colour::of(0xae_cb_fa),
    on_brand: Colour::of(0x10_13_1a),
    brand_edge: None,
    accent: Colour::of(0x8a_b4_f8),
    canvas: Colour::of(0x0f_11_15),
    card: Colour::of(0x17_1a_21),
    edge: Colour::of(0x2b_30_3a),
    text: Colour::of(0xe8_ea_ed),
    muted: Colour::of(0xa9_af_ba),
    control: Colour::of(0x76_7d_8b),
    hover: Colour::of(0x20_24_2d),
    danger: Colour::of(0xf6_ae_a9),
    danger_card: Colour::of(0x2d_1b_1d),
};

impl Palette {
    /// The main button in `brand`, as it is; links and focus in the nearest colour that can be read
    /// here.
    pub(crate) fn with_brand(self, brand: Colour) -> Self {
        let end = match self.text.is_lighter_than(self.card) {
            true => Colour::WHITE,
            false => Colour::BLACK,
        };
        let accent = brand.readable_on(&[self.card, self.hover, self.canvas], end);
        let is_visible = brand.contrast(self.card) >= VISIBLE;
        Self {
            brand,
            brand_edge: (!is_visible).then_some(self.control),
            accent,
            ..self
        }
        .with_button_text(brand.text_on())
    }

    /// The main button with `text` on it, if it can be read there.
    pub(crate) fn with_button_text(self, text: Colour) -> Self {
        if !self.can_carry(text) {
            return self;
        }
        // Away from the text, so that it stays readable.
        let away = match text.is_lighter_than(self.brand) {
            true => Colour::BLACK,
            false => Colour::WHITE,
        };
        Self {
            on_brand: text,
            brand_hover: self.brand.mixed(away, 15),
            ..self
        }
    }

    /// Whether `text` can be read on the main button.
    pub(crate) fn can_carry(&self, text: Colour) -> bool {
        text.contrast(self.brand) >= READABLE
    }

    /// Behind the content.
    #[cfg(test)]
    pub(crate) fn card(&self) -> Colour {
        self.card
    }

    /// As custom properties.
    pub(crate) fn properties(&self) -> String {
        let edge = self
            .brand_edge
            .map_or("transparent".to_owned(), |it| it.to_string());
        let black_mark = match self.text.is_lighter_than(self.card) {
            true => "invert(1)",
            false => "none",
        };
        let mut properties = format!("--brand-edge: {edge}; --black-mark: {black_mark};");
        for (name, colour) in self.colours() {
            properties.push_str(&format!(" --{name}: {colour};"));
        }
        properties
    }

    fn colours(&self) -> [(&'static str, Colour); 13] {
        [
            ("brand", self.brand),
            ("brand-hover", self.brand_hover),
            ("on-brand", self.on_brand),
            ("accent", self.accent),
            ("canvas", self.canvas),
            ("card", self.card),
            ("edge", self.edge),
            ("text", self.text),
            ("muted", self.muted),
            ("control", self.control),
            ("hover", self.hover),
            ("danger", self.danger),
            ("danger-card", self.danger_card),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(palette: &Palette) {
        let least = |front: Colour, back: Colour, least: f64| {
            let ratio = front.contrast(back);
            assert!(
                ratio >= least,
                "{front} on {back}: {ratio:.2} in {palette:?}"
            );
        };
        for back in [palette.card, palette.hover, palette.canvas] {
            least(palette.text, back, READABLE);
            least(palette.muted, back, READABLE);
            least(palette.accent, back, READABLE);
            least(palette.control, back, VISIBLE);
        }
        least(palette.text, palette.danger_card, READABLE);
        least(palette.muted, palette.danger_card, READABLE);
        least(palette.danger, palette.danger_card, READABLE);
        least(palette.danger, palette.card, VISIBLE);
        least(palette.on_brand, palette.brand, READABLE);
        least(palette.on_brand, palette.brand_hover, READABLE);
        least(
            palette.brand_edge.unwrap_or(palette.brand),
            palette.card,
            VISIBLE,
        );
    }

    #[test]
    fn contrast_suffices_in_both_schemes() {
        check(&LIGHT);
        check(&DARK);
    }

    #[test]
    fn contrast_suffices_whatever_the_brand() {
        let channels = [0x00, 0x33, 0x66, 0x77, 0x99, 0xcc, 0xff_u32];
        for red in channels {
            for green in channels {
                for blue in channels {
                    let brand = Colour::of((red << 16) | (green << 8) | blue);
                    for palette in [LIGHT, DARK] {
                        let branded = palette.with_brand(brand);
                        check(&branded);
                        assert_eq!(branded.brand, brand, "the button is as it was asked for");
                        check(&branded.with_button_text(Colour::of((blue << 16) | red)));
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_that_cannot_be_read_is_not_taken() {
        let (yellow, navy) = (Colour::of(0xff_dd_00), Colour::of(0x00_00_80));
        let palette = LIGHT.with_brand(yellow);
        assert_eq!(palette.on_brand, Colour::BLACK);
        assert_eq!(
            palette.with_button_text(Colour::WHITE).on_brand,
            Colour::BLACK
        );
        assert_eq!(palette.with_button_text(navy).on_brand, navy);
    }
}
