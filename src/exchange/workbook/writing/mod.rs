//! From a book to tables.

mod rows;
mod validation;
pub(super) mod workbook;
