//! What went wrong, in Danish.

use std::io;
use std::path::Path;

use super::files::file_problem;
use super::router::ELSEWHERE;
use super::{access, lesson_builder, network_share, protection, room, training_packages};
use crate::desktop::model::error::Error;
use crate::desktop::model::preferences::PreferencesError;
use crate::exchange::SheetError;
use crate::policy::Listening;
use crate::router::RouterError;
use crate::rules::Fault;
use crate::store::{DatabaseError, PostgresError, ServerFlaw, Store, StoreError};
use crate::training::{DeliveryError, LessonError};

pub(super) fn error(error: &Error) -> String {
    match error {
        Error::Store(error) => store_error(error),
        Error::Router(error) => router_error(error),
        Error::Faults(faults) => {
            let of = |fault: &Fault| format!("{}: {}", fault.place, file_problem(&fault.problem.clone().into()));
            let faults: Vec<_> = faults.0.iter().map(of).collect();
            format!("Reglerne modsiger hinanden, og intet er ændret. {}", faults.join(" "))
        }
        Error::BrokenGuards(broken) => format!(
            "Intet er udgivet, for reglerne bryder egne vagter: {}. Ret dem i filen, eller brug postfordeler import med \
             --despite-guards.",
            super::guards::TEXTS.names(broken)
        ),
        Error::Delivery(DeliveryError::Nobody(_)) => "Routeren svarer ikke. Start den, og prøv igen.".to_owned(),
        Error::Delivery(_) => "Der kom ingen kvittering fra routeren.".to_owned(),
        Error::NotTraining => "Opdigtede meddelelser sendes kun i en øvelse, og det her er rigtige data.".to_owned(),
        Error::Practice(address) => {
            format!(
                "Øvelsesfagsystemerne kan ikke starte: {address} bruges af et andet program, måske en anden brugers øvelse. Nulstil \
                 øvelsen, så får den en ledig port."
            )
        }
        Error::Lesson { file, error } => match &**error {
            LessonError::TooLarge => format!("{file} fylder mere end 256 KiB. En opgave er en kort tekst."),
            error => format!(
                "Opgaven i {file} kan ikke bruges: {} Ret filen, og hent den igen.",
                lesson_builder::lesson_error(error)
            ),
        },
        Error::Progress { file, error } => format!("{file}: {}", (room::TEXTS.error)(error)),
        Error::NoProgress => room::TEXTS.nothing_to_save.to_owned(),
        Error::RoomFull(most) => (room::TEXTS.full)(*most),
        Error::NoLesson(id) => {
            format!("Der er ingen opgave med id'et {id}. Hent dens fil igen, eller vælg en anden opgave.")
        }
        Error::NoTrainingWindow(reason) => {
            format!("Vinduet til øvelsen kan ikke åbnes: {reason}. Kald »postfordeler training« i stedet.")
        }
        Error::TrainingPackage(error) => (training_packages::TEXTS.error)(error),
        Error::NoChance => training_packages::TEXTS.no_chance.to_owned(),
        Error::NoPast(error) => (training_packages::TEXTS.no_past)(error).to_owned(),
        Error::NothingPublished => training_packages::TEXTS.nothing_published.to_owned(),
        Error::NotAFile(path) => format!("{} er ikke en fil. Vælg en fil.", path.display()),
        Error::NoMessages(path) => (training_packages::TEXTS.no_messages_in)(&path.display().to_string()),
        Error::TrainingInUse => training_packages::TEXTS.in_use.to_owned(),
        Error::Sheet(error) => match &**error {
            SheetError::File { path, source } => format!("Filen {} kan ikke skrives: {source}", path.display()),
            SheetError::Excel { path, source } => format!("Filen {} kan ikke skrives: {source}", path.display()),
        },
        Error::CellTooLong { path, place } => format!(
            "{} kan ikke skrives: Teksten i {place} er længere end de 32.767 tegn, en celle i Excel har plads til. Forkort den.",
            path.display()
        ),
        Error::FileExists(path) => {
            format!("Filen {} findes allerede. Vælg et andet navn.", path.display())
        }
        Error::Keys(error) => protection::key_error(error),
        Error::Secrets(error) => access::error(error),
        Error::Preferences(PreferencesError::Unreadable { path, reason }) => format!(
            "Det, du har valgt for dig selv (sprog, udseende, lister), kan ikke læses i {} ({reason}). Vinduet er, som det \
             er fra begyndelsen. Vælger du noget nyt, lægges filen til side.",
            path.display()
        ),
        Error::Preferences(PreferencesError::Unwritable { path, reason }) => format!(
            "Det, du har valgt for dig selv, gælder kun, til vinduet lukkes: {} kan ikke skrives ({reason}).",
            path.display()
        ),
        Error::File { path, reason } => format!("{path} kan ikke læses: {reason}"),
        Error::Picture(error) => format!("Billedet kan ikke tegnes: {error}. Vis mindre af det, og prøv igen."),
        Error::Clipboard(reason) => format!(
            "Billedet er ikke kopieret: Udklipsholderen tager ikke imod billeder her ({reason}). Gem det som PNG i stedet, og sæt \
             filen ind."
        ),
        Error::NotPdf(reason) => format!("Dokumentet kan ikke laves som PDF: {reason}. Gem det som webside i stedet."),
        Error::NoPrinter => {
            "Der er ikke udskrevet noget: Her er hverken en printer eller et program til PDF-filer. Gem dokumentet som PDF, og åbn \
             filen, hvor der er det."
                .to_owned()
        }
        Error::NotPrinted(reason) => format!("Dokumentet kan ikke udskrives: {reason}. Gem det som PDF, og åbn filen."),
        Error::NoFolderShown(reason) => {
            format!("Mappen kan ikke åbnes herfra ({reason}). Kopiér stien, og åbn den, hvor I åbner mapper.")
        }
        Error::Lost => "Det lykkedes ikke. Prøv igen.".to_owned(),
    }
}

fn router_error(error: &RouterError) -> String {
    match error {
        RouterError::Protection(error) => protection::error(error),
        RouterError::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
            format!(
                "{address} er optaget af et andet program, måske en anden brugers router på denne maskine. Vælg en anden port \
                     under Indstillinger på siden Router."
            )
        }
        RouterError::Listen { address, source } => {
            format!("Kan ikke lytte på {address} ({source}). Vælg en anden adresse, eller stop det, der bruger den.")
        }
        RouterError::ListensBeyondTraining(address) => format!(
            "En øvelse modtager kun fra denne maskine og kan ikke lytte på {address}. Vælg en adresse, der begynder med 127."
        ),
        RouterError::NotAllowed { address, listening } => match listening {
            Listening::Nowhere => {
                "Din administrator har bestemt, at der ikke må køre en router på denne maskine.".to_owned()
            }
            _ => format!(
                "Din administrator har bestemt, at routere her kun modtager fra denne maskine, og {address} kan nås af \
                     andre. Vælg en adresse, der begynder med 127."
            ),
        },
        RouterError::Store(error) => store_error(error),
        RouterError::Courier(error) => format!("Kan ikke gøre klar til at aflevere: {error}"),
    }
}

fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::Directory { path, source } if source.kind() == io::ErrorKind::PermissionDenied => format!(
            "Mappen {} kan ikke bruges: Den tilhører en anden bruger eller er lukket for dig. Udelad --data for at bruge din egen \
             mappe.",
            path.display()
        ),
        StoreError::Directory { path, source } => format!("Mappen {} kan ikke bruges: {source}", path.display()),
        StoreError::OnShare { path, share, .. } => {
            (network_share::TEXTS.refused)(&path.display().to_string(), &network_share::TEXTS.share(share))
        }
        StoreError::Newer { path, schema, program, copy } => {
            newer(error, path, *schema, program.as_deref(), copy.is_some())
        }
        StoreError::NoRoomToUpgrade { path, bytes } => format!(
            "Databasen {} er fra en ældre Postfordeler, og der er ikke plads til at bringe den ajour. Det kræver plads til en \
             kopi af den ({} MB) og imens til omtrent lige så meget til. Intet er ændret: Skaf plads på det drev, og start igen.",
            path.display(),
            bytes.div_ceil(1_000_000)
        ),
        StoreError::NoUpgradeCopy { path, copy, reason } => format!(
            "Databasen {} er fra en ældre Postfordeler, og før den bringes ajour, kopieres den til {}. Det lykkedes ikke \
             ({reason}). Intet er ændret: Sørg for, at du må skrive dér, og start igen.",
            path.display(),
            copy.display()
        ),
        StoreError::Damaged { path, reason } => format!(
            "Databasen {} er beskadiget ({reason}). Den er ikke ændret: Læg en sikkerhedskopi tilbage, eller flyt den \
             for at begynde forfra – begge dele sammen med filerne ved siden af, der ender på -wal og -shm.",
            path.display()
        ),
        StoreError::LeftBehind { path, left } => format!(
            "Databasen {} er væk, men {} er der stadig. Læg databasen tilbage, eller flyt også den fil.",
            path.display(),
            left.display()
        ),
        StoreError::Gone(path) => format!(
            "Databasen {} er slettet, flyttet eller udskiftet, siden den blev åbnet. Intet er skrevet. Læg den tilbage, \
             eller start programmet igen med den, der er der nu.",
            path.display()
        ),
        StoreError::CommitsLost { path, lost, marker } => format!(
            "Databasen {} mangler journalens sidste {lost} ændringer. De stod i filen {}-wal, som er væk, siden routeren blev \
             slået ihjel. Læg den fil tilbage, hvis der er en kopi. Vil du fortsætte uden, så slet {}: Det, der blev \
             accepteret, afleveres igen, hvis det sendes igen.",
            path.display(),
            path.display(),
            marker.display()
        ),
        StoreError::NoPlainFile(path) => format!(
            "{} er ikke en almindelig fil, men et link, et rør eller en mappe. Den er ladt i fred. Flyt den væk, og start igen.",
            path.display()
        ),
        StoreError::Overtaken => {
            "Reglerne er imens ændret et andet sted, og intet er gemt. Se dem, som de er nu, og prøv igen.".to_owned()
        }
        StoreError::RouterRuns { path, by } => format!(
            "En anden router kører allerede på mappen {}. {} To kunne levere den samme meddelelse to gange: Stop den anden, \
             eller giv denne en mappe for sig.",
            path.display(),
            ELSEWHERE.sentence(by.as_ref())
        ),
        StoreError::OlderRouterRuns(path) => format!(
            "En router fra en ældre udgave af Postfordeler bruger mappen {} og kan ikke skrive mere, når databasen er bragt \
             ajour. Intet er ændret: Stop den router, og start igen.",
            path.display()
        ),
        StoreError::RealData(path) => format!(
            "Databasen {} rummer det, der er udgivet eller modtaget for alvor, og en øvelse skal have sine egne data. Intet er \
             ændret: Vælg en anden mappe.",
            path.display()
        ),
        StoreError::NoTraining(path) => format!(
            "Databasen {} er ikke til øvelse, og kun en øvelse kan begynde forfra. Intet er ændret.",
            path.display()
        ),
        StoreError::Guards(guards) => guards.iter().map(protection::damaged).collect::<Vec<_>>().join(" "),
        StoreError::NoThread(error) => format!("Journalen kan ikke startes: {error}"),
        StoreError::NewerOnServer { address, schema, known } => format!(
            "Databasen {address} er bragt ajour af en nyere Postfordeler (skema {schema}; denne kender skemaer til og med {known}). \
             Intet er ændret: Installér den udgave eller en senere.",
        ),
        StoreError::UnfitServer { address, flaw } => {
            format!("Databasen {address} kan ikke bruges: {}", server_flaw(*flaw))
        }
        StoreError::Database(DatabaseError::Postgres(error)) => server_error(error),
        StoreError::Database(error) => format!("Databasen siger nej: {error}"),
    }
}

fn server_flaw(flaw: ServerFlaw) -> &'static str {
    match flaw {
        ServerFlaw::TooOld => "Den er ældre end PostgreSQL 15. Opgradér den.",
        ServerFlaw::LateCommits => {
            "synchronous_commit er slået fra, så det, der er accepteret, kan blive glemt ved et nedbrud. Sæt den til on."
        }
        ServerFlaw::LocalCommits => {
            "synchronous_commit er local, så det, der er accepteret, kan blive glemt, når standby-serveren tager over. Sæt den til on."
        }
        ServerFlaw::NoFlushes => "fsync er slået fra, så et nedbrud kan ødelægge alt. Sæt den til on.",
    }
}

fn server_error(error: &PostgresError) -> String {
    match error {
        PostgresError::NotAllowed { message } => format!(
            "Databasens bruger må ikke det ({message}). Den, der driver databasen, giver rollen postfordeler_editor til dem, der \
             redigerer og udgiver, og postfordeler_router til routere."
        ),
        PostgresError::Unfit(flaw) => server_flaw(*flaw).to_owned(),
        PostgresError::Silent => {
            "Databaseserveren svarer ikke. Se efter, hvordan den har det, og om dens standby-server er der.".to_owned()
        }
        PostgresError::Unreachable(reason) => format!(
            "Databaseserveren kan ikke nås: {reason}. Se efter, at den kører, og at denne maskine må forbinde til den."
        ),
        PostgresError::Lost | PostgresError::RolledBack => {
            "Forbindelsen til databasen blev brudt, og intet er gemt. Prøv igen.".to_owned()
        }
        PostgresError::Uncertain(_) => {
            "Forbindelsen til databasen blev brudt, mens der blev gemt. Se efter, om det nåede at blive gemt."
                .to_owned()
        }
        error => format!("Databasen siger nej: {error}"),
    }
}

/// Where to go with a database that this program does not know.
fn newer(error: &StoreError, path: &Path, schema: usize, program: Option<&str>, has_copy: bool) -> String {
    let by = program.map_or_else(|| "en nyere Postfordeler".to_owned(), |by| format!("Postfordeler {by}"));
    let install = program.unwrap_or("den version");
    let back = if has_copy {
        "Eller gå tilbage til data, som de var, før den version bragte dem ajour, uden det, der er kommet siden"
    } else {
        "Eller læg en kopi fra før tilbage"
    };
    format!(
        "Databasen {} er skrevet af {by} (skema {schema}). Denne er {} og kender skemaer til og med {}. Intet er ændret: \
         Installér {install} eller en senere. {back}: {}",
        path.display(),
        env!("CARGO_PKG_VERSION"),
        Store::SCHEMA,
        error.way_back("FIL").unwrap_or_default()
    )
}
