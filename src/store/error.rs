use std::io;
use std::path::{Path, PathBuf};

use super::data_directory::{FILE_NAME, directory_to_be_made};
use super::migrations::STEPS;
use super::{Address, DamagedGuards, RunningRouter, ServerFlaw, engine};
use crate::network_share::NetworkShare;

/// Why the store could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data directory cannot be made or read.
    #[error("the data directory {} cannot be used: {source}{}", .path.display(), way_out(.source))]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The data directory lies on a network share, where a database cannot be kept. Nothing was made or opened there.
    #[error("{}", on_share(path, share, *has_database, instead.as_deref()))]
    OnShare {
        /// The directory.
        path: PathBuf,
        /// The share.
        share: NetworkShare,
        /// Whether there is a database in it.
        has_database: bool,
        /// A directory on this machine to use instead; `None` where this user can make none.
        instead: Option<PathBuf>,
        /// Whether it is the one that is used when nobody names one. The one that is used instead is then found by itself, once
        /// it holds a database.
        is_usual: bool,
    },
    /// The database was brought up to date by a newer program.
    #[error(
        "the database {} was written by a newer version of Postfordeler{}; nothing was changed: install {} or a later one{}",
        .path.display(), written_by(*.schema, .program.as_deref()), .program.as_deref().unwrap_or("that version"),
        way_back(.path, .copy.as_deref())
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The number of its schema.
        schema: usize,
        /// The version of the program that gave it that schema, if it says so.
        program: Option<String>,
        /// The copy that was made before that, if it is there and this program can use it.
        copy: Option<PathBuf>,
    },
    /// The database on a server was brought up to date by a newer program.
    #[error(
        "the database {address} was brought up to date by a newer version of Postfordeler (schema {schema}, while this is {} and \
         knows schemas up to {known}); nothing was changed: install that version or a later one",
        env!("CARGO_PKG_VERSION")
    )]
    NewerOnServer {
        /// The database.
        address: Address,
        /// The number of its schema.
        schema: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The server would not keep what it was told.
    #[error("the database {address} cannot be used: {flaw}")]
    UnfitServer {
        /// The database.
        address: Address,
        /// Why.
        flaw: ServerFlaw,
    },
    /// There is no room to bring an older database up to date.
    #[error(
        "the database {} is from an older version of Postfordeler, and there is no room to bring it up to date, which takes          room for a copy of it ({} MB) and meanwhile for about as much again; nothing was changed: make room on that disk,          or lift the limit on the size of files (ulimit -f), and start again", .path.display(), megabytes(*.bytes)
    )]
    NoRoomToUpgrade {
        /// The database.
        path: PathBuf,
        /// How many bytes it has.
        bytes: u64,
    },
    /// No copy can be made of an older database, and it is not brought up to date without.
    #[error(
        "the database {} is from an older version of Postfordeler, and before it is brought up to date it is copied to {},          which fails: {reason}; nothing was changed: see that this user may write there, and start again",
        .path.display(), .copy.display()
    )]
    NoUpgradeCopy {
        /// The database.
        path: PathBuf,
        /// What the copy would be called.
        copy: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file is no database, or a damaged one.
    #[error(
        "the database {path} is damaged ({reason}); it has been left as it is: put back a copy, or move it away to begin \
         anew, in either case with the files beside it that end in -wal and -shm"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The database is gone, and what it left behind would spoil a new one.
    #[error(
        "the database {path} is gone, but {left} is still there; put the database back, or move that file away too"
    )]
    LeftBehind {
        /// Where the database would be.
        path: PathBuf,
        /// What was left behind.
        left: PathBuf,
    },
    /// The database's file is no longer where it was opened.
    #[error(
        "the database {0} has been deleted, moved or replaced since it was opened; nothing was written: put it back, or \
         start the program again on what is there now"
    )]
    Gone(PathBuf),
    /// The database lacks what was committed last before a router was killed.
    #[error(
        "the database {} lacks the last {} changes of the journal: they were in the file {}-wal, which has gone \
         since the router was killed; put that file back if there is a copy. To go on without them, delete {}: what was \
         accepted then is delivered again if it is sent again",
        path.display(), lost, path.display(), marker.display()
    )]
    CommitsLost {
        /// The database.
        path: PathBuf,
        /// How many.
        lost: i64,
        /// What knows of them.
        marker: PathBuf,
    },
    /// Something else is where a file of the program should be.
    #[error("{} is no plain file but a link, a pipe or a directory; it was left as it is: move it away, and start again", .0.display())]
    NoPlainFile(PathBuf),
    /// Another window or program has published or edited meanwhile.
    #[error("the configuration has been changed elsewhere meanwhile; nothing was written: look at it as it is now")]
    Overtaken,
    /// Another router runs on the data directory.
    #[error(
        "another router runs on the data directory {}{}; two could deliver the same message twice: stop that one, or give \
         this one a data directory of its own", path.display(), description_of(by.as_ref())
    )]
    RouterRuns {
        /// The directory.
        path: PathBuf,
        /// What that router says of itself; `None`: nothing.
        by: Option<RunningRouter>,
    },
    /// A router of an older version runs on the data directory, whose database has to be brought up to date.
    #[error(
        "a router of an older version of Postfordeler runs on the data directory {}, and could write nothing more once the \
         database is brought up to date; nothing was changed: stop that router, and start again", .0.display()
    )]
    OlderRouterRuns(PathBuf),
    /// Training was to begin on data that are not for training.
    #[error(
        "the database {} holds what was published or received in earnest, and training needs data of its own; nothing was \
         changed: name another data directory", .0.display()
    )]
    RealData(PathBuf),
    /// Data that are not for training were to begin anew.
    #[error("the database {} is not for training, and only training begins anew; nothing was changed", .0.display())]
    NoTraining(PathBuf),
    /// The system has no thread to give for the journal.
    #[error("the journal cannot be started: {0}")]
    NoThread(io::Error),
    /// Settings that guard cannot be read, and their defaults would let in or forget what they must not.
    #[error("{0}")]
    Guards(DamagedGuards),
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] engine::Error),
}

impl StoreError {
    /// The command that puts back the copy from before a newer version brought the database up to date. Where none is known, it has
    /// `file` in the place of its name. `None` for other errors.
    #[must_use]
    pub fn way_back(&self, file: &str) -> Option<String> {
        match self {
            Self::Newer { path, copy, .. } => Some(restoring(path, copy.as_deref(), file)),
            _ => None,
        }
    }

    /// A word for it that says nothing of the machine or the data.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Directory { .. } => "directory",
            Self::OnShare { .. } => "on_share",
            Self::Newer { .. } => "newer",
            Self::NewerOnServer { .. } => "newer_on_server",
            Self::UnfitServer { .. } => "unfit_server",
            Self::NoRoomToUpgrade { .. } => "no_room_to_upgrade",
            Self::NoUpgradeCopy { .. } => "no_upgrade_copy",
            Self::Damaged { .. } => "damaged",
            Self::LeftBehind { .. } => "left_behind",
            Self::Gone(_) => "gone",
            Self::CommitsLost { .. } => "commits_lost",
            Self::NoPlainFile(_) => "no_plain_file",
            Self::Overtaken => "overtaken",
            Self::RouterRuns { .. } => "router_runs",
            Self::OlderRouterRuns(_) => "older_router_runs",
            Self::RealData(_) => "real_data",
            Self::NoTraining(_) => "no_training",
            Self::NoThread(_) => "no_thread",
            Self::Guards(_) => "guards",
            Self::Database(_) => "database",
        }
    }

    /// SQLite's own number for it, if it is one of SQLite's errors.
    #[must_use]
    pub fn sqlite_code(&self) -> Option<i32> {
        match self {
            Self::Database(error) => Some(error.sqlite()?.sqlite_error()?.extended_code),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

/// " (0.3.0, schema 19, while this is …)".
fn written_by(schema: usize, program: Option<&str>) -> String {
    let program = program.map(|program| format!("{program}, ")).unwrap_or_default();
    let (ours, known) = (env!("CARGO_PKG_VERSION"), STEPS.len());
    format!(" ({program}schema {schema}, while this is {ours} and knows schemas up to {known})")
}

fn way_back(database: &Path, copy: Option<&Path>) -> String {
    let command = restoring(database, copy, "FILE");
    match copy {
        Some(_) => format!(
            ", or go back to how the data were before that version brought them up to date, without what came since: {command}"
        ),
        None => format!(", or put back a copy from before: {command}"),
    }
}

/// The command that puts a copy back in the place of a database; `file` stands for one that is not known.
fn restoring(database: &Path, copy: Option<&Path>, file: &str) -> String {
    let quote = if cfg!(windows) { '"' } else { '\'' };
    let quoted = |path: &Path| format!("{quote}{}{quote}", path.display());
    let directory = quoted(database.parent().unwrap_or(database));
    format!("postfordeler restore {} --data {directory}", copy.map_or_else(|| file.to_owned(), quoted))
}

/// In whole megabytes, rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// What to do where another user's data directory was named.
fn way_out(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            "; it belongs to another user, or is closed to this one: leave out --data to use a directory of your own"
        }
        _ => "",
    }
}

/// ": 'postfordeler serve' …", where anything is known.
fn description_of(router: Option<&RunningRouter>) -> String {
    router.map(|router| format!(": {router}")).unwrap_or_default()
}

fn on_share(path: &Path, share: &NetworkShare, has_database: bool, instead: Option<&Path>) -> String {
    let (path, to_be_made) = (path.display(), directory_to_be_made());
    let local = instead.unwrap_or(&to_be_made).display();
    let instead = match instead {
        Some(_) => format!("use one on this machine: --data {local}"),
        None => format!("have an administrator make {local} for this user, and use it: --data {local}"),
    };
    let carried = if has_database {
        format!(
            ", after 'postfordeler restore {path}/{FILE_NAME} --data {local}', which takes along what is on the share, once no \
             program uses it any more"
        )
    } else {
        String::new()
    };
    format!(
        "the data directory {path} lies on a network share ({share}), where the database's write-ahead log does not work, so that \
         messages would be lost: nothing was made or opened there; {instead}{carried} (copies and exports may go to the share)"
    )
}
