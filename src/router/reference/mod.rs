//! The reference of outcomes and reasons, generated from the codes that the router uses.

mod callers;

use std::fmt::Write;

use uuid::Uuid;

use self::callers::write_refusals;
use crate::language::LanguageChoice;
use crate::reasons::{Fate, InTwoLanguages, Reason, ReasonExplanation, ReasonText};
use crate::router::intake::receipt::Answer;
use crate::router::watch::hindrances::KINDS;
use crate::store::Outcome;

/// What an outcome means, in English and Danish.
fn meaning(outcome: Outcome) -> InTwoLanguages {
    let (english, danish) = match outcome {
        Outcome::Accepted => {
            ("The business system has accepted the message.", "Fagsystemet har accepteret meddelelsen.")
        }
        Outcome::Rejected => (
            "The business system has rejected the message, with its own code and words in `errorMessage`.",
            "Fagsystemet har afvist meddelelsen med sin egen kode og sine egne ord i `errorMessage`.",
        ),
        Outcome::Unavailable => (
            "The business system has certainly not taken the message; `reason` says why.",
            "Fagsystemet har med sikkerhed ikke taget meddelelsen; `reason` siger hvorfor.",
        ),
        Outcome::Unknown => (
            "The business system may have taken the message; `reason` says why this is unknown.",
            "Fagsystemet kan have taget meddelelsen; `reason` siger, hvorfor ingen ved det.",
        ),
        Outcome::UnderWay => ("The message is on its way.", "Meddelelsen er på vej."),
        Outcome::Busy => (
            "More messages were in progress than the router, or the business system, handles at a time.",
            "Der var flere meddelelser undervejs, end routeren eller fagsystemet tager ad gangen.",
        ),
        Outcome::NotWritten => (
            "The journal could not be written, nothing is published, or the router was stopping: nothing was done.",
            "Journalen kunne ikke skrives, intet er udgivet, eller routeren var ved at stoppe: Intet er gjort.",
        ),
        Outcome::Invalid => ("It is not a valid MeMo message.", "Det er ikke en rigtig MeMo-meddelelse."),
        Outcome::NemSms => ("It is a NemSMS.", "Det er en NemSMS."),
        Outcome::TooLarge => ("It is larger than 99.5 MiB.", "Den er større end 99,5 MiB."),
        Outcome::UnknownRecipient => {
            ("The recipient is not one of the authorities.", "Modtageren er ingen af myndighederne.")
        }
        Outcome::Reused => (
            "Its messageUUID has been used for another message before.",
            "Dens messageUUID er brugt før til en anden meddelelse.",
        ),
        Outcome::NotAllowed => ("The caller may not deliver here.", "Den, der kaldte, må ikke aflevere her."),
        Outcome::BrokenOff => (
            "The caller broke off before the message was complete.",
            "Den, der kaldte, brød af, før hele meddelelsen var kommet.",
        ),
    };
    InTwoLanguages { english, danish }
}

/// What a reason means for the message.
fn fate(fate: Fate) -> InTwoLanguages {
    let (english, danish) = match fate {
        Fate::NotDelivered => (
            "Certainly not taken. Decided afresh when it is sent again.",
            "Med sikkerhed ikke taget. Afgøres på ny, når den sendes igen.",
        ),
        Fate::MayBeDelivered => (
            "May have been taken. Goes only to this business system when it is sent again.",
            "Kan være taget. Går kun til dette fagsystem, når den sendes igen.",
        ),
        Fate::ByOutcome => (
            "Certainly not taken; or, with the outcome `uvist`, possibly taken, and then bound to this business system.",
            "Med sikkerhed ikke taget, eller ved udfaldet `uvist` måske taget og så bundet til dette fagsystem.",
        ),
        Fate::Bound => {
            ("May go to one business system and to no other.", "Må gå til ét fagsystem og ikke til noget andet.")
        }
    };
    InTwoLanguages { english, danish }
}

/// All outcomes and reasons with their codes, as Markdown.
#[must_use]
pub fn reference(language: LanguageChoice) -> String {
    let is_danish = language == LanguageChoice::Danish;
    let say = |words: InTwoLanguages| if is_danish { words.danish } else { words.english };
    let mut text = String::new();
    text.push_str(if is_danish {
        "# Udfald og årsager\n\nKoderne er de samme i log, journal, metrics og kvittering; ordene de samme i log og kvittering.\n\n\
         ## Udfald (`outcome`)\n\n| kode | HTTP | `receiptStatus` | `errorCode` | betydning |\n| --- | --- | --- | --- | --- |\n"
    } else {
        "# Outcomes and reasons\n\nThe codes are the same in log, journal, metrics and receipt, and the words are the same in log \
         and receipt.\n\n## Outcomes (`outcome`)\n\n| code | HTTP | `receiptStatus` | `errorCode` | meaning |\n\
         | --- | --- | --- | --- | --- |\n"
    });
    for outcome in Outcome::all().filter(|outcome| *outcome != Outcome::UnderWay) {
        let answer = Answer::new(Uuid::nil(), outcome, None, None);
        let status = answer.status().as_u16();
        let receipt = answer.receipt();
        let receipt_status = serde_json::to_value(receipt.receipt_status).unwrap_or_default();
        let code = receipt.error_code.map_or_else(|| "null".to_owned(), |code| format!("`{code}`"));
        let _ = writeln!(
            text,
            "| `{}` | {status} | {} | {code} | {} |",
            outcome.code(),
            receipt_status.as_str().unwrap_or_default(),
            say(meaning(outcome))
        );
    }
    text.push_str(if is_danish {
        "\n## Årsager (`reason`)\n\nHvorfor et fagsystem ikke fik en meddelelse, eller ikke svarede, som det skulle. Hvor der står *ja*, \
         bliver det ved, til et menneske gør noget.\n\n\
         | kode | ord | hvad der skete | hvad det betyder for meddelelsen | menneske | hvad man gør |\n\
         | --- | --- | --- | --- | --- | --- |\n"
    } else {
        "\n## Reasons (`reason`)\n\nWhy a business system did not get a message, or did not answer as it should (\"it\" is the business system). \
         Where it says *yes*, it continues until a person does something.\n\n\
         | code | word | what happened | what it means for the message | person | what to do |\n\
         | --- | --- | --- | --- | --- | --- |\n"
    });
    for reason in Reason::all() {
        let ReasonExplanation { code, fate: of, needs_a_person, english, danish, .. } = reason.explanation();
        let wording = if is_danish { danish } else { english };
        let ReasonText { label, remedy, .. } = wording;
        let person = match (needs_a_person, is_danish) {
            (false, _) => "",
            (true, true) => "ja",
            (true, false) => "yes",
        };
        let (what, of) = (wording.sentence(), say(fate(*of)));
        let _ = writeln!(text, "| `{code}` | {label} | {what} | {of} | {person} | {remedy} |");
    }
    write_refusals(&mut text, is_danish);
    write_hindrances(&mut text, is_danish);
    text
}

fn write_hindrances(text: &mut String, is_danish: bool) {
    text.push_str(if is_danish {
        "\n## Det, der ikke vil virke (`hindrance`)\n\nRouteren siger det ved sin start, når noget udgives, og hver dag, før en \
         meddelelse viser det.\n\n| kode | hvad det er |\n| --- | --- |\n"
    } else {
        "\n## What will not work (`hindrance`)\n\nThe router reports it when it starts, when something is published, and every day, \
         before a message is affected.\n\n| code | what it is |\n| --- | --- |\n"
    });
    for (code, words) in KINDS {
        let _ = writeln!(text, "| `{code}` | {} |", if is_danish { words.danish } else { words.english });
    }
}
