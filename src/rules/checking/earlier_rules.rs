use std::collections::HashMap;

use super::days::{Days, Stretch};
use crate::rules::book::{Criterion, Rule};
use crate::rules::facts::SenderKind;
use crate::rules::segment_tree::SegmentTree;
use crate::rules::values::Cvr;

/// Of more rules than this that together cover another one, those that could be left out are not searched for: the search
/// takes time with the square of their number, and nobody reads a longer list.
const MAX_PRUNED: usize = 40;

/// A flag for each kind of sender, at [`SenderKind::index`].
pub(super) type SenderKinds = [bool; SenderKind::COUNT];

/// The days for each kind of sender, at [`SenderKind::index`].
type DaysBySender = [Days; SenderKind::COUNT];

/// A rule that is switched on and not over, with the senders and the days on which it can match.
#[derive(Debug, Clone, Copy)]
pub(super) struct LiveRule<'a> {
    pub rule: &'a Rule,
    pub senders: SenderKinds,
    pub days: Stretch,
}

impl LiveRule<'_> {
    /// Whether it has every day and every kind of sender of the other one.
    fn spans(&self, other: &Self) -> bool {
        let has_senders = self.senders.iter().zip(other.senders).all(|(own, others)| *own || !others);
        has_senders && self.days.0 <= other.days.0 && other.days.1 <= self.days.1
    }

    /// Whether it has a day and a kind of sender in common with the other one.
    fn meets(&self, other: &Self) -> bool {
        let shares_senders = self.senders.iter().zip(other.senders).any(|(own, others)| *own && others);
        shares_senders && self.days.0 <= other.days.1 && other.days.0 <= self.days.1
    }

    fn sender_indexes(&self) -> impl Iterator<Item = usize> + '_ {
        (0..SenderKind::COUNT).filter(|kind| self.senders[*kind])
    }
}

/// The rules that come before another one and can win, by what they look at. A rule is known by its position in `rules`.
///
/// A rule is held only against those that look at the same value, and those on the recipient's number, which match whatever
/// else a message says. Holding each against all earlier ones took a second for ten thousand rules.
pub(super) struct EarlierRules<'a> {
    rules: &'a [Option<LiveRule<'a>>],
    /// Those that require one value.
    by_value: HashMap<&'a Criterion, SameValue>,
    kle: Intervals<'a>,
    form: Intervals<'a>,
    /// The criterion that each of the authority's own numbers meets.
    recipients: Vec<Criterion>,
    /// The days on which rules on the recipient match every message, whichever of the authority's numbers it is sent to.
    everything: DaysBySender,
}

/// The rules that require the same value.
#[derive(Debug, Default)]
struct SameValue {
    rules: Vec<usize>,
    /// The days on which at least one of them applies.
    days: DaysBySender,
}

impl SameValue {
    fn add(&mut self, at: usize, rule: &LiveRule<'_>) {
        self.rules.push(at);
        for sender in rule.sender_indexes() {
            self.days[sender].add(rule.days);
        }
    }
}

impl<'a> EarlierRules<'a> {
    /// None yet, of these rules of an authority that receives for those numbers.
    pub fn before(rules: &'a [Option<LiveRule<'a>>], recipients: &[Cvr]) -> Self {
        let intervals = |is_of_kind: fn(&Criterion) -> bool| {
            let criteria = rules.iter().flatten().map(|rule| &rule.rule.criterion);
            Intervals::new(rules, criteria.filter(|it| is_of_kind(it)).filter_map(numbers))
        };
        Self {
            rules,
            by_value: HashMap::new(),
            kle: intervals(|it| matches!(it, Criterion::Kle(_))),
            form: intervals(|it| matches!(it, Criterion::Form(_))),
            recipients: recipients.iter().map(|cvr| Criterion::RecipientCvr(*cvr)).collect(),
            everything: Default::default(),
        }
    }

    /// Adds the rule at that position, which comes after those added before.
    pub fn add(&mut self, at: usize, rule: &LiveRule<'a>) {
        let criterion = &rule.rule.criterion;
        match (criterion, numbers(criterion)) {
            (Criterion::Kle(_), Some(numbers)) => self.kle.add(numbers, at),
            (Criterion::Form(_), Some(numbers)) => self.form.add(numbers, at),
            _ => self.by_value.entry(criterion).or_default().add(at, rule),
        }
        if matches!(criterion, Criterion::RecipientCvr(_)) {
            self.everything = self.everything_among(|recipient| self.by_value.get(recipient).map(|it| &it.days));
        }
    }

    /// The days on which all of the authority's numbers are matched, given those on which each is.
    fn everything_among<'d>(&self, days: impl Fn(&Criterion) -> Option<&'d DaysBySender>) -> DaysBySender {
        let each: Option<Vec<_>> = self.recipients.iter().map(days).collect();
        let Some(each) = each else { return Default::default() };
        std::array::from_fn(|sender| {
            let mut days = each.iter().map(|days| &days[sender]);
            let first = days.next().cloned().unwrap_or_default();
            days.fold(first, |shared, days| shared.shared_with(days))
        })
    }

    /// The rules that together match every message that this one would, in their order, none of which could be left out;
    /// `None` when something is left to it.
    pub fn covering(&self, rule: &LiveRule<'_>) -> Option<Vec<usize>> {
        if let Some(alone) = self.covering_alone(rule) {
            return Some(vec![alone]);
        }
        let own = self.by_value.get(&rule.rule.criterion).map(|it| &it.days);
        is_covered(rule, own, &self.everything).then(|| self.covering_together(rule))
    }

    /// The first rule that covers it alone.
    fn covering_alone(&self, rule: &LiveRule<'_>) -> Option<usize> {
        let among = |criterion: &Criterion| {
            let rules = self.by_value.get(criterion)?.rules.iter();
            rules.copied().find(|at| self.at(*at).is_some_and(|it| it.spans(rule)))
        };
        let criterion = &rule.rule.criterion;
        let alike = match (criterion, numbers(criterion)) {
            (Criterion::Kle(_), Some(numbers)) => self.kle.first_covering(numbers, rule),
            (Criterion::Form(_), Some(numbers)) => self.form.first_covering(numbers, rule),
            _ => among(criterion),
        };
        let everything = match self.recipients.as_slice() {
            [only] => among(only),
            _ => None,
        };
        alike.into_iter().chain(everything).min()
    }

    /// The rules that it takes to cover it, when it takes several.
    fn covering_together(&self, rule: &LiveRule<'_>) -> Vec<usize> {
        let own = (!self.recipients.contains(&rule.rule.criterion)).then_some(&rule.rule.criterion);
        let lists = self.recipients.iter().chain(own).filter_map(|it| self.by_value.get(it));
        let meets = |at: &usize| self.at(*at).is_some_and(|it| it.meets(rule));
        let mut covering: Vec<usize> = lists.flat_map(|list| list.rules.iter().copied()).filter(meets).collect();
        covering.sort_unstable();
        if covering.len() > MAX_PRUNED {
            return covering;
        }
        for at in (0..covering.len()).rev() {
            let mut fewer = covering.clone();
            fewer.remove(at);
            if self.would_cover(&fewer, rule) {
                covering = fewer;
            }
        }
        covering
    }

    /// Whether these rules alone would cover it.
    fn would_cover(&self, some: &[usize], rule: &LiveRule<'_>) -> bool {
        let mut by_value: HashMap<&Criterion, SameValue> = HashMap::new();
        for at in some {
            if let Some(earlier) = self.at(*at) {
                by_value.entry(&earlier.rule.criterion).or_default().add(*at, earlier);
            }
        }
        let everything = self.everything_among(|recipient| by_value.get(recipient).map(|it| &it.days));
        is_covered(rule, by_value.get(&rule.rule.criterion).map(|it| &it.days), &everything)
    }

    fn at(&self, at: usize) -> Option<&LiveRule<'a>> {
        self.rules[at].as_ref()
    }
}

/// Whether, on each of the rule's days and for each of its senders, either its own value is matched or everything is.
fn is_covered(rule: &LiveRule<'_>, own: Option<&DaysBySender>, everything: &DaysBySender) -> bool {
    rule.sender_indexes().all(|sender| match (own.map(|days| &days[sender]), &everything[sender]) {
        (Some(own), everything) if everything.is_empty() => own.cover(rule.days),
        (Some(own), everything) if !own.is_empty() => own.joined_with(everything).cover(rule.days),
        (_, everything) => everything.cover(rule.days),
    })
}

/// The rules on intervals of one classification. Only beginnings of intervals are looked up, so the tree is cut there alone.
struct Intervals<'a> {
    rules: &'a [Option<LiveRule<'a>>],
    /// In each node the last number of each rule's interval and its position, earlier rules first.
    tree: SegmentTree<Vec<(u32, usize)>>,
}

impl<'a> Intervals<'a> {
    fn new(rules: &'a [Option<LiveRule<'a>>], intervals: impl Iterator<Item = (u32, u32)>) -> Self {
        Self { rules, tree: SegmentTree::new(intervals.map(|(first, _)| first)) }
    }

    fn add(&mut self, numbers: (u32, u32), at: usize) {
        self.tree.store(numbers, |node| node.push((numbers.1, at)));
    }

    /// The first rule that covers the whole interval, which begins where one of the rules' intervals does, on all days and
    /// for all senders of that rule.
    fn first_covering(&self, (first, last): (u32, u32), rule: &LiveRule<'_>) -> Option<usize> {
        let covers =
            |&&(end, at): &&(u32, usize)| last <= end && self.rules[at].as_ref().is_some_and(|it| it.spans(rule));
        self.tree.around(first).filter_map(|node| node.iter().find(covers)).map(|(_, at)| *at).min()
    }
}

/// The first and the last number of a criterion on a classification.
fn numbers(criterion: &Criterion) -> Option<(u32, u32)> {
    match criterion {
        Criterion::Kle(interval) => Some((interval.lowest(), interval.highest())),
        Criterion::Form(interval) => Some((interval.lowest(), interval.highest())),
        _ => None,
    }
}
