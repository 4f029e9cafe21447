//! How many rules there are of each kind, and of what they refer to.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::add;
use crate::rules::{Access, Authority, CriterionKind, RuleBook, Segment};

/// One entry for each authority, in the order of the book and without its name.
pub(super) fn facts(book: &RuleBook, today: Date) -> Value {
    let authorities: Vec<_> = book.authorities.iter().map(|authority| of_authority(authority, today)).collect();
    json!({"authorities": authorities, "known_authorities": book.known_authorities.len()})
}

fn of_authority(authority: &Authority, today: Date) -> Value {
    let (mut kinds, mut segments, mut accesses) = (Map::new(), Map::new(), Map::new());
    for rule in &authority.rules {
        add(&mut kinds, CriterionKind::of(&rule.criterion).word(), 1);
        let segment = Segment::WORDS.iter().find(|(_, segment)| *segment == rule.segment);
        add(&mut segments, segment.map_or("", |(word, _)| word), 1);
    }
    for fagsystem in &authority.fagsystems {
        let access = match fagsystem.access {
            Access::Open => "open",
            Access::Header { .. } => "header",
            Access::ClientCertificate => "client_certificate",
        };
        add(&mut accesses, access, 1);
    }
    let rules = authority.rules.iter();
    let fagsystems = authority.fagsystems.iter();
    json!({
        "rules": authority.rules.len(),
        "rules_by_criterion": kinds,
        "rules_by_segment": segments,
        "rules_switched_off": rules.clone().filter(|rule| !rule.active).count(),
        "rules_valid_today": rules.filter(|rule| rule.active && rule.validity.includes(today)).count(),
        "guards": authority.guards.len(),
        "fagsystems": authority.fagsystems.len(),
        "fagsystems_paused": fagsystems.clone().filter(|fagsystem| !fagsystem.active).count(),
        "fagsystems_encrypted": fagsystems.clone().filter(|fagsystem| fagsystem.endpoint.is_encrypted()).count(),
        "fagsystems_on_this_machine": fagsystems.filter(|fagsystem| fagsystem.endpoint.is_loopback()).count(),
        "fagsystems_by_access": accesses,
        "contact_points": authority.contact_points.len(),
    })
}
