//! What differs between two books, and what was done, in Danish sentences.

use super::access::access;
use super::grammar::{GRAMMAR, RULE_LIST, RULES, counted};
use super::rules::{NEVER, SENTENCE};
use crate::desktop::language::format::date_text;
use crate::desktop::language::texts::changes::{
    ChangesTexts, ContactPointChangeTexts, DifferenceTexts, FagsystemChangeTexts, KnownAuthorityChangeTexts,
    RuleChangeTexts,
};
use crate::desktop::language::texts::findings::{FindingTexts, IdleTexts, RemedyTexts};
use crate::desktop::language::texts::history::HistoryTexts;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::rules::{Audience, Criterion, CriterionKind, Obstacle, Problem, Segment};

pub(super) const TEXTS: ChangesTexts = ChangesTexts {
    title: "Ændringer",
    count: |count, based_on| match count {
        0 => format!("Kladden siger det samme som udgivelse {based_on}"),
        1 => format!("1 ændring i forhold til udgivelse {based_on}"),
        _ => format!("{count} ændringer i forhold til udgivelse {based_on}"),
    },
    none: "Der er ingen ændringer, der venter på at blive udgivet. Alt, hvad du ændrer i regler og fagsystemer, samles her, \
           til du udgiver det.",
    drop_all: "Fortryd alle",
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
    carried: counted("1 ændring kunne ikke flyttes over; den står under Ændringer", |count| {
        format!("{count} ændringer kunne ikke flyttes over; de står under Ændringer")
    })
    .or_none("Ændringerne bygger nu på den nyeste udgivelse"),
    left_behind: "Kunne ikke flyttes over",
    forget: "Glem dem",
    obstacle,
    publish: "Udgiv og sæt i kraft",
    in_clear: counted(
        "Posten til dette fagsystem ville gå ukrypteret. Undervejs kan andre læse indhold og CPR-numre.",
        |count| {
            format!(
                "Posten til disse {count} fagsystemer ville gå ukrypteret. Undervejs kan andre læse indhold og CPR-numre."
            )
        },
    ),
    publish_in_clear: "Udgiv alligevel",
    not_in_clear: "Udgiv ikke",
    published: |number| format!("Udgivelse {number} er i kraft"),
    effect: "Kladden mod den gældende udgivelse",
    working_out: "Regner …",
    findings: "Kontrol af reglerne",
    found: counted("1 ting at se på i reglerne", |count| format!("{count} ting at se på i reglerne")),
    first_of: |count| format!("(den første af {count} af samme slags)"),
    no_findings: "Ingen regler modsiger hinanden eller skygger for hinanden.",
    finding: FINDINGS,
    expires_then: |fagsystems| format!("Derefter går dens post til {fagsystems}."),
    expires_same: "Derefter går dens post samme sted hen.",
    neighbours: |rules, which| format!("{rules} kan blive til én regel for post {which}. Det ændrer intet."),
    merge: "Saml dem",
    show_rule: "Vis reglen",
    remedies: RemedyTexts {
        delete: "Slet den",
        move_before: |other| format!("Flyt den før {other}"),
        extend: "Fjern slutdatoen",
        begin_on: |day| format!("Lad den begynde {day}"),
        end_on: |day| format!("Lad den slutte {day}"),
    },
    information: counted("Vis 1 oplysning", |count| format!("Vis {count} oplysninger")),
    hide_information: "Skjul oplysninger",
    more: |count| format!("og {count} til"),
    note: "Note til udgivelsen",
    note_example: "Hvorfor ændres reglerne?",
    note_missing: "Skriv, hvorfor reglerne ændres. Det står i historikken.",
    everywhere: "For alle myndigheder",
    difference: DIFFERENCES,
};

pub(super) const HISTORY: HistoryTexts = HistoryTexts {
    title: "Udgivelser",
    count: counted("1 udgivelse", |count| format!("{count} udgivelser, den nyeste først")),
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
        DraftEdit::RulesCloned(rules) => format!("{} tilføjet som kopi", RULE_LIST.of(rules)),
        DraftEdit::RulesMerged(rules) => format!("{} samlet", RULE_LIST.of(rules)),
        DraftEdit::RulesDeleted(rules) => format!("{} slettet", RULE_LIST.of(rules)),
        DraftEdit::RulesMoved(rules) => format!("{} flyttet", RULE_LIST.of(rules)),
        DraftEdit::RulesSwitched { rules, on: true } => format!("{} slået til", RULE_LIST.of(rules)),
        DraftEdit::RulesSwitched { rules, on: false } => format!("{} slået fra", RULE_LIST.of(rules)),
        DraftEdit::RulesRedirected(rules, name) => format!("{} sender nu til {name}", RULE_LIST.of(rules)),
        DraftEdit::RulesLimited(rules) => format!("{} har nye datoer", RULE_LIST.of(rules)),
        DraftEdit::RuleEnds(rule, Some(day)) => format!("Regel {rule} slutter nu {}", date_text(*day)),
        DraftEdit::RuleEnds(rule, None) => format!("Regel {rule} har ikke længere en slutdato"),
        DraftEdit::RuleBegins(rule, day) => format!("Regel {rule} begynder nu {}", date_text(*day)),
        DraftEdit::ChangeoverMoved { from, to, day } => {
            format!("Regel {from} afløses nu af regel {to} den {}", date_text(*day))
        }
        DraftEdit::RulesAddressed(rules) => format!("{} har nyt segment", RULE_LIST.of(rules)),
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
        DraftEdit::GuardAdded(name) => format!("Vagten »{name}« tilføjet"),
        DraftEdit::GuardRemoved(name) => format!("Vagten »{name}« fjernet"),
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
        Obstacle::NoRecipient(cvr) => format!("Myndigheden modtager ikke for CVR-nr. {cvr}, som en vagt er til."),
        Obstacle::RecipientNeeded(cvr) => format!("En vagt har stadig brug for CVR-nr. {cvr}."),
        Obstacle::NoAuthority(cvr) => format!("Myndigheden {cvr} er der ikke."),
    }
}

const FINDINGS: FindingTexts = FindingTexts {
    never: NEVER,
    idle: IdleTexts {
        grammar: GRAMMAR,
        sentence: |rule, periods, by| format!("Regel {rule} får ingen post {periods}: {by}"),
        from: |day| format!("fra {day}"),
        through: |from, to| format!("fra {from} til {to}"),
        taken_by_one: |rule| format!("{rule} tager da alt det, den kunne få."),
        taken_by_several: |rules| format!("{rules} tager da tilsammen alt det, den kunne få."),
    },
    redundant: |rule| format!("Regel {rule} gør ingen forskel: Uden den ville al post gå til det samme fagsystem."),
    perhaps_more: |rules| format!("{rules} og måske flere"),
    overlap: |by, rule| format!("{by} tager en del af det, regel {rule} passer på, til et andet fagsystem."),
    default_unreachable: |by| format!("Intet når opsamlingssystemet: {by} tager alt."),
    expires_soon: |rule, day| format!("Regel {rule} udløber {day}."),
    contradiction: |problem| match problem {
        Problem::PriorityTaken { priority, .. } => format!("To regler har prioritet {priority}."),
        Problem::NoSuchFagsystem(id) => format!("Fagsystemet {id} er der ikke."),
        Problem::FagsystemTaken { id, .. } => format!("To fagsystemer har id {id}."),
        Problem::CvrTaken { cvr, .. } => format!("CVR-nr. {cvr} står for to myndigheder."),
        Problem::ContactPointTaken { id, .. } => format!("To kontaktpunkter har id {id}."),
        Problem::GuardTaken { name, .. } => format!("To vagtmeddelelser hedder »{name}«."),
        Problem::GuardForAnother(cvr) => format!("En vagtmeddelelse er til CVR-nr. {cvr}, som ikke er myndighedens."),
    },
    expired: |rule, day| format!("Regel {rule} udløb {day}."),
    paused: |name| format!("{name} er på pause: Dets post bliver i Digital Post, til det tages i brug igen."),
    unlisted_contact_point: |id| {
        format!(
            "Kontaktpunktet {id} står ikke på listen. En regel for det tager kun post, hvis kontaktpunktet findes i Digital Post."
        )
    },
    unlisted_contact_group: |name| {
        format!(
            "Kontaktgruppen {name} står ikke på listen. En regel for den tager kun post, hvis gruppen findes i Digital Post."
        )
    },
    secret_unencrypted: |name| {
        format!("{name} får ingen post: Nøglen ville gå ukrypteret. Giv det en adresse med https://.")
    },
    unencrypted: |name| {
        format!(
            "{name} får posten ukrypteret: Undervejs kan andre læse indhold og CPR-numre. Giv det en adresse med \
             https://."
        )
    },
    check_digit: |cvr| format!("CVR-nr. {cvr}: Kontrolcifferet passer ikke."),
};

const DIFFERENCES: DifferenceTexts = DifferenceTexts {
    grammar: GRAMMAR,
    authority_added: |name, cvr, rules| format!("Ny myndighed: {name} (CVR {cvr}) med {rules}"),
    authority_removed: |name, cvr| format!("Myndigheden {name} (CVR {cvr}) slettes"),
    authority_renamed: |name| format!("Myndigheden hedder nu {} i stedet for {}", name.after, name.before),
    more_cvrs: |cvrs| format!("Myndighedens øvrige CVR-numre er nu {} i stedet for {}", cvrs.after, cvrs.before),
    no_cvrs: "ingen",
    default_is: |fagsystem| format!("Opsamlingssystemet er {fagsystem}"),
    default_was: |fagsystem| format!("Opsamlingssystemet var {fagsystem}"),
    default_changed: |it| format!("Opsamlingssystemet er nu {} i stedet for {}", it.after, it.before),
    rules: RULES,
    known_authority: KnownAuthorityChangeTexts {
        nameless: |cvr| format!("CVR-nr. {cvr}"),
        named: |cvr, name| format!("CVR-nr. {cvr} ({name})"),
        added: |authority| format!("{authority} regnes nu for en myndighed"),
        removed: |authority| format!("{authority} regnes ikke længere for en myndighed"),
        renamed: |cvr, name| format!("CVR-nr. {cvr} hedder nu {name}"),
        loses_name: |cvr, name| format!("CVR-nr. {cvr} mister navnet {name}"),
    },
    fagsystem: FagsystemChangeTexts {
        added: |name, endpoint| format!("Nyt fagsystem {name}: {endpoint}"),
        added_with: |access| format!(", med {access}"),
        added_paused: ", på pause",
        removed: |name| format!("Fagsystemet {name} slettes"),
        changed: |name, changes| format!("Fagsystemet {name} {changes}"),
        name: |name| format!("hedder nu {name}"),
        endpoint: |it| format!("modtager nu på {} i stedet for {}", it.after, it.before),
        access: |it| format!("kræver nu {} i stedet for {}", it.after, it.before),
        access_kind: access,
        paused: "sættes på pause",
        resumed: "tages i brug igen",
        connect_limit: |limit| format!("har nu {limit} til forbindelse"),
        answer_limit: |limit| format!("har nu {limit} til svar"),
        seconds: |seconds| format!("{seconds} sek."),
        routers_limit: "routerens tid",
        contact: |contact| format!("har nu kontaktpersonen {contact}"),
        no_contact: "mister sin kontaktperson",
        note: |note| format!("får noten »{note}«"),
        no_note: "mister sin note",
    },
    contact_point: ContactPointChangeTexts {
        added: |name| format!("Nyt kontaktpunkt: {name}"),
        removed: |name| format!("Kontaktpunktet {name} slettes"),
        changed: |name, changes| format!("Kontaktpunktet {name} {changes}"),
        title: |name| format!("hedder nu {name}"),
        id: |id| format!("får sit id skrevet {id}"),
        no_groups: "er ikke længere i nogen kontaktgruppe",
        group: |group| format!("er nu i kontaktgruppen {group}"),
        groups: |groups| format!("er nu i kontaktgrupperne {groups}"),
        description: "får en ny beskrivelse",
        no_description: "mister sin beskrivelse",
        active: "er nu aktivt",
        not_active: "er ikke længere aktivt",
        visible: "vises nu for dem, der skriver",
        hidden: "skjules for dem, der skriver",
        audience: |audience| match audience {
            Audience::Citizen => "borgere",
            Audience::Company => "virksomheder",
            Audience::Authority => "myndigheder",
        },
        audiences: |whom| format!("er nu for {whom}"),
        no_audiences: "har ikke længere nogen målgruppe",
        largest: |size| format!("tager nu højst {size}"),
        no_largest: "har ikke længere nogen grænse for størrelsen",
        most_attachments: |most| format!("tager nu højst {most} bilag"),
        no_most_attachments: "har ikke længere nogen grænse for antallet af bilag",
        code: |code| format!("har nu koden {code}"),
        codes: |codes| format!("har nu koderne {codes}"),
        no_codes: "har ikke længere nogen koder",
        search_term: |term| format!("har nu søgeordet {term}"),
        search_terms: |terms| format!("har nu søgeordene {terms}"),
        no_search_terms: "har ikke længere nogen søgeord",
        fields: |fields| format!("beder nu om {fields}"),
        no_fields: "beder ikke længere om at få felter udfyldt",
    },
    rule: RuleChangeTexts {
        sentence: SENTENCE,
        added: |number, sentence| format!("Ny regel {number}: {sentence}"),
        removed: |number, sentence| format!("Regel {number} slettes: {sentence}"),
        changed: |number, changes| format!("Regel {number} {changes}"),
        criterion_words: |criterion, value| {
            let kind = (super::rules::TEXTS.element)(CriterionKind::of(criterion));
            match criterion {
                Criterion::NoContactPoint(it) => format!("{kind} ({})", (super::rules::TEXTS.post_type)(*it)),
                _ => format!("{kind} {value}"),
            }
        },
        whom: |segment| match segment {
            Segment::Everyone => "alle",
            Segment::Person => "personer",
            Segment::Company => "virksomheder",
            Segment::Authority => "myndigheder",
        },
        priority: |number| format!("flyttes til nummer {number}"),
        fagsystem: |post, it| format!("sender nu {post} til {} i stedet for {}", it.after, it.before),
        criterion: |it| format!("ser nu på {} i stedet for {}", it.after, it.before),
        spelling: |it| format!("skriver nu »{}« i stedet for »{}«", it.after, it.before),
        segment: |it| format!("gælder nu for {} i stedet for {}", it.after, it.before),
        validity: |it| format!("gælder nu {} i stedet for {}", it.after, it.before),
        switched_on: "slås til",
        switched_off: "slås fra",
        note: |note| format!("får noten »{note}«"),
        no_note: "mister sin note",
    },
    guard: super::guards::CHANGES,
};
