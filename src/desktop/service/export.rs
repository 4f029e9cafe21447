//! Writes messages to a spreadsheet.

use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::services::Services;
use super::system::is_left_alone;
use crate::desktop::model::error::Error;
use crate::exchange::{Progress, SheetCell, SheetColumn, SheetFormat, SheetWriter};
use crate::store::{JournalEntry, MessageQuery, Store};

/// Which messages are written, how and where.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    pub query: MessageQuery,
    pub path: PathBuf,
    pub format: SheetFormat,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
    /// The name of the sheet.
    pub title: &'static str,
    pub columns: Vec<SheetColumn>,
    pub cells: RowToCells,
    pub progress: Arc<Progress>,
}

/// A table that is in the memory, and how and where it is written.
#[derive(Debug, Clone)]
pub struct TableRequest {
    pub path: PathBuf,
    pub format: SheetFormat,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
    /// The name of the sheet.
    pub title: &'static str,
    pub columns: Vec<SheetColumn>,
    pub rows: Vec<Vec<SheetCell>>,
}

/// Turns a message, with its number in the journal, into one cell for each column, in the language of the window.
#[derive(Clone)]
pub struct RowToCells(Arc<ToCells>);

type ToCells = dyn Fn(i64, &JournalEntry) -> Vec<SheetCell> + Send + Sync;

impl RowToCells {
    pub fn new(cells: impl Fn(i64, &JournalEntry) -> Vec<SheetCell> + Send + Sync + 'static) -> Self {
        Self(Arc::new(cells))
    }
}

impl fmt::Debug for RowToCells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowToCells")
    }
}

impl Services {
    /// Lets the person choose the file; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_file(name: String, format: SheetFormat) -> Option<PathBuf> {
        if is_left_alone() {
            return None;
        }
        let dialog = rfd::AsyncFileDialog::new().set_file_name(name).add_filter(format.ending(), &[format.ending()]);
        dialog.save_file().await.map(|file| file.path().to_owned())
    }

    /// Writes a table, whole or not at all, and returns its path.
    pub async fn write_table(request: TableRequest) -> Result<PathBuf, Error> {
        spawn_blocking(move || write_table(request)).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes the messages, and returns how many; `None` when the person stopped it. An unfinished file is removed.
    pub async fn export_messages(self: Arc<Self>, request: ExportRequest) -> Result<Option<u64>, Error> {
        self.with_store(move |store| export(store, &request)).await
    }
}

fn write_table(
    TableRequest { path, format, may_replace, title, columns, rows }: TableRequest,
) -> Result<PathBuf, Error> {
    if !may_replace && path.exists() {
        return Err(Error::FileExists(path));
    }
    let mut writer = SheetWriter::create_private(&path, format, title, &columns)?;
    for row in &rows {
        writer.write(row)?;
    }
    writer.finish()?;
    Ok(path)
}

fn export(store: &Store, request: &ExportRequest) -> Result<Option<u64>, Error> {
    if !request.may_replace && request.path.exists() {
        return Err(Error::FileExists(request.path.clone()));
    }
    let mut writer = SheetWriter::create_private(&request.path, request.format, request.title, &request.columns)?;
    let mut written = Ok(());
    let mut count = 0;
    store.each_message(&request.query, |number, entry| {
        written = writer.write(&(request.cells.0)(number, &entry));
        count += 1;
        if written.is_ok() && request.progress.reach(count).is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    written?;
    if request.progress.is_stopped() {
        return Ok(None);
    }
    writer.finish()?;
    Ok(Some(count))
}
