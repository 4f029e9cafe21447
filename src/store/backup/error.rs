use std::io;
use std::path::{Path, PathBuf};

use crate::store::{StoreError, engine};

/// Why a backup or a restoration failed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file with the name for the copy exists already.
    #[error("{} is there already and was left as it is; choose another name, or say --overwrite", .0.display())]
    Exists(PathBuf),
    /// The program itself uses the file with that name.
    #[error("{} is a file that Postfordeler works with, and was left as it is; choose another name for the copy", .0.display())]
    InUseItself(PathBuf),
    /// The data are in a database on a server.
    #[error(
        "the data are in a database on a server, which is copied with its own tools: pg_dump, and pg_restore to put it back"
    )]
    OnServer,
    /// It is no plain file.
    #[error("{} is no plain file; name one", .0.display())]
    NoPlainFile(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {source}; nothing was changed: see that there is room, and that this user may read and write there", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is something else.
    #[error("{} is no copy that 'postfordeler backup' has made, and no database of Postfordeler; nothing was changed", .0.display())]
    NotOurs(PathBuf),
    /// The file is damaged.
    #[error("the copy {} is damaged ({reason}); nothing was changed: use another copy", .path.display())]
    Damaged {
        /// The copy.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The copy was made by a newer program.
    #[error("the copy {} was made by a newer version of Postfordeler; nothing was changed: install that version or a later one", .0.display())]
    Newer(PathBuf),
    /// Another program uses the data directory.
    #[error("a router or a window uses the data directory {}; nothing was changed: end it, and call again", .0.display())]
    InUse(PathBuf),
    /// The copy has no secrets file.
    #[error("the copy {} holds no secrets file; nothing was changed: call again without --secrets", .0.display())]
    NoSecrets(PathBuf),
    /// The database was replaced, and something after that failed.
    #[error(
        "the database in {} was replaced by the one of the copy, but then this failed: {reason}{}; mend that, and call again",
        .directory.display(), kept_in(.aside.as_deref())
    )]
    Replaced {
        /// The data directory.
        directory: PathBuf,
        /// The folder that the earlier contents were moved to; `None` where there were none.
        aside: Option<PathBuf>,
        /// What failed.
        reason: String,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<engine::Error> for BackupError {
    fn from(error: engine::Error) -> Self {
        Self::Store(error.into())
    }
}

fn kept_in(aside: Option<&Path>) -> String {
    aside.map(|aside| format!("; what was there before is in {}", aside.display())).unwrap_or_default()
}

pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> BackupError + '_ {
    |source| BackupError::File { path: path.to_owned(), source }
}
