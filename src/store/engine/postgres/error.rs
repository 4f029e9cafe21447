use tokio_postgres::error::{DbError, Severity, SqlState};

use super::address_error::AddressError;
use super::flaw::ServerFlaw;

/// Why PostgreSQL refused, or could not be asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PostgresError {
    /// It answered with an error.
    #[error("{message}{}", .detail.as_deref().map(|detail| format!(" ({detail})")).unwrap_or_default())]
    Refused {
        /// Its code, of five signs.
        code: String,
        /// In its own words.
        message: String,
        /// More of them, where it has a hint of what to do.
        detail: Option<String>,
    },
    /// The user that it was asked as may not do that.
    #[error(
        "the user of the database may not do that ({message}): whoever runs it gives the role postfordeler_editor to those who \
         edit and publish, and postfordeler_router to routers"
    )]
    NotAllowed {
        /// In its own words.
        message: String,
    },
    /// What it is told may not last.
    #[error(transparent)]
    Unfit(#[from] ServerFlaw),
    /// It cannot be reached.
    #[error("the database server cannot be reached: {0}; see that it runs, and that this machine may connect to it")]
    Unreachable(String),
    /// The connection broke before a change was committed. Nothing was written.
    #[error("the connection to the database broke, and nothing was written")]
    Lost,
    /// It has not answered for so long that nobody waits for it any more. Nothing was committed.
    #[error("the database server does not answer; see how it is, and whether its standby is there")]
    Silent,
    /// A commit was not answered, or not as it should be.
    #[error("the database has not confirmed a commit, so that it is not known whether it was written: {0}")]
    Uncertain(String),
    /// Something in a transaction failed, so that nothing of it was written.
    #[error("an earlier error has undone the change")]
    RolledBack,
    /// A value is of another kind than was asked for.
    #[error("the database holds something else than was expected: {0}")]
    Unexpected(String),
    /// The address says how to connect in a way that cannot be followed.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The system has no thread to give.
    #[error("the connection to the database cannot be started: {0}")]
    NoThread(String),
}

impl PostgresError {
    /// Whether the disk of the server is full.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == SqlState::DISK_FULL.code())
    }
}

impl PostgresError {
    /// Whether it would have gone well at another moment: somebody else held what it needs.
    #[must_use]
    pub fn is_of_the_moment(&self) -> bool {
        let codes =
            [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE];
        matches!(self, Self::Refused { code, .. } if codes.iter().any(|known| known.code() == code))
    }

    /// Whether the server as a whole could not do it: it shuts down, is out of connections or memory, or was told to stop.
    #[must_use]
    pub fn is_of_the_server(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code.starts_with("57") || code.starts_with("53"))
    }

    /// What an error says that a commit is answered with. When the server ends a connection, it may have committed before.
    pub(super) fn of_commit(error: tokio_postgres::Error) -> Self {
        match error.as_db_error().map(DbError::parsed_severity) {
            // Without its severity, an error may end the connection as well.
            Some(Some(Severity::Fatal | Severity::Panic) | None) => Self::Uncertain(error.to_string()),
            _ => error.into(),
        }
    }
}

impl From<tokio_postgres::Error> for PostgresError {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(told) = error.as_db_error() {
            if *told.code() == SqlState::INSUFFICIENT_PRIVILEGE {
                return Self::NotAllowed { message: told.message().to_owned() };
            }
            return Self::Refused {
                code: told.code().code().to_owned(),
                message: told.message().to_owned(),
                detail: told.hint().map(str::to_owned),
            };
        }
        if error.is_closed() {
            return Self::Lost;
        }
        match std::error::Error::source(&error).and_then(|source| source.downcast_ref::<std::io::Error>()) {
            Some(_) => Self::Lost,
            None => Self::Unexpected(with_causes(&error)),
        }
    }
}

/// An error with what it says of its causes.
pub(super) fn with_causes(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
