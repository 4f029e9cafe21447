use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use std::time::Duration;

use super::Outcome;
use super::ended::EndedCall;
use super::limits::LIMITS;
use super::record_changes::RecordChanges;
use crate::rules::{Cvr, FagsystemId};
use crate::service_level::AnswerClass;
use crate::store::engine::{self, Connection, TransactionBehavior, params};
use crate::store::service_level::HOURS_IN_SHORT;
use crate::store::time::{HOUR, begin_of};

/// What becomes of the row of an hour that is there already.
pub(in crate::store) static ADD_TO_HOUR: LazyLock<String> = LazyLock::new(|| {
    format!(
        "ON CONFLICT (hour, authority, fagsystem, outcome, by_default) DO UPDATE
         SET messages = hours.messages + excluded.messages, bytes = hours.bytes + excluded.bytes,
             last = max(hours.last, excluded.last), {}",
        added_up("hours")
    )
});

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "INSERT INTO hours VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                                       ?16, ?17, ?18, ?19, ?20, ?21)
             {}",
        *ADD_TO_HOUR
    )
});

/// What the rows of both tables of hours count of answers.
fn added_up(table: &str) -> String {
    let sums = [
        "not_tried",
        "within_100",
        "within_300",
        "within_1000",
        "within_1500",
        "within_4000",
        "simple",
        "simple_in_time",
        "medium",
        "medium_in_time",
        "complex",
        "complex_in_time",
    ];
    let added: Vec<_> = sums.iter().map(|sum| format!("{sum} = {table}.{sum} + excluded.{sum}")).collect();
    format!("slowest_us = max({table}.slowest_us, excluded.slowest_us), {}", added.join(", "))
}

/// Outcomes, summed by hour, so that a commit updates each sum once.
#[derive(Debug, Default)]
pub(super) struct HourlyCounts {
    kinds: HashMap<Kind, Sums>,
    records: RecordChanges,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Kind {
    /// When it began.
    hour: i64,
    to: Option<(Cvr, FagsystemId)>,
    outcome: Outcome,
    by_default: bool,
}

#[derive(Debug, Default)]
struct Sums {
    messages: i64,
    bytes: u64,
    within: [i64; LIMITS.len()],
    slowest: Duration,
    last: Option<i64>,
    /// How many were never sent to the fagsystem.
    not_tried: i64,
    /// How many were answered of each class, and how many of those in time.
    classes: [[i64; 2]; AnswerClass::ALL.len()],
}

impl HourlyCounts {
    /// Counts a call that has ended, unless it only repeated another.
    pub fn count(&mut self, call: &EndedCall) {
        if call.is_repeat {
            return;
        }
        self.records.count(call);
        let kind = Kind {
            hour: begin_of(HOUR, call.received_at),
            to: call.to.clone(),
            outcome: call.outcome,
            by_default: call.is_by_default,
        };
        let sums = self.kinds.entry(kind).or_default();
        sums.messages += 1;
        sums.bytes += call.bytes;
        for (count, limit) in sums.within.iter_mut().zip(LIMITS) {
            *count += i64::from(call.total <= limit);
        }
        sums.slowest = sums.slowest.max(call.total);
        sums.last = sums.last.max(Some(call.received_at));
        sums.not_tried += i64::from(call.was_not_tried());
        if matches!(call.outcome, Outcome::Accepted | Outcome::Rejected) {
            let class = AnswerClass::of(call.bytes);
            let [answered, in_time] = &mut sums.classes[class as usize];
            *answered += 1;
            *in_time += i64::from(call.total <= class.limit());
        }
    }

    pub fn write(self, connection: &Connection) -> engine::Result<()> {
        if self.kinds.is_empty() {
            return Ok(());
        }
        let mut statement = connection.prepare_cached(&INSERT)?;
        // Always in the same order, so that no two routers wait for each other.
        let in_words = |kind: Kind| {
            let (authority, fagsystem) = kind.to.map(|(cvr, id)| (cvr.to_string(), id.to_string())).unwrap_or_default();
            (kind.hour, authority, fagsystem, kind.outcome.code(), kind.by_default)
        };
        let sums: BTreeMap<_, _> = self.kinds.into_iter().map(|(kind, sums)| (in_words(kind), sums)).collect();
        for ((hour, authority, fagsystem, outcome, by_default), sums) in sums {
            let [within_100, within_300, within_1000, within_1500, within_4000] = sums.within;
            let [[simple, simple_in_time], [medium, medium_in_time], [complex, complex_in_time]] = sums.classes;
            statement.execute(params![
                hour,
                authority,
                fagsystem,
                outcome,
                by_default,
                sums.messages,
                i64::try_from(sums.bytes).unwrap_or(i64::MAX),
                within_100,
                within_300,
                within_1000,
                within_1500,
                within_4000,
                i64::try_from(sums.slowest.as_micros()).unwrap_or(i64::MAX),
                sums.last,
                sums.not_tried,
                simple,
                simple_in_time,
                medium,
                medium_in_time,
                complex,
                complex_in_time,
            ])?;
        }
        self.records.write(connection)
    }
}

/// Keeps in short what the hours before that one say of fagsystems, and deletes those hours. How far the service agreement was
/// kept is asked for longer than the journal lasts.
pub(super) fn shorten_hours(connection: &Connection, before: i64) -> engine::Result<()> {
    let transaction = connection.begin(TransactionBehavior::Immediate)?;
    let insert = format!(
        "INSERT INTO past_hours
         SELECT hour, authority, fagsystem, sum(answered), sum(unanswered), sum(not_tried), sum(within_100), sum(within_300),
                sum(within_1000), sum(within_1500), sum(within_4000), max(slowest_us), sum(simple), sum(simple_in_time),
                sum(medium), sum(medium_in_time), sum(complex), sum(complex_in_time)
         FROM ({HOURS_IN_SHORT} WHERE hour < ?1 AND fagsystem <> '') AS short
         GROUP BY hour, authority, fagsystem
         ON CONFLICT (hour, authority, fagsystem) DO UPDATE
         SET answered = past_hours.answered + excluded.answered, unanswered = past_hours.unanswered + excluded.unanswered,
             {}",
        added_up("past_hours")
    );
    transaction.execute(&insert, [before])?;
    transaction.execute("DELETE FROM hours WHERE hour < ?1", [before])?;
    transaction.commit()
}
