//! Guards in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::guards::{GuardChangeTexts, GuardTexts};

pub(super) const TEXTS: GuardTexts = GuardTexts {
    title: "Vagtmeddelelser",
    broken: counted("1 vagt brudt", |count| format!("{count} vagter brudt")),
    held: |held, all| format!("{held} af {all} holder"),
    must: |fagsystem| format!("Skal til {fagsystem}"),
    by_rule: |when, fagsystem, rule| format!("Ville gå til {fagsystem} {when}, efter regel {rule}"),
    by_default: |when, fagsystem| format!("Ville gå til {fagsystem} {when}, som opsamlingssystem"),
    refused: |when| format!("Ville blive afvist {when}: Modtageren er ingen af myndighederne"),
    from: |day| format!("fra {day}"),
    on: |day| format!("den {day}"),
    see: "Se meddelelsen",
    remove: "Fjern vagten",
    blocked: counted("En vagt er brudt. Ret reglerne, eller skriv, hvorfor den må brydes.", |count| {
        format!("{count} vagter er brudt. Ret reglerne, eller skriv, hvorfor de må brydes.")
    }),
    overrule: "Udgiv, selv om en vagt er brudt, fordi:",
    why: "Grund",
    why_example: "Fx Kontante ydelser flytter til KY2",
    why_missing: "Skriv, hvorfor vagten må brydes. Det står under Udgivelser.",
    despite_names: |names, why| format!("Trods brudte vagter ({names}): {why}"),
    and_more: |more| format!("og {more} til"),
    keep: "Behold denne",
    keep_hint: |keep, day| match day {
        None => format!("{keep}: Lav en vagt af en meddelelse, som reglen afgør i dag"),
        Some(day) => format!("{keep}: Lav en vagt, der prøves den {day}, af en meddelelse, som reglen afgør den dag"),
    },
    decides_nothing: |day| {
        format!("Reglen afgør ingen meddelelse {}, så der er intet at holde fast i.", day.unwrap_or("i dag"))
    },
    from_today: counted("Set fra i dag er 1 vagt brudt. Det er det, der tæller, når der udgives.", |count| {
        format!("Set fra i dag er {count} vagter brudt. Det er det, der tæller, når der udgives.")
    })
    .or_none("Set fra i dag er ingen vagt brudt. Det er det, der tæller, når der udgives."),
    named: |about, fagsystem| format!("{about} til {fagsystem}"),
    needed: counted("1 vagtmeddelelse skal til det.", |count| format!("{count} vagtmeddelelser skal til det.")),
};

pub(super) const CHANGES: GuardChangeTexts = GuardChangeTexts {
    added: |name, fagsystem, day| match day {
        None => format!("Ny vagtmeddelelse »{name}«: skal til {fagsystem}"),
        Some(day) => format!("Ny vagtmeddelelse »{name}«: skal til {fagsystem} den {day}"),
    },
    removed: |name| format!("Vagtmeddelelsen »{name}« fjernes"),
    changed: |name, changes| format!("Vagtmeddelelsen »{name}« {changes}"),
    fagsystem: |it| format!("skal nu til {} i stedet for {}", it.after, it.before),
    day: |day| format!("prøves nu kun den {day}"),
    every_day: "prøves nu alle dage",
    message: "er nu en anden meddelelse",
};
