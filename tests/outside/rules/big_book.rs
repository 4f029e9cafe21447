//! One authority with many rules of every kind, with overlapping intervals. The benchmark uses it too.

use std::sync::Arc;

use jiff::civil::date;
use postfordeler::rules::{
    AddressedContactPoint, Authority, Caseless, Criterion, Cvr, Facts, Fagsystem, FagsystemId, PostType, Priority,
    Rule, RuleBook, Segment, Sender, Validity,
};

const AUTHORITY: u32 = 11_223_344;
const KINDS: u32 = 7;

/// A book with that many rules.
pub fn with_rules(rules: u32) -> RuleBook {
    let endpoint = "http://127.0.0.1:9101/postmodtag".parse().expect("an address");
    let fagsystem = Fagsystem::new(fagsystem_id(), "ESDH", endpoint);
    let authority = Authority {
        cvr: cvr(AUTHORITY),
        name: "Eksempel Kommune".to_owned(),
        more_cvrs: Vec::new(),
        default_fagsystem: fagsystem_id(),
        fagsystems: vec![fagsystem],
        contact_points: Vec::new(),
        rules: (1..=rules).map(rule).map(Arc::new).collect(),
        guards: Vec::new(),
    };
    RuleBook { known_authorities: Vec::new(), authorities: vec![authority] }
}

/// For each rule of a book with that many, a message that matches it.
pub fn messages(rules: u32) -> Vec<Facts> {
    (1..=rules).map(message).collect()
}

fn rule(number: u32) -> Rule {
    Rule {
        priority: Priority::new(number).expect("counted from 1"),
        fagsystem: fagsystem_id(),
        segment: segment(number),
        criterion: criterion(number),
        validity: Validity::new(date(2020, 1, 1), None).expect("no end"),
        active: true,
        note: String::new(),
    }
}

fn message(number: u32) -> Facts {
    let sender = match segment(number) {
        Segment::Everyone | Segment::Person => Sender::Person,
        Segment::Company | Segment::Authority => Sender::Organisation(Some(other_cvr(number))),
    };
    let mut facts = Facts {
        sender,
        sender_has_contact_point: segment(number) == Segment::Authority,
        recipient: Some(cvr(AUTHORITY)),
        contact_point: None,
        kle: None,
        form: None,
        post_type: Some(PostType::Unspecified),
    };
    match criterion(number) {
        Criterion::ContactPoint(id) => {
            facts.contact_point = Some(AddressedContactPoint { id: Some(id), group: None });
        }
        Criterion::ContactGroup(name) => {
            facts.contact_point = Some(AddressedContactPoint { id: None, group: Some(name) });
        }
        Criterion::SenderCvr(cvr) => facts.sender = Sender::Organisation(Some(cvr)),
        Criterion::RecipientCvr(_) => {}
        Criterion::Kle(_) => facts.kle = classification(number, 3).parse().ok(),
        Criterion::Form(_) => facts.form = classification(number, 4).parse().ok(),
        Criterion::NoContactPoint(post_type) => facts.post_type = Some(post_type),
    }
    facts
}

fn criterion(number: u32) -> Criterion {
    // The first part of a number stays below 90, so that every interval runs forwards.
    let interval = |parts| format!("{} - 9{}", classification(number, parts), number % 10);
    match number % KINDS {
        0 => Criterion::ContactPoint(Caseless::new(&format!("KP-{number}"))),
        1 => Criterion::ContactGroup(Caseless::new(&format!("Gruppe {number}"))),
        2 => Criterion::SenderCvr(other_cvr(number)),
        3 => Criterion::RecipientCvr(other_cvr(number)),
        4 => Criterion::Kle(interval(3).parse().expect("forwards")),
        5 => Criterion::Form(interval(4).parse().expect("forwards")),
        _ => Criterion::NoContactPoint(PostType::Company),
    }
}

fn segment(number: u32) -> Segment {
    match number / KINDS % 4 {
        0 => Segment::Everyone,
        1 => Segment::Person,
        2 => Segment::Company,
        _ => Segment::Authority,
    }
}

fn classification(number: u32, parts: u32) -> String {
    let parts: Vec<_> = (0..parts).map(|place| format!("{:02}", number / 7_u32.pow(place) % 90)).collect();
    parts.join(".")
}

fn fagsystem_id() -> FagsystemId {
    FagsystemId::new("esdh").expect("not empty")
}

fn other_cvr(number: u32) -> Cvr {
    cvr(20_000_000 + number)
}

fn cvr(number: u32) -> Cvr {
    format!("{number:08}").parse().expect("eight digits")
}
