use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use futures_executor::block_on;
use futures_util::future::join_all;
use rusqlite::types::Value;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;

use super::address::Address;
use super::dialect::translate;
use super::error::PostgresError;
use super::line::Line;
use super::patience::Patience;
use super::promises::look_over;
use super::values::{Column, Parameter};

type Result<T> = std::result::Result<T, PostgresError>;

/// The most statements that are kept prepared; beyond, all are prepared anew.
const MOST_KEPT: usize = 256;

/// How long a server may take until a new connection can be used, with all that is asked before.
const LONGEST_GREETING: Duration = Duration::from_secs(15);

/// How many rows of a long answer are in memory at a time.
const ROWS_PER_FETCH: usize = 2_000;

/// A connection to the server, which is made anew when it has broken.
pub(in crate::store) struct Session {
    address: Address,
    /// What the server calls it.
    name: RefCell<String>,
    line: RefCell<Line>,
    /// How long an answer may take; `None`: however long.
    longest: Cell<Option<Duration>>,
    /// An answer has taken longer.
    is_given_up: Cell<bool>,
    patience: RefCell<Patience>,
    transaction: Cell<Under>,
    kept: RefCell<HashMap<String, Arc<Prepared>>>,
    /// How many cursors there have been.
    cursors: Cell<u64>,
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    Nothing,
    Transaction,
    /// Something in it has failed, so that PostgreSQL would answer its commit by rolling back, without an error.
    FailedTransaction,
}

/// A statement, and the names of its parameters.
pub(in crate::store::engine) struct Prepared {
    /// As the store asks it.
    pub sql: String,
    pub statement: Statement,
    pub names: Vec<String>,
}

/// Where connections are driven, whoever waits for them.
static DRIVER: LazyLock<std::io::Result<Runtime>> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_name("database").enable_all().build()
});

impl Session {
    pub fn connect(address: &Address, name: &str) -> Result<Self> {
        let line = RefCell::new(open(address, name)?);
        Ok(Self {
            address: address.clone(),
            name: RefCell::new(name.to_owned()),
            line,
            longest: Cell::new(None),
            is_given_up: Cell::new(false),
            patience: RefCell::default(),
            transaction: Cell::new(Under::Nothing),
            kept: RefCell::default(),
            cursors: Cell::new(0),
        })
    }

    /// Has the server call it otherwise.
    pub fn rename(&self, name: &str) -> Result<()> {
        name.clone_into(&mut self.name.borrow_mut());
        self.batch(&format!("SET application_name = '{}'", name.replace('\'', "''")))
    }

    /// Whether no transaction is under way.
    pub fn is_autocommit(&self) -> bool {
        self.transaction.get() == Under::Nothing
    }

    /// From now on waits for each answer for no longer than that: beyond, the connection counts as broken.
    pub fn limit_waiting(&self, longest: Duration) {
        self.longest.set(Some(longest));
    }

    /// Makes sure that the server still keeps what it commits.
    pub fn look_over(&self) -> Result<()> {
        self.reconnect_if_broken()?;
        self.wait(look_over(&self.line.borrow().client))
    }

    pub fn batch(&self, sql: &str) -> Result<()> {
        self.reconnect_if_broken()?;
        self.wait(self.line.borrow().client.batch_execute(sql))
    }

    pub fn begin(&self, sql: &str) -> Result<()> {
        self.batch(sql)?;
        self.transaction.set(Under::Transaction);
        Ok(())
    }

    /// Commits. [`PostgresError::Uncertain`]: whether it did is not known, or the server did not wait until its standby has it.
    pub fn commit(&self) -> Result<()> {
        if self.transaction.replace(Under::Nothing) == Under::FailedTransaction {
            let _ = self.wait(self.line.borrow().client.batch_execute("ROLLBACK"));
            return Err(PostgresError::RolledBack);
        }
        let line = self.line.borrow();
        line.warnings.forget();
        let committed =
            self.wait(async { line.client.batch_execute("COMMIT").await.map_err(PostgresError::of_commit) });
        match committed {
            Ok(()) if line.warnings.tell_of_a_local_commit() => {
                Err(PostgresError::Uncertain("the server gave up waiting for its standby".to_owned()))
            }
            Ok(()) => Ok(()),
            Err(refused @ (PostgresError::Refused { .. } | PostgresError::NotAllowed { .. })) => Err(refused),
            Err(PostgresError::Silent) => {
                // The server goes on waiting for its standby with what was written, and with the connection.
                self.patience.borrow_mut().note_silence(Instant::now());
                Err(PostgresError::Uncertain(PostgresError::Silent.to_string()))
            }
            Err(other) => Err(PostgresError::Uncertain(other.to_string())),
        }
    }

    pub fn roll_back(&self) {
        self.transaction.set(Under::Nothing);
        let _ = self.wait(self.line.borrow().client.batch_execute("ROLLBACK"));
    }

    pub fn prepare(&self, sql: &str) -> Result<Arc<Prepared>> {
        self.reconnect_if_broken()?;
        if let Some(kept) = self.kept.borrow().get(sql) {
            return Ok(kept.clone());
        }
        let translated = translate(sql);
        let statement = self.wait(self.line.borrow().client.prepare(&translated.sql))?;
        let prepared = Arc::new(Prepared { sql: sql.to_owned(), statement, names: translated.names });
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    pub fn execute(&self, prepared: &Prepared, values: &[Parameter]) -> Result<usize> {
        let client = &self.line.borrow().client;
        let changed = self.wait(client.execute(&prepared.statement, &as_parameters(values)))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub fn query(&self, prepared: &Prepared, values: &[Parameter]) -> Result<Vec<Vec<Value>>> {
        let client = &self.line.borrow().client;
        let rows = self.wait(client.query(&prepared.statement, &as_parameters(values)))?;
        rows.iter().map(read).collect()
    }

    /// The same for each set of values: all are sent before the first is answered.
    pub fn query_each(&self, prepared: &Prepared, sets: &[Vec<Parameter>]) -> Result<Vec<Vec<Vec<Value>>>> {
        let client = &self.line.borrow().client;
        let query = async |values: &Vec<Parameter>| client.query(&prepared.statement, &as_parameters(values)).await;
        let answers = self.wait(async { first_error(join_all(sets.iter().map(query)).await) })?;
        answers.into_iter().map(|rows| rows.iter().map(read).collect()).collect()
    }

    /// Carries it out for each set of values, likewise.
    pub fn execute_each(&self, prepared: &Prepared, sets: &[Vec<Parameter>]) -> Result<Vec<usize>> {
        let client = &self.line.borrow().client;
        let execute = async |values: &Vec<Parameter>| client.execute(&prepared.statement, &as_parameters(values)).await;
        let changed = self.wait(async { first_error(join_all(sets.iter().map(execute)).await) })?;
        Ok(changed.into_iter().map(|rows| usize::try_from(rows).unwrap_or(usize::MAX)).collect())
    }

    /// Begins to read the rows of a statement in pieces, and returns the name of the cursor.
    pub fn declare(&self, sql: &str, values: &[Parameter]) -> Result<String> {
        let number = self.cursors.get() + 1;
        self.cursors.set(number);
        let name = format!("rows_{number}");
        // Outside a transaction the server keeps them until the cursor is closed.
        let hold = if self.is_autocommit() { "WITH HOLD" } else { "WITHOUT HOLD" };
        let declare = format!("DECLARE {name} NO SCROLL CURSOR {hold} FOR {}", translate(sql).sql);
        let client = &self.line.borrow().client;
        let statement = self.wait(client.prepare(&declare))?;
        self.wait(client.execute(&statement, &as_parameters(values)))?;
        Ok(name)
    }

    /// The next rows of a cursor; none after the last.
    pub fn fetch(&self, cursor: &str) -> Result<Vec<Vec<Value>>> {
        let fetch = self.prepare(&fetching(cursor))?;
        self.query(&fetch, &[])
    }

    pub fn close(&self, cursor: &str) {
        self.kept.borrow_mut().remove(&fetching(cursor));
        let _ = self.wait(self.line.borrow().client.batch_execute(&format!("CLOSE {cursor}")));
    }

    /// Waits for an answer of the server.
    fn wait<T, E: Into<PostgresError>>(&self, answer: impl Future<Output = std::result::Result<T, E>>) -> Result<T> {
        if self.is_given_up.get() {
            return Err(PostgresError::Lost);
        }
        let answered = match self.longest.get() {
            None => Ok(block_on(answer)),
            Some(longest) => {
                let _timers = driver()?.enter();
                block_on(timeout(longest, answer))
            }
        };
        let answered = answered.map_or_else(|_| Err(self.give_up()), |answered| answered.map_err(Into::into));
        if answered.is_err() && self.transaction.get() == Under::Transaction {
            self.transaction.set(Under::FailedTransaction);
        }
        answered
    }

    /// Nothing that was begun is waited for any more, and nothing else is asked over this connection.
    fn give_up(&self) -> PostgresError {
        self.is_given_up.set(true);
        self.line.borrow().end();
        PostgresError::Silent
    }

    fn reconnect_if_broken(&self) -> Result<()> {
        if !self.is_given_up.get() && !self.line.borrow().client.is_closed() {
            return Ok(());
        }
        if self.transaction.get() != Under::Nothing {
            self.transaction.set(Under::FailedTransaction);
            return Err(PostgresError::Lost);
        }
        let mut patience = self.patience.borrow_mut();
        patience.refuse(Instant::now())?;
        let line = open(&self.address, &self.name.borrow());
        patience.note(&line, Instant::now());
        let line = line?;
        self.kept.borrow_mut().clear();
        self.line.replace(line);
        self.is_given_up.set(false);
        Ok(())
    }
}

/// What drives connections.
pub(super) fn driver() -> Result<&'static Runtime> {
    DRIVER.as_ref().map_err(|error| PostgresError::NoThread(error.to_string()))
}

fn open(address: &Address, name: &str) -> Result<Line> {
    let driver = driver()?;
    let (answer, answered) = std::sync::mpsc::channel();
    let (to, name) = (address.clone(), name.to_owned());
    driver.spawn(async move {
        let connected = async {
            let line = to.connect(&name).await?;
            look_over(&line.client).await.map(|()| line)
        };
        let too_late = |_| Err(PostgresError::Unreachable("it takes connections, and does not answer".to_owned()));
        let _ = answer.send(timeout(LONGEST_GREETING, connected).await.unwrap_or_else(too_late));
    });
    answered.recv().unwrap_or(Err(PostgresError::Lost))
}

fn fetching(cursor: &str) -> String {
    format!("FETCH {ROWS_PER_FETCH} FROM {cursor}")
}

/// All answers, or the error of the first that failed: those after it fail because of it.
fn first_error<T>(
    answers: Vec<std::result::Result<T, tokio_postgres::Error>>,
) -> std::result::Result<Vec<T>, tokio_postgres::Error> {
    answers.into_iter().collect()
}

fn read(row: &tokio_postgres::Row) -> Result<Vec<Value>> {
    (0..row.len()).map(|column| Ok(row.try_get::<_, Column>(column)?.0)).collect()
}

fn as_parameters(values: &[Parameter]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("address", &self.address).finish_non_exhaustive()
    }
}
