//! What is wrong with cells and tables, in Danish. English is what the errors themselves say.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::grammar::Counted;
use crate::exchange::{CellDoubt, CellProblem, Excerpt, ForeignTable, TableNotice, TablesError};
use crate::rules::{NotAHeaderName, NotAnEndpoint, without_cpr};

const FAULTS: Counted = counted("Der er 1 fejl i filen", |count| format!("Der er {count} fejl i filen"));

/// What is wrong in a cell, and what to do.
pub(super) fn cell_problem(problem: &CellProblem) -> String {
    use CellProblem as P;
    match problem {
        P::NoHeadings => "Den første række skal have kolonnenes overskrifter, men her står intet".to_owned(),
        P::MissingHeading(heading) => format!("Kolonnen »{heading}« mangler"),
        P::UnknownHeading { found, meant: Some(meant), .. } => {
            format!("Kolonnen »{found}« kendes ikke her. Mente du »{meant}«?")
        }
        P::UnknownHeading { found, known, meant: None } => {
            format!("Kolonnen »{found}« kendes ikke her. Kolonnerne er: {}", known.join(", "))
        }
        P::RepeatedHeading { heading, first } => format!("Kolonnen »{heading}« står der allerede, i {first}"),
        P::WithoutHeading => "Her står noget, men kolonnen har ingen overskrift. Skriv en, eller tøm cellen".to_owned(),
        P::Missing(heading) => format!("{heading} skal udfyldes"),
        P::ErrorCell(error) => format!("Cellen viser fejlen {error}. Ret dens formel, eller skriv selve værdien"),
        P::Doubtful(doubt) => cell_doubt(doubt),
        P::Many { first, cells } => many(first, *cells),
        P::NotAText(found) => format!("Her skal stå en tekst, ikke »{found}«"),
        P::NumberForText(found) => format!(
            "Excel har gjort det til tallet {found}, og nuller kan være gået tabt. Gør cellen til tekst, og skriv det igen"
        ),
        P::DateForText(found) => {
            format!("Excel har gjort det til datoen {found}. Gør cellen til tekst, og skriv det igen")
        }
        P::NotAPriority(found) => format!("»{found}« er ikke en prioritet. Skriv et helt tal, 1 eller mere"),
        P::NoSuchChoice { found, meant: Some(meant), .. } => {
            format!("»{found}« kan ikke stå her. Mente du »{meant}«?")
        }
        P::NoSuchChoice { found, choices, meant: None } => {
            format!("»{found}« kan ikke stå her. Vælg mellem: {}", choices.join(", "))
        }
        P::NotACvr(found) => format!("»{found}« er ikke et CVR-nummer. Det har otte cifre"),
        P::NotAnInterval { found, classification } => {
            let example =
                if *classification == "KLE" { "27.36 eller 31 - 35" } else { "26.05 eller 26.05.10 - 26.05.20" };
            format!(
                "»{found}« er ikke et {classification}-nummer. Skriv to cifre pr. niveau med punktum imellem, fx {example}"
            )
        }
        P::Backwards(found) => format!("Intervallet »{found}« slutter, før det begynder"),
        P::NotADate(found) => format!("»{found}« er ikke en dato. Skriv den som 25-10-2020"),
        P::NoSuchDate(found) => format!("Datoen {found} findes ikke"),
        P::TimeOfDay => "Datoen har et klokkeslæt. Skriv kun datoen".to_owned(),
        P::EndsBeforeStart => "Slutdatoen ligger før startdatoen".to_owned(),
        P::NoSuchFagsystem { found, meant: Some(meant) } => {
            format!("Der er intet fagsystem med navnet eller id'et »{found}«. Mente du »{meant}«?")
        }
        P::NoSuchFagsystem { found, meant: None } => format!(
            "Der er intet fagsystem med navnet eller id'et »{found}«. Ret stavningen, eller tilføj det på arket Fagsystemer"
        ),
        P::SeveralFagsystems { found, ids } => {
            format!("Flere fagsystemer hedder »{found}«. Skriv id'et på det rigtige: {}", listed(ids))
        }
        P::SeveralContactPoints { found, count } => {
            format!("{count} kontaktpunkter hedder »{found}«. Skriv id'et på det rigtige")
        }
        P::NotAnEndpoint { found, why: NotAnEndpoint::NoAddress } => {
            format!("»{found}« er ikke en adresse. Den begynder med http:// eller https:// og nævner en vært")
        }
        P::NotAnEndpoint { why, .. } => (super::fagsystems::TEXTS.not_an_endpoint)(*why).to_owned(),
        P::NotAHeaderName { found, why } => match why {
            NotAHeaderName::Unwritable => {
                format!("»{found}« er ikke navnet på en header. Det har 1 til 64 bogstaver, cifre eller bindestreger")
            }
            NotAHeaderName::Taken => {
                format!("Headeren »{found}« har sin egen betydning i HTTP. Vælg en anden, fx X-Api-Key")
            }
        },
        P::HeaderWithoutAccess => "En header skal kun stå her, når Adgang er »header«".to_owned(),
        P::NotSeconds(found) => format!("»{found}« er ikke et helt antal sekunder fra 1 til 3.600"),
        P::NotMegabytes(found) => format!("»{found}« er ikke et antal MB, større end 0 og mindre end 1.000.000"),
        P::AmbiguousNumber { found, whole, fraction } => {
            format!("»{found}« kan læses som {whole} og som {fraction}. Skriv det, du mener: {whole} eller {fraction}")
        }
        P::NotACount(found) => format!("»{found}« er ikke et helt tal, 0 eller mere"),
        P::NotACode(found) => format!("»{found}« er ikke en kode. Skriv type, kode og navn, fx KLE 27.36 Navn"),
        P::OpenQuote => "Anførselstegnene passer ikke sammen. Inden i anførselstegn skrives de dobbelt".to_owned(),
        P::NamelessGroup(found) => format!("»{found}« har en kontaktgruppe uden navn"),
        P::TooManyLevels(found) => format!("»{found}« står under flere end 100 andre kontaktgrupper"),
        P::PriorityTaken { priority, first } => {
            format!("Prioritet {} er brugt allerede, i {first}", without_cpr(&priority.to_string()))
        }
        P::FagsystemTaken { id, first } => format!("Id'et »{id}« er brugt allerede, i {first}"),
        P::ContactPointTaken { id, first } => format!("Kontaktpunktets id »{id}« er brugt allerede, i {first}"),
        P::CvrTaken { cvr, first } => format!("CVR-nummer {cvr} står der allerede, i {first}"),
        P::KnownAuthorityTaken { cvr, first } => {
            format!("Den kendte myndighed {cvr} står der allerede, i {first}. Behold den ene")
        }
        P::CvrOfAnother { cvr, authority } => {
            format!("CVR-nummer {cvr} hører allerede til en anden myndighed, {authority}")
        }
        P::NotANumber { .. }
        | P::GuardTaken { .. }
        | P::GuardForAnother(_)
        | P::CvrStillNamed(_)
        | P::NotOfThatSender
        | P::StillNamed { .. }
        | P::MissingSheet { .. } => of_parts(problem),
        P::NoAuthority => "Myndigheden mangler: én række med dens CVR-nummer og navn".to_owned(),
        P::SecondAuthority => "En fil har én myndighed. Indlæs de andre hver for sig".to_owned(),
    }
}

/// What is wrong with guards, and with what one part of an authority needs of another.
fn of_parts(problem: &CellProblem) -> String {
    use CellProblem as P;
    match problem {
        P::NotANumber { found, classification } => {
            format!("»{found}« er ikke et {classification}-nummer: to cifre på hvert niveau med punktum imellem")
        }
        P::GuardTaken { name, first } => format!("Vagtmeddelelsen »{name}« står allerede i {first}"),
        P::GuardForAnother(cvr) => {
            format!("Modtageren {cvr} er ikke et af myndighedens CVR-numre. Tøm cellen, eller skriv et af dem")
        }
        P::CvrStillNamed(cvr) => format!(
            "CVR-nr. {cvr} står her ikke, men er modtager i en vagtmeddelelse. Behold det, eller ret i samme fil vagterne"
        ),
        P::NotOfThatSender => "Det må kun stå her, hvor Afsender er »CVR«".to_owned(),
        P::StillNamed { id, rules, guards, is_default } => format!(
            "Fagsystemet »{id}« står her ikke, men bruges stadig af {}. Behold det, eller ret i samme fil det, der bruger det",
            users(*rules, *guards, *is_default)
        ),
        P::MissingSheet { cvr, sheet } => {
            format!("Myndigheden {cvr} er ny, så filen skal også have arket »{}«", sheet.sheet_name())
        }
        _ => String::new(),
    }
}

fn many(first: &CellProblem, cells: usize) -> String {
    format!("{} (den første af {} fejl af samme slags)", cell_problem(first), GRAMMAR.number(cells))
}

/// Why it cannot be known what a cell showed.
fn cell_doubt(doubt: &CellDoubt) -> String {
    use CellDoubt as D;
    match doubt {
        D::NotWorkedOut => {
            "Filen har formlen her, men ikke dens resultat. Åbn filen i Excel eller LibreOffice, og gem den".to_owned()
        }
        D::Repeated => "Det står to gange i filen, så det er uklart, hvad der gælder. Åbn filen i Excel eller LibreOffice, \
                        se den igennem, og gem den"
            .to_owned(),
        D::BeyondCalendar(found) => format!(
            "{found} i en celle med datoformat er ingen dato, og Excel viser ######. Skriv datoen som 25-10-2020"
        ),
        D::UnknownLetters => {
            "Bogstaverne her er skrevet på en anden måde end resten af filen eller på en, der ikke kendes. Gem filen som \
             CSV UTF-8"
                .to_owned()
        }
        D::QuoteWithoutEnd => "Anførselstegnet, som teksten begynder med, slutter aldrig, så resten af filen ville høre med. \
                               Skriv det andet anførselstegn, eller fjern det første"
            .to_owned(),
        D::QuoteOverLines { lines } => {
            let later = if *lines == 1 { "en linje".to_owned() } else { format!("{lines} linjer") };
            format!(
                "Anførselstegnet, som teksten begynder med, slutter først {later} senere, efter det, der ligner andre \
                 rækker. Skriv det andet anførselstegn, hvor teksten slutter, eller fjern det første"
            )
        }
    }
}

/// What is good to know of a file.
pub(super) fn table_notice(notice: &TableNotice) -> String {
    match notice {
        TableNotice::UnknownSheet(name) => format!("Arket »{name}« kendes ikke og er ikke læst"),
        TableNotice::MisspeltSheet { name, meant } => {
            format!("Arket »{name}« kendes ikke og er ikke læst. Mente du »{}«?", meant.sheet_name())
        }
        TableNotice::Misspelt { place, found, meant } => {
            format!("{place}: »{found}« står ikke på listen. Mente du »{meant}«?")
        }
        TableNotice::NoColumn { kind, heading } => {
            format!("{} har ikke kolonnen »{heading}«; den læses som tom", kind.sheet_name())
        }
        TableNotice::HiddenSheet(name) => format!("Arket »{name}« er skjult, men er læst alligevel"),
        TableNotice::WithoutContent { place, rows: 1 } => {
            format!("{place}: rækken har ikke noget i de kolonner, der skal udfyldes, og er ikke læst")
        }
        TableNotice::WithoutContent { place, rows } => format!(
            "{place}: {} rækker har ikke noget i de kolonner, der skal udfyldes, og er ikke læst",
            GRAMMAR.number(*rows)
        ),
        TableNotice::NoRows(kind) => format!("{} har ingen rækker", kind.sheet_name()),
    }
}

/// Why nothing can be read from a file.
pub(super) fn tables_error(error: &TablesError) -> String {
    match error {
        TablesError::NotTables => {
            "Filen er hverken en projektmappe fra Excel eller LibreOffice eller en CSV-fil".to_owned()
        }
        TablesError::Protected => "Filen er beskyttet med en adgangskode. Gem den uden".to_owned(),
        TablesError::Binary => {
            "Filen har et af Excels binære formater (.xls eller .xlsb). Åbn den i Excel, og gem den som .xlsx"
                .to_owned()
        }
        TablesError::Foreign(make) => format!(
            "Filen er {}. Åbn den i Excel eller LibreOffice, og gem den som .xlsx, .ods eller CSV UTF-8",
            foreign(*make)
        ),
        TablesError::TooLarge => "Filen er for stor. Den må fylde højst 32 MB, højst 256 MB udpakket, og have højst \
                                    50.000 rækker, 1.500.000 udfyldte celler og 16 MB tekst i dem"
            .to_owned(),
        TablesError::NoKnownSheet { misspelt } => {
            let meant = misspelt.iter();
            let meant = meant.map(|(name, meant)| format!(". Mente du »{}« med »{name}«?", meant.sheet_name()));
            let none = "Filen har ingen af arkene Regler, Fagsystemer, Kontaktpunkter, Myndighed, Kendte myndigheder og Vagter";
            none.to_owned() + &meant.collect::<String>()
        }
        TablesError::NoKnownHeadings => {
            "Overskrifterne passer ikke til regler, fagsystemer, kontaktpunkter, en myndighed eller kendte myndigheder"
                .to_owned()
        }
        TablesError::NoAuthority => {
            "Der er ingen myndighed endnu, som tabellerne kan være for. Filen skal have arket »Myndighed«".to_owned()
        }
        TablesError::Faults(faults) => FAULTS.of(faults.iter().map(|fault| fault.problem.cells()).sum::<usize>()),
        TablesError::Stopped(_) => "Indlæsningen blev afbrudt".to_owned(),
    }
}

/// What a table of another make is.
fn foreign(make: ForeignTable) -> &'static str {
    match make {
        ForeignTable::Html => "en webside (HTML), uanset hvad den hedder",
        ForeignTable::WebArchive => "en webside med alle dele (.mht)",
        ForeignTable::SpreadsheetMl => "en XML-tabel fra Excel 2003",
        ForeignTable::FlatOpenDocument => "en upakket OpenDocument-fil (.fods)",
        ForeignTable::OldExchange => "i et af Excels formater fra før 1997",
        ForeignTable::Text => "ren tekst, selv om den hedder som en projektmappe",
    }
}

fn listed(items: &[Excerpt]) -> String {
    items.iter().map(Excerpt::to_string).collect::<Vec<_>>().join(", ")
}

fn users(rules: usize, guards: usize, is_default: bool) -> String {
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let named = [counted(rules, "regel", "regler"), counted(guards, "vagt", "vagter")];
    let named = GRAMMAR.joined(&named.into_iter().flatten().collect::<Vec<_>>());
    match (named.as_str(), is_default) {
        ("", _) => "opsamlingssystemet".to_owned(),
        (named, true) => format!("{named} og som opsamlingssystem"),
        (named, false) => named.to_owned(),
    }
}
