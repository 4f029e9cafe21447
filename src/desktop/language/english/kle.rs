use crate::desktop::language::format::date_text;
use crate::desktop::language::grouped;
use crate::desktop::language::kle::KleTexts;
use crate::exchange::{KleFlaw, KlePlanError};
use crate::rules::KlePlan;

pub(super) const TEXTS: KleTexts = KleTexts {
    title: "KLE plan",
    plan,
    fetch: "Get a KLE plan …",
    forget: "Use only the built-in main groups again",
    counts: |it| format!("In use now: {}", plan(it)),
    search: "Search a word or number",
    unfold_all: "Unfold everything",
    fold_all: "Fold everything",
    found: |count| match count {
        0 => "Nothing found".to_owned(),
        1 => "1 number found".to_owned(),
        count => format!("{} numbers found", number(count)),
    },
    none_found: "No number or title matches the search.",
    show_all: "Show the whole plan",
    number_and_title: "Number and title",
    taken_by: "Rule today",
    taken: |priority, fagsystem| format!("{priority} → {fagsystem}"),
    segment_alone: |segment| format!("{} only", segment.to_lowercase()),
    others: |count| format!("{} more", number(count)),
    in_part: |count| match count {
        1 => "A part of it: 1 rule".to_owned(),
        count => format!("Parts of it: {} rules", number(count)),
    },
    nobody: "The default recipient",
    rules: "Rules for the number",
    decides: "Decides today",
    since: |date| format!("from {date}"),
    only_part: |interval| format!("Takes a part only: {interval}"),
    goes_to_default: |fagsystem| {
        format!("No KLE rule takes the number. What no other rule takes goes to the default recipient, {fagsystem}.")
    },
    rest_goes_to_default: |fagsystem| {
        format!("No rule takes the whole number today: the rest goes to the default recipient, {fagsystem}.")
    },
    more_rules: |count| {
        if count == 1 { "and 1 more rule".to_owned() } else { format!("and {} more rules", number(count)) }
    },
    carried: |count| match count {
        0 => "None of the messages of the last 30 days had the number.".to_owned(),
        1 => "1 of the messages of the last 30 days had the number.".to_owned(),
        count => format!("{} of the messages of the last 30 days had the number.", grouped(count, ',')),
    },
    new_rule: "New rule for the number",
    sheet_title: "KLE title",
    error,
    flaw,
};

fn number(number: usize) -> String {
    grouped(number as u64, ',')
}

fn plan(plan: &KlePlan) -> String {
    let count = number(plan.len());
    match plan.published {
        Some(day) => format!("KL's plan of {} · {count} numbers", date_text(day)),
        None if plan.has_main_groups_alone() => format!("Only the {count} main groups · get KL's plan for the rest"),
        None => format!("KL's plan · {count} numbers"),
    }
}

fn error(error: KlePlanError) -> &'static str {
    match error {
        KlePlanError::NotAPlan => {
            "The file is no KLE plan. Get KL's emneplan as XML; it has the elements Hovedgruppe, Gruppe and Emne."
        }
        KlePlanError::NoNumbers => "The file has no KLE number that can be used.",
        KlePlanError::TooLarge => "The file is larger than 32 MB, which no KLE plan is.",
        KlePlanError::UnknownEncoding => "The file has an encoding that the program does not know. Save it in UTF-8.",
        KlePlanError::Stopped(_) => "Reading was stopped.",
    }
}

fn flaw(flaw: &KleFlaw) -> String {
    match flaw {
        KleFlaw::NoNumber => "There is no number here".to_owned(),
        KleFlaw::NotANumber(text) => format!("'{text}' is no number of that level"),
        KleFlaw::NoTitle(number) => format!("{number} has no title"),
        KleFlaw::Unreadable(number) => format!("The title of {number} cannot be read: the file is not UTF-8 here"),
        KleFlaw::Repeated(number) => format!("{number} appears twice; the first counts"),
        KleFlaw::Outside { number, within } => format!("{number} is in {within}, where it does not belong"),
        KleFlaw::StrayEnd => "An element ends here that has not begun".to_owned(),
        KleFlaw::BrokenOff => "From here on the file is broken or cut off; what comes before has been read".to_owned(),
    }
}
