//! What a plan answers.

use postfordeler::rules::{KleChange, KlePlan};

use super::{OFFICIAL, kle, read_well};

fn plan(numbers: &[(&str, &str)]) -> KlePlan {
    let mut plan = KlePlan::empty();
    for (number, title) in numbers {
        assert!(plan.add(kle(number), title));
    }
    plan
}

#[test]
fn the_likeliest_is_what_begins_with_what_is_written() {
    let plan = plan(&[
        ("27", "Social service"),
        ("27.06", "Tilskud til dagtilbud"),
        ("28", "Dagtilbud"),
        ("28.06", "Optagelse i dagtilbud"),
        ("28.27", "27 timers tilbud"),
    ]);
    let likeliest = |words: &str, most| -> Vec<String> {
        plan.likeliest(words, most).into_iter().map(|(number, _)| number.to_string()).collect()
    };
    assert_eq!(likeliest("dagtilbud", 5), ["28", "27.06", "28.06"]);
    assert_eq!(likeliest("27", 5), ["27", "27.06", "28.27"]);
    assert_eq!(likeliest("i DAGTILBUD", 5), ["28.06", "27.06", "28"]);
    assert_eq!(likeliest("dagtilbud", 2), ["28", "27.06"]);
    assert!(likeliest("skole", 5).is_empty());
}

#[test]
fn every_word_must_be_found() {
    let plan = read_well(OFFICIAL).plan;
    let found = |words: &str| plan.find(words).map(|(number, _)| number.to_string()).collect::<Vec<_>>();
    assert_eq!(found("OPTAGELSE almindelighed"), ["28.06.00"]);
    assert_eq!(found("28 optagelse"), ["28.06", "28.06.00"]);
    assert_eq!(found("28.06"), ["28.06", "28.06.00"]);
    assert!(found("optagelse skole").is_empty());
    assert_eq!(plan.path(kle("28.06.00")), "Dagtilbud › Optagelse i dagtilbud");
}

#[test]
fn what_a_newer_plan_changes_is_counted() {
    let older = plan(&[("27", "Social service"), ("28", "Dagtilbud"), ("28.06", "Optagelse")]);
    let newer =
        plan(&[("28", "Dagtilbud"), ("28.06", "Optagelse i dagtilbud"), ("28.07", "Takster"), ("29", "Sundhed")]);
    assert_eq!(older.change_to(&newer), KleChange { added: 2, removed: 1, renamed: 1 });
    assert!(older.change_to(&older).is_empty());
}
