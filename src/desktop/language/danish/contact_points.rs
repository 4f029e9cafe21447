//! *Kontaktpunkter* in Danish.

use super::grammar::{CONTACT_POINTS, GRAMMAR, RULE_LIST, counted};
use crate::desktop::language::texts::contact_points::{ContactPointTexts, StructureTexts};
use crate::desktop::model::point_state::{PointState, Rest};
use crate::exchange::{FoundInstead, StructureNotice, StructureProblem};
use crate::rules::{Audience, Segment};

pub(super) const TEXTS: ContactPointTexts = ContactPointTexts {
    title: "Kontaktpunkter",
    grammar: GRAMMAR,
    points: CONTACT_POINTS.or_none("Ingen kontaktpunkter"),
    points_of: |shown, all| format!("{shown} af {all}"),
    all_taken: "alle tages helt af regler",
    partly_taken: |count| format!("{count} tages kun delvis af regler"),
    not_taken: |count| format!("{count} uden regel"),
    new: "Nyt kontaktpunkt",
    import: "Hent kontaktstruktur …",
    none: "Her står de kontaktpunkter, som borgere, virksomheder og andre myndigheder kan skrive til. Så kan regler vælge \
           dem ved navn, og I kan se, hvem der tager hvad. Hent dem fra sider, I har gemt fra Digital Post, eller opret \
           dem selv med »Nyt kontaktpunkt«.",
    none_found: "Ingen kontaktpunkter passer til søgningen og filtrene.",
    show_all: "Vis alle kontaktpunkter",
    search: "Søg i kontaktpunkter",
    as_tree: "Vis efter gruppe",
    as_list: "Vis som én liste",
    without_rule: "Uden regel",
    group: "Gruppe",
    no_group: "Uden kontaktgruppe",
    name: "Titel",
    groups: "Kontaktgrupper",
    groups_hint: "› eller > mellem niveauer, semikolon mellem grupper",
    groups_example: "Kommunen › Borger; Dagtilbud",
    codes: "Koder",
    codes_hint: "Type, kode, evt. navn: KLE 28.06 Dagtilbud; FORM 26.05",
    not_a_code: |piece| format!("»{piece}«: Skriv både type og kode, fx KLE 28.06"),
    state_title: "Tilstand",
    state: |state| match state {
        PointState::Open => "Aktivt",
        PointState::Hidden => "Skjult",
        PointState::Closed => "Ikke aktivt",
    },
    taken_by: "Tages af",
    goes_on: |rest| match rest {
        Rest::Default => "går til opsamlingssystemet",
        Rest::Others => "andre regler, ellers opsamlingssystemet",
    },
    only_segment: |segment| match segment {
        Segment::Everyone => None,
        Segment::Person => Some("personer"),
        Segment::Company => Some("virksomheder"),
        Segment::Authority => Some("myndigheder"),
    },
    when_group_named: "når gruppen nævnes",
    all_mail: "al post",
    otherwise: |rest| match rest {
        Rest::Default => ", ellers opsamlingssystemet",
        Rest::Others => ", ellers andre regler",
    },
    all_to_default: |fagsystem, rest| match rest {
        Rest::Default => format!("Ingen regel tager posten. Den går til opsamlingssystemet, {fagsystem}."),
        Rest::Others => format!(
            "Ingen regel nævner kontaktpunktet. Posten går efter de andre regler, ellers til opsamlingssystemet, {fagsystem}."
        ),
    },
    rest_to_default: |fagsystem, rest| match rest {
        Rest::Default => format!("Resten går til opsamlingssystemet, {fagsystem}."),
        Rest::Others => format!("Resten går efter de andre regler, ellers til opsamlingssystemet, {fagsystem}."),
    },
    by_group: "En regel for en kontaktgruppe tager kun den post, der selv nævner gruppen. Routeren slår den ikke op.",
    addressed: counted("1 meddelelse de sidste 30 dage havde dette id.", |count| {
        format!("{count} meddelelser de sidste 30 dage havde dette id.")
    })
    .or_none("Ingen meddelelser de sidste 30 dage havde dette id."),
    new_rule: "Ny regel til kontaktpunktet",
    id: "Id",
    id_hint: "Store og små bogstaver gør ingen forskel",
    id_taken: "Et andet kontaktpunkt har dette id",
    description: "Beskrivelse",
    audiences: "Hvem kan skrive til det",
    audience: |it| match it {
        Audience::Citizen => "Borgere",
        Audience::Company => "Virksomheder",
        Audience::Authority => "Myndigheder",
    },
    is_active: "Aktivt: der kan skrives til det",
    is_visible: "Synligt for dem, der skriver",
    largest: "Højst MB",
    not_a_size: "Skriv fx 10 eller 2,5",
    ambiguous_size: |whole, fraction| format!("Skriv {whole} eller {fraction}: det kan læses som begge"),
    attachments: "Højst antal bilag",
    not_a_count: "Skriv et helt tal",
    terms: "Søgeord",
    terms_hint: "Semikolon eller komma imellem",
    fields: "Felter, der skal udfyldes",
    fields_hint: "Semikolon imellem; højst to som regel",
    overtaken: "Kontaktpunktet er ændret eller slettet et andet sted, siden du åbnede det.",
    delete: "Slet kontaktpunkt",
    list: RULE_LIST,
    needed_by_rules: |rules, _| format!("Kan ikke slettes: {rules} nævner det."),
};

pub(super) const STRUCTURE: StructureTexts = StructureTexts {
    no_file: "Vælg mindst én fil.",
    not_json: |file, line, column| {
        format!("{file} er ikke hel: Linje {line}, tegn {column} er ikke gyldig JSON. Hent siden igen.")
    },
    something_else: |file, found| format!("{file} er ikke en side af en kontaktstruktur. {found}"),
    found: |found| match found {
        FoundInstead::Nothing => "Filen er tom.",
        FoundInstead::Markup => "Den er en webside eller XML; måske var I ikke logget på, da den blev gemt.",
        FoundInstead::Configuration => "Den er en konfigurationsfil til Postfordeler.",
        FoundInstead::Other => "Der står ingen kontaktpunkter i den.",
    },
    too_large: "Filerne er større end nogen kontaktstruktur: Tilsammen må de fylde 32 MB og have omkring en million \
                værdier og 100.000 kontaktpunkter.",
    stopped: "Læsningen blev afbrudt. Intet er ændret.",
    problem: |problem| match problem {
        StructureProblem::NoId => "Kontaktpunktet har intet id.",
        StructureProblem::NotAContactPoint => "Her skulle stå et kontaktpunkt.",
    },
    notice: structure_notice,
    places: counted("", |count| format!(" {count} steder, første gang her,")),
};

fn structure_notice(notice: &StructureNotice, name: &str, places: &str) -> String {
    match notice {
        StructureNotice::Differs { taken, .. } => {
            format!("{name} står to gange med forskelligt indhold. Det seneste gælder: {taken}")
        }
        StructureNotice::Circle { first, .. } => {
            format!("En kontaktgruppe står over sig selv{places} og er udeladt der: {first}")
        }
        StructureNotice::NamelessAbove { first, .. } => {
            format!("En kontaktgruppe over andre har intet navn{places} og er udeladt: {first}")
        }
        StructureNotice::TooDeep { first, .. } => {
            format!("Mere end 100 kontaktgrupper står over hinanden{places}; de øverste er udeladt: {first}")
        }
        StructureNotice::Invisible { first, .. } => {
            format!("Tegn, der ikke kan ses, er udeladt af id'er og navne{places}: {first}")
        }
        StructureNotice::LeftOut { key, count: 1, first } => {
            format!("Det, der står under {key}, kunne ikke forstås og er udeladt: {first}")
        }
        StructureNotice::LeftOut { key, count, first } => {
            format!("Det, der står under {key}, kunne {count} steder ikke forstås og er udeladt, første gang {first}")
        }
    }
}
