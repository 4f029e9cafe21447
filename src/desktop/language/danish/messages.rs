//! *Meddelelser* in Danish.

use super::grammar::{GRAMMAR, MESSAGES, counted};
use crate::desktop::language::texts::messages::{
    ExportTexts, KeepingTexts, MatchTexts, MessagesTexts, SheetTexts, StoryTexts,
};
use crate::desktop::model::period::Period;
use crate::router::Refusal;
use crate::rules::{CriterionKind, Segment};
use crate::store::{MessageConcern, Outcome, Reason};

pub(super) const TEXTS: MessagesTexts = MessagesTexts {
    title: "Meddelelser",
    grammar: GRAMMAR,
    messages: MESSAGES,
    none_at_all: "Ingen meddelelser",
    shown_of: |shown, all| format!("{shown} af {all}"),
    counting: "Tæller …",
    searching: "Søger …",
    search: "Id, CVR, KLE, kontaktpunkt …",
    filter: "Filter …",
    show_all: "Vis alle meddelelser",
    none: "Der er ikke kommet meddelelser endnu. De står her, så snart routeren modtager dem.",
    none_found: "Ingen meddelelser passer til søgningen og filtrene.",
    waiting: counted("1 ny", |count| format!("{count} nye")),
    others: counted("1 ny passer ikke", |count| format!("{count} nye passer ikke")),
    end_of_list: "Flere vises ikke her. Søg, eller vælg et kortere tidsrum.",
    period: |period| match period {
        Period::Hour => "Seneste time",
        Period::Today => "I dag",
        Period::Yesterday => "I går",
        Period::Week => "7 dage",
        Period::Month => "30 dage",
        Period::All => "Alle dage",
        Period::Days(..) => "Fra – til …",
    },
    from: "Fra",
    to: "Til og med",
    by_default: "Opsamlingssystem",
    counted: "Talt med i Overblik",
    since: |moment| format!("Fra {moment}"),
    within: |limit| format!("Svar inden {limit}"),
    longer_than: |limit| format!("Svar efter mere end {limit}"),
    at_least: |limit| format!("Svar efter {limit} eller mere"),
    like_this: "Vis kun meddelelser med det samme",
    concern: |concern| match concern {
        MessageConcern::Unsettled => "Uvist, ikke accepteret siden",
        MessageConcern::SharedUuid => "Samme meddelelses-id som en anden",
    },
    outcome: outcome_word,
    fate,
    story: StoryTexts {
        title: "Meddelelsens historie",
        reading: "Henter …",
        gone: "Meddelelsen gemmes ikke længere.",
        no_uuid: "Intet meddelelses-id",
        copy: "Kopiér meddelelses-id",
        copied: "Meddelelses-id er kopieret",
        transmission: "Kvitteringens transmissions-id",
        copy_transmission: "Kopiér transmissions-id",
        transmission_copied: "Transmissions-id er kopieret",
        received: "Modtaget",
        bytes: counted("1 byte", |count| format!("{count} byte")),
        facts: "Det stod i den",
        no_facts: "Meddelelsens hoved kunne ikke læses.",
        sender: "Afsender",
        recipient: "Modtager",
        contact_point: "Kontaktpunkt",
        no_contact_point: "Intet",
        contact_group: "Kontaktgruppe",
        post_type: "Posttype",
        other_post_type: "Anden",
        decision: "Afgørelse",
        no_decision: |outcome| match outcome {
            Outcome::UnknownRecipient => "Modtageren er ingen af myndighederne i reglerne.",
            Outcome::Reused => "Meddelelses-id er brugt før til en anden meddelelse.",
            Outcome::NotAllowed => "Den, der kaldte, må ikke aflevere her.",
            Outcome::NemSms => "NemSMS fordeles ikke.",
            Outcome::TooLarge => "Meddelelsen er større end 99,5 MiB.",
            Outcome::Busy => "Der var for mange meddelelser undervejs.",
            Outcome::NotWritten => "Journalen kunne ikke skrives, så intet blev gjort.",
            _ => "Så langt kom meddelelsen ikke.",
        },
        publication: |number| format!("Udgivelse {number}"),
        no_publication: "Udgivelsen kan ikke læses.",
        by_default: |fagsystem| format!("Ingen regel passede: opsamlingssystemet {fagsystem} får den."),
        repeats: "Et fagsystem havde allerede accepteret meddelelsen. Det blev sagt igen, uden at den blev afleveret.",
        follows: "Et tidligere forsøg er uvist. Derfor må kun dette fagsystem få meddelelsen, uanset reglerne nu.",
        differs: "En anden meddelelse er kommet med samme meddelelses-id. Derfor får kun dens fagsystem denne, og kun hvis \
                  modtager, afsender og emne er de samme.",
        make_rule: "Lav en regel",
        make_rule_hint: "Vælg det, reglen skal se på:",
        open_rule: "Åbn reglen",
        rule_is_gone: "Reglen findes ikke længere.",
        passed_over: counted("1 regel før den passede ikke", |count| format!("{count} regler før den passede ikke")),
        not_matching: counted("1 regel passede ikke", |count| format!("{count} regler passede ikke")),
        not_reached: counted("1 regel efter den", |count| format!("{count} regler efter den")),
        more: counted("Vis 1 til", |count| format!("Vis {count} til")),
        match_result: MATCHES,
        delivery: "Aflevering",
        outcome: |outcome| match outcome {
            Outcome::Accepted => "Fagsystemet accepterede meddelelsen.",
            Outcome::Rejected => "Fagsystemet afviste meddelelsen.",
            Outcome::Unavailable => "Fagsystemet kunne ikke tage imod.",
            Outcome::UnderWay => "Meddelelsen er på vej til fagsystemet.",
            Outcome::Unknown => "Fagsystemet kan have fået meddelelsen, men svaret kom aldrig.",
            Outcome::Busy => "For mange meddelelser var undervejs.",
            Outcome::NotWritten => "Journalen kunne ikke skrives.",
            Outcome::BrokenOff => "Afsenderen brød af, før hele meddelelsen var kommet.",
            _ => "Meddelelsen blev ikke afleveret.",
        },
        reason: |reason| &reason.explanation().danish,
        may_have_it: " Det kan have fået meddelelsen.",
        refusal,
        caller: |caller| format!("Fra {caller}"),
        reason_code: |code| format!("Årsagskode: {code}"),
        answer: |status| format!("Svarede HTTP {status}"),
        answer_code: "Fagsystemets kode",
        durations: "Varighed",
        header: "Til hovedet var læst",
        whole: "Til fagsystemet havde det hele",
        waited: "Til fagsystemet svarede",
        total: "I alt",
        tries: |count| format!("Alle {count} gange, den er kommet"),
        only_try: "Den er kommet denne ene gang.",
        rule: |priority| format!("Regel {priority}"),
    },
    keeping: KeepingTexts {
        kept: |days| format!("Gemmes i {days} dage"),
        keep: "Gem meddelelser i",
        days: "dage",
        hint: "Mindst 14 dage. Ældre slettes af sig selv, undtagen dem, hvis udfald er uvist.",
        save: "Gem",
        saved: |days| format!("Meddelelser gemmes i {days} dage"),
    },
    export: ExportTexts {
        grammar: GRAMMAR,
        messages: MESSAGES,
        button: "Eksportér",
        title: |messages| match messages {
            None => "Eksportér det, listen viser".to_owned(),
            Some(messages) => format!("Eksportér {messages}"),
        },
        file_name: "meddelelser",
        csv: "CSV",
        excel: "Excel",
        file: "Fil",
        browse: "Vælg …",
        no_file: "Der blev ikke valgt en fil. Skriv, hvor den skal ligge.",
        write: "Gem filen",
        progress: |done, of| match of {
            Some(of) => format!("Skriver {done} af {of} …"),
            None => format!("Skriver {done} …"),
        },
        cancel: "Stop",
        done: |messages, path| format!("{messages} skrevet til {path}"),
        cancelled: "Eksporten er stoppet. Der er ingen fil.",
        not_a_file: "Skriv en sti til en fil",
    },
    sheet: SheetTexts {
        number: "Nr.",
        received: "Modtaget",
        message: "Meddelelses-id",
        transmission: "Transmissions-id",
        outcome: "Udfald",
        reason: "Årsag",
        fagsystem: "Fagsystem",
        fagsystem_id: "Fagsystem-id",
        rule: "Regel",
        element: "Regelelement",
        publication: "Udgivelse",
        authority: "Myndighed (CVR)",
        sender: "Afsender",
        sender_cvr: "Afsenders CVR-nr.",
        recipient_cvr: "Modtagers CVR-nr.",
        contact_point: "Kontaktpunkt",
        contact_point_id: "Kontaktpunktets id",
        contact_group: "Kontaktgruppe",
        post_type: "Posttype",
        bytes: "Byte",
        status: "HTTP-status",
        code: "Fagsystemets kode",
        header: "Hoved læst (ms)",
        whole: "Hele afleveret (ms)",
        answer: "Svar (ms)",
        total: "I alt (ms)",
        repeats: "Gentager nr.",
        follows: "Følger nr.",
        caller: "Kalder",
    },
};

/// What became of a message: the same words on every screen and in files.
pub(super) fn outcome_word(outcome: Outcome, reason: Option<Reason>, repeats: bool) -> &'static str {
    match (outcome, reason) {
        (Outcome::Accepted, _) if repeats => "Accepteret før",
        (Outcome::Accepted, _) => "Accepteret",
        (Outcome::Rejected, _) => "Afvist",
        (Outcome::Unavailable, Some(reason)) => reason.explanation().danish.label,
        (Outcome::Unavailable, None) => "Utilgængeligt",
        (Outcome::UnderWay, _) => "Undervejs",
        (Outcome::Unknown, _) => "Uvist",
        (Outcome::Busy, _) => "Optaget",
        (Outcome::NotWritten, _) => "Ikke modtaget",
        (Outcome::Invalid, _) => "Ugyldig",
        (Outcome::NemSms, _) => "NemSMS",
        (Outcome::TooLarge, _) => "For stor",
        (Outcome::UnknownRecipient, _) => "Ukendt modtager",
        (Outcome::Reused, _) => "Genbrugt id",
        (Outcome::NotAllowed, _) => "Ikke godkendt",
        (Outcome::BrokenOff, _) => "Afbrudt",
    }
}

/// What becomes of a message that nobody has accepted.
fn fate(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Accepted | Outcome::UnderWay => None,
        Outcome::Rejected => Some("Afsenderen får afvisningen. Meddelelsen går ikke til et andet fagsystem."),
        Outcome::Invalid
        | Outcome::NemSms
        | Outcome::TooLarge
        | Outcome::UnknownRecipient
        | Outcome::Reused
        | Outcome::NotAllowed => Some("Afsenderen får afvisningen. Intet fagsystem har fået meddelelsen."),
        Outcome::Unavailable | Outcome::Busy | Outcome::NotWritten => {
            Some("Digital Post beholder meddelelsen og sender den igen.")
        }
        Outcome::Unknown => {
            Some("Digital Post beholder meddelelsen og sender den igen. Den går kun til det samme fagsystem.")
        }
        Outcome::BrokenOff => Some("Uden kvittering beholder Digital Post meddelelsen og sender den igen."),
    }
}

/// Why a caller was refused.
fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::WebPage => "En webside må ikke aflevere her.",
        Refusal::NoCertificate => "Kalderen viste intet klientcertifikat, og det kræves.",
        Refusal::CertificateExpired => "Kalderens klientcertifikat er udløbet. Kalderen skal have et nyt.",
        Refusal::CertificateNotYetValid => "Kalderens klientcertifikat gælder ikke endnu.",
        Refusal::UnknownIssuer => {
            "Kalderens klientcertifikat er udstedt af nogen, der ikke er blandt udstederne under »Adgang«."
        }
        Refusal::CertificateUnfit => "Kalderens klientcertifikat kan ikke bruges som klientcertifikat.",
        Refusal::OtherCvr => "Kalderens klientcertifikat tilhører en anden organisation end dem, der må aflevere.",
        Refusal::PersonsCertificate => {
            "Kalderens klientcertifikat tilhører en person eller en medarbejder. Der skal et organisations- eller funktionscertifikat til."
        }
        Refusal::NoCvr => "Kalderens klientcertifikat siger ikke klart, hvilken organisation det tilhører.",
        Refusal::NoKey => "Kalderen viste ingen API-nøgle, og det kræves.",
        Refusal::WrongKey => "Kalderens API-nøgle er ikke en af dem, der gælder.",
        Refusal::NoKeyLeft => "Der kræves en API-nøgle, og der er ingen, der gælder.",
        Refusal::Host => "Kaldet nævnte ikke præcis én gang, hvilken vært det var til (Host).",
        Refusal::ForeignHost => "Kaldet var til en anden vært end denne maskine.",
        Refusal::Coding => "Kaldets indhold var kodet på en måde, routeren ikke tager imod.",
        Refusal::PlainHttp => "Kalderen talte HTTP uden TLS til en router, der kræver TLS.",
        Refusal::TlsAtPlainPort => "Kalderen talte TLS til en router uden TLS.",
        Refusal::NotTls => "Det, der kom, var ikke TLS.",
        Refusal::TlsIncompatible => "Kalderen og routeren har ingen version af TLS eller ingen kryptering til fælles.",
        Refusal::RouterDistrusted => "Kalderen stolede ikke på routerens certifikat.",
        Refusal::TlsBrokenOff => "Kalderen afbrød, mens TLS blev sat op.",
        Refusal::TlsFailed => "TLS kunne ikke sættes op.",
        Refusal::NotHttp => "Det, der kom, var ikke et HTTP-kald.",
        Refusal::LongHead => "Kaldets hoved var for langt.",
    }
}

const MATCHES: MatchTexts = MatchTexts {
    matches: "Passer",
    not_yet_valid: |from| format!("Gælder først fra {from}"),
    expired: |to| format!("Udløb {to}"),
    switched_off: "Slået fra",
    other_segment: |wanted| match wanted {
        Segment::Person => "Er for personer",
        Segment::Company => "Er for virksomheder",
        Segment::Authority => "Er for myndigheder",
        Segment::Everyone => "Er for andre afsendere",
    },
    other_value: |kind| match kind {
        CriterionKind::ContactPoint => "Et andet kontaktpunkt",
        CriterionKind::ContactGroup => "En anden kontaktgruppe",
        CriterionKind::SenderCvr => "En anden afsender",
        CriterionKind::RecipientCvr => "Modtageren har et andet CVR-nr.",
        CriterionKind::Kle => "Et andet KLE-nummer",
        CriterionKind::Form => "Et andet FORM-nummer",
        CriterionKind::NoContactPoint => "En anden posttype",
    },
    outside: |classification, number, interval| format!("{classification} {number} er ikke i {interval}"),
    has_contact_point: "Har et kontaktpunkt",
    group_not_named: |group| {
        format!("Meddelelsen nævner ingen kontaktgruppe; kontaktpunktet står i {group} i registret")
    },
    fact_missing: |kind| match kind {
        CriterionKind::ContactPoint | CriterionKind::NoContactPoint => "Intet kontaktpunkt",
        CriterionKind::ContactGroup => "Ingen kontaktgruppe",
        CriterionKind::SenderCvr => "Afsenderen har intet CVR-nr.",
        CriterionKind::RecipientCvr => "Modtageren har intet CVR-nr.",
        CriterionKind::Kle => "Intet KLE-nummer",
        CriterionKind::Form => "Intet FORM-nummer",
    },
};
