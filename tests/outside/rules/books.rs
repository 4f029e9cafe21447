//! Rule books for tests: small alphabets, so that rules meet messages and each other.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use postfordeler::rules::{
    Access, AddressedContactPoint, Audience, Authority, Caseless, ContactGroup, ContactPoint, Criterion, Cvr, Facts,
    Fagsystem, FagsystemId, Guard, KnownAuthority, Megabytes, PointCode, PointDetails, PostType, Priority, Rule,
    RuleBook, Seconds, Segment, Sender, TimeLimits, Validity,
};
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// Before a leap day, so that the days of the tests run across one.
pub const FIRST_DAY: Date = date(2024, 2, 25);
const LAST_OFFSET: i32 = 11;

const CVRS: [&str; 9] =
    ["11223344", "12345678", "66137112", "00000001", "99999999", "29189846", "55133018", "64942212", "01102036"];
const NAMES: [&str; 10] =
    ["kp-1", "KP-1", "kp-2", "børn", "BØRN", "Ældre", "æLDRE", "ÅBEN", "åben", "163710ae-5078-350c-0000-000000000440"];
const FAGSYSTEMS: [&str; 3] = ["esdh", "ydelse", "Ydelse"];
const PARTS: [&str; 6] = ["00", "05", "31", "35", "36", "99"];

pub fn cvr(digits: &str) -> Cvr {
    digits.parse().expect("eight digits")
}

pub fn fagsystem_id(text: &str) -> FagsystemId {
    FagsystemId::new(text).expect("an id that is not empty")
}

pub fn fagsystem(id: &str) -> Fagsystem {
    let endpoint = "http://127.0.0.1:9101/postmodtag".parse().expect("an address");
    Fagsystem::new(fagsystem_id(id), &id.to_uppercase(), endpoint)
}

/// A rule for everybody, in force from the first day of the tests.
pub fn rule(priority: u32, criterion: Criterion) -> Rule {
    let always = Validity::new(FIRST_DAY, None).expect("no end");
    Rule::new(Priority::new(priority).expect("not 0"), criterion, fagsystem_id("ydelse"), always)
}

/// An authority with the fagsystems `esdh`, its default, and `ydelse`.
pub fn authority(cvr: Cvr, rules: Vec<Rule>) -> Authority {
    let mut authority = Authority::new(cvr, "Eksempel Kommune", fagsystem("esdh"));
    authority.fagsystems.push(fagsystem("ydelse"));
    authority.rules = rules.into_iter().map(Arc::new).collect();
    authority
}

/// What a message to that authority says when it says as little as possible.
pub fn bare_facts(recipient: Cvr) -> Facts {
    Facts::new(Sender::Person, recipient)
}

pub fn addressed(id: Option<&str>, group: Option<&str>) -> AddressedContactPoint {
    AddressedContactPoint { id: id.map(Caseless::new), group: group.map(Caseless::new) }
}

pub fn any_day() -> impl Strategy<Value = Date> {
    // A day before the first and one after the last rule can begin.
    (-1..=LAST_OFFSET + 1).prop_map(|offset| FIRST_DAY + offset.days())
}

pub fn any_facts() -> impl Strategy<Value = Facts> {
    let sender = prop_oneof![
        Just(Sender::Person),
        Just(Sender::Other),
        option::of(any_cvr()).prop_map(Sender::Organisation),
        any_cvr().prop_map(|cvr| Sender::Organisation(Some(cvr))),
    ];
    let point = (weighted(0.8, any_name()), weighted(0.8, any_name()))
        .prop_map(|(id, group)| AddressedContactPoint { id, group });
    let kle = any_number(3).prop_map(|it| it.parse().expect("a KLE number"));
    let form = any_number(4).prop_map(|it| it.parse().expect("a FORM number"));
    let facts = (
        sender,
        any::<bool>(),
        weighted(0.95, any_cvr()),
        option::of(point),
        option::of(kle),
        option::of(form),
        weighted(0.9, any_post_type()),
    );
    facts.prop_map(|(sender, sender_has_contact_point, recipient, contact_point, kle, form, post_type)| Facts {
        sender,
        sender_has_contact_point,
        recipient,
        contact_point,
        kle,
        form,
        post_type,
    })
}

/// A book without faults: its authorities share no CVR number, their priorities are unique, what rules name is there.
pub fn any_book() -> impl Strategy<Value = RuleBook> {
    let shares = vec((1..=3_usize, any_authority()), 1..=3);
    (shares, Just(CVRS.to_vec()).prop_shuffle(), vec(any_known_authority(), 0..3)).prop_map(
        |(shares, cvrs, known_authorities)| {
            let mut cvrs = cvrs.into_iter().map(cvr);
            let mut authorities = Vec::new();
            for (count, mut authority) in shares {
                authority.cvr = cvrs.next().expect("nine numbers do for three authorities of three at most");
                authority.more_cvrs = cvrs.by_ref().take(count - 1).collect();
                let numbers: Vec<Cvr> = authority.cvrs().collect();
                for (at, guard) in authority.guards.iter_mut().enumerate() {
                    guard.facts.recipient = Some(numbers[at % numbers.len()]);
                }
                authorities.push(authority);
            }
            RuleBook { known_authorities, authorities }
        },
    )
}

/// A book as a file may have it, with each known authority once.
pub fn any_book_of_files() -> impl Strategy<Value = RuleBook> {
    any_book().prop_map(|mut book| {
        let mut known = HashSet::new();
        book.known_authorities.retain(|it| known.insert(it.cvr));
        book
    })
}

/// A book, and what two people may make of it independently of each other.
pub fn any_edited_book() -> impl Strategy<Value = (RuleBook, RuleBook, RuleBook)> {
    (any_book(), vec(any_edit(), 0..8), vec(any_edit(), 0..8)).prop_map(|(book, one, other)| {
        let edited = |edits: Vec<Edit>| edits.iter().fold(book.clone(), |book, edit| edit.made_in(book));
        let (one, other) = (edited(one), edited(other));
        (book, one, other)
    })
}

/// Something that a person does to a book; what it makes of a book without faults is one again.
#[derive(Debug, Clone)]
struct Edit {
    kind: u8,
    authority: Index,
    rules: [Index; 2],
    /// A free number for a rule, when it is free.
    number: Priority,
    rule: Rule,
    contact_point: ContactPoint,
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let number = (1..80_u32).prop_filter_map("0", Priority::new);
    (0..15_u8, any::<Index>(), any::<[Index; 2]>(), number, any_rule(), any_contact_point()).prop_map(
        |(kind, authority, rules, number, rule, contact_point)| Edit {
            kind,
            authority,
            rules,
            number,
            rule,
            contact_point,
        },
    )
}

impl Edit {
    fn made_in(&self, mut book: RuleBook) -> RuleBook {
        if self.kind == 0 {
            let cvr = book.authorities.first().map_or(cvr(CVRS[0]), |it| it.cvr);
            book.known_authorities.push(cvr.into());
        } else if !book.authorities.is_empty() {
            let at = self.authority.index(book.authorities.len());
            if self.kind == 1 {
                book.authorities.remove(at);
            } else {
                self.make_within(&mut book.authorities[at]);
            }
        }
        book
    }

    fn make_within(&self, authority: &mut Authority) {
        let is_free = authority.rule(self.number).is_none();
        let [one, other] = self.rules.map(|it| it.index(authority.rules.len().max(1)));
        let names_one_that_is_there = authority.fagsystem(&self.rule.fagsystem).is_some();
        match self.kind {
            2 => authority.name.push('!'),
            3 => {
                authority.more_cvrs.clear();
                authority.readdress_guards();
            }
            13 => authority.guards.truncate(self.rules[0].index(authority.guards.len() + 1)),
            14 if names_one_that_is_there => {
                let facts = bare_facts(authority.cvrs().last().expect("one at least"));
                let fagsystem = self.rule.fagsystem.clone();
                let guard = Guard { name: "kp-1 0".to_owned(), fagsystem, day: None, facts };
                match authority.guards.iter_mut().find(|it| it.name == guard.name) {
                    Some(there) => *there = guard,
                    None => authority.guards.push(guard),
                }
            }
            4 => authority.contact_points.clear(),
            5 if authority.contact_point(&self.contact_point.id).is_none() => {
                authority.contact_points.push(self.contact_point.clone());
            }
            6 if names_one_that_is_there => self.replace_fagsystem(authority),
            7 if names_one_that_is_there => authority.default_fagsystem = self.rule.fagsystem.clone(),
            8 if names_one_that_is_there && is_free => {
                authority.rules.push(Arc::new(Rule { priority: self.number, ..self.rule.clone() }));
            }
            _ if authority.rules.is_empty() => {}
            9 => drop(authority.rules.remove(one)),
            10 => {
                let numbers = [authority.rules[other].priority, authority.rules[one].priority];
                Arc::make_mut(&mut authority.rules[one]).priority = numbers[0];
                Arc::make_mut(&mut authority.rules[other]).priority = numbers[1];
            }
            11 if is_free => Arc::make_mut(&mut authority.rules[one]).priority = self.number,
            _ => Arc::make_mut(&mut authority.rules[one]).criterion = self.rule.criterion.clone(),
        }
    }

    /// Another fagsystem comes for the one that the rule names.
    fn replace_fagsystem(&self, authority: &mut Authority) {
        let (old, new) = (&self.rule.fagsystem, fagsystem(&format!("{}-nyt", self.rule.fagsystem)));
        for rule in authority.rules.iter_mut().filter(|rule| rule.fagsystem == *old) {
            Arc::make_mut(rule).fagsystem = new.id.clone();
        }
        for guard in authority.guards.iter_mut().filter(|guard| guard.fagsystem == *old) {
            guard.fagsystem = new.id.clone();
        }
        if authority.default_fagsystem == *old {
            authority.default_fagsystem = new.id.clone();
        }
        authority.fagsystems.retain(|it| it.id != *old && it.id != new.id);
        authority.fagsystems.push(new);
    }
}

fn any_authority() -> impl Strategy<Value = Authority> {
    let priorities = Just((1..=60).collect::<Vec<u32>>()).prop_shuffle();
    let switch = || (weighted_switch(), any_access(), any_limits(), any_text());
    let switches = [switch(), switch(), switch()];
    let parts = (vec(any_rule(), 0..16), vec(any_contact_point(), 0..4), vec(any_guard(), 0..4));
    (parts, priorities, switches, any_text(), select(&FAGSYSTEMS[..])).prop_map(
        |((mut rules, contact_points, mut guards), priorities, switches, name, default)| {
            for (at, guard) in guards.iter_mut().enumerate() {
                guard.name = format!("{} {at}", guard.name);
            }
            for (rule, number) in rules.iter_mut().zip(priorities) {
                rule.priority = Priority::new(number).expect("counted from 1");
            }
            let mut contact_points: Vec<ContactPoint> = contact_points;
            for at in (0..contact_points.len()).rev() {
                if contact_points[..at].iter().any(|earlier| earlier.id == contact_points[at].id) {
                    contact_points.remove(at);
                }
            }
            let fagsystems = FAGSYSTEMS.iter().zip(switches);
            Authority {
                name,
                default_fagsystem: fagsystem_id(default),
                fagsystems: fagsystems
                    .map(|(id, (active, access, limits, note))| {
                        let contact = note.clone();
                        Fagsystem { active, access, limits, note, contact, ..fagsystem(id) }
                    })
                    .collect(),
                contact_points,
                guards,
                ..authority(cvr(CVRS[0]), rules)
            }
        },
    )
}

/// A guard of an authority with the main number `CVRS[0]`, whose message says only what flat facts can.
fn any_guard() -> impl Strategy<Value = Guard> {
    (select(&NAMES[..]), select(&FAGSYSTEMS[..]), option::weighted(0.3, any_day()), any_facts()).prop_map(
        |(name, fagsystem, day, facts)| Guard {
            name: name.to_owned(),
            fagsystem: fagsystem_id(fagsystem),
            day,
            facts: Facts { recipient: Some(cvr(CVRS[0])), ..in_flat_form(facts) },
        },
    )
}

/// The facts without what no rule can look at, which flat facts leave out.
pub fn in_flat_form(facts: Facts) -> Facts {
    let is_organisation = matches!(facts.sender, Sender::Organisation(_));
    Facts {
        sender_has_contact_point: facts.sender_has_contact_point && is_organisation,
        contact_point: facts.contact_point.filter(|point| point.id.is_some()),
        ..facts
    }
}

fn any_limits() -> impl Strategy<Value = TimeLimits> {
    let seconds = || option::weighted(0.3, (1..=Seconds::MAX).prop_map(|it| Seconds::new(it).expect("in range")));
    (seconds(), seconds()).prop_map(|(connect, answer)| TimeLimits { connect, answer })
}

fn any_access() -> impl Strategy<Value = Access> {
    let name = select(&["X-Api-Key", "x-api-key", "Authorization", "Ocp-Apim-Subscription-Key"][..]);
    prop_oneof![
        2 => Just(Access::Open),
        1 => name.prop_map(|name| Access::Header { name: name.parse().expect("a name") }),
        1 => Just(Access::ClientCertificate),
    ]
}

fn any_contact_point() -> impl Strategy<Value = ContactPoint> {
    (any_name(), vec(any_group(), 0..3), any_text(), any_details())
        .prop_map(|(id, groups, title, details)| ContactPoint { id, groups, title, details })
}

fn any_group() -> impl Strategy<Value = ContactGroup> {
    (any_name(), vec(any_name(), 0..2)).prop_map(|(name, above)| ContactGroup { name, above })
}

fn any_details() -> impl Strategy<Value = PointDetails> {
    let code = (any_text(), any_text(), any_text()).prop_map(|(kind, code, name)| PointCode { kind, code, name });
    let limits = (option::of(1..=99_999_u32), option::of(0..=99_u32));
    let texts = (any_text(), vec(any_text(), 0..3), vec(any_text(), 0..2));
    let audiences = subsequence(vec![Audience::Citizen, Audience::Company, Audience::Authority], 0..=3);
    (texts, limits, any::<(bool, bool)>(), vec(code, 0..2), audiences).prop_map(
        |(
            (description, search_terms, fields),
            (largest, most_attachments),
            (is_active, is_visible),
            codes,
            audiences,
        )| {
            let largest = largest.and_then(|thousandths| Megabytes::new(f64::from(thousandths) / 1000.0));
            PointDetails {
                description,
                audiences,
                largest,
                most_attachments,
                is_active,
                is_visible,
                codes,
                search_terms,
                fields,
            }
        },
    )
}

fn any_known_authority() -> impl Strategy<Value = KnownAuthority> {
    (any_cvr(), any_text()).prop_map(|(cvr, name)| KnownAuthority { cvr, name })
}

pub fn any_rule() -> impl Strategy<Value = Rule> {
    let segment = prop_oneof![
        2 => Just(Segment::Everyone),
        3 => select(&[Segment::Person, Segment::Company, Segment::Authority][..]),
    ];
    (any_criterion(), select(&FAGSYSTEMS[..]), segment, any_validity(), weighted_switch(), any_text()).prop_map(
        |(criterion, fagsystem, segment, validity, active, note)| Rule {
            fagsystem: fagsystem_id(fagsystem),
            segment,
            validity,
            active,
            note,
            ..rule(1, criterion)
        },
    )
}

fn any_criterion() -> impl Strategy<Value = Criterion> {
    prop_oneof![
        any_name().prop_map(Criterion::ContactPoint),
        any_name().prop_map(Criterion::ContactGroup),
        any_cvr().prop_map(Criterion::SenderCvr),
        any_cvr().prop_map(Criterion::RecipientCvr),
        any_interval(3).prop_filter_map("runs backwards", |it| it.parse().ok()).prop_map(Criterion::Kle),
        any_interval(4).prop_filter_map("runs backwards", |it| it.parse().ok()).prop_map(Criterion::Form),
        any_post_type().prop_map(Criterion::NoContactPoint),
    ]
}

fn any_interval(parts: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        any_number(parts),
        (any_number(parts), any_number(parts)).prop_map(|(from, to)| format!("{from} - {to}")),
    ]
}

fn any_number(parts: usize) -> impl Strategy<Value = String> {
    vec(select(&PARTS[..]), 1..=parts).prop_map(|parts| parts.join("."))
}

fn any_validity() -> impl Strategy<Value = Validity> {
    (0..=LAST_OFFSET, option::of(0..6_i32)).prop_map(|(offset, length)| {
        let from = FIRST_DAY + offset.days();
        Validity::new(from, length.map(|days| from + days.days())).expect("no length is negative")
    })
}

fn any_cvr() -> impl Strategy<Value = Cvr> {
    select(&CVRS[..]).prop_map(cvr)
}

fn any_name() -> impl Strategy<Value = Caseless> {
    select(&NAMES[..]).prop_map(Caseless::new)
}

fn any_post_type() -> impl Strategy<Value = PostType> {
    select(&[PostType::Authority, PostType::Company, PostType::Unspecified][..])
}

/// Text as people write it, and as they should not: what JSON must escape is among it.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-zæøå \"\\\\\n\t{}\u{1}\u{2028}🏫]{0,12}"]
}

fn weighted_switch() -> impl Strategy<Value = bool> {
    prop_oneof![4 => Just(true), 1 => Just(false)]
}
