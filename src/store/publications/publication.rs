use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::Imprint;
use super::number::PublicationNumber;
use crate::exchange::{read_stored, write_configuration};
use crate::rules::{Cvr, Distributor, RuleBook};
use crate::store::engine::{self, Connection, OptionalExtension, Parameters, Row, TransactionBehavior, params};
use crate::store::{Store, StoreError};

/// A rule book that was put in force. It is never changed and never deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its number.
    pub number: PublicationNumber,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it; empty when that is unknown.
    pub published_by: String,
    /// What the one who published it says of it.
    pub note: String,
    /// The rules.
    pub book: Arc<RuleBook>,
}

/// A publication as a line of the history: all but its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationEntry {
    /// Its number.
    pub number: PublicationNumber,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it; empty when that is unknown.
    pub published_by: String,
    /// What the one who published it says of it.
    pub note: String,
}

impl Store {
    /// Puts a rule book in force, that of a [`Distributor`]: only a book without contradictions can be published.
    ///
    /// `based_on` is the publication that the change was made from; if another one is the newest by now, nothing is written.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`], or the database refuses.
    pub fn publish(
        &self,
        rules: &Distributor,
        imprint: impl Into<Imprint>,
        based_on: Option<PublicationNumber>,
    ) -> Result<PublicationNumber, StoreError> {
        self.append(rules, &imprint.into(), |newest| newest == based_on)
    }

    /// Puts a rule book in force, regardless of what was in force before.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn publish_over(
        &self,
        rules: &Distributor,
        imprint: impl Into<Imprint>,
    ) -> Result<PublicationNumber, StoreError> {
        self.append(rules, &imprint.into(), |_| true)
    }

    fn append(
        &self,
        rules: &Distributor,
        imprint: &Imprint,
        may_follow: impl FnOnce(Option<PublicationNumber>) -> bool,
    ) -> Result<PublicationNumber, StoreError> {
        let configuration = write_configuration(rules.book());
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !may_follow(newest_number(&transaction)?) {
            return Err(StoreError::Overtaken);
        }
        let number = insert_publication(&transaction, &configuration, imprint)?;
        self.place.commit(transaction)?;
        Ok(number)
    }

    /// The newest publication's number; `None` before the first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn newest_publication_number(&self) -> Result<Option<PublicationNumber>, StoreError> {
        Ok(newest_number(&self.connection())?)
    }

    /// The newest publication; `None` before the first.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what it holds is no configuration.
    pub fn newest_publication(&self) -> Result<Option<Publication>, StoreError> {
        self.find("WHERE number = (SELECT max(number) FROM publications)", [])
    }

    /// The publication with that number, when there is one.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what it holds is no configuration.
    pub fn publication(&self, number: PublicationNumber) -> Result<Option<Publication>, StoreError> {
        self.find("WHERE number = ?1", [number.get()])
    }

    /// Every publication, the newest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a publication has no time that can be read.
    pub fn publications(&self) -> Result<Vec<PublicationEntry>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare(
            "SELECT number, published_at, published_by, note
             FROM publications INDEXED BY publications_in_short ORDER BY number DESC",
        )?;
        let lines = statement.query_map([], Line::read)?;
        lines.map(|line| self.entry(line?)).collect()
    }

    fn find(&self, which: &str, params: impl Parameters) -> Result<Option<Publication>, StoreError> {
        let query = format!("SELECT number, published_at, published_by, note, configuration FROM publications {which}");
        let read = |row: &Row<'_>| Ok((Line::read(row)?, row.get::<String>(4)?));
        let found = self.connection().query_row(&query, params, read).optional()?;
        let Some((line, configuration)) = found else { return Ok(None) };
        let PublicationEntry { number, published_at, published_by, note } = self.entry(line)?;
        let book = read_stored(configuration.as_bytes())
            .map_err(|faults| self.damaged(format!("publication {number} has {faults}")))?;
        if let Some(fault) = book.faults().first() {
            return Err(self.damaged(format!("publication {number} has a fault: {fault}")));
        }
        Ok(Some(Publication { number, published_at, published_by, note, book: Arc::new(book) }))
    }

    fn entry(&self, line: Line) -> Result<PublicationEntry, StoreError> {
        let Line { number, published_at, published_by, note } = line;
        let unreadable = |_| self.damaged(format!("publication {number} has no time that can be read"));
        let published_at = published_at.parse().map_err(unreadable)?;
        Ok(PublicationEntry { number: PublicationNumber(number), published_at, published_by, note })
    }
}

/// The first columns of a publication, as they are stored.
struct Line {
    number: i64,
    published_at: String,
    published_by: String,
    note: String,
}

impl Line {
    fn read(row: &Row<'_>) -> engine::Result<Self> {
        Ok(Self { number: row.get(0)?, published_at: row.get(1)?, published_by: row.get(2)?, note: row.get(3)? })
    }
}

pub(super) fn newest_number(connection: &Connection) -> engine::Result<Option<PublicationNumber>> {
    let newest: Option<i64> = connection.query_row("SELECT max(number) FROM publications", [], |row| row.get(0))?;
    Ok(newest.map(PublicationNumber))
}

/// The CVR numbers whose senders are authorities by the newest publication: of its authorities, and of those that it knows.
/// The rest of it is not read.
pub(in crate::store) fn listed_authorities(connection: &Connection) -> engine::Result<HashSet<Cvr>> {
    let query = if connection.sqlite().is_some() { LISTED_BY_SQLITE } else { LISTED_BY_POSTGRES };
    let mut statement = connection.prepare_cached(query)?;
    let mut rows = statement.query([])?;
    let mut listed = HashSet::new();
    while let Some(row) = rows.next()? {
        listed.extend(row.get_ref(0)?.as_str_or_null()?.and_then(|cvr| cvr.parse::<Cvr>().ok()));
    }
    Ok(listed)
}

const LISTED_BY_SQLITE: &str = "
    WITH newest AS (SELECT configuration FROM publications ORDER BY number DESC LIMIT 1),
         authorities AS (SELECT value FROM newest, json_each(configuration, '$.myndigheder'))
    SELECT iif(known.type = 'object', known.value ->> '$.cvr', known.atom)
    FROM newest, json_each(configuration, '$.kendteMyndigheder') AS known
    UNION SELECT value ->> '$.cvr' FROM authorities
    UNION SELECT more.atom FROM authorities, json_each(authorities.value, '$.flereCvr') AS more";

const LISTED_BY_POSTGRES: &str = "
    WITH newest AS (SELECT configuration::jsonb AS book FROM publications ORDER BY number DESC LIMIT 1),
         authorities AS (SELECT jsonb_array_elements(book -> 'myndigheder') AS value FROM newest)
    SELECT CASE jsonb_typeof(known) WHEN 'object' THEN known ->> 'cvr' ELSE known #>> '{}' END
    FROM newest, jsonb_array_elements(book -> 'kendteMyndigheder') AS known
    UNION SELECT value ->> 'cvr' FROM authorities
    UNION SELECT more #>> '{}' FROM authorities, jsonb_array_elements(value -> 'flereCvr') AS more";

pub(super) fn insert_publication(
    connection: &Connection,
    configuration: &str,
    imprint: &Imprint,
) -> engine::Result<PublicationNumber> {
    let number = connection.insert(
        "INSERT INTO publications (published_at, published_by, note, configuration) VALUES (?1, ?2, ?3, ?4)",
        params![imprint.at.to_string(), imprint.by, imprint.note, configuration],
    )?;
    Ok(PublicationNumber(number))
}
