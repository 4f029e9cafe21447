use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use jiff::civil::Date;

use super::contents::TrainingPackage;
use super::error::TrainingPackageError;
use super::limits::PackageLimits;
use crate::clock;
use crate::exchange::{SheetError, write_privately};
use crate::private_files;
use crate::rules::{Access, Endpoint, Faults, RuleBook};
use crate::store::{Imprint, PastError, Store, StoreError};
use crate::training::{Lesson, LessonError, PastMail, PastMailError, sample_book};

/// A room sees the same past.
const SEED: u64 = 1;

/// What training begins with, and again after each reset. It is kept in training's data directory.
///
/// A lesson that is chosen comes first. A package that was there before waits meanwhile, and training begins with it again when
/// the lesson is ended; a package that is chosen later ends the lesson.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum TrainingStart {
    /// The sample municipality, with a month of mail.
    #[default]
    Sample,
    /// A package.
    Package(Box<TrainingPackage>),
    /// A lesson.
    Lesson(Box<Lesson>),
}

/// Why training cannot begin with what was chosen for it.
#[derive(Debug, thiserror::Error)]
pub enum NotAsChosen {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no lesson with that id any more.
    #[error("there is no lesson with the id {0}")]
    NoLesson(String),
    /// The lesson cannot be read.
    #[error("the lesson {id} cannot be used: {error}")]
    Lesson {
        /// Its id.
        id: String,
        /// Why.
        error: LessonError,
    },
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] TrainingPackageError),
}

/// Why training did not begin with it.
#[derive(Debug, thiserror::Error)]
pub enum TrainingStartError {
    /// The rules contradict each other.
    #[error("{0}")]
    Faults(Faults),
    /// The lesson cannot be begun on that day.
    #[error("the lesson {id} cannot be begun: {error}")]
    Lesson {
        /// Its id.
        id: String,
        /// Why.
        error: LessonError,
    },
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal does not take the package's.
    #[error(transparent)]
    Past(#[from] PastError),
    /// The sample municipality's mail of the days before cannot be made.
    #[error(transparent)]
    Mail(#[from] PastMailError),
    /// A file in the data directory cannot be written or removed.
    #[error("{path} cannot be written: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl TrainingStart {
    /// How long before the beginning the rules of the sample municipality, and of lessons, were published.
    pub const PUBLISHED_BEFORE: SignedDuration = SignedDuration::from_hours(60 * 24);
    /// The file in training's data directory that holds the package; where there is none, training begins with the sample.
    const FILE: &str = "begyndelse.pfoevelse";
    /// The directory in it with what of the package is not in the database: the lesson and the messages.
    const MATERIAL: &str = "oevelse";

    /// What training on those data begins with on that day: the lesson that was chosen, or else the package that is kept, or else
    /// the sample municipality.
    ///
    /// # Errors
    ///
    /// [`NotAsChosen`].
    pub fn chosen(store: &Store, day: Date) -> Result<Self, NotAsChosen> {
        if let Some(under_way) = store.lesson_under_way()? {
            return Ok(Self::Lesson(Box::new(Lesson::find(store, &under_way.id, day)?)));
        }
        Ok(Self::kept_in(store.path().parent().unwrap_or(Path::new(".")))?)
    }

    /// What training in that data directory begins with where no lesson is chosen.
    ///
    /// # Errors
    ///
    /// There is a package, and it cannot be read.
    pub fn kept_in(directory: &Path) -> Result<Self, TrainingPackageError> {
        match read_package_file(&directory.join(Self::FILE)) {
            Ok(None) => Ok(Self::Sample),
            Ok(Some(bytes)) => Ok(Self::Package(Box::new(TrainingPackage::read(&bytes)?))),
            Err(error) => Err(error),
        }
    }

    /// Keeps in that data directory what training begins with from now on: the package in a file with those bytes, or for
    /// `None` the sample.
    ///
    /// # Errors
    ///
    /// It cannot be written; then it is as before.
    pub fn keep(directory: &Path, package: Option<&[u8]>) -> Result<(), TrainingStartError> {
        let path = directory.join(Self::FILE);
        match package {
            Some(bytes) => write_privately(&path, bytes).map_err(|error| match error {
                SheetError::File { path, source } => TrainingStartError::File { path, source },
                other @ SheetError::Excel { .. } => {
                    TrainingStartError::File { path: path.clone(), source: io::Error::other(other) }
                }
            }),
            None => match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    Err(TrainingStartError::File { path, source })
                }
                _ => Ok(()),
            },
        }
    }

    /// The package's directory of messages in that data directory, if it has any.
    #[must_use]
    pub fn messages_in(directory: &Path) -> Option<PathBuf> {
        Some(directory.join(Self::MATERIAL).join("meddelelser")).filter(|path| path.is_dir())
    }

    /// The package's lesson in that data directory, if it has one.
    #[must_use]
    pub fn lesson_in(directory: &Path) -> Option<PathBuf> {
        Some(directory.join(Self::MATERIAL).join("opgave.toml")).filter(|path| path.is_file())
    }

    /// Its rules on that day, with practice fagsystems at that address alone: no other address and no access is left in them.
    ///
    /// # Errors
    ///
    /// Those of a lesson have faults on that day.
    pub fn book(&self, practice: SocketAddr, day: Date) -> Result<RuleBook, LessonError> {
        match self {
            Self::Sample => Ok(sample_book(practice)),
            Self::Package(package) => Ok(in_practice(&package.book, practice)),
            Self::Lesson(lesson) => lesson.begin(practice, day),
        }
    }

    /// Begins training with it on data that are for training and empty: publishes its rules, enters its journal, and puts its
    /// lesson and messages into the data directory. A lesson has no mail from before, and counts from then on.
    ///
    /// Guards that its rules break do not keep it from beginning: to mend them may be the lesson.
    ///
    /// # Errors
    ///
    /// [`TrainingStartError`].
    pub fn begin(&self, store: &Store, practice: SocketAddr, imprint: Imprint) -> Result<(), TrainingStartError> {
        let until = imprint.at;
        let book = self.book(practice, clock::day_of(until)).map_err(|error| self.not_begun(error))?;
        let rules = book.compile().map_err(TrainingStartError::Faults)?;
        let first_call = match self {
            Self::Sample | Self::Lesson(_) => until.checked_sub(Self::PUBLISHED_BEFORE).ok(),
            Self::Package(package) => package.first_call(until),
        };
        // Published before its first message came.
        let at = first_call.and_then(|first| first.checked_sub(SignedDuration::from_hours(1)).ok()).unwrap_or(until);
        store.publish(&rules, Imprint { at, ..imprint }, None)?;
        match self {
            Self::Sample => PastMail::make(store, SEED, until)?.enter(store)?,
            Self::Package(package) => package.enter(store, &rules, until)?,
            Self::Lesson(_) => store.lesson_has_begun(until)?,
        }
        self.lay_out(store.path().parent().unwrap_or(Path::new(".")))
    }

    fn not_begun(&self, error: LessonError) -> TrainingStartError {
        let id = if let Self::Lesson(lesson) = self { lesson.id.clone() } else { String::new() };
        TrainingStartError::Lesson { id, error }
    }

    /// Writes the lesson and the messages, and removes those from before.
    fn lay_out(&self, directory: &Path) -> Result<(), TrainingStartError> {
        let material = directory.join(Self::MATERIAL);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| TrainingStartError::File { path, source }
        };
        match fs::remove_dir_all(&material) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&material)(error)),
            _ => {}
        }
        let Self::Package(package) = self else { return Ok(()) };
        let mut files = Vec::new();
        if let Some(lesson) = &package.lesson {
            files.push((material.join("opgave.toml"), lesson.as_bytes()));
        }
        let messages = material.join("meddelelser");
        files.extend(package.messages.iter().map(|message| (messages.join(&message.name), message.bytes.as_slice())));
        if files.is_empty() {
            return Ok(());
        }
        private_files::create_directory(&material).map_err(failed(&material))?;
        if !package.messages.is_empty() {
            private_files::create_directory(&messages).map_err(failed(&messages))?;
        }
        for (path, bytes) in files {
            private_files::write_new(&path, bytes).map_err(failed(&path))?;
        }
        Ok(())
    }
}

/// Reads the file of a package; `None` where there is none.
fn read_package_file(path: &Path) -> Result<Option<Vec<u8>>, TrainingPackageError> {
    use std::io::Read as _;
    let Some(file) = private_files::open_to_read(path)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(PackageLimits::FILE + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The rules, with every fagsystem in the practice room at that address.
fn in_practice(book: &RuleBook, room: SocketAddr) -> RuleBook {
    let mut book = book.clone();
    let mut taken: Vec<String> = Vec::new();
    for fagsystem in book.authorities.iter_mut().flat_map(|authority| &mut authority.fagsystems) {
        let name = path_of(fagsystem.id.as_str());
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| !taken.contains(name)).unwrap_or_default();
        fagsystem.endpoint = practice_endpoint(room, &free);
        fagsystem.access = Access::Open;
        taken.push(free);
    }
    book
}

/// What an id is called in an address.
fn path_of(id: &str) -> String {
    let plain = id.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
    let name: String = plain.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).take(60).collect();
    if name.trim_matches('-').is_empty() { "fagsystem".to_owned() } else { name }
}

fn practice_endpoint(room: SocketAddr, name: &str) -> Endpoint {
    let address = format!("http://{room}/{name}/postmodtag");
    address.parse().unwrap_or_else(|_| unreachable!("it has plain letters alone"))
}
