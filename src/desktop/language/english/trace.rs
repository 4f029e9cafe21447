//! One message whose way is shown on *Kort*, in English.

use crate::desktop::language::texts::trace::TraceTexts;

pub(super) const TEXTS: TraceTexts = TraceTexts {
    show: "Show on the map",
    message: |what, writer, day| match day {
        Some(day) => format!("{what} from {writer}, which comes on {day}"),
        None => format!("{what} from {writer}"),
    },
    by_rule: |message, rule, looks_at, fagsystem| {
        format!("{message}: rule {rule} ({looks_at}) gives it to {fagsystem}.")
    },
    by_default: |message, fagsystem| {
        format!("{message}: no rule takes it, so it goes to the default recipient {fagsystem}.")
    },
    undecided: "The rules in force do not decide where it goes.",
    right: "That is where it belongs.",
    held: |fagsystem| format!("That is where it belongs, but {fagsystem} is paused, so it stays with Digital Post."),
    belongs_to: |fagsystem| format!("It belongs in {fagsystem}."),
    taken_from: |rule, fagsystem, by| {
        format!("Rule {rule} would give it to {fagsystem}, but rule {by} comes before it.")
    },
    no_rule: |fagsystem| format!("None of the rules that match it gives it to {fagsystem}."),
    by_draft: |fagsystem, rule| match rule {
        Some(rule) => format!("The draft gives it to {fagsystem} (rule {rule}) once it is published."),
        None => format!("By the draft it goes to the default recipient {fagsystem} once it is published."),
    },
    bundled: |numbers| format!("The map shows the rule together with others ({numbers})."),
    look_into: "See them one by one",
    its_way: "This is how it goes",
    its_place: "This is where it belongs",
    back_to_lesson: "Back to the lesson",
    leave: "Show the whole map",
};
