use jiff::civil::Date;

use super::super::effects::{Caught, EffectTexts, Taken, Turnout, Way, When};
use super::rules::listed;
use super::{counted, number};
use crate::desktop::language::format::date_text;
use crate::rules::Priority;

pub(super) const TEXTS: EffectTexts = EffectTexts {
    working_out: "Working out what it does to the messages of the last 30 days …",
    contradiction: "Cannot be worked out as long as the rules contradict one another.",
    behind: |newest| format!("Worked out once the changes have been carried over to publication {newest}."),
    turnout,
    more_days: |days| match days {
        1 => "On 1 more day it changes again.".to_owned(),
        _ => format!("On {days} more days it changes again."),
    },
    left_out: |days| match days {
        1 => "On 1 more day rules begin or end. It has not been taken into account.".to_owned(),
        _ => format!("On {} more days rules begin or end. They have not been taken into account.", number(days as u64)),
    },
    catch,
    later,
    lost,
    none_fits: "None of them matches the rule.",
    is_over: |last| format!("The rule expired on {} and takes nothing.", date_text(last)),
};

fn tried(count: u64) -> String {
    format!("{} from the last 30 days", counted(count, "message"))
}

fn turnout(it: &Turnout) -> String {
    if it.all == 0 {
        return "There are no messages from the last 30 days to try it on.".to_owned();
    }
    let all = tried(it.all);
    let changed = it.changed();
    let count = if changed == 0 { "none".to_owned() } else { number(changed) };
    let begun = match it.when {
        When::Always => format!("Of {all}, {count} would go elsewhere"),
        When::Today => format!("Today, {count} of {all} would go elsewhere"),
        When::From(day) => format!("From {}, {count} of them would go elsewhere", date_text(day)),
    };
    let mut ways: Vec<_> = it.ways.iter().map(way).collect();
    ways.extend((it.elsewhere > 0).then(|| format!("{} in other ways", number(it.elsewhere))));
    let ways = if ways.is_empty() { String::new() } else { format!(": {}", ways.join(", ")) };
    let held = match it.held {
        0 => String::new(),
        1 => " 1 stays in Digital Post because the business system is paused.".to_owned(),
        held => format!(" {} stay in Digital Post because the business system is paused.", number(held)),
    };
    format!("{begun}{ways}.{held}")
}

fn way(way: &Way) -> String {
    let count = number(way.count);
    match (&way.from, &way.to) {
        (Some(from), Some(to)) => format!("{count} from {from} to {to}"),
        (Some(from), None) => format!("{count} from {from} refused, as no authority has their CVR number"),
        (None, Some(to)) => format!("{count} otherwise refused to {to}"),
        (None, None) => count,
    }
}

fn catch(it: &Caught) -> String {
    if it.all == 0 {
        return "There are no messages from the last 30 days to try the rule on.".to_owned();
    }
    let all = tried(it.all);
    let day = it.from.map_or_else(String::new, |day| format!("From {}, ", date_text(day)));
    let off = match (it.is_off, it.from) {
        (false, _) => "",
        (true, None) => "Switched on, ",
        (true, Some(_)) => "switched on, ",
    };
    let of = if day.is_empty() && off.is_empty() { format!("Of {all}, ") } else { format!("of {all}, ") };
    let would = if it.from.is_some() { "it would take" } else { "it would have taken" };
    let begun = format!("{day}{off}{of}{would}");
    if it.count() == 0 {
        return format!("{begun} none.");
    }
    let taken: Vec<_> = it.taken.iter().map(taken).collect();
    format!("{begun} {}: {}.", number(it.count()), taken.join(", "))
}

fn taken(taken: &Taken) -> String {
    let count = number(taken.count);
    match &taken.from {
        Some(name) if taken.is_same => format!("{count} already going to {name}"),
        Some(name) => format!("{count} now going to {name}"),
        None => format!("{count} now refused"),
    }
}

fn later(days: &[(Date, u64)]) -> String {
    let count = |count: u64| if count == 0 { "none".to_owned() } else { number(count) };
    let words = |at: usize, (day, taken): &(Date, u64)| {
        let (day, taken) = (date_text(*day), count(*taken));
        if at == 0 { format!("From {day} it would take {taken}") } else { format!("from {day} {taken}") }
    };
    let words: Vec<_> = days.iter().enumerate().map(|(at, day)| words(at, day)).collect();
    format!("{}.", words.join(", "))
}

fn lost(rules: &[Priority], count: u64, is_all: bool) -> String {
    let (whose, take) = (listed(rules), if rules.len() == 1 { "takes" } else { "take" });
    match (is_all, count) {
        (true, 1) => format!("{whose} {take} the one that matches first."),
        (true, count) => format!("{whose} {take} the {} that match first.", number(count)),
        (false, 1) => format!("{whose} {take} 1 other that matches first."),
        (false, count) => format!("{whose} {take} {} others that match first.", number(count)),
    }
}
