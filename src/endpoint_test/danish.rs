//! The test in Danish.

use std::time::Duration;

use axum::http::Version;

use super::words::{AnswerShape, ReportWords, Words, judged, shown};
use super::{CallResult, Finding, Grade, Trial, TrialResult};
use crate::router::{Judgement, Seen};
use crate::rules::Access;
use crate::store::Reason;

#[derive(Debug)]
pub(super) struct Danish;

const REPORT: ReportWords = ReportWords {
    language: "da",
    made: "Lavet",
    by: "Af",
    endpoint: "Endpoint",
    authority: "Breve til",
    access: "Adgang",
    limit: "Tid til at svare",
    result: "Resultat",
    trial: "Prøve",
    time: "Tid",
    trials: "Prøverne",
    sent: "Sendt",
    came: "Svar",
    understood: "Forstås som",
    to_mend: "At rette og at vide",
    look: "Se efter i fagsystemet",
    look_hint: "Intet svar fortæller, hvad der er gemt. Se efter disse breve på deres messageUUID:",
    once: "Skal være der præcis én gang:",
    never: "Må slet ikke være der (afbrudt og aldrig sendt helt):",
    times: "Tiden løber fra den sidste byte er afleveret, til svaret er der. Platformen lover 1 s for enkle, 1,5 s for \
            mellemstore og 4 s for komplekse kald, og det meste af tiden er fagsystemets. Mere end 4 s er for længe.",
    no_conformity: "Bedømt som Postfordelers router bedømmer svar. Hvad EP_FS1 PostModtag kræver af headere og indhold, er \
                    ikke offentliggjort nogen steder, så dette er intet bevis for overensstemmelse.",
};

impl Words for Danish {
    fn title(&self) -> &'static str {
        "Leverandørprøve"
    }

    fn what_is_sent(&self, endpoint: &str, authority: &str, trials: usize) -> String {
        format!(
            "Sender {trials} slags opdigtede breve til {endpoint}, som routeren gør det, stilet til CVR {authority}. Personen \
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
            Trial::SpecialLetters => "æøå, emoji, løse accenter, entiteter, CDATA",
            Trial::ByteOrderMark => "Byte order mark forrest",
            Trial::DefaultNamespace => "Intet præfiks for navnerummet",
            Trial::OtherPrefix => "Et andet præfiks for navnerummet",
            Trial::UpperCaseUuid => "messageUUID med store bogstaver",
            Trial::KnownLength => "300 kB med Content-Length",
            Trial::InChunks => "300 kB i stykker (chunked)",
            Trial::Repeated => "De samme bytes to gange",
            Trial::BrokenOff => "Afbrudt på midten, derefter helt",
            Trial::BrokenOffInChunks => "Afbrudt mellem stykker, derefter helt",
            Trial::Large => "20 MB",
            Trial::Largest => "Det største: 104.333.312 bytes",
        }
    }

    fn grade(&self, grade: Grade) -> &'static str {
        match grade {
            Grade::Well => "i orden",
            Grade::Remark => "bemærkning",
            Grade::Short => "utilstrækkelig",
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

    fn understood(&self, call: &CallResult) -> String {
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
        let person = if verdict.reason.is_some_and(Reason::needs_a_person) {
            "; det handler om kaldet og ikke om brevet, og meldes som noget, et menneske skal se på"
        } else {
            ""
        };
        match call.seen() {
            Some(seen) if verdict.status.is_some() => {
                format!("jeres {} med {} tæller som {counts}{person}", seen.status, shape(seen))
            }
            _ => format!("{} tæller som {counts}{person}", silence(verdict.reason)),
        }
    }

    fn finding(&self, finding: Finding) -> String {
        match finding {
            Finding::NotAccepted(_) => "Brevet blev ikke accepteret.".to_owned(),
            Finding::RepeatNotAccepted(_) => "Det samme brev blev ikke accepteret, da det kom igen.".to_owned(),
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

    fn mend(&self, trial: Trial, call: &CallResult) -> String {
        let Some((verdict, judgement)) = judged(call) else { return String::new() };
        let status = verdict.status.unwrap_or_default();
        let words = match (judgement, status) {
            (Judgement::Rejected, 413) => {
                "Tag imod breve på op til 104.333.312 bytes; se også på webserverens og proxyens grænser."
            }
            (Judgement::Rejected, _) => hint(trial),
            (_, 401 | 403 | 407) => {
                "Luk den kaldende ind: se på nøglen eller klientcertifikatet, som I vil se, og som blev vist."
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
            (Judgement::Unavailable, 0) => "Se efter adressen, porten og certifikatet, og om det kører.",
            (_, 0) => "Læs hele indholdet, og svar inden for grænsen; hold forbindelsen åben så længe.",
            _ => "Svar, som tabellen over svar i vejledningen siger.",
        };
        words.to_owned()
    }

    fn mend_otherwise(&self, finding: Finding) -> &'static str {
        match finding {
            Finding::TooEarly(_) => "Svar, når hele indholdet er læst og gemt: et halvt brev er intet brev.",
            Finding::TooSlow(_) | Finding::Slow(_) | Finding::NotQuick(_) => {
                "Gem brevet, svar, og gør resten af arbejdet bagefter."
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

    fn summary(&self, results: &[TrialResult]) -> String {
        let count = |grade| results.iter().filter(|result| result.grade == grade).count();
        let mut parts = vec![format!("{} prøver: {} i orden", results.len(), count(Grade::Well))];
        parts.extend(
            [
                (count(Grade::Remark), "med en bemærkning"),
                (count(Grade::Short), "utilstrækkelige"),
                (count(Grade::LeftOut), "udeladt"),
                (count(Grade::GivenUp), "ikke prøvet, da der ikke svares"),
            ]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}")),
        );
        parts.join(", ")
    }

    fn access(&self, access: &Access) -> String {
        match access {
            Access::Open => "der vises intet".to_owned(),
            Access::Header { name } => format!("en hemmelighed i headeren {name}"),
            Access::ClientCertificate => "et klientcertifikat".to_owned(),
        }
    }

    fn report(&self) -> &'static ReportWords {
        &REPORT
    }
}

/// Why no answer came.
fn silence(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(Reason::NoConnection) => "der kom ingen forbindelse i stand, og det",
        Some(Reason::NoAccess) => {
            "routeren har ikke det, den skal vise, eller ville vise det ukrypteret; intet blev sendt, og det"
        }
        Some(Reason::TooSlow) => "brevet blev taget for langsomt imod, og det",
        Some(Reason::Silent) => "der kom intet svar i tide, og det",
        _ => "forbindelsen gav intet svar, og det",
    }
}

fn shape(seen: &Seen) -> String {
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
        Trial::BrokenOff | Trial::BrokenOffInChunks => {
            "Glem et brev, der blev afbrudt: når det kommer helt, er det nyt."
        }
        Trial::Large | Trial::Largest => "Tag imod breve på op til 104.333.312 bytes.",
        _ => "Brevet er gyldigt efter skemaet; et gyldigt brev skal accepteres.",
    }
}
