//! Tables that are written for spreadsheets, a row at a time.

mod cell;
mod csv;
mod excel;
mod writer;

pub use self::cell::{SheetCell, SheetColumn, SheetFormat};
pub(super) use self::excel::{Formats, write_cell};
pub use self::writer::SheetWriter;
