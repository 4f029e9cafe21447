//! *Prøv en meddelelse* in Danish.

use crate::desktop::language::texts::try_message::TryMessageTexts;
use crate::desktop::model::trial::{FactsOrigin, UnreadMessage};
use crate::memo::MemoError;

pub(super) const TEXTS: TryMessageTexts = TryMessageTexts {
    title: "Prøv en meddelelse",
    about: "Hvem ville få den, og hvorfor? Intet bliver sendt.",
    clear: "Ryd",
    open: "Åbn en fil …",
    paste: "Indsæt XML",
    drop_hint: "Slip en MeMo-fil her, indsæt den (Ctrl+V), eller udfyld felterne.",
    reading: "Læser …",
    from_story: "Hvad ville kladden gøre?",
    origin: |origin| match origin {
        FactsOrigin::Typed => None,
        FactsOrigin::File => Some("Læst i filen: kun det, regler kan se på. Resten er ikke gemt."),
        FactsOrigin::Clipboard => Some("Læst i det indsatte: kun det, regler kan se på. Resten er ikke gemt."),
        FactsOrigin::Journal => Some(
            "Fra journalen. Den gemmer ikke, om afsenderen skrev med sit eget kontaktpunkt; det er sluttet af, at \
             afsenderen dengang regnedes for en myndighed.",
        ),
        FactsOrigin::Example => Some("Et tænkt eksempel."),
    },
    left_out: "Et id eller en gruppe kunne være et CPR-nummer og er udeladt. Regler for det kan ikke prøves.",
    unread,
    sender_cvr: "Afsenders CVR-nr.",
    none: "Intet",
    is_authority: "En myndigheds nummer: afsenderen regnes for en myndighed",
    own_contact_point: "Regnes for en myndighed, fordi den skriver med sit eget kontaktpunkt",
    no_recipient: "Intet CVR-nummer",
    unlisted_point: "Står ikke i registret; det regnes for et id",
    group_alone: "Tæller kun sammen med et kontaktpunkt",
    not_kle: "Intet KLE-nummer endnu: tæller som intet. Skriv fx 27.36.04, eller vælg på listen",
    not_form: "Intet FORM-nummer endnu: tæller som intet. Skriv fx 26.05.10",
    not_a_cvr: "Et CVR-nummer har otte cifre; indtil da tæller det som intet",
    day: "Dag",
    by_word: "Nummer eller et ord",
    draft: "Kladden",
    publication: |number| format!("Udgivelse {number}"),
    published: "Udgivelsen",
    guard: "Gør til vagt",
    by_rule: |priority| format!("Efter regel {priority}"),
    by_default: "Opsamlingssystemet: ingen regel passer",
    paused: "På pause: meddelelsen venter i Digital Post",
    unknown_recipient: "Ukendt modtager",
    unknown_recipient_hint: "Ingen af myndighederne har det nummer. Meddelelsen afvises.",
    contradicts: "Modsiger sig selv",
    contradicts_hint: "Ret fejlene på siden Ændringer. Indtil da kan kladden intet afgøre.",
    other_receiver: "Kladden sender den et andet sted hen end udgivelsen.",
    other_rule: "Samme fagsystem, men af en anden grund.",
    same: "Kladde og udgivelse er enige.",
    ladder: "Reglerne i rækkefølge",
    rule: "Regel",
    why: "Hvorfor",
    decides: "Bestemmer",
    also_matches: "Passer også, men kommer senere",
    also_matches_shortly: "Passer også, senere",
    otherwise: "Ellers: opsamlingssystemet",
    default_decides: "Bestemmer: ingen regel passer",
    default_waits: "En regel passer",
    make_rule: "Gør til regel",
    make_rule_hint: "Vælg det, reglen skal se på:",
};

fn unread(unread: UnreadMessage) -> String {
    match unread {
        UnreadMessage::Memo(error) => memo(error),
        UnreadMessage::NotFound => "Filen findes ikke.".to_owned(),
        UnreadMessage::Denied => "Du har ikke lov til at læse filen.".to_owned(),
        UnreadMessage::NotAFile => "Det er ikke en fil, men en mappe eller en enhed.".to_owned(),
        UnreadMessage::Unreadable => "Filen kunne ikke læses til ende. Prøv igen.".to_owned(),
        UnreadMessage::EmptyClipboard => {
            "Der er ingen tekst at indsætte. Kopiér hele meddelelsens XML først.".to_owned()
        }
    }
}

pub(super) fn memo(error: MemoError) -> String {
    match error {
        MemoError::NotWellFormed(_) => {
            "Det er ikke hel XML: meddelelsen er skåret af eller ødelagt. Tag den hele med, fra <Message> til </Message>.".to_owned()
        }
        MemoError::NotAMemo => {
            "Det er ikke en MeMo-meddelelse: den skal begynde med Message og et MessageHeader.".to_owned()
        }
        MemoError::NoMessageUuid => "Meddelelsen har intet gyldigt messageUUID. Routeren ville afvise den.".to_owned(),
        MemoError::NoSender => "Meddelelsen nævner ingen afsender. Routeren ville afvise den.".to_owned(),
        MemoError::NoRecipient => "Meddelelsen nævner ingen modtager. Routeren ville afvise den.".to_owned(),
        MemoError::Twice(what) => format!("Meddelelsen har {what} to gange. Routeren ville afvise den."),
        MemoError::ElementsInText(what)
        | MemoError::AsideInText(what)
        | MemoError::SectionInText(what)
        | MemoError::Nil(what)
        | MemoError::Decoy(what) => {
            format!("{what} kan læses på to måder i meddelelsen. Routeren ville afvise den.")
        }
        MemoError::HeaderTooLong => "Meddelelsens hoved er for langt. Routeren ville afvise den.".to_owned(),
        MemoError::NemSms => "Det er en NemSMS. Den kan en myndighed ikke modtage.".to_owned(),
        MemoError::TooLarge => "Meddelelsen er større end 99,5 MiB. Routeren ville afvise den.".to_owned(),
    }
}
