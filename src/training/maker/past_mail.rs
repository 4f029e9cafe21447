use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Builder;

use super::chance::Chance;
use super::rhythm::{is_night, is_working_day, moments};
use super::{MessageMaker, Wish, WishedAddress, Writer};
use crate::clock;
use crate::rules::{CriterionKind, Cvr, Decision, Distributor, Fagsystem, FagsystemId, Ground};
use crate::service_level::{Attendance, RouterSpan, Span};
use crate::store::{
    JournalEntry, Outcome, OwnNames, PastError, PublicationNumber, Reason, Routed, Store, StoreError, Timing,
};

/// A month of mail, as the journal of a router would have kept it: decided by what was in force when each message came, mostly
/// accepted, with all that goes wrong in a month. It is for training, where every screen should have something to show.
///
/// A fagsystem is away for an hour or two, another is slow for an afternoon; a mailbox's old messages come all at once; and here
/// and there a message is rejected, comes broken, or waits. What was refused as unavailable comes again, as Digital Post sends
/// it.
#[derive(Debug)]
pub struct PastMail {
    rows: Vec<JournalEntry>,
    spans: Vec<RouterSpan>,
    until: Timestamp,
}

/// Why there is no past mail in a data directory.
#[derive(Debug, thiserror::Error)]
pub enum PastMailError {
    /// No rules are in force by which mail could have been decided.
    #[error("nothing is published, so that no mail can have come; publish a configuration first")]
    NothingPublished,
    /// The journal did not take it.
    #[error(transparent)]
    Past(#[from] PastError),
    /// The database cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was in force, and from when on.
struct InForce {
    from: Timestamp,
    number: PublicationNumber,
    rules: Distributor,
}

/// What was out of the ordinary in the month.
struct Events {
    outage: Option<(Cvr, FagsystemId, Span)>,
    slowness: Option<(Cvr, FagsystemId, Span)>,
    /// When the mailbox's old messages came.
    surge: Timestamp,
    /// When the router could not write its journal.
    journal_failure: Span,
    /// When the router was stopped and started again.
    restart: Span,
}

impl PastMail {
    /// How many days it reaches back.
    pub const DAYS: i32 = 30;

    /// Makes the mail of the thirty days until that moment to all authorities of the newest publication, by what the
    /// data directory says was in force meanwhile. Before the first publication, that one counts.
    ///
    /// The same publications, seed and moment give the same mail.
    ///
    /// # Errors
    ///
    /// [`PastMailError::NothingPublished`], or the database cannot be read.
    pub fn make(store: &Store, seed: u64, until: Timestamp) -> Result<Self, PastMailError> {
        let today = clock::day_of(until);
        let first = today.saturating_sub(Self::DAYS.days());
        let in_force = in_force(store, clock::midnight(first))?;
        let newest = in_force.last().ok_or(PastMailError::NothingPublished)?;
        let book = Arc::clone(newest.rules.book());
        let makers: Vec<_> = book.authorities.iter().map(|to| MessageMaker::new(&book, to, seed)).collect();
        let mut chance = Chance::new(seed, "past", 0);
        let events = Events::of(&newest.rules, today, &mut chance);
        let mut month = Month { in_force: &in_force, events: &events, rows: Vec::new(), chance };
        // Each authority has its turn.
        let arrivals = (0..).zip(arrivals(first, until, &events, seed));
        for ((number, (at, wish)), maker) in arrivals.zip(makers.iter().cycle()) {
            month.arrive(maker, number, at, &wish);
        }
        let mut rows = month.rows;
        rows.retain(|row| row.received_at <= until);
        rows.sort_by_key(|row| row.received_at);
        Ok(Self { rows, spans: events.spans(clock::midnight(first), until), until })
    }

    /// The rows, in the order of time.
    #[must_use]
    pub fn rows(&self) -> &[JournalEntry] {
        &self.rows
    }

    /// Enters it into an empty journal, and when the router ran.
    ///
    /// # Errors
    ///
    /// The journal is not empty, or the database refuses.
    pub fn enter(&self, store: &Store) -> Result<(), PastMailError> {
        store.enter_past(&self.rows, self.until)?;
        Ok(store.record_router_spans(&self.spans)?)
    }
}

/// The publications that were in force at any time since then, the oldest first; with one from before, if there is any.
fn in_force(store: &Store, since: Timestamp) -> Result<Vec<InForce>, StoreError> {
    let mut in_force = Vec::new();
    for entry in store.publications()? {
        let Some(publication) = store.publication(entry.number)? else { continue };
        // What the store has published is without contradiction.
        let Ok(rules) = publication.book.compile() else { continue };
        in_force.push(InForce { from: entry.published_at, number: entry.number, rules });
        if entry.published_at <= since {
            break;
        }
    }
    in_force.reverse();
    Ok(in_force)
}

/// When messages come in those days, each with what is special about it, in the order of time.
fn arrivals(first: Date, until: Timestamp, events: &Events, seed: u64) -> Vec<(Timestamp, Wish)> {
    /// The old messages of a mailbox.
    const SURGE: u32 = 60;
    const BY_SYSTEMS: [Writer; 5] = [
        Writer::Statistics,
        Writer::VehicleInspection,
        Writer::CriminalRecords,
        Writer::ChildrensRecords,
        Writer::BenefitsAuthority,
    ];
    let days = first.series(1.day()).take_while(|day| clock::midnight(*day) <= until);
    let mut arrivals = Vec::new();
    for day in days {
        let mut chance = Chance::new(seed, "day", u64::from(day.day_of_year().unsigned_abs()));
        for at in moments(day, &mut chance) {
            let is_sent_by_itself = is_night(at) && chance.percent(85);
            let writer = chance.one(&BY_SYSTEMS).copied().filter(|_| is_sent_by_itself);
            arrivals.push((at, Wish { writer, ..Wish::any(1) }));
        }
    }
    let mut chance = Chance::new(seed, "surge", 0);
    arrivals.extend((0..SURGE).map(|_| {
        let at = events.surge + SignedDuration::from_millis(chance.below(12 * 60 * 1000).into());
        (at, Wish { writer: Some(Writer::Citizen), address: Some(WishedAddress::Gone), ..Wish::any(1) })
    }));
    for (at, _) in &mut arrivals {
        *at = events.when_router_runs(*at);
    }
    arrivals.retain(|(at, _)| *at <= until);
    arrivals.sort_by_key(|(at, _)| *at);
    arrivals
}

impl Events {
    fn of(rules: &Distributor, today: Date, chance: &mut Chance) -> Self {
        let at = |days_ago: i32, hour: i8, minutes: i64| {
            let day = working_day_before(today.saturating_sub(days_ago.days()));
            let begin = clock::moment(day.at(hour, 10, 0, 0));
            Span::new(begin, begin + SignedDuration::from_mins(minutes))
        };
        Self {
            outage: receiver(rules, chance).map(|(cvr, id)| (cvr, id, at(6, 9, 100))),
            slowness: receiver(rules, chance).map(|(cvr, id)| (cvr, id, at(13, 12, 200))),
            surge: at(9, 10, 0).begin,
            journal_failure: at(16, 14, 4),
            restart: at(11, 2, 6),
        }
    }

    /// When the router ran, and what it could do.
    fn spans(&self, from: Timestamp, until: Timestamp) -> Vec<RouterSpan> {
        let ready = |begin, end| RouterSpan { span: Span::new(begin, end), state: Attendance::Ready };
        let failing = RouterSpan { span: self.journal_failure, state: Attendance::JournalFails };
        vec![
            ready(from, self.journal_failure.begin),
            failing,
            ready(self.journal_failure.end, self.restart.begin),
            ready(self.restart.end, until),
        ]
    }

    /// That moment, or a moment after the time in which the router could take no mail.
    fn when_router_runs(&self, at: Timestamp) -> Timestamp {
        let away = [self.journal_failure, self.restart].into_iter().find(|away| (away.begin..away.end).contains(&at));
        away.map_or(at, |away| away.end + (at - away.begin))
    }
}

/// A fagsystem that gets mail by rules, so that what happens to it is seen.
fn receiver(rules: &Distributor, chance: &mut Chance) -> Option<(Cvr, FagsystemId)> {
    let authorities = rules.book().authorities.iter();
    let named: Vec<_> = authorities
        .flat_map(|authority| {
            let is_named = |fagsystem: &&Fagsystem| authority.rules.iter().any(|rule| rule.fagsystem == fagsystem.id);
            authority.fagsystems.iter().filter(is_named).map(|fagsystem| (authority.cvr, fagsystem.id.clone()))
        })
        .collect();
    chance.one(&named).cloned()
}

fn working_day_before(mut day: Date) -> Date {
    while !is_working_day(day) {
        day = day.saturating_sub(1.day());
    }
    day
}

/// The month that is being made.
struct Month<'a> {
    in_force: &'a [InForce],
    events: &'a Events,
    rows: Vec<JournalEntry>,
    chance: Chance,
}

impl Month<'_> {
    fn arrive(&mut self, maker: &MessageMaker, number: u64, at: Timestamp, wish: &Wish) {
        let in_force = self.in_force.iter().rev().find(|it| it.from <= at).or(self.in_force.first());
        let Some(InForce { number: publication, rules, .. }) = in_force else { return };
        let written = at - SignedDuration::from_secs(self.chance.between(20, 900).into());
        let made = maker.message_at(number, wish, written);
        let facts = made.letter.facts();
        let row = JournalEntry {
            message_uuid: Some(made.letter.message_uuid.to_string()),
            bytes: self.bytes(),
            ..JournalEntry::new(at, Outcome::Accepted)
        };
        match self.chance.below(1_000) {
            0 => return self.enter(JournalEntry { message_uuid: None, outcome: Outcome::Invalid, ..row }),
            1 => return self.enter(JournalEntry { outcome: Outcome::BrokenOff, ..row }),
            _ => {}
        }
        let sender = rules.sender_kind(&facts);
        let Ok(Decision { authority, fagsystem, ground }) = rules.decide(&facts, clock::day_of(at)) else {
            let row = JournalEntry { facts: Some((facts, sender)), outcome: Outcome::UnknownRecipient, ..row };
            return self.enter(row);
        };
        let element = match ground {
            Ground::Rule(rule) => Some(CriterionKind::of(&rule.criterion)),
            Ground::Default => None,
        };
        let routed = Routed {
            publication: *publication,
            authority: authority.cvr,
            fagsystem: fagsystem.id.clone(),
            priority: ground.priority(),
            element,
        };
        let own_names = OwnNames::of(&facts, authority);
        let row = JournalEntry { facts: Some((facts, sender)), own_names, routed: Some(routed), ..row };
        if fagsystem.active { self.deliver(row) } else { self.wait(row, Reason::Paused, None) }
    }

    /// What becomes of a message that is sent to its fagsystem.
    fn deliver(&mut self, row: JournalEntry) {
        let at = row.received_at;
        if let Some(outage) = happens(self.events.outage.as_ref(), &row) {
            let end = outage.end + SignedDuration::from_secs(self.chance.between(5, 2400).into());
            let meanwhile = at + SignedDuration::from_secs(self.chance.between(600, 1200).into());
            if meanwhile < outage.end && self.chance.percent(40) {
                self.wait(JournalEntry { received_at: meanwhile, ..row.clone() }, Reason::ConnectionRefused, None);
            }
            self.wait(row.clone(), Reason::ConnectionRefused, None);
            return self.accept(JournalEntry { received_at: end, ..row });
        }
        match self.chance.below(1_000) {
            0..9 => {
                let answer = (Some(422), Some("sag.lukket".to_owned()));
                let row = self.timed(row);
                self.enter(JournalEntry { outcome: Outcome::Rejected, answer, ..row });
            }
            9..14 => {
                let again = at + SignedDuration::from_secs(self.chance.between(600, 1800).into());
                self.wait(row.clone(), Reason::TemporaryFailure, Some(503));
                self.accept(JournalEntry { received_at: again, ..row });
            }
            _ => self.accept(row),
        }
    }

    fn accept(&mut self, row: JournalEntry) {
        let row = self.timed(row);
        self.enter(JournalEntry { outcome: Outcome::Accepted, answer: (Some(200), None), ..row });
    }

    fn wait(&mut self, row: JournalEntry, reason: Reason, status: Option<u16>) {
        let timing = Timing {
            header: Some(Duration::from_micros(self.chance.between(200, 900).into())),
            total: Duration::from_micros(self.chance.between(1_200, 9_000).into()),
            ..Timing::default()
        };
        let answer = (status, None);
        self.enter(JournalEntry { outcome: Outcome::Unavailable, reason: Some(reason), answer, timing, ..row });
    }

    fn enter(&mut self, row: JournalEntry) {
        let transmission = Builder::from_random_bytes(self.chance.bytes()).into_uuid();
        self.rows.push(JournalEntry { transmission_id: Some(transmission), ..row });
    }

    /// How long the fagsystem took: mostly far less than a second.
    fn timed(&mut self, row: JournalEntry) -> JournalEntry {
        const USUALLY_SLOW: u32 = 12;
        let is_slow = happens(self.events.slowness.as_ref(), &row).is_some();
        let chance = &mut self.chance;
        let micros = |count: u32| Duration::from_micros(count.into());
        let header = micros(chance.between(200, 1_500));
        // About 40 MB a second.
        let whole = header + Duration::from_micros(row.bytes / 40 + u64::from(chance.between(800, 6_000)));
        let is_late = if is_slow { chance.percent(70) } else { chance.below(1_000) < USUALLY_SLOW };
        let answer = if is_late {
            micros(chance.between(1_000_000, 4_600_000))
        } else {
            // The least of several, as most answers are quick and some are not.
            let quickest = (0..3).map(|_| chance.between(12_000, 620_000)).min();
            micros(quickest.unwrap_or_default())
        };
        let timing = Timing { header: Some(header), whole: Some(whole), answer: Some(answer), total: whole + answer };
        JournalEntry { timing, ..row }
    }

    /// How large a message is: mostly some kilobytes, sometimes many megabytes.
    fn bytes(&mut self) -> u64 {
        let kilobyte = match self.chance.below(1_000) {
            0..620 => self.chance.between(2, 40),
            620..900 => self.chance.between(40, 600),
            900..985 => self.chance.between(600, 4_000),
            985..997 => self.chance.between(4_000, 12_000),
            _ => self.chance.between(12_000, 60_000),
        };
        u64::from(kilobyte) * 1_000 + u64::from(self.chance.below(1_000))
    }
}

/// When that happens to the row's fagsystem, if it does when the row comes.
fn happens(event: Option<&(Cvr, FagsystemId, Span)>, row: &JournalEntry) -> Option<Span> {
    let ((authority, fagsystem, span), routed) = event.zip(row.routed.as_ref())?;
    let is_there = *authority == routed.authority && *fagsystem == routed.fagsystem;
    (is_there && (span.begin..span.end).contains(&row.received_at)).then_some(*span)
}
