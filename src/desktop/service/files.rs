//! What comes in from files and goes out to them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use directories::UserDirs;
use jiff::Timestamp;
use tokio::task::spawn_blocking;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::exchange::{
    Arrival, Package, Progress, ReadRequest, SheetKind, TablesWriteError, read_files, write_atomically,
    write_configuration, write_csv, write_package, write_template, write_workbook,
};
use crate::rules::{Cvr, KlePlan, Priority, RuleBook};

/// What is to be written, and where.
#[derive(Debug, Clone)]
pub struct WriteRequest {
    pub what: OutputKind,
    pub book: Arc<RuleBook>,
    pub authority: Cvr,
    pub kle: Arc<KlePlan>,
    pub path: PathBuf,
    /// A file that stands there may be replaced.
    pub may_replace: bool,
    pub progress: Arc<Progress>,
}

/// A report that is to be written, and where.
#[derive(Debug, Clone)]
pub struct ReportRequest {
    pub path: PathBuf,
    pub text: String,
    /// A file that stands there may be replaced.
    pub may_replace: bool,
}

/// What can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    Workbook,
    Csv(SheetKind),
    Configuration,
    Package { environment: String, rules: Option<BTreeSet<Priority>>, made_at: Timestamp },
}

impl Services {
    /// Reads files, and says what they would make of the draft; `None` when it was stopped.
    pub async fn read_files(order: ReadRequest) -> Result<Option<Arrival>, Error> {
        spawn_blocking(move || Ok(read_files(&order))).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a file, whole or not at all; says whether it was written and not stopped.
    pub async fn write_file(order: WriteRequest) -> Result<bool, Error> {
        spawn_blocking(move || write(&order)).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a report, whole or not at all, and says where.
    pub async fn write_report(order: ReportRequest) -> Result<PathBuf, Error> {
        let write = move || {
            if !order.may_replace && order.path.exists() {
                return Err(Error::FileExists(order.path));
            }
            write_atomically(&order.path, order.text.as_bytes())?;
            Ok(order.path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes an empty workbook to fill in where people keep their documents, and says where. No file is replaced.
    pub async fn make_template(name: &'static str) -> Result<PathBuf, Error> {
        let write = move || {
            let path = free_path(documents(), name);
            write_template(&path).map_err(Error::from)?;
            Ok(path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Error::Lost))
    }

    /// Asks which files are to be read; `None` when none was chosen, or nobody could be asked.
    pub async fn choose_files() -> Option<Vec<PathBuf>> {
        let endings = ["xlsx", "xlsm", "ods", "csv", "json", "xml"];
        let dialog = rfd::AsyncFileDialog::new().add_filter("Excel, CSV, JSON, XML", &endings);
        let files = dialog.pick_files().await?;
        Some(files.into_iter().map(|file| file.path().to_owned()).collect())
    }

    /// Asks where a file is to be written; `None` when no place was chosen, or nobody could be asked.
    pub async fn choose_place(name: String) -> Option<PathBuf> {
        let ending = Path::new(&name).extension().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        let dialog = rfd::AsyncFileDialog::new().set_file_name(&name).add_filter(&ending, &[&ending]);
        dialog.save_file().await.map(|file| file.path().to_owned())
    }
}

fn write(order: &WriteRequest) -> Result<bool, Error> {
    if !order.may_replace && order.path.exists() {
        return Err(Error::FileExists(order.path.clone()));
    }
    let authority = || order.book.authority(order.authority).ok_or(Error::Lost);
    let WriteRequest { path, book, kle, progress, .. } = order;
    let text = match &order.what {
        OutputKind::Workbook => return written(write_workbook(path, book, order.authority, kle, progress)),
        OutputKind::Csv(kind) => return written(write_csv(path, *kind, book, order.authority, kle, progress)),
        OutputKind::Configuration => write_configuration(&order.book),
        OutputKind::Package { environment, rules, made_at } => {
            write_package(&Package::of(authority()?, rules.as_ref(), environment, *made_at))
        }
    };
    write_atomically(&order.path, text.as_bytes())?;
    Ok(true)
}

/// Whether it was written, and not stopped.
fn written(tables: Result<(), TablesWriteError>) -> Result<bool, Error> {
    match tables {
        Ok(()) => Ok(true),
        Err(TablesWriteError::Stopped(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl From<TablesWriteError> for Error {
    fn from(error: TablesWriteError) -> Self {
        match error {
            TablesWriteError::Sheet(error) => error.into(),
            TablesWriteError::TooLong { path, place } => Self::CellTooLong { path, place },
            TablesWriteError::NoSuchAuthority(_) | TablesWriteError::Stopped(_) => Self::Lost,
        }
    }
}

/// Where people keep their documents, or else their home.
pub fn documents() -> &'static Path {
    static DOCUMENTS: OnceLock<PathBuf> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let home = UserDirs::new();
        let directory = home.as_ref().map(|home| home.document_dir().unwrap_or(home.home_dir()));
        directory.unwrap_or(Path::new("")).to_owned()
    })
}

/// A path of that name, or with a number after it, where nothing stands yet.
fn free_path(directory: &Path, name: &str) -> PathBuf {
    let ending = "xlsx";
    let numbered = (2..).map(|number| format!("{name}-{number}.{ending}"));
    let mut names = std::iter::once(format!("{name}.{ending}")).chain(numbered);
    names.find_map(|name| Some(directory.join(name)).filter(|path| !path.exists())).unwrap_or_default()
}
