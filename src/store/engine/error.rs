use rusqlite::types::FromSqlError;

use super::postgres::PostgresError;

/// Why the database refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite's reason.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL's.
    #[error(transparent)]
    Postgres(#[from] PostgresError),
}

pub(in crate::store) type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// SQLite's error, if it is one.
    pub(in crate::store) fn sqlite(&self) -> Option<&rusqlite::Error> {
        match self {
            Self::Sqlite(error) => Some(error),
            Self::Postgres(_) => None,
        }
    }

    fn is_without_rows(&self) -> bool {
        matches!(self, Self::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }
}

impl From<FromSqlError> for Error {
    fn from(error: FromSqlError) -> Self {
        Self::Sqlite(error.into())
    }
}

/// For questions that need not have an answer.
pub(in crate::store) trait OptionalExtension<T> {
    /// `None` where there is no row.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Err(error) if error.is_without_rows() => Ok(None),
            other => other.map(Some),
        }
    }
}
