//! How mail goes since the newest publication, beside the same hours of the days before it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::counts::whole;
use super::receiver;
use crate::rules::{Cvr, FagsystemId};
use crate::store::engine::{self, Connection, params};
use crate::store::journal::entry::Outcome;
use crate::store::time::nanoseconds;
use crate::store::{PublicationEntry, PublicationNumber};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The same hours of this many days before the publication are compared with.
const DAYS: i32 = 7;

/// A count since the publication, and the same count in the same hours of the days before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BeforeAndAfter {
    /// In the days before, all together.
    pub before: u64,
    /// Since the publication.
    pub after: u64,
}

/// What an authority got. A message counts once, when it first comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuthorityMail {
    /// The messages that a fagsystem was found for.
    pub messages: BeforeAndAfter,
    /// Those of them that went to the default recipient because no rule matched.
    pub by_default: BeforeAndAfter,
}

/// What a fagsystem got. A message counts once, when it first comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FagsystemMail {
    /// The messages that went to it.
    pub messages: BeforeAndAfter,
    /// Those of them that it did not accept when they first came.
    pub refused: BeforeAndAfter,
}

/// How mail goes in the day after a publication.
#[derive(Debug, Clone, PartialEq)]
pub struct AfterPublishing {
    /// The newest publication.
    pub publication: PublicationEntry,
    /// The one before it, which it can be taken back to.
    pub previous: PublicationNumber,
    /// How many of the seven days before it the journal knows.
    pub days: u64,
    /// By an authority's first CVR number.
    pub authorities: HashMap<Cvr, AuthorityMail>,
    /// By authority and fagsystem.
    pub fagsystems: HashMap<(Cvr, FagsystemId), FagsystemMail>,
}

impl AfterPublishing {
    /// `None` unless the newest of the publications, which come newest first, is less than a day old and not the only one.
    pub(super) fn read(
        connection: &Connection,
        publications: &[PublicationEntry],
        now: Timestamp,
    ) -> engine::Result<Option<Self>> {
        // The first of all can be neither compared nor taken back.
        let [newest, previous, ..] = publications else { return Ok(None) };
        let passed = now.duration_since(newest.published_at);
        if passed.is_negative() || passed >= DAY {
            return Ok(None);
        }
        let mut found = Self {
            publication: newest.clone(),
            previous: previous.number,
            days: 0,
            authorities: HashMap::new(),
            fagsystems: HashMap::new(),
        };
        found.count(connection, (newest.published_at, now), |counts| &mut counts.after)?;
        let first: Option<i64> = connection.query_row("SELECT min(received_at) FROM journal", [], |row| row.get(0))?;
        for days in 1..=DAYS {
            let back = |moment: Timestamp| moment.saturating_sub(DAY * days).unwrap_or(Timestamp::MIN);
            let hours = (back(newest.published_at), back(now));
            if first.is_some_and(|first| first <= nanoseconds(hours.0)) {
                found.days += 1;
                found.count(connection, hours, |counts| &mut counts.before)?;
            }
        }
        Ok(Some(found))
    }

    fn count(
        &mut self,
        connection: &Connection,
        (from, to): (Timestamp, Timestamp),
        side: impl Fn(&mut BeforeAndAfter) -> &mut u64,
    ) -> engine::Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT authority, fagsystem, priority IS NULL, outcome, count(*)
             FROM journal INDEXED BY journal_by_arrival
             WHERE received_at >= ?1 AND received_at < ?2 AND is_first AND fagsystem IS NOT NULL
             GROUP BY authority, fagsystem, priority IS NULL, outcome",
        )?;
        let mut rows = statement.query(params![nanoseconds(from), nanoseconds(to)])?;
        while let Some(row) = rows.next()? {
            let (Some(to), messages) = (receiver(&row, 0)?, whole(&row, 4)?) else { continue };
            let mail = self.authorities.entry(to.0).or_default();
            *side(&mut mail.messages) += messages;
            if row.get(2)? {
                *side(&mut mail.by_default) += messages;
            }
            let mail = self.fagsystems.entry(to).or_default();
            *side(&mut mail.messages) += messages;
            let outcome = Outcome::from_code(row.get_ref(3)?.as_str().unwrap_or_default());
            if !matches!(outcome, Some(Outcome::Accepted | Outcome::UnderWay)) {
                *side(&mut mail.refused) += messages;
            }
        }
        Ok(())
    }
}
