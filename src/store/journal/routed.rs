//! What was sent where, message by message, for who wants to know where other rules would have sent it.

use jiff::Timestamp;

use super::facts::{FACTS, read_facts};
use crate::rules::{Cvr, Facts, FagsystemId};
use crate::store::engine::named_params;
use crate::store::time::timestamp;
use crate::store::{Store, StoreError};

/// A message when it first came, and where it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutedMessage {
    /// Its number in the journal.
    pub number: i64,
    /// When it came.
    pub received_at: Timestamp,
    /// What rules could look at, as far as the journal stores it.
    pub facts: Facts,
    /// The authority, by its first CVR number.
    pub authority: Cvr,
    /// Where it was sent.
    pub fagsystem: FagsystemId,
}

impl Store {
    /// The number of the journal's newest row; 0 for none.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn newest_message_number(&self) -> Result<i64, StoreError> {
        let newest = "SELECT coalesce(max(number), 0) FROM journal";
        Ok(self.journal()?.query_row(newest, [], |row| row.get(0))?)
    }

    /// Calls `each` with every message that first came after the row of that number and was sent somewhere, in their order.
    /// Returns the number of the last row that was looked at. Reads on a connection of its own, so that nobody waits.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn routed_messages(&self, after: i64, mut each: impl FnMut(RoutedMessage)) -> Result<i64, StoreError> {
        const OWN: usize = 4;
        let own = self.reopen()?;
        let newest = own.newest_message_number()?;
        let connection = own.journal()?;
        let mut statement = connection.prepare(&format!(
            "SELECT number, received_at, authority, fagsystem, {FACTS} FROM journal
             WHERE number > :after AND number <= :newest AND is_first AND fagsystem IS NOT NULL
                   AND sender_kind IS NOT NULL
             ORDER BY number"
        ))?;
        let mut rows = statement.query_many(named_params! {":after": after, ":newest": newest})?;
        while let Some(row) = rows.next()? {
            let text = |column: usize| row.get_ref(column).map(|value| value.as_str().unwrap_or_default());
            let (authority, fagsystem) = (text(2)?.parse().ok(), FagsystemId::new(text(3)?));
            let (Some(authority), Some(fagsystem)) = (authority, fagsystem) else { continue };
            let Some((facts, _)) = read_facts(&row, OWN)? else { continue };
            let (number, received_at) = (row.get(0)?, timestamp(row.get(1)?));
            each(RoutedMessage { number, received_at, facts, authority, fagsystem });
        }
        Ok(newest)
    }
}
