//! What usually comes in an hour: as much would wait if a fagsystem were away.

use std::collections::HashMap;

use jiff::{Timestamp, ToSpan};

use super::counts::whole;
use super::receiver;
use crate::clock;
use crate::rules::{Caseless, Cvr, FagsystemId};
use crate::store::engine::{self, Connection, params};
use crate::store::time::nanoseconds;

/// How many weeks are looked back: what came in this hour of this weekday in each of them.
const WEEKS: i32 = 4;

/// What came for a fagsystem in this hour of the weekday, over the weeks that are looked back. A message counts once, when it
/// first came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsualHour {
    /// How many messages.
    pub messages: u64,
    /// How many of them each contact point got, the most first.
    pub contact_points: Vec<(Caseless, u64)>,
}

/// The same for all fagsystems, and in how many weeks the journal knows the hour.
#[derive(Debug, Default)]
pub(super) struct UsualHours {
    pub weeks: u64,
    pub fagsystems: HashMap<(Cvr, FagsystemId), UsualHour>,
}

impl UsualHours {
    pub fn read(connection: &Connection, now: Timestamp) -> engine::Result<Self> {
        let first: Option<i64> = connection.query_row("SELECT min(received_at) FROM journal", [], |row| row.get(0))?;
        let Some(first) = first else { return Ok(Self::default()) };
        let mut statement = connection.prepare(
            "SELECT authority, fagsystem, contact_point_id, count(*) FROM journal INDEXED BY journal_by_arrival
             WHERE received_at >= ?1 AND received_at < ?2 AND is_first AND fagsystem IS NOT NULL
             GROUP BY authority, fagsystem, contact_point_id",
        )?;
        let mut found = Self::default();
        for begin in hours_before(now).map(nanoseconds).filter(|begin| *begin >= first) {
            found.weeks += 1;
            let mut rows = statement.query(params![begin, begin + crate::store::time::HOUR])?;
            while let Some(row) = rows.next()? {
                let (Some(to), messages) = (receiver(&row, 0)?, whole(&row, 3)?) else { continue };
                let usual = found.fagsystems.entry(to).or_default();
                usual.messages += messages;
                if let Some(point) = row.get_ref(2)?.as_str_or_null()?.map(Caseless::new) {
                    usual.add(point, messages);
                }
            }
        }
        for usual in found.fagsystems.values_mut() {
            usual
                .contact_points
                .sort_by(|(one, most), (other, more)| more.cmp(most).then_with(|| one.folded().cmp(other.folded())));
        }
        Ok(found)
    }
}

impl UsualHour {
    fn add(&mut self, point: Caseless, messages: u64) {
        match self.contact_points.iter_mut().find(|(known, _)| *known == point) {
            Some((_, count)) => *count += messages,
            None => self.contact_points.push((point, messages)),
        }
    }
}

/// When this hour began in Denmark on the same weekday in each of the weeks before.
fn hours_before(now: Timestamp) -> impl Iterator<Item = Timestamp> {
    let here = clock::in_denmark(now);
    (1..=WEEKS).map(move |weeks| clock::midnight(here.date().saturating_sub((7 * weeks).days())) + here.hour().hours())
}
