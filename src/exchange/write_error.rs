//! Why a file could not be written.

use std::io;
use std::path::PathBuf;

use rust_xlsxwriter::XlsxError;

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be written.
    #[error("the file {path} cannot be written: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The table does not fit an Excel file, or a part of it cannot be written.
    #[error("the Excel file {path} cannot be written: {source}")]
    Excel {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<XlsxError>,
    },
}
