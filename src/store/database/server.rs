//! The database on a server: how it is opened and brought up to date.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use uuid::Uuid;

use super::Place;
use super::rights::tighten;
use crate::policy::Listening;
use crate::private_files;
use crate::store::data_directory::FILE_NAME;
use crate::store::engine::{self, Address, Connection, OptionalExtension, PostgresError, TransactionBehavior};
use crate::store::migrations::SERVER_STEPS;
use crate::store::{Program, Store, StoreError};

/// How long it may take to answer a router, also where much is deleted.
const LONGEST_ANSWER: Duration = Duration::from_secs(20);
/// The file with the name that the router of a data directory has among those of its server.
const ROUTER_NAME: &str = "router.name";
/// What stands in the name of a window's connections after that of its data directory's router, before its process.
pub(in crate::store) const WINDOW: &str = " (vindue ";

impl Store {
    /// Opens the database on that server, and brings it up to date. What belongs to this machine alone, such as the lock of its
    /// router, is in the data directory, which is made when it is absent.
    ///
    /// # Errors
    ///
    /// The data directory cannot be used, the server cannot be reached, or it refuses; the database is newer than the program; or
    /// the server would not keep what was committed.
    pub fn open_on_server(directory: &Path, address: &Address) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        private_files::create_directory(directory).map_err(failed)?;
        let notices = tighten(directory);
        let router = router_name(directory).map_err(failed)?;
        let connection = Connection::to_server(address, &router).map_err(|error| unfit(error, address))?;
        look_for_standby(&connection, address)?;
        bring_up_to_date(&connection, address)?;
        let place = Place::Server { address: address.clone(), path: directory.join(FILE_NAME), router };
        let (listening, connection) = (Listening::default(), Mutex::new(connection));
        Ok(Self { place, program: None, listening, notices, upgrade: None, connection })
    }

    /// A router that is to stop does not wait for ever for a server that does not answer.
    pub(super) fn limit_waiting(&self, connection: &Connection) {
        if self.program == Some(Program::Serve) {
            connection.limit_waiting(LONGEST_ANSWER);
        }
    }

    /// How a server knows the connections of this program.
    pub(in crate::store) fn name_on_server(&self) -> String {
        let router = self.router_name().unwrap_or_default();
        match self.program {
            Some(Program::Window) => format!("{router}{WINDOW}{})", std::process::id()),
            Some(Program::Serve) | None => router.to_owned(),
        }
    }
}

fn unfit(error: engine::Error, address: &Address) -> StoreError {
    match error {
        engine::Error::Postgres(PostgresError::Unfit(flaw)) => {
            StoreError::UnfitServer { address: address.clone(), flaw }
        }
        other => other.into(),
    }
}

/// Warns where what is committed may be missing once another server takes the place of this one.
fn look_for_standby(connection: &Connection, address: &Address) -> Result<(), StoreError> {
    let names = "SELECT current_setting('synchronous_standby_names')";
    if connection.query_row(names, [], |row| row.get::<String>(0))?.is_empty() {
        tracing::warn!(
            database = %address,
            "the database has no synchronous standby: after a change to another server, what was committed last may be missing, \
             and a message may go to two fagsystems"
        );
    }
    Ok(())
}

fn bring_up_to_date(connection: &Connection, address: &Address) -> Result<(), StoreError> {
    let known = i64::try_from(SERVER_STEPS.len()).unwrap_or_default();
    let newer = |schema| Err(StoreError::NewerOnServer { address: address.clone(), schema, known });
    match schema_of(connection)? {
        Some(schema) if schema == known => return Ok(()),
        Some(schema) if schema > known => return newer(schema),
        _ => {}
    }
    let transaction = connection.begin(TransactionBehavior::Deferred)?;
    // Two programs that begin at the same time: the second waits here, and finds it done.
    transaction.execute_batch("SELECT pg_advisory_xact_lock(hashtext('postfordeler_schema'))")?;
    transaction.execute_batch("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")?;
    transaction.execute_batch("LOCK TABLE schema_version IN ACCESS EXCLUSIVE MODE")?;
    let schema = schema_of(&transaction)?.unwrap_or_default();
    if schema > known {
        return newer(schema);
    }
    for step in &SERVER_STEPS[usize::try_from(schema).unwrap_or_default()..] {
        transaction.execute_batch(step)?;
    }
    transaction.execute("DELETE FROM schema_version", [])?;
    transaction.execute("INSERT INTO schema_version (version) VALUES (?1)", [known])?;
    Ok(transaction.commit()?)
}

/// The number of its schema; `None` where it has none yet.
fn schema_of(connection: &Connection) -> engine::Result<Option<i64>> {
    let is_there = "SELECT to_regclass('schema_version') IS NOT NULL";
    if !connection.query_row(is_there, [], |row| row.get::<bool>(0))? {
        return Ok(None);
    }
    connection.query_row("SELECT version FROM schema_version", [], |row| row.get(0)).optional()
}

/// The name of this data directory's router: that of the machine, and what tells it from others there.
fn router_name(directory: &Path) -> std::io::Result<String> {
    let path = directory.join(ROUTER_NAME);
    if let Ok(name) = fs::read_to_string(&path)
        && !name.trim().is_empty()
    {
        return Ok(name.trim().to_owned());
    }
    let machine: String = whoami::hostname().unwrap_or_default();
    // The server takes no longer name, and no other letters.
    let machine: String =
        machine.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').take(40).collect();
    let drawn = Uuid::new_v4().simple().to_string();
    let name = format!("{machine}-{}", &drawn[..6]);
    private_files::write_new(&path, name.as_bytes())?;
    Ok(name)
}
