use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::contact_point::ContactPoint;
use super::fagsystem::{Fagsystem, FagsystemId};
use super::known_authority::KnownAuthority;
use crate::rules::facts::{PostType, SenderKind};
use crate::rules::values::{Caseless, Cvr, FormNumbers, Interval, KleNumbers};

/// Everything that distribution goes by, as one value: a publication is one frozen, an export one printed.
///
/// Its serde form is that of the configuration file, with the Danish keys that the users know.
///
/// A book may be unfinished or wrong; [`RuleBook::compile`] says so and is the only way to a [`Distributor`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RuleBook {
    /// Senders that are authorities besides our own (*kendteMyndigheder*).
    #[serde(rename = "kendteMyndigheder")]
    pub known_authorities: Vec<KnownAuthority>,
    /// The receiving authorities. Each one's rules stand alone.
    #[serde(rename = "myndigheder")]
    pub authorities: Vec<Authority>,
}

impl RuleBook {
    /// The authority that is known by that CVR number; not one that merely answers for it.
    #[must_use]
    pub fn authority(&self, cvr: Cvr) -> Option<&Authority> {
        self.authorities.iter().find(|authority| authority.cvr == cvr)
    }

    /// The fagsystems on other machines to which nothing that is sent is encrypted, whatever their access, in the order of
    /// the book, each with its authority's number.
    pub fn in_clear(&self) -> impl Iterator<Item = (Cvr, &Fagsystem)> {
        let all = self.authorities.iter().flat_map(|it| it.fagsystems.iter().map(|fagsystem| (it.cvr, fagsystem)));
        all.filter(|(_, fagsystem)| fagsystem.endpoint.is_in_clear())
    }

    /// Rules that name one number, as the sender's or the recipient's, name another one from now on.
    pub fn replace_cvr(&mut self, from: Cvr, to: Cvr) {
        for rule in self.authorities.iter_mut().flat_map(|authority| &mut authority.rules) {
            let criterion = match rule.criterion {
                Criterion::SenderCvr(cvr) if cvr == from => Criterion::SenderCvr(to),
                Criterion::RecipientCvr(cvr) if cvr == from => Criterion::RecipientCvr(to),
                _ => continue,
            };
            Arc::make_mut(rule).criterion = criterion;
        }
    }
}

/// A receiving authority (*myndighed*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authority {
    /// The CVR number it is known by.
    pub cvr: Cvr,
    /// What people call it.
    #[serde(rename = "navn")]
    pub name: String,
    /// Further CVR numbers it answers for (*flereCvr*).
    #[serde(rename = "flereCvr")]
    pub more_cvrs: Vec<Cvr>,
    /// Gets what no rule covers (*opsamlingssystem*).
    #[serde(rename = "opsamlingssystem")]
    pub default_fagsystem: FagsystemId,
    /// The systems that can receive.
    #[serde(rename = "fagsystemer")]
    pub fagsystems: Vec<Fagsystem>,
    /// The addresses it offers to those who write to it.
    #[serde(rename = "kontaktpunkter")]
    pub contact_points: Vec<ContactPoint>,
    /// The rules, in any order: priority alone counts. Books that differ in one rule share the others.
    #[serde(rename = "regler")]
    pub rules: Vec<Arc<Rule>>,
}

impl Authority {
    /// All CVR numbers it answers for, the first one first.
    pub fn cvrs(&self) -> impl Iterator<Item = Cvr> + '_ {
        std::iter::once(self.cvr).chain(self.more_cvrs.iter().copied())
    }

    /// The fagsystem with that id.
    #[must_use]
    pub fn fagsystem(&self, id: &FagsystemId) -> Option<&Fagsystem> {
        self.fagsystems.iter().find(|fagsystem| fagsystem.id == *id)
    }

    /// The contact point with that id.
    #[must_use]
    pub fn contact_point(&self, id: &Caseless) -> Option<&ContactPoint> {
        self.contact_points.iter().find(|point| point.id == *id)
    }

    /// Whether it lists that contact point, or has a rule on it.
    #[must_use]
    pub fn names_contact_point(&self, id: &Caseless) -> bool {
        let is_named = |rule: &Arc<Rule>| matches!(&rule.criterion, Criterion::ContactPoint(named) if named == id);
        self.contact_point(id).is_some() || self.rules.iter().any(is_named)
    }

    /// Whether it lists a contact point in a group of that name, or has a rule on the group.
    #[must_use]
    pub fn names_contact_group(&self, name: &Caseless) -> bool {
        let is_named = |rule: &Arc<Rule>| matches!(&rule.criterion, Criterion::ContactGroup(named) if named == name);
        self.contact_points.iter().any(|point| point.is_in(name)) || self.rules.iter().any(is_named)
    }

    /// The rule with that priority.
    #[must_use]
    pub fn rule(&self, priority: Priority) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.priority == priority).map(Arc::as_ref)
    }

    /// All that goes to one fagsystem, by rules or as what no rule covers, goes to another one from now on.
    pub fn replace_fagsystem(&mut self, from: &FagsystemId, to: &FagsystemId) {
        for rule in self.rules.iter_mut().filter(|rule| rule.fagsystem == *from) {
            Arc::make_mut(rule).fagsystem.clone_from(to);
        }
        if self.default_fagsystem == *from {
            self.default_fagsystem.clone_from(to);
        }
    }

    /// The rules, highest priority (lowest number) first.
    #[must_use]
    pub fn rules_in_order(&self) -> Vec<&Rule> {
        let mut rules: Vec<_> = self.rules.iter().map(Arc::as_ref).collect();
        rules.sort_by_key(|rule| rule.priority);
        rules
    }
}

/// A rule's place in the order of evaluation: a whole number from 1, which is the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Priority(NonZeroU32);

impl Priority {
    /// Takes a number; `None` for 0.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// The number, 1 or more.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One condition, one fagsystem, a priority, a validity (*regel*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its place in the order, unique within the authority.
    #[serde(rename = "prioritet")]
    pub priority: Priority,
    /// Where the messages go that it takes.
    pub fagsystem: FagsystemId,
    /// Whose messages it takes.
    pub segment: Segment,
    /// The one fact that it looks at.
    #[serde(flatten)]
    pub criterion: Criterion,
    /// The days on which it counts.
    #[serde(flatten)]
    pub validity: Validity,
    /// Whether it is switched on.
    #[serde(rename = "aktiv")]
    pub active: bool,
    /// A word to colleagues; plays no part in decisions.
    pub note: String,
}

/// Who the sender must be (*segment*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Segment {
    /// Anybody (*alle*).
    #[serde(rename = "alle")]
    Everyone,
    /// A citizen (*person*).
    #[serde(rename = "person")]
    Person,
    /// A company (*virksomhed*).
    #[serde(rename = "virksomhed")]
    Company,
    /// An authority (*myndighed*).
    #[serde(rename = "myndighed")]
    Authority,
}

impl Segment {
    /// Each with its word in files.
    pub const WORDS: [(&str, Self); 4] = [
        ("alle", Self::Everyone),
        ("person", Self::Person),
        ("virksomhed", Self::Company),
        ("myndighed", Self::Authority),
    ];

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Everyone, Self::Person, Self::Company, Self::Authority];

    /// Whether a sender of that kind belongs to the segment.
    #[must_use]
    pub fn includes(self, sender: SenderKind) -> bool {
        match self {
            Self::Everyone => true,
            Self::Person => sender == SenderKind::Person,
            Self::Company => sender == SenderKind::Company,
            Self::Authority => sender == SenderKind::Authority,
        }
    }
}

/// The one fact of a message that a rule looks at (*regelelement*), and the value it wants (*regelværdi*).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "regelelement", content = "regelvaerdi")]
pub enum Criterion {
    /// The recipient's contact point has that id.
    #[serde(rename = "kontaktpunkt")]
    ContactPoint(Caseless),
    /// The recipient's contact point is in that group.
    #[serde(rename = "kontaktgruppe")]
    ContactGroup(Caseless),
    /// The sender is that CVR number.
    #[serde(rename = "afsenderCvr")]
    SenderCvr(Cvr),
    /// The recipient is that CVR number.
    #[serde(rename = "modtagerCvr")]
    RecipientCvr(Cvr),
    /// The message's KLE number lies in the interval.
    #[serde(rename = "kle")]
    Kle(Interval<KleNumbers>),
    /// The message's FORM number lies in the interval.
    #[serde(rename = "form")]
    Form(Interval<FormNumbers>),
    /// There is no recipient contact point, and the post type is the one named (*post uden kontaktpunkt*).
    #[serde(rename = "udenKontaktpunkt")]
    NoContactPoint(PostType),
}

/// The days on which a rule counts: calendar days in Denmark, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Validity {
    #[serde(rename = "gyldigFra")]
    from: Date,
    #[serde(rename = "gyldigTil", skip_serializing_if = "Option::is_none")]
    to: Option<Date>,
}

/// The last day lies before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the last day (gyldigTil) lies before the first (gyldigFra)")]
pub struct EndsBeforeStart;

impl Validity {
    /// From a first day through a last one, or without an end.
    ///
    /// # Errors
    ///
    /// [`EndsBeforeStart`].
    pub fn new(from: Date, to: Option<Date>) -> Result<Self, EndsBeforeStart> {
        if to.is_some_and(|to| to < from) { Err(EndsBeforeStart) } else { Ok(Self { from, to }) }
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day, or `None` without an end.
    #[must_use]
    pub fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether the rule counts on that day.
    #[must_use]
    pub fn includes(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}
