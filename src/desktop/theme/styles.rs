//! The styles of widgets, each named for what it is used for.

use iced::border::{self, Border};
use iced::widget::{button, container, scrollable, text, text_editor, text_input, toggler};
use iced::{Background, Color, Shadow, Theme};

use super::ROUND;
use super::colours::{Colours, between, colours};

/// Colours words by what they mean.
pub(in crate::desktop) type Tone = fn(&Theme) -> text::Style;

fn line(colour: Color) -> Border {
    border::rounded(ROUND).color(colour).width(1)
}

pub(in crate::desktop) fn page(theme: &Theme) -> container::Style {
    container::background(colours(theme).page)
}

pub(in crate::desktop) fn sidebar(theme: &Theme) -> container::Style {
    container::background(colours(theme).sidebar)
}

pub(in crate::desktop) fn card(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style {
        background: Some(colours.surface.into()),
        border: line(colours.line),
        text_color: Some(colours.ink),
        ..container::Style::default()
    }
}

/// A popup.
pub(in crate::desktop) fn sheet(theme: &Theme) -> container::Style {
    container::Style { border: line(colours(theme).strong_line), ..card(theme) }
}

/// A highlighted card.
pub(in crate::desktop) fn highlight(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { background: Some(colours.chosen.into()), border: line(colours.accent), ..card(theme) }
}

/// A band across the screen that says that it shows something else than usual.
pub(in crate::desktop) fn band(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { text_color: Some(colours.ink), ..container::background(colours.chosen) }
}

/// The line below it.
pub(in crate::desktop) fn band_line(theme: &Theme) -> container::Style {
    container::background(colours(theme).accent)
}

/// The frame around a window that works on training data.
pub(in crate::desktop) fn training_frame(theme: &Theme) -> container::Style {
    container::background(colours(theme).training)
}

/// The band in that frame.
pub(in crate::desktop) fn training_band(theme: &Theme) -> container::Style {
    container::Style { text_color: Some(colours(theme).on_training), ..training_frame(theme) }
}

/// A button on it.
pub(in crate::desktop) fn on_training(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    let ground = is_hovered.then(|| between(colours.training, colours.on_training, 0.2));
    plain_button(ground, colours.on_training, line(between(colours.training, colours.on_training, 0.6)))
}

/// A bar whose length says how long something took.
pub(in crate::desktop) fn bar(theme: &Theme) -> container::Style {
    container::Style { border: border::rounded(2), ..container::background(colours(theme).accent) }
}

pub(in crate::desktop) fn panel(theme: &Theme) -> container::Style {
    container::Style { border: Border::default(), ..card(theme) }
}

pub(in crate::desktop) fn table_head(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style {
        background: Some(colours.sidebar.into()),
        text_color: Some(colours.muted),
        ..container::Style::default()
    }
}

/// Code and commands, apart from the words around.
pub(in crate::desktop) fn code(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { background: Some(colours.page.into()), border: line(colours.line), ..card(theme) }
}

pub(in crate::desktop) fn hairline(theme: &Theme) -> container::Style {
    container::background(colours(theme).line)
}

pub(in crate::desktop) fn strong_hairline(theme: &Theme) -> container::Style {
    container::background(colours(theme).strong_line)
}

/// A dialog.
pub(in crate::desktop) fn dialog(theme: &Theme) -> container::Style {
    let colours = colours(theme);
    container::Style { border: line(colours.strong_line), ..card(theme) }
}

/// A toast or tooltip, in inverted colours.
pub(in crate::desktop) fn toast(theme: &Theme) -> container::Style {
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

pub(in crate::desktop) fn primary(theme: &Theme, status: button::Status) -> button::Style {
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

pub(in crate::desktop) fn secondary(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    match status {
        button::Status::Disabled => disabled(&colours),
        button::Status::Active => plain_button(Some(colours.surface), colours.ink, line(colours.strong_line)),
        button::Status::Hovered | button::Status::Pressed => {
            plain_button(Some(colours.hovered), colours.ink, line(colours.muted))
        }
    }
}

pub(in crate::desktop) fn danger(theme: &Theme, status: button::Status) -> button::Style {
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
pub(in crate::desktop) fn quiet(theme: &Theme, status: button::Status) -> button::Style {
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
pub(in crate::desktop) fn on_toast(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let border = line(between(colours.page, colours.ink, 0.5));
    let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    plain_button(hovered.then(|| between(colours.ink, colours.page, 0.25)), colours.page, border)
}

pub(in crate::desktop) fn navigation(is_here: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
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
pub(in crate::desktop) enum DayTone {
    Chosen,
    /// The one that keys move from.
    Here,
    Plain,
    OfOtherMonth,
}

pub(in crate::desktop) fn day(tone: DayTone, is_today: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
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

pub(in crate::desktop) fn table_row(is_chosen: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
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
pub(in crate::desktop) fn row_mark(is_chosen: bool) -> impl Fn(&Theme) -> container::Style {
    move |theme| if is_chosen { container::background(colours(theme).accent) } else { container::Style::default() }
}

/// The title of a column, which sorts when clicked.
pub(in crate::desktop) fn column_title(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let ink = if status == button::Status::Active { colours.muted } else { colours.ink };
    plain_button(None, ink, Border::default())
}

/// A value in a row that filters the list when clicked.
pub(in crate::desktop) fn cell_link(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    let border = border::rounded(ROUND - 2.0);
    let border = if is_hovered { border.color(colours.strong_line).width(1) } else { border };
    plain_button(is_hovered.then_some(colours.surface), colours.ink, border)
}

/// A card that opens something.
pub(in crate::desktop) fn card_button(theme: &Theme, status: button::Status) -> button::Style {
    let colours = colours(theme);
    let is_hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
    let (background, edge) =
        if is_hovered { (colours.hovered, colours.strong_line) } else { (colours.surface, colours.line) };
    plain_button(Some(background), colours.ink, line(edge))
}

/// One of several values in a row, each of which is on or off.
pub(in crate::desktop) fn chip(is_on: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
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
pub(in crate::desktop) fn palette_line(is_here: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
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
pub(in crate::desktop) fn input(is_wrong: bool) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |theme, status| {
        let is_focused = matches!(status, text_input::Status::Focused { .. });
        checked_input(is_wrong && !is_focused)(theme, status)
    }
}

/// A text field that looks wrong if its value is.
/// A field for a text of several lines.
pub(in crate::desktop) fn text_area(theme: &Theme, status: text_editor::Status) -> text_editor::Style {
    let status = match status {
        text_editor::Status::Active => text_input::Status::Active,
        text_editor::Status::Hovered => text_input::Status::Hovered,
        text_editor::Status::Focused { is_hovered } => text_input::Status::Focused { is_hovered },
        text_editor::Status::Disabled => text_input::Status::Disabled,
    };
    let text_input::Style { background, border, placeholder, value, selection, .. } = input(false)(theme, status);
    text_editor::Style { background, border, placeholder, value, selection }
}

pub(in crate::desktop) fn checked_input(is_wrong: bool) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
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

pub(in crate::desktop) fn switch(theme: &Theme, status: toggler::Status) -> toggler::Style {
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

pub(in crate::desktop) fn scrollbar(theme: &Theme, status: scrollable::Status) -> scrollable::Style {
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

pub(in crate::desktop) fn plain(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).ink) }
}

pub(in crate::desktop) fn muted(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).muted) }
}

pub(in crate::desktop) fn accent(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).accent) }
}

pub(in crate::desktop) fn good(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).good) }
}

pub(in crate::desktop) fn warning(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).warning) }
}

pub(in crate::desktop) fn bad(theme: &Theme) -> text::Style {
    text::Style { color: Some(colours(theme).bad) }
}
