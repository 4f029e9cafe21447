//! What past messages would notice of other rules, in English.

use super::grammar::{GRAMMAR, RULE_LIST, counted};
use crate::desktop::language::texts::effects::{CatchBegun, CatchTexts, EffectTexts, TurnoutTexts};

pub(super) const TEXTS: EffectTexts = EffectTexts {
    grammar: GRAMMAR,
    list: RULE_LIST,
    working_out: "Working out what it does to the messages of the last 30 days …",
    contradiction: "Cannot be worked out while the rules contradict one another.",
    behind: |newest| format!("Will be worked out once the changes have been carried over to publication {newest}."),
    more_days: counted("It changes again on 1 more day.", |days| format!("It changes again on {days} more days.")),
    left_out: counted("Rules also begin or end on 1 more day, which has not been taken into account.", |days| {
        format!("Rules also begin or end on {days} more days, which have not been taken into account.")
    }),
    tried: counted("1 message from the last 30 days", |count| format!("{count} messages from the last 30 days")),
    turnout: TurnoutTexts {
        nothing_to_try: "There are no messages from the last 30 days to try it on.",
        none: "none",
        always: |count, tried| format!("Of {tried}, {count} would go elsewhere"),
        always_none: |tried| format!("Of {tried}, none would go elsewhere"),
        today: |count, tried| format!("Today, {count} of {tried} would go elsewhere"),
        on_day: |day, count, tried| format!("On {day}, {count} of {tried} would go elsewhere"),
        always_from: |day, count, tried| format!("From {day}, {count} of {tried} would go elsewhere"),
        from_day: |day, count| format!("From {day}, {count} of them would go elsewhere"),
        moved: |count, from, to| format!("{count} from {from} to {to}"),
        refused: |count, from| format!("{count} from {from} refused, because no authority has their CVR number"),
        no_longer_refused: |count, to| format!("{count} otherwise refused to {to}"),
        elsewhere: |count| format!("{count} in other ways"),
        held: counted("1 stays in Digital Post because the business system is paused.", |count| {
            format!("{count} stay in Digital Post because the business system is paused.")
        }),
    },
    catch: CatchTexts {
        nothing_to_try: "There are no messages from the last 30 days to try the rule on.",
        none: "none",
        begun: catch_begun,
        same: |count, name| format!("{count} already going to {name}"),
        from: |count, name, is_now| format!("{count} {} going to {name}", if is_now { "now" } else { "otherwise" }),
        refused: |count, is_now| format!("{count} {} refused", if is_now { "now" } else { "otherwise" }),
        first_day: |day, count| format!("From {day} it would take {count}"),
        other_day: |day, count| format!("from {day} {count}"),
        all_lost: |rules, is_one, messages| format!("{rules} {} the {messages} that match first.", take(is_one)),
        one_of_all_lost: |rules, is_one| format!("{rules} {} the one that matches first.", take(is_one)),
        some_lost: |rules, is_one, messages| format!("{rules} {} {messages} others that match first.", take(is_one)),
        one_lost: |rules, is_one| format!("{rules} {} 1 other that matches first.", take(is_one)),
    },
    none_fits: "None of them matches the rule.",
    is_over: |last| format!("The rule expired on {last} and takes nothing."),
    will_be_over: |last, day| format!("The rule expires on {last} and takes nothing on {day}."),
};

fn take(is_one_rule: bool) -> &'static str {
    if is_one_rule { "takes" } else { "take" }
}

fn catch_begun(CatchBegun { is_off, day, count, tried }: &CatchBegun<'_>) -> String {
    let count = count.unwrap_or("none");
    match (is_off, day) {
        (false, None) => format!("Of {tried}, it would have taken {count}"),
        (false, Some(day)) => format!("From {day}, it would take {count} of {tried}"),
        (true, None) => format!("Switched on, it would have taken {count} of {tried}"),
        (true, Some(day)) => format!("Switched on, it would take {count} of {tried} from {day}"),
    }
}
