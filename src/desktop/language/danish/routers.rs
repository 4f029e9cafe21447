//! The routers that share a database on a server, in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::routers::{RouterColumns, RouterTroubleTexts, RoutersTexts};
use crate::store::Program;

pub(super) const TEXTS: RoutersTexts = RoutersTexts {
    title: "Routere",
    running: counted("1 kører", |count| format!("{count} kører")),
    silent: counted("1 er tavs", |count| format!("{count} er tavse")),
    ended: counted("1 er stoppet", |count| format!("{count} er stoppet")),
    columns: RouterColumns {
        name: "Router",
        life: "Tilstand",
        address: "Modtager på",
        publication: "Følger",
        under_way: "Undervejs",
        accepted: "Accepteret",
    },
    runs: "Kører",
    is_starting: "Starter …",
    is_silent: "Tavs",
    has_ended: "Stoppet",
    since: |moment| format!("siden {moment}"),
    own: "hører til denne datamappe",
    program: |program| match program {
        Some(Program::Window) => "et vindue",
        Some(Program::Serve) => "»postfordeler serve«",
        None => "et program",
    },
    run_by: |program, since| format!("{program} siden {since}"),
    publication: |number| format!("udgivelse {number}"),
    not_accepted: |count| format!("{count} ikke"),
    follows_nothing: "ingen udgivelse",
    in_force: |publication| format!("{publication} er i kraft"),
    none: "Ingen router har meldt sig på denne database i syv dage. Start en på siden Router, eller kør »postfordeler serve --database …«, \
           hvor posten skal modtages.",
    unknown: "Databasen kan ikke læses. Hvordan routerne har det, vides ikke imens.",
    together: "Alle andre tal og meddelelser er routernes tilsammen: Journalen skriver ikke, hvilken af dem der modtog en meddelelse.",
    others_run: counted("1 router kører", |count| format!("{count} routere kører")),
    own_is_stopped: "Denne datamappes router er stoppet. Andre modtager posten.",
    limits_of_each: "Grænserne gælder for hver router for sig: Kører der to, kan et fagsystem få dobbelt så mange meddelelser ad gangen.",
};

pub(super) const TROUBLES: RouterTroubleTexts = RouterTroubleTexts {
    none_runs: "Ingen router kører",
    start_one: "Posten bliver i Digital Post, til en af dem kører. Start en her, eller dér, hvor de plejer at køre.",
    silent: |name, since| format!("Routeren {name} er tavs siden {since}"),
    look_at_machine: "Den er afbrudt, eller den kan ikke nå databasen. Se til maskinen, den kører på.",
    left_under_way: "Det, den havde undervejs, får uvist udfald og går kun til det samme fagsystem.",
    behind: |name, follows, newest| match follows {
        Some(follows) => format!("Routeren {name} følger udgivelse {follows}, men {newest} er i kraft"),
        None => format!("Routeren {name} følger ingen udgivelse, men {newest} er i kraft"),
    },
    start_again: "Den fordeler ikke efter de nye regler. Se i dens log hvorfor, og start den igen, eller stop den.",
};
