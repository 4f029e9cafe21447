use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::{Authority, Criterion, Priority, Rule, Segment};

impl Authority {
    /// The rules that take messages on `today` or will on a later day, in priority order.
    #[must_use]
    pub fn rules_in_force(&self, today: Date) -> Vec<&Rule> {
        self.rules_in_order().into_iter().filter(|rule| rule.counts_from(today)).collect()
    }

    /// The rules that can never win from `today` on, each with the first rule that takes everything from it.
    #[must_use]
    pub fn shadows(&self, today: Date) -> BTreeMap<Priority, Priority> {
        let shadowed = self.shadowed_rules(today).into_iter();
        shadowed.map(|(rule, by)| (rule.priority, by.priority)).collect()
    }

    /// The rules that can never win, in priority order, each with the first one that takes everything from it.
    ///
    /// That one is itself never shadowed, or else its own shadow would come first. So it is enough to hold each rule
    /// against the winners before it.
    pub(super) fn shadowed_rules(&self, today: Date) -> Vec<(&Rule, &Rule)> {
        let in_force = self.rules_in_force(today);
        let mut winners = Winners::among(&in_force);
        let mut shadowed = Vec::new();
        for rule in in_force {
            match winners.shadow_of(rule, today) {
                Some(by) => shadowed.push((rule, by)),
                None => winners.add(rule),
            }
        }
        shadowed
    }
}

/// Rules that nothing shadows, found by what they look at.
struct Winners<'a> {
    by_criterion: HashMap<&'a Criterion, Vec<&'a Rule>>,
    kle: Stretches<'a>,
    form: Stretches<'a>,
}

impl<'a> Winners<'a> {
    fn among(rules: &[&Rule]) -> Self {
        let begins = |is_wanted: fn(&Criterion) -> bool| {
            let wanted = rules.iter().filter(|rule| is_wanted(&rule.criterion));
            Stretches::new(wanted.filter_map(|rule| rule.criterion.stretch()).map(|(first, _)| first).collect())
        };
        Self {
            by_criterion: HashMap::new(),
            kle: begins(|it| matches!(it, Criterion::Kle(_))),
            form: begins(|it| matches!(it, Criterion::Form(_))),
        }
    }

    fn add(&mut self, rule: &'a Rule) {
        match (&rule.criterion, rule.criterion.stretch()) {
            (Criterion::Kle(_), Some(stretch)) => self.kle.add(stretch, rule),
            (Criterion::Form(_), Some(stretch)) => self.form.add(stretch, rule),
            (criterion, _) => self.by_criterion.entry(criterion).or_default().push(rule),
        }
    }

    fn shadow_of(&self, rule: &Rule, today: Date) -> Option<&'a Rule> {
        let is_shadow =
            |winner: &Rule| winner.priority < rule.priority && winner.takes_days_and_senders_of(rule, today);
        match (&rule.criterion, rule.criterion.stretch()) {
            (Criterion::Kle(_), Some(stretch)) => self.kle.first_around(stretch, is_shadow),
            (Criterion::Form(_), Some(stretch)) => self.form.first_around(stretch, is_shadow),
            (criterion, _) => self.by_criterion.get(criterion)?.iter().find(|winner| is_shadow(winner)).copied(),
        }
    }
}

/// Rules on stretches of a classification, found by a number that they take: a segment tree, in which a rule stands in
/// at most twice as many nodes as the tree is high.
struct Stretches<'a> {
    /// Where stretches begin, ascending; nobody asks for what lies between.
    begins: Vec<u32>,
    /// Leaf `n` is node `begins.len() + n`, and node `n` has the children `2n` and `2n + 1`. Each rule stands with the
    /// last number that it takes, and earlier ones stand first.
    nodes: Vec<Vec<(u32, &'a Rule)>>,
}

impl<'a> Stretches<'a> {
    fn new(mut begins: Vec<u32>) -> Self {
        begins.sort_unstable();
        begins.dedup();
        Self { nodes: vec![Vec::new(); 2 * begins.len()], begins }
    }

    fn add(&mut self, (first, last): (u32, u32), rule: &'a Rule) {
        let leaves = self.begins.len();
        let mut left = self.begins.partition_point(|begin| *begin < first) + leaves;
        let mut right = self.begins.partition_point(|begin| *begin <= last) + leaves;
        while left < right {
            if left % 2 == 1 {
                self.nodes[left].push((last, rule));
                left += 1;
            }
            if right % 2 == 1 {
                right -= 1;
                self.nodes[right].push((last, rule));
            }
            left /= 2;
            right /= 2;
        }
    }

    /// The rule with the lowest number that takes the whole stretch, which begins where one of these does.
    fn first_around(&self, (first, last): (u32, u32), fits: impl Fn(&Rule) -> bool) -> Option<&'a Rule> {
        let leaf = self.begins.partition_point(|begin| *begin < first) + self.begins.len();
        let path = std::iter::successors(Some(leaf), |node| Some(node / 2)).take_while(|node| *node > 0);
        let reaches = |&&(end, rule): &&(u32, &'a Rule)| last <= end && fits(rule);
        let in_node = |node: usize| self.nodes[node].iter().find(reaches).map(|(_, rule)| *rule);
        path.filter_map(in_node).min_by_key(|rule| rule.priority)
    }
}

impl Rule {
    /// Whether the rule takes messages today or will on a later day.
    pub(super) fn counts_from(&self, today: Date) -> bool {
        self.active && self.validity.to().is_none_or(|to| today <= to)
    }

    /// The first of the [rules in force](Authority::rules_in_force) that leaves nothing to this one, which comes later.
    #[must_use]
    pub fn shadow_among<'a>(&self, in_force: &[&'a Rule], today: Date) -> Option<&'a Rule> {
        let mut earlier = in_force.iter().take_while(|earlier| earlier.priority < self.priority);
        earlier.find(|earlier| self.counts_from(today) && earlier.takes_all_of(self, today)).copied()
    }

    /// Whether every message that the other rule would take from today on is one that this rule takes.
    #[must_use]
    pub fn takes_all_of(&self, other: &Rule, today: Date) -> bool {
        self.criterion.covers(&other.criterion) && self.takes_days_and_senders_of(other, today)
    }

    fn takes_days_and_senders_of(&self, other: &Rule, today: Date) -> bool {
        (self.segment == Segment::Everyone || self.segment == other.segment)
            && self.validity.covers(other.validity, today)
    }
}

impl Criterion {
    /// Whether every message that meets the other criterion meets this one.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Kle(wide), Self::Kle(narrow)) => wide.covers(*narrow),
            (Self::Form(wide), Self::Form(narrow)) => wide.covers(*narrow),
            _ => self == other,
        }
    }

    /// The first and the last number that a criterion on a classification takes.
    fn stretch(&self) -> Option<(u32, u32)> {
        match self {
            Self::Kle(interval) => Some((interval.lowest(), interval.highest())),
            Self::Form(interval) => Some((interval.lowest(), interval.highest())),
            _ => None,
        }
    }
}
