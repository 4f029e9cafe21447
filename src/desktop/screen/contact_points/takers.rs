//! Which rules take the post to a contact point.

use std::collections::HashMap;
use std::sync::Arc;

use crate::desktop::naming::RuleState;
use crate::desktop::screen::Scene;
use crate::rules::{Caseless, ContactPoint, Criterion, Rule, Segment};

/// A rule that names a contact point or one of its groups.
#[derive(Debug, Clone)]
pub(super) struct Taker {
    pub rule: Arc<Rule>,
    pub state: RuleState,
    /// Whether it takes anything today: it counts, and those before it leave something.
    pub takes: bool,
}

/// The rules that name contact points and groups, by what they name, in order of priority.
#[derive(Debug)]
pub(super) struct RuleIndex<'a> {
    scene: Scene<'a>,
    by_id: HashMap<&'a Caseless, Vec<&'a Arc<Rule>>>,
    by_group: HashMap<&'a Caseless, Vec<&'a Arc<Rule>>>,
}

impl<'a> RuleIndex<'a> {
    pub fn of(scene: Scene<'a>) -> Self {
        let mut index = Self { scene, by_id: HashMap::new(), by_group: HashMap::new() };
        for rule in &scene.authority.rules {
            match &rule.criterion {
                Criterion::ContactPoint(id) => index.by_id.entry(id).or_default().push(rule),
                Criterion::ContactGroup(name) => index.by_group.entry(name).or_default().push(rule),
                _ => {}
            }
        }
        index
    }

    /// The rules that name it, by id or by group, in order of priority.
    pub fn takers(&self, point: &ContactPoint) -> Vec<Taker> {
        let by_group = point.groups.iter().filter_map(|group| self.by_group.get(&group.name));
        let mut rules: Vec<_> = self.by_id.get(&point.id).into_iter().chain(by_group).flatten().copied().collect();
        rules.sort_unstable_by_key(|rule| rule.priority);
        // Groups of one name in two places of the tree.
        rules.dedup_by_key(|rule| rule.priority);
        let mut taken = Vec::new();
        let taker = |rule: &Arc<Rule>| {
            let state = self.scene.state(rule);
            let counts = matches!(state, RuleState::Active | RuleState::Expiring);
            let takes = counts && !taken.contains(&Segment::Everyone) && !taken.contains(&rule.segment);
            if takes {
                taken.push(rule.segment);
            }
            Taker { rule: Arc::clone(rule), state, takes }
        };
        rules.into_iter().map(taker).collect()
    }
}
