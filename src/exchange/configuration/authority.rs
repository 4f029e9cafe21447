//! How an authority is read.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::format::AUTHORITY;
use super::reading::{Node, Reading};
use crate::exchange::json::Json;
use crate::rules::{Authority, Caseless, ContactPoint, Criterion, Cvr, Guard, Rule};
use crate::visible::as_seen;

impl Reading<'_> {
    pub(super) fn authority(&mut self, node: &Node<'_>) -> Option<Authority> {
        let object = self.shaped(node, &AUTHORITY)?;
        let cvr = self.required(&object, "cvr", Self::authority_cvr);
        let name = self.required(&object, "navn", Self::words);
        let more_cvrs = self.list(object.get("flereCvr"), Self::authority_cvr);
        let default_fagsystem = self.required(&object, "opsamlingssystem", Self::fagsystem_mentioned);
        let fagsystems =
            self.required(&object, "fagsystemer", |this, node| this.list(Some(node.clone()), Self::fagsystem));
        let list = object.get("fagsystemer");
        self.outline.lacks_fagsystems = !list.is_some_and(|list| matches!(list.json, Json::List(_)));
        let contact_points = self.list(object.get("kontaktpunkter"), Self::contact_point);
        let rules = self.required(&object, "regler", |this, node| {
            this.list(Some(node.clone()), |this, node| this.rule(node).map(Arc::new))
        });
        let guards = self.list(object.get("vagtmeddelelser"), Self::guard);
        self.outlines.push(std::mem::take(&mut self.outline));
        let (contact_points, mut rules, mut guards) = (contact_points?, rules?, guards?);
        if !self.is_kept {
            name_as_listed(&mut rules, &mut guards, &contact_points);
        }
        let cvr = cvr?;
        for guard in &mut guards {
            guard.facts.recipient.get_or_insert(cvr);
        }
        Some(Authority {
            cvr,
            name: name?,
            more_cvrs: more_cvrs?,
            default_fagsystem: default_fagsystem?,
            fagsystems: fagsystems?,
            contact_points,
            rules,
            guards,
        })
    }

    fn authority_cvr(&mut self, node: &Node<'_>) -> Option<Cvr> {
        let cvr = self.parsed(node)?;
        self.outline.cvrs.push((node.place.clone(), cvr));
        Some(cvr)
    }
}

/// Makes rules and guards name contact points and groups exactly as they are listed where the difference is invisible: other kinds of
/// space, or accents as separate characters.
fn name_as_listed(rules: &mut [Arc<Rule>], guards: &mut [Guard], points: &[ContactPoint]) {
    let is_odd = |name: &Caseless| !name.as_str().is_ascii();
    let names = points.iter().flat_map(|point| point.groups.iter().map(|group| &group.name));
    let (ids, names): (Vec<_>, Vec<_>) = (points.iter().map(|point| &point.id).collect(), names.collect());
    let (ids, names) = (Listed::new(&ids), Listed::new(&names));
    let listed_id = |id: &Caseless| (is_odd(id) || !ids.is_plain).then(|| ids.other(id)).flatten();
    let listed_name = |name: &Caseless| (is_odd(name) || !names.is_plain).then(|| names.other(name)).flatten();
    for point in guards.iter_mut().filter_map(|guard| guard.facts.contact_point.as_mut()) {
        if let Some(listed) = point.id.as_ref().and_then(listed_id) {
            point.id = Some(listed);
        }
        if let Some(listed) = point.group.as_ref().and_then(listed_name) {
            point.group = Some(listed);
        }
    }
    for rule in rules {
        let listed = match &rule.criterion {
            Criterion::ContactPoint(id) => listed_id(id).map(Criterion::ContactPoint),
            Criterion::ContactGroup(name) => listed_name(name).map(Criterion::ContactGroup),
            _ => None,
        };
        if let Some(listed) = listed {
            Arc::make_mut(rule).criterion = listed;
        }
    }
}

/// Listed names, to be found by their visible form.
struct Listed<'a> {
    names: HashSet<&'a Caseless>,
    seen: HashMap<Caseless, &'a Caseless>,
    /// Whether all are ASCII, so that no two different ones look alike.
    is_plain: bool,
}

impl<'a> Listed<'a> {
    fn new(names: &[&'a Caseless]) -> Self {
        let mut seen = HashMap::new();
        for name in names {
            seen.entry(Caseless::new(&as_seen(name.as_str()))).or_insert(*name);
        }
        Self {
            names: names.iter().copied().collect(),
            seen,
            is_plain: names.iter().all(|name| name.as_str().is_ascii()),
        }
    }

    /// The listed name that looks the same but is spelt with other characters.
    fn other(&self, name: &Caseless) -> Option<Caseless> {
        if self.names.contains(name) {
            return None;
        }
        self.seen.get(&Caseless::new(&as_seen(name.as_str()))).map(|listed| Caseless::clone(listed))
    }
}
