//! *Gennemsyn*, and documents, in Danish.

use super::grammar::{FAGSYSTEMS, GRAMMAR, MESSAGES, RULES, counted};
use crate::desktop::language::texts::message_document::MessageDocumentTexts;
use crate::desktop::language::texts::paper::PaperTexts;
use crate::desktop::language::texts::review::{LastReviewTexts, ReviewDocumentTexts, ReviewTexts};
use crate::desktop::model::point_state::Rest;
use crate::store::Outcome;

pub(super) const PAPER: PaperTexts = PaperTexts {
    document: "Dokument",
    save_pdf: "Gem som PDF",
    save_page: "Gem som webside",
    print: "Udskriv",
    file: "Fil",
    browse: "Vælg …",
    no_file: "Der blev ikke valgt en fil. Skriv, hvor den skal ligge.",
    not_a_file: "Skriv en sti til en fil",
    write: "Gem filen",
    working: "Laver dokumentet …",
    written: |path| format!("Gemt som {path}"),
    sent: "Sendt til systemets standardprinter",
    shown: "Åbnet i programmet til PDF-filer: Udskriv det derfra. Filen slettes, når vinduet lukkes.",
    more_rows: counted("1 række til står i dokumentet", |count| format!("{count} rækker til står i dokumentet")),
    moment: |moment, hours| format!("{moment} dansk tid (UTC+{hours})"),
    program: |version| format!("Postfordeler {version}"),
    made_by: "Lavet af",
    made_at: "Lavet",
    made_with: "Lavet med",
    unknown: "ukendt",
};

pub(super) const TEXTS: ReviewTexts = ReviewTexts {
    title: "Gennemsyn",
    about: "Hvem der får hvad, samlet i et dokument, som nogen gennemser og skriver under på",
    working_out: "Samler det, der gælder …",
    file_name: "gennemsyn",
    past: "Tidligere gennemsyn",
    past_line: |day, who| format!("{day} · {who}"),
    past_publication: |number| format!("Udgivelse {number}"),
    past_day: |day| format!("Reglerne, som de gælder {day}"),
    to_record: |publication, day, who| {
        format!(
            "Når udgivelse {publication}, som den gælder {day}, er gennemset, så notér det. Det bliver stående, at {who} har gjort det."
        )
    },
    not_made: "Gem eller udskriv dokumentet først. Når det er gennemset, kan det noteres her.",
    record: "Notér som gennemset",
    recorded: "Gennemsynet er noteret",
    show: "Se gennemsyn",
    last: LastReviewTexts {
        none: "Ingen har gennemset fordelingen endnu.",
        was: |day, who, ago| format!("Sidst gennemset {day} af {who}; det er {ago}."),
        someone: "en, hvis navn er ukendt",
        today: "i dag",
        days: counted("1 dag siden", |count| format!("{count} dage siden")),
        months: counted("1 måned siden", |count| format!("{count} måneder siden")),
        overdue: "Det er på tide igen.",
        of_authority: |authority, sentence| format!("{authority}: {sentence}"),
    },
    document: DOCUMENT,
};

const DOCUMENT: ReviewDocumentTexts = ReviewDocumentTexts {
    grammar: GRAMMAR,
    title: "Gennemsyn af fordelingen",
    authority: "Myndighed",
    cvr: "CVR-nr.",
    day: "Reglerne, som de gælder",
    publication: "Udgivelse",
    publication_is: |number, at, who| format!("Udgivelse {number} fra {at}, udgivet af {who}"),
    note: |note| format!("»{note}«"),
    unpublished: counted("Kladden har 1 ændring, der ikke er udgivet. Den er ikke med her.", |count| {
        format!("Kladden har {count} ændringer, der ikke er udgivet. De er ikke med her.")
    }),
    summary: "Sammenfatning",
    rules: RULES,
    rules_apply: |authority, rules, apply| format!("{authority} har {rules}; {apply} af dem gælder."),
    fagsystems: FAGSYSTEMS,
    sends_to: |fagsystems| format!("Posten går til {fagsystems}."),
    default_is: |fagsystem| format!("Post, som ingen regel tager, går til opsamlingssystemet {fagsystem}."),
    mail: |messages, by_rule, by_default| {
        format!(
            "De seneste 30 dage er {messages} fordelt: {by_rule} af dem efter en regel, og {by_default} til \
             opsamlingssystemet, fordi ingen regel passede."
        )
    },
    messages: MESSAGES,
    no_mail: "De seneste 30 dage er der ingen post fordelt.",
    points_without: counted("1 kontaktpunkt har ingen regel.", |count| {
        format!("{count} kontaktpunkter har ingen regel.")
    })
    .or_none("Alle kontaktpunkter har en regel."),
    no_points: "Der er ingen kontaktpunkter på listen.",
    guards_hold: counted("Den ene vagtmeddelelse når frem, som den skal.", |count| {
        format!("Alle {count} vagtmeddelelser når frem, som de skal.")
    }),
    guards_broken: counted("1 vagtmeddelelse er brudt.", |count| format!("{count} vagtmeddelelser er brudt.")),
    no_guards: "Der er ingen vagtmeddelelser.",
    findings_open: counted("Analysen af reglerne finder 1 ting, som nogen bør se på.", |count| {
        format!("Analysen af reglerne finder {count} ting, som nogen bør se på.")
    })
    .or_none("Analysen af reglerne finder intet at rette."),
    changed_since: |day, publications| format!("Siden sidste gennemsyn, {day}, er der {publications}."),
    publications: counted("udgivet 1 gang", |count| format!("udgivet {count} gange")).or_none("ikke udgivet noget"),
    never_reviewed: "Fordelingen er ikke gennemset før.",
    map: "Kort over fordelingen",
    who_gets_what: "Hvem får hvad",
    how_rules_work: "Reglerne prøves fra oven, og den første, der passer på en meddelelse, bestemmer, hvem der får den. Til \
                     højre står, hvor mange meddelelser hver regel har bestemt over de seneste 30 dage.",
    no_rules: "Der er ingen regler.",
    number: "Nr.",
    rule: "Regel",
    state: "Tilstand",
    hits: "30 dage",
    otherwise: "Ellers",
    otherwise_is: |fagsystem| format!("Post, som ingen regel tager, går til {fagsystem}."),
    receivers: "Modtagere",
    receiver: "Fagsystem",
    is_default: "Opsamlingssystem: får alt, som ingen regel tager",
    where_: "Forbindelse",
    host: |host| format!("Modtager på {host}"),
    encrypted: "Krypteret",
    on_this_machine: "På samme maskine",
    unencrypted: "Ikke krypteret: Andre kan læse posten undervejs",
    contact: "Kontaktperson",
    no_contact: "Ingen er nævnt",
    in_use: "I brug",
    paused: "På pause: Posten bliver i Digital Post",
    for_rules: counted("1 regel sender hertil", |count| format!("{count} regler sender hertil"))
        .or_none("Ingen regel sender hertil"),
    default_mail: "Opsamlingssystemet",
    default_got: |fagsystem, messages| {
        format!("{fagsystem} har de seneste 30 dage fået {messages}, fordi ingen regel passede.")
    },
    default_got_nothing: |fagsystem| format!("Intet er faldet til {fagsystem} de seneste 30 dage."),
    default_by_point: "De var skrevet til:",
    points: "Kontaktpunkter uden regel",
    all_points_have: "Hvert kontaktpunkt på listen nævnes af en regel, der gælder.",
    points_intro: |rest, fagsystem| match rest {
        Rest::Default => format!("Ingen regel, der gælder, nævner disse. Post til dem går til {fagsystem}."),
        Rest::Others => format!(
            "Ingen regel, der gælder, nævner disse. Post til dem går efter regler, der ser på andet, fx KLE, og ellers til \
             {fagsystem}."
        ),
    },
    guards: "Vagtmeddelelser",
    guards_intro: "En vagtmeddelelse er en meddelelse, der skal nå et bestemt fagsystem, hvad der ellers ændres i reglerne.",
    guard: "Vagtmeddelelse",
    holds: "Når frem i dag og alle dage frem",
    holds_on: |day| format!("Når frem den {day}, som er den dag, den prøves"),
    broken: |how| format!("Brudt: {how}"),
    findings: "Åbne punkter",
    no_findings: "Analysen af reglerne finder intet at rette og intet at bemærke.",
    faults: "Skal rettes",
    warnings: "Bør ses efter",
    information: "Godt at vide",
    overlaps: |rules, numbers| {
        format!(
            "Tidligere regler tager en del af det, som {rules} passer på, til et andet fagsystem. Det gælder regel {numbers}."
        )
    },
    more_rules: counted("1 til", |count| format!("{count} til")),
    was_known: "Det var der også ved sidste gennemsyn.",
    is_new: "Det er nyt siden sidste gennemsyn.",
    changes: "Ændringer siden sidste gennemsyn",
    no_changes: "Der er ikke udgivet noget siden sidste gennemsyn.",
    changes_since: |day, number| {
        format!("Sidste gennemsyn var {day} og gjaldt udgivelse {number}. Siden da er dette udgivet, det nyeste først:")
    },
    changes_of_all: "Fordelingen er ikke gennemset før. Her er alt, der er udgivet, det nyeste først:",
    no_differences: "Intet er ændret for denne myndighed.",
    more_publications: counted("1 ældre udgivelse er ikke vist.", |count| {
        format!("{count} ældre udgivelser er ikke vist.")
    }),
    more_differences: counted("og 1 ændring til", |count| format!("og {count} ændringer til")),
    signature: "Underskrift",
    signature_intro: "Fordelingen, som den står her, er gennemset. Det, der skal ændres, er noteret ovenfor eller på et ark for sig.",
    next: |day| format!("Næste gennemsyn senest {day}."),
    lines: ["Gennemset af (navn)", "Dato", "Underskrift"],
};

pub(super) const MESSAGE: MessageDocumentTexts = MessageDocumentTexts {
    title: "En meddelelses historie",
    file_name: "meddelelse",
    intro: "Det følgende er, hvad routerens journal ved om én meddelelse. Journalen gemmer hverken indhold, overskrift eller \
            CPR-numre, så de står heller ikke her.",
    short: "Kort fortalt",
    came: |moment| format!("Meddelelsen kom {moment}."),
    came_again: counted("Den er kommet denne ene gang.", |count| format!("Den er kommet {count} gange i alt.")),
    accepted: |fagsystem, moment| format!("{fagsystem} accepterede den {moment}."),
    not_accepted: "Journalen kender ikke noget fagsystem, der har accepteret den.",
    this_try: |moment| format!("Det følgende er om det forsøg, der kom {moment}."),
    message: "Meddelelsen",
    uuid: "Meddelelses-id (messageUUID)",
    no_uuid: "Intet kunne læses",
    received: "Modtaget",
    size: "Størrelse",
    cvr: |kind, cvr| format!("{kind}, CVR-nr. {cvr}"),
    none: "Intet",
    decision: "Afgørelsen",
    publication: |number, at, who| format!("Udgivelse {number} var i kraft. Den er fra {at} og blev udgivet af {who}."),
    by_rule: |number, sentence| format!("Regel {number} bestemte: »{sentence}«"),
    rule_of_then: "Reglen og navnene er gengivet, som de var i den udgivelse.",
    passed_over: counted("1 regel før den passede ikke.", |count| format!("{count} regler før den passede ikke.")),
    delivery: "Afleveringen",
    handed_to: |fagsystem, host| format!("Den blev afleveret til {fagsystem} på {host}."),
    answered: |status| format!("Fagsystemet svarede HTTP {status}."),
    answered_code: |code| format!("Fagsystemets egen kode var {code}."),
    no_answer: "Journalen har intet svar fra et fagsystem.",
    took: |duration| format!("Fra meddelelsen kom, til den var besvaret, gik der {duration}."),
    receipt: "Kvitteringen til Digital Post",
    transmission: "Transmissions-id",
    accepted_receipt: "Kvitteringen siger, at meddelelsen er accepteret.",
    refused_receipt: |code| format!("Kvitteringen siger, at meddelelsen ikke er accepteret, med koden {code}."),
    no_receipt: |outcome| match outcome {
        Outcome::UnderWay => "Meddelelsen var på vej, da dokumentet blev lavet, og var ikke besvaret.",
        _ => "Afsenderen brød af, så der blev ingen kvittering givet.",
    },
    no_transmission: "Gemtes ikke i den version, der modtog meddelelsen",
    tries: "Alle forsøg",
    tries_intro: counted("Meddelelsen er kommet denne ene gang.", |count| {
        format!("Digital Post har sendt meddelelsen {count} gange.")
    }),
    tries_left_out: counted("Et ældre forsøg er ikke vist.", |count| format!("{count} ældre forsøg er ikke vist.")),
    of_all_tries: |name, same| format!("{name}, alle forsøg: {same}."),
    moment: "Kom",
    outcome: "Udfald",
    fagsystem: "Fagsystem",
    by: "Afgjort af",
    answer_time: "Besvaret efter",
    rule_of: |publication, rule| format!("Regel {rule} i udgivelse {publication}"),
    default_of: |publication| format!("Ingen regel i udgivelse {publication}"),
    unknown: "Hvad journalen ikke ved",
    unknown_items: [
        "Om kvitteringen nåede frem til Digital Post. Gjorde den ikke, kommer meddelelsen igen.",
        "Hvad der stod i meddelelsen, og hvem der skrev den, hvis det var en person.",
        "Hvad fagsystemet gjorde med meddelelsen, efter at det havde svaret.",
        "Hvornår meddelelsen blev sendt, og hvor længe den lå i Digital Post, før den kom hertil.",
    ],
    unknown_outcome: "Om fagsystemet har meddelelsen: Det kan have fået den, men svaret kom aldrig.",
    unknown_publication: "Hvilke regler der bestemte: Udgivelsen kan ikke læses.",
    unknown_facts: "Hvad meddelelsens hoved sagde: Det kunne ikke læses.",
    about: "Om dette dokument",
    journal_number: "Nr. i journalen",
};
