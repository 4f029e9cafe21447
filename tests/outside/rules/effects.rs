//! What past messages would notice if other rules decided.

use std::sync::Arc;

use postfordeler::rules::{Catch, Effect, Facts, Priority, Rule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::books::{any_book, any_day, any_edited_book, any_facts, any_rule};
use super::{compiled, naive};

fn any_messages() -> impl Strategy<Value = Vec<(Facts, u64)>> {
    vec((any_facts(), 1..50_u64), 1..30)
}

fn each(messages: &[(Facts, u64)]) -> impl Iterator<Item = (&Facts, u64)> {
    messages.iter().map(|(facts, count)| (facts, *count))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_message_counts_as_moved_when_another_fagsystem_would_get_it(
        (before, after, _) in any_edited_book(),
        messages in any_messages(),
        day in any_day(),
    ) {
        let effect = Effect::between(&compiled(&before), &compiled(&after), each(&messages), day);
        let (mut tried, mut changed) = (0, 0);
        for (facts, count) in each(&messages) {
            let decided = [&before, &after].map(|book| naive::decision(book, facts, day));
            if let [Some((_, was, _)), Some((_, would_be, _))] = decided {
                tried += count;
                changed += if was == would_be { 0 } else { count };
            }
        }
        prop_assert_eq!((effect.messages, effect.changed()), (tried, changed));
    }

    #[test]
    fn a_rule_takes_what_it_decides_once_it_is_there(
        book in any_book(),
        rule in any_rule(),
        at in any::<Index>(),
        replaced in any::<Option<Index>>(),
        number in 1..60_u32,
        messages in any_messages(),
        day in any_day(),
    ) {
        let at = at.index(book.authorities.len());
        let authority = &book.authorities[at];
        let replaces = replaced.filter(|_| !authority.rules.is_empty()).map(|it| it.get(&authority.rules).priority);
        let priority = Priority::new(number).expect("not 0");
        let is_free = replaces == Some(priority) || authority.rule(priority).is_none();
        prop_assume!(is_free && authority.fagsystem(&rule.fagsystem).is_some());
        let rule = Rule { priority, ..rule };
        let catch = Catch::of(&rule, (authority.cvr, replaces), &compiled(&book), each(&messages), day);

        let mut with_it = book.clone();
        let rules = &mut with_it.authorities[at].rules;
        rules.retain(|other| Some(other.priority) != replaces);
        rules.push(Arc::new(rule));
        let to_us = each(&messages).filter_map(|(facts, count)| {
            let (authority, _, decided_by) = naive::decision(&with_it, facts, day)?;
            (authority == book.authorities[at].cvr.to_string()).then_some((decided_by, count))
        });
        let (mut tried, mut taken) = (0, 0);
        for (decided_by, count) in to_us {
            tried += count;
            taken += if decided_by == Some(number) { count } else { 0 };
        }
        prop_assert_eq!((catch.messages, catch.count()), (tried, taken));
        let told: u64 = catch.kinds.iter().map(|(_, count)| count).sum();
        prop_assert!(told <= taken && (told > 0) == (taken > 0));
    }
}
