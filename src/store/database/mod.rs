//! The database's file: how it is opened and brought up to date, and whether it is still the same one.

mod copy;
mod file;
mod local;
mod opening;
mod place;
mod rights;
mod schema;
mod server;
mod upgrade;
mod watching;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) use self::copy::{TemporaryFile, check_room, copy_pages, sync_directory};
pub(super) use self::file::FileNumber;
pub use self::local::check_local;
pub(super) use self::opening::{COMPANIONS, beside, connect};
pub(super) use self::rights::tighten;
pub(super) use self::schema::{newest_schema, record_program};
pub(super) use self::server::WINDOW;
pub use self::upgrade::Upgrade;
pub(super) use self::upgrade::forget_copies;
pub use self::watching::DataWatch;

use self::file::DatabaseFile;
use self::opening::{create, explained, look_over, set_up};
pub(in crate::store) use self::place::Place;
use self::upgrade::bring_up_to_date;
use super::data_directory::FILE_NAME;
use super::{JournalError, Program, StoreError};
use crate::policy::Listening;
use crate::private_files;
use crate::store::engine::{Address, Connection};

/// The database of a data directory.
#[derive(Debug)]
pub struct Store {
    pub(in crate::store) place: Place,
    /// The kind of program that runs the router, if this program does.
    pub(in crate::store) program: Option<Program>,
    listening: Listening,
    notices: Vec<String>,
    upgrade: Option<Upgrade>,
    connection: Mutex<Connection>,
}

impl Store {
    /// The newest schema that this program knows: the number of the last step that brings a database up to date.
    pub const SCHEMA: usize = newest_schema();

    /// Opens the database in that directory; makes both when they are absent, and brings an older database up to date, with a
    /// copy of it as it was.
    ///
    /// # Errors
    ///
    /// The directory cannot be used or lies on a network share, where nothing is made or opened; or the database is damaged, newer
    /// than the program, or older while there is no room for the copy. Then the database is as it was.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        check_local(directory)?;
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        private_files::create_directory(directory).map_err(failed)?;
        let notices = tighten(directory);
        let path = directory.join(FILE_NAME);
        if !path.try_exists().map_err(failed)? {
            create(&path)?;
        }
        let number = FileNumber::of(&path).map_err(failed)?;
        let mut connection = look_over(&path)?;
        set_up(&connection).map_err(|error| explained(error, &path))?;
        let upgrade = bring_up_to_date(&mut connection, &path)?;
        let file = DatabaseFile::of(path).map_err(failed)?;
        // While this program waited for the database, another may have put a different one in its place.
        if !file.is_file(number) {
            return Err(StoreError::Gone(file.path));
        }
        let listening = Listening::default();
        let connection = Mutex::new(connection.into());
        let place = Place::File(file);
        let store = Self { place, program: None, listening, notices, upgrade, connection };
        store.check_commits()?;
        Ok(store)
    }

    /// Whether there is a database in that directory.
    #[must_use]
    pub fn is_in(directory: &Path) -> bool {
        directory.join(FILE_NAME).exists()
    }

    /// The same store, with that kind of program named as the one that runs its router.
    #[must_use]
    pub fn run_by(self, program: Program) -> Self {
        let store = Self { program: Some(program), ..self };
        if let Err(error) = store.connection().rename(&store.name_on_server()) {
            tracing::debug!(%error, "the server knows the program by its former name");
        }
        store.limit_waiting(&store.connection());
        store
    }

    /// The same store, whose router may listen there alone, as an administrator has decided.
    #[must_use]
    pub fn under(self, listening: Listening) -> Self {
        Self { listening, ..self }
    }

    /// Where a router on these data may listen.
    #[must_use]
    pub fn listening(&self) -> Listening {
        self.listening
    }

    /// The rights of the data directory that were too wide when it was opened, and whether they could be corrected, in words
    /// for whoever runs the program.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// What was done when it was opened, if the database was an older one.
    #[must_use]
    pub fn upgrade(&self) -> Option<&Upgrade> {
        self.upgrade.as_ref()
    }

    /// The database's file. Where the database is on a server, what it would be called here.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// The server that the database is on; `None` where it is in the data directory.
    #[must_use]
    pub fn server(&self) -> Option<&Address> {
        match &self.place {
            Place::File(_) => None,
            Place::Server { address, .. } => Some(address),
        }
    }

    /// The name that this data directory's router has among those of its server; `None` where there are no others.
    pub(in crate::store) fn router_name(&self) -> Option<&str> {
        match &self.place {
            Place::File(_) => None,
            Place::Server { router, .. } => Some(router),
        }
    }

    /// Another connection to the same database, for a thread of its own.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more.
    pub fn reopen(&self) -> Result<Self, StoreError> {
        let connect = |path: &Path| {
            let connection = connect(path)?;
            set_up(&connection)?;
            Ok(connection)
        };
        let connection = match &self.place {
            Place::File(file) => connect(&file.path).map_err(|error| explained(error, &file.path))?.into(),
            Place::Server { address, .. } => Connection::to_server(address, &self.name_on_server())?,
        };
        self.limit_waiting(&connection);
        let (place, program, listening) = (self.place.clone(), self.program, self.listening);
        let (notices, upgrade) = (Vec::new(), None);
        Ok(Self { place, program, listening, notices, upgrade, connection: Mutex::new(connection) })
    }

    /// Another connection that sees the database as it is at its first reading, whatever is written meanwhile.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more.
    pub fn snapshot(&self) -> Result<Self, StoreError> {
        let snapshot = self.reopen()?;
        snapshot.journal()?.begin_snapshot()?;
        Ok(snapshot)
    }

    /// A number that changes whenever another connection has written.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        let query = match &self.place {
            Place::File(_) => "PRAGMA data_version",
            Place::Server { .. } => "SELECT hashtextextended(pg_current_snapshot()::text, 0)",
        };
        Ok(self.connection().query_row(query, [], |row| row.get(0))?)
    }

    /// Makes sure that the database is still where it was opened.
    ///
    /// # Errors
    ///
    /// [`JournalError::Gone`].
    pub fn check_place(&self) -> Result<(), JournalError> {
        self.place.check()
    }

    /// The directory that the database is in.
    pub(in crate::store) fn directory(&self) -> &Path {
        self.path().parent().unwrap_or(self.path())
    }

    pub(in crate::store) fn damaged(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: self.path().to_owned(), reason: reason.into() }
    }

    pub(in crate::store) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
