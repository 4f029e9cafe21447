//! *KLE-plan* in English.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::kle::KleTexts;
use crate::exchange::{KleFlaw, KlePlanError};

pub(super) const TEXTS: KleTexts = KleTexts {
    title: "KLE plan",
    grammar: GRAMMAR,
    plan_of: |day, numbers| format!("KL's plan of {day} · {numbers} numbers"),
    plan_without_day: |numbers| format!("KL's plan · {numbers} numbers"),
    main_groups_alone: |numbers| format!("Only the {numbers} main groups · get KL's plan for the rest"),
    fetch: "Import a KLE plan …",
    forget: "Use only the built-in main groups again",
    in_use: |plan| format!("Now in use: {plan}"),
    search: "Search for a word or number",
    unfold_all: "Expand all",
    fold_all: "Collapse all",
    found: counted("1 number found", |count| format!("{count} numbers found")).or_none("Nothing found"),
    none_found: "No number or title matches the search.",
    show_all: "Show the whole plan",
    number_and_title: "Number and title",
    taken_by: |is_today| if is_today { "Rule today" } else { "Rule on that day" },
    taken: |priority, fagsystem| format!("{priority} → {fagsystem}"),
    segment_alone: |segment| format!("{} only", segment.to_lowercase()),
    others: counted("1 more", |count| format!("{count} more")),
    in_part: counted("Part of it: 1 rule", |count| format!("Parts of it: {count} rules")),
    nobody: "The default recipient",
    rules: "Rules for the number",
    decides: |day| day.map_or_else(|| "Decides today".to_owned(), |day| format!("Decides on {day}")),
    since: |date| format!("from {date}"),
    only_part: |interval| format!("Only takes part of it: {interval}"),
    goes_to_default: |fagsystem| {
        format!("No KLE rule takes the number. What no other rule takes goes to the default recipient, {fagsystem}.")
    },
    rest_goes_to_default: |fagsystem, day| {
        let when = day.map_or_else(|| "today".to_owned(), |day| format!("on {day}"));
        format!("No rule takes the whole number {when}: the rest goes to the default recipient, {fagsystem}.")
    },
    more_rules: counted("and 1 more rule", |count| format!("and {count} more rules")),
    carried: counted("1 of the last 30 days' messages had the number.", |count| {
        format!("{count} of the last 30 days' messages had the number.")
    })
    .or_none("None of the last 30 days' messages had the number."),
    new_rule: "New rule for the number",
    sheet_title: "KLE title",
    error,
    flaw,
};

fn error(error: KlePlanError) -> &'static str {
    match error {
        KlePlanError::NotAPlan => {
            "The file is not a KLE plan. Download KL's emneplan as XML; it has the elements Hovedgruppe, Gruppe and Emne."
        }
        KlePlanError::NoNumbers => "The file has no usable KLE number.",
        KlePlanError::TooLarge => "The file is larger than 32 MB, which no KLE plan is.",
        KlePlanError::UnknownEncoding => "The file has an unknown encoding. Save it as UTF-8.",
        KlePlanError::Stopped(_) => "Reading was stopped.",
    }
}

fn flaw(flaw: &KleFlaw) -> String {
    match flaw {
        KleFlaw::NoNumber => "There is no number here".to_owned(),
        KleFlaw::NotANumber(text) => format!("“{text}” is not a number of that level"),
        KleFlaw::NoTitle(number) => format!("{number} has no title"),
        KleFlaw::Unreadable(number) => format!("The title of {number} cannot be read: the file is not UTF-8 here"),
        KleFlaw::Repeated(number) => format!("{number} appears twice; the first one is used"),
        KleFlaw::Outside { number, within } => format!("{number} is in {within}, where it does not belong"),
        KleFlaw::StrayEnd => "An element ends here that never began".to_owned(),
        KleFlaw::BrokenOff => "The file is broken or cut off from here on; what comes before has been read".to_owned(),
    }
}
