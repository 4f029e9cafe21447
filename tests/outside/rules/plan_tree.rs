//! A plan with who gets each part of it, and how much mail came.

use std::collections::BTreeSet;

use postfordeler::rules::{
    Authority, Criterion, Facts, FormNumbers, Kle, KleNumbers, KlePlan, Part, PartOrigin, PlanTree, Rule, RuleBook,
    Segment, Sender, SenderKind, TakenBy, Takers, form_areas,
};
use proptest::prelude::*;

use super::books::{FIRST_DAY, any_book, any_day, authority, cvr, fagsystem_id, rule};
use super::{big_book, compiled};

fn number(text: &str) -> Kle {
    text.parse().expect("KLE")
}

fn plan(numbers: &[&str]) -> KlePlan {
    let mut plan = KlePlan::empty();
    for text in numbers {
        assert!(plan.add(number(text), &format!("Titel {text}")));
    }
    plan
}

fn kle_rule(priority: u32, kle: &str) -> Rule {
    rule(priority, Criterion::Kle(kle.parse().expect("KLE")))
}

fn message(kle: Option<&str>) -> Facts {
    Facts { kle: kle.map(number), ..Facts::new(Sender::Person, cvr("66137112")) }
}

fn tree(plan: &KlePlan, rules: Vec<Rule>, messages: &[(Facts, u64)]) -> PlanTree {
    tree_of(plan, &authority(cvr("66137112"), rules), messages)
}

fn tree_of(plan: &KlePlan, authority: &Authority, messages: &[(Facts, u64)]) -> PlanTree {
    let book = RuleBook { authorities: vec![authority.clone()], ..RuleBook::default() };
    let takers = Takers::<KleNumbers>::of(&book, authority, FIRST_DAY);
    let recipients: Vec<_> = authority.cvrs().collect();
    PlanTree::of(plan.entries(), &takers, &recipients, messages.iter().map(|(facts, count)| (facts, *count)))
}

fn part<'t>(tree: &'t PlanTree, numbers: &str) -> &'t Part {
    tree.parts.iter().find(|part| part.numbers == numbers).unwrap_or_else(|| panic!("no part {numbers}"))
}

fn receivers(part: &Part) -> Vec<(&str, bool)> {
    part.taken_by.iter().map(|by| (by.fagsystem.as_str(), by.is_default)).collect()
}

#[test]
fn mail_and_takers_are_summed_up_from_the_lowest_numbers() {
    let plan = plan(&["27", "27.03", "27.03.00", "27.03.08", "27.18", "27.18.00", "28", "28.06", "28.06.00"]);
    let messages = [
        (message(Some("27.03.08")), 5),
        (message(Some("27.03")), 2),
        (message(Some("28.06.00")), 1),
        (message(None), 9),
        (Facts { recipient: Some(cvr("11223344")), ..message(Some("28")) }, 100),
    ];
    let tree = tree(&plan, vec![kle_rule(1, "27.03"), kle_rule(2, "28.06.00")], &messages);
    assert_eq!(tree.roots.len(), 2);
    assert_eq!((part(&tree, "27").mail, part(&tree, "27.03").mail, part(&tree, "27.03.00").mail), (7, 7, 2));
    assert_eq!((tree.mail.numbered, tree.mail.without_number), (8, 9));
    assert_eq!(receivers(part(&tree, "27")), [("ydelse", false), ("esdh", true)]);
    assert_eq!(receivers(part(&tree, "27.03")), [("ydelse", false)]);
    assert_eq!(part(&tree, "27.03").title.as_deref(), Some("Titel 27.03"));
    // All numbers of the plan under 28 are taken, but not those that the plan does not have.
    assert_eq!(receivers(part(&tree, "28")), [("ydelse", false)]);
    assert!(part(&tree, "28").others[0].taker.rule.is_none());
    assert!(part(&tree, "27.03").others.is_empty());
    let ydelse = TakenBy { is_default: false, fagsystem: fagsystem_id("ydelse") };
    assert_eq!(tree.mail.by_taker, [(ydelse, 8)]);
    assert_eq!(tree.uncovered().iter().map(|at| tree.parts[*at].numbers.as_str()).collect::<Vec<_>>(), ["27.18"]);
}

#[test]
fn rules_divide_what_the_plan_does_not() {
    let tree = tree(&KlePlan::built_in(), vec![kle_rule(1, "32.00 - 32.45")], &[(message(Some("32.46.05")), 3)]);
    let parts: Vec<_> = part(&tree, "32").below.iter().map(|at| &tree.parts[*at]).collect();
    let told: Vec<_> = parts.iter().map(|part| (part.numbers.as_str(), part.mail, part.is_uncovered())).collect();
    assert_eq!(told, [("32.00 - 32.45", 0, false), ("32.46 - 32.99", 3, true)]);
    assert!(parts.iter().all(|part| part.origin == PartOrigin::Divided && part.title.is_none()));
    assert_eq!(parts[1].criterion, Criterion::Kle("32.46 - 32.99".parse().expect("KLE")));
    // The part with mail comes first, and then the others in order.
    let uncovered = tree.uncovered();
    assert_eq!(tree.parts[uncovered[0]].numbers, "32.46 - 32.99");
    assert_eq!(tree.parts[uncovered[1]].numbers, "00");
}

#[test]
fn mail_with_a_number_that_the_plan_does_not_have_is_told() {
    let plan = plan(&["27", "27.03", "27.03.00", "28", "28.06.02"]);
    let messages = [
        (message(Some("27.03.44")), 4),
        (message(Some("27.99.01")), 3),
        (message(Some("99.10.10")), 2),
        (message(Some("28.06.05")), 1),
    ];
    let tree = tree(&plan, Vec::new(), &messages);
    let unplanned: Vec<_> = tree.parts.iter().filter(|part| part.origin == PartOrigin::Unplanned).collect();
    let mut told: Vec<_> = unplanned.iter().map(|part| (part.numbers.as_str(), part.mail)).collect();
    told.sort_unstable();
    // No part overlaps another one: 28.06 would have the plan's 28.06.02 within.
    assert_eq!(told, [("27.03.44", 4), ("27.99", 3), ("28.06.05", 1), ("99", 2)]);
    assert_eq!((tree.mail.unplanned, tree.mail.left_out), (10, 0));
    assert_eq!(tree.roots.iter().map(|at| tree.parts[*at].mail).sum::<u64>(), tree.mail.numbered);
    assert_eq!(tree.parts[tree.roots[2]].numbers, "99");
}

#[test]
fn form_is_divided_below_its_areas_by_rules_alone() {
    let rules = vec![rule(1, Criterion::Form("26.10 - 26.20".parse().expect("FORM")))];
    let authority = authority(cvr("66137112"), rules);
    let book = RuleBook { authorities: vec![authority.clone()], ..RuleBook::default() };
    let takers = Takers::<FormNumbers>::of(&book, &authority, FIRST_DAY);
    let message = Facts { form: Some("26.15.10".parse().expect("FORM")), ..message(None) };
    let tree = PlanTree::of(form_areas(), &takers, &[authority.cvr], std::iter::once((&message, 6)));
    assert_eq!(tree.roots.len(), 34);
    let told: Vec<_> =
        part(&tree, "26").below.iter().map(|at| (tree.parts[*at].numbers.as_str(), tree.parts[*at].mail)).collect();
    assert_eq!(told, [("26.00 - 26.09", 0), ("26.10 - 26.20", 6), ("26.21 - 26.99", 0)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_part_is_taken_by_those_that_get_its_numbers(book in any_book(), day in any_day()) {
        let parts = ["00", "05", "31", "36", "99"];
        let mut numbers: Vec<String> = parts.map(str::to_owned).to_vec();
        for above in parts {
            numbers.extend(parts.map(|part| format!("{above}.{part}")));
            numbers.extend(parts.iter().flat_map(|group| parts.map(|part| format!("{above}.{group}.{part}"))));
        }
        let plan = plan(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        let distributor = compiled(&book);
        for authority in &book.authorities {
            let takers = Takers::<KleNumbers>::of(&book, authority, day);
            let recipients: Vec<_> = authority.cvrs().collect();
            let tree = PlanTree::of(plan.entries(), &takers, &recipients, std::iter::empty());
            for part in &tree.parts {
                let mut decided = BTreeSet::new();
                let own = number(&part.numbers);
                for (kle, _) in plan.entries().filter(|(it, _)| it.level() == 3 && (*it == own || it.is_below(own))) {
                    for (kind, recipient) in kinds().flat_map(|kind| recipients.iter().map(move |it| (kind, *it))) {
                        let taker = takers.taker(kle, kind, recipient).expect("one takes it");
                        decided.insert((taker.fagsystem.to_string(), taker.rule.is_none()));
                    }
                }
                let told: BTreeSet<_> =
                    part.taken_by.iter().map(|by| (by.fagsystem.to_string(), by.is_default)).collect();
                prop_assert_eq!(&told, &decided, "{}", part.numbers);
                let below: BTreeSet<_> = part.below.iter().flat_map(|at| &tree.parts[*at].taken_by).collect();
                prop_assert!(part.below.is_empty() || below == part.taken_by.iter().collect());
            }
        }
        prop_assert!(!distributor.book().authorities.is_empty());
    }
}

fn kinds() -> impl Iterator<Item = SenderKind> {
    [SenderKind::Person, SenderKind::Company, SenderKind::Authority].into_iter()
}

#[test]
fn a_segment_splits_a_number() {
    let persons = Rule { segment: Segment::Person, ..kle_rule(1, "28") };
    let tree = tree(&plan(&["28", "28.06", "28.06.00"]), vec![persons], &[]);
    let subject = part(&tree, "28.06.00");
    assert_eq!(receivers(subject), [("ydelse", false), ("esdh", true)]);
    assert_eq!(subject.taking[0].senders, [SenderKind::Person]);
    assert_eq!(subject.taking[1].senders, [SenderKind::Company, SenderKind::Authority]);
}

/// As large as the plan that KL publishes.
fn whole_plan() -> KlePlan {
    let mut plan = KlePlan::built_in();
    let mains: Vec<_> = plan.entries().map(|(number, _)| number.to_string()).collect();
    for main in mains {
        for group in 0..8 {
            plan.add(number(&format!("{main}.{group:02}")), "Gruppe");
            for subject in 0..8 {
                plan.add(number(&format!("{main}.{group:02}.{subject:02}")), "Emne");
            }
        }
    }
    plan
}

#[test]
fn a_whole_plan_and_ten_thousand_rules_are_read() {
    let (plan, book) = (whole_plan(), big_book::with_rules(10_000));
    let messages = big_book::messages(10_000);
    let authority = &book.authorities[0];
    let takers = Takers::<KleNumbers>::of(&book, authority, FIRST_DAY);
    let counted = messages.iter().map(|facts| (facts, 3));
    let tree = PlanTree::of(plan.entries(), &takers, &[authority.cvr], counted);
    assert!(plan.len() > 2_400);
    let roots = tree.roots.iter().map(|at| tree.parts[*at].mail).sum::<u64>();
    assert_eq!(roots + tree.mail.left_out, tree.mail.numbered);
}
