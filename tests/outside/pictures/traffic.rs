//! What comes in a week, and in the months before, the same every time.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, ToSpan};
use postfordeler::memo::Party;
use postfordeler::rules::PostType;
use postfordeler::store::{Journal, JournalEntry, Outcome, Reason, Store, Timing};
use postfordeler::training::SampleLetter;

use super::data::{cvr, now};
use super::decided::{Decided, Publications, letter};
use crate::support::block_on;

/// Numbers that look as if by chance.
struct Chance(u64);

impl Chance {
    /// Less than `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// How many of each kind come in an hour at noon.
const SHARES: [(SampleLetter, u64); 6] = [
    (SampleLetter::NurseryPlace, 14),
    (SampleLetter::SicknessBenefit, 8),
    (SampleLetter::AdvancePayment, 3),
    (SampleLetter::ToTheMayor, 7),
    (SampleLetter::BuildingPermit, 6),
    (SampleLetter::RefundClaim, 4),
];
const HOURS: i64 = 7 * 24;

/// What came in the three months before that week: less, and part of it of kinds that no rule takes.
pub fn record_months_before(store: &Store) {
    const DAYS: i64 = 88;
    let publications = Publications::of(store);
    let citizen = |point, kle| letter(Party::Citizen, point, kle, PostType::Unspecified);
    let letters = [
        SampleLetter::NurseryPlace.letter(),
        SampleLetter::SicknessBenefit.letter(),
        SampleLetter::NurseryPlace.letter(),
        SampleLetter::AdvancePayment.letter(),
        SampleLetter::BuildingPermit.letter(),
        citizen(None, "15.20.00"),
        SampleLetter::ToTheMayor.letter(),
        citizen(None, "27.36.04"),
        citizen(Some(("a7d1f6f2-2c0b-4b0e-8a53-6b0f1f6d2e21", "Børn og familie")), "17.01.04"),
        letter(Party::Organisation(cvr("01405065")), None, "", PostType::Authority),
        citizen(None, "27.42.00"),
        citizen(None, "02.34.02"),
    ];
    let mut chance = Chance(9);
    let mut entries = Vec::new();
    for ago in (8..DAYS).rev() {
        let count = 10 + chance.below(20);
        for _ in 0..count {
            // The early kinds come more often than the late ones.
            let kind = chance.below(12).min(chance.below(12));
            let letter = &letters[usize::try_from(kind).expect("small")];
            let at = now()
                - SignedDuration::from_secs(ago * 24 * 3_600 - i64::try_from(chance.below(20_000)).expect("small"));
            let uuid = format!("{:08x}-3d5f-4c1b-9a77-000000000000", entries.len());
            let decided = publications.decide(letter, at);
            entries.push(JournalEntry { message_uuid: Some(uuid), ..decided.entry(at, Outcome::Accepted) });
        }
    }
    write(store, entries);
}

fn write(store: &Store, entries: Vec<JournalEntry>) {
    let journal = Journal::start(store).expect("the journal starts");
    for written in block_on(join_all(entries.into_iter().map(|entry| journal.record(entry)))) {
        written.expect("it is written");
    }
}

fn fagsystem(decided: &Decided) -> &str {
    decided.routed.as_ref().map(|routed| routed.fagsystem.as_str()).unwrap_or_default()
}

/// A week's messages: many by day, few at night, and nearly all accepted. In the troubled data, one fagsystem has not been
/// reached since the morning, another has got nothing for six days, and a third is slow and owes answers.
pub fn record(store: &Store, has_troubles: bool) {
    let publications = Publications::of(store);
    let mut chance = Chance(4);
    let mut entries = Vec::new();
    for ago in (0..HOURS).rev() {
        let hour = (now() - ago.hours()).as_second() / 3600;
        let (of_day, is_weekend) = (hour % 24, (hour / 24 + 3) % 7 >= 5);
        let percent = match (of_day, is_weekend) {
            (6..=15, false) => 100,
            (16..=21, false) | (6..=21, true) => 25,
            _ => 6,
        };
        let then = now() - ago.hours();
        let decided = SHARES.map(|(letter, at_noon)| (publications.decide(&letter.letter(), then), at_noon));
        for (decided, at_noon) in &decided {
            let fagsystem = fagsystem(decided);
            if has_troubles && fagsystem == "byggesag" && ago < 6 * 24 + 2 {
                continue;
            }
            let count = (at_noon * percent + chance.below(100)) / 100;
            for _ in 0..count {
                let second = i64::try_from(chance.below(3_600)).expect("small");
                let at = now() - SignedDuration::from_secs(ago * 3_600 + second);
                let took = match chance.below(200) {
                    0 => 1_000 + chance.below(900),
                    1..=5 => 300 + chance.below(700),
                    _ => 20 + chance.below(120),
                };
                let (outcome, reason) = match chance.below(150) {
                    _ if has_troubles && fagsystem == "ydelse" && ago < 4 => {
                        (Outcome::Unavailable, Some(Reason::NoConnection))
                    }
                    0 => (Outcome::Rejected, None),
                    1 => (Outcome::Unavailable, Some(Reason::TemporaryFailure)),
                    _ => (Outcome::Accepted, None),
                };
                let is_slow = has_troubles && fagsystem == "jobcenter" && ago < 10;
                let is_unknown = is_slow && chance.below(8) == 0;
                let (outcome, reason) =
                    if is_unknown { (Outcome::Unknown, Some(Reason::Silent)) } else { (outcome, reason) };
                let total = Duration::from_millis(if is_slow { took * 70 } else { took });
                entries.push(JournalEntry {
                    message_uuid: Some(format!("{:08x}-3d5f-4c1b-9a77-0b6e2f84c9d1", entries.len())),
                    reason,
                    timing: Timing { total, ..Timing::default() },
                    ..decided.clone().entry(at, outcome)
                });
            }
        }
        if chance.below(6) == 0 {
            entries.push(JournalEntry::new(now() - (ago * 60 + 7).minutes(), Outcome::Invalid));
        }
    }
    write(store, entries);
}
