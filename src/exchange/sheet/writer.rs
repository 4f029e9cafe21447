//! Writes a table row by row.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rust_xlsxwriter::XlsxError;

use super::cell::{SheetCell, SheetColumn, SheetFormat};
use super::csv::{BYTE_ORDER_MARK, csv_text, quoted, write_line};
use super::excel::Book;
use crate::exchange::atomic_file::AtomicFile;
use crate::exchange::write_error::SheetError;

/// Writes a table row by row, holding few rows in memory. The file appears under its name when it is finished; an abandoned
/// one is removed.
pub struct SheetWriter {
    file: AtomicFile,
    body: Body,
}

enum Body {
    Csv(BufWriter<File>),
    Excel(Box<Book>),
}

impl SheetWriter {
    /// Begins a table with that name and those columns.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn create(path: &Path, format: SheetFormat, name: &str, columns: &[SheetColumn]) -> Result<Self, SheetError> {
        Self::begin(path, AtomicFile::create(path), format, name, columns)
    }

    /// The same, in a file that only its owner may read.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn create_private(
        path: &Path,
        format: SheetFormat,
        name: &str,
        columns: &[SheetColumn],
    ) -> Result<Self, SheetError> {
        Self::begin(path, AtomicFile::create_private(path), format, name, columns)
    }

    fn begin(
        path: &Path,
        created: io::Result<(AtomicFile, File)>,
        format: SheetFormat,
        name: &str,
        columns: &[SheetColumn],
    ) -> Result<Self, SheetError> {
        let failed = |source| SheetError::File { path: path.to_owned(), source };
        let (unfinished, mut file) = created.map_err(failed)?;
        let body = match format {
            SheetFormat::Csv => {
                file.write_all(BYTE_ORDER_MARK).map_err(failed)?;
                Body::Csv(BufWriter::new(file))
            }
            SheetFormat::Excel => Body::Excel(Box::new(Book::new(name, columns))),
        };
        let mut writer = Self { file: unfinished, body };
        if let Body::Csv(csv) = &mut writer.body {
            let titles = write_line(csv, columns.iter().map(|column| quoted(column.title.into())));
            titles.map_err(|error| writer.failed(error))?;
        }
        Ok(writer)
    }

    /// Writes the next row, a cell for each column.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&mut self, cells: &[SheetCell]) -> Result<(), SheetError> {
        let written = match &mut self.body {
            Body::Csv(csv) => write_line(csv, cells.iter().map(csv_text)).map_err(Failure::File),
            Body::Excel(book) => book.write(cells).map_err(Failure::Excel),
        };
        written.map_err(|failure| self.explained(failure))
    }

    /// Renames the file to its final path, replacing any file there.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn finish(mut self) -> Result<(), SheetError> {
        let written = match &mut self.body {
            Body::Csv(csv) => csv.flush().and_then(|()| csv.get_ref().sync_all()).map_err(Failure::File),
            Body::Excel(book) => book.save(self.file.meanwhile()).map_err(Failure::Excel),
        };
        written.map_err(|failure| self.explained(failure))?;
        let path = self.file.path().to_owned();
        self.file.finish().map_err(|source| SheetError::File { path, source })
    }

    fn failed(&self, source: io::Error) -> SheetError {
        SheetError::File { path: self.file.path().to_owned(), source }
    }

    fn explained(&self, failure: Failure) -> SheetError {
        match failure {
            Failure::File(source) | Failure::Excel(XlsxError::IoError(source)) => self.failed(source),
            Failure::Excel(source) => SheetError::Excel { path: self.file.path().to_owned(), source: Box::new(source) },
        }
    }
}

enum Failure {
    File(io::Error),
    Excel(XlsxError),
}
