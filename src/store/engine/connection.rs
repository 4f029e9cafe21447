use std::ops::Deref;
use std::time::Duration;

use super::postgres::{Address, Session};
use super::{Many, Parameters, Result, Row, Statement};

/// A connection to the database.
#[derive(Debug)]
pub(in crate::store) struct Connection(Engine);

#[derive(Debug)]
enum Engine {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Session>),
}

impl From<rusqlite::Connection> for Connection {
    fn from(connection: rusqlite::Connection) -> Self {
        Self(Engine::Sqlite(connection))
    }
}

impl Connection {
    /// A connection to a database on a server, which knows it by the name of the data directory's router.
    pub fn to_server(address: &Address, router: &str) -> Result<Self> {
        Ok(Self(Engine::Postgres(Box::new(Session::connect(address, router)?))))
    }

    /// Has a server call it otherwise.
    pub fn rename(&self, name: &str) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(session) => Ok(session.rename(name)?),
        }
    }

    /// From now on waits for each answer of a server for no longer than that. What it was asked meanwhile has failed, and of a
    /// commit it is not known whether it was written.
    pub fn limit_waiting(&self, longest: Duration) {
        if let Engine::Postgres(session) = &self.0 {
            session.limit_waiting(longest);
        }
    }

    /// Makes sure that a server still keeps what it commits.
    pub fn look_over(&self) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(session) => Ok(session.look_over()?),
        }
    }

    /// The connection to a file of SQLite's, if it is one.
    pub fn sqlite(&self) -> Option<&rusqlite::Connection> {
        match &self.0 {
            Engine::Sqlite(connection) => Some(connection),
            Engine::Postgres(_) => None,
        }
    }

    /// The same, to go on without this room.
    pub fn into_sqlite(self) -> Option<rusqlite::Connection> {
        match self.0 {
            Engine::Sqlite(connection) => Some(connection),
            Engine::Postgres(_) => None,
        }
    }

    /// A statement that is used once.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        match &self.0 {
            Engine::Sqlite(connection) => Ok(Statement::once(connection.prepare(sql)?)),
            Engine::Postgres(session) => Ok(Statement::of_session(session, session.prepare(sql)?)),
        }
    }

    /// A statement that is kept for the next time.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        match &self.0 {
            Engine::Sqlite(connection) => Ok(Statement::kept(connection.prepare_cached(sql)?)),
            Engine::Postgres(_) => self.prepare(sql),
        }
    }

    /// A statement that is kept, to carry it out for several sets of values.
    pub fn many(&self, sql: &str) -> Result<Many<'_>> {
        Ok(self.prepare_cached(sql)?.for_each_of_many())
    }

    /// Carries out a statement. Returns how many rows it has changed.
    pub fn execute(&self, sql: &str, parameters: impl Parameters) -> Result<usize> {
        self.prepare(sql)?.execute(parameters)
    }

    /// Carries out statements that have no parameters.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Engine::Postgres(session) => Ok(session.batch(sql)?),
        }
    }

    /// Writes a row whose number the database gives, and returns that.
    pub fn insert(&self, sql: &str, parameters: impl Parameters) -> Result<i64> {
        match &self.0 {
            Engine::Sqlite(connection) => {
                self.prepare_cached(sql)?.execute(parameters)?;
                // To have it returned by the statement would cost ten times as much: SQLite makes a table for that.
                Ok(connection.last_insert_rowid())
            }
            Engine::Postgres(_) => {
                self.prepare(&format!("{sql} RETURNING number"))?.query_row(parameters, |row| row.get(0))
            }
        }
    }

    /// Reads the first row.
    pub fn query_row<T>(
        &self,
        sql: &str,
        parameters: impl Parameters,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare(sql)?.query_row(parameters, read)
    }

    /// Begins a transaction that takes its turn to write when it first writes.
    pub fn transaction(&mut self) -> Result<Transaction<'_>> {
        Transaction::begin(self, TransactionBehavior::Deferred)
    }

    /// Begins a transaction.
    pub fn transaction_with_behavior(&mut self, behavior: TransactionBehavior) -> Result<Transaction<'_>> {
        Transaction::begin(self, behavior)
    }

    /// Begins a transaction where the caller knows that none is under way.
    pub fn begin(&self, behavior: TransactionBehavior) -> Result<Transaction<'_>> {
        Transaction::begin(self, behavior)
    }

    /// From now on, everything is read as it is at the first reading, whatever is written meanwhile.
    pub fn begin_snapshot(&self) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(connection) => Ok(connection.execute_batch("BEGIN")?),
            Engine::Postgres(session) => Ok(session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?),
        }
    }

    /// Whether no transaction is under way.
    pub fn is_autocommit(&self) -> bool {
        match &self.0 {
            Engine::Sqlite(connection) => connection.is_autocommit(),
            Engine::Postgres(session) => session.is_autocommit(),
        }
    }
}

/// When a transaction takes its turn to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum TransactionBehavior {
    /// When it first writes. If another program has written since it first read, it can no longer.
    Deferred,
    /// At once: nobody else writes what is edited and published until it ends.
    Immediate,
}

/// Changes that are committed together, or not at all: rolled back unless they are committed.
pub(in crate::store) struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    fn begin(connection: &'c Connection, behavior: TransactionBehavior) -> Result<Self> {
        match &connection.0 {
            Engine::Sqlite(sqlite) => {
                let begin = match behavior {
                    TransactionBehavior::Deferred => "BEGIN",
                    TransactionBehavior::Immediate => "BEGIN IMMEDIATE",
                };
                // Kept, as the commit is: the journal begins and commits for every few messages.
                sqlite.prepare_cached(begin)?.execute([])?;
            }
            Engine::Postgres(session) => {
                session.begin("BEGIN")?;
                // From here on it is rolled back, also when the turn does not come.
                let transaction = Self(connection);
                if behavior == TransactionBehavior::Immediate {
                    session.batch("SELECT 1 FROM turn_to_write FOR UPDATE")?;
                }
                return Ok(transaction);
            }
        }
        Ok(Self(connection))
    }

    /// Commits, and returns once that is on disk.
    pub fn commit(self) -> Result<()> {
        match &self.0.0 {
            Engine::Sqlite(sqlite) => {
                sqlite.prepare_cached("COMMIT")?.execute([])?;
            }
            Engine::Postgres(session) => session.commit()?,
        }
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.0.is_autocommit() {
            return;
        }
        match &self.0.0 {
            Engine::Sqlite(sqlite) => {
                let _ = sqlite.execute_batch("ROLLBACK");
            }
            Engine::Postgres(session) => session.roll_back(),
        }
    }
}
