use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::rules::{
    Authority, BrokenGuard, Cvr, Distributor, Finding, FindingKind, Neighbours, Never, Priority, RuleBook, Severity,
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
        }
    }

    /// Why a rule can never decide anything; `None` if it can.
    pub fn never(&self, authority: Cvr, priority: Priority) -> Option<&Never> {
        self.never.get(&authority)?.get(&priority)
    }
}
