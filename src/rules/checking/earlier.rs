use std::collections::HashMap;

use super::days::{Days, Stretch};
use crate::rules::book::{Criterion, Rule};
use crate::rules::facts::SenderKind;
use crate::rules::values::Cvr;

/// More rules than this that together leave nothing to another are not searched for those that could be left out.
const MOST_PRUNED: usize = 40;

/// Which kinds of senders something is about, by [`SenderKind::index`].
pub(super) type Kinds = [bool; SenderKind::COUNT];

/// A rule that counts, with what of it can ever matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'a> {
    pub rule: &'a Rule,
    pub kinds: Kinds,
    pub days: Stretch,
}

impl Member<'_> {
    /// Whether it has every day and every kind of sender that the other one has.
    fn has_days_and_senders_of(&self, other: &Self) -> bool {
        let has_senders = self.kinds.iter().zip(other.kinds).all(|(own, others)| *own || !others);
        has_senders && self.days.0 <= other.days.0 && other.days.1 <= self.days.1
    }

    /// Whether it has any day and any kind of sender in common with the other one.
    fn meets(&self, other: &Self) -> bool {
        let shares_senders = self.kinds.iter().zip(other.kinds).any(|(own, others)| *own && others);
        shares_senders && self.days.0 <= other.days.1 && other.days.0 <= self.days.1
    }

    fn kinds(&self) -> impl Iterator<Item = usize> + '_ {
        (0..SenderKind::COUNT).filter(|kind| self.kinds[*kind])
    }
}

/// The rules that come before another and can win, by what they look at; each by its place in the order.
pub(super) struct Earlier<'a> {
    members: &'a [Option<Member<'a>>],
    /// Those that want one value.
    by_value: HashMap<&'a Criterion, Takers>,
    kle: Intervals<'a>,
    form: Intervals<'a>,
    /// What stands for each number of the authority among those that want one value.
    recipients: Vec<Criterion>,
    /// The days on which, for a kind of sender, a rule on the recipient's number takes whatever comes.
    everything: [Days; SenderKind::COUNT],
}

/// The rules that want a value.
#[derive(Debug, Default)]
struct Takers {
    rules: Vec<usize>,
    /// The days on which they take it, for each kind of sender.
    days: [Days; SenderKind::COUNT],
}

impl Takers {
    fn add(&mut self, at: usize, member: &Member<'_>) {
        self.rules.push(at);
        for kind in member.kinds() {
            self.days[kind].add(member.days);
        }
    }
}

impl<'a> Earlier<'a> {
    /// None yet, of these rules of an authority with those numbers.
    pub fn before(members: &'a [Option<Member<'a>>], recipients: &[Cvr]) -> Self {
        let intervals = |is_wanted: fn(&Criterion) -> bool| {
            let wanted = members.iter().flatten().filter(|member| is_wanted(&member.rule.criterion));
            Intervals::new(members, wanted.filter_map(|member| member.rule.criterion.stretch()))
        };
        Self {
            members,
            by_value: HashMap::new(),
            kle: intervals(|it| matches!(it, Criterion::Kle(_))),
            form: intervals(|it| matches!(it, Criterion::Form(_))),
            recipients: recipients.iter().map(|cvr| Criterion::RecipientCvr(*cvr)).collect(),
            everything: Default::default(),
        }
    }

    pub fn add(&mut self, at: usize, member: &Member<'a>) {
        let criterion = &member.rule.criterion;
        match (criterion, criterion.stretch()) {
            (Criterion::Kle(_), Some(stretch)) => self.kle.add(stretch, at),
            (Criterion::Form(_), Some(stretch)) => self.form.add(stretch, at),
            _ => self.by_value.entry(criterion).or_default().add(at, member),
        }
        if matches!(criterion, Criterion::RecipientCvr(_)) {
            self.everything = self.everything_among(|recipient| self.by_value.get(recipient).map(|it| &it.days));
        }
    }

    /// The days on which every number of the authority is taken, given those on which each is.
    fn everything_among<'d>(
        &self,
        days: impl Fn(&Criterion) -> Option<&'d [Days; SenderKind::COUNT]>,
    ) -> [Days; SenderKind::COUNT] {
        let each: Option<Vec<_>> = self.recipients.iter().map(days).collect();
        let Some(each) = each else { return Default::default() };
        std::array::from_fn(|kind| {
            let mut days = each.iter().map(|days| &days[kind]);
            let first = days.next().cloned().unwrap_or_default();
            days.fold(first, |shared, days| shared.shared_with(days))
        })
    }

    /// The rules that together take everything that this one would take, in their order; `None` when they leave it
    /// something.
    pub fn takers(&self, member: &Member<'_>) -> Option<Vec<usize>> {
        if let Some(alone) = self.taker(member) {
            return Some(vec![alone]);
        }
        let own = self.by_value.get(&member.rule.criterion).map(|it| &it.days);
        is_taken(member, own, &self.everything).then(|| self.together(member))
    }

    /// The first one that takes everything alone.
    fn taker(&self, member: &Member<'_>) -> Option<usize> {
        let among = |criterion: &Criterion| {
            let rules = self.by_value.get(criterion)?.rules.iter();
            rules.copied().find(|at| self.member(*at).is_some_and(|it| it.has_days_and_senders_of(member)))
        };
        let criterion = &member.rule.criterion;
        let alike = match (criterion, criterion.stretch()) {
            (Criterion::Kle(_), Some(stretch)) => self.kle.first_around(stretch, member),
            (Criterion::Form(_), Some(stretch)) => self.form.first_around(stretch, member),
            _ => among(criterion),
        };
        let everything = match self.recipients.as_slice() {
            [only] => among(only),
            _ => None,
        };
        alike.into_iter().chain(everything).min()
    }

    /// The rules that it takes to leave nothing to this one, when it takes several.
    fn together(&self, member: &Member<'_>) -> Vec<usize> {
        let own = (!self.recipients.contains(&member.rule.criterion)).then_some(&member.rule.criterion);
        let lists = self.recipients.iter().chain(own).filter_map(|it| self.by_value.get(it));
        let meets = |at: &usize| self.member(*at).is_some_and(|it| it.meets(member));
        let mut takers: Vec<usize> = lists.flat_map(|list| list.rules.iter().copied()).filter(meets).collect();
        takers.sort_unstable();
        if takers.len() > MOST_PRUNED {
            return takers;
        }
        for at in (0..takers.len()).rev() {
            let mut fewer = takers.clone();
            fewer.remove(at);
            if self.would_take(&fewer, member) {
                takers = fewer;
            }
        }
        takers
    }

    /// Whether these alone would take everything that the rule would take.
    fn would_take(&self, takers: &[usize], member: &Member<'_>) -> bool {
        let mut by_value: HashMap<&Criterion, Takers> = HashMap::new();
        for at in takers {
            if let Some(taker) = self.member(*at) {
                by_value.entry(&taker.rule.criterion).or_default().add(*at, taker);
            }
        }
        let everything = self.everything_among(|recipient| by_value.get(recipient).map(|it| &it.days));
        is_taken(member, by_value.get(&member.rule.criterion).map(|it| &it.days), &everything)
    }

    fn member(&self, at: usize) -> Option<&Member<'a>> {
        self.members[at].as_ref()
    }
}

/// Whether, on each of the rule's days and for each kind of sender, its own value is taken or everything is.
fn is_taken(
    member: &Member<'_>,
    own: Option<&[Days; SenderKind::COUNT]>,
    everything: &[Days; SenderKind::COUNT],
) -> bool {
    member.kinds().all(|kind| match (own.map(|days| &days[kind]), &everything[kind]) {
        (Some(own), everything) if everything.is_empty() => own.cover(member.days),
        (Some(own), everything) if !own.is_empty() => own.joined_with(everything).cover(member.days),
        (_, everything) => everything.cover(member.days),
    })
}

/// Rules on intervals of a classification, found by a number that they take: a segment tree, in which a rule stands in
/// at most twice as many nodes as the tree is high.
struct Intervals<'a> {
    members: &'a [Option<Member<'a>>],
    /// Where intervals begin, ascending; nobody asks for what lies between.
    begins: Vec<u32>,
    /// Leaf `n` is node `begins.len() + n`, and node `n` has the children `2n` and `2n + 1`. Each rule stands with the
    /// last number that it takes, and earlier ones stand first.
    nodes: Vec<Vec<(u32, usize)>>,
}

impl<'a> Intervals<'a> {
    fn new(members: &'a [Option<Member<'a>>], stretches: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut begins: Vec<_> = stretches.map(|(first, _)| first).collect();
        begins.sort_unstable();
        begins.dedup();
        Self { members, nodes: vec![Vec::new(); 2 * begins.len()], begins }
    }

    fn add(&mut self, (first, last): (u32, u32), at: usize) {
        let leaves = self.begins.len();
        let mut left = self.begins.partition_point(|begin| *begin < first) + leaves;
        let mut right = self.begins.partition_point(|begin| *begin <= last) + leaves;
        while left < right {
            if left % 2 == 1 {
                self.nodes[left].push((last, at));
                left += 1;
            }
            if right % 2 == 1 {
                right -= 1;
                self.nodes[right].push((last, at));
            }
            left /= 2;
            right /= 2;
        }
    }

    /// The first rule that takes the whole stretch, which begins where one of these does, on all days and from all
    /// senders of that one.
    fn first_around(&self, (first, last): (u32, u32), member: &Member<'_>) -> Option<usize> {
        let leaf = self.begins.partition_point(|begin| *begin < first) + self.begins.len();
        let path = std::iter::successors(Some(leaf), |node| Some(node / 2)).take_while(|node| *node > 0);
        let takes_it = |&&(end, at): &&(u32, usize)| {
            last <= end && self.members[at].as_ref().is_some_and(|it| it.has_days_and_senders_of(member))
        };
        let in_node = |node: usize| self.nodes[node].iter().find(takes_it).map(|(_, at)| *at);
        path.filter_map(in_node).min()
    }
}

impl Criterion {
    /// The first and the last number that a criterion on a classification takes.
    fn stretch(&self) -> Option<(u32, u32)> {
        match self {
            Self::Kle(interval) => Some((interval.lowest(), interval.highest())),
            Self::Form(interval) => Some((interval.lowest(), interval.highest())),
            _ => None,
        }
    }
}
