//! A bar gets another end: what the rules become, and what that would do.

use std::sync::Arc;

use jiff::civil::Date;

use crate::rules::{Authority, Criterion, CriterionKind, Cvr, Days, Gap, Handover, Priority, Rule, RuleBook, Validity};

/// More rules than this are not gone through while a bar is being dragged.
const MOST_NEIGHBOURS: usize = 400;

/// An end of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The first day.
    First,
    /// The last day.
    Last,
}

/// An end of a bar that is being moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redating {
    pub rule: Priority,
    pub end: End,
    /// Where the end is now: the first or the last day; `None` for no last day.
    pub day: Option<Date>,
    /// The rule of another bar that ends or begins there, whose end moves along.
    pub with: Option<Priority>,
}

/// Why an end cannot be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotThere {
    /// This rule would end before it begins.
    Backwards { rule: Priority, from: Date, to: Date },
    /// There is no such rule any more.
    Gone(Priority),
}

impl Redating {
    /// The new dates of the rules that get others.
    pub fn dates(&self, authority: &Authority) -> Result<Vec<(Priority, Validity)>, NotThere> {
        let (own, other) = match (self.end, self.day) {
            (End::First, Some(day)) => {
                ((Some(day), None), day.yesterday().ok().map(|before| (None, Some(Some(before)))))
            }
            (End::First, None) => ((None, None), None),
            (End::Last, to) => ((None, Some(to)), to.and_then(|to| to.tomorrow().ok()).map(|next| (Some(next), None))),
        };
        let mut all = vec![(self.rule, redated(authority, self.rule, own)?)];
        if let (Some(with), Some(change)) = (self.with, other) {
            all.push((with, redated(authority, with, change)?));
        }
        let is_new = |(rule, validity): &(Priority, Validity)| {
            authority.rule(*rule).is_some_and(|rule| rule.validity != *validity)
        };
        all.retain(is_new);
        Ok(all)
    }
}

impl Redating {
    /// The day on which the second of two rules takes over from the first.
    pub fn changeover(&self) -> Option<Date> {
        match self.end {
            End::First => self.day,
            End::Last => self.day?.tomorrow().ok(),
        }
    }

    /// Its rule and the other one, the one that ends first.
    pub fn in_order(&self, with: Priority) -> (Priority, Priority) {
        match self.end {
            End::First => (with, self.rule),
            End::Last => (self.rule, with),
        }
    }
}

type Change = (Option<Date>, Option<Option<Date>>);

fn redated(authority: &Authority, priority: Priority, (from, to): Change) -> Result<Validity, NotThere> {
    let rule = authority.rule(priority).ok_or(NotThere::Gone(priority))?;
    let (from, to) = (from.unwrap_or(rule.validity.from()), to.unwrap_or(rule.validity.to()));
    let backwards = |_| NotThere::Backwards { rule: priority, from, to: to.unwrap_or(from) };
    Validity::new(from, to).map_err(backwards)
}

/// Gives rules of an authority new dates.
pub fn redate(authority: &mut Authority, dates: &[(Priority, Validity)]) {
    for (priority, validity) in dates {
        if let Some(rule) = authority.rules.iter_mut().find(|rule| rule.priority == *priority) {
            Arc::make_mut(rule).validity = *validity;
        }
    }
}

/// The rule of the bar that ends the day before another begins, or the other way round, and hands over there.
pub fn partner(authority: &Authority, handovers: &[Handover], rule: Priority, end: End) -> Option<Priority> {
    let day = |rule: Priority, end: End| {
        let validity = authority.rule(rule)?.validity;
        match end {
            End::First => Some(validity.from()),
            End::Last => validity.to()?.tomorrow().ok(),
        }
    };
    let meets = |handover: &&Handover| {
        day(handover.from, End::Last) == Some(handover.day) && day(handover.to, End::First) == Some(handover.day)
    };
    let meeting = handovers.iter().filter(meets);
    let partners = meeting.filter_map(|handover| match end {
        End::First => (handover.to == rule).then_some(handover.from),
        End::Last => (handover.from == rule).then_some(handover.to),
    });
    partners.min()
}

/// What new dates of rules lead to, for what these rules look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Days that go to the default recipient and did not before.
    pub gaps: Vec<Gap>,
    /// The rules of which earlier ones now take something on more days, and these.
    pub overlaps: Vec<(Priority, Days)>,
    /// Changes of fagsystem that were not there before.
    pub handovers: Vec<Handover>,
}

/// What new dates lead to; `None` when there are too many rules to say so at once.
pub fn outcome(book: &RuleBook, authority: &Authority, dates: &[(Priority, Validity)]) -> Option<Outcome> {
    let redated: Vec<&Rule> = dates.iter().filter_map(|(rule, _)| authority.rule(*rule)).collect();
    let is_near = |rule: &Rule| {
        CriterionKind::of(&rule.criterion) == CriterionKind::RecipientCvr
            || redated.iter().any(|it| touch(&it.criterion, &rule.criterion))
    };
    let near: Vec<Arc<Rule>> = authority.rules.iter().filter(|rule| is_near(rule)).cloned().collect();
    if near.len() > MOST_NEIGHBOURS {
        return None;
    }
    let mut small = RuleBook { known_authorities: book.known_authorities.clone(), authorities: Vec::new() };
    for other in &book.authorities {
        let mut bare = Authority { rules: Vec::new(), guards: Vec::new(), contact_points: Vec::new(), ..other.clone() };
        if other.cvr == authority.cvr {
            bare.rules.clone_from(&near);
        }
        small.authorities.push(bare);
    }
    let before = small.schedule(authority.cvr)?;
    small.authorities.iter_mut().filter(|it| it.cvr == authority.cvr).for_each(|it| redate(it, dates));
    let after = small.schedule(authority.cvr)?;
    let overlaps = after
        .rules
        .iter()
        .zip(&before.rules)
        .filter(|(after, before)| (&after.idle, &after.in_part) != (&before.idle, &before.in_part));
    let overlaps = overlaps.filter_map(|(after, before)| {
        let days = more(&joined(&after.idle, &after.in_part), &joined(&before.idle, &before.in_part));
        (!days.is_empty()).then_some((after.rule, days))
    });
    Some(Outcome {
        overlaps: overlaps.collect(),
        gaps: after.gaps.into_iter().filter(|gap| !before.gaps.contains(gap)).collect(),
        handovers: after.handovers.into_iter().filter(|it| !before.handovers.contains(it)).collect(),
    })
}

/// Whether the same message can meet both by this fact.
fn touch(one: &Criterion, other: &Criterion) -> bool {
    match (one, other) {
        (Criterion::Kle(one), Criterion::Kle(other)) => one.touches(*other),
        (Criterion::Form(one), Criterion::Form(other)) => one.touches(*other),
        _ => one == other,
    }
}

fn joined(one: &Days, other: &Days) -> Days {
    let mut all: Days = one.iter().chain(other).copied().collect();
    all.sort_unstable_by_key(|(from, _)| *from);
    let mut joined: Days = Vec::new();
    for (from, to) in all {
        match joined.last_mut() {
            Some((_, None)) => break,
            Some((_, end @ Some(_))) if end.and_then(|end| end.tomorrow().ok()).is_none_or(|next| from <= next) => {
                *end = end.zip(to).map(|(one, other)| one.max(other));
            }
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// The days of the first that are none of the second; both are in order and apart.
fn more(one: &Days, other: &Days) -> Days {
    let mut left = Days::new();
    for (from, to) in one {
        let mut from = Some(*from);
        for (taken, until) in other {
            let Some(begin) = from else { break };
            if until.is_some_and(|until| until < begin) || to.is_some_and(|to| to < *taken) {
                continue;
            }
            if begin < *taken {
                left.extend(taken.yesterday().ok().map(|before| (begin, Some(before))));
            }
            from = until.and_then(|until| until.tomorrow().ok()).filter(|next| to.is_none_or(|to| *next <= to));
        }
        left.extend(from.map(|from| (from, *to)));
    }
    left
}

/// The authority with that number, with new dates for some of its rules.
pub fn with_dates(book: &RuleBook, cvr: Cvr, dates: &[(Priority, Validity)]) -> RuleBook {
    let mut book = book.clone();
    book.authorities.iter_mut().filter(|authority| authority.cvr == cvr).for_each(|it| redate(it, dates));
    book
}
