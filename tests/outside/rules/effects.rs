//! What past messages would notice if other rules decided, held against a decision of each message on each day.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use postfordeler::rules::{Effect, Effects, Facts, MatchResult, Priority, Receiver, Rule, RuleBook, RuleTrial};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::books::{FIRST_DAY, any_book, any_day, any_edited_book, any_facts, any_rule, fagsystem_id};
use super::{compiled, naive};

/// So many days after a day, every rule of the tests has ended that ever does.
const ALL_DAYS: i32 = 22;

fn any_messages() -> impl Strategy<Value = Vec<(Facts, u64)>> {
    vec((any_facts(), 1..50_u64), 1..30)
}

fn each(messages: &[(Facts, u64)]) -> impl Iterator<Item = (&Facts, u64)> {
    messages.iter().map(|(facts, count)| (facts, *count))
}

/// How many messages go another way than before, by the way; and how many are tried.
type Ways = (u64, BTreeMap<(Option<Receiver>, Option<Receiver>), u64>);

/// Every message decided by a plain reading of either book on that day.
fn naive_effect(before: &RuleBook, after: &RuleBook, messages: &[(Facts, u64)], day: Date) -> Ways {
    let (mut tried, mut moved) = (0, BTreeMap::new());
    for (facts, count) in each(messages) {
        let [was, would_be] = [before, after].map(|book| {
            let (authority, fagsystem, _) = naive::decision(book, facts, day)?;
            Some(Receiver { authority: authority.parse().expect("a number"), fagsystem: fagsystem_id(&fagsystem) })
        });
        if was.is_none() && would_be.is_none() {
            continue;
        }
        tried += count;
        // The fagsystems of the tests share one address: what has the same id is the same system.
        if was.as_ref().map(|it| &it.fagsystem) != would_be.as_ref().map(|it| &it.fagsystem) {
            *moved.entry((was, would_be)).or_default() += count;
        }
    }
    (tried, moved)
}

fn told(effect: &Effect) -> Ways {
    (effect.messages, effect.moved.clone())
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
        prop_assert_eq!(told(&effect), naive_effect(&before, &after, &messages, day));
    }
}

proptest! {
    // Each is decided on many days.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn from_today_on_the_effect_of_every_day_is_what_it_would_be_if_messages_came_then(
        (before, after, _) in any_edited_book(),
        messages in any_messages(),
        today in any_day(),
    ) {
        let (old, new) = (compiled(&before), compiled(&after));
        let effects = Effects::between(&old, &new, each(&messages), today, Effects::MAX_DAYS);
        prop_assert_eq!(effects.left_out, 0);
        for offset in 0..ALL_DAYS {
            let day = today + offset.days();
            let so_far = effects.later.iter().take_while(|(from, _)| *from <= day).last();
            let effect = so_far.map_or(&effects.today, |(_, effect)| effect);
            prop_assert_eq!(told(effect), naive_effect(&before, &after, &messages, day), "on {}", day);
        }
        // Each day that is reported differs from the one before.
        let all: Vec<_> = std::iter::once(&effects.today).chain(effects.later.iter().map(|(_, it)| it)).collect();
        prop_assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }

    /// When there are too many days, the reported ones are still right, and the number of those left out is reported.
    #[test]
    fn what_is_not_worked_out_is_counted(
        (before, after, _) in any_edited_book(),
        messages in any_messages(),
        today in any_day(),
        most in 0..4_usize,
    ) {
        let (old, new) = (compiled(&before), compiled(&after));
        let effects = Effects::between(&old, &new, each(&messages), today, most);
        let turns = |day: &Date| {
            let rules = [&before, &after].into_iter().flat_map(|book| &book.authorities).flat_map(|it| &it.rules);
            let mut counting = rules.filter(|rule| rule.active).map(|rule| rule.validity);
            counting.any(|it| it.from() == *day || it.to().is_some_and(|to| to + 1.day() == *day))
        };
        let all = (1..=ALL_DAYS).map(|offset| today + offset.days()).filter(turns).count();
        prop_assert_eq!(effects.left_out, all.saturating_sub(most));
        prop_assert!(effects.later.len() <= most && effects.later.is_sorted_by_key(|(day, _)| *day));
        for (day, effect) in &effects.later {
            prop_assert_eq!(told(effect), naive_effect(&before, &after, &messages, *day), "on {}", day);
        }
    }

    #[test]
    fn a_rule_takes_what_it_decides_once_it_is_there(
        (published, book, _) in any_edited_book(),
        rule in any_rule(),
        at in any::<Index>(),
        replaced in any::<Option<Index>>(),
        number in 1..60_u32,
        messages in any_messages(),
        today in any_day(),
    ) {
        prop_assume!(!book.authorities.is_empty());
        let at = at.index(book.authorities.len());
        let authority = &book.authorities[at];
        let replaces = replaced.filter(|_| !authority.rules.is_empty()).map(|it| it.get(&authority.rules).priority);
        let priority = Priority::new(number).expect("not 0");
        let is_free = replaces == Some(priority) || authority.rule(priority).is_none();
        prop_assume!(is_free && authority.fagsystem(&rule.fagsystem).is_some());
        let rule = Rule { priority, ..rule };
        let others = authority.rules.iter().map(|it| it.priority).filter(|it| Some(*it) != replaces);
        let before = others.filter(|it| *it > priority).min();
        let (draft, in_force) = (compiled(&book), compiled(&published));
        let cvr = authority.cvr;
        let trial = RuleTrial { rule: &rule, authority: cvr, replaces, before, draft: &draft, published: &in_force };
        let Some(catch) = trial.on(each(&messages), today) else {
            prop_assert!(rule.validity.to().is_some_and(|to| to < today));
            return Ok(());
        };

        // Whether it is switched on does not matter.
        let mut with_it = book.clone();
        let rules = &mut with_it.authorities[at].rules;
        rules.retain(|other| Some(other.priority) != replaces);
        rules.push(Arc::new(Rule { active: true, ..rule.clone() }));
        let decided = |day: Date| -> Vec<(&Facts, u64, Option<u32>)> {
            let to_us = each(&messages).filter_map(|(facts, count)| {
                let (authority, _, decided_by) = naive::decision(&with_it, facts, day)?;
                (authority == cvr.to_string()).then_some((facts, count, decided_by))
            });
            to_us.collect()
        };
        let taken_on = |day: Date| -> u64 {
            decided(day).iter().filter(|(_, _, by)| *by == Some(number)).map(|(_, count, _)| count).sum()
        };
        prop_assert_eq!(catch.day, today.max(rule.validity.from()));
        prop_assert_eq!(catch.messages, decided(catch.day).iter().map(|(_, count, _)| count).sum::<u64>());

        // Where they go now is the publication's, on this day.
        let mut taken: BTreeMap<Option<Receiver>, u64> = BTreeMap::new();
        let mut lost: BTreeMap<Priority, u64> = BTreeMap::new();
        for (facts, count, by) in decided(catch.day) {
            let fits = naive::match_results(&with_it, facts, catch.day)
                .iter()
                .any(|(it, match_result)| it.priority == priority && *match_result == MatchResult::Matches);
            if by == Some(number) {
                let now = naive::decision(&published, facts, today);
                let now = now.map(|(authority, fagsystem, _)| Receiver {
                    authority: authority.parse().expect("a number"),
                    fagsystem: fagsystem_id(&fagsystem),
                });
                *taken.entry(now).or_default() += count;
            } else if fits {
                let by = by.and_then(Priority::new).expect("a rule decides, since this one would");
                *lost.entry(by).or_default() += count;
            }
        }
        prop_assert_eq!(&catch.taken, &taken);
        prop_assert_eq!(&catch.lost, &lost);
        let shown: u64 = catch.kinds.iter().map(|(_, count)| count).sum();
        prop_assert!(shown <= catch.count() && (shown > 0) == (catch.count() > 0));

        // On each later day on which it counts.
        prop_assert_eq!(catch.left_out, 0);
        for offset in 0..ALL_DAYS {
            let day = catch.day + offset.days();
            if !rule.validity.includes(day) {
                break;
            }
            let so_far = catch.later.iter().take_while(|(from, _)| *from <= day).last();
            let count = so_far.map_or(catch.count(), |(_, count)| *count);
            prop_assert_eq!(count, taken_on(day), "on {}", day);
        }
    }

    #[test]
    fn a_rule_is_left_with_none_when_others_take_all_that_fits_it(
        book in any_book(),
        messages in any_messages(),
        day in any_day(),
    ) {
        let draft = compiled(&book);
        for authority in &book.authorities {
            let mut expected: BTreeMap<Priority, BTreeMap<Priority, u64>> = BTreeMap::new();
            for rule in &authority.rules {
                let (mut lost, mut takes) = (BTreeMap::new(), false);
                for (facts, count) in each(&messages) {
                    let match_results = naive::match_results(&book, facts, day);
                    let fits = |it: &&(&Rule, MatchResult)| it.1 == MatchResult::Matches;
                    let is_ours = naive::decision(&book, facts, day).is_some_and(|it| it.0 == authority.cvr.to_string());
                    if !is_ours || !match_results.iter().filter(fits).any(|(it, _)| it.priority == rule.priority) {
                        continue;
                    }
                    let winner = match_results.iter().find(fits).expect("this one fits").0.priority;
                    takes |= winner == rule.priority;
                    *lost.entry(winner).or_default() += count;
                }
                if !takes && !lost.is_empty() {
                    expected.insert(rule.priority, lost);
                }
            }
            let rules: Vec<&Rule> = authority.rules.iter().map(Arc::as_ref).collect();
            let found = draft.left_with_none(authority.cvr, &rules, each(&messages), day);
            prop_assert_eq!(found, expected);
        }
    }
}

#[test]
fn messages_that_would_wait_for_a_paused_fagsystem_are_counted() {
    let rules = vec![super::books::rule(
        1,
        postfordeler::rules::Criterion::NoContactPoint(postfordeler::rules::PostType::Unspecified),
    )];
    let ours = super::books::cvr("66137112");
    let before = RuleBook { known_authorities: Vec::new(), authorities: vec![super::books::authority(ours, rules)] };
    let mut after = before.clone();
    after.authorities[0].fagsystems[1].active = false;
    let messages = [(super::books::bare_facts(ours), 5)];
    let (old, new) = (compiled(&before), compiled(&after));
    let effect = Effect::between(&old, &new, each(&messages), FIRST_DAY);
    assert_eq!((effect.messages, effect.changed(), effect.held), (5, 0, 5));
    let back = Effect::between(&new, &old, each(&messages), FIRST_DAY);
    assert_eq!((back.changed(), back.held), (0, 0));
}

#[test]
fn messages_whose_recipient_is_no_longer_an_authority_are_told_as_refused() {
    let ours = super::books::cvr("66137112");
    let before =
        RuleBook { known_authorities: Vec::new(), authorities: vec![super::books::authority(ours, Vec::new())] };
    let after = RuleBook::default();
    let messages = [(super::books::bare_facts(ours), 3)];
    let (old, new) = (compiled(&before), compiled(&after));
    let receiver = Receiver { authority: ours, fagsystem: fagsystem_id("esdh") };
    let gone = Effect::between(&old, &new, each(&messages), FIRST_DAY);
    assert_eq!(told(&gone), (3, BTreeMap::from([((Some(receiver.clone()), None), 3)])));
    let come = Effect::between(&new, &old, each(&messages), FIRST_DAY);
    assert_eq!(told(&come), (3, BTreeMap::from([((None, Some(receiver)), 3)])));
}
