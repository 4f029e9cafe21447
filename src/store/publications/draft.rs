use std::sync::Arc;

use super::publication::{insert_publication, newest_number};
use super::{Imprint, PublicationNumber};
use crate::exchange::{read_stored, write_configuration};
use crate::rules::{Distributor, RuleBook};
use crate::store::engine::{Connection, TransactionBehavior, params};
use crate::store::{Store, StoreError};

/// What is being edited. A database has one, and every window on it shows the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Grows with each change; 0 when there never was a draft.
    pub revision: i64,
    /// The publication that it was made from; `None` when that was before the first.
    pub based_on: Option<PublicationNumber>,
    /// The edited rules; `None` if nothing differs from the publication that it is based on.
    pub book: Option<Arc<RuleBook>>,
}

impl Store {
    /// The draft's revision, without reading the draft; 0 when there never was one.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn draft_revision(&self) -> Result<i64, StoreError> {
        Ok(self.connection().query_row("SELECT revision FROM draft", [], |row| row.get(0))?)
    }

    /// The draft. Its rules may still contradict each other.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what it holds is no configuration.
    pub fn draft(&self) -> Result<Draft, StoreError> {
        let (revision, based_on, configuration) =
            self.connection().query_row("SELECT revision, based_on, configuration FROM draft", [], |row| {
                Ok((row.get(0)?, row.get::<Option<i64>>(1)?, row.get::<Option<String>>(2)?))
            })?;
        let read = |configuration: String| read_stored(configuration.as_bytes());
        let book = configuration.map(read).transpose();
        let book = book.map_err(|faults| self.damaged(format!("the draft has {faults}")))?;
        Ok(Draft { revision, based_on: based_on.map(PublicationNumber), book: book.map(Arc::new) })
    }

    /// Saves the draft if it is still at revision `over`, and returns its new revision. Without a book, the draft is the same as
    /// the publication.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`] when somebody else has changed the draft meanwhile, or the database refuses.
    pub fn save_draft(
        &self,
        book: Option<&RuleBook>,
        based_on: Option<PublicationNumber>,
        over: i64,
    ) -> Result<i64, StoreError> {
        let configuration = book.map(write_configuration);
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let revision = replace(&transaction, configuration.as_deref(), based_on, over)?;
        self.place.commit(transaction)?;
        Ok(revision)
    }

    /// Puts a rule book in force and empties the draft, both or neither: when the newest publication is still
    /// `based_on` and the draft still at revision `over`. Returns the publication's number and the draft's new revision.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`] when somebody else has published or changed the draft meanwhile, or the database
    /// refuses.
    pub fn publish_draft(
        &self,
        rules: &Distributor,
        imprint: impl Into<Imprint>,
        based_on: Option<PublicationNumber>,
        over: i64,
    ) -> Result<(PublicationNumber, i64), StoreError> {
        let (configuration, imprint) = (write_configuration(rules.book()), imprint.into());
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if newest_number(&transaction)? != based_on {
            return Err(StoreError::Overtaken);
        }
        let number = insert_publication(&transaction, &configuration, &imprint)?;
        let revision = replace(&transaction, None, Some(number), over)?;
        self.place.commit(transaction)?;
        Ok((number, revision))
    }
}

fn replace(
    connection: &Connection,
    configuration: Option<&str>,
    based_on: Option<PublicationNumber>,
    over: i64,
) -> Result<i64, StoreError> {
    let replaced = connection.execute(
        "UPDATE draft SET revision = revision + 1, based_on = ?1, configuration = ?2 WHERE revision = ?3",
        params![based_on.map(PublicationNumber::get), configuration, over],
    )?;
    if replaced == 0 { Err(StoreError::Overtaken) } else { Ok(over + 1) }
}
