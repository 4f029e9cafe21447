use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Part, Promise, ServiceWindow, Span, Spans, Strain, Verdict};
use crate::rules::{Cvr, FagsystemId};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// The limits by which answers are counted, from the shortest.
pub const BUCKETS: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::from_secs(1),
    Duration::from_millis(1_500),
    Duration::from_secs(4),
];

/// How demanding a message is, which decides how soon it is to be answered.
///
/// The agreement names the three and their times, but not how to tell them apart. That the size of a message decides is our own
/// reading: reading it, passing it on and storing it is what takes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnswerClass {
    /// At most 1 MB, to be answered within 1 s.
    Simple,
    /// At most 10 MB, to be answered within 1.5 s.
    Medium,
    /// Larger, to be answered within 4 s.
    Complex,
}

impl AnswerClass {
    /// Every class, the simplest first.
    pub const ALL: [Self; 3] = [Self::Simple, Self::Medium, Self::Complex];
    /// The largest simple message, in bytes.
    pub const MAX_SIMPLE: u64 = 1_000_000;
    /// The largest medium one.
    pub const MAX_MEDIUM: u64 = 10_000_000;

    /// The class of a message of so many bytes.
    #[must_use]
    pub fn of(bytes: u64) -> Self {
        if bytes <= Self::MAX_SIMPLE {
            Self::Simple
        } else if bytes <= Self::MAX_MEDIUM {
            Self::Medium
        } else {
            Self::Complex
        }
    }

    /// Within which time it is to be answered.
    #[must_use]
    pub fn limit(self) -> Duration {
        match self {
            Self::Simple => Duration::from_secs(1),
            Self::Medium => Duration::from_millis(1_500),
            Self::Complex => Duration::from_secs(4),
        }
    }
}

/// How many messages of a class were answered, and how many of them in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassTally {
    /// All of them.
    pub answered: u64,
    /// Those within the class's limit.
    pub in_time: u64,
}

/// How long the answers took, from the call until the receipt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnswerTimes {
    /// By class, in the order of [`AnswerClass::ALL`].
    pub classes: [ClassTally; 3],
    /// How many took no longer than each of the [`BUCKETS`].
    pub within: [u64; BUCKETS.len()],
    /// How many there were.
    pub count: u64,
    /// The longest.
    pub slowest: Duration,
}

impl AnswerTimes {
    /// The shortest of the [`BUCKETS`] that so many per cent of the answers kept; where they kept none of those, the longest
    /// that any answer took. `None` when there were no answers.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<Duration> {
        let keeps = |within: u64| within * 100 >= self.count * percent;
        let bucket = self.within.iter().position(|within| keeps(*within)).map(|at| BUCKETS[at]);
        (self.count > 0).then(|| bucket.unwrap_or(self.slowest))
    }

    /// These and those.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = *self;
        both.add(other);
        both
    }

    fn add(&mut self, other: &Self) {
        for (class, more) in self.classes.iter_mut().zip(other.classes) {
            class.answered += more.answered;
            class.in_time += more.in_time;
        }
        for (count, more) in self.within.iter_mut().zip(other.within) {
            *count += more;
        }
        self.count += other.count;
        self.slowest = self.slowest.max(other.slowest);
    }
}

/// What became of the messages for a fagsystem in some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TryAccount {
    /// It accepted or rejected them.
    pub answered: u64,
    /// They were sent, and it gave no proper answer.
    pub unanswered: u64,
    /// They were not sent, for another reason than the fagsystem: it was paused, or lacked its secret here.
    pub not_tried: u64,
    /// They came in an hour that a service window touches.
    pub in_windows: u64,
    /// How long the answers took.
    pub times: AnswerTimes,
}

impl TryAccount {
    /// How many messages were sent to it.
    #[must_use]
    pub fn tries(&self) -> u64 {
        self.answered + self.unanswered
    }

    /// The share that was answered, in millionths and rounded down; `None` when nothing was sent.
    #[must_use]
    pub fn millionths(&self) -> Option<u32> {
        let share = (u128::from(self.answered) * 1_000_000).checked_div(self.tries().into())?;
        u32::try_from(share).ok()
    }

    /// How many may go unanswered of as many tries.
    #[must_use]
    pub fn allowance(&self, promise: Promise) -> u64 {
        let allowed = u128::from(self.tries()) * u128::from(1_000 - promise.thousandths()) / 1_000;
        u64::try_from(allowed).unwrap_or(u64::MAX)
    }

    /// How much of the allowance is used.
    #[must_use]
    pub fn strain(&self, promise: Promise) -> Strain {
        Strain::of(self.unanswered.into(), self.allowance(promise).into())
    }

    /// Whether the promise is kept by what was tried.
    #[must_use]
    pub fn verdict(&self, promise: Promise) -> Verdict {
        match self.strain(promise) {
            _ if self.tries() == 0 => Verdict::Unknown,
            Strain::Over => Verdict::Broken,
            _ => Verdict::Kept,
        }
    }

    fn add(&mut self, other: &Self) {
        self.answered += other.answered;
        self.unanswered += other.unanswered;
        self.not_tried += other.not_tried;
        self.in_windows += other.in_windows;
        self.times.add(&other.times);
    }
}

/// What became of the messages for one fagsystem that came in one hour.
#[derive(Debug, Clone, Copy)]
pub struct HourOfTries<'a> {
    /// When the hour began. Clocks in Denmark are whole hours from UTC, so that one promise holds for all of it.
    pub hour: Timestamp,
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// The fagsystem's id.
    pub fagsystem: &'a FagsystemId,
    /// What became of them, without regard to service windows.
    pub account: TryAccount,
}

/// A fagsystem, and what became of its messages under each promise, in the order of [`Promise::ALL`].
pub type FagsystemTries = HashMap<(Cvr, FagsystemId), [TryAccount; 2]>;

/// Adds hours up by part, fagsystem and promise. It holds no more than that, however many hours it is given.
#[derive(Debug)]
pub struct TryTally<'a> {
    parts: Vec<(Span, FagsystemTries)>,
    windows: &'a [ServiceWindow],
    cut_out: HashMap<(Cvr, FagsystemId), Spans>,
    /// The hour that came last, its part and its promise.
    last: Option<(Timestamp, Option<usize>, Promise)>,
}

impl<'a> TryTally<'a> {
    /// Nothing yet, for parts in the order of time.
    #[must_use]
    pub fn new(parts: &[Part], windows: &'a [ServiceWindow]) -> Self {
        let parts = parts.iter().map(|part| (part.span(), HashMap::new())).collect();
        Self { parts, windows, cut_out: HashMap::new(), last: None }
    }

    /// Adds an hour; one that is in no part is left out. A whole hour is cut out where a service window touches it: when in the
    /// hour a message came is not known.
    pub fn add(&mut self, tries: &HourOfTries<'_>) {
        let HourOfTries { hour, authority, fagsystem, account } = *tries;
        let (part, promise) = self.place(hour);
        let Some(part) = part else { return };
        let key = (authority, fagsystem.clone());
        let windows = self.windows;
        let of = || ServiceWindow::of_fagsystem(windows, authority, fagsystem);
        let whole = Span::new(hour, hour.checked_add(HOUR).unwrap_or(hour));
        let is_cut_out = !windows.is_empty() && self.cut_out.entry(key.clone()).or_insert_with(of).meets(whole);
        let counted = if is_cut_out {
            TryAccount { in_windows: account.tries() + account.not_tried, ..TryAccount::default() }
        } else {
            account
        };
        let accounts = self.parts[part].1.entry(key).or_default();
        accounts[usize::from(promise == Promise::OtherTimes)].add(&counted);
    }

    fn place(&mut self, hour: Timestamp) -> (Option<usize>, Promise) {
        match self.last {
            Some((last, part, promise)) if last == hour => (part, promise),
            _ => {
                let after = self.parts.partition_point(|(span, _)| span.begin <= hour);
                let part = after.checked_sub(1).filter(|at| hour < self.parts[*at].0.end);
                let promise = Promise::at(hour);
                self.last = Some((hour, part, promise));
                (part, promise)
            }
        }
    }

    /// What it adds up to, for each part.
    #[must_use]
    pub fn into_parts(self) -> Vec<FagsystemTries> {
        self.parts.into_iter().map(|(_, tries)| tries).collect()
    }
}
