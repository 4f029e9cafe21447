//! The test in Danish.

use std::time::Duration;

use super::facts::{Advice, AnswerShape, Property};
use super::texts::{CallTexts, ReportTexts, SummaryTexts, Texts};
use crate::endpoint_test::findings::{EndpointFinding, Grade};
use crate::endpoint_test::result::NoMore;
use crate::endpoint_test::trial::Trial;
use crate::router::Judgement;
use crate::rules::Access;
use crate::store::Reason;

pub(super) static TEXTS: Texts = Texts {
    title: "Leverandørprøve",
    what_is_sent,
    what_was_sent,
    trial,
    grade,
    access,
    nothing_shown: "Der blev ikke vist nogen nøgle eller noget certifikat: Om der kræves noget, er ikke prøvet.",
    decimal_point: ",",
    call: CallTexts {
        numbered: |number, calls| format!("Kald {number} af {calls}"),
        nothing_sent: "intet",
        letter: |uuid, bytes| format!("brevet {uuid} på {bytes} bytes"),
        in_chunks: "i stykker (chunked)",
        with_length: "med Content-Length",
        cut_off: "afbrudt på midten",
        no_answer: "intet svar",
        no_body: "intet indhold",
        shape,
        cause: |verdict| verdict.reason.unwrap_or(Reason::NoAnswer).explanation().danish.what.to_owned(),
        answer_counts_as: |status, body, counts| format!("jeres {status} med {body} tæller som {counts}"),
        cause_counts_as: |cause, counts| format!("{cause}: det tæller som {counts}"),
        cut_off_as_intended: "afbrudt af routeren, som det var meningen",
        refused_by_router: |error| format!("routeren selv afviser brevet: {error}"),
        judgement,
        needs_a_person: "fejlen ligger i kaldet og ikke i brevet, og kommunen får besked om at rette den",
        no_time_answered_early: "svaret kom, før brevets sidste byte var sendt",
        no_time_no_answer: "der kom intet svar",
    },
    finding,
    advice,
    summary: SummaryTexts {
        passed: |trials, passed| format!("{trials} prøver: {passed} bestået"),
        remarks: "bestået med en bemærkning",
        failed: "ikke bestået",
        incomplete: "ufuldstændig",
        left_out: "udeladt",
        given_up: |why| match why {
            NoMore::CallRefused => "ikke prøvet, da kaldene afvises",
            NoMore::NoAnswer => "ikke prøvet, da der ikke svares",
        },
        stopped: "ikke prøvet, da den blev stoppet",
    },
    report: ReportTexts {
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
    },
};

fn what_is_sent(endpoint: &str, authority: &str) -> String {
    format!(
        "Sender mange slags opdigtede breve til {endpoint}, som routeren gør det, stilet til CVR {authority}. Personen \
         i dem er opdigtet: CPR-nummer 0100000000, som ingen kan have. Virksomheden 01304054 og myndigheden 01203045 \
         findes ikke. Brug den ikke på et system, der arbejder med rigtige breve: det vil gemme disse."
    )
}

fn what_was_sent(endpoint: &str, authority: &str) -> String {
    format!(
        "Der blev sendt opdigtede breve til {endpoint}, som routeren sender breve, stilet til CVR {authority}. Personen i \
         dem var opdigtet: CPR-nummer 0100000000, som ingen kan have. Virksomheden 01304054 og myndigheden 01203045 \
         findes ikke."
    )
}

fn trial(trial: Trial) -> &'static str {
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

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Passed => "bestået",
        Grade::Remark => "bestået med en bemærkning",
        Grade::Failed => "ikke bestået",
        Grade::LeftOut => "udeladt",
        Grade::GivenUp => "ikke prøvet",
    }
}

fn access(access: &Access) -> String {
    match access {
        Access::Open => "der blev ikke sendt nogen nøgle eller noget certifikat".to_owned(),
        Access::Header { name } => format!("en hemmelighed i headeren {name}"),
        Access::ClientCertificate => "et klientcertifikat".to_owned(),
    }
}

fn shape(shape: AnswerShape, media_type: &str) -> String {
    match shape {
        AnswerShape::Empty => "tomt indhold".to_owned(),
        AnswerShape::Json => "JSON".to_owned(),
        AnswerShape::Problem => "et problemdokument".to_owned(),
        AnswerShape::Html => "en webside".to_owned(),
        AnswerShape::Text => "tekst".to_owned(),
        AnswerShape::Other => format!("indhold af typen {media_type}"),
    }
}

fn judgement(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Accepted => "accepteret",
        Judgement::Rejected => "afvist: afsenderen hører, at brevet er afvist",
        Judgement::Unavailable => "utilgængeligt: Digital Post beholder brevet og sender det igen",
        Judgement::Unknown => {
            "uvist: I har måske brevet, måske ikke, så det bliver hos jer og sendes igen til jer og ingen andre"
        }
    }
}

fn finding(finding: EndpointFinding, took_text: &dyn Fn(Duration) -> String) -> String {
    match finding {
        EndpointFinding::NotAccepted(_) => "Brevet blev ikke accepteret.".to_owned(),
        EndpointFinding::RepeatNotAccepted(_) => "Det samme brev blev ikke accepteret, da det kom igen.".to_owned(),
        EndpointFinding::TakesFromAnybody => {
            "Brevet blev accepteret uden den rigtige nøgle eller det rigtige certifikat: dette endpoint tager imod breve \
             fra hvem som helst."
                .to_owned()
        }
        EndpointFinding::RejectsForKey => {
            "Svaret tæller som en afvisning: breve ville blive afvist på grund af en glemt nøgle eller et glemt certifikat."
                .to_owned()
        }
        EndpointFinding::NotKeptOut => {
            "Et kald uden den rigtige nøgle eller det rigtige certifikat fik ikke svaret 401 eller 403.".to_owned()
        }
        EndpointFinding::TooEarly(_) => "I svarede ja til et brev, hvoraf kun halvdelen var kommet.".to_owned(),
        EndpointFinding::TooSlow(took) => format!("Svaret tog {}, mere end 4 s.", took_text(took)),
        EndpointFinding::Slow(took) => {
            format!("Svaret tog {}, mere end de 1,5 s for et mellemstort kald.", took_text(took))
        }
        EndpointFinding::NotQuick(took) => {
            format!("Svaret tog {}, mere end det ene sekund for et enkelt kald.", took_text(took))
        }
        EndpointFinding::WantsLength => "I læser ikke stykker (chunks); med sin længde blev brevet accepteret.".to_owned(),
        EndpointFinding::OldHttp => "I svarer med HTTP/1.0, så routeren sender jer aldrig stykker (chunks).".to_owned(),
    }
}

fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::RejectedAnyway => "Det almindelige brev blev også afvist, så årsagen er ikke det særlige ved dette.",
        Advice::RaiseSizeLimits => {
            "Tag imod breve på op til 104.333.312 bytes; se også på webserverens og proxyens grænser."
        }
        Advice::Accept(property) => accept(property),
        Advice::CheckKey => "Kontrollér, at den nøgle eller det certifikat, I forventer, er det, der blev vist.",
        Advice::NoRedirect => "Svar på selve adressen: routeren følger ingen henvisning.",
        Advice::ReadChunks => "Læs et indhold, der kommer i stykker (Transfer-Encoding: chunked).",
        Advice::TakePostRequests => "Tag imod POST med application/xml på netop denne adresse.",
        Advice::CheckGateway => {
            "Noget foran fagsystemet hørte ikke fra det i tide: se i dets log og på gatewayens grænser."
        }
        Advice::CheckOwnLog => "Se i jeres egen log, hvorfor kaldet gik galt.",
        Advice::AnswerWithReceipt => {
            "Svar 200 med kvitteringen som JSON, {\"receiptStatus\": \"COMPLETED\"}, uden errorCode; eller 200 uden \
             indhold. Højst 64 KiB læses."
        }
        Advice::Remedy(reason) => reason.explanation().danish.remedy,
        Advice::ReadWholeBody => "Læs hele indholdet, og svar inden for grænsen; hold forbindelsen åben så længe.",
        Advice::SeeGuide => "Svar, som tabellen over svar i vejledningen siger.",
        Advice::AnswerOnceStored => "Svar, når hele indholdet er læst og gemt: et halvt brev er intet brev.",
        Advice::AnswerBeforeProcessing => "Gem brevet, svar, og gør resten af arbejdet bagefter.",
        Advice::RefuseStrangers => {
            "Svar 401 eller 403 uden kvittering: så beholder Digital Post brevet, til nøglen er rigtig."
        }
        Advice::BetterReadChunks => {
            "Det virker: fra da af venter routeren, til den kender længden. Store breve venter imens i dens hukommelse, \
             så det er bedre at læse stykker."
        }
        Advice::OldHttpWorks => "Det virker: store breve venter i routerens hukommelse, til de er hele.",
    }
}

fn accept(property: Property) -> &'static str {
    match property {
        Property::Version => "Brevet er gyldigt efter MeMo 1.1; begge versioner er i brug.",
        Property::Smallest => "Skemaerne kræver intet indhold og tillader en tom overskrift.",
        Property::SpecialLetters => "Læs UTF-8, entiteter og CDATA med en XML-parser.",
        Property::ByteOrderMark => "Et byte order mark må stå foran XML'en.",
        Property::Namespace => "Gå efter navnerummet og aldrig efter præfikset.",
        Property::UpperCaseUuid => "Et UUID må være skrevet med store bogstaver.",
        Property::Repeated => "Svar ja til et brev, I har i forvejen, og gem det én gang: gå efter dets messageUUID.",
        Property::SameTime => {
            "Det samme brev kan komme to gange samtidig: gem det én gang, og svar ja på begge kald, eller 503 på det ene."
        }
        Property::ManyAtOnce => "Der kommer op til 16 breve samtidig: tag imod dem alle.",
        Property::BrokenOffBefore => "Glem et brev, der blev afbrudt: når det kommer helt, er det nyt.",
        Property::Size => "Tag imod breve på op til 104.333.312 bytes.",
        Property::None => "Brevet er gyldigt efter skemaet; et gyldigt brev skal accepteres.",
    }
}
