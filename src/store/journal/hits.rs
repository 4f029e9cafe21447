use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::rules::{Cvr, Priority};
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{PublicationNumber, Store, StoreError};

/// How often a rule decided. A message counts once, when it first comes, even if it is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleHits {
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// The publication that the rule was in.
    pub publication: PublicationNumber,
    /// The rule; `None` for the default recipient.
    pub priority: Option<Priority>,
    /// How many messages it decided since the requested day.
    pub hits: u64,
    /// When the last message came that it decided, however long ago.
    pub last: Timestamp,
}

impl Store {
    /// How often each rule decided from that day on, a day in UTC. Every rule that ever decided is listed, by
    /// authority, publication and priority, also when it has decided nothing since.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what it holds are no counts.
    pub fn rule_hits(&self, since: Date) -> Result<Vec<RuleHits>, StoreError> {
        let connection = self.journal()?;
        let mut statement = connection.prepare_cached(
            "SELECT authority, publication, priority, sum(hits) FILTER (WHERE day >= ?1), max(last)
             FROM hits GROUP BY authority, publication, priority",
        )?;
        let since = Offset::UTC.to_timestamp(since.to_datetime(Time::midnight())).unwrap_or(Timestamp::MIN);
        let mut rows = statement.query([nanoseconds(since)])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let unreadable = || self.damaged("it has counts of rules that cannot be read");
            all.push(RuleHits {
                authority: row.get_ref(0)?.as_str().ok().and_then(|cvr| cvr.parse().ok()).ok_or_else(unreadable)?,
                publication: PublicationNumber(row.get(1)?),
                priority: Priority::new(row.get(2)?),
                hits: row.get::<Option<i64>>(3)?.unwrap_or_default().try_into().map_err(|_| unreadable())?,
                last: timestamp(row.get(4)?),
            });
        }
        Ok(all)
    }
}
