//! Reads files for the draft and writes files from it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use directories::UserDirs;
use jiff::Timestamp;
use tokio::task::spawn_blocking;

use super::services::Services;
use super::system::is_left_alone;
use crate::desktop::model::error::Error;
use crate::exchange::{
    Arrival, Package, Progress, ReadRequest, SheetKind, TablesWriteError, read_files, write_atomically,
    write_configuration, write_csv, write_package, write_template, write_workbook,
};
use crate::rules::{Cvr, KlePlan, Priority, RuleBook};
use crate::training::TrainingPackage;

/// What to write of the draft, and where.
#[derive(Debug, Clone)]
pub struct WriteRequest {
    pub kind: OutputKind,
    pub book: Arc<RuleBook>,
    pub authority: Cvr,
    pub kle: Arc<KlePlan>,
    pub path: PathBuf,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
    pub progress: Arc<Progress>,
}

/// A text to write, and where.
#[derive(Debug, Clone)]
pub struct ReportRequest {
    pub path: PathBuf,
    pub text: String,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
}

/// The kinds of files that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    Workbook,
    Csv(SheetKind),
    Configuration,
    Package { environment: String, rules: Option<BTreeSet<Priority>>, made_at: Timestamp },
}

impl Services {
    /// Reads files, and returns what they would make of the draft; `None` when the person stopped it.
    pub async fn read_files(request: ReadRequest) -> Result<Option<Arrival>, Error> {
        spawn_blocking(move || Ok(read_files(&request))).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a file, whole or not at all. `false` when the person stopped it.
    pub async fn write_file(request: WriteRequest) -> Result<bool, Error> {
        spawn_blocking(move || write(&request)).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a report, whole or not at all, and returns its path.
    pub async fn write_report(request: ReportRequest) -> Result<PathBuf, Error> {
        let write = move || {
            if !request.may_replace && request.path.exists() {
                return Err(Error::FileExists(request.path));
            }
            write_atomically(&request.path, request.text.as_bytes())?;
            Ok(request.path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes an empty workbook to fill in among the person's documents, and returns its path. No file is replaced.
    pub async fn make_template(name: &'static str) -> Result<PathBuf, Error> {
        let write = move || {
            let path = free_path(documents(), name, "xlsx");
            write_template(&path).map_err(Error::from)?;
            Ok(path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Error::Lost))
    }

    /// Lets the person choose files to read; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_files() -> Option<Vec<PathBuf>> {
        if is_left_alone() {
            return None;
        }
        let endings = ["xlsx", "xlsm", "ods", "csv", "json", "xml", Package::ENDING, TrainingPackage::ENDING];
        let dialog = rfd::AsyncFileDialog::new().add_filter("Excel, CSV, JSON, XML, pfpakke, pfoevelse", &endings);
        let files = dialog.pick_files().await?;
        Some(files.into_iter().map(|file| file.path().to_owned()).collect())
    }

    /// Lets the person choose the file of a lesson; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_lesson() -> Option<PathBuf> {
        if is_left_alone() {
            return None;
        }
        let dialog = rfd::AsyncFileDialog::new().add_filter("TOML", &["toml"]);
        dialog.pick_file().await.map(|file| file.path().to_owned())
    }

    /// Lets the person choose where to write a file; `None` when they chose nothing, or no dialog can be shown.
    pub async fn choose_place(name: String) -> Option<PathBuf> {
        if is_left_alone() {
            return None;
        }
        let ending = Path::new(&name).extension().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        let dialog = rfd::AsyncFileDialog::new().set_file_name(&name).add_filter(&ending, &[&ending]);
        dialog.save_file().await.map(|file| file.path().to_owned())
    }
}

fn write(request: &WriteRequest) -> Result<bool, Error> {
    if !request.may_replace && request.path.exists() {
        return Err(Error::FileExists(request.path.clone()));
    }
    let authority = || request.book.authority(request.authority).ok_or(Error::Lost);
    let WriteRequest { path, book, kle, progress, .. } = request;
    let text = match &request.kind {
        OutputKind::Workbook => return written(write_workbook(path, book, request.authority, kle, progress)),
        OutputKind::Csv(kind) => return written(write_csv(path, *kind, book, request.authority, kle, progress)),
        OutputKind::Configuration => write_configuration(&request.book),
        OutputKind::Package { environment, rules, made_at } => {
            write_package(&Package::of(authority()?, rules.as_ref(), environment, *made_at))
        }
    };
    write_atomically(&request.path, text.as_bytes())?;
    Ok(true)
}

/// `false` when the person stopped it.
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

/// The person's documents directory, or else their home.
pub fn documents() -> &'static Path {
    static DOCUMENTS: OnceLock<PathBuf> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let home = UserDirs::new();
        let directory = home.as_ref().map(|home| home.document_dir().unwrap_or(home.home_dir()));
        directory.unwrap_or(Path::new("")).to_owned()
    })
}

/// A path of that name, or with a number after it, that no file has yet.
pub(super) fn free_path(directory: &Path, name: &str, ending: &str) -> PathBuf {
    let numbered = (2..).map(|number| format!("{name}-{number}.{ending}"));
    let mut names = std::iter::once(format!("{name}.{ending}")).chain(numbered);
    names.find_map(|name| Some(directory.join(name)).filter(|path| !path.exists())).unwrap_or_default()
}
