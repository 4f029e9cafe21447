use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::rules::{
    Authority, BrokenGuard, Cvr, Distributor, Finding, FindingKind, GroupFirst, GroupRules, Neighbours, Never,
    Priority, RuleBook, Severity,
};

/// What the analysis says of a rule book as its rules are from a day on.
#[derive(Debug, Default)]
pub struct DayReview {
    /// What it finds wrong or odd.
    pub findings: Vec<Finding>,
    /// What it finds that is usual, and good to know.
    pub information: Vec<Finding>,
    /// The rules of each authority that could be one with the next.
    pub neighbours: Vec<(Cvr, Neighbours)>,
    /// The guards that are broken, on that day or a later one; none while the book contradicts itself.
    pub broken_guards: Vec<BrokenGuard>,
    /// The rules that can never decide anything from that day on, and why not.
    never: HashMap<Cvr, BTreeMap<Priority, Never>>,
    /// The rules on contact points that come after one on a group of theirs.
    groups_first: HashMap<Cvr, BTreeMap<Priority, Vec<GroupFirst>>>,
}

impl DayReview {
    /// `distributor` decides by the book; `None` while it contradicts itself.
    pub fn of(book: &RuleBook, distributor: Option<&Distributor>, day: Date) -> Self {
        let mut findings = book.findings(day);
        let is_information = |finding: &mut Finding| finding.kind.severity() == Severity::Information;
        let information = findings.extract_if(.., is_information).collect();
        let mut never: HashMap<Cvr, BTreeMap<Priority, Never>> = HashMap::new();
        for finding in &findings {
            if let (Some(authority), FindingKind::Never { rule, why }) = (finding.authority, &finding.kind) {
                never.entry(authority).or_default().insert(*rule, why.clone());
            }
        }
        let pairs = |authority: &Authority| {
            let cvr = authority.cvr;
            authority.neighbours(day).into_iter().map(move |pair| (cvr, pair))
        };
        Self {
            findings,
            information,
            neighbours: book.authorities.iter().flat_map(pairs).collect(),
            broken_guards: distributor.map(|it| it.broken_guards(day)).unwrap_or_default(),
            never,
            groups_first: book.authorities.iter().map(|it| (it.cvr, groups_first(it, day))).collect(),
        }
    }

    /// The earlier rules that take what names a group of a rule's contact point.
    pub fn groups_first(&self, authority: Cvr, priority: Priority) -> &[GroupFirst] {
        self.groups_first.get(&authority).and_then(|rules| rules.get(&priority)).map_or(&[], Vec::as_slice)
    }

    /// Every rule that comes after one on a group of its contact point.
    pub fn after_groups(&self) -> impl Iterator<Item = (Cvr, Priority, &[GroupFirst])> {
        self.groups_first.iter().flat_map(|(cvr, rules)| rules.iter().map(|(rule, first)| (*cvr, *rule, &first[..])))
    }

    /// Why a rule can never decide anything; `None` if it can.
    pub fn never(&self, authority: Cvr, priority: Priority) -> Option<&Never> {
        self.never.get(&authority)?.get(&priority)
    }
}

fn groups_first(authority: &Authority, day: Date) -> BTreeMap<Priority, Vec<GroupFirst>> {
    let order = authority.rules_in_order();
    let groups = GroupRules::of(authority, &order, day);
    let first = order.iter().enumerate().map(|(at, rule)| (rule.priority, groups.before(at, rule)));
    first.filter(|(_, first)| !first.is_empty()).collect()
}
