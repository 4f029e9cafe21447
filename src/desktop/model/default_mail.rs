//! How much of the mail rules decide, and what fell to the default recipient, grouped by what a rule could look at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::rules::{Caseless, Criterion, Facts, Kle, PostType, Sender};
use crate::store::DecidedDay;

/// How the journal marks a name that it has left out, because it might identify a person.
const LEFT_OUT_MARK: &str = "(udeladt";

/// The days whose mail is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// Today and the 29 days before.
    #[default]
    Month,
    /// Today and the 89 days before.
    Quarter,
    /// As far back as the journal goes.
    All,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::All];

    /// Its first day; `None` where it has no beginning. Days are those of UTC, as the journal counts them.
    pub fn first_day(self, now: Timestamp) -> Option<Date> {
        let today = utc_day(now);
        match self {
            Self::Month => Some(today.saturating_sub(29.days())),
            Self::Quarter => Some(today.saturating_sub(89.days())),
            Self::All => None,
        }
    }

    /// When it begins; `None` where it has no beginning.
    pub fn begin(self, now: Timestamp) -> Option<Timestamp> {
        self.first_day(now).map(begin_of)
    }
}

/// The day in UTC.
fn utc_day(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

/// When a day of UTC begins.
fn begin_of(day: Date) -> Timestamp {
    Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or_default()
}

/// How many messages were decided, and how many of them by a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decided {
    pub by_rule: u64,
    pub all: u64,
}

impl Decided {
    fn add(&mut self, day: &DecidedDay) {
        self.by_rule += day.by_rule;
        self.all += day.by_rule + day.by_default;
    }

    /// From 0 to 1; `None` where there are no messages.
    #[expect(clippy::cast_precision_loss, reason = "a point of a curve need not be exact")]
    pub fn share(self) -> Option<f32> {
        (self.all > 0).then(|| self.by_rule as f32 / self.all as f32)
    }
}

/// How far one step of the curve is from the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Step {
    #[default]
    Day,
    /// From Monday.
    Week,
}

/// How much rules decided, day by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Automation {
    days: Vec<DecidedDay>,
}

impl Automation {
    /// The days must be in order.
    pub fn of(days: Vec<DecidedDay>) -> Self {
        Self { days }
    }

    /// What was decided from that day on; of all days without one.
    pub fn since(&self, first: Option<Date>) -> Decided {
        self.sum(|day| first.is_none_or(|first| day >= first))
    }

    fn sum(&self, is_wanted: impl Fn(Date) -> bool) -> Decided {
        let mut decided = Decided::default();
        self.days.iter().filter(|day| is_wanted(day.day)).for_each(|day| decided.add(day));
        decided
    }

    /// What was decided in the month that begins with that day.
    pub fn in_month(&self, first: Date) -> Decided {
        self.sum(|day| day.first_of_month() == first)
    }

    /// The months before this one of which the journal knows any mail, the newest first, each by its first day.
    pub fn earlier_months(&self, now: Timestamp) -> Vec<Date> {
        let this = utc_day(now).first_of_month();
        let mut months: Vec<_> = self.days.iter().map(|day| day.day.first_of_month()).collect();
        months.dedup();
        months.retain(|month| *month < this);
        months.reverse();
        months
    }

    /// The steps from the first day of which anything is known through today: the first day of each, and what was decided
    /// in it.
    pub fn steps(&self, step: Step, now: Timestamp) -> Vec<(Date, Decided)> {
        let first_of = |day: Date| match step {
            Step::Day => day,
            Step::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
        };
        let Some(first) = self.days.first().map(|first| first_of(first.day)) else { return Vec::new() };
        let width = match step {
            Step::Day => 1.day(),
            Step::Week => 7.days(),
        };
        let last = first_of(utc_day(now));
        let mut steps: BTreeMap<Date, Decided> =
            first.series(width).take_while(|day| *day <= last).map(|day| (day, Decided::default())).collect();
        for day in &self.days {
            if let Some(decided) = steps.get_mut(&first_of(day.day)) {
                decided.add(day);
            }
        }
        steps.into_iter().collect()
    }

    /// How far along those steps a moment is, from 0 to 1; `None` if it is not within them.
    #[expect(clippy::cast_precision_loss, reason = "a place on a curve need not be exact")]
    pub fn along(steps: &[(Date, Decided)], step: Step, moment: Timestamp) -> Option<f32> {
        let width = match step {
            Step::Day => 1,
            Step::Week => 7,
        };
        let (begin, end) = (begin_of(steps.first()?.0), begin_of(steps.last()?.0.saturating_add(width.days())));
        let (passed, all) = (moment.duration_since(begin).as_secs(), end.duration_since(begin).as_secs());
        (0..all).contains(&passed).then(|| passed as f32 / all as f32)
    }
}

/// What messages are grouped by. A message has several of these, so groups of two kinds overlap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Facet {
    #[default]
    ContactPoint,
    KleMainGroup,
    KleGroup,
    Sender,
    ContactGroup,
    /// By post type, where there is no contact point.
    NoContactPoint,
}

impl Facet {
    pub const ALL: [Self; 6] = [
        Self::ContactPoint,
        Self::KleMainGroup,
        Self::KleGroup,
        Self::Sender,
        Self::ContactGroup,
        Self::NoContactPoint,
    ];

    /// The criterion by which a rule would take the message and all others of its group.
    fn criterion(self, facts: &Facts) -> Option<Criterion> {
        let point = facts.contact_point.as_ref();
        match self {
            Self::ContactPoint => Some(Criterion::ContactPoint(point?.id.clone()?)),
            Self::ContactGroup => Some(Criterion::ContactGroup(point?.group.clone()?)),
            Self::KleMainGroup => Some(Criterion::Kle(at_level(facts.kle?, 1).into())),
            Self::KleGroup => Some(Criterion::Kle(at_level(facts.kle?, 2).into())),
            Self::Sender => match facts.sender {
                Sender::Organisation(Some(cvr)) => Some(Criterion::SenderCvr(cvr)),
                _ => None,
            },
            Self::NoContactPoint if point.is_some() => None,
            Self::NoContactPoint => Some(Criterion::NoContactPoint(facts.post_type?)),
        }
    }
}

/// The number, or the one above it at that level.
fn at_level(number: Kle, level: usize) -> Kle {
    let above = std::iter::successors(Some(number), |number| number.above());
    above.filter(|above| above.level() >= level).last().unwrap_or(number)
}

/// Messages that fell to the default recipient and have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultGroup {
    /// What a rule that takes them all looks for.
    pub criterion: Criterion,
    pub messages: u64,
    /// How many of them a rule of the draft would take now.
    pub drafted: u64,
}

impl DefaultGroup {
    /// Whether a rule can be made of it: the journal leaves out names that might identify a person, and no rule can look
    /// for those.
    pub fn can_be_a_rule(&self) -> bool {
        let is_known = |name: &Caseless| !name.as_str().starts_with(LEFT_OUT_MARK);
        match &self.criterion {
            Criterion::ContactPoint(name) | Criterion::ContactGroup(name) => is_known(name),
            _ => true,
        }
    }
}

/// What fell to the default recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DefaultMail {
    /// How many messages in all.
    pub messages: u64,
    groups: [Vec<DefaultGroup>; Facet::ALL.len()],
}

impl DefaultMail {
    /// Its groups, the largest first.
    pub fn groups(&self, facet: Facet) -> &[DefaultGroup] {
        &self.groups[facet as usize]
    }
}

/// Sorts messages into groups as they are read.
#[derive(Debug, Default)]
pub struct DefaultMailSorter {
    groups: [HashMap<Criterion, (u64, u64)>; Facet::ALL.len()],
}

impl DefaultMailSorter {
    /// Adds that many messages with those facts. `is_drafted`: a rule of the draft would take them.
    pub fn add(&mut self, facts: &Facts, messages: u64, is_drafted: bool) {
        for facet in Facet::ALL {
            if let Some(criterion) = facet.criterion(facts) {
                let (all, drafted) = self.groups[facet as usize].entry(criterion).or_default();
                *all += messages;
                *drafted += if is_drafted { messages } else { 0 };
            }
        }
    }

    /// What it has sorted, of so many messages in all.
    pub fn finish(self, messages: u64) -> DefaultMail {
        let groups = self.groups.map(|groups| {
            let groups = groups.into_iter();
            let group = |(criterion, (messages, drafted))| DefaultGroup { criterion, messages, drafted };
            let mut groups: Vec<_> = groups.map(group).collect();
            groups.sort_by_cached_key(|group| (Reverse(group.messages), order(&group.criterion)));
            groups
        });
        DefaultMail { messages, groups }
    }
}

/// An order among groups of one kind with as many messages, the same each time.
fn order(criterion: &Criterion) -> String {
    match criterion {
        Criterion::ContactPoint(name) | Criterion::ContactGroup(name) => name.folded().to_owned(),
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => cvr.to_string(),
        Criterion::Kle(interval) => interval.to_string(),
        Criterion::Form(interval) => interval.to_string(),
        Criterion::NoContactPoint(PostType::Authority) => "1".to_owned(),
        Criterion::NoContactPoint(PostType::Company) => "2".to_owned(),
        Criterion::NoContactPoint(PostType::Unspecified) => "3".to_owned(),
    }
}
