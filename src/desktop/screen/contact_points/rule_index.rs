//! Which rules match the messages to a contact point. The router looks at the message only: a rule for a group matches
//! messages that name the group, whichever groups the contact point is in.

use std::collections::HashMap;
use std::sync::Arc;

use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Caseless, ContactPoint, Criterion, Rule, Segment};

/// A rule that names a contact point or one of its groups, or matches all messages.
#[derive(Debug, Clone)]
pub(super) struct RuleMatch {
    pub rule: Arc<Rule>,
    pub state: RuleState,
    /// Whether it gets any messages on the day that is shown: it is in force, and earlier rules leave some.
    pub has_effect: bool,
}

impl RuleMatch {
    /// Whether it matches only messages that name a group.
    pub fn is_by_group(&self) -> bool {
        matches!(self.rule.criterion, Criterion::ContactGroup(_))
    }

    /// Whether it gets all messages to the contact point.
    pub fn matches_everything(&self) -> bool {
        self.has_effect && !self.is_by_group() && self.rule.segment == Segment::Everyone
    }
}

/// The rules that name contact points and groups, by what they name.
#[derive(Debug)]
pub(super) struct RuleIndex<'a> {
    scene: Scene<'a>,
    by_id: HashMap<&'a Caseless, Vec<&'a Arc<Rule>>>,
    by_group: HashMap<&'a Caseless, Vec<&'a Arc<Rule>>>,
    /// Rules that match all messages to the authority.
    for_all: Vec<&'a Arc<Rule>>,
    /// Whether rules with other criteria are in force that may match messages to any contact point.
    pub has_other_rules: bool,
}

impl<'a> RuleIndex<'a> {
    pub fn of(scene: Scene<'a>) -> Self {
        let mut index = Self {
            scene,
            by_id: HashMap::new(),
            by_group: HashMap::new(),
            for_all: Vec::new(),
            has_other_rules: false,
        };
        for rule in &scene.authority.rules {
            match &rule.criterion {
                Criterion::ContactPoint(id) => index.by_id.entry(id).or_default().push(rule),
                Criterion::ContactGroup(name) => index.by_group.entry(name).or_default().push(rule),
                criterion if matches_all(criterion, scene.authority) => index.for_all.push(rule),
                Criterion::NoContactPoint(_) => {}
                _ => index.has_other_rules |= is_in_force(scene.state(rule)),
            }
        }
        index
    }

    /// The rules that match messages to the contact point, in order of priority.
    pub fn rules(&self, point: &ContactPoint) -> Vec<RuleMatch> {
        let by_group = point.groups.iter().filter_map(|group| self.by_group.get(&group.name));
        let named = self.by_id.get(&point.id).into_iter().chain(by_group).flatten();
        let mut rules: Vec<_> = named.chain(&self.for_all).copied().collect();
        rules.sort_unstable_by_key(|rule| rule.priority);
        // A contact point may be in two groups of the same name.
        rules.dedup_by_key(|rule| rule.priority);
        // What earlier rules match: all messages, or those that name a group, of a segment.
        let mut taken: Vec<(Option<&Caseless>, Segment)> = Vec::new();
        let rule_match = |rule: &'a Arc<Rule>| {
            let state = self.scene.state(rule);
            let group = match &rule.criterion {
                Criterion::ContactGroup(name) => Some(name),
                _ => None,
            };
            let leaves_nothing = |(of, segment): &(Option<&Caseless>, Segment)| {
                (of.is_none() || *of == group) && (*segment == Segment::Everyone || *segment == rule.segment)
            };
            let has_effect = is_in_force(state) && !taken.iter().any(leaves_nothing);
            if has_effect {
                taken.push((group, rule.segment));
            }
            RuleMatch { rule: Arc::clone(rule), state, has_effect }
        };
        rules.into_iter().map(rule_match).collect()
    }
}

fn is_in_force(state: RuleState) -> bool {
    matches!(state, RuleState::Active | RuleState::Expiring)
}

/// Whether the criterion matches all messages to the authority.
fn matches_all(criterion: &Criterion, authority: &Authority) -> bool {
    matches!(criterion, Criterion::RecipientCvr(cvr) if *cvr == authority.cvr && authority.more_cvrs.is_empty())
}
