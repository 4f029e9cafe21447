//! Which rules take the post to a contact point. The router goes by the message alone: a rule for a group takes what names
//! the group, whatever groups the contact point is in.

use std::collections::HashMap;
use std::sync::Arc;

use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Caseless, ContactPoint, Criterion, Rule, Segment};

/// A rule that names a contact point or one of its groups, or takes all post.
#[derive(Debug, Clone)]
pub(super) struct Taker {
    pub rule: Arc<Rule>,
    pub state: RuleState,
    /// Whether it takes anything today: it counts, and those before it leave something.
    pub takes: bool,
}

impl Taker {
    /// Whether it takes only what names a group.
    pub fn is_by_group(&self) -> bool {
        matches!(self.rule.criterion, Criterion::ContactGroup(_))
    }

    /// Whether it takes whatever comes to the contact point.
    pub fn takes_everything(&self) -> bool {
        self.takes && !self.is_by_group() && self.rule.segment == Segment::Everyone
    }
}

/// The rules that name contact points and groups, by what they name, in order of priority.
#[derive(Debug)]
pub(super) struct RuleIndex<'a> {
    scene: Scene<'a>,
    by_id: HashMap<&'a Caseless, Vec<&'a Arc<Rule>>>,
    by_group: HashMap<&'a Caseless, Vec<&'a Arc<Rule>>>,
    /// Those that look at nothing but that the post is the authority's.
    of_all: Vec<&'a Arc<Rule>>,
    /// Whether there are others that may take post to any contact point today, by what else it says.
    pub others_may_take: bool,
}

impl<'a> RuleIndex<'a> {
    pub fn of(scene: Scene<'a>) -> Self {
        let mut index =
            Self { scene, by_id: HashMap::new(), by_group: HashMap::new(), of_all: Vec::new(), others_may_take: false };
        for rule in &scene.authority.rules {
            match &rule.criterion {
                Criterion::ContactPoint(id) => index.by_id.entry(id).or_default().push(rule),
                Criterion::ContactGroup(name) => index.by_group.entry(name).or_default().push(rule),
                criterion if looks_at_all(criterion, scene.authority) => index.of_all.push(rule),
                Criterion::NoContactPoint(_) => {}
                _ => index.others_may_take |= counts(scene.state(rule)),
            }
        }
        index
    }

    /// The rules that name it, by id or by group, and those that take all post, in order of priority.
    pub fn takers(&self, point: &ContactPoint) -> Vec<Taker> {
        let by_group = point.groups.iter().filter_map(|group| self.by_group.get(&group.name));
        let named = self.by_id.get(&point.id).into_iter().chain(by_group).flatten();
        let mut rules: Vec<_> = named.chain(&self.of_all).copied().collect();
        rules.sort_unstable_by_key(|rule| rule.priority);
        // Groups of one name in two places of the tree.
        rules.dedup_by_key(|rule| rule.priority);
        // Of whom everything is taken, and what names a group.
        let mut taken: Vec<(Option<&Caseless>, Segment)> = Vec::new();
        let taker = |rule: &'a Arc<Rule>| {
            let state = self.scene.state(rule);
            let group = match &rule.criterion {
                Criterion::ContactGroup(name) => Some(name),
                _ => None,
            };
            let leaves_nothing = |(of, segment): &(Option<&Caseless>, Segment)| {
                (of.is_none() || *of == group) && (*segment == Segment::Everyone || *segment == rule.segment)
            };
            let takes = counts(state) && !taken.iter().any(leaves_nothing);
            if takes {
                taken.push((group, rule.segment));
            }
            Taker { rule: Arc::clone(rule), state, takes }
        };
        rules.into_iter().map(taker).collect()
    }
}

fn counts(state: RuleState) -> bool {
    matches!(state, RuleState::Active | RuleState::Expiring)
}

/// Whether all post of the authority fits, whatever it says.
fn looks_at_all(criterion: &Criterion, authority: &Authority) -> bool {
    matches!(criterion, Criterion::RecipientCvr(cvr) if *cvr == authority.cvr && authority.more_cvrs.is_empty())
}
