//! A rule on a contact point behind one on a group that it is listed in: no fault, and seldom meant.

use postfordeler::rules::{
    AddressedContactPoint, Caseless, Criterion, Facts, Ground, GroupFirst, GroupRules, Rule, Sender,
};
use proptest::prelude::*;

use super::books::{any_book, any_day};
use super::compiled;

/// What a message says that goes to the rule's contact point and names the group.
fn message(rule: &Rule, group: &Caseless, sender: Sender, facts: &Facts) -> Facts {
    let id = match &rule.criterion {
        Criterion::ContactPoint(id) => Some(id.clone()),
        other => panic!("{other:?} looks at no contact point"),
    };
    Facts { sender, contact_point: Some(AddressedContactPoint { id, group: Some(group.clone()) }), ..facts.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// On every day on which both apply, from senders of both, the message that names the group does not reach the rule.
    #[test]
    fn what_names_the_group_does_not_reach_the_rule(book in any_book(), today in any_day()) {
        let rules = compiled(&book);
        for authority in &book.authorities {
            let order = authority.rules_in_order();
            let groups = GroupRules::of(authority, &order, today);
            for (at, rule) in order.iter().enumerate() {
                for GroupFirst { rule: first, group } in groups.before(at, rule) {
                    let first = authority.rule(first).expect("it is there");
                    prop_assert!(first.priority < rule.priority && first.fagsystem != rule.fagsystem);
                    prop_assert_eq!(&first.criterion, &Criterion::ContactGroup(group.clone()));
                    let day = today.max(first.validity.from()).max(rule.validity.from());
                    prop_assert!(first.validity.includes(day) && rule.validity.includes(day));
                    let plain = Facts::new(Sender::Person, authority.cvr);
                    let senders = [Sender::Person, Sender::Organisation(None), Sender::Other];
                    for facts in senders.map(|sender| message(rule, &group, sender, &plain)) {
                        let kind = rules.sender_kind(&facts);
                        if first.segment.includes(kind) && rule.segment.includes(kind) {
                            let decision = rules.decide(&facts, day).expect("it is ours");
                            let is_it = matches!(decision.ground, Ground::Rule(it) if it.priority == rule.priority);
                            prop_assert!(!is_it, "rule {} took {:?}", rule.priority, facts);
                        }
                    }
                }
            }
        }
    }
}

mod found {
    use jiff::ToSpan;
    use postfordeler::rules::{
        Authority, Caseless, ContactGroup, ContactPoint, Criterion, GroupFirst, GroupRules, Priority, Rule, Segment,
        Validity,
    };

    use crate::rules::books::{FIRST_DAY, authority, cvr, fagsystem_id, rule};

    const OURS: &str = "66137112";

    fn group(priority: u32) -> Rule {
        rule(priority, Criterion::ContactGroup(Caseless::new("Byg og bolig")))
    }

    fn point(priority: u32) -> Rule {
        rule(priority, Criterion::ContactPoint(Caseless::new("boligstoette")))
    }

    fn elsewhere(rule: Rule) -> Rule {
        Rule { fagsystem: fagsystem_id("et-andet"), ..rule }
    }

    /// The rules that come first for the last of these.
    fn first(rules: Vec<Rule>) -> Vec<GroupFirst> {
        let groups = ["Byg og bolig", "Ydelser"].map(ContactGroup::new).to_vec();
        let listed = ContactPoint::new(Caseless::new("boligstoette"), "Boligstøtte", groups);
        let authority = Authority { contact_points: vec![listed], ..authority(cvr(OURS), rules) };
        let order = authority.rules_in_order();
        let last = order.len() - 1;
        GroupRules::of(&authority, &order, FIRST_DAY).before(last, order[last])
    }

    #[test]
    fn an_earlier_rule_on_a_listed_group_that_sends_elsewhere() {
        let found =
            |rule| vec![GroupFirst { rule: Priority::new(rule).unwrap(), group: Caseless::new("byg og bolig") }];
        assert_eq!(first(vec![elsewhere(group(10)), point(20)]), found(10));
        assert_eq!(first(vec![group(10), elsewhere(group(15)), point(20)]), [], "the first takes it where it belongs");
        assert_eq!(first(vec![group(10), point(20)]), [], "both send to the same");
        assert_eq!(first(vec![point(10), elsewhere(group(20))]), [], "the narrow one comes first, as is meant");
        let of = |segment, rule: Rule| Rule { segment, ..rule };
        let (person, company) = (Segment::Person, Segment::Company);
        assert_eq!(first(vec![of(person, elsewhere(group(10))), point(20)]), found(10), "for persons");
        assert_eq!(first(vec![of(person, elsewhere(group(10))), of(company, point(20))]), []);
        let mixed = vec![of(person, group(10)), elsewhere(group(15)), point(20)];
        assert_eq!(first(mixed), found(15), "of companies");
        let until = |days: i32, rule: Rule| {
            let validity = Validity::new(FIRST_DAY - 9.days(), Some(FIRST_DAY + days.days())).unwrap();
            Rule { validity, ..rule }
        };
        assert_eq!(first(vec![until(1, elsewhere(group(10))), point(20)]), found(10));
        assert_eq!(first(vec![until(-1, elsewhere(group(10))), point(20)]), [], "it is over");
        assert_eq!(first(vec![Rule { active: false, ..elsewhere(group(10)) }, point(20)]), [], "it is off");
        let other = Criterion::ContactGroup(Caseless::new("Kultur"));
        assert_eq!(first(vec![elsewhere(rule(10, other)), point(20)]), [], "the point is not in it");
    }
}
