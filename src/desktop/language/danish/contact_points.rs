use super::rules::listed;
use crate::desktop::language::contact_points::ContactPointTexts;
use crate::desktop::language::{grouped, joined, same};
use crate::desktop::model::point_state::{PointState, Rest};
use crate::exchange::{FoundInstead, StructureError, StructureFault, StructureNotice, StructureProblem};
use crate::rules::{
    Audience, ContactGroup, ContactPoint, Criterion, Megabytes, PointCode, PointDetails, Segment, Swap, without_cpr,
};

pub(super) const TEXTS: ContactPointTexts = ContactPointTexts {
    title: "Kontaktpunkter",
    count: |shown, all, without_rule, partly| {
        let points = match (shown, all) {
            (_, 0) => return "Ingen kontaktpunkter".to_owned(),
            (shown, all) if shown < all => format!("{} af {}", number(shown), points(all)),
            (_, all) => points(all),
        };
        match (without_rule, partly) {
            (0, 0) => format!("{points} · alle tages helt af regler"),
            (0, partly) => format!("{points} · {} tages kun delvis af regler", number(partly)),
            _ => format!("{points} · {} uden regel", number(without_rule)),
        }
    },
    points,
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
    taken: |rule, fagsystem, more, rest| {
        let what = match rule.criterion {
            Criterion::ContactGroup(_) => Some("når gruppen nævnes"),
            Criterion::RecipientCvr(_) => Some("al post"),
            _ => None,
        };
        let only: Vec<_> = segment(rule.segment).into_iter().chain(what).collect();
        let whom = if only.is_empty() { String::new() } else { format!(" ({})", only.join(", ")) };
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let rest = match rest {
            None => "",
            Some(Rest::Default) => ", ellers opsamlingssystemet",
            Some(Rest::Others) => ", ellers andre regler",
        };
        format!("{} → {fagsystem}{whom}{more}{rest}", rule.priority)
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
    addressed: |count| match count {
        0 => "Ingen meddelelser de sidste 30 dage havde dette id.".to_owned(),
        1 => "1 meddelelse de sidste 30 dage havde dette id.".to_owned(),
        _ => format!("{} meddelelser de sidste 30 dage havde dette id.", grouped(count, '.')),
    },
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
    needed_by_rules: |rules| format!("Kan ikke slettes: {} nævner det.", listed(rules)),
    error,
    notice,
};

fn number(number: usize) -> String {
    grouped(number as u64, '.')
}

fn points(count: usize) -> String {
    if count == 1 { "1 kontaktpunkt".to_owned() } else { format!("{} kontaktpunkter", number(count)) }
}

fn segment(segment: Segment) -> Option<&'static str> {
    match segment {
        Segment::Everyone => None,
        Segment::Person => Some("personer"),
        Segment::Company => Some("virksomheder"),
        Segment::Authority => Some("myndigheder"),
    }
}

fn error(error: &StructureError) -> String {
    match error {
        StructureError::NoFile => "Vælg mindst én fil.".to_owned(),
        StructureError::NotJson { file, line, column, .. } => format!(
            "{} er ikke hel: Linje {line}, tegn {column} er ikke gyldig JSON. Hent siden igen.",
            without_cpr(file)
        ),
        StructureError::SomethingElse { file, found } => {
            let found = match found {
                FoundInstead::Nothing => "Filen er tom.",
                FoundInstead::Markup => "Den er en webside eller XML; måske var I ikke logget på, da den blev gemt.",
                FoundInstead::Configuration => "Den er en konfigurationsfil til Postfordeler.",
                FoundInstead::Other => "Der står ingen kontaktpunkter i den.",
            };
            format!("{} er ikke en side af en kontaktstruktur. {found}", without_cpr(file))
        }
        StructureError::TooLarge => {
            "Filerne er større end nogen kontaktstruktur: Tilsammen må de fylde 32 MB og have omkring en million \
             værdier og 100.000 kontaktpunkter."
                .to_owned()
        }
        StructureError::Faults(faults) => faults.iter().map(fault).collect::<Vec<_>>().join("\n"),
        StructureError::Stopped(_) => "Læsningen blev afbrudt. Intet er ændret.".to_owned(),
    }
}

fn fault(fault: &StructureFault) -> String {
    format!("{}: {}", fault.at, structure_problem(fault.problem))
}

pub(super) fn structure_problem(problem: StructureProblem) -> String {
    match problem {
        StructureProblem::NoId => "Kontaktpunktet har intet id.".to_owned(),
        StructureProblem::NotAContactPoint => "Her skulle stå et kontaktpunkt.".to_owned(),
    }
}

fn notice(notice: &StructureNotice) -> String {
    match notice {
        StructureNotice::Differs { id, title, taken, .. } => {
            let name = if title.is_empty() { id.as_str() } else { title };
            format!("{} står to gange med forskelligt indhold. Det seneste gælder: {taken}", without_cpr(name))
        }
        StructureNotice::Circle { count, first } => {
            format!("En kontaktgruppe står over sig selv{} og er udeladt der: {first}", times(*count))
        }
        StructureNotice::NamelessAbove { count, first } => {
            format!("En kontaktgruppe over andre har intet navn{} og er udeladt: {first}", times(*count))
        }
        StructureNotice::TooDeep { count, first } => {
            format!("Mere end 100 kontaktgrupper står over hinanden{}; de øverste er udeladt: {first}", times(*count))
        }
        StructureNotice::Invisible { count, first } => {
            format!("Tegn, der ikke kan ses, er udeladt af id'er og navne{}: {first}", times(*count))
        }
        StructureNotice::LeftOut { key, count: 1, first } => {
            format!("Det, der står under {key}, kunne ikke forstås og er udeladt: {first}")
        }
        StructureNotice::LeftOut { key, count, first } => {
            format!("Det, der står under {key}, kunne {count} steder ikke forstås og er udeladt, første gang {first}")
        }
    }
}

/// How often, when it is more than once, and that what follows is the first time.
fn times(count: usize) -> String {
    if count == 1 { String::new() } else { format!(" {count} steder, første gang her,") }
}

/// A difference as one sentence.
pub(super) fn change(swap: &Swap<ContactPoint>) -> String {
    let (old, new) = match (&swap.before, &swap.after) {
        (None, Some(new)) => return format!("Nyt kontaktpunkt: {}", name(new)),
        (Some(old), None) => return format!("Kontaktpunktet {} slettes", name(old)),
        (Some(old), Some(new)) => (old, new),
        (None, None) => return String::new(),
    };
    let mut parts = Vec::new();
    if old.title != new.title {
        parts.push(format!("hedder nu {}", name(new)));
    }
    if old.id.as_str() != new.id.as_str() {
        parts.push(format!("får sit id skrevet {}", new.id));
    }
    if !same(&old.groups, &new.groups, ContactGroup::to_string) {
        parts.push(match new.groups.as_slice() {
            [] => "er ikke længere i nogen kontaktgruppe".to_owned(),
            groups => format!(
                "er nu i {} {}",
                if groups.len() == 1 { "kontaktgruppen" } else { "kontaktgrupperne" },
                joined(groups, "og")
            ),
        });
    }
    parts.extend(details(&old.details, &new.details));
    format!("Kontaktpunktet {} {}", name(old), joined(&parts, "og"))
}

fn name(point: &ContactPoint) -> &str {
    if point.title.is_empty() { point.id.as_str() } else { &point.title }
}

fn details(old: &PointDetails, new: &PointDetails) -> Vec<String> {
    let mut parts = Vec::new();
    if old.description != new.description {
        parts.push(
            if new.description.is_empty() { "mister sin beskrivelse" } else { "får en ny beskrivelse" }.to_owned(),
        );
    }
    match (old.is_active, new.is_active) {
        (true, false) => parts.push("er ikke længere aktivt".to_owned()),
        (false, true) => parts.push("er nu aktivt".to_owned()),
        _ => {}
    }
    match (old.is_visible, new.is_visible) {
        (true, false) => parts.push("skjules for dem, der skriver".to_owned()),
        (false, true) => parts.push("vises nu for dem, der skriver".to_owned()),
        _ => {}
    }
    if !same(&old.audiences, &new.audiences, |it| audience(*it)) {
        let whom: Vec<_> = new.audiences.iter().map(|it| audience(*it)).collect();
        parts.push(if whom.is_empty() {
            "har ikke længere nogen målgruppe".to_owned()
        } else {
            format!("er nu for {}", joined(&whom, "og"))
        });
    }
    if old.largest != new.largest {
        parts.push(match new.largest {
            Some(largest) => format!("tager nu højst {}", megabytes(largest)),
            None => "har ikke længere nogen grænse for størrelsen".to_owned(),
        });
    }
    if old.most_attachments != new.most_attachments {
        parts.push(match new.most_attachments {
            Some(most) => format!("tager nu højst {most} bilag"),
            None => "har ikke længere nogen grænse for antallet af bilag".to_owned(),
        });
    }
    if !same(&old.codes, &new.codes, Clone::clone) {
        let codes: Vec<_> = new.codes.iter().map(code).collect();
        parts.push(if codes.is_empty() {
            "har ikke længere nogen koder".to_owned()
        } else {
            format!("har nu {} {}", if codes.len() == 1 { "koden" } else { "koderne" }, joined(&codes, "og"))
        });
    }
    if !same(&old.search_terms, &new.search_terms, Clone::clone) {
        parts.push(if new.search_terms.is_empty() {
            "har ikke længere nogen søgeord".to_owned()
        } else {
            format!(
                "har nu {} {}",
                if new.search_terms.len() == 1 { "søgeordet" } else { "søgeordene" },
                joined(&new.search_terms, "og")
            )
        });
    }
    if old.fields != new.fields {
        parts.push(if new.fields.is_empty() {
            "beder ikke længere om at få felter udfyldt".to_owned()
        } else {
            format!("beder nu om {}", joined(&new.fields, "og"))
        });
    }
    parts
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Citizen => "borgere",
        Audience::Company => "virksomheder",
        Audience::Authority => "myndigheder",
    }
}

fn code(code: &PointCode) -> String {
    let name = if code.name.is_empty() { String::new() } else { format!(" ({})", code.name) };
    format!("{} {}{name}", code.kind, code.code)
}

pub(super) fn megabytes(size: Megabytes) -> String {
    format!("{} MB", size.get().to_string().replace('.', ","))
}
