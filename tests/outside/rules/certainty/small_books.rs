//! Books with so few values that every message which they could tell apart can be tried.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use postfordeler::rules::{
    AddressedContactPoint, Authority, Caseless, Criterion, Cvr, Facts, FagsystemId, PostType, Priority, Rule, RuleBook,
    Segment, Sender, Validity,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::rules::books::{FIRST_DAY, addressed, cvr, fagsystem, fagsystem_id};

/// The authority's numbers, of which it has one or both.
pub const OURS: [&str; 2] = ["66137112", "29189846"];
/// Numbers of senders: in rules, and perhaps known as an authority's.
const SENDERS: [&str; 2] = ["11223344", "55133018"];
/// A sender whom no rule names.
pub const NOBODY: &str = "10000009";
const POINTS: [&str; 2] = ["kp-1", "kp-2"];
const GROUPS: [&str; 2] = ["Børn", "Ældre"];
const KLE: [&str; 7] = ["27", "28", "27 - 29", "28 - 30", "27.36", "27.36 - 28.10", "30"];
const FORM: [&str; 3] = ["10", "10 - 11", "11"];
const FAGSYSTEMS: [&str; 3] = ["esdh", "ydelse", "ksd"];
/// How many days there are on which rules of these books begin or end.
const DAYS: i32 = 6;

fn any_criterion() -> impl Strategy<Value = Criterion> {
    let sender = SENDERS.into_iter().chain([OURS[0]]).map(|it| Criterion::SenderCvr(cvr(it))).collect::<Vec<_>>();
    prop_oneof![
        2 => select(&POINTS[..]).prop_map(|id| Criterion::ContactPoint(Caseless::new(id))),
        2 => select(&GROUPS[..]).prop_map(|name| Criterion::ContactGroup(Caseless::new(name))),
        2 => select(sender),
        3 => select(&OURS[..]).prop_map(|it| Criterion::RecipientCvr(cvr(it))),
        4 => select(&KLE[..]).prop_map(|it| Criterion::Kle(it.parse().expect("an interval"))),
        2 => select(&FORM[..]).prop_map(|it| Criterion::Form(it.parse().expect("an interval"))),
        2 => select(vec![PostType::Authority, PostType::Company, PostType::Unspecified])
            .prop_map(Criterion::NoContactPoint),
    ]
}

fn any_validity() -> impl Strategy<Value = Validity> {
    let bounded = (0..DAYS, 0..DAYS).prop_map(|(one, two)| (one.min(two), Some(one.max(two))));
    let days = prop_oneof![3 => Just((0, None)), 2 => (0..DAYS).prop_map(|from| (from, None)), 2 => bounded];
    days.prop_map(|(from, to)| {
        Validity::new(FIRST_DAY + from.days(), to.map(|to| FIRST_DAY + to.days())).expect("forwards")
    })
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let segment = prop_oneof![
        4 => Just(Segment::Everyone),
        3 => select(vec![Segment::Person, Segment::Company, Segment::Authority])
    ];
    let rule = (any_criterion(), segment, any_validity(), select(&FAGSYSTEMS[..]), prop::bool::weighted(0.95));
    rule.prop_map(|(criterion, segment, validity, fagsystem, active)| {
        let first = Priority::new(1).expect("not 0");
        Rule { segment, active, ..Rule::new(first, criterion, fagsystem_id(fagsystem), validity) }
    })
}

fn numbered(rules: Vec<Rule>) -> Vec<Arc<Rule>> {
    let numbers = (1..).map(|at: u32| Priority::new(10 * at).expect("not 0"));
    rules.into_iter().zip(numbers).map(|(rule, priority)| Arc::new(Rule { priority, ..rule })).collect()
}

/// A book with one authority and at most so many rules.
pub fn any_small_book(most: usize) -> impl Strategy<Value = RuleBook> {
    let known = subsequence(vec![SENDERS[0], SENDERS[1]], 0..=1);
    // Few facts at a time, so that rules meet.
    (vec(any_rule(), 0..=most), 1..=2_usize, known, select(&FAGSYSTEMS[..])).prop_map(
        |(rules, numbers, known, default)| {
            let mut authority = Authority::new(cvr(OURS[0]), "Eksempel Kommune", fagsystem(FAGSYSTEMS[0]));
            authority.fagsystems.extend(FAGSYSTEMS[1..].iter().map(|id| fagsystem(id)));
            authority.more_cvrs = OURS[1..numbers].iter().map(|it| cvr(it)).collect();
            authority.default_fagsystem = fagsystem_id(default);
            authority.rules = numbered(rules);
            let known_authorities = known.into_iter().map(|it| cvr(it).into()).collect();
            RuleBook { known_authorities, authorities: vec![authority] }
        },
    )
}

/// A book with a few changes.
#[derive(Debug, Clone)]
pub enum Change {
    Remove(prop::sample::Index),
    Insert(prop::sample::Index, Rule),
    Redirect(prop::sample::Index, FagsystemId),
    Replace(prop::sample::Index, Rule),
    Move(prop::sample::Index, prop::sample::Index),
    Default(FagsystemId),
    Known(bool),
    Numbers(usize),
}

pub fn any_change() -> impl Strategy<Value = Change> {
    let index = || any::<prop::sample::Index>();
    let id = || select(&FAGSYSTEMS[..]).prop_map(fagsystem_id);
    prop_oneof![
        2 => index().prop_map(Change::Remove),
        4 => (index(), any_rule()).prop_map(|(at, rule)| Change::Insert(at, rule)),
        3 => (index(), id()).prop_map(|(at, id)| Change::Redirect(at, id)),
        2 => (index(), any_rule()).prop_map(|(at, rule)| Change::Replace(at, rule)),
        3 => (index(), index()).prop_map(|(from, to)| Change::Move(from, to)),
        1 => id().prop_map(Change::Default),
        1 => any::<bool>().prop_map(Change::Known),
        1 => (1..=2_usize).prop_map(Change::Numbers),
    ]
}

pub fn changed(book: &RuleBook, changes: &[Change]) -> RuleBook {
    let mut book = book.clone();
    for change in changes {
        let mut rules: Vec<Rule> = book.authorities[0].rules.iter().map(|rule| Rule::clone(rule)).collect();
        match change {
            Change::Insert(at, rule) => rules.insert(at.index(rules.len() + 1), rule.clone()),
            Change::Default(id) => book.authorities[0].default_fagsystem = id.clone(),
            Change::Known(first) => {
                let number = cvr(SENDERS[usize::from(*first)]);
                let had = book.known_authorities.len();
                book.known_authorities.retain(|it| it.cvr != number);
                if book.known_authorities.len() == had {
                    book.known_authorities.push(number.into());
                }
            }
            Change::Numbers(numbers) => {
                book.authorities[0].more_cvrs = OURS[1..*numbers].iter().map(|it| cvr(it)).collect();
            }
            _ if rules.is_empty() => {}
            Change::Remove(at) => {
                rules.remove(at.index(rules.len()));
            }
            Change::Redirect(at, id) => {
                let at = at.index(rules.len());
                rules[at].fagsystem = id.clone();
            }
            Change::Replace(at, rule) => {
                let at = at.index(rules.len());
                rules[at] = rule.clone();
            }
            Change::Move(from, to) => {
                let rule = rules.remove(from.index(rules.len()));
                rules.insert(to.index(rules.len() + 1), rule);
            }
        }
        book.authorities[0].rules = numbered(rules);
    }
    book
}

/// The days from that one on among which every day has its like.
pub fn days_from(first: Date) -> Vec<Date> {
    let last = FIRST_DAY + DAYS.days();
    let days = (0..).map(|offset| first + offset.days()).take_while(|day| *day <= last);
    if first > last { vec![first] } else { days.collect() }
}

/// Every message to these numbers that the books of this file could tell from others.
pub fn messages(recipients: &[Cvr]) -> Vec<Facts> {
    let senders: Vec<(Sender, bool)> = {
        let numbers = SENDERS.into_iter().chain(OURS).chain([NOBODY]).map(cvr);
        let organisations =
            numbers.flat_map(|it| [false, true].map(|own_point| (Sender::Organisation(Some(it)), own_point)));
        [(Sender::Person, false)].into_iter().chain(organisations).collect()
    };
    let addresses: Vec<(Option<AddressedContactPoint>, Option<PostType>)> = {
        let types = [PostType::Authority, PostType::Company, PostType::Unspecified];
        let none = types.into_iter().map(|it| (None, Some(it)));
        let ids = POINTS.into_iter().chain(["et andet"]);
        let points = ids.flat_map(|id| {
            let groups = [None, Some(GROUPS[0]), Some(GROUPS[1])];
            groups.map(|group| (Some(addressed(Some(id), group)), Some(PostType::Unspecified)))
        });
        none.chain(points).collect()
    };
    let kle = [
        None,
        Some("26.00.00"),
        Some("27.00.00"),
        Some("27.36.10"),
        Some("27.40.00"),
        Some("28.05.00"),
        Some("28.20.00"),
        Some("29.00.01"),
        Some("30.99.99"),
    ];
    let form = [None, Some("10.00.00.00"), Some("11.50.00.00")];
    let mut all = Vec::new();
    for recipient in recipients {
        for (sender, sender_has_contact_point) in &senders {
            for (contact_point, post_type) in &addresses {
                for kle in kle {
                    for form in form {
                        all.push(Facts {
                            sender: *sender,
                            sender_has_contact_point: *sender_has_contact_point,
                            recipient: Some(*recipient),
                            contact_point: contact_point.clone(),
                            kle: kle.map(|it| it.parse().expect("a number")),
                            form: form.map(|it| it.parse().expect("a number")),
                            post_type: *post_type,
                        });
                    }
                }
            }
        }
    }
    all
}

/// A day near those on which rules begin and end.
pub fn any_day() -> impl Strategy<Value = Date> {
    (-1..=DAYS).prop_map(|offset| FIRST_DAY + offset.days())
}
