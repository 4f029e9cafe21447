//! *Driftsmål* in Danish.

use super::calendar;
use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::service_levels::{LevelSheetTexts, ServiceLevelTexts};
use crate::service_level::{AnswerClass, Attendance, Promise, RouterEventKind, Strain, Verdict, WindowFault};

pub(super) const TEXTS: ServiceLevelTexts = ServiceLevelTexts {
    title: "Driftsmål",
    about: "Hvad serviceaftalen lover, og hvor langt det er holdt",
    grammar: GRAMMAR,
    months: &calendar::CALENDAR.months,
    weekdays: &calendar::WEEKDAYS,
    hour: "t",
    router: "Routeren",
    the_router: "Routeren",
    promise: |promise| match promise {
        Promise::WorkingHours => "Hverdage kl. 6–18",
        Promise::OtherTimes => "Øvrig tid",
    },
    target: |share| format!("mål {share}"),
    month_so_far: |month| format!("{month} til nu"),
    system: "System",
    month: "Måned",
    month_by_month: |subject| format!("{subject}, måned for måned"),
    verdict: |verdict| match verdict {
        Verdict::Unknown => "Ved ikke",
        Verdict::Broken => "Brudt",
        Verdict::Kept => "Holdt",
    },
    so_far: |verdict, strain| match (verdict, strain) {
        (Verdict::Unknown, _) => "Ved ikke",
        (Verdict::Broken, _) => "Brudt",
        (Verdict::Kept, Strain::Low) => "Holder",
        (Verdict::Kept, Strain::Half) => "Halvt brugt",
        (Verdict::Kept, Strain::Most | Strain::Over) => "Næsten brugt",
    },
    below: "Under målet",
    lost_time: |lost, allowed| format!("mistet {lost}; tåler {allowed}"),
    lost_messages: |lost, of| format!("{lost} af {of} uden svar"),
    nothing_lost: "intet mistet",
    nothing_sent: "intet sendt",
    nothing_known: "ingen målinger",
    not_running: "Kørte ikke",
    not_running_hint: "Tid, hvor ingen router er set køre. Den tæller hverken som holdt eller mistet.",
    in_window: "Service",
    in_windows: counted("1 i et servicevindue", |count| format!("{count} i servicevinduer")),
    not_tried: counted("1 ikke forsøgt", |count| format!("{count} ikke forsøgt")),
    answers: "Svar i tide",
    answers_hint: "Simple op til 1 MB: 1 s. Middel op til 10 MB: 1,5 s. Komplekse: 4 s. Delingen efter størrelse er vores læsning: Aftalen \
                   siger ikke, hvordan de kendes fra hinanden.",
    class: |class| match class {
        AnswerClass::Simple => "Simple 1 s",
        AnswerClass::Medium => "Middel 1,5 s",
        AnswerClass::Complex => "Komplekse 4 s",
    },
    part_of: |part, whole| format!("{part} af {whole}"),
    half: "Halvdelen inden",
    most: "95 % inden",
    minutes_lost: |minutes| format!("{minutes} min mistet"),
    messages_lost: counted("1 uden svar", |count| format!("{count} uden svar")),
    day_by_day: |month| format!("{month}, dag for dag"),
    all_well: "Routeren kunne tage imod post hele tiden.",
    no_messages: "Intet blev sendt til systemet i den måned.",
    more: counted("1 til er ikke vist", |count| format!("{count} til er ikke vist")),
    incident: |kind| match kind {
        RouterEventKind::Lost(Attendance::NothingPublished) => "Afviste alt: intet udgivet",
        RouterEventKind::Lost(Attendance::JournalFails) => "Afviste alt: journalen kunne ikke skrives",
        RouterEventKind::Lost(Attendance::PublicationUnread | Attendance::Ready) => {
            "Afviste alt: nyeste udgivelse kunne ikke læses"
        }
        RouterEventKind::NotRunning => "Kørte ikke: ved ikke",
        RouterEventKind::InWindow => "Servicevindue",
    },
    working_part: |time| format!("heraf {time} hverdag kl. 6–18"),
    working_short: |time| format!("hverdage {time}"),
    minutes_axis: "Minutter mistet",
    messages_axis: "Meddelelser uden svar",
    unknown_month: "?: ingen målinger",
    export: "Eksportér driftsmål",
    file_name: "driftsmaal",
    sheet: LevelSheetTexts {
        promise: "Tidsrum",
        target: "Mål (%)",
        share: "Andel (%)",
        kept: "Løftet",
        lost_minutes: "Mistet (min)",
        allowed_minutes: "Tåler (min)",
        not_running_minutes: "Kørte ikke (min)",
        window_minutes: "Service (min)",
        sent: "Sendt",
        unanswered: "Uden svar",
        not_tried: "Ikke forsøgt",
        in_windows: "I servicevinduer",
        answered: "Besvaret",
        in_time: "Besvaret i tide",
    },
    tries: counted("1 meddelelse sendt", |count| format!("{count} meddelelser sendt")),
    windows: "Servicevinduer",
    windows_about: "Varslet service tæller ikke med. Et vindue på et fagsystem holder de hele timer ude, det berører.",
    no_windows: "Ingen servicevinduer. Skriv dem ind, også dem, der er planlagt.",
    new_window: "Nyt servicevindue",
    change_window: "Ret servicevinduet",
    delete_window: "Slet servicevinduet",
    deleted: "Servicevinduet er slettet",
    entered: "Servicevinduet er skrevet ind",
    save_window: "Skriv ind",
    save_change: "Gem rettelsen",
    from: "Fra",
    until: "Til",
    clock: "Klokken",
    scope: "Gælder",
    scope_all: "Alt: routeren og alle fagsystemer",
    note: "Bemærkning",
    note_hint: "Hvad der skete, og hvem der varslede det. Ingen personnumre.",
    not_a_time: "Skriv et klokkeslæt som 22:00.",
    never_shown: "Den nat stilles uret frem: Klokken 2–3 findes ikke.",
    shown_twice: "Den nat vises timen to gange: Den første gælder.",
    fault: |fault| match fault {
        WindowFault::EndsBeforeItBegins => "Det skal slutte, efter at det begynder.",
        WindowFault::TooLong => "Et servicevindue er højst et år langt.",
        WindowFault::TooFar => "Et servicevindue ligger højst 10 år fra i dag.",
        WindowFault::NoteTooLong => "Bemærkningen har højst 200 tegn.",
        WindowFault::NoteIsPersonal => "Bemærkningen ligner et CPR-nummer. Skriv den uden.",
        WindowFault::TooMany => "Der er 1.000 servicevinduer. Slet et gammelt først.",
    },
    planned: "Planlagt",
    now: "Nu",
    retroactive: "Skrevet ind bagefter",
    working_out: "Tæller …",
    how: "Sådan tælles der",
    how_lines: &[
        "Løftet er 99,8 % på hverdage kl. 6–18 og 98,5 % ellers, i dansk tid. Helligdage er folkekirkens; grundlovsdag, juleaftensdag og \
         nytårsaftensdag er hverdage.",
        "Routeren noterer hvert sekund, om den kan tage imod post, og gemmer det hvert minut. Tid, hvor den kører og afviser alt, er \
         mistet. Tid, hvor ingen router er set køre, vides der intet om: Den tæller ikke med i andelen, men gør den tålte tid mindre.",
        "For et fagsystem tælles de meddelelser, der blev sendt til det: Accepteret eller afvist er svaret. Dem, det ikke fik, fordi det \
         var på pause, manglede sin nøgle eller havde nok at gøre, er ikke forsøgt.",
        "Svartid er fra kaldet, til kvitteringen er givet, for de meddelelser, fagsystemet svarede på.",
    ],
    uses_time: |subject, lost, allowed, month, promise| {
        format!("{subject} har mistet {lost} af de {allowed}, som løftet tåler i {month} ({})", lower(promise))
    },
    breaks_time: |subject, lost, allowed, month, promise| {
        format!("{subject} har mistet {lost} i {month}; løftet tåler {allowed} ({})", lower(promise))
    },
    uses_messages: |subject, lost, allowed, month, promise| {
        format!(
            "{subject} har ladet {lost} af de {allowed} meddelelser stå uden svar, som løftet tåler i {month} ({})",
            lower(promise)
        )
    },
    breaks_messages: |subject, lost, of, month, promise| {
        format!(
            "{subject} har ladet {lost} af {of} meddelelser stå uden svar i {month}; løftet tåler færre ({})",
            lower(promise)
        )
    },
    look_at_router: "Se, hvornår og hvorfor, under Driftsmål. Varslet service kan skrives ind som servicevindue.",
    look_at_fagsystem: "Se dagene under Driftsmål, og hør hos leverandøren.",
};

fn lower(words: &str) -> String {
    crate::desktop::language::grammar::within_sentence(words)
}
