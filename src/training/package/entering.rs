//! Enters the journal of a package into the journal of training.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::calls::monday_of;
use super::contents::{TrainingCall, TrainingPackage};
use crate::clock;
use crate::rules::{CriterionKind, Decision, Distributor, Ground};
use crate::service_level::{Attendance, RouterSpan, Span};
use crate::store::{JournalEntry, Outcome, OwnNames, PastError, PublicationNumber, Routed, Store, Timing};

impl TrainingPackage {
    /// When its first call came, where the last one came in the week until that moment; `None` without a journal.
    #[must_use]
    pub fn first_call(&self, until: Timestamp) -> Option<Timestamp> {
        let first = self.calls.first()?;
        Some(moment(self.first_monday(until), first).min(until))
    }

    /// The rows of its journal, as those rules decide, from the last weeks until that moment: the same weekdays and times.
    #[must_use]
    pub fn rows(&self, rules: &Distributor, publication: PublicationNumber, until: Timestamp) -> Vec<JournalEntry> {
        let monday = self.first_monday(until);
        let mut latest = Timestamp::MIN;
        let rows = self.calls.iter().map(|call| {
            // Where clocks are put forward or back, two that differ can become one, or the later one the earlier.
            latest = latest.max(moment(monday, call)).min(until);
            row(call, latest, rules, publication)
        });
        rows.collect()
    }

    /// Enters its journal into an empty one, and that a router ran meanwhile.
    ///
    /// # Errors
    ///
    /// The journal is not empty, or the database refuses.
    pub fn enter(&self, store: &Store, rules: &Distributor, until: Timestamp) -> Result<(), PastError> {
        let Some((begin, publication)) = self.first_call(until).zip(store.newest_publication_number()?) else {
            return Ok(());
        };
        store.enter_past(&self.rows(rules, publication, until), until)?;
        let ran = RouterSpan { span: Span::new(begin, until), state: Attendance::Ready };
        Ok(store.record_router_spans(&[ran])?)
    }

    /// The Monday of the first week, as late as it can be when the last call is not after that moment.
    fn first_monday(&self, until: Timestamp) -> Date {
        let Some(last) = self.calls.last() else { return clock::day_of(until) };
        let weeks = i64::from(last.day) / 7;
        let this_week = monday_of(clock::day_of(until)).saturating_sub(weeks.weeks());
        if moment(this_week, last) <= until { this_week } else { this_week.saturating_sub(1.week()) }
    }
}

fn moment(monday: Date, call: &TrainingCall) -> Timestamp {
    clock::moment(monday.saturating_add(i64::from(call.day).days()).to_datetime(call.time))
}

fn row(call: &TrainingCall, at: Timestamp, rules: &Distributor, publication: PublicationNumber) -> JournalEntry {
    let total = Duration::from_millis(call.total_ms.into());
    let answer = call.answer_ms.map(|ms| Duration::from_millis(ms.into()).min(total));
    let whole = answer.map(|answer| total.saturating_sub(answer));
    let place = |place: Option<u32>| place.map(i64::from);
    let row = JournalEntry {
        message_uuid: call.message.map(|uuid| uuid.to_string()),
        transmission_id: Some(Uuid::new_v4()),
        bytes: call.bytes,
        reason: call.reason,
        answer: (call.status, call.code.map(|number| format!("fejl.{number}"))),
        timing: Timing { header: None, whole, answer, total },
        repeats: place(call.repeats),
        follows: place(call.follows),
        differs_from: place(call.differs_from),
        ..JournalEntry::new(at, call.outcome)
    };
    let Some(facts) = &call.facts else { return row };
    let row = JournalEntry { facts: Some((facts.clone(), rules.sender_kind(facts))), ..row };
    if !call.was_routed {
        return row;
    }
    let Ok(Decision { authority, fagsystem, ground }) = rules.decide(facts, clock::day_of(at)) else {
        return JournalEntry { outcome: Outcome::UnknownRecipient, reason: None, answer: (None, None), ..row };
    };
    let element = match ground {
        Ground::Rule(rule) => Some(CriterionKind::of(&rule.criterion)),
        Ground::Default => None,
    };
    let routed = Routed {
        publication,
        authority: authority.cvr,
        fagsystem: fagsystem.id.clone(),
        priority: ground.priority(),
        element,
    };
    JournalEntry { own_names: OwnNames::of(facts, authority), routed: Some(routed), ..row }
}
