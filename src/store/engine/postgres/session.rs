use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::LazyLock;
use std::time::Instant;

use futures_executor::block_on;
use futures_util::future::try_join_all;
use rusqlite::types::Value;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::address::Address;
use super::dialect::translate;
use super::error::PostgresError;
use super::patience::Patience;
use super::values::{Column, Parameter};

type Result<T> = std::result::Result<T, PostgresError>;

/// The most statements that are kept prepared; beyond, all are prepared anew.
const MOST_KEPT: usize = 256;

/// How many rows of a long answer are in memory at a time.
const ROWS_PER_FETCH: usize = 2_000;

/// A connection to the server, which is made anew when it has broken.
pub(in crate::store) struct Session {
    address: Address,
    /// What the server calls it.
    name: String,
    client: RefCell<Client>,
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
        let client = RefCell::new(open(address, name)?);
        let name = name.to_owned();
        Ok(Self {
            address: address.clone(),
            name,
            client,
            patience: RefCell::default(),
            transaction: Cell::new(Under::Nothing),
            kept: RefCell::default(),
            cursors: Cell::new(0),
        })
    }

    /// Whether no transaction is under way.
    pub fn is_autocommit(&self) -> bool {
        self.transaction.get() == Under::Nothing
    }

    pub fn batch(&self, sql: &str) -> Result<()> {
        self.reconnect_if_broken()?;
        self.watched(block_on(self.client.borrow().batch_execute(sql)))
    }

    pub fn begin(&self, sql: &str) -> Result<()> {
        self.batch(sql)?;
        self.transaction.set(Under::Transaction);
        Ok(())
    }

    /// Commits. An error of the connection leaves open whether it did: [`PostgresError::Uncertain`].
    pub fn commit(&self) -> Result<()> {
        if self.transaction.replace(Under::Nothing) == Under::FailedTransaction {
            let _ = block_on(self.client.borrow().batch_execute("ROLLBACK"));
            return Err(PostgresError::RolledBack);
        }
        block_on(self.client.borrow().batch_execute("COMMIT")).map_err(|error| match error.as_db_error() {
            Some(_) => error.into(),
            None => PostgresError::Uncertain(error.to_string()),
        })
    }

    pub fn roll_back(&self) {
        self.transaction.set(Under::Nothing);
        let _ = block_on(self.client.borrow().batch_execute("ROLLBACK"));
    }

    pub fn prepare(&self, sql: &str) -> Result<Arc<Prepared>> {
        self.reconnect_if_broken()?;
        if let Some(kept) = self.kept.borrow().get(sql) {
            return Ok(kept.clone());
        }
        let translated = translate(sql);
        let statement = self.watched(block_on(self.client.borrow().prepare(&translated.sql)))?;
        let prepared = Arc::new(Prepared { sql: sql.to_owned(), statement, names: translated.names });
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    pub fn execute(&self, prepared: &Prepared, values: &[Parameter]) -> Result<usize> {
        let client = self.client.borrow();
        let changed = block_on(client.execute(&prepared.statement, &as_parameters(values)));
        Ok(usize::try_from(self.watched(changed)?).unwrap_or(usize::MAX))
    }

    pub fn query(&self, prepared: &Prepared, values: &[Parameter]) -> Result<Vec<Vec<Value>>> {
        let client = self.client.borrow();
        let rows = self.watched(block_on(client.query(&prepared.statement, &as_parameters(values))))?;
        rows.into_iter().map(read).collect()
    }

    /// The same for each set of values: all are sent before the first is answered.
    pub fn query_each(&self, prepared: &Prepared, sets: &[Vec<Parameter>]) -> Result<Vec<Vec<Vec<Value>>>> {
        let client = self.client.borrow();
        let query = async |values: &Vec<Parameter>| client.query(&prepared.statement, &as_parameters(values)).await;
        let answers = self.watched(block_on(try_join_all(sets.iter().map(query))))?;
        answers.into_iter().map(|rows| rows.into_iter().map(read).collect()).collect()
    }

    /// Carries it out for each set of values, likewise.
    pub fn execute_each(&self, prepared: &Prepared, sets: &[Vec<Parameter>]) -> Result<Vec<usize>> {
        let client = self.client.borrow();
        let execute = async |values: &Vec<Parameter>| client.execute(&prepared.statement, &as_parameters(values)).await;
        let changed = self.watched(block_on(try_join_all(sets.iter().map(execute))))?;
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
        let client = self.client.borrow();
        let statement = self.watched(block_on(client.prepare(&declare)))?;
        self.watched(block_on(client.execute(&statement, &as_parameters(values))))?;
        Ok(name)
    }

    /// The next rows of a cursor; none after the last.
    pub fn fetch(&self, cursor: &str) -> Result<Vec<Vec<Value>>> {
        let fetch = self.prepare(&fetching(cursor))?;
        self.query(&fetch, &[])
    }

    pub fn close(&self, cursor: &str) {
        self.kept.borrow_mut().remove(&fetching(cursor));
        let _ = block_on(self.client.borrow().batch_execute(&format!("CLOSE {cursor}")));
    }

    fn watched<T>(&self, result: std::result::Result<T, tokio_postgres::Error>) -> Result<T> {
        if result.is_err() && self.transaction.get() == Under::Transaction {
            self.transaction.set(Under::FailedTransaction);
        }
        Ok(result?)
    }

    fn reconnect_if_broken(&self) -> Result<()> {
        if !self.client.borrow().is_closed() {
            return Ok(());
        }
        if self.transaction.get() != Under::Nothing {
            self.transaction.set(Under::FailedTransaction);
            return Err(PostgresError::Lost);
        }
        let mut patience = self.patience.borrow_mut();
        patience.refuse(Instant::now())?;
        let client = open(&self.address, &self.name);
        patience.note(&client, Instant::now());
        let client = client?;
        self.kept.borrow_mut().clear();
        self.client.replace(client);
        Ok(())
    }
}

fn open(address: &Address, name: &str) -> Result<Client> {
    let driver = DRIVER.as_ref().map_err(|error| PostgresError::NoThread(error.to_string()))?;
    let (answer, answered) = std::sync::mpsc::channel();
    let (to, name) = (address.clone(), name.to_owned());
    driver.spawn(async move {
        let _ = answer.send(to.connect(&name).await);
    });
    answered.recv().unwrap_or(Err(PostgresError::Lost))
}

fn fetching(cursor: &str) -> String {
    format!("FETCH {ROWS_PER_FETCH} FROM {cursor}")
}

fn read(row: tokio_postgres::Row) -> Result<Vec<Value>> {
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
