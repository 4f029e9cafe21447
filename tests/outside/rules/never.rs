//! Which rules can never win, held against messages of every kind on every day.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use postfordeler::rules::{
    AddressedContactPoint, Authority, Criterion, Facts, Never, Priority, Rule, RuleBook, Sender, SenderKind,
};
use proptest::prelude::*;

use super::books::{FIRST_DAY, addressed, any_book, any_day, bare_facts, cvr};
use super::{compiled, findings};

/// So long after the first day every rule of the tests has ended that ever does.
const ALL_DAYS: i32 = 20;

/// A number that no rule of the tests names, and no authority has.
const NOBODY: &str = "10000009";

/// Every kind of message that meets the rule, and otherwise has only what no rule looks at, so that as few others
/// as possible take it: what is left is who the recipient is, and what kind of sender writes.
fn messages_for(rule: &Rule, authority: &Authority) -> Vec<Facts> {
    let organisation = |digits: &str, has_point| (Sender::Organisation(Some(cvr(digits))), has_point);
    let senders = if let Criterion::SenderCvr(cvr) = rule.criterion {
        [false, true].map(|has_point| (Sender::Organisation(Some(cvr)), has_point)).to_vec()
    } else {
        // MeMo knows no other kind of sender.
        vec![(Sender::Person, false), organisation(NOBODY, false), organisation(NOBODY, true)]
    };
    let point: Option<AddressedContactPoint> = match &rule.criterion {
        Criterion::ContactPoint(id) => Some(addressed(Some(id.as_str()), None)),
        Criterion::ContactGroup(name) => Some(addressed(Some("et andet"), Some(name.as_str()))),
        _ => None,
    };
    let post_type = match rule.criterion {
        Criterion::NoContactPoint(post_type) => Some(post_type),
        _ => None,
    };
    let recipients = authority.cvrs().filter(|own| match rule.criterion {
        Criterion::RecipientCvr(wanted) => wanted == *own,
        _ => true,
    });
    let to = |recipient| {
        let facts = Facts { contact_point: point.clone(), post_type, ..bare_facts(recipient) };
        senders.clone().into_iter().map(move |(sender, sender_has_contact_point)| Facts {
            sender,
            sender_has_contact_point,
            ..facts.clone()
        })
    };
    recipients.flat_map(to).collect()
}

/// Whether the rule decides any message on any day from today on.
fn ever_wins(book: &RuleBook, at: usize, rule: &Rule, today: Date) -> bool {
    let (authority, distributor) = (&book.authorities[at], compiled(book));
    let last = FIRST_DAY + ALL_DAYS.days();
    let days = (0..).map(|offset| today + offset.days()).take_while(|day| *day <= last);
    let days: Vec<_> = days.filter(|day| rule.validity.includes(*day)).collect();
    messages_for(rule, authority).iter().any(|facts| {
        let decides = |day: &Date| {
            let decision = distributor.decide(facts, *day).expect("one of its numbers");
            decision.ground.priority() == Some(rule.priority)
        };
        days.iter().any(decides)
    })
}

/// The book with those rules of an authority alone.
fn with_only(book: &RuleBook, at: usize, rules: &BTreeSet<Priority>) -> RuleBook {
    let mut book = book.clone();
    book.authorities[at].rules.retain(|rule| rules.contains(&rule.priority));
    book
}

fn is_on_a_classification(rule: &Rule) -> bool {
    matches!(rule.criterion, Criterion::Kle(_) | Criterion::Form(_))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Rules on the authority's own numbers and on a value that others require are among them more often than chance has
    /// it, for few authorities of the tests have a rule on each of their numbers.
    #[test]
    fn a_rule_is_said_to_never_win_exactly_when_no_message_on_any_day_is_decided_by_it(
        mut book in any_book(),
        own in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..8),
        today in any_day(),
    ) {
        for authority in &mut book.authorities {
            let numbers: Vec<_> = authority.cvrs().collect();
            if authority.rules.is_empty() {
                continue;
            }
            for (rule, number) in &own {
                let rule = rule.index(authority.rules.len());
                let criterion = Criterion::RecipientCvr(*number.get(&numbers));
                Arc::make_mut(&mut authority.rules[rule]).criterion = criterion;
            }
        }
        let never = findings::never_winning(&book, today);
        for (at, authority) in book.authorities.iter().enumerate() {
            for rule in authority.rules.iter().filter(|rule| !is_on_a_classification(rule)) {
                let is_over = rule.validity.to().is_some_and(|to| to < today);
                let why = never.iter().find(|it| it.0 == authority.cvr && it.1 == rule.priority).map(|it| &it.2);
                if !rule.active || is_over {
                    prop_assert_eq!(why, None, "{:?}", rule);
                    continue;
                }
                prop_assert_eq!(why.is_some(), !ever_wins(&book, at, rule, today), "{:?}: {:?}", rule, why);
                let Some(Never::Covered(by)) = why else { continue };
                prop_assert!(by.is_sorted() && by.iter().all(|it| *it < rule.priority), "{:?}", by);
                // Together they leave nothing; without any one of them, something.
                let mut these: BTreeSet<_> = by.iter().copied().chain([rule.priority]).collect();
                prop_assert!(!ever_wins(&with_only(&book, at, &these), at, rule, today), "{:?}: {:?}", rule, by);
                for one in by {
                    these.remove(one);
                    prop_assert!(ever_wins(&with_only(&book, at, &these), at, rule, today), "{:?}: {:?}", rule, by);
                    these.insert(*one);
                }
            }
        }
    }
}

/// The kinds of senders that the messages above have are all there are.
#[test]
fn every_kind_of_sender_writes() {
    let ours = cvr("66137112");
    let rule = super::books::rule(1, Criterion::RecipientCvr(ours));
    let authority = super::books::authority(ours, vec![rule.clone()]);
    let messages = messages_for(&rule, &authority);
    let distributor = compiled(&RuleBook { known_authorities: Vec::new(), authorities: vec![authority] });
    let kinds: Vec<_> = messages.iter().map(|facts| distributor.sender_kind(facts)).collect();
    assert_eq!(kinds, [SenderKind::Person, SenderKind::Company, SenderKind::Authority]);
}
