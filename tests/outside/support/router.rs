use std::net::SocketAddr;
use std::path::Path;

use postfordeler::exchange::read_configuration;
use postfordeler::store::{RouterSettings, Store};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use super::{Answer, Call, Running, eventually};

/// A router in its own process and data directory.
pub struct Router {
    pub running: Running,
    pub data: TempDir,
}

/// The journal row of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    pub message_uuid: Option<String>,
    pub bytes: i64,
    pub sender_kind: Option<String>,
    pub fagsystem: Option<String>,
    pub priority: Option<i64>,
    pub publication: Option<i64>,
    pub outcome: String,
    pub answer_status: Option<i64>,
    pub answer_code: Option<String>,
}

impl Router {
    pub fn start(configuration: &Value) -> Self {
        Self::start_with(configuration, &RouterSettings::default())
    }

    /// Starts a router whose fagsystems must answer within the given number of milliseconds.
    pub fn start_impatient(configuration: &Value, answer_timeout_ms: u32) -> Self {
        Self::start_with(configuration, &RouterSettings { answer_timeout_ms, ..RouterSettings::default() })
    }

    pub fn start_with(configuration: &Value, settings: &RouterSettings) -> Self {
        let data = TempDir::new().unwrap();
        publish(data.path(), configuration);
        Store::open(data.path()).unwrap().save_settings(settings).unwrap();
        Self::start_on(data)
    }

    /// Starts a router on an existing data directory.
    pub fn start_on(data: TempDir) -> Self {
        Self::start_so(data, &[], &[])
    }

    /// The same, with further arguments and environment variables.
    pub fn start_so(data: TempDir, further: &[&str], environment: &[(&str, &str)]) -> Self {
        let directory = data.path().to_str().unwrap();
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0", "--data", directory];
        arguments.extend(further);
        Self { running: Running::start_within(&arguments, environment), data }
    }

    /// Kills it whatever it is doing, and starts another on its data directory.
    pub fn kill_and_start_again(self) -> Self {
        let Self { running, data } = self;
        drop(running);
        Self::start_on(data)
    }

    /// Publishes a configuration and waits until the router uses it.
    pub fn publish(&self, configuration: &Value) {
        let in_force = || self.health().json()["udgivelse"].as_i64();
        let before = in_force();
        publish(self.data.path(), configuration);
        eventually("the publication is in force", || (in_force() > before).then_some(()));
    }

    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// Delivers a message as application/xml.
    pub fn deliver(&self, message: &[u8]) -> Answer {
        self.deliver_as("application/xml", message)
    }

    pub fn deliver_as(&self, content_type: &str, body: &[u8]) -> Answer {
        let mut call = Call::with_length(self.address(), content_type, body.len());
        call.send(body);
        call.answer()
    }

    pub fn health(&self) -> Answer {
        Call::begin(self.address(), "GET /sundhed HTTP/1.1").answer()
    }

    /// The database, to read what is in it at any moment: the journal is there with its latest rows.
    pub fn database(&self) -> Connection {
        database_with_arrivals(self.data.path())
    }

    /// The database, to write in it, once the latest rows have been moved into the journal.
    pub fn settled_database(&self) -> Connection {
        settled_database(self.data.path())
    }

    /// The journal, oldest row first.
    pub fn journal(&self) -> Vec<JournalRow> {
        let database = self.database();
        let columns = "message_uuid, bytes, sender_kind, fagsystem, priority, publication, outcome, answer_status, \
                       answer_code";
        let mut statement = database.prepare(&format!("SELECT {columns} FROM journal ORDER BY number")).unwrap();
        let rows = statement.query_map([], |row| {
            Ok(JournalRow {
                message_uuid: row.get(0)?,
                bytes: row.get(1)?,
                sender_kind: row.get(2)?,
                fagsystem: row.get(3)?,
                priority: row.get(4)?,
                publication: row.get(5)?,
                outcome: row.get(6)?,
                answer_status: row.get(7)?,
                answer_code: row.get(8)?,
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }
}

/// Publishes a configuration in a data directory.
pub fn publish(data: &Path, configuration: &Value) {
    let book = read_configuration(configuration.to_string().as_bytes()).unwrap();
    Store::open(data).unwrap().publish_over(&book.compile().unwrap(), "").unwrap();
}

/// The database of that data directory as it is, in which `journal` names both tables in which its rows are: those that were
/// written last stand among the arrivals, and nobody need read them first.
pub fn database_with_arrivals(data: &Path) -> Connection {
    let columns = "number, received_at, message_uuid, transmission_id, bytes, sender_kind, sender_cvr, authority,
                   recipient_cvr, contact_point, contact_point_id, contact_group, kle, form, post_type, publication,
                   fagsystem, priority, element, outcome, reason, answer_status, answer_code, header_us, whole_us,
                   answer_us, total_us, repeats, follows, is_first, facts_digest, digest, differs_from, caller";
    let database = Connection::open(data.join("postfordeler.db")).unwrap();
    let both = format!(
        "CREATE TEMP VIEW journal AS
         SELECT {columns} FROM main.journal UNION ALL SELECT {columns} FROM main.arrivals"
    );
    database.execute_batch(&both).unwrap();
    database
}

/// The database of that data directory, once somebody has read the journal, by which its latest rows are moved there.
pub fn settled_database(data: &Path) -> Connection {
    Store::open(data).unwrap().count_journal().unwrap();
    Connection::open(data.join("postfordeler.db")).unwrap()
}
