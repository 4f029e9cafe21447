//! Rules on a contact point behind one on a group that it is listed in.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::rules::book::{Authority, ContactPoint, Criterion, Priority, Rule, Segment};
use crate::rules::values::Caseless;

/// An earlier rule that takes what names a group in which the contact point of another rule is listed.
///
/// It is not a fault: a message may go to the contact point without naming the group. But those that Digital Post brings
/// name the groups of the contact structure, so the later rule gets less than it seems to, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFirst {
    /// The earlier rule.
    pub rule: Priority,
    /// The group that it looks at.
    pub group: Caseless,
}

/// The rules on contact groups among others, to be asked which of them come first.
#[derive(Debug)]
pub struct GroupRules<'a> {
    points: HashMap<&'a Caseless, &'a ContactPoint>,
    /// With their positions, in order.
    by_group: HashMap<&'a Caseless, Vec<(usize, &'a Rule)>>,
    day: Date,
}

impl<'a> GroupRules<'a> {
    /// The rules of an authority in their order, as they are from that day on.
    #[must_use]
    pub fn of(authority: &'a Authority, order: &[&'a Rule], day: Date) -> Self {
        let mut by_group: HashMap<_, Vec<_>> = HashMap::new();
        for (at, rule) in order.iter().enumerate() {
            if let (true, Criterion::ContactGroup(group)) = (rule.active, &rule.criterion) {
                by_group.entry(group).or_default().push((at, *rule));
            }
        }
        // Without such rules, nobody asks for a point.
        let listed = authority.contact_points.iter().filter(|_| !by_group.is_empty());
        Self { points: listed.map(|point| (&point.id, point)).collect(), by_group, day }
    }

    /// Those that come before the rule at that position, and send to another fagsystem what is addressed to its contact point and
    /// names a group in which that is listed; in the order of the groups.
    #[must_use]
    pub fn before(&self, at: usize, rule: &Rule) -> Vec<GroupFirst> {
        let point = match &rule.criterion {
            Criterion::ContactPoint(id) if rule.active => self.points.get(id),
            _ => None,
        };
        let groups = point.into_iter().flat_map(|point| &point.groups);
        let first = groups.filter_map(|group| {
            let earlier = self.by_group.get(&group.name)?.iter().take_while(|(position, _)| *position < at);
            let is_same = |other: &Rule| other.fagsystem == rule.fagsystem;
            // One that takes all of it where it belongs leaves nothing to those after it.
            let mut earlier =
                earlier.map(|(_, other)| *other).take_while(|other| !is_same(other) || !self.covers(other, rule));
            let first = earlier.find(|other| !is_same(other) && self.meet(other, rule))?;
            Some(GroupFirst { rule: first.priority, group: group.name.clone() })
        });
        let mut found: Vec<GroupFirst> = Vec::new();
        for it in first {
            if !found.contains(&it) {
                found.push(it);
            }
        }
        found
    }

    /// Whether one matches whenever the other does, from that day on, if what they look at is the same.
    fn covers(&self, one: &Rule, other: &Rule) -> bool {
        let has_all_senders = one.segment == other.segment || one.segment == Segment::Everyone;
        let begins = one.validity.from() <= self.day.max(other.validity.from());
        let lasts = one.validity.to().is_none_or(|to| other.validity.to().is_some_and(|end| end <= to));
        has_all_senders && begins && lasts
    }

    /// Whether both can match one message, on that day or later.
    fn meet(&self, one: &Rule, other: &Rule) -> bool {
        let share_senders = one.segment == other.segment || [one.segment, other.segment].contains(&Segment::Everyone);
        let from = self.day.max(one.validity.from()).max(other.validity.from());
        let ends = [one.validity.to(), other.validity.to()];
        share_senders && ends.iter().flatten().all(|to| from <= *to)
    }
}
