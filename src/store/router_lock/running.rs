//! Which program runs the router of a data directory, for everyone who looks at it.
//!
//! Whether one runs is decided by the lock alone, which the system releases however a program ends. The row that describes
//! the program is only read while the lock is held, and counts only when the lock's holder wrote it: it outlives a crash.

use std::net::SocketAddr;

use jiff::Timestamp;

use super::directory_lock::DirectoryLock;
use super::program::{Program, RouterNow, RunningRouter};
use crate::store::database::Place;
use crate::store::engine::{self, OptionalExtension, Row, params};
use crate::store::{PublicationNumber, Store, StoreError};

/// The columns in which a router says something of itself.
pub(super) const SAID: &str = "program, process, since, address, is_encrypted, publication";

/// What the router says in the row that begins with those columns; `None`: it says that it has ended.
pub(super) fn said(row: &Row<'_>) -> engine::Result<Option<RunningRouter>> {
    let text = |column: usize| row.get::<Option<String>>(column);
    let process: Option<u32> = row.get(1)?;
    let since = text(2)?.and_then(|since| since.parse().ok());
    Ok(process.zip(since).map(|(process, since)| RunningRouter {
        program: text(0).ok().flatten().as_deref().and_then(Program::from_code),
        process,
        since,
        address: text(3).ok().flatten().and_then(|address| address.parse().ok()),
        is_encrypted: row.get(4).unwrap_or_default(),
        publication: row.get::<Option<i64>>(5).ok().flatten().map(PublicationNumber),
    }))
}

impl Store {
    /// Whether a router runs on the data directory, in any program, and what is known of it.
    ///
    /// # Errors
    ///
    /// The lock or the database cannot be read.
    pub fn router_now(&self) -> Result<RouterNow, StoreError> {
        Ok(if DirectoryLock::is_taken(self.directory())? {
            RouterNow::Runs(self.running_router()?)
        } else {
            RouterNow::Nobody
        })
    }

    /// Makes sure that no router runs on the data directory at the moment.
    ///
    /// # Errors
    ///
    /// [`StoreError::RouterRuns`], or the lock or the database cannot be read.
    pub fn check_no_router_runs(&self) -> Result<(), StoreError> {
        match self.router_now()? {
            RouterNow::Nobody => Ok(()),
            RouterNow::Runs(by) => Err(StoreError::RouterRuns { path: self.directory().to_owned(), by }),
        }
    }

    /// The kind of program that last had the router running; `None` where that is not known.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn router_ran_last(&self) -> Result<Option<Program>, StoreError> {
        let query = format!("SELECT last_program FROM {}", self.own_row());
        let code: Option<String> = self.connection().query_row(&query, [], |row| row.get(0)).optional()?.flatten();
        Ok(code.as_deref().and_then(Program::from_code))
    }

    /// What the lock's holder says of itself. A row that a killed router has left does not describe a later holder, such as
    /// a restoration.
    pub(super) fn running_router(&self) -> Result<Option<RunningRouter>, StoreError> {
        let query = format!("SELECT {SAID} FROM {}", self.own_row());
        let row = self.connection().query_row(&query, [], said);
        let row = row.optional()?.flatten();
        let by = DirectoryLock::by(self.directory());
        Ok(row.filter(|router| by == Some(router.process)))
    }

    /// The table and the row in it that describe this data directory's router.
    fn own_row(&self) -> String {
        match &self.place {
            Place::File(_) => "router_state".to_owned(),
            Place::Server { router, .. } => format!("routers WHERE name = {}", quoted(router)),
        }
    }

    /// A change of that row, if a condition holds.
    fn update_own(&self, change: &str) -> String {
        match &self.place {
            Place::File(_) => format!("UPDATE router_state SET {change}"),
            Place::Server { router, .. } => format!("UPDATE routers SET {change} AND name = {}", quoted(router)),
        }
    }

    /// Records which publication the router follows.
    pub(crate) fn router_follows(&self, publication: Option<PublicationNumber>) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let update = self.update_own("publication = ?1 WHERE process IS NOT NULL");
        transaction.execute(&update, [publication.map(PublicationNumber::get)])?;
        self.place.commit(transaction)
    }

    /// Records that this program has the lock, and nothing else yet.
    pub(super) fn router_begins(&self) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        if let Some(name) = self.router_name() {
            let seen = "INSERT INTO routers (name, seen_at) VALUES (?1, now())
                        ON CONFLICT (name) DO UPDATE SET seen_at = now(), accepted = 0, not_accepted = 0";
            transaction.execute(seen, [name])?;
        }
        transaction.execute(
            &self.update_own(
                "program = ?1, process = ?2, since = ?3, address = NULL, is_encrypted = false, publication = NULL WHERE true",
            ),
            params![self.program.map(Program::code), std::process::id(), Timestamp::now().to_string()],
        )?;
        self.place.commit(transaction)
    }

    /// Records that no program has the lock any more.
    pub(super) fn router_ends(&self) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute(
            &self.update_own(
                "program = NULL, process = NULL, since = NULL, address = NULL, is_encrypted = false, publication = NULL
                 WHERE true",
            ),
            [],
        )?;
        if self.server().is_some() {
            transaction.execute(&self.update_own("seen_at = now() WHERE true"), [])?;
        }
        self.place.commit(transaction)
    }

    /// Records the address that the router now listens on, and the publication that it follows.
    pub(super) fn router_receives(
        &self,
        address: SocketAddr,
        is_encrypted: bool,
        publication: Option<PublicationNumber>,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute(
            &self.update_own("address = ?1, is_encrypted = ?2, publication = ?3, last_program = ?4 WHERE true"),
            params![
                address.to_string(),
                is_encrypted,
                publication.map(PublicationNumber::get),
                self.program.map(Program::code)
            ],
        )?;
        self.place.commit(transaction)
    }
}

/// As a text of SQL's.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
