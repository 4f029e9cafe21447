//! The test in Danish.

use std::time::Duration;

use axum::http::Version;

use super::words::{AnswerShape, Counts, ReportWords, Words, judged, known_cause, shown, some_of};
use super::{CallResult, Finding, Grade, NoMore, Trial, TrialResult, why_no_more};
use crate::router::{Judgement, RecordedAnswer};
use crate::rules::Access;
use crate::store::Reason;

#[derive(Debug)]
pub(super) struct Danish;

const REPORT: ReportWords = ReportWords {
    language: "da",
    created: "Oprettet",
    time_zone: "dansk tid",
    program: "Program",
    endpoint: "Endpoint",
    authority: "Breve til",
    access: "Adgang",
    limit: "Tid til at svare",
    result: "Resultat",
    trial: "Prøve",
    time: "Tid",
    trials: "Prøverne",
    sent: "Sendt",
    answer: "Svar",
    counts_as: "Tæller som",
    to_fix: "Det skal rettes",
    not_verified: "Ikke efterprøvet",
    not_stored: "Et svar kan ikke vise, hvad der er gemt. Find brevene herunder i fagsystemet på deres messageUUID, og \
                 kontrollér, at de første er gemt præcis én gang, og at de andre slet ikke er gemt.",
    checked: "Kontrolleret af / dato",
    once: "Skal være gemt præcis én gang",
    never: "Må ikke være gemt",
    times: "Tiden er fra brevets sidste byte til svaret. Platformen lover 1 s for enkle, 1,5 s for \
            mellemstore og 4 s for komplekse kald, og det meste af tiden er fagsystemets. Mere end 4 s består ikke.",
    no_conformity: "Svarene er bedømt, som Postfordelers router bedømmer dem. Hvad EP_FS1 PostModtag kræver af headere og indhold, er \
                    ikke offentliggjort nogen steder, så dette er intet bevis for overensstemmelse.",
};

impl Words for Danish {
    fn title(&self) -> &'static str {
        "Leverandørprøve"
    }

    fn what_was_sent(&self, endpoint: &str, authority: &str) -> String {
        format!(
            "Der blev sendt opdigtede breve til {endpoint}, som routeren sender breve, stilet til CVR {authority}. Personen i \
             dem var opdigtet: CPR-nummer 0100000000, som ingen kan have. Virksomheden 01304054 og myndigheden 01203045 \
             findes ikke."
        )
    }

    fn what_is_sent(&self, endpoint: &str, authority: &str) -> String {
        format!(
            "Sender mange slags opdigtede breve til {endpoint}, som routeren gør det, stilet til CVR {authority}. Personen \
             i dem er opdigtet: CPR-nummer 0100000000, som ingen kan have. Virksomheden 01304054 og myndigheden 01203045 \
             findes ikke. Brug den ikke på et system, der arbejder med rigtige breve: det vil gemme disse."
        )
    }

    fn trial(&self, trial: Trial) -> &'static str {
        match trial {
            Trial::Letter => "Brev fra en person, MeMo 1.2",
            Trial::OldVersion => "Brev fra en person, MeMo 1.1",
            Trial::Company => "Brev fra en virksomhed, MeMo 1.2",
            Trial::Authority => "Brev fra en myndighed, MeMo 1.1",
            Trial::Reply => "Svar på et brev",
            Trial::Forwarded => "Videresendt brev",
            Trial::Smallest => "Det mindste: intet indhold, tom overskrift",
            Trial::SpecialLetters => "æøå, emoji, kombinerede accenter, entiteter, CDATA",
            Trial::ByteOrderMark => "Byte order mark forrest",
            Trial::DefaultNamespace => "Intet præfiks for navnerummet",
            Trial::OtherPrefix => "Et andet præfiks for navnerummet",
            Trial::UpperCaseUuid => "messageUUID med store bogstaver",
            Trial::KnownLength => "300 kB med Content-Length",
            Trial::InChunks => "300 kB i stykker (chunked)",
            Trial::Repeated => "De samme bytes to gange",
            Trial::BrokenOff => "Afbrudt på midten, derefter helt",
            Trial::BrokenOffInChunks => "Afbrudt mellem stykker, derefter helt",
            Trial::SameTime => "Det samme brev to gange samtidig",
            Trial::Together => "16 breve samtidig",
            Trial::WrongKey => "Forkert nøgle eller certifikat",
            Trial::NoKey => "Ingen nøgle og intet certifikat",
            Trial::Large => "20 MB",
            Trial::Largest => "Det største: 104.333.312 bytes",
        }
    }

    fn grade(&self, grade: Grade) -> &'static str {
        match grade {
            Grade::Passed => "bestået",
            Grade::Remark => "bestået med en bemærkning",
            Grade::Failed => "ikke bestået",
            Grade::LeftOut => "udeladt",
            Grade::GivenUp => "ikke prøvet",
        }
    }

    fn sent(&self, call: &CallResult) -> String {
        let way = match call.tried.in_chunks {
            None => return "intet".to_owned(),
            Some(true) => "i stykker (chunked)",
            Some(false) => "med Content-Length",
        };
        let cut = if call.is_cut { ", afbrudt på midten" } else { "" };
        format!("brevet {} på {} bytes, {way}{cut}", call.uuid, call.bytes)
    }

    fn came(&self, call: &CallResult) -> String {
        let Some(seen) = call.seen() else { return "intet svar".to_owned() };
        let version = if seen.version < Version::HTTP_11 { "HTTP/1.0 " } else { "" };
        let location = seen.location.as_deref().map(|it| format!(", Location {}", shown(it))).unwrap_or_default();
        let body = shown(&seen.body);
        let body = if body.is_empty() { "intet indhold".to_owned() } else { body };
        let kind = shown(&seen.content_type);
        let kind = if kind.is_empty() { String::new() } else { format!(" {kind}") };
        format!("{version}{}{kind}{location}: {body}", seen.status)
    }

    fn silence(&self, call: &CallResult) -> Option<String> {
        let verdict = call.verdict().filter(|_| call.seen().is_none())?;
        Some(verdict.reason.unwrap_or(Reason::NoAnswer).explanation().danish.what.to_owned())
    }

    fn understood(&self, call: &CallResult) -> String {
        let counts_as = self.counts_as(call);
        match (call.seen(), call.verdict()) {
            (Some(seen), Some(verdict)) if verdict.status.is_some() => {
                format!("jeres {} med {} tæller som {counts_as}", seen.status, shape(seen))
            }
            (_, Some(verdict)) => {
                let why = verdict.reason.unwrap_or(Reason::NoAnswer).explanation().danish.what;
                format!("{why}: det tæller som {counts_as}")
            }
            (_, None) => counts_as,
        }
    }

    fn counts_as(&self, call: &CallResult) -> String {
        let (verdict, judgement) = match judged(call) {
            Some(judged) => judged,
            None if call.is_cut => return "afbrudt af routeren, som det var meningen".to_owned(),
            None => {
                let refusal = call.tried.result.as_ref().err().map(ToString::to_string).unwrap_or_default();
                return format!("routeren selv afviser brevet: {refusal}");
            }
        };
        let counts = match judgement {
            Judgement::Accepted => "accepteret",
            Judgement::Rejected => "afvist: afsenderen hører, at brevet er afvist",
            Judgement::Unavailable => "utilgængeligt: Digital Post beholder brevet og sender det igen",
            Judgement::Unknown => {
                "uvist: I har måske brevet, måske ikke, så det bliver hos jer og sendes igen til jer og ingen andre"
            }
        };
        if verdict.reason.is_some_and(Reason::needs_a_person) {
            format!("{counts}; fejlen ligger i kaldet og ikke i brevet, og kommunen får besked om at rette den")
        } else {
            counts.to_owned()
        }
    }

    fn finding(&self, finding: Finding) -> String {
        match finding {
            Finding::NotAccepted(_) => "Brevet blev ikke accepteret.".to_owned(),
            Finding::RepeatNotAccepted(_) => "Det samme brev blev ikke accepteret, da det kom igen.".to_owned(),
            Finding::TakesFromAnybody => {
                "Brevet blev accepteret uden den rigtige nøgle eller det rigtige certifikat: dette endpoint tager imod breve \
                 fra hvem som helst."
                    .to_owned()
            }
            Finding::RejectsForKey => {
                "Svaret tæller som en afvisning: breve ville blive afvist på grund af en glemt nøgle eller et glemt certifikat."
                    .to_owned()
            }
            Finding::NotKeptOut => {
                "Et kald uden den rigtige nøgle eller det rigtige certifikat fik ikke svaret 401 eller 403.".to_owned()
            }
            Finding::TooEarly(_) => "I svarede ja til et brev, hvoraf kun halvdelen var kommet.".to_owned(),
            Finding::TooSlow(took) => format!("Svaret tog {}, mere end 4 s.", self.took(took)),
            Finding::Slow(took) => {
                format!("Svaret tog {}, mere end de 1,5 s for et mellemstort kald.", self.took(took))
            }
            Finding::NotQuick(took) => {
                format!("Svaret tog {}, mere end det ene sekund for et enkelt kald.", self.took(took))
            }
            Finding::WantsLength => "I læser ikke stykker (chunks); med sin længde blev brevet accepteret.".to_owned(),
            Finding::OldHttp => "I svarer med HTTP/1.0, så routeren sender jer aldrig stykker (chunks).".to_owned(),
        }
    }

    fn fix(&self, trial: Trial, call: &CallResult) -> &'static str {
        let Some((verdict, judgement)) = judged(call) else { return "" };
        let status = verdict.status.unwrap_or_default();
        match (judgement, status) {
            (Judgement::Rejected, 413) => {
                "Tag imod breve på op til 104.333.312 bytes; se også på webserverens og proxyens grænser."
            }
            (Judgement::Rejected, _) => hint(trial),
            (_, 401 | 403 | 407) => {
                "Kontrollér, at den nøgle eller det certifikat, I forventer, er det, der blev vist."
            }
            (_, 300..=399) => "Svar på selve adressen: routeren følger ingen henvisning.",
            (_, 411 | 501) => "Læs et indhold, der kommer i stykker (Transfer-Encoding: chunked).",
            (_, 404 | 405 | 415 | 421 | 426) => "Tag imod POST med application/xml på netop denne adresse.",
            (_, 502 | 504) => {
                "Noget foran fagsystemet hørte ikke fra det i tide: se i dets log og på gatewayens grænser."
            }
            (_, 408 | 429 | 500..=599) => "Se i jeres egen log, hvorfor kaldet gik galt.",
            (Judgement::Unknown, 200..=299) => {
                "Svar 200 med kvitteringen som JSON, {\"receiptStatus\": \"COMPLETED\"}, uden errorCode; eller 200 uden \
                 indhold. Højst 64 KiB læses."
            }
            (_, 0) if let Some(cause) = known_cause(verdict.reason) => cause.explanation().danish.remedy,
            (_, 0) => "Læs hele indholdet, og svar inden for grænsen; hold forbindelsen åben så længe.",
            _ => "Svar, som tabellen over svar i vejledningen siger.",
        }
    }

    fn rejected_anyway(&self) -> &'static str {
        "Det almindelige brev blev også afvist, så årsagen er ikke det særlige ved dette."
    }

    fn fix_otherwise(&self, finding: Finding) -> &'static str {
        match finding {
            Finding::TooEarly(_) => "Svar, når hele indholdet er læst og gemt: et halvt brev er intet brev.",
            Finding::TooSlow(_) | Finding::Slow(_) | Finding::NotQuick(_) => {
                "Gem brevet, svar, og gør resten af arbejdet bagefter."
            }
            Finding::TakesFromAnybody | Finding::RejectsForKey | Finding::NotKeptOut => {
                "Svar 401 eller 403 uden kvittering: så beholder Digital Post brevet, til nøglen er rigtig."
            }
            Finding::WantsLength => {
                "Det virker: fra da af venter routeren, til den kender længden. Store breve venter imens i dens hukommelse, \
                 så det er bedre at læse stykker."
            }
            Finding::OldHttp => "Det virker: store breve venter i routerens hukommelse, til de er hele.",
            Finding::NotAccepted(_) | Finding::RepeatNotAccepted(_) => "",
        }
    }

    fn took(&self, duration: Duration) -> String {
        match duration.as_millis() {
            0 => "under 1 ms".to_owned(),
            milliseconds @ 1..1000 => format!("{milliseconds} ms"),
            10_000.. => format!("{} s", duration.as_secs()),
            _ => format!("{:.1} s", duration.as_secs_f64()).replace('.', ","),
        }
    }

    fn summary(&self, results: &[TrialResult], trials: usize) -> String {
        let counts = Counts::of(results, trials);
        let why = match why_no_more(results) {
            Some(NoMore::CallRefused) => "ikke prøvet, da kaldene afvises",
            _ => "ikke prøvet, da der ikke svares",
        };
        let made = some_of([(counts.remarks, "bestået med en bemærkning"), (counts.failed, "ikke bestået")]);
        let not_made = some_of([
            (counts.left_out, "udeladt"),
            (counts.given_up, why),
            (counts.stopped, "ikke prøvet, da den blev stoppet"),
        ]);
        let mut summary = format!("{trials} prøver: {} bestået", counts.passed);
        for (separator, part) in [(", ", made), ("; ufuldstændig: ", not_made)] {
            if !part.is_empty() {
                summary += separator;
                summary += &part;
            }
        }
        summary
    }

    fn numbered(&self, number: usize, calls: usize) -> String {
        format!("Kald {number} af {calls}")
    }

    fn time(&self, call: &CallResult) -> String {
        match (call.tried.answered_in, call.seen()) {
            (Some(took), _) => self.took(took),
            (None, Some(_)) => "– (svaret kom, før brevets sidste byte var sendt)".to_owned(),
            (None, None) => "– (der kom intet svar)".to_owned(),
        }
    }

    fn nothing_shown(&self) -> &'static str {
        "Der blev ikke vist nogen nøgle eller noget certifikat: Om der kræves noget, er ikke prøvet."
    }

    fn access(&self, access: &Access) -> String {
        match access {
            Access::Open => "der blev ikke sendt nogen nøgle eller noget certifikat".to_owned(),
            Access::Header { name } => format!("en hemmelighed i headeren {name}"),
            Access::ClientCertificate => "et klientcertifikat".to_owned(),
        }
    }

    fn report(&self) -> &'static ReportWords {
        &REPORT
    }
}

fn shape(seen: &RecordedAnswer) -> String {
    match AnswerShape::of(seen) {
        AnswerShape::Empty => "tomt indhold".to_owned(),
        AnswerShape::Json => "JSON".to_owned(),
        AnswerShape::Problem => "et problemdokument".to_owned(),
        AnswerShape::Html => "en webside".to_owned(),
        AnswerShape::Text => "tekst".to_owned(),
        AnswerShape::Other => format!("indhold af typen {}", shown(&seen.content_type)),
    }
}

/// What is probably wrong where a valid letter is rejected.
fn hint(trial: Trial) -> &'static str {
    match trial {
        Trial::OldVersion | Trial::Authority => "Brevet er gyldigt efter MeMo 1.1; begge versioner er i brug.",
        Trial::Smallest => "Skemaerne kræver intet indhold og tillader en tom overskrift.",
        Trial::SpecialLetters => "Læs UTF-8, entiteter og CDATA med en XML-parser.",
        Trial::ByteOrderMark => "Et byte order mark må stå foran XML'en.",
        Trial::DefaultNamespace | Trial::OtherPrefix => "Gå efter navnerummet og aldrig efter præfikset.",
        Trial::UpperCaseUuid => "Et UUID må være skrevet med store bogstaver.",
        Trial::Repeated => "Svar ja til et brev, I har i forvejen, og gem det én gang: gå efter dets messageUUID.",
        Trial::SameTime => {
            "Det samme brev kan komme to gange samtidig: gem det én gang, og svar ja på begge kald, eller 503 på det ene."
        }
        Trial::Together => "Der kommer op til 16 breve samtidig: tag imod dem alle.",
        Trial::BrokenOff | Trial::BrokenOffInChunks => {
            "Glem et brev, der blev afbrudt: når det kommer helt, er det nyt."
        }
        Trial::Large | Trial::Largest => "Tag imod breve på op til 104.333.312 bytes.",
        _ => "Brevet er gyldigt efter skemaet; et gyldigt brev skal accepteres.",
    }
}
