//! Decisions, explanations and findings, held against readings of the rules that know nothing of how the program does
//! it.

pub mod big_book;
pub mod books;
mod cases;
mod certainty;
mod comparison;
mod effects;
mod findings;
mod group_first;
mod guards;
mod mail_map;
mod naive;
mod never;
mod numbers;
mod ordering;
mod plan_tree;
mod switching;
mod taking;
mod transfer;

use jiff::ToSpan;
use postfordeler::rules::{Decision, Distributor, ExplainedRule, Facts, Ground, RuleBook};
use proptest::prelude::*;

use books::{any_book, any_day, any_facts};

fn compiled(book: &RuleBook) -> Distributor {
    book.compile().expect("the books made for tests have no fault")
}

/// What a decision says, in a form that two ways of deciding can share.
fn told(decision: &Decision<'_>) -> (String, String, Option<u32>) {
    let priority = match decision.ground {
        Ground::Rule(rule) => Some(rule.priority.get()),
        Ground::Default => None,
    };
    (decision.authority.cvr.to_string(), decision.fagsystem.id.to_string(), priority)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_decision_is_what_a_naive_reading_of_the_rules_says(
        book in any_book(),
        messages in prop::collection::vec((any_facts(), any_day()), 30),
    ) {
        let distributor = compiled(&book);
        for (facts, day) in messages {
            let expected = naive::decision(&book, &facts, day);
            let decided = distributor.decide(&facts, day).ok();
            prop_assert_eq!(decided.as_ref().map(told), expected, "{:?} on {}", facts, day);
            prop_assert_eq!(distributor.sender_kind(&facts), naive::sender_kind(&book, &facts));
        }
    }

    #[test]
    fn an_explanation_weighs_every_rule_in_order_and_comes_to_the_same_decision(
        book in any_book(),
        messages in prop::collection::vec((any_facts(), any_day()), 10),
    ) {
        let distributor = compiled(&book);
        for (facts, day) in messages {
            let Ok(explanation) = distributor.explain(&facts, day) else {
                prop_assert!(distributor.decide(&facts, day).is_err());
                continue;
            };
            prop_assert_eq!(Ok(explanation.decision), distributor.decide(&facts, day));
            prop_assert_eq!(explanation.sender, naive::sender_kind(&book, &facts));
            let said: Vec<_> = explanation.rules.iter().map(|it: &ExplainedRule<'_>| (it.rule, it.result)).collect();
            prop_assert_eq!(said, naive::match_results(&book, &facts, day));
        }
    }

    #[test]
    fn the_order_in_which_rules_are_listed_decides_nothing(
        book in any_book(), facts in any_facts(), day in any_day(),
    ) {
        let mut backwards = book.clone();
        backwards.authorities.reverse();
        for authority in &mut backwards.authorities {
            authority.rules.reverse();
            authority.fagsystems.reverse();
            authority.contact_points.reverse();
        }
        let (one, other) = (compiled(&book), compiled(&backwards));
        prop_assert_eq!(
            one.decide(&facts, day).ok().as_ref().map(told),
            other.decide(&facts, day).ok().as_ref().map(told)
        );
    }

    /// Nobody can be sure of a warning that says "never" when there is a message for which it is not so.
    #[test]
    fn a_rule_that_is_said_to_never_win_never_wins(
        book in any_book(),
        today in any_day(),
        messages in prop::collection::vec((any_facts(), 0..10_i32), 60),
    ) {
        let distributor = compiled(&book);
        let never: Vec<_> =
            findings::never_winning(&book, today).into_iter().map(|(authority, rule, _)| (authority, rule)).collect();
        for (facts, later) in messages {
            let day = today.checked_add(later.days()).expect("the days of the tests are in this century");
            let Ok(Decision { authority, ground: Ground::Rule(rule), .. }) = distributor.decide(&facts, day) else {
                continue;
            };
            let winner = (authority.cvr, rule.priority);
            prop_assert!(!never.contains(&winner), "{:?} won {:?} on {}", winner, facts, day);
        }
    }
}

#[test]
fn ten_thousand_overlapping_rules_decide_as_a_naive_reading_does() {
    let book = big_book::with_rules(10_000);
    let distributor = compiled(&book);
    let messages = big_book::messages(10_000);
    let differing = messages.iter().step_by(101).find(|facts: &&Facts| {
        let decided = distributor.decide(facts, books::FIRST_DAY).ok();
        decided.as_ref().map(told) != naive::decision(&book, facts, books::FIRST_DAY)
    });
    assert_eq!(differing, None);
}
