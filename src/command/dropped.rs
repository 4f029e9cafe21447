use std::collections::BTreeSet;

use crate::rules::{
    Authority, ContactPoint, Fagsystem, Guard, KnownAuthority, PointDetails, Rule, RuleBook, Subject, Swap, without_cpr,
};

/// The most things of a kind that are named; further ones are counted.
const MAX_NAMED: usize = 20;

/// What one book has and another lacks: things that are gone, and fields that have become empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dropped {
    /// Each kind of thing, with the names of those dropped.
    kinds: Vec<(&'static str, Vec<String>)>,
}

impl Dropped {
    pub fn between(had: &RuleBook, new: &RuleBook) -> Self {
        let mut dropped = Self::default();
        for difference in had.compare(new) {
            match &difference.subject {
                Subject::KnownAuthority(swap) => dropped.known_authority(swap),
                Subject::Authority(Swap { before: Some(authority), after: None }) => dropped.authority(authority),
                Subject::MoreCvrs(Swap { before: Some(before), after: Some(after) }) => {
                    let gone = before.iter().filter(|cvr| !after.contains(cvr));
                    gone.for_each(|cvr| dropped.add("further CVR numbers", cvr));
                }
                Subject::Fagsystem(swap) => dropped.fagsystem(swap),
                Subject::ContactPoint(swap) => dropped.contact_point(swap),
                Subject::Rule(swap) => dropped.rule(swap.before.as_deref(), swap.after.as_deref()),
                Subject::Guard(swap) => dropped.guard(swap),
                Subject::Authority(_) | Subject::Name(_) | Subject::MoreCvrs(_) | Subject::DefaultFagsystem(_) => {}
            }
        }
        dropped
    }

    /// A line for each kind of thing.
    pub fn lines(&self) -> Vec<String> {
        let line = |(kind, names): &(&str, Vec<String>)| {
            let named: Vec<_> = names.iter().take(MAX_NAMED).map(|name| without_cpr(name)).collect();
            let more = names.len() - named.len();
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            format!("{kind}: {}{more}", named.join(", "))
        };
        self.kinds.iter().map(line).collect()
    }

    fn add(&mut self, kind: &'static str, name: &(impl ToString + ?Sized)) {
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, names)) => names.push(name.to_string()),
            None => self.kinds.push((kind, vec![name.to_string()])),
        }
    }

    fn known_authority(&mut self, swap: &Swap<KnownAuthority>) {
        match (&swap.before, &swap.after) {
            (Some(gone), None) => self.add("known authorities", &gone.cvr),
            (Some(before), Some(after)) if !before.name.is_empty() && after.name.is_empty() => {
                self.add("names of known authorities", &format!("{} ({})", before.name, before.cvr));
            }
            _ => {}
        }
    }

    fn authority(&mut self, gone: &Authority) {
        let (rules, points) = (gone.rules.len(), gone.contact_points.len());
        let with = format!("{} ({}), with rules: {rules}, contact points: {points}", gone.name, gone.cvr);
        self.add("authorities", &with);
    }

    fn fagsystem(&mut self, swap: &Swap<Fagsystem>) {
        let (before, after) = match (&swap.before, &swap.after) {
            (Some(gone), None) => return self.add("business systems", &gone.name),
            (Some(before), Some(after)) => (before, after),
            (None, _) => return,
        };
        let lacks = [
            ("notes of business systems", !before.note.is_empty() && after.note.is_empty()),
            ("contact persons of business systems", !before.contact.is_empty() && after.contact.is_empty()),
            ("limits of time for connecting", before.limits.connect.is_some() && after.limits.connect.is_none()),
            ("limits of time for answering", before.limits.answer.is_some() && after.limits.answer.is_none()),
            (
                "access (business systems would get mail without key or certificate)",
                !before.access.is_open() && after.access.is_open(),
            ),
        ];
        self.add_those(&lacks, &after.name);
    }

    fn contact_point(&mut self, swap: &Swap<ContactPoint>) {
        let title = |point: &ContactPoint| match point.title.as_str() {
            "" => point.id.to_string(),
            title => title.to_owned(),
        };
        let (before, after) = match (&swap.before, &swap.after) {
            (Some(gone), None) => return self.add("contact points", &title(gone)),
            (Some(before), Some(after)) => (before, after),
            (None, _) => return,
        };
        let groups: BTreeSet<_> = after.groups.iter().map(ToString::to_string).collect();
        let gone = before.groups.iter().map(ToString::to_string).filter(|group| !groups.contains(group));
        gone.for_each(|group| {
            self.add("contact groups of contact points", &format!("{group} of {}", title(before)));
        });
        let (old, new, name) = (&before.details, &after.details, title(before));
        self.add_those(&[("titles of contact points", !before.title.is_empty() && after.title.is_empty())], &name);
        self.add_those(&point_details(old, new), &name);
    }

    fn rule(&mut self, before: Option<&Rule>, after: Option<&Rule>) {
        let Some(before) = before else { return };
        let Some(after) = after else {
            return self.add("rules", &before.priority);
        };
        let lacks = [
            ("notes of rules", !before.note.is_empty() && after.note.is_empty()),
            ("last days of rules", before.validity.to().is_some() && after.validity.to().is_none()),
        ];
        self.add_those(&lacks, &after.priority.to_string());
    }

    fn guard(&mut self, swap: &Swap<Guard>) {
        match (&swap.before, &swap.after) {
            (Some(gone), None) => self.add("guards", &gone.name),
            (Some(before), Some(after)) if before.day.is_some() && after.day.is_none() => {
                self.add("days of guards", &after.name);
            }
            _ => {}
        }
    }

    fn add_those(&mut self, lacks: &[(&'static str, bool)], name: &str) {
        lacks.iter().filter(|(_, is_lacking)| *is_lacking).for_each(|(kind, _)| self.add(kind, name));
    }
}

fn point_details(old: &PointDetails, new: &PointDetails) -> [(&'static str, bool); 9] {
    [
        ("descriptions of contact points", !old.description.is_empty() && new.description.is_empty()),
        ("audiences of contact points", !old.audiences.is_empty() && new.audiences.is_empty()),
        ("largest sizes of contact points", old.largest.is_some() && new.largest.is_none()),
        ("most attachments of contact points", old.most_attachments.is_some() && new.most_attachments.is_none()),
        ("that contact points cannot be written to", !old.is_active && new.is_active),
        ("that contact points are not shown", !old.is_visible && new.is_visible),
        ("codes of contact points", !old.codes.is_empty() && new.codes.is_empty()),
        ("search terms of contact points", !old.search_terms.is_empty() && new.search_terms.is_empty()),
        ("fields of contact points", !old.fields.is_empty() && new.fields.is_empty()),
    ]
}
