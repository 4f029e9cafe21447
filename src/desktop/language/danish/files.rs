//! *Filer* in Danish.

use super::grammar::{CONTACT_POINTS, GRAMMAR, RULES, counted};
use super::{contact_points, kle, room, sheets};
use crate::desktop::language::texts::files::{
    ComparisonTexts, FileNames, FilesTexts, IncomingTexts, KleChangeTexts, NoticeTexts, OutgoingTexts, RefusalTexts,
    SummaryTexts, TransferTexts,
};
use crate::exchange::{FileKind, FileProblem, InvalidText, SheetKind, TrainingFile, ValueKind};
use crate::rules::{NotAnEndpoint, NotAnInterval, Problem, short_without_cpr, without_cpr};

/// As much of a guard's name is repeated, in characters.
const LONGEST_NAME: usize = 200;

pub(super) const TEXTS: FilesTexts = FilesTexts {
    title: "Filer",
    about: "Hent ind fra filer, du allerede har, og skriv ud til kolleger og andre miljøer",
    incoming: INCOMING,
    comparison: COMPARISON,
    transfer: TRANSFER,
    outgoing: OUTGOING,
};

const INCOMING: IncomingTexts = IncomingTexts {
    title: "Hent ind",
    about: "Vælg én eller flere filer. Programmet ser selv, hvad de er, og viser, hvad de ændrer, før noget tages ind.",
    kind: |kind| match kind {
        FileKind::Tables => ("Excel eller CSV", "Regler, fagsystemer, kontaktpunkter og kendte myndigheder"),
        FileKind::ContactStructure => {
            ("Kontaktstruktur", "Gemte sider fra Digital Posts API (JSON); vælg alle siderne på én gang")
        }
        FileKind::KlePlan => ("KLE-plan", "KL's emneplan (XML)"),
        FileKind::Configuration => ("Konfiguration", "Alle myndigheder med alt (JSON)"),
        FileKind::Package => ("Pakke", "Regler fra et andet miljø (JSON)"),
    },
    file_example: "Sti; flere med semikolon imellem",
    browse: "Vælg filer …",
    read: "Læs",
    no_file: "Ingen fil er valgt. Skriv selv stien, hvis der ikke kom et vindue frem.",
    drop_here: "Du kan også slippe filerne på vinduet.",
    reading: |names| format!("Læser {names}"),
    progress: |percent| percent.map_or_else(|| "Læser …".to_owned(), |percent| format!("{percent} %")),
    stop: "Stop",
    stopped: "Læsningen er stoppet. Intet er ændret.",
};

const COMPARISON: ComparisonTexts = ComparisonTexts {
    title: |names| format!("Hvad {names} ændrer"),
    refused: |names| format!("{names} kan ikke tages ind"),
    grammar: GRAMMAR,
    summary: SummaryTexts {
        authorities: counted("1 myndighed", |count| format!("{count} myndigheder")),
        rules: RULES,
        points: CONTACT_POINTS,
        pages: counted("1 side", |count| format!("{count} sider")),
        pages_of: |have, of| format!("{have} af {of} sider"),
        numbers: counted("1 nummer", |count| format!("{count} numre")),
        configuration: |authorities, rules| format!("Konfiguration med {authorities} og {rules}"),
        tables: |kinds| format!("Tabeller: {kinds}"),
        tables_of: |authority, kinds| format!("Tabeller for {authority}: {kinds}"),
        package: |rules| format!("Pakke med {rules}"),
        structure: |points, pages| format!("Kontaktstruktur med {points} på {pages}"),
        kle_plan: |numbers| format!("KL's plan med {numbers}"),
        kle_plan_of: |day, numbers| format!("KL's plan af {day} med {numbers}"),
        historic: counted("; 1 udgået er ikke med", |count| format!("; {count} udgåede er ikke med")),
    },
    count: counted("1 ændring i forhold til kladden", |count| format!("{count} ændringer i forhold til kladden")),
    nothing: "Filen siger det samme som kladden. Der er intet at tage ind.",
    take_in: "Tag ind i kladden",
    leave: "Lad være",
    more: |count| format!("og {count} til"),
    changes_nothing: "Intet er taget ind. Ret filen, gem den, og læs den igen.",
    refusal: RefusalTexts {
        not_found: "Filen findes ikke. Se efter, om stien er rigtig.",
        not_permitted: "Du har ikke lov til at læse filen.",
        unreadable: |reason| format!("Filen kan ikke læses: {reason}"),
        too_large: "Filerne er for store. Tilsammen må de fylde 128 MB.",
        no_authority: "Der er ingen myndighed at lægge det i.",
        no_counterpart: |ids| format!("Her er intet fagsystem med id eller navn som {ids}."),
        quoted: |id| format!("»{id}«"),
        unknown: "Filen er hverken Excel, CSV, en kontaktstruktur, en KLE-plan, en konfiguration eller en pakke.",
        of_training: |file| match file {
            TrainingFile::Package => {
                "Filen er en øvelsespakke, som ikke tages ind i kladden. Giv den et navn, der ender på .pfoevelse, og åbn den her på \
                 Filer for sig."
            }
            TrainingFile::Progress => room::TEXTS.only_in_training,
            TrainingFile::Lesson => {
                "Filen er en opgave til øvelsen. Hent den på Opgaver i øvelsen, som åbnes med Ctrl+K, »Åbn øvelsen«."
            }
        },
        not_together: "En pakke eller en konfiguration hentes ind alene.",
        tables: sheets::tables_error,
        kle_plan: kle::TEXTS.error,
        has_faults: "Filen har fejl:",
    },
    file_problem,
    cell_problem: sheets::cell_problem,
    structure: contact_points::STRUCTURE,
    remove_missing: "Fjern kontaktpunkter, der ikke står i filerne",
    remove_missing_hint: counted(
        "Der mangler 1 kontaktpunkt i filerne: Hent de øvrige sider med, eller lad være med at fjerne.",
        |missing| {
            format!("Der mangler {missing} kontaktpunkter i filerne: Hent de øvrige sider med, eller lad være med at fjerne.")
        },
    )
    .or_none("Filerne er hele kontaktstrukturen."),
    other_organisation: |organisation, authority| {
        format!("Kontaktstrukturen er for {organisation}, men den lægges i {} (CVR {}).", authority.name, authority.cvr)
    },
    notice: NoticeTexts {
        points_missing: counted("1 kontaktpunkt står på sider, der ikke er hentet med.", |missing| {
            format!("{missing} kontaktpunkter står på sider, der ikke er hentet med.")
        }),
        table: sheets::table_notice,
        without_authority: "Der er ingen myndighed endnu, som tabellerne kan være for; de fagsystemer, de nævner, er ikke slået op.",
        flaw: kle::TEXTS.flaw,
        skipped: |line, flaw| format!("KLE-planen, linje {line}: {flaw}. Sprunget over."),
        more_skipped: |more| format!("KLE-planen: {more} til er sprunget over."),
    },
    kle: KleChangeTexts {
        added: |count| format!("{count} nye numre"),
        removed: |count| format!("{count} numre, der udgår"),
        renamed: |count| format!("{count} nye titler"),
        whole: |changes| format!("KLE-planen får {changes}. Det gælder straks og for alle, uden udgivelse."),
    },
    read_again: "Læs igen",
    overtaken: "Kladden er ændret, siden filen blev læst. Læs den igen for at se, hvad den ændrer nu.",
};

const TRANSFER: TransferTexts = TransferTexts {
    title: "Fra det andet miljø hertil",
    rules: RULES,
    about: |environment, rules, authority| {
        let from = if environment.is_empty() { String::new() } else { format!(" fra {environment}") };
        format!("Pakken har {rules}{from} til {authority}. Sig, hvad der her svarer til det, de nævner.")
    },
    fagsystems: "Fagsystemer",
    contact_points: "Kontaktpunkter",
    there: "I pakken",
    here: "Her",
    choose: "Vælg …",
    new_fagsystem: "Nyt fagsystem",
    new_point: "Nyt kontaktpunkt med samme id",
    id: "Id her",
    endpoint: "Adresse her",
    endpoint_hint: "Skriv adressen i dette miljø. Pakkens egen bruges ikke.",
    incomplete: "Vælg et fagsystem her for hvert af pakkens, så vises det, der ændres.",
    replace_all: "Erstat alle regler her med pakkens",
    replace_all_hint: "Ellers erstattes kun regler for samme element, værdi og segment, og de øvrige bliver.",
};

const OUTGOING: OutgoingTexts = OutgoingTexts {
    title: "Skriv ud",
    about: "En fil til en kollega, et andet miljø eller som sikkerhedskopi. Nøgler og certifikater er aldrig med.",
    what: "Hvad",
    workbook: "Excel: alt om myndigheden",
    csv: |kind| match kind {
        SheetKind::Rules => "CSV: regler",
        SheetKind::Fagsystems => "CSV: fagsystemer",
        SheetKind::ContactPoints => "CSV: kontaktpunkter",
        SheetKind::Authority => "CSV: myndigheden",
        SheetKind::KnownAuthorities => "CSV: kendte myndigheder",
        SheetKind::Guards => "CSV: vagtmeddelelser",
    },
    configuration: "Hele konfigurationen",
    package: "Pakke til et andet miljø",
    workbook_hint: "Et ark for hver slags, med valglister. En kollega kan rette i det, og du kan hente det ind igen. Er \
                    myndigheden tom, er det en skabelon.",
    csv_hint: "Til andre programmer. Kan hentes ind igen.",
    configuration_hint: "Alle myndigheder med alt. Læses af kommandoen »postfordeler import«, og kan hentes ind her.",
    package_hint: "Regler med det, de nævner. I det andet miljø vælges, hvilket fagsystem der svarer til hvert.",
    source: "Fra",
    draft: "Kladden, som den er nu",
    publication: |number| format!("Udgivelse {number}, som er i kraft"),
    environment: "Hvad hedder dette miljø?",
    environment_example: "Test",
    chosen_rules: counted("Kun den valgte regel", |count| format!("Kun de {count} valgte regler")),
    all_rules: counted("Myndighedens ene regel", |count| format!("Alle {count} regler")),
    file: "Fil",
    browse: "Vælg …",
    write: "Skriv filen",
    replace: "Erstat filen, der står der",
    not_a_file: "Skriv, hvad filen skal hedde.",
    no_file: "Ingen fil valgt. Skriv stien selv, hvis der ikke kom et vindue frem.",
    writing: "Skriver …",
    written: |path| format!("Skrevet til {path}"),
    stopped: "Skrivningen er stoppet, og der er ingen fil.",
    make_package: "Lav pakke …",
    names: FileNames {
        workbook: "fordeling",
        csv: |kind| match kind {
            SheetKind::Rules => "regler",
            SheetKind::Fagsystems => "fagsystemer",
            SheetKind::ContactPoints => "kontaktpunkter",
            SheetKind::Authority => "myndighed",
            SheetKind::KnownAuthorities => "kendte-myndigheder",
            SheetKind::Guards => "vagtmeddelelser",
        },
        configuration: "konfiguration",
        package: "pakke",
    },
};

pub(super) fn file_problem(problem: &FileProblem) -> String {
    match problem {
        FileProblem::NotJson(why) => format!("Filen er ikke JSON: {why}"),
        FileProblem::TooLarge => {
            "Filen er for stor. Den må fylde højst 32 MB og have højst omkring en million værdier.".to_owned()
        }
        FileProblem::Stopped => "Læsningen blev stoppet.".to_owned(),
        FileProblem::More(more) => format!("Og {more} fejl til. Ret disse først."),
        FileProblem::MisspeltFagsystem { id, meant } => {
            format!("Fagsystemet {} er der ikke. Mente du »{}«?", without_cpr(id.as_str()), without_cpr(meant))
        }
        FileProblem::KnownAuthorityTaken { cvr, first } => {
            format!("Den kendte myndighed {cvr} står der allerede, på {first}. Behold den ene.")
        }
        FileProblem::UnknownKey { meant: Some(meant), .. } => format!("Nøglen kendes ikke her. Mente du »{meant}«?"),
        FileProblem::UnknownKey { known, meant: None } => format!("Nøglen kendes ikke her. Kendt er {known}."),
        FileProblem::RepeatedKey => "Nøglen står her to gange.".to_owned(),
        FileProblem::Missing => "Det mangler.".to_owned(),
        FileProblem::Expected(wanted) => format!("Her skal stå {}.", self::wanted(*wanted)),
        FileProblem::NoSuchChoice { found, meant: Some(meant), .. } => {
            format!("»{}« kan ikke stå her. Mente du »{meant}«?", without_cpr(found))
        }
        FileProblem::NoSuchChoice { found, choices, meant: None } => {
            format!("»{}« kan ikke stå her. Vælg mellem {choices}.", without_cpr(found))
        }
        FileProblem::Unreadable { found, why } => format!("»{}«: {}", why.shown(found), illegible(*why)),
        FileProblem::Version(_) => "Formatets version kendes ikke. Brug et nyere program.".to_owned(),
        FileProblem::EndsBeforeStart(_) => "Sidste dag ligger før første.".to_owned(),
        FileProblem::NotOfAPerson => {
            "Det har en person ikke. Udelad det, eller skriv »cvr« som afsenderType.".to_owned()
        }
        FileProblem::SenderTypeMissing => {
            "Det har kun en afsender med CVR-nummer. Skriv »cvr« som afsenderType.".to_owned()
        }
        FileProblem::Contradiction(problem) => match problem {
            Problem::GuardTaken { name, first } => {
                format!("Vagtmeddelelsen »{}« står allerede på {first}.", short_without_cpr(name, LONGEST_NAME))
            }
            Problem::GuardForAnother(cvr) => {
                format!("Modtageren {cvr} er ikke et af myndighedens CVR-numre. Udelad den, eller skriv et af dem.")
            }
            Problem::PriorityTaken { priority, first } => {
                format!("Prioritet {} står allerede på {first}.", without_cpr(&priority.to_string()))
            }
            Problem::NoSuchFagsystem(id) => format!("Fagsystemet {} er der ikke.", without_cpr(id.as_str())),
            Problem::FagsystemTaken { id, first } => {
                format!("Fagsystemet {} står allerede på {first}.", without_cpr(id.as_str()))
            }
            Problem::CvrTaken { cvr, first } => format!("CVR-nr. {cvr} står allerede på {first}."),
            Problem::ContactPointTaken { id, first } => {
                format!("Kontaktpunktet {} står allerede på {first}.", without_cpr(id.as_str()))
            }
        },
    }
}

fn wanted(wanted: ValueKind) -> &'static str {
    match wanted {
        ValueKind::One => "tallet 1",
        ValueKind::Count => "et helt tal, 0 eller mere",
        ValueKind::Priority => "et helt tal fra 1 til 4.294.967.295",
        ValueKind::Seconds => "et helt antal sekunder fra 1 til 3.600",
        ValueKind::Megabytes => "et antal megabyte, mere end 0",
        ValueKind::Switch => "true eller false",
        ValueKind::Text => "en tekst",
        ValueKind::SomeText => "en tekst, der ikke er tom",
        ValueKind::List => "en liste",
        ValueKind::Levels => "en liste med højst 100 grupper",
        ValueKind::Object => "et objekt",
    }
}

fn illegible(illegible: InvalidText) -> &'static str {
    match illegible {
        InvalidText::Cvr(_) => "Et CVR-nummer har otte cifre.",
        InvalidText::Interval(NotAnInterval::NotANumber(_)) => {
            "Et KLE- eller FORM-nummer har to cifre på hvert niveau med punktum imellem; et interval skrives »fra - til«."
        }
        InvalidText::Interval(NotAnInterval::Backwards) => "Intervallet slutter, før det begynder.",
        InvalidText::Number(_) => "Et KLE- eller FORM-nummer har to cifre på hvert niveau med punktum imellem.",
        InvalidText::Endpoint(NotAnEndpoint::NoAddress) => {
            "En adresse begynder med https:// eller http:// og nævner en maskine."
        }
        InvalidText::Endpoint(error) => (super::fagsystems::TEXTS.not_an_endpoint)(error),
        InvalidText::HeaderName(error) => (super::access::TEXTS.not_a_header)(error),
        InvalidText::Date => "En dato skrives ÅÅÅÅ-MM-DD og skal være i kalenderen.",
        InvalidText::Moment => "Et tidspunkt skrives som 2026-11-24T08:30:00Z.",
    }
}
