//! Cells of a table as they are read, whatever the file.

use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;

use super::error_words::is_error_word;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;

pub(in crate::exchange::workbook) struct Sheet {
    pub(in crate::exchange::workbook) name: String,
    /// Programs do not show it.
    pub(in crate::exchange::workbook) is_hidden: bool,
    /// Every cell that has anything in it, row by row and from left to right.
    pub(in crate::exchange::workbook) cells: Vec<PlacedCell>,
}

/// A cell's content and position.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::exchange::workbook) struct PlacedCell {
    /// Counted from 1.
    pub(in crate::exchange::workbook) row: u32,
    /// Counted from 0.
    pub(in crate::exchange::workbook) column: u32,
    pub(in crate::exchange::workbook) cell: Cell,
}

/// A cell's content.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::exchange::workbook) enum Cell {
    Text(String),
    Number(f64),
    Switch(bool),
    Day(Date),
    /// A date with a time of day, or a time alone.
    Moment(String),
    /// Content that may not be what the author saw.
    Fault(Box<CellProblem>),
}

impl Cell {
    pub(super) fn fault(problem: impl Into<CellProblem>) -> Self {
        Self::Fault(Box::new(problem.into()))
    }

    /// A text, or the spreadsheet error that it spells; `None` if empty.
    pub(super) fn of_text(text: String) -> Option<Self> {
        match text.as_str() {
            "" => None,
            word if is_error_word(word) => Some(Self::fault(CellProblem::ErrorCell(Excerpt::new(word)))),
            _ => Some(Self::Text(text)),
        }
    }

    /// A day as ISO 8601 writes it; with a time of day it is none.
    pub(super) fn of_iso_date(text: String) -> Self {
        let Ok(pieces) = Pieces::parse(&text) else {
            return match text.parse::<Time>() {
                Ok(_) => Self::Moment(text),
                Err(_) => Self::fault(CellProblem::NoSuchDate(Excerpt::new(&text))),
            };
        };
        match pieces.time() {
            Some(time) if time != Time::midnight() => Self::Moment(text),
            _ => Self::Day(pieces.date()),
        }
    }

    /// The bytes that it counts towards the limit of text.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Text(text) | Self::Moment(text) => text.len(),
            Self::Fault(_) => size_of::<CellProblem>(),
            Self::Number(_) | Self::Switch(_) | Self::Day(_) => 0,
        }
    }
}
