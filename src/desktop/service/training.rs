//! Training: a data set of its own, with the sample municipality, its practice fagsystems and a router that reaches no other
//! machine.

use std::fs::{self, File};
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::lesson_builder::end_recording;
use super::practice::PRACTICE_PORT;
use super::router::OwnRouter;
use super::services::Services;
use super::system::is_left_alone;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::exchange::{Progress, write_privately};
use crate::rules::RuleBook;
use crate::store::{Imprint, PastError, RouterSettings, Store, StoreError, TRAINING_DIRECTORY, WindowSettings};
use crate::training::{
    Lesson, NotAsChosen, PackageLimits, PackageOrder, PackageOrderError, PastMailError, TrainingPackage,
    TrainingPackageError, TrainingStart, TrainingStartError,
};

/// The usual port of the router in training, so that it can run beside real data.
const ROUTER_PORT: u16 = 8616;
/// The file in the data directory that holds secrets in training: those of the keyring belong to real systems.
const SECRETS_FILE: &str = "secrets.json";
/// As much of a package's file is read at a time.
const PIECE_BYTES: u64 = 1 << 20;

/// What training was begun with.
#[derive(Debug, Clone)]
pub struct TrainingBegun {
    /// Whether it begins with a lesson.
    pub has_lesson: bool,
    /// Its router, which runs.
    pub router: OwnRouter,
    /// The settings of its router.
    pub settings: RouterSettings,
    /// What windows remember of it.
    pub window_settings: WindowSettings,
    /// Why it was not begun with what was chosen for it, but with the sample or the package that was there before.
    pub not_as_chosen: Option<Error>,
}

/// A training package that was read, and its file.
#[derive(Debug, Clone)]
pub struct ReadPackage {
    pub package: Arc<TrainingPackage>,
    pub file: Arc<[u8]>,
}

/// A training package to be written, and where.
#[derive(Debug, Clone)]
pub struct PackageRequest {
    pub order: PackageOrder,
    pub book: Arc<RuleBook>,
    pub path: PathBuf,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
    pub progress: Arc<Progress>,
}

/// What went into a training package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenPackage {
    pub messages: usize,
    pub calls: usize,
    /// The calls that were left out, as there were too many.
    pub left_out: u64,
}

impl Services {
    /// Whether these data are for training.
    pub fn is_training(&self) -> bool {
        self.training.is_some()
    }

    /// Where the training data of this data directory are. Creates them where there are none.
    pub async fn training_directory(self: Arc<Self>) -> Result<PathBuf, Error> {
        self.with_store(|store| {
            let directory = store.path().parent().unwrap_or(Path::new(".")).join(TRAINING_DIRECTORY);
            Store::open(&directory)?.dedicate_to_training()?;
            Ok(directory)
        })
        .await
    }

    /// Opens training in a window of its own.
    pub async fn open_training_window(self: Arc<Self>) -> Result<(), Error> {
        let directory = self.training_directory().await?;
        let failed = |error: std::io::Error| Error::NoTrainingWindow(error.to_string());
        let mut program = Command::new(std::env::current_exe().map_err(failed)?);
        program.arg("training").arg("--data").arg(directory);
        let mut child = program.stdin(Stdio::null()).spawn().map_err(failed)?;
        // Somebody has to hear that it has ended, or the system keeps its number for as long as this window is open.
        std::thread::spawn(move || child.wait());
        Ok(())
    }

    /// Puts in force what training begins with, and starts practice fagsystems and a router. Where other programs use the usual
    /// ports, they take free ones.
    pub async fn begin_training(self: Arc<Self>, imprint: Imprint) -> Result<TrainingBegun, Error> {
        let usual = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let practice = match Arc::clone(&self).start_practice(usual(PRACTICE_PORT)).await {
            Ok(address) => address,
            Err(_) => Arc::clone(&self).start_practice(usual(0)).await?,
        };
        let day = clock::day_of(imprint.at);
        let (lesson, not_as_chosen) = Arc::clone(&self).put_start_in_force(practice, imprint).await?;
        if let Some(lesson) = &lesson {
            self.set_lesson_moods(lesson, practice, day);
        }
        let (before, window_before) = (self.settings()?, self.window_settings()?);
        let secrets = Some(self.data().join(SECRETS_FILE));
        let mut settings = RouterSettings { listen: usual(ROUTER_PORT), secrets, ..before.clone() };
        Arc::clone(&self).save_settings(before.clone(), settings.clone()).await?;
        let router = if let Ok(router) = Arc::clone(&self).start_router(settings.clone()).await {
            router
        } else {
            settings.listen = usual(0);
            Arc::clone(&self).start_router(settings.clone()).await?
        };
        settings.listen = router.address;
        let window_settings = WindowSettings { practice: Some(practice), router_runs: true, ..window_before };
        Arc::clone(&self).save_settings(before, settings.clone()).await?;
        self.save_window_settings(window_before, window_settings).await?;
        Ok(TrainingBegun { has_lesson: lesson.is_some(), router, settings, window_settings, not_as_chosen })
    }

    /// Stops what runs and empties the training data, so that training begins anew when they are opened next.
    pub async fn reset_training(self: Arc<Self>) -> Result<(), Error> {
        Arc::clone(&self).shut_down().await;
        self.with_store(|store| {
            end_recording(store, None)?;
            Ok(store.begin_training_anew()?)
        })
        .await
    }

    /// Publishes what training begins with, and returns the lesson if it is one. What can no longer be read is told of: a lesson is
    /// ended then, and the sample takes the place of a package.
    async fn put_start_in_force(
        self: Arc<Self>,
        practice: SocketAddr,
        imprint: Imprint,
    ) -> Result<(Option<Box<Lesson>>, Option<Error>), Error> {
        self.with_store(move |store| {
            let (start, unreadable) = chosen_start(store, clock::day_of(imprint.at))?;
            start.begin(store, practice, imprint)?;
            let lesson = if let TrainingStart::Lesson(lesson) = start { Some(lesson) } else { None };
            Ok((lesson, unreadable))
        })
        .await
    }

    /// Stops what runs, and empties the training data, so that training begins with the package in that file, or for `None` with
    /// the sample, when they are opened next.
    pub async fn restart_training(self: Arc<Self>, package: Option<Arc<[u8]>>) -> Result<(), Error> {
        Arc::clone(&self).shut_down().await;
        self.with_store(move |store| begin_with(store, package.as_deref())).await
    }

    /// Empties the training data that belong to these, so that training begins with the package in that file. Refused while a
    /// router runs on them.
    pub async fn put_into_training(self: Arc<Self>, package: Arc<[u8]>) -> Result<(), Error> {
        let directory = Arc::clone(&self).training_directory().await?;
        let begin = move || match begin_with(&Store::open(&directory)?, Some(&package)) {
            Err(Error::Store(error)) if matches!(*error, StoreError::RouterRuns { .. }) => Err(Error::TrainingInUse),
            begun => begun,
        };
        spawn_blocking(begin).await.unwrap_or(Err(Error::Lost))
    }

    /// Reads a training package; `None` when the person stopped it.
    pub async fn read_training_package(path: PathBuf, progress: Arc<Progress>) -> Result<Option<ReadPackage>, Error> {
        let read = move || {
            let failed = |reason: String| Error::File { path: path.display().to_string(), reason };
            // Checked before opening it: a pipe would block until somebody writes to it.
            let is_file = fs::metadata(&path).map_err(|error| failed(error.to_string()))?.is_file();
            let mut file = Vec::new();
            if is_file {
                let opened = File::open(&path).map_err(|error| failed(error.to_string()))?;
                let mut opened = opened.take(PackageLimits::FILE + 1);
                // Piece by piece, so that a slow disk does not keep it from being stopped.
                while !progress.is_stopped() {
                    let piece = (&mut opened).take(PIECE_BYTES).read_to_end(&mut file);
                    if piece.map_err(|error| failed(error.to_string()))? == 0 {
                        break;
                    }
                }
            }
            match TrainingPackage::read_stoppably(&file, &progress) {
                Ok(package) => Ok(Some(ReadPackage { package: Arc::new(package), file: file.into() })),
                Err(TrainingPackageError::Stopped(_)) => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        spawn_blocking(read).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a training package, whole or not at all; `None` when the person stopped it.
    pub async fn write_training_package(
        self: Arc<Self>,
        request: PackageRequest,
    ) -> Result<Option<WrittenPackage>, Error> {
        self.with_store(move |store| {
            if !request.may_replace && request.path.exists() {
                return Err(Error::FileExists(request.path));
            }
            let made = match request.order.make_file(&request.book, store, &request.progress) {
                Err(PackageOrderError::Stopped(_) | PackageOrderError::Package(TrainingPackageError::Stopped(_))) => {
                    return Ok(None);
                }
                made => made?,
            };
            let (file, package, left_out) = made;
            write_privately(&request.path, &file)?;
            Ok(Some(WrittenPackage { messages: package.messages.len(), calls: package.calls.len(), left_out }))
        })
        .await
    }

    /// Lets the person choose a directory; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_directory() -> Option<PathBuf> {
        if is_left_alone() {
            return None;
        }
        rfd::AsyncFileDialog::new().pick_folder().await.map(|folder| folder.path().to_owned())
    }
}

/// What training begins with, and why not with what was chosen.
fn chosen_start(store: &Store, day: Date) -> Result<(TrainingStart, Option<Error>), Error> {
    match TrainingStart::chosen(store, day) {
        Ok(start) => Ok((start, None)),
        Err(NotAsChosen::Store(error)) => Err(error.into()),
        Err(NotAsChosen::Package(error)) => Ok((TrainingStart::Sample, Some(error.into()))),
        Err(error @ (NotAsChosen::NoLesson(_) | NotAsChosen::Lesson { .. })) => {
            store.choose_lesson(None)?;
            // What was there before the lesson; if that cannot be read either, one of the two is enough to tell of.
            let (start, _) = chosen_start(store, day)?;
            Ok((start, Some(error.into())))
        }
    }
}

/// Empties training data, to begin with that package. It takes the place of a lesson that was chosen before.
fn begin_with(store: &Store, package: Option<&[u8]>) -> Result<(), Error> {
    end_recording(store, None)?;
    store.begin_training_anew()?;
    store.choose_lesson(None)?;
    let directory = store.path().parent().unwrap_or(Path::new("."));
    Ok(TrainingStart::keep(directory, package)?)
}

impl From<NotAsChosen> for Error {
    fn from(error: NotAsChosen) -> Self {
        match error {
            NotAsChosen::Store(error) => error.into(),
            NotAsChosen::NoLesson(id) => Self::NoLesson(id),
            NotAsChosen::Lesson { id, error } => Self::Lesson { file: id, error: Arc::new(error) },
            NotAsChosen::Package(error) => error.into(),
        }
    }
}

impl From<TrainingPackageError> for Error {
    fn from(error: TrainingPackageError) -> Self {
        Self::TrainingPackage(Arc::new(error))
    }
}

impl From<PackageOrderError> for Error {
    fn from(error: PackageOrderError) -> Self {
        match error {
            PackageOrderError::Store(error) => error.into(),
            PackageOrderError::Faults(faults) => faults.into(),
            PackageOrderError::File { path, reason } => Self::File { path: path.display().to_string(), reason },
            PackageOrderError::Package(error) => error.into(),
            PackageOrderError::NotAFile(path) => Self::NotAFile(path),
            PackageOrderError::NoMessages(path) => Self::NoMessages(path),
            PackageOrderError::NoChance => Self::NoChance,
            PackageOrderError::Stopped(stopped) => TrainingPackageError::Stopped(stopped).into(),
        }
    }
}

impl From<TrainingStartError> for Error {
    fn from(error: TrainingStartError) -> Self {
        match error {
            TrainingStartError::Faults(faults) => faults.into(),
            TrainingStartError::Lesson { id, error } => Self::Lesson { file: id, error: Arc::new(error) },
            TrainingStartError::Store(error)
            | TrainingStartError::Past(PastError::Store(error))
            | TrainingStartError::Mail(PastMailError::Store(error) | PastMailError::Past(PastError::Store(error))) => {
                error.into()
            }
            TrainingStartError::File { path, source } => {
                Self::File { path: path.display().to_string(), reason: source.to_string() }
            }
            TrainingStartError::Past(error) | TrainingStartError::Mail(PastMailError::Past(error)) => {
                Self::NoPast(Arc::new(error))
            }
            TrainingStartError::Mail(PastMailError::NothingPublished) => Self::NothingPublished,
        }
    }
}
