//! Where mail goes, held against a decision of each message.

use std::collections::BTreeMap;

use postfordeler::rules::{Facts, MailMap, Priority};
use proptest::collection::vec;
use proptest::prelude::*;

use super::books::{any_day, any_edited_book, any_facts};
use super::{compiled, naive};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_message_to_the_authority_is_on_its_way_and_no_other(
        (after, before, _) in any_edited_book(),
        messages in vec((any_facts(), 1..50_u64), 1..30),
        day in any_day(),
    ) {
        let each = || messages.iter().map(|(facts, count)| (facts, *count));
        for authority in &after.authorities {
            let map = MailMap::of(authority.cvr, &compiled(&after), Some(&compiled(&before)), each(), day);
            let mut wanted: BTreeMap<(Option<u32>, String, Option<String>), u64> = BTreeMap::new();
            for (facts, count) in each() {
                let here = |facts: &Facts| naive::decision(&after, facts, day);
                let Some((cvr, fagsystem, rule)) = here(facts) else { continue };
                if cvr != authority.cvr.to_string() {
                    continue;
                }
                let other = naive::decision(&before, facts, day).map(|(_, other, _)| other);
                let elsewhere = other.filter(|other| *other != fagsystem);
                *wanted.entry((rule, fagsystem, elsewhere)).or_default() += count;
            }
            let mut told = BTreeMap::new();
            for (way, count) in &map.ways {
                let elsewhere = way.elsewhere.as_ref().map(ToString::to_string);
                let key = (way.rule.map(Priority::get), way.fagsystem.to_string(), elsewhere);
                *told.entry(key).or_default() += *count;
            }
            prop_assert_eq!(map.messages(), wanted.values().sum::<u64>());
            let moved = wanted.iter().filter(|((_, _, elsewhere), _)| elsewhere.is_some());
            prop_assert_eq!(map.moved(), moved.map(|(_, count)| count).sum::<u64>());
            prop_assert_eq!(told, wanted);
        }
    }
}
