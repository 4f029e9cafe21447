//! Rule books as documents may show them: without anything that may be the number of a person.
//!
//! People write names and notes freely. What they wrote stays in the window, where it can be mended; a document is passed on.

use std::collections::HashMap;
use std::sync::Arc;

use crate::rules::{
    Authority, Caseless, ContactGroup, ContactPoint, Criterion, Facts, Fagsystem, FagsystemId, Guard, KnownAuthority,
    PointDetails, Rule, RuleBook, without_cpr,
};

/// Leaves out what may be the number of a person: the same words are left out in the same way.
#[derive(Debug, Default)]
pub struct Presentable {
    left_out: HashMap<String, usize>,
}

impl Presentable {
    /// The words, or a placeholder for all of them.
    pub fn text(&mut self, words: &str) -> String {
        let harmless = without_cpr(words);
        if harmless == words {
            return words.to_owned();
        }
        let next = self.left_out.len() + 1;
        let number = *self.left_out.entry(words.to_owned()).or_insert(next);
        format!("{} {number})", harmless.trim_end_matches(')'))
    }

    pub fn name(&mut self, name: &Caseless) -> Caseless {
        if without_cpr(name.as_str()) == name.as_str() {
            name.clone()
        } else {
            Caseless::new(&self.text(name.folded()))
        }
    }

    pub fn book(&mut self, book: &RuleBook) -> Arc<RuleBook> {
        let mut shown = book.clone();
        for KnownAuthority { name, .. } in &mut shown.known_authorities {
            self.mend(name);
        }
        for authority in &mut shown.authorities {
            self.authority(authority);
        }
        Arc::new(shown)
    }

    /// What a rule looks at.
    pub fn criterion(&mut self, criterion: &mut Criterion) {
        match criterion {
            Criterion::ContactPoint(name) | Criterion::ContactGroup(name) => *name = self.name(name),
            _ => {}
        }
    }

    fn mend(&mut self, words: &mut String) {
        if without_cpr(words) != words.as_str() {
            *words = self.text(words);
        }
    }

    fn id(&mut self, id: &mut FagsystemId) {
        if without_cpr(id.as_str()) != id.as_str()
            && let Some(other) = FagsystemId::new(&self.text(id.as_str()))
        {
            *id = other;
        }
    }

    fn authority(&mut self, authority: &mut Authority) {
        self.mend(&mut authority.name);
        self.id(&mut authority.default_fagsystem);
        for Fagsystem { id, name, contact, note, .. } in &mut authority.fagsystems {
            self.id(id);
            for words in [name, contact, note] {
                self.mend(words);
            }
        }
        authority.contact_points.iter_mut().for_each(|point| self.contact_point(point));
        for rule in &mut authority.rules {
            if !is_presentable(rule) {
                let mut shown = Rule::clone(rule);
                self.id(&mut shown.fagsystem);
                self.criterion(&mut shown.criterion);
                self.mend(&mut shown.note);
                *rule = Arc::new(shown);
            }
        }
        for Guard { name, fagsystem, facts, .. } in &mut authority.guards {
            self.mend(name);
            self.id(fagsystem);
            self.facts(facts);
        }
    }

    fn contact_point(&mut self, point: &mut ContactPoint) {
        let ContactPoint { id, groups, title, details } = point;
        *id = self.name(id);
        for ContactGroup { name, above } in groups {
            *name = self.name(name);
            for name in above {
                *name = self.name(name);
            }
        }
        self.mend(title);
        let PointDetails { description, codes, search_terms, fields, .. } = details;
        self.mend(description);
        search_terms.iter_mut().chain(fields).for_each(|words| self.mend(words));
        for code in codes {
            for words in [&mut code.kind, &mut code.code, &mut code.name] {
                self.mend(words);
            }
        }
    }

    fn facts(&mut self, facts: &mut Facts) {
        if let Some(point) = &mut facts.contact_point {
            point.id = point.id.as_ref().map(|id| self.name(id));
            point.group = point.group.as_ref().map(|group| self.name(group));
        }
    }
}

/// Whether nothing of it must be left out. Rules are shared, and most are.
fn is_presentable(rule: &Rule) -> bool {
    let name = match &rule.criterion {
        Criterion::ContactPoint(name) | Criterion::ContactGroup(name) => name.as_str(),
        _ => "",
    };
    [name, &rule.note, rule.fagsystem.as_str()].into_iter().all(|words| without_cpr(words) == words)
}
