//! What past messages would notice of other rules, in Danish.

use super::grammar::{GRAMMAR, RULE_LIST, counted};
use crate::desktop::language::texts::effects::{CatchBegun, CatchTexts, EffectTexts, TurnoutTexts};

pub(super) const TEXTS: EffectTexts = EffectTexts {
    grammar: GRAMMAR,
    list: RULE_LIST,
    working_out: "Regner ud, hvad det gør ved de sidste 30 dages meddelelser …",
    contradiction: "Kan ikke regnes ud, så længe reglerne modsiger hinanden.",
    behind: |newest| format!("Regnes ud, når ændringerne er flyttet over på udgivelse {newest}."),
    more_days: counted("På 1 dag mere skifter det igen.", |days| format!("På {days} dage mere skifter det igen.")),
    left_out: counted("På 1 dag mere begynder eller slutter regler. Den er ikke regnet med.", |days| {
        format!("På {days} dage mere begynder eller slutter regler. De er ikke regnet med.")
    }),
    tried: counted("de sidste 30 dages 1 meddelelse", |count| format!("de sidste 30 dages {count} meddelelser")),
    turnout: TurnoutTexts {
        nothing_to_try: "Der er ingen meddelelser fra de sidste 30 dage at prøve det på.",
        none: "ingen",
        always: |count, tried| format!("{count} af {tried} skifter fagsystem"),
        always_none: |tried| format!("Ingen af {tried} skifter fagsystem"),
        today: |count, tried| format!("I dag skifter {count} af {tried} fagsystem"),
        on_day: |day, count, tried| format!("{day} skifter {count} af {tried} fagsystem"),
        always_from: |day, count, tried| format!("Fra {day} skifter {count} af {tried} fagsystem"),
        from_day: |day, count| format!("Fra {day} skifter {count} af dem fagsystem"),
        moved: |count, from, to| format!("{count} fra {from} til {to}"),
        refused: |count, from| format!("{count} fra {from} afvises, da deres CVR-nr. ikke er nogen myndigheds"),
        no_longer_refused: |count, to| format!("{count}, der ellers afvises, til {to}"),
        elsewhere: |count| format!("{count} ad andre veje"),
        held: counted("1 bliver i Digital Post, fordi fagsystemet er på pause.", |count| {
            format!("{count} bliver i Digital Post, fordi fagsystemet er på pause.")
        }),
    },
    catch: CatchTexts {
        nothing_to_try: "Der er ingen meddelelser fra de sidste 30 dage at prøve reglen på.",
        none: "ingen",
        begun: catch_begun,
        same: |count, name| format!("{count}, der allerede går til {name}"),
        from: |count, name, is_now| format!("{count}, der {} går til {name}", if is_now { "nu" } else { "ellers" }),
        refused: |count, is_now| format!("{count}, der {} afvises", if is_now { "nu" } else { "ellers" }),
        first_day: |day, count| format!("Fra {day} ville den tage {count}"),
        other_day: |day, count| format!("fra {day} {count}"),
        all_lost: |rules, _, messages| format!("{rules} tager først de {messages}, der passer."),
        one_of_all_lost: |rules, _| format!("{rules} tager først den ene, der passer."),
        some_lost: |rules, _, messages| format!("{rules} tager først {messages} andre, der passer."),
        one_lost: |rules, _| format!("{rules} tager først 1 anden, der passer."),
    },
    none_fits: "Ingen af dem passer på reglen.",
    is_over: |last| format!("Reglen udløb {last} og tager ingen post."),
    will_be_over: |last, day| format!("Reglen udløber {last} og tager ingen post {day}."),
};

fn catch_begun(CatchBegun { is_off, day, count, tried }: &CatchBegun<'_>) -> String {
    match (is_off, day, count) {
        (false, None, None) => format!("Ville ikke have taget nogen af {tried}"),
        (false, None, Some(count)) => format!("Ville have taget {count} af {tried}"),
        (false, Some(day), None) => format!("Fra {day} ville den ikke tage nogen af {tried}"),
        (false, Some(day), Some(count)) => format!("Fra {day} ville den tage {count} af {tried}"),
        (true, None, None) => format!("Slået til ville den ikke have taget nogen af {tried}"),
        (true, None, Some(count)) => format!("Slået til ville den have taget {count} af {tried}"),
        (true, Some(day), None) => format!("Slået til ville den fra {day} ikke tage nogen af {tried}"),
        (true, Some(day), Some(count)) => format!("Slået til ville den fra {day} tage {count} af {tried}"),
    }
}
