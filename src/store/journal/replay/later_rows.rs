use super::columns::{MESSAGE_UUID, NUMBER};
use crate::store::engine::ValueRef;
use crate::store::engine::{self, Connection, OptionalExtension, Row, Statement, params};
use crate::store::journal::Outcome;

/// Finds where messages went in the end that were not accepted when they first came.
pub(super) struct LaterRows<'a>(Statement<'a>);

impl<'a> LaterRows<'a> {
    pub fn of(connection: &'a Connection) -> engine::Result<Self> {
        // Those of another message with the same messageUUID say nothing of this one.
        let query = "SELECT authority, fagsystem FROM journal INDEXED BY journal_by_message
                     WHERE message_uuid = ?1 COLLATE NOCASE AND number > ?2 AND fagsystem IS NOT NULL
                           AND authority IS NOT NULL AND differs_from IS NULL
                     ORDER BY outcome = ?3 DESC, number DESC LIMIT 1";
        connection.prepare(query).map(Self)
    }

    /// The authority and the fagsystem; `None` when no later row was sent anywhere.
    pub fn end_of(&mut self, first: &Row<'_>) -> engine::Result<Option<(String, String)>> {
        let ValueRef::Text(message_uuid) = first.get_ref(MESSAGE_UUID)? else { return Ok(None) };
        let Ok(message_uuid) = std::str::from_utf8(message_uuid) else { return Ok(None) };
        let number: i64 = first.get(NUMBER)?;
        let question = params![message_uuid, number, Outcome::Accepted.code()];
        self.0.query_row(question, |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }
}
