//! The progress of a room: saved to a file on one machine, taken in on another.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::services::Services;
use super::system::is_left_alone;
use crate::desktop::model::error::Error;
use crate::exchange::write_privately;
use crate::store::{Gathered, MachineProgress, Store};
use crate::training::{ProgressFile, ProgressFileError};

/// More machines than any room has.
const MOST_MACHINES: usize = 200;

/// What became of a file of progress that was to be taken in.
#[derive(Debug, Clone)]
pub struct GatheredFile {
    /// The file's name.
    pub name: String,
    pub outcome: Result<Gathered, Error>,
}

impl Services {
    /// Saves what was learnt on this machine to a file, whole or not at all, and returns its path.
    pub async fn save_progress(
        self: Arc<Self>,
        path: PathBuf,
        may_replace: bool,
        now: Timestamp,
    ) -> Result<PathBuf, Error> {
        self.with_store(move |store| {
            if !may_replace && path.exists() {
                return Err(Error::FileExists(path));
            }
            let progress = store.lesson_progress()?;
            if progress.is_empty() {
                return Err(Error::NoProgress);
            }
            let machine = store.draw_progress_machine()?;
            let saved = MachineProgress { machine, name: machine_name(), saved_at: now, progress };
            let file = ProgressFile::write(&saved).map_err(|error| wrong(&path, error))?;
            write_privately(&path, file.as_bytes())?;
            Ok(path)
        })
        .await
    }

    /// Takes in files of progress, each by itself: one that is refused changes nothing, and keeps none of the others out.
    pub async fn gather_progress(self: Arc<Self>, paths: Vec<PathBuf>) -> Result<Vec<GatheredFile>, Error> {
        self.with_store(move |store| {
            let gather = |path: PathBuf| {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                GatheredFile { name, outcome: gather(store, &path) }
            };
            Ok(paths.into_iter().map(gather).collect())
        })
        .await
    }

    /// Removes what was taken in from that machine; `None`: from all.
    pub async fn forget_room(self: Arc<Self>, machine: Option<Uuid>) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.forget_room(machine)?)).await
    }

    /// Lets the person choose files of progress; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_progress_files() -> Option<Vec<PathBuf>> {
        if is_left_alone() {
            return None;
        }
        let ending = ProgressFile::ENDING;
        let dialog = rfd::AsyncFileDialog::new().add_filter(ending, &[ending]).add_filter("*", &["*"]);
        let files = dialog.pick_files().await?;
        Some(files.into_iter().map(|file| file.path().to_owned()).collect())
    }
}

fn gather(store: &Store, path: &Path) -> Result<Gathered, Error> {
    let progress = ProgressFile::read(&read(path)?).map_err(|error| wrong(path, error))?;
    let room = store.room_progress()?;
    if room.len() >= MOST_MACHINES && room.iter().all(|it| it.machine != progress.machine) {
        return Err(Error::RoomFull(MOST_MACHINES));
    }
    Ok(store.gather_progress(&progress)?)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |reason: String| Error::File { path: path.display().to_string(), reason };
    // Checked before opening it: a pipe would block until somebody writes to it.
    if !fs::metadata(path).map_err(|error| failed(error.to_string()))?.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let mut file = Vec::new();
    let opened = File::open(path).map_err(|error| failed(error.to_string()))?;
    opened.take(ProgressFile::MOST_BYTES + 1).read_to_end(&mut file).map_err(|error| failed(error.to_string()))?;
    Ok(file)
}

fn wrong(path: &Path, error: ProgressFileError) -> Error {
    Error::Progress { file: path.display().to_string(), error }
}

/// What the system calls this machine; empty where it does not say.
fn machine_name() -> String {
    whoami::hostname().unwrap_or_default()
}

/// The same as the names of files can have it, so that fifteen files beside each other differ.
pub fn machine_file_name() -> String {
    const LONGEST: usize = 40;
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    machine_name().chars().map(plain).take(LONGEST).collect::<String>().trim_matches('-').to_owned()
}
