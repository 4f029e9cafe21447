use jiff::civil::Date;

use super::super::effects::{Caught, EffectTexts, Taken, Turnout, Way, When};
use super::super::grouped;
use super::rules::listed;
use crate::desktop::language::format::date_text;
use crate::rules::Priority;

pub(super) const TEXTS: EffectTexts = EffectTexts {
    working_out: "Regner ud, hvad det gør ved de sidste 30 dages meddelelser …",
    contradiction: "Kan ikke regnes ud, så længe reglerne modsiger hinanden.",
    behind: |newest| format!("Regnes ud, når ændringerne er flyttet over på udgivelse {newest}."),
    turnout,
    more_days: |days| match days {
        1 => "På 1 dag mere skifter det igen.".to_owned(),
        _ => format!("På {days} dage mere skifter det igen."),
    },
    left_out: |days| match days {
        1 => "På 1 dag mere begynder eller slutter regler. Den er ikke regnet med.".to_owned(),
        _ => {
            format!("På {} dage mere begynder eller slutter regler. De er ikke regnet med.", grouped(days as u64, '.'))
        }
    },
    catch,
    later,
    lost,
    none_fits: "Ingen af dem passer på reglen.",
    is_over: |last| format!("Reglen udløb {} og tager ingen post.", date_text(last)),
};

fn number(number: u64) -> String {
    grouped(number, '.')
}

/// "de sidste 30 dages 4.812 meddelelser"
fn tried(count: u64) -> String {
    let messages = if count == 1 { "meddelelse" } else { "meddelelser" };
    format!("de sidste 30 dages {} {messages}", number(count))
}

fn turnout(it: &Turnout) -> String {
    if it.all == 0 {
        return "Der er ingen meddelelser fra de sidste 30 dage at prøve det på.".to_owned();
    }
    let all = tried(it.all);
    let changed = it.changed();
    let count = if changed == 0 { "ingen".to_owned() } else { number(changed) };
    let begun = match it.when {
        When::Always if changed == 0 => format!("Ingen af {all} skifter modtager"),
        When::Always => format!("{count} af {all} skifter modtager"),
        When::Today => format!("I dag skifter {count} af {all} modtager"),
        When::From(day) => format!("Fra {} skifter {count} af dem modtager", date_text(day)),
    };
    let mut ways: Vec<_> = it.ways.iter().map(way).collect();
    ways.extend((it.elsewhere > 0).then(|| format!("{} ad andre veje", number(it.elsewhere))));
    let ways = if ways.is_empty() { String::new() } else { format!(": {}", ways.join(", ")) };
    let held = match it.held {
        0 => String::new(),
        held => format!(" {} bliver i Digital Post, fordi fagsystemet er på pause.", number(held)),
    };
    format!("{begun}{ways}.{held}")
}

fn way(way: &Way) -> String {
    let count = number(way.count);
    match (&way.from, &way.to) {
        (Some(from), Some(to)) => format!("{count} fra {from} til {to}"),
        (Some(from), None) => format!("{count} fra {from} afvises, da deres CVR-nr. ikke er nogen myndigheds"),
        (None, Some(to)) => format!("{count}, der ellers afvises, til {to}"),
        (None, None) => count,
    }
}

fn catch(it: &Caught) -> String {
    if it.all == 0 {
        return "Der er ingen meddelelser fra de sidste 30 dage at prøve reglen på.".to_owned();
    }
    let (all, day) = (tried(it.all), it.from.map(date_text));
    let count = number(it.count());
    let begun = match (it.is_off, day, it.count()) {
        (false, None, 0) => format!("Ville ikke have taget nogen af {all}"),
        (false, None, _) => format!("Ville have taget {count} af {all}"),
        (false, Some(day), 0) => format!("Fra {day} ville den ikke tage nogen af {all}"),
        (false, Some(day), _) => format!("Fra {day} ville den tage {count} af {all}"),
        (true, None, 0) => format!("Slået til ville den ikke have taget nogen af {all}"),
        (true, None, _) => format!("Slået til ville den have taget {count} af {all}"),
        (true, Some(day), 0) => format!("Slået til ville den fra {day} ikke tage nogen af {all}"),
        (true, Some(day), _) => format!("Slået til ville den fra {day} tage {count} af {all}"),
    };
    let taken: Vec<_> = it.taken.iter().map(taken).collect();
    if taken.is_empty() { format!("{begun}.") } else { format!("{begun}: {}.", taken.join(", ")) }
}

fn taken(taken: &Taken) -> String {
    let count = number(taken.count);
    match &taken.from {
        Some(name) if taken.is_same => format!("{count}, der allerede går til {name}"),
        Some(name) => format!("{count}, der nu går til {name}"),
        None => format!("{count}, der nu afvises"),
    }
}

/// "Fra 01-03-2027 ville den tage 5, fra 01-06-2027 ingen."
fn later(days: &[(Date, u64)]) -> String {
    let count = |count: u64| if count == 0 { "ingen".to_owned() } else { number(count) };
    let words = |at: usize, (day, taken): &(Date, u64)| {
        let (day, taken) = (date_text(*day), count(*taken));
        if at == 0 { format!("Fra {day} ville den tage {taken}") } else { format!("fra {day} {taken}") }
    };
    let words: Vec<_> = days.iter().enumerate().map(|(at, day)| words(at, day)).collect();
    format!("{}.", words.join(", "))
}

fn lost(rules: &[Priority], count: u64, is_all: bool) -> String {
    let whose = listed(rules);
    match (is_all, count) {
        (true, 1) => format!("{whose} tager først den ene, der passer."),
        (true, count) => format!("{whose} tager først de {}, der passer.", number(count)),
        (false, 1) => format!("{whose} tager først 1 anden, der passer."),
        (false, count) => format!("{whose} tager først {} andre, der passer.", number(count)),
    }
}
