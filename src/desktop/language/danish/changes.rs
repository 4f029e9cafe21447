//! What differs between two books, and what was done, in Danish sentences.

use super::super::{ChangesTexts, HistoryTexts, Sides, joined};
use super::access::access;
use super::contact_points::change as contact_point;
use super::rules::{listed, never, sentence, validity};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::{Names, fagsystem_name};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::rules::CriterionKind;
use crate::rules::{
    Authority, Cvr, Difference, Fagsystem, FindingKind, KnownAuthority, Obstacle, Problem, Rule, Seconds, Segment,
    Subject, Swap,
};

pub(super) const TEXTS: ChangesTexts = ChangesTexts {
    title: "Ændringer",
    count: |count, based_on| match count {
        0 => format!("Kladden siger det samme som udgivelse {based_on}"),
        1 => format!("1 ændring i forhold til udgivelse {based_on}"),
        _ => format!("{count} ændringer i forhold til udgivelse {based_on}"),
    },
    none: "Der er ingen ændringer, der venter på at blive udgivet. Alt, hvad du ændrer i regler og fagsystemer, samles her, \
           til du udgiver det.",
    drop_all: "Drop alle",
    revert: "Tag ændringen tilbage",
    cannot_revert: |it| format!("Kan ikke tages tilbage alene: {}", obstacle(it)),
    behind: |based_on, newest| {
        format!(
            "Kladden bygger på udgivelse {based_on}, men udgivelse {newest} gælder nu. Flyt ændringerne over for at \
                 kunne udgive dem."
        )
    },
    carry_over: "Flyt ændringerne over",
    back_to: |number| format!("Tilbage til udgivelse {number}"),
    carried: |left_behind| match left_behind {
        0 => "Ændringerne bygger nu på den nyeste udgivelse".to_owned(),
        1 => "1 ændring kunne ikke flyttes over; den står under Ændringer".to_owned(),
        _ => format!("{left_behind} ændringer kunne ikke flyttes over; de står under Ændringer"),
    },
    left_behind: "Kunne ikke flyttes over",
    forget: "Glem dem",
    obstacle,
    publish_title: "Udgiv",
    publish: "Udgiv og sæt i kraft",
    in_clear: |count| match count {
        1 => {
            "Posten til dette fagsystem ville gå ukrypteret. Undervejs kan andre læse indhold og CPR-numre.".to_owned()
        }
        _ => format!(
            "Posten til disse {count} fagsystemer ville gå ukrypteret. Undervejs kan andre læse indhold og CPR-numre."
        ),
    },
    publish_in_clear: "Udgiv alligevel",
    not_in_clear: "Udgiv ikke",
    published: |number| format!("Udgivelse {number} er i kraft"),
    effect: "Hvad det gør ved posten",
    working_out: "Regner …",
    findings: "Kontrol af reglerne",
    found: |count| match count {
        1 => "1 ting at se på i reglerne".to_owned(),
        _ => format!("{count} ting at se på i reglerne"),
    },
    first_of: |count| format!("(den første af {count} af samme slags)"),
    no_findings: "Ingen regler modsiger hinanden eller skygger for hinanden.",
    finding,
    rules: listed,
    more: |count| format!("og {count} til"),
    note: "Note til udgivelsen",
    note_example: "Hvorfor ændres reglerne?",
    note_missing: "Skriv, hvorfor reglerne ændres. Det står i historikken.",
    everywhere: "For alle myndigheder",
    sentence: change,
};

pub(super) const HISTORY: HistoryTexts = HistoryTexts {
    title: "Udgivelser",
    count: |count| if count == 1 { "1 udgivelse".to_owned() } else { format!("{count} udgivelser, den nyeste først") },
    number: "Nr.",
    time: "Udgivet",
    who: "Af",
    note: "Note",
    in_force: "I kraft",
    none: "Der er ingen udgivelser endnu.",
    compare: "Sammenlign med",
    before: "Udgivelsen før",
    draft: "Kladden, som den er nu",
    publication: |number| format!("Udgivelse {number}"),
    restore: "Tag den tilbage som kladde",
    same: "De siger det samme.",
};

pub(super) fn edit(edit: &DraftEdit) -> String {
    match edit {
        DraftEdit::RuleAdded(priority) => format!("Regel {priority} tilføjet"),
        DraftEdit::RuleChanged(priority) => format!("Regel {priority} ændret"),
        DraftEdit::RulesCloned(rules) => format!("{} tilføjet som kopi", listed(rules)),
        DraftEdit::RulesDeleted(rules) => format!("{} slettet", listed(rules)),
        DraftEdit::RulesMoved(rules) => format!("{} flyttet", listed(rules)),
        DraftEdit::RulesSwitched { rules, on: true } => format!("{} slået til", listed(rules)),
        DraftEdit::RulesSwitched { rules, on: false } => format!("{} slået fra", listed(rules)),
        DraftEdit::RulesRedirected(rules, name) => format!("{} sender nu til {name}", listed(rules)),
        DraftEdit::RulesLimited(rules) => format!("{} har nye datoer", listed(rules)),
        DraftEdit::RulesAddressed(rules) => format!("{} har nyt segment", listed(rules)),
        DraftEdit::NumbersSpread => "Numrene fordelt jævnt: 10, 20, 30 …".to_owned(),
        DraftEdit::FagsystemSwitched { from, to } => format!("Fagsystem skiftet fra {from} til {to}"),
        DraftEdit::FagsystemAdded(name) => format!("Fagsystemet {name} tilføjet"),
        DraftEdit::FagsystemChanged(name) => format!("Fagsystemet {name} ændret"),
        DraftEdit::FagsystemDeleted(name) => format!("Fagsystemet {name} slettet"),
        DraftEdit::FagsystemReplaced { from, to } => format!("{to} har overtaget alt fra {from}"),
        DraftEdit::AuthorityAdded(name) => format!("Myndigheden {name} tilføjet"),
        DraftEdit::AuthorityChanged(name) => format!("Myndigheden {name} ændret"),
        DraftEdit::AuthorityDeleted(name) => format!("Myndigheden {name} slettet"),
        DraftEdit::KnownAuthorityAdded(name) => format!("{name} tilføjet som kendt myndighed"),
        DraftEdit::KnownAuthorityChanged(name) => format!("Den kendte myndighed {name} ændret"),
        DraftEdit::KnownAuthorityDeleted(name) => format!("{name} fjernet som kendt myndighed"),
        DraftEdit::DefaultChosen(name) => format!("{name} gjort til opsamlingssystem"),
        DraftEdit::ContactPointAdded(name) => format!("Kontaktpunktet {name} tilføjet"),
        DraftEdit::ContactPointChanged(name) => format!("Kontaktpunktet {name} ændret"),
        DraftEdit::ContactPointDeleted(name) => format!("Kontaktpunktet {name} slettet"),
        DraftEdit::DifferenceReverted => "En ændring taget tilbage".to_owned(),
        DraftEdit::FilesImported(names) => format!("Taget ind fra {names}"),
        DraftEdit::DraftDropped => "Alle ændringer droppet".to_owned(),
        DraftEdit::Restored(number) => format!("Udgivelse {number} taget tilbage som kladde"),
    }
}

pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Changed => "Det er imens ændret på anden vis.".to_owned(),
        Obstacle::PriorityTaken(priority) => format!("En anden regel har nummer {priority}."),
        Obstacle::AlreadyThere => "Det er der allerede, med andet indhold.".to_owned(),
        Obstacle::NoFagsystem(id) => format!("Fagsystemet {id} er der ikke."),
        Obstacle::FagsystemNeeded(id) => format!("Der er stadig brug for fagsystemet {id}."),
        Obstacle::NoAuthority(cvr) => format!("Myndigheden {cvr} er der ikke."),
    }
}

fn finding(authority: &Authority, error: &FindingKind) -> String {
    match error {
        FindingKind::Contradiction(problem) => match problem {
            Problem::PriorityTaken { priority, .. } => format!("To regler har prioritet {priority}."),
            Problem::NoSuchFagsystem(id) => format!("Fagsystemet {id} er der ikke."),
            Problem::FagsystemTaken { id, .. } => format!("To fagsystemer har id {id}."),
            Problem::CvrTaken { cvr, .. } => format!("CVR-nr. {cvr} står for to myndigheder."),
            Problem::ContactPointTaken { id, .. } => format!("To kontaktpunkter har id {id}."),
        },
        FindingKind::Never { rule, why } => never(&format!("Regel {rule}"), why),
        FindingKind::Expired { rule, to } => format!("Regel {rule} udløb {}.", date_text(*to)),
        FindingKind::Paused(id) => {
            let name = fagsystem_name(authority, id);
            format!("{name} er på pause: Dets post bliver i Digital Post, til det tages i brug igen.")
        }
        FindingKind::UnlistedContactPoint(id) => format!(
            "Kontaktpunktet {id} står ikke på listen. En regel for det tager kun post, hvis kontaktpunktet findes i Digital Post."
        ),
        FindingKind::UnlistedContactGroup(name) => format!(
            "Kontaktgruppen {name} står ikke på listen. En regel for den tager kun post, hvis gruppen findes i Digital Post."
        ),
        FindingKind::SecretUnencrypted(id) => {
            let name = fagsystem_name(authority, id);
            format!("{name} får ingen post: Nøglen ville gå ukrypteret. Giv det en adresse med https://.")
        }
        FindingKind::Unencrypted(id) => {
            let name = fagsystem_name(authority, id);
            format!(
                "{name} får posten ukrypteret: Undervejs kan andre læse indhold og CPR-numre. Giv det en adresse med \
                 https://."
            )
        }
        FindingKind::CheckDigit(cvr) => format!("CVR-nr. {cvr}: Kontrolcifferet passer ikke."),
    }
}

fn change(sides: &Sides<'_>, difference: &Difference) -> String {
    match &difference.subject {
        Subject::KnownAuthority(swap) => known(swap),
        Subject::Authority(Swap { after: Some(new), .. }) => match new.rules.len() {
            1 => format!("Ny myndighed: {} (CVR {}) med 1 regel", new.name, new.cvr),
            rules => format!("Ny myndighed: {} (CVR {}) med {rules} regler", new.name, new.cvr),
        },
        Subject::Authority(Swap { before, .. }) => {
            let old = before.as_ref().map(|old| format!("{} (CVR {})", old.name, old.cvr)).unwrap_or_default();
            format!("Myndigheden {old} slettes")
        }
        Subject::Name(swap) => {
            format!("Myndigheden hedder nu {} i stedet for {}", text(swap.after.as_ref()), text(swap.before.as_ref()))
        }
        Subject::MoreCvrs(swap) => {
            let list = |cvrs: Option<&Vec<Cvr>>| {
                let cvrs: Vec<_> = cvrs.into_iter().flatten().map(ToString::to_string).collect();
                if cvrs.is_empty() { "ingen".to_owned() } else { cvrs.join(", ") }
            };
            let (after, before) = (list(swap.after.as_ref()), list(swap.before.as_ref()));
            format!("Myndighedens øvrige CVR-numre er nu {after} i stedet for {before}")
        }
        Subject::DefaultFagsystem(swap) => {
            let name = |id: Option<_>| id.map_or_else(String::new, |id| sides.fagsystem(id));
            let (after, before) = (name(swap.after.as_ref()), name(swap.before.as_ref()));
            match (&swap.before, &swap.after) {
                (None, _) => format!("Opsamlingssystemet er {after}"),
                (_, None) => format!("Opsamlingssystemet var {before}"),
                _ => format!("Opsamlingssystemet er nu {after} i stedet for {before}"),
            }
        }
        Subject::Fagsystem(swap) => fagsystem(swap),
        Subject::ContactPoint(swap) => contact_point(swap),
        Subject::Rule(swap) => match (&swap.before, &swap.after) {
            (None, Some(new)) => format!("Ny regel {}: {}", new.priority, whole(sides.after, new)),
            (Some(old), None) => format!("Regel {} slettes: {}", old.priority, whole(sides.before, old)),
            (Some(old), Some(new)) => rule(sides, old, new),
            (None, None) => String::new(),
        },
    }
}

fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

fn whole(names: Option<Names<'_>>, rule: &Rule) -> String {
    names.map_or_else(String::new, |names| sentence(names, rule))
}

fn known(swap: &Swap<KnownAuthority>) -> String {
    let whose = |it: &KnownAuthority| match it.name.as_str() {
        "" => format!("CVR-nr. {}", it.cvr),
        name => format!("CVR-nr. {} ({name})", it.cvr),
    };
    match (&swap.before, &swap.after) {
        (Some(old), Some(new)) if new.name.is_empty() => format!("CVR-nr. {} mister navnet {}", new.cvr, old.name),
        (Some(_), Some(new)) => format!("CVR-nr. {} hedder nu {}", new.cvr, new.name),
        (None, Some(new)) => format!("{} regnes nu for en myndighed", whose(new)),
        (Some(old), None) => format!("{} regnes ikke længere for en myndighed", whose(old)),
        (None, None) => String::new(),
    }
}

fn fagsystem(swap: &Swap<Fagsystem>) -> String {
    let (old, new) = match (&swap.before, &swap.after) {
        (None, Some(new)) => {
            let with = if new.access.is_open() { String::new() } else { format!(", med {}", access(&new.access)) };
            let paused = if new.active { "" } else { ", på pause" };
            return format!("Nyt fagsystem {}: {}{with}{paused}", new.name, new.endpoint.in_full());
        }
        (Some(old), None) => return format!("Fagsystemet {} slettes", old.name),
        (Some(old), Some(new)) => (old, new),
        (None, None) => return String::new(),
    };
    let mut parts = Vec::new();
    if old.name != new.name {
        parts.push(format!("hedder nu {}", new.name));
    }
    if old.endpoint != new.endpoint {
        parts.push(format!("modtager nu på {} i stedet for {}", new.endpoint.in_full(), old.endpoint.in_full()));
    }
    if old.access != new.access {
        parts.push(format!("kræver nu {} i stedet for {}", access(&new.access), access(&old.access)));
    }
    match (old.active, new.active) {
        (true, false) => parts.push("sættes på pause".to_owned()),
        (false, true) => parts.push("tages i brug igen".to_owned()),
        _ => {}
    }
    let seconds = |limit: Option<Seconds>| match limit {
        Some(limit) => format!("{} sek.", limit.get()),
        None => "routerens tid".to_owned(),
    };
    if old.limits.connect != new.limits.connect {
        parts.push(format!("har nu {} til forbindelse", seconds(new.limits.connect)));
    }
    if old.limits.answer != new.limits.answer {
        parts.push(format!("har nu {} til svar", seconds(new.limits.answer)));
    }
    if old.contact != new.contact {
        parts.push(match new.contact.as_str() {
            "" => "mister sin kontaktperson".to_owned(),
            contact => format!("har nu kontaktpersonen {contact}"),
        });
    }
    if old.note != new.note {
        parts.push(match new.note.as_str() {
            "" => "mister sin note".to_owned(),
            note => format!("får noten »{note}«"),
        });
    }
    format!("Fagsystemet {} {}", old.name, joined(&parts, "og"))
}

fn rule(sides: &Sides<'_>, old: &Rule, new: &Rule) -> String {
    let mut parts = Vec::new();
    let value = |rule: &Rule| {
        let element = (super::rules::TEXTS.element)(CriterionKind::of(&rule.criterion));
        match &rule.criterion {
            crate::rules::Criterion::NoContactPoint(post_type) => {
                format!("{element} ({})", (super::rules::TEXTS.post_type)(*post_type))
            }
            criterion => format!("{element} {}", sides.value(criterion)),
        }
    };
    if old.fagsystem != new.fagsystem {
        let (after, before) = (sides.fagsystem(&new.fagsystem), sides.fagsystem(&old.fagsystem));
        parts.push(format!("sender nu {} til {after} i stedet for {before}", value(new)));
    }
    if old.criterion != new.criterion {
        parts.push(format!("ser nu på {} i stedet for {}", value(new), value(old)));
    }
    if old.segment != new.segment {
        parts.push(format!("gælder nu for {} i stedet for {}", whom(new.segment), whom(old.segment)));
    }
    if old.validity != new.validity {
        parts.push(format!("gælder nu {} i stedet for {}", validity(new), validity(old)));
    }
    match (old.active, new.active) {
        (true, false) => parts.push("slås fra".to_owned()),
        (false, true) => parts.push("slås til".to_owned()),
        _ => {}
    }
    if old.note != new.note {
        let words =
            if new.note.is_empty() { "mister sin note".to_owned() } else { format!("får noten »{}«", new.note) };
        parts.push(words);
    }
    if old.priority != new.priority {
        let about = if parts.is_empty() { format!(": {}", value(new)) } else { String::new() };
        parts.insert(0, format!("flyttes til nummer {}{about}", new.priority));
    }
    format!("Regel {} {}", old.priority, joined(&parts, "og"))
}

fn whom(segment: Segment) -> &'static str {
    match segment {
        Segment::Everyone => "alle",
        Segment::Person => "personer",
        Segment::Company => "virksomheder",
        Segment::Authority => "myndigheder",
    }
}
