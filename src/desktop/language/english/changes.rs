//! What differs between two books, and what was done, in English sentences.

use super::super::{ChangesTexts, HistoryTexts, Sides, joined};
use super::access::access;
use super::contact_points::change as contact_point;
use super::counted;
use super::rules::{listed, never, post, sentence, validity};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::{Names, fagsystem_name};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::rules::{
    Authority, Cvr, Difference, Fagsystem, FindingKind, KnownAuthority, Obstacle, Rule, Seconds, Segment, Subject, Swap,
};

pub(super) const TEXTS: ChangesTexts = ChangesTexts {
    title: "Changes",
    count: |count, based_on| match count {
        0 => format!("The draft says the same as publication {based_on}"),
        _ => format!("{} compared with publication {based_on}", counted(count as u64, "change")),
    },
    none: "No changes are waiting to be published. Whatever you change in rules and business systems gathers here until \
           you publish it.",
    drop_all: "Discard all",
    revert: "Take the change back",
    cannot_revert: |it| format!("Cannot be taken back on its own: {}", obstacle(it)),
    behind: |based_on, newest| {
        format!(
            "The draft builds on publication {based_on}, but publication {newest} is in force now. Carry the changes \
             over to be able to publish them."
        )
    },
    carry_over: "Carry the changes over",
    back_to: |number| format!("Back to publication {number}"),
    carried: |left_behind| match left_behind {
        0 => "The changes now build on the newest publication".to_owned(),
        1 => "1 change could not be carried over; it is listed under Changes".to_owned(),
        _ => format!(
            "{} could not be carried over; they are listed under Changes",
            counted(left_behind as u64, "change")
        ),
    },
    left_behind: "Could not be carried over",
    forget: "Forget them",
    obstacle,
    publish_title: "Publish",
    publish: "Publish and put in force",
    in_clear: |count| match count {
        1 => "Mail to this business system would go unencrypted. On the way, others can read content and CPR numbers."
            .to_owned(),
        _ => format!(
            "Mail to these {count} business systems would go unencrypted. On the way, others can read content and CPR \
             numbers."
        ),
    },
    publish_in_clear: "Publish all the same",
    not_in_clear: "Do not publish",
    published: |number| format!("Publication {number} is in force"),
    effect: "What it does to the mail",
    working_out: "Working it out …",
    findings: "Check of the rules",
    found: |count| format!("{} to look at in the rules", counted(count as u64, "thing")),
    first_of: |count| format!("(the first of {count} of its kind)"),
    no_findings: "No rules contradict or shadow one another.",
    finding,
    rules: listed,
    more: |count| format!("and {count} more"),
    note: "Note on the publication",
    note_example: "Why are the rules changing?",
    note_missing: "Write why the rules are changing. It is shown in the history.",
    everywhere: "For all authorities",
    sentence: change,
};

pub(super) const HISTORY: HistoryTexts = HistoryTexts {
    title: "Publications",
    count: |count| match count {
        1 => "1 publication".to_owned(),
        _ => format!("{}, the newest first", counted(count as u64, "publication")),
    },
    number: "No.",
    time: "Published",
    who: "By",
    note: "Note",
    in_force: "In force",
    none: "There are no publications yet.",
    compare: "Compare with",
    before: "The publication before",
    draft: "The draft as it is now",
    publication: |number| format!("Publication {number}"),
    restore: "Bring it back as the draft",
    same: "They say the same.",
};

pub(super) fn edit(edit: &DraftEdit) -> String {
    match edit {
        DraftEdit::RuleAdded(priority) => format!("Rule {priority} added"),
        DraftEdit::RuleChanged(priority) => format!("Rule {priority} changed"),
        DraftEdit::RulesCloned(rules) => format!("{} added as {}", listed(rules), one_or(rules, "a copy", "copies")),
        DraftEdit::RulesDeleted(rules) => format!("{} deleted", listed(rules)),
        DraftEdit::RulesMoved(rules) => format!("{} moved", listed(rules)),
        DraftEdit::RulesSwitched { rules, on: true } => format!("{} switched on", listed(rules)),
        DraftEdit::RulesSwitched { rules, on: false } => format!("{} switched off", listed(rules)),
        DraftEdit::RulesRedirected(rules, name) => {
            format!("{} now {} to {name}", listed(rules), one_or(rules, "sends", "send"))
        }
        DraftEdit::RulesLimited(rules) => format!("{} {} new dates", listed(rules), one_or(rules, "has", "have")),
        DraftEdit::RulesAddressed(rules) => format!("{} {} a new segment", listed(rules), one_or(rules, "has", "have")),
        DraftEdit::NumbersSpread => "Numbers spread evenly: 10, 20, 30 …".to_owned(),
        DraftEdit::FagsystemSwitched { from, to } => format!("Business system switched from {from} to {to}"),
        DraftEdit::FagsystemAdded(name) => format!("Business system {name} added"),
        DraftEdit::FagsystemChanged(name) => format!("Business system {name} changed"),
        DraftEdit::FagsystemDeleted(name) => format!("Business system {name} deleted"),
        DraftEdit::FagsystemReplaced { from, to } => format!("{to} has taken over everything from {from}"),
        DraftEdit::AuthorityAdded(name) => format!("Authority {name} added"),
        DraftEdit::AuthorityChanged(name) => format!("Authority {name} changed"),
        DraftEdit::AuthorityDeleted(name) => format!("Authority {name} deleted"),
        DraftEdit::KnownAuthorityAdded(name) => format!("{name} added as a known authority"),
        DraftEdit::KnownAuthorityChanged(name) => format!("Known authority {name} changed"),
        DraftEdit::KnownAuthorityDeleted(name) => format!("{name} removed as a known authority"),
        DraftEdit::DefaultChosen(name) => format!("{name} made the default recipient"),
        DraftEdit::ContactPointAdded(name) => format!("Contact point {name} added"),
        DraftEdit::ContactPointChanged(name) => format!("Contact point {name} changed"),
        DraftEdit::ContactPointDeleted(name) => format!("Contact point {name} deleted"),
        DraftEdit::DifferenceReverted => "One change taken back".to_owned(),
        DraftEdit::FilesImported(names) => format!("Taken in from {names}"),
        DraftEdit::DraftDropped => "All changes discarded".to_owned(),
        DraftEdit::Restored(number) => format!("Publication {number} brought back as the draft"),
    }
}

fn one_or<'a, T>(things: &[T], one: &'a str, many: &'a str) -> &'a str {
    if things.len() == 1 { one } else { many }
}

pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Changed => "It has been changed in another way meanwhile.".to_owned(),
        Obstacle::PriorityTaken(priority) => format!("Another rule has number {priority}."),
        Obstacle::AlreadyThere => "It is there already, with other content.".to_owned(),
        Obstacle::NoFagsystem(id) => format!("There is no business system {id}."),
        Obstacle::FagsystemNeeded(id) => format!("The business system {id} is still needed."),
        Obstacle::NoAuthority(cvr) => format!("There is no authority {cvr}."),
    }
}

fn finding(authority: &Authority, error: &FindingKind) -> String {
    match error {
        FindingKind::Contradiction(problem) => format!("The rules contradict each other: {problem}"),
        FindingKind::Never { rule, why } => never(&format!("Rule {rule}"), why),
        FindingKind::Expired { rule, to } => format!("Rule {rule} expired on {}.", date_text(*to)),
        FindingKind::Paused(id) => {
            let name = fagsystem_name(authority, id);
            format!("{name} is paused: its mail stays in Digital Post until it is back in use.")
        }
        FindingKind::UnlistedContactPoint(id) => format!(
            "The contact point {id} is not on the list. A rule for it takes mail only if the contact point exists in Digital Post."
        ),
        FindingKind::UnlistedContactGroup(name) => format!(
            "The contact group {name} is not on the list. A rule for it takes mail only if the group exists in Digital Post."
        ),
        FindingKind::SecretUnencrypted(id) => {
            let name = fagsystem_name(authority, id);
            format!("{name} gets no mail: its key would go unencrypted. Give it an address with https://.")
        }
        FindingKind::Unencrypted(id) => {
            let name = fagsystem_name(authority, id);
            format!(
                "{name} gets its mail unencrypted: on the way, others can read content and CPR numbers. Give it an \
                 address with https://."
            )
        }
        FindingKind::CheckDigit(cvr) => format!("CVR no. {cvr}: the check digit does not fit."),
    }
}

fn change(sides: &Sides<'_>, difference: &Difference) -> String {
    match &difference.subject {
        Subject::KnownAuthority(swap) => known(swap),
        Subject::Authority(Swap { after: Some(new), .. }) => {
            format!("New authority: {} (CVR {}) with {}", new.name, new.cvr, counted(new.rules.len() as u64, "rule"))
        }
        Subject::Authority(Swap { before, .. }) => {
            let old = before.as_ref().map(|old| format!("{} (CVR {})", old.name, old.cvr)).unwrap_or_default();
            format!("The authority {old} is deleted")
        }
        Subject::Name(swap) => {
            let name = |name: Option<&String>| name.cloned().unwrap_or_default();
            let (after, before) = (name(swap.after.as_ref()), name(swap.before.as_ref()));
            format!("The authority is now called {after} instead of {before}")
        }
        Subject::MoreCvrs(swap) => {
            let list = |cvrs: Option<&Vec<Cvr>>| match cvrs {
                Some(cvrs) if !cvrs.is_empty() => joined(cvrs, "and"),
                _ => "none".to_owned(),
            };
            let (after, before) = (list(swap.after.as_ref()), list(swap.before.as_ref()));
            format!("The authority's other CVR numbers are now {after} instead of {before}")
        }
        Subject::DefaultFagsystem(swap) => {
            let name = |id: Option<_>| id.map_or_else(String::new, |id| sides.fagsystem(id));
            let (after, before) = (name(swap.after.as_ref()), name(swap.before.as_ref()));
            match (&swap.before, &swap.after) {
                (None, _) => format!("The default recipient is {after}"),
                (_, None) => format!("The default recipient was {before}"),
                _ => format!("The default recipient is now {after} instead of {before}"),
            }
        }
        Subject::Fagsystem(swap) => fagsystem(swap),
        Subject::ContactPoint(swap) => contact_point(swap),
        Subject::Rule(swap) => match (&swap.before, &swap.after) {
            (None, Some(new)) => format!("New rule {}: {}", new.priority, whole(sides.after, new)),
            (Some(old), None) => format!("Rule {} is deleted: {}", old.priority, whole(sides.before, old)),
            (Some(old), Some(new)) => rule(sides, old, new),
            (None, None) => String::new(),
        },
    }
}

fn whole(names: Option<Names<'_>>, rule: &Rule) -> String {
    names.map_or_else(String::new, |names| sentence(names, rule))
}

fn known(swap: &Swap<KnownAuthority>) -> String {
    let whose = |it: &KnownAuthority| match it.name.as_str() {
        "" => format!("CVR no. {}", it.cvr),
        name => format!("CVR no. {} ({name})", it.cvr),
    };
    match (&swap.before, &swap.after) {
        (Some(old), Some(new)) if new.name.is_empty() => format!("CVR no. {} loses the name {}", new.cvr, old.name),
        (Some(_), Some(new)) => format!("CVR no. {} is now called {}", new.cvr, new.name),
        (None, Some(new)) => format!("{} now counts as an authority", whose(new)),
        (Some(old), None) => format!("{} no longer counts as an authority", whose(old)),
        (None, None) => String::new(),
    }
}

fn fagsystem(swap: &Swap<Fagsystem>) -> String {
    let (old, new) = match (&swap.before, &swap.after) {
        (None, Some(new)) => {
            let with = if new.access.is_open() { String::new() } else { format!(", with {}", access(&new.access)) };
            let paused = if new.active { "" } else { ", paused" };
            return format!("New business system {}: {}{with}{paused}", new.name, new.endpoint.in_full());
        }
        (Some(old), None) => return format!("The business system {} is deleted", old.name),
        (Some(old), Some(new)) => (old, new),
        (None, None) => return String::new(),
    };
    let mut parts = Vec::new();
    if old.name != new.name {
        parts.push(format!("is now called {}", new.name));
    }
    if old.endpoint != new.endpoint {
        parts.push(format!("now receives at {} instead of {}", new.endpoint.in_full(), old.endpoint.in_full()));
    }
    if old.access != new.access {
        parts.push(format!("now wants {} instead of {}", access(&new.access), access(&old.access)));
    }
    match (old.active, new.active) {
        (true, false) => parts.push("is paused".to_owned()),
        (false, true) => parts.push("is back in use".to_owned()),
        _ => {}
    }
    let seconds = |limit: Option<Seconds>| match limit {
        Some(limit) => format!("{} s", limit.get()),
        None => "the router's time".to_owned(),
    };
    if old.limits.connect != new.limits.connect {
        parts.push(format!("now has {} to connect", seconds(new.limits.connect)));
    }
    if old.limits.answer != new.limits.answer {
        parts.push(format!("now has {} to answer", seconds(new.limits.answer)));
    }
    if old.contact != new.contact {
        parts.push(match new.contact.as_str() {
            "" => "loses its contact person".to_owned(),
            contact => format!("now has the contact person {contact}"),
        });
    }
    if old.note != new.note {
        parts.push(match new.note.as_str() {
            "" => "loses its note".to_owned(),
            note => format!("gets the note “{note}”"),
        });
    }
    format!("The business system {} {}", old.name, joined(&parts, "and"))
}

fn rule(sides: &Sides<'_>, old: &Rule, new: &Rule) -> String {
    let mut parts = Vec::new();
    let post = |rule: &Rule| post(&rule.criterion, &sides.value(&rule.criterion));
    if old.fagsystem != new.fagsystem {
        let (after, before) = (sides.fagsystem(&new.fagsystem), sides.fagsystem(&old.fagsystem));
        parts.push(format!("now sends {} to {after} instead of {before}", post(new)));
    }
    if old.criterion != new.criterion {
        parts.push(format!("now takes {} instead of {}", post(new), post(old)));
    }
    if old.segment != new.segment {
        parts.push(format!("now applies to {} instead of {}", whom(new.segment), whom(old.segment)));
    }
    if old.validity != new.validity {
        parts.push(format!("now applies {} instead of {}", validity(new), validity(old)));
    }
    match (old.active, new.active) {
        (true, false) => parts.push("is switched off".to_owned()),
        (false, true) => parts.push("is switched on".to_owned()),
        _ => {}
    }
    if old.note != new.note {
        let words =
            if new.note.is_empty() { "loses its note".to_owned() } else { format!("gets the note “{}”", new.note) };
        parts.push(words);
    }
    if old.priority != new.priority {
        let about = if parts.is_empty() { format!(": {}", post(new)) } else { String::new() };
        parts.insert(0, format!("moves to number {}{about}", new.priority));
    }
    format!("Rule {} {}", old.priority, joined(&parts, "and"))
}

fn whom(segment: Segment) -> &'static str {
    match segment {
        Segment::Everyone => "everyone",
        Segment::Person => "persons",
        Segment::Company => "companies",
        Segment::Authority => "authorities",
    }
}
