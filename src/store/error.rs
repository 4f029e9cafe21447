use std::io;
use std::path::PathBuf;

use super::{DamagedGuards, RunningRouter};

/// Why the store could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data directory cannot be made or read.
    #[error("the data directory {path} cannot be used: {source}")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database was written by a newer program.
    #[error("the database {0} was written by a newer version of Postfordeler; install that version or a later one")]
    Newer(PathBuf),
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
    Database(#[from] rusqlite::Error),
}

/// ": 'postfordeler serve' …", where anything is known.
fn description_of(router: Option<&RunningRouter>) -> String {
    router.map(|router| format!(": {router}")).unwrap_or_default()
}
