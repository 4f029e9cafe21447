//! Carries all data over from a file to a server, or back: whole and verified, or not at all.

use blake3::Hasher;
use rusqlite::types::Value;

use super::engine::{self, Connection, Transaction, TransactionBehavior, ValueRef, params, params_from_iter};
use super::{Store, StoreError};

/// How many rows are written at a time. Neither engine takes more parameters than these have.
const ROWS_AT_A_TIME: usize = 200;
/// How many rows are read at a time of tables that have numbers.
const ROWS_PER_PIECE: i64 = 5_000;

/// The tables that are carried over, with what their rows are sorted by; those that others refer to come first.
const TABLES: [(&str, &str); 14] = [
    ("publications", NUMBER),
    ("draft", "only_one"),
    ("kle_plan", "only_one"),
    ("settings", "key"),
    ("api_key_uses", "id"),
    ("reviews", NUMBER),
    ("service_windows", NUMBER),
    ("router_spans", "begin"),
    ("router_state", "only_one"),
    ("hits", "authority, publication, priority, day"),
    ("hours", "hour, authority, fagsystem, outcome, by_default"),
    ("past_hours", "hour, authority, fagsystem"),
    ("standings", "authority, fagsystem"),
    ("journal", NUMBER),
];

/// The key of tables whose rows have numbers that the database gives. It is their first column.
const NUMBER: &str = "number";

/// A table that is carried over.
struct Table {
    name: &'static str,
    key: &'static str,
    /// The same on both sides, but for what a router says of itself, which is elsewhere on a server.
    columns: Vec<String>,
}

/// What was carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// How many publications.
    pub publications: u64,
    /// How many rows of the journal.
    pub rows: u64,
    /// A digest of all of it, in hexadecimal: the same on both sides.
    pub digest: String,
}

/// Why nothing was carried over.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// There is something at the target.
    #[error(
        "there are publications or messages at the target already, and nothing is ever put among them; nothing was changed: name an empty one"
    )]
    NotEmpty,
    /// The source is for training.
    #[error("the data are for training, and stay on their machine; nothing was changed")]
    Training,
    /// A message is under way at the source.
    #[error(
        "a router is delivering messages from the source; nothing was changed: stop all of its routers, wait a minute, and start again"
    )]
    UnderWay,
    /// A router runs on the server.
    #[error("the router {0} runs on the server; nothing was changed: stop all of its routers, and start again")]
    RouterRuns(String),
    /// What came to the target is not what the source has.
    #[error(
        "the table {0} did not arrive as it was; nothing was changed: start again, and report it if it happens again"
    )]
    Differs(&'static str),
    /// The source or the target cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<engine::Error> for CarryError {
    fn from(error: engine::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Carries everything over to an empty store, in one transaction there. The source stays as it is. Where it is a file, no
    /// router may run on it meanwhile; where it is on a server, none may be delivering.
    ///
    /// # Errors
    ///
    /// [`CarryError`]. The target is as it was then.
    pub fn carry_over_to(&self, target: &Self) -> Result<Carried, CarryError> {
        if self.training_beginnings()?.is_some() || target.training_beginnings()?.is_some() {
            return Err(CarryError::Training);
        }
        let _lock = if self.server().is_none() { Some(self.lock_router()?) } else { None };
        let _target_lock = if target.server().is_none() { Some(target.lock_router()?) } else { None };
        for store in [self, target] {
            if let Some(running) = store.router_that_shares()? {
                return Err(CarryError::RouterRuns(running));
            }
        }
        if self.server().is_some() {
            // Of a router that was killed, nobody else may be there to end them.
            self.conclude_left_under_way()?;
        }
        let key = self.digest_key_bytes()?;
        let source = self.snapshot()?;
        let source = source.connection();
        if self.server().is_some() && any(&source, "claims")? {
            return Err(CarryError::UnderWay);
        }
        let connection = target.connection();
        let transaction = connection.begin(TransactionBehavior::Immediate)?;
        if any(&transaction, "publications")? || any(&transaction, "journal")? {
            return Err(CarryError::NotEmpty);
        }
        let (mut counts, mut whole) = (Vec::new(), Hasher::new());
        for (name, key) in TABLES {
            let known = columns_of(&transaction, name)?;
            let mut columns = columns_of(&source, name)?;
            if name == "router_state" {
                columns.retain(|column| known.contains(column));
            } else if columns != known {
                return Err(CarryError::Differs(name));
            }
            let table = Table { name, key, columns };
            // One row of each of those is there from the beginning.
            transaction.execute(&format!("DELETE FROM {}", table.name), [])?;
            let (count, digest) = table.carry(&source, &transaction)?;
            if table.read(&transaction, &mut |_| Ok(()))? != (count, digest) {
                return Err(CarryError::Differs(table.name));
            }
            counts.push((table.name, count));
            whole.update(&digest);
        }
        target.keep_digest_key(&transaction, &key)?;
        target.place.commit(transaction)?;
        let count_of = |name| counts.iter().find(|(table, _)| *table == name).map_or(0, |(_, count)| *count);
        let digest = whole.finalize().to_hex().to_string();
        Ok(Carried { publications: count_of("publications"), rows: count_of("journal"), digest })
    }
}

impl Table {
    fn is_numbered(&self) -> bool {
        self.key == NUMBER
    }

    /// Copies its rows, and returns how many there were, and a digest of them.
    fn carry(&self, from: &Connection, to: &Transaction<'_>) -> engine::Result<(u64, [u8; 32])> {
        let mut waiting: Vec<Value> = Vec::new();
        let result = self.read(from, &mut |row| {
            waiting.extend(row.iter().cloned());
            if waiting.len() == ROWS_AT_A_TIME * self.columns.len() {
                self.write(to, std::mem::take(&mut waiting))?;
            }
            Ok(())
        })?;
        if !waiting.is_empty() {
            self.write(to, waiting)?;
        }
        if self.is_numbered() {
            self.go_on_from(last_number(from, self.name)?, to)?;
        }
        Ok(result)
    }

    /// Reads its rows in their order.
    fn read(
        &self,
        from: &Connection,
        each: &mut dyn FnMut(&[Value]) -> engine::Result<()>,
    ) -> engine::Result<(u64, [u8; 32])> {
        let (columns, name, key) = (self.columns.join(", "), self.name, self.key);
        let (mut hasher, mut count, mut last) = (Hasher::new(), 0, i64::MIN);
        loop {
            let (query, parameters) = if self.is_numbered() {
                let piece = "WHERE number > ?1 ORDER BY number LIMIT ?2";
                (format!("SELECT {columns} FROM {name} {piece}"), vec![last, ROWS_PER_PIECE])
            } else {
                (format!("SELECT {columns} FROM {name} ORDER BY {key}"), Vec::new())
            };
            let mut statement = from.prepare_cached(&query)?;
            let mut rows = statement.query(params_from_iter(parameters))?;
            let before = count;
            while let Some(row) = rows.next()? {
                let values = (0..self.columns.len()).map(|column| Ok(Value::try_from(row.get_ref(column)?)?));
                let values = values.collect::<engine::Result<Vec<_>>>()?;
                for value in &values {
                    add(&mut hasher, value);
                }
                if let Some(Value::Integer(number)) = values.first() {
                    last = *number;
                }
                count += 1;
                each(&values)?;
            }
            if !self.is_numbered() || count == before {
                return Ok((count, *hasher.finalize().as_bytes()));
            }
        }
    }

    fn write(&self, to: &Connection, values: Vec<Value>) -> engine::Result<()> {
        let width = self.columns.len();
        let row = |row: usize| {
            let places: Vec<_> = (1..=width).map(|column| format!("?{}", row * width + column)).collect();
            format!("({})", places.join(", "))
        };
        let rows: Vec<_> = (0..values.len() / width).map(row).collect();
        let insert = format!("INSERT INTO {} ({}) VALUES {}", self.name, self.columns.join(", "), rows.join(", "));
        to.prepare_cached(&insert)?.execute(params_from_iter(values)).map(|_| ())
    }

    /// Lets the next number be above all that there ever were.
    fn go_on_from(&self, last: i64, to: &Connection) -> engine::Result<()> {
        if to.sqlite().is_none() {
            let set = "SELECT setval(pg_get_serial_sequence(?1, 'number'), ?2)";
            return if last > 0 { to.query_row(set, params![self.name, last], |_| Ok(())) } else { Ok(()) };
        }
        to.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [self.name])?;
        to.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", params![self.name, last]).map(|_| ())
    }
}

/// The columns of a table, in an order that does not depend on the engine: the number first, the others by their names.
fn columns_of(connection: &Connection, table: &str) -> engine::Result<Vec<String>> {
    let query = if connection.sqlite().is_some() {
        "SELECT name FROM pragma_table_info(?1) ORDER BY name <> 'number', name"
    } else {
        "SELECT column_name::text FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = ?1
         ORDER BY column_name <> 'number', column_name COLLATE \"C\""
    };
    let mut statement = connection.prepare(query)?;
    let names = statement.query_map([table], |row| Ok(format!("\"{}\"", row.get::<String>(0)?)))?;
    names.collect()
}

/// The highest number that a row of a table has ever had; 0: none.
fn last_number(connection: &Connection, table: &str) -> engine::Result<i64> {
    let highest = format!("SELECT coalesce(max(number), 0) FROM {table}");
    let highest: i64 = connection.query_row(&highest, [], |row| row.get(0))?;
    let given = if connection.sqlite().is_some() {
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?1"
    } else {
        "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(?1, 'number')::regclass), 0)"
    };
    let given: i64 = connection.query_row(given, [table], |row| row.get(0))?;
    Ok(highest.max(given))
}

fn any(connection: &Connection, table: &str) -> engine::Result<bool> {
    connection.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table})"), [], |row| row.get(0))
}

/// A value with its kind and its length, so that no two rows give the same bytes.
fn add(hasher: &mut Hasher, value: &Value) {
    let (kind, bytes): (u8, &[u8]) = match ValueRef::from(value) {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => {
            hasher.update(&[1]).update(&number.to_be_bytes());
            return;
        }
        ValueRef::Real(number) => {
            hasher.update(&[2]).update(&number.to_be_bytes());
            return;
        }
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(bytes) => (4, bytes),
    };
    hasher.update(&[kind]).update(&(bytes.len() as u64).to_be_bytes()).update(bytes);
}
