//! The widgets that screens are built of: buttons and fields that the keyboard reaches, lists, tables, charts.
//!
//! They know neither rules nor texts: a screen gives them values and words, and they send the screen's own messages.
//! `decorator` forwards what the toolkit asks of a widget to the widget inside it, so that a widget which adds one behaviour
//! states only that.

mod button;
mod by_hand;
mod calendar;
mod chart;
mod choice;
mod day_slider;
mod decorator;
mod drop_down;
mod field;
mod filter_cell;
mod floating;
mod flow;
mod focusable;
mod focused;
mod frame;
mod hanging;
mod icon;
mod line;
mod line_of_text;
mod list;
mod looking_up;
mod measure;
mod menu_button;
mod one_line;
mod options;
mod panel;
mod picture;
mod pointed_out;
mod pointing;
mod popup;
mod press_row;
mod prose;
mod scroll;
mod shortcuts;
mod suggesting;
mod table;
mod tools;
mod whole_words;
mod words;

pub(super) use button::{FocusButton, focus_button, icon_button, labelled_button, plain_button};
pub(super) use calendar::{CALENDAR, Calendar, CalendarMessage, CalendarWords};
pub(super) use chart::{Bar, BarChart, ChartMark, Curve, CurveStep, sparkline, swatch};
pub(super) use choice::{Choice, choice_field, choice_list};
pub(super) use day_slider::{DayTrack, day_slider};
pub(super) use drop_down::ChoiceWords;
pub(super) use field::{Field, field, search_field, secret_field, switch, text_field};
pub(super) use filter_cell::filter_cell;
pub(super) use floating::floating;
pub(super) use flow::{FlowBand, FlowEnd, FlowPicture};
pub(super) use focusable::focusable;
pub(super) use focused::{FocusPlace, focus_again, focused_place};
pub(super) use hanging::FIELD_SPACING;
pub(super) use icon::{icon, large_icon};
pub(super) use line::{horizontal_line, vertical_line};
pub(super) use list::{empty, empty_with, list_head};
pub(super) use looking_up::looking_up;
pub(super) use measure::{bold_width, text_width, widest};
pub(super) use menu_button::menu_button;
pub(super) use one_line::one_line;
pub(super) use panel::{EDITOR, EDITOR_WIDTH, beside, editor, editor_with, group};
pub(super) use picture::{
    ArrivalMark, Due, MarkLook, MarkShape, MovingMark, PaneEvent, PictureView, Spot, Tip, mark_sign, pane,
    picture_view, travellers,
};
pub(super) use pointed_out::pointed_out;
pub(super) use press_row::{RowLook, press_row};
pub(super) use prose::{OnPress, Prose, ProseLink, ProseSpan, prose};
pub(super) use scroll::{Motion, ROW_HEIGHT, Scroll};
pub(super) use shortcuts::shortcuts;
pub(super) use suggesting::suggesting;
pub(super) use table::{
    Column, Room, TableRow, cell, cells, fitted, header, line_of, row_of, rows_in_sight, share, table,
};
pub(super) use tools::{Head, Tool, tools};
pub(super) use words::{heading, note, status, warning_line};

pub(super) use super::theme::Tone;
