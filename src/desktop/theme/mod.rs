//! How everything looks: typeface and sizes here, the light and the dark colours in `colours`, and the styles of widgets
//! made of them in `styles`.

mod colours;
mod styles;

use iced::{Font, font};

pub(super) use self::colours::{between, colours, document_palette, picture_palette, shown_palette, theme};
pub(super) use self::styles::{
    DayTone, Tone, accent, bad, band, band_line, bar, card, card_button, cell_link, checked_input, chip, code,
    column_title, danger, day, dialog, good, hairline, highlight, input, muted, navigation, on_toast, on_training,
    page, palette_line, panel, plain, primary, quiet, row_mark, scrollbar, secondary, sheet, sidebar, strong_hairline,
    switch, table_head, table_row, text_area, toast, training_band, training_frame, warning,
};
use crate::typeface;

pub(super) const REGULAR: Font = Font::with_name(typeface::FAMILY);
pub(super) const SEMIBOLD: Font = Font { weight: font::Weight::Semibold, ..REGULAR };
/// For code and commands.
pub(super) const MONOSPACED: Font = Font::with_name(typeface::MONOSPACED_FAMILY);

/// Font sizes in logical pixels.
pub(super) const SMALL: f32 = 12.5;
pub(super) const BODY: f32 = 14.0;
pub(super) const HEADING: f32 = 16.0;
pub(super) const TITLE: f32 = 22.0;
/// The radius of rounded corners.
pub(super) const ROUND: f32 = 6.0;
