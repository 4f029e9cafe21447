use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::fault::{Fault, Problem};
use super::json_path::JsonPath;
use super::review::{Idle, Never, Review, Reviewed, taking};
use crate::rules::book::{Authority, Criterion, Fagsystem, FagsystemId, Priority, Rule, RuleBook};
use crate::rules::values::{Caseless, Cvr};

/// Something in a rule book that a person should look at: a [`Fault`], or what may well not be intended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it is.
    pub place: JsonPath,
    /// The authority it is in; `None` when it concerns the whole book.
    pub authority: Option<Cvr>,
    /// The rule it concerns, if it concerns one.
    pub rule: Option<Priority>,
    /// What it is.
    pub kind: FindingKind,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot work as written, and must be corrected.
    Fault,
    /// It may be intended.
    Warning,
    /// It is usual, and good to know.
    Information,
}

/// The kinds of findings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindingKind {
    /// The book contradicts itself.
    #[error("{0}")]
    Contradiction(Problem),
    /// A rule can never win.
    #[error("rule {rule} can never win: {why}")]
    Never {
        /// The rule that never wins.
        rule: Priority,
        /// Why not.
        why: Never,
    },
    /// A rule is valid on days on which earlier rules leave nothing to it, and decides on others.
    #[error("rule {rule} decides nothing {}: {} everything that it would take then", in_words(&.idle.periods), taking(&.idle.by))]
    SometimesIdle {
        /// The rule.
        rule: Priority,
        /// On which days, and why.
        idle: Idle,
    },
    /// A rule decides, but without it every message would go to the same fagsystem.
    #[error("rule {0} changes nothing: without it, every message would go to the same business system")]
    Redundant(Priority),
    /// Earlier rules take a part of what a rule matches to other fagsystems.
    #[error("{} a part of what rule {rule} matches to another business system", taking(.by))]
    Overlap {
        /// The rule.
        rule: Priority,
        /// The earlier rules, in order of priority: the first of them, where there are many.
        by: Vec<Priority>,
    },
    /// The default recipient never gets anything.
    #[error("nothing ever falls to the default recipient: {} everything", taking(.0))]
    DefaultUnreachable(Vec<Priority>),
    /// A rule's last day is near.
    #[error("rule {rule} expires on {to}")]
    ExpiresSoon {
        /// The rule.
        rule: Priority,
        /// Its last day.
        to: Date,
    },
    /// A rule's last day has passed.
    #[error("rule {rule} expired on {to}")]
    Expired {
        /// The rule.
        rule: Priority,
        /// Its last day.
        to: Date,
    },
    /// Rules decide for a paused fagsystem. Its messages are refused as unavailable until it is resumed.
    #[error("the business system '{0}' is paused: what it should get is refused until it is resumed")]
    Paused(FagsystemId),
    /// A rule looks for a contact point that is not in the authority's list.
    #[error("the contact point '{0}' is in no list of this authority")]
    UnlistedContactPoint(Caseless),
    /// A rule looks for a contact group that none of the authority's contact points is in.
    #[error("the contact group '{0}' is in no list of this authority")]
    UnlistedContactGroup(Caseless),
    /// A fagsystem's secret would be sent unencrypted, so nothing is sent to it at all.
    #[error(
        "the business system '{0}' gets nothing: its secret would go unencrypted; give it an address that begins with https://"
    )]
    SecretUnencrypted(FagsystemId),
    /// Messages go to another machine unencrypted, where anybody on the way can read them.
    #[error(
        "the business system '{0}' gets messages unencrypted: on the way, others can read content and CPR numbers; give it an \
         address that begins with https://"
    )]
    Unencrypted(FagsystemId),
    /// A CVR number has a wrong check digit (modulus 11).
    #[error("the check digit of CVR number {0} does not fit; only test environments use such numbers")]
    CheckDigit(Cvr),
}

impl FindingKind {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Contradiction(_) | Self::Never { .. } => Severity::Fault,
            Self::Overlap { .. } => Severity::Information,
            _ => Severity::Warning,
        }
    }

    /// Whether its words say which rule it concerns.
    #[must_use]
    pub fn names_its_rule(&self) -> bool {
        matches!(
            self,
            Self::Never { .. }
                | Self::SometimesIdle { .. }
                | Self::Redundant(_)
                | Self::Overlap { .. }
                | Self::ExpiresSoon { .. }
                | Self::Expired { .. }
        )
    }

    /// Its word in the output of `postfordeler check --json` (*slags*), which scripts rely on.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Contradiction(_) => "selvmodsigelse",
            Self::Never { .. } => "aldrig",
            Self::SometimesIdle { .. } => "periodevis",
            Self::Redundant(_) => "overfloedig",
            Self::Overlap { .. } => "overlap",
            Self::DefaultUnreachable(_) => "opsamling_uopnaaelig",
            Self::ExpiresSoon { .. } => "udloeber",
            Self::Expired { .. } => "udloebet",
            Self::Paused(_) => "pauset",
            Self::UnlistedContactPoint(_) => "ukendt_kontaktpunkt",
            Self::UnlistedContactGroup(_) => "ukendt_kontaktgruppe",
            Self::SecretUnencrypted(_) | Self::Unencrypted(_) => "ukrypteret",
            Self::CheckDigit(_) => "kontrolciffer",
        }
    }
}

/// "from 2026-12-01 through 2026-12-24 and from 2027-02-01 on".
fn in_words(periods: &[(Date, Option<Date>)]) -> String {
    let words = periods.iter().map(|(from, to)| match to {
        Some(to) => format!("from {from} through {to}"),
        None => format!("from {from} on"),
    });
    words.collect::<Vec<_>>().join(" and ")
}

impl Finding {
    /// The most earlier rules that an [overlap](FindingKind::Overlap) of [`RuleBook::findings`] names.
    pub const MAX_OVERLAPS: usize = 6;
    /// A rule is said to [expire soon](FindingKind::ExpiresSoon) so many days before its last.
    pub const DAYS_OF_NOTICE: i32 = 30;

    /// The rules that cause it, by priority; none where it has no cause among the rules.
    #[must_use]
    pub fn by(&self) -> &[Priority] {
        match &self.kind {
            FindingKind::Never { why, .. } => why.by(),
            FindingKind::SometimesIdle { idle, .. } => &idle.by,
            FindingKind::Overlap { by, .. } | FindingKind::DefaultUnreachable(by) => by,
            _ => &[],
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind)
    }
}

impl RuleBook {
    /// What looks wrong in the book from `today` on, faults before warnings and these before information, each in the order
    /// of the book. What is said of rules is true of every message that there can be, on all those days.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{FindingKind, Never, Priority};
    /// # use postfordeler::rules::{Authority, Criterion, Fagsystem, FagsystemId, Rule, RuleBook, Validity};
    /// # let esdh = FagsystemId::new("esdh").unwrap();
    /// # let fagsystem = Fagsystem::new(esdh.clone(), "ESDH", "https://esdh.eksempel.dk/postmodtag".parse().unwrap());
    /// # let mut authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem);
    /// # let always = Validity::new(date(2020, 10, 25), None).unwrap();
    /// # let rule = |priority, kle: &str| {
    /// #     Rule::new(Priority::new(priority).unwrap(), Criterion::Kle(kle.parse().unwrap()), esdh.clone(), always).into()
    /// # };
    ///
    /// // The first rule is for all of 27, and leaves nothing to the second.
    /// authority.rules = vec![rule(10, "27"), rule(20, "27.36 - 27.48")];
    /// let book = RuleBook { authorities: vec![authority], ..RuleBook::default() };
    /// let findings = book.findings(date(2026, 11, 26));
    /// let (first, second) = (Priority::new(10).unwrap(), Priority::new(20).unwrap());
    /// assert_eq!(findings[0].kind, FindingKind::Never { rule: second, why: Never::Covered(vec![first]) });
    /// assert_eq!(findings[0].place.to_string(), "myndigheder[0].regler[1]");
    /// ```
    #[must_use]
    pub fn findings(&self, today: Date) -> Vec<Finding> {
        self.findings_naming(today, Finding::MAX_OVERLAPS)
    }

    /// The same, where an [overlap](FindingKind::Overlap) names at most that many rules.
    #[must_use]
    pub fn findings_naming(&self, today: Date, most_overlaps: usize) -> Vec<Finding> {
        let authority_cvrs = self.authority_cvrs();
        let mut list = Vec::new();
        self.contradictions(&mut list);
        let mut collector = Collector { authority: None, rule: None, list: &mut list };
        let known = JsonPath::top().key("kendteMyndigheder");
        for (index, authority) in self.known_authorities.iter().enumerate() {
            collector.check_digit(authority.cvr, known.at(index));
        }
        let authorities = JsonPath::top().key("myndigheder");
        for (index, authority) in self.authorities.iter().enumerate() {
            let review = Review::new(authority, &authority_cvrs, today);
            let mut found = Collector { authority: Some(authority.cvr), rule: None, list: &mut list };
            authority.findings(&authorities.at(index), &review, (today, most_overlaps), &mut found);
        }
        list.sort_by_key(|finding| finding.kind.severity());
        list
    }

    fn contradictions(&self, list: &mut Vec<Finding>) {
        let authorities = JsonPath::top().key("myndigheder");
        let places: Vec<_> = (0..self.authorities.len()).map(|at| authorities.at(at).to_string()).collect();
        list.extend(self.faults().into_iter().map(|Fault { place, problem }| {
            let written = place.to_string();
            let owner = places.iter().position(|of| written.starts_with(of.as_str()));
            let authority = owner.map(|at| self.authorities[at].cvr);
            Finding { place, authority, rule: None, kind: FindingKind::Contradiction(problem) }
        }));
    }
}

/// Collects findings about one authority or rule after the other.
struct Collector<'a> {
    authority: Option<Cvr>,
    rule: Option<Priority>,
    list: &'a mut Vec<Finding>,
}

impl Collector<'_> {
    fn add(&mut self, place: JsonPath, kind: FindingKind) {
        self.list.push(Finding { place, authority: self.authority, rule: self.rule, kind });
    }

    fn check_digit(&mut self, cvr: Cvr, place: JsonPath) {
        if !cvr.has_valid_check_digit() {
            self.add(place, FindingKind::CheckDigit(cvr));
        }
    }
}

impl Fagsystem {
    /// Whether others can read its secret or its messages on their way.
    fn exposure(&self) -> Option<FindingKind> {
        if !self.access.is_safe_at(&self.endpoint) {
            return Some(FindingKind::SecretUnencrypted(self.id.clone()));
        }
        self.endpoint.is_in_clear().then(|| FindingKind::Unencrypted(self.id.clone()))
    }
}

impl Authority {
    /// What may be wrong with the value that a rule of this authority requires.
    #[must_use]
    pub fn doubt(&self, criterion: &Criterion) -> Option<FindingKind> {
        let is_point = |id: &Caseless| self.contact_point(id).is_some();
        let is_group = |name: &Caseless| self.contact_points.iter().any(|point| point.is_in(name));
        doubt(criterion, is_point, is_group)
    }

    fn findings(
        &self,
        place: &JsonPath,
        review: &Review<'_>,
        (today, most_overlaps): (Date, usize),
        found: &mut Collector<'_>,
    ) {
        found.check_digit(self.cvr, place.key("cvr"));
        for (index, cvr) in self.more_cvrs.iter().enumerate() {
            found.check_digit(*cvr, place.key("flereCvr").at(index));
        }
        if self.is_paused(&self.default_fagsystem) {
            found.add(place.key("opsamlingssystem"), FindingKind::Paused(self.default_fagsystem.clone()));
        }
        let fagsystems = place.key("fagsystemer");
        for (index, fagsystem) in self.fagsystems.iter().enumerate() {
            if let Some(kind) = fagsystem.exposure() {
                found.add(fagsystems.at(index).key("endpoint"), kind);
            }
        }
        let points: HashSet<_> = self.contact_points.iter().map(|point| &point.id).collect();
        let groups: HashSet<_> =
            self.contact_points.iter().flat_map(|point| &point.groups).map(|group| &group.name).collect();
        let order = self.rules_in_order();
        let reviewed = review.of(&order);
        if let Some(by) = reviewed.closing() {
            found.add(place.key("opsamlingssystem"), FindingKind::DefaultUnreachable(by));
        }
        let positions: HashMap<_, _> =
            order.iter().enumerate().map(|(at, rule)| (std::ptr::from_ref(*rule), at)).collect();
        let notice = today.saturating_add(Finding::DAYS_OF_NOTICE.days());
        let rules = place.key("regler");
        for (index, rule) in self.rules.iter().enumerate() {
            let place = || rules.at(index);
            let priority = rule.priority;
            found.rule = Some(priority);
            match rule.validity.to() {
                Some(to) if to < today => {
                    found.add(place().key("gyldigTil"), FindingKind::Expired { rule: priority, to });
                }
                Some(to) if to <= notice && rule.active => {
                    found.add(place().key("gyldigTil"), FindingKind::ExpiresSoon { rule: priority, to });
                }
                _ => {}
            }
            if let Some(at) = positions.get(&Arc::as_ptr(rule)).copied() {
                reviewed.kinds(at, priority, most_overlaps).into_iter().for_each(|kind| found.add(place(), kind));
            }
            if let Some(doubt) = doubt(&rule.criterion, |id| points.contains(id), |name| groups.contains(name)) {
                found.add(place().key("regelvaerdi"), doubt);
            }
            if rule.is_live_from(today) && self.is_paused(&rule.fagsystem) {
                found.add(place().key("fagsystem"), FindingKind::Paused(rule.fagsystem.clone()));
            }
        }
    }

    fn is_paused(&self, id: &FagsystemId) -> bool {
        self.fagsystem(id).is_some_and(|fagsystem| !fagsystem.active)
    }
}

impl Reviewed<'_> {
    /// What is to be said of a rule.
    fn kinds(&self, at: usize, rule: Priority, most_overlaps: usize) -> Vec<FindingKind> {
        let mut kinds = Vec::new();
        kinds.extend(self.never(at).map(|why| FindingKind::Never { rule, why }));
        kinds.extend(self.idle(at).map(|idle| FindingKind::SometimesIdle { rule, idle }));
        kinds.extend(self.is_redundant(at).then_some(FindingKind::Redundant(rule)));
        let by = self.overlaps(at, most_overlaps);
        kinds.extend((!by.is_empty()).then_some(FindingKind::Overlap { rule, by }));
        kinds
    }
}

impl Rule {
    /// Whether the rule applies today or will on a later day.
    fn is_live_from(&self, today: Date) -> bool {
        self.active && self.validity.to().is_none_or(|to| today <= to)
    }
}

/// What may be wrong with the value, given which contact points and groups the authority lists.
fn doubt(
    criterion: &Criterion,
    is_point: impl Fn(&Caseless) -> bool,
    is_group: impl Fn(&Caseless) -> bool,
) -> Option<FindingKind> {
    match criterion {
        Criterion::ContactPoint(id) if !is_point(id) => Some(FindingKind::UnlistedContactPoint(id.clone())),
        Criterion::ContactGroup(name) if !is_group(name) => Some(FindingKind::UnlistedContactGroup(name.clone())),
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) if !cvr.has_valid_check_digit() => {
            Some(FindingKind::CheckDigit(*cvr))
        }
        _ => None,
    }
}
