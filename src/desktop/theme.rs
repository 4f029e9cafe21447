//! The light and the dark colours, and the styles of widgets made of them. A style is named for what it is used for.

#![expect(clippy::unreadable_literal, reason = "a colour is written with six digits in a row everywhere")]

use iced::border::{self, Border};
use iced::theme::Palette;
use iced::widget::{button, container, scrollable, text, text_input, toggler};
use iced::{Background, Color, Font, Shadow, Theme, color, font};

use crate::desktop::model::preferences::ThemeChoice;
use crate::picture::{Palette as PicturePalette, Rgb, SERIES};
use crate::typeface;

pub(super) const REGULAR: Font = Font::with_name(typeface::FAMILY);
pub(super) const SEMIBOLD: Font = Font { weight: font::Weight::Semibold, ..REGULAR };

/// Font sizes in logical pixels.
pub(super) const SMALL: f32 = 12.5;
pub(super) const BODY: f32 = 14.0;
pub(super) const HEADING: f32 = 16.0;
pub(super) const TITLE: f32 = 22.0;
/// The radius of rounded corners.
pub(super) const ROUND: f32 = 6.0;

/// Colours words by what they mean.
pub(super) type Tone = fn(&Theme) -> text::Style;

/// The colours of a theme. Nothing is drawn in any other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colours {
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
pub(super) fn theme(choice: ThemeChoice) -> Theme {
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

pub(super) fn colours(theme: &Theme) -> Colours {
    if theme.extended_palette().is_dark { DARK } else { LIGHT }
}

/// The colours of pictures in a theme.
pub(super) fn picture_palette(choice: ThemeChoice) -> PicturePalette {
    palette_of(match choice {
        ThemeChoice::Light => &LIGHT,
        ThemeChoice::Dark => &DARK,
    })
}

/// The colours of pictures in a document: light, on white.
pub(super) fn document_palette() -> PicturePalette {
    let light = picture_palette(ThemeChoice::Light);
    PicturePalette { page: light.surface, ..light }
}

/// The colours of pictures where this theme is shown.
pub(super) fn shown_palette(theme: &Theme) -> PicturePalette {
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

fn line(colour: Color) -> Border {
    border::rounded(ROUND).color(colour).width(1)
}

pub(super) fn page(theme: &Theme) -> container::Style {
    container::background(colours(theme).page)
}

pub(super) fn sidebar(theme: &Theme) -> container::Style {
    container::background(colours(theme).sidebar)
}

pub(super) fn card(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style {
        background: Some(colours.surface.into()),
        border: line(colours.line),
        text_color: Some(colours.ink),
        ..container::Style::default()
    }
}

/// A popup.
pub(super) fn sheet(theme: &Theme) -> container::Style {
    container::Style { border: line(colours(theme).strong_line), ..card(theme) }
}

/// A highlighted card.
pub(super) fn highlight(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { background: Some(colours.chosen.into()), border: line(colours.accent), ..card(theme) }
}

/// A band across the screen that says that it shows something else than usual.
pub(super) fn band(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { text_color: Some(colours.ink), ..container::background(colours.chosen) }
}

/// The line below it.
pub(super) fn band_line(theme: &Theme) -> container::Style {
    container::background(colours(theme).accent)
}

/// The frame around a window that works on training data.
pub(super) fn training_frame(theme: &Theme) -> container::Style {
    container::background(colours(theme).training)
}

/// The band in that frame.
pub(super) fn training_band(theme: &Theme) -> container::Style {
    container::Style { text_color: Some(colours(theme).on_training), ..training_frame(theme) }
}

/// A button on it.
pub(super) fn on_training(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    let ground = is_hovered.then(|| between(colours.training, colours.on_training, 0.2));
    plain_button(ground, colours.on_training, line(between(colours.training, colours.on_training, 0.6)))
}

/// A bar whose length says how long something took.
pub(super) fn bar(theme: &Theme) -> container::Style {
    container::Style { border: border::rounded(2), ..container::background(colours(theme).accent) }
}

pub(super) fn panel(theme: &Theme) -> container::Style {
    container::Style { border: Border::default(), ..card(theme) }
}

pub(super) fn table_head(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style {
        background: Some(colours.sidebar.into()),
        text_color: Some(colours.muted),
        ..container::Style::default()
    }
}

pub(super) fn hairline(theme: &Theme) -> container::Style {
    container::background(colours(theme).line)
}

pub(super) fn strong_hairline(theme: &Theme) -> container::Style {
    container::background(colours(theme).strong_line)
}

/// A dialog.
pub(super) fn dialog(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { border: line(colours.strong_line), ..card(theme) }
}

/// A toast or tooltip, in inverted colours.
pub(super) fn toast(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style {
        background: Some(colours.ink.into()),
        text_color: Some(colours.page),
        border: border::rounded(ROUND),
        ..container::Style::default()
    }
}

/// A disabled button, of whatever kind.
fn disabled(colours: &Colours) -> button::Style {
    plain_button(Some(colours.line), colours.muted, border::rounded(ROUND))
}

fn plain_button(background: Option<Color>, text_color: Color, border: Border) -> button::Style {
    button::Style {
        background: background.map(Background::Color),
        text_color,
        border,
        shadow: Shadow::default(),
        snap: true,
    }
}

pub(super) fn primary(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let border = border::rounded(ROUND);
    match status {
        button::Status::Disabled => disabled(&colours),
        button::Status::Active => plain_button(Some(colours.accent), colours.on_accent, border),
        button::Status::Hovered | button::Status::Pressed => {
            plain_button(Some(between(colours.accent, colours.ink, 0.18)), colours.on_accent, border)
        }
    }
}

pub(super) fn secondary(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    match status {
        button::Status::Disabled => disabled(&colours),
        button::Status::Active => plain_button(Some(colours.surface), colours.ink, line(colours.strong_line)),
        button::Status::Hovered | button::Status::Pressed => {
            plain_button(Some(colours.hovered), colours.ink, line(colours.muted))
        }
    }
}

pub(super) fn danger(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    match status {
        button::Status::Disabled => disabled(&colours),
        button::Status::Active => plain_button(None, colours.bad, line(colours.line)),
        button::Status::Hovered | button::Status::Pressed => {
            plain_button(Some(colours.hovered), colours.bad, line(colours.bad))
        }
    }
}

/// A button that shows only its text until the mouse is over it.
pub(super) fn quiet(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let border = border::rounded(ROUND);
    match status {
        button::Status::Active => plain_button(None, colours.accent, border),
        // Without the ground, as when it can be pressed.
        button::Status::Disabled => button::Style { background: None, ..disabled(&colours) },
        button::Status::Hovered | button::Status::Pressed => {
            plain_button(Some(colours.hovered), colours.accent, border)
        }
    }
}

/// A button on a toast, whose colours are inverted.
pub(super) fn on_toast(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let border = line(between(colours.page, colours.ink, 0.5));
    let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    plain_button(hovered.then(|| between(colours.ink, colours.page, 0.25)), colours.page, border)
}

pub(super) fn navigation(is_here: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let colours = colours(theme);
        let border = border::rounded(ROUND);
        match status {
            _ if is_here => plain_button(Some(colours.surface), colours.accent, line(colours.line)),
            button::Status::Hovered | button::Status::Pressed => {
                plain_button(Some(colours.hovered), colours.ink, border)
            }
            _ => plain_button(None, colours.ink, border),
        }
    }
}

/// How a day in a calendar looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayTone {
    Chosen,
    /// The one that keys move from.
    Here,
    Plain,
    OfOtherMonth,
}

pub(super) fn day(tone: DayTone, is_today: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let colours = colours(theme);
        let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        let (background, ink) = match tone {
            DayTone::Chosen => (Some(colours.accent), colours.on_accent),
            DayTone::Here => (Some(colours.chosen), colours.ink),
            DayTone::Plain => (is_hovered.then_some(colours.hovered), colours.ink),
            DayTone::OfOtherMonth => (is_hovered.then_some(colours.hovered), colours.muted),
        };
        let edge = if tone == DayTone::Chosen { colours.ink } else { colours.accent };
        plain_button(background, ink, if is_today { line(edge) } else { border::rounded(ROUND) })
    }
}

pub(super) fn table_row(is_chosen: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let colours = colours(theme);
        let background = match status {
            _ if is_chosen => colours.chosen,
            button::Status::Hovered | button::Status::Pressed => colours.hovered,
            _ => colours.surface,
        };
        plain_button(Some(background), colours.ink, Border::default())
    }
}

/// The mark at the left of a chosen row.
pub(super) fn row_mark(is_chosen: bool) -> impl Fn(&Theme) -> container::Style {
    move |theme| if is_chosen { container::background(colours(theme).accent) } else { container::Style::default() }
}

/// The title of a column, which sorts when clicked.
pub(super) fn column_title(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let ink = if status == button::Status::Active { colours.muted } else { colours.ink };
    plain_button(None, ink, Border::default())
}

/// A value in a row that filters the list when clicked.
pub(super) fn cell_link(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    let border = border::rounded(ROUND - 2.0);
    let border = if is_hovered { border.color(colours.strong_line).width(1) } else { border };
    plain_button(is_hovered.then_some(colours.surface), colours.ink, border)
}

/// A card that opens something.
pub(super) fn card_button(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    let (background, edge) =
        if is_hovered { (colours.hovered, colours.strong_line) } else { (colours.surface, colours.line) };
    plain_button(Some(background), colours.ink, line(edge))
}

/// One of several values in a row, each of which is on or off.
pub(super) fn chip(is_on: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let colours = colours(theme);
        let border = border::rounded(12).color(colours.strong_line).width(1);
        let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        let background = match (is_on, is_hovered) {
            (_, true) => colours.hovered,
            (true, _) => colours.chosen,
            (false, _) => colours.page,
        };
        plain_button(Some(background), if is_on { colours.ink } else { colours.muted }, border)
    }
}

/// A line of the command palette.
pub(super) fn palette_line(is_here: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let colours = colours(theme);
        let background = match status {
            _ if is_here => Some(colours.chosen),
            button::Status::Hovered | button::Status::Pressed => Some(colours.hovered),
            _ => None,
        };
        plain_button(background, colours.ink, border::rounded(ROUND))
    }
}

/// A text field that does not look wrong while somebody types in it.
pub(super) fn input(is_wrong: bool) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |theme, status| {
        let is_focused = matches!(status, text_input::Status::Focused { .. });
        checked_input(is_wrong && !is_focused)(theme, status)
    }
}

/// A text field that looks wrong if its value is.
pub(super) fn checked_input(is_wrong: bool) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |theme, status| {
        let colours = colours(theme);
        let (edge, width) = match status {
            text_input::Status::Focused { .. } if is_wrong => (colours.bad, 2.0),
            text_input::Status::Focused { .. } => (colours.accent, 2.0),
            _ if is_wrong => (colours.bad, 1.0),
            text_input::Status::Hovered => (colours.muted, 1.0),
            _ => (colours.strong_line, 1.0),
        };
        let is_disabled = matches!(status, text_input::Status::Disabled);
        text_input::Style {
            background: if is_disabled { colours.page } else { colours.surface }.into(),
            border: line(edge).width(width),
            icon: colours.muted,
            placeholder: between(colours.muted, colours.surface, 0.08),
            value: if is_disabled { colours.muted } else { colours.ink },
            selection: colours.chosen,
        }
    }
}

pub(super) fn switch(theme: &Theme, status: toggler::Status) -> toggler::Style {
    let colours = colours(theme);
    let is_on = match status {
        toggler::Status::Active { is_toggled }
        | toggler::Status::Hovered { is_toggled }
        | toggler::Status::Disabled { is_toggled } => is_toggled,
    };
    toggler::Style {
        background: if is_on { colours.accent } else { colours.strong_line }.into(),
        foreground: if is_on { colours.on_accent } else { colours.surface }.into(),
        ..toggler::default(theme, status)
    }
}

pub(super) fn scrollbar(theme: &Theme, status: scrollable::Status) -> scrollable::Style {
    let colours = colours(theme);
    let mut style = scrollable::default(theme, status);
    style.vertical_rail.background = None;
    style.vertical_rail.scroller.background = match status {
        scrollable::Status::Active { .. } => colours.line,
        _ => colours.strong_line,
    }
    .into();
    style
}

pub(super) fn plain(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).ink) }
}

pub(super) fn muted(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).muted) }
}

pub(super) fn accent(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).accent) }
}

pub(super) fn good(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).good) }
}

pub(super) fn warning(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).warning) }
}

pub(super) fn bad(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).bad) }
}

/// Mixes two colours: a share of 0.0 gives the first, 1.0 the second.
pub(super) fn between(one: Color, other: Color, share: f32) -> Color {
    let mix = |one: f32, other: f32| one + (other - one) * share;
    Color::from_rgb(mix(one.r, other.r), mix(one.g, other.g), mix(one.b, other.b))
}
