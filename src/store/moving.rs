//! Carries all data over from a file to a server, or back: whole and verified, or not at all.

use blake3::Hasher;
use rusqlite::types::Value;

use super::engine::{self, Connection, Transaction, TransactionBehavior, ValueRef, params, params_from_iter};
use super::{Store, StoreError};

/// How many rows are written at a time. Neither engine takes more parameters than these have.
const ROWS_AT_A_TIME: usize = 200;
/// How many rows are read at a time of tables that have numbers.
const ROWS_PER_PIECE: i64 = 5_000;

/// A table that is carried over.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    /// What its rows are sorted by.
    key: &'static str,
    /// Whether the key is a number that the database gives.
    is_numbered: bool,
}

/// Those that others refer to come first.
const TABLES: &[Table] = &[
    numbered("publications", &["number", "published_at", "published_by", "note", "configuration"]),
    keyed("draft", "only_one", &["only_one", "revision", "based_on", "configuration"]),
    keyed("kle_plan", "only_one", &["only_one", "revision", "published", "imported_at", "entries"]),
    keyed("settings", "key", &["key", "value"]),
    keyed("api_key_uses", "id", &["id", "last_used"]),
    numbered("reviews", &["number", "authority", "reviewed_at", "reviewed_by", "publication", "day"]),
    numbered(
        "service_windows",
        &["number", "begin", r#""end""#, "scope", "authority", "fagsystem", "note", "entered_at"],
    ),
    keyed("router_spans", "begin", &["begin", r#""end""#, "state"]),
    keyed(
        "router_state",
        "only_one",
        &["only_one", "key_fingerprint", "clock_seen", "clock_leeway", "clock_doubted", "aged_anew_at", "aged_anew_to"],
    ),
    keyed(
        "hits",
        "authority, publication, priority, day",
        &["authority", "publication", "priority", "day", "hits", "last"],
    ),
    keyed(
        "hours",
        "hour, authority, fagsystem, outcome, by_default",
        &[
            "hour",
            "authority",
            "fagsystem",
            "outcome",
            "by_default",
            "messages",
            "bytes",
            "within_100",
            "within_300",
            "within_1000",
            "within_1500",
            "within_4000",
            "slowest_us",
            "last",
            "not_tried",
            "simple",
            "simple_in_time",
            "medium",
            "medium_in_time",
            "complex",
            "complex_in_time",
        ],
    ),
    keyed(
        "past_hours",
        "hour, authority, fagsystem",
        &[
            "hour",
            "authority",
            "fagsystem",
            "answered",
            "unanswered",
            "not_tried",
            "within_100",
            "within_300",
            "within_1000",
            "within_1500",
            "within_4000",
            "slowest_us",
            "simple",
            "simple_in_time",
            "medium",
            "medium_in_time",
            "complex",
            "complex_in_time",
        ],
    ),
    keyed(
        "standings",
        "authority, fagsystem",
        &[
            "authority",
            "fagsystem",
            "last_accepted",
            "failures",
            "first_failure",
            "last_failure",
            "last_outcome",
            "last_reason",
        ],
    ),
    numbered(
        "journal",
        &[
            "number",
            "received_at",
            "message_uuid",
            "bytes",
            "sender_kind",
            "sender_cvr",
            "authority",
            "recipient_cvr",
            "contact_point",
            "contact_point_id",
            "contact_group",
            "kle",
            "form",
            "post_type",
            "publication",
            "fagsystem",
            "priority",
            "element",
            "outcome",
            "reason",
            "answer_status",
            "answer_code",
            "header_us",
            "whole_us",
            "answer_us",
            "total_us",
            "repeats",
            "follows",
            "is_first",
            "facts_digest",
            "digest",
            "differs_from",
            "caller",
            "transmission_id",
        ],
    ),
];

const fn numbered(name: &'static str, columns: &'static [&'static str]) -> Table {
    Table { name, columns, key: "number", is_numbered: true }
}

const fn keyed(name: &'static str, key: &'static str, columns: &'static [&'static str]) -> Table {
    Table { name, columns, key, is_numbered: false }
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
        for table in TABLES {
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
        if self.is_numbered {
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
            let (query, parameters) = if self.is_numbered {
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
            if !self.is_numbered || count == before {
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
