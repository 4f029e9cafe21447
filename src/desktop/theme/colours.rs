//! The light and the dark colours, for the toolkit and for pictures.

#![expect(clippy::unreadable_literal, reason = "a colour is written with six digits in a row everywhere")]

use iced::theme::Palette;
use iced::{Color, Theme, color};

use crate::desktop::model::preferences::ThemeChoice;
use crate::picture::{Palette as PicturePalette, Rgb, SERIES};

/// The colours of a theme. Nothing is drawn in any other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::desktop) struct Colours {
    pub page: Color,
    pub sidebar: Color,
    pub surface: Color,
    pub line: Color,
    pub strong_line: Color,
    pub ink: Color,
    pub muted: Color,
    pub accent: Color,
    pub on_accent: Color,
    pub chosen: Color,
    pub hovered: Color,
    pub good: Color,
    pub warning: Color,
    pub bad: Color,
    /// The frame of training, and what stands on it.
    pub training: Color,
    pub on_training: Color,
    /// What tells fagsystems apart.
    pub series: [Color; SERIES],
}

const LIGHT: Colours = Colours {
    page: color!(0xf6f7f9),
    sidebar: color!(0xeceff3),
    surface: color!(0xffffff),
    line: color!(0xdfe3e8),
    strong_line: color!(0x87919c),
    ink: color!(0x1a2129),
    muted: color!(0x55616e),
    accent: color!(0x0a5ca8),
    on_accent: color!(0xffffff),
    chosen: color!(0xdcebf9),
    hovered: color!(0xf0f4f8),
    good: color!(0x17703d),
    warning: color!(0x8a5300),
    bad: color!(0xb3261e),
    training: color!(0x6a2fa0),
    on_training: color!(0xffffff),
    series: [
        color!(0x2e7d5b),
        color!(0x8a5a00),
        color!(0x0a5ca8),
        color!(0xb5401f),
        color!(0x7b4fb5),
        color!(0x0f7c8a),
        color!(0xb0376f),
        color!(0x66761c),
        color!(0x4a4fc4),
    ],
};

const DARK: Colours = Colours {
    page: color!(0x14181d),
    sidebar: color!(0x0f1317),
    surface: color!(0x1b2027),
    line: color!(0x2e353e),
    strong_line: color!(0x6a7683),
    ink: color!(0xe8ebef),
    muted: color!(0xa3adb8),
    accent: color!(0x78b7f2),
    on_accent: color!(0x0b1622),
    chosen: color!(0x1f3a55),
    hovered: color!(0x232a33),
    good: color!(0x6fce97),
    warning: color!(0xf0b458),
    bad: color!(0xff8f87),
    training: color!(0x8347bd),
    on_training: color!(0xffffff),
    series: [
        color!(0x6fce97),
        color!(0xe0af5b),
        color!(0x78b7f2),
        color!(0xf08a66),
        color!(0xbf9df2),
        color!(0x62c9d4),
        color!(0xee8dbb),
        color!(0xb9c768),
        color!(0x9aa2ff),
    ],
};

/// The toolkit's theme for a choice.
pub(in crate::desktop) fn theme(choice: ThemeChoice) -> Theme {
    let (name, colours) = match choice {
        ThemeChoice::Light => ("Postfordeler lys", LIGHT),
        ThemeChoice::Dark => ("Postfordeler mørk", DARK),
    };
    let palette = Palette {
        background: colours.page,
        text: colours.ink,
        primary: colours.accent,
        success: colours.good,
        warning: colours.warning,
        danger: colours.bad,
    };
    Theme::custom(name, palette)
}

pub(in crate::desktop) fn colours(theme: &Theme) -> Colours {
    if theme.extended_palette().is_dark { DARK } else { LIGHT }
}

/// The colours of pictures in a theme.
pub(in crate::desktop) fn picture_palette(choice: ThemeChoice) -> PicturePalette {
    palette_of(match choice {
        ThemeChoice::Light => &LIGHT,
        ThemeChoice::Dark => &DARK,
    })
}

/// The colours of pictures in a document: light, on white.
pub(in crate::desktop) fn document_palette() -> PicturePalette {
    let light = picture_palette(ThemeChoice::Light);
    PicturePalette { page: light.surface, ..light }
}

/// The colours of pictures where this theme is shown.
pub(in crate::desktop) fn shown_palette(theme: &Theme) -> PicturePalette {
    palette_of(&colours(theme))
}

fn palette_of(colours: &Colours) -> PicturePalette {
    let rgb = |colour: Color| {
        let [red, green, blue, _] = colour.into_rgba8();
        Rgb(red, green, blue)
    };
    PicturePalette {
        page: rgb(colours.page),
        surface: rgb(colours.surface),
        line: rgb(colours.line),
        strong_line: rgb(colours.strong_line),
        text: rgb(colours.ink),
        muted: rgb(colours.muted),
        accent: rgb(colours.accent),
        chosen: rgb(colours.chosen),
        good: rgb(colours.good),
        warning: rgb(colours.warning),
        bad: rgb(colours.bad),
        series: colours.series.map(rgb),
    }
}

/// Mixes two colours: a share of 0.0 gives the first, 1.0 the second.
pub(in crate::desktop) fn between(one: Color, other: Color, share: f32) -> Color {
    let mix = |one: f32, other: f32| one + (other - one) * share;
    Color::from_rgb(mix(one.r, other.r), mix(one.g, other.g), mix(one.b, other.b))
}
