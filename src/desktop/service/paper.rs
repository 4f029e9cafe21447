//! Documents written to files, and printed.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;

use super::services::Services;
use super::system::is_left_alone;
use crate::desktop::model::error::Error;
use crate::document::{Document, PdfError};
use crate::exchange::write_privately;

/// How long the printing system may take before it is given up.
const PRINT_TIMEOUT: Duration = Duration::from_secs(30);
const LOOK_INTERVAL: Duration = Duration::from_millis(20);

/// What a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    Pdf,
    /// A web page in one file.
    Page,
}

impl PaperFormat {
    /// What names of such files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Page => "html",
        }
    }
}

/// A document to write, and where.
#[derive(Debug, Clone)]
pub struct PaperRequest {
    pub document: Arc<Document>,
    pub format: PaperFormat,
    pub path: PathBuf,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
}

/// How a document came to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// It is on its way to the printer that the system uses unless told otherwise.
    Sent,
    /// It is open in the program for PDF files, which can print it.
    Shown,
}

impl Services {
    /// Writes a document for its owner alone, whole or not at all, and returns the path.
    pub async fn write_document(request: PaperRequest) -> Result<PathBuf, Error> {
        let write = move || {
            let PaperRequest { document, format, path, may_replace } = request;
            if !may_replace && path.exists() {
                return Err(Error::FileExists(path));
            }
            let bytes = match format {
                PaperFormat::Pdf => document.to_pdf()?,
                PaperFormat::Page => document.to_html().into_bytes(),
            };
            write_privately(&path, &bytes)?;
            Ok(path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Error::Lost))
    }

    /// Prints a document: by the system's printing where it has any, or else by the program that shows PDF files.
    pub async fn print_document(self: Arc<Self>, document: Arc<Document>) -> Result<Printed, Error> {
        let print = move || {
            let bytes = document.to_pdf()?;
            if send_to_printer(&document.title, &bytes) {
                return Ok(Printed::Sent);
            }
            let viewer = viewer().ok_or(Error::NoPrinter)?;
            let shown = self.shown.add(self.data(), &bytes);
            let shown = shown.and_then(|path| show(&path, &viewer));
            shown.map_err(|error| Error::NotPrinted(error.to_string()))?;
            Ok(Printed::Shown)
        };
        spawn_blocking(print).await.unwrap_or(Err(Error::Lost))
    }
}

impl Services {
    /// Shows a folder in the program that the system has for folders.
    pub async fn open_folder(folder: PathBuf) -> Result<(), Error> {
        if is_left_alone() {
            return Ok(());
        }
        let open = move || {
            let viewer = viewer().ok_or_else(|| "xdg-open".to_owned())?;
            show(&folder, &viewer).map_err(|error| error.to_string())
        };
        let opened = spawn_blocking(open).await.map_err(|_| Error::Lost)?;
        opened.map_err(Error::NoFolderShown)
    }
}

impl From<PdfError> for Error {
    fn from(error: PdfError) -> Self {
        Self::NotPdf(error.to_string())
    }
}

/// Hands the document to the printing system, without a file that others could read. Whether there is one, and it took it.
fn send_to_printer(title: &str, bytes: &[u8]) -> bool {
    let Some(program) = found("lp") else { return false };
    let mut lp = Command::new(program);
    let lp = lp.args(["-t", title, "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut lp) = lp.spawn() else { return false };
    let Some(mut paper) = lp.stdin.take() else { return false };
    let bytes = bytes.to_vec();
    // A printing system that reads nothing must not hold up the one that waits for it.
    let writing = thread::spawn(move || paper.write_all(&bytes).is_ok());
    let is_taken = ended_well(&mut lp);
    is_taken && writing.join().unwrap_or(false)
}

/// Waits for a program to end, and says whether it did so in time and without an error.
fn ended_well(program: &mut Child) -> bool {
    let end = Instant::now() + PRINT_TIMEOUT;
    while Instant::now() < end {
        match program.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(LOOK_INTERVAL),
            Err(_) => break,
        }
    }
    let _ = program.kill();
    let _ = program.wait();
    false
}

/// What opens a file in the program that the system has for it; `None` where the system has no such thing.
fn viewer() -> Option<PathBuf> {
    if cfg!(windows) {
        Some(PathBuf::from("explorer.exe"))
    } else if cfg!(target_os = "macos") {
        found("open")
    } else {
        found("xdg-open")
    }
}

/// Opens the file in the program that the system has for it.
fn show(path: &Path, viewer: &Path) -> io::Result<()> {
    let mut program = Command::new(viewer);
    let program = program.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut program = program.spawn()?;
    // Some viewers go on as long as the file is shown.
    thread::spawn(move || program.wait());
    Ok(())
}

/// Where a program is, on the paths that are searched for programs.
fn found(program: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    let places = env::split_paths(&paths).filter(|place| place.is_absolute());
    places.map(|place| place.join(program)).find(|path| path.is_file())
}
