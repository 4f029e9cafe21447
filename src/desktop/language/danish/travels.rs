//! The messages that travel over *Kort*, in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::travels::{TravelTexts, is_repeated};
use crate::desktop::model::travels::{Fate, NoWay};
use crate::rules::SenderKind;

pub(super) const TEXTS: TravelTexts = TravelTexts {
    live: "Levende",
    pause: "Pause (mellemrum)",
    go_on: "Fortsæt (mellemrum)",
    next: "Næste (N)",
    live_on: "Lad meddelelser rejse over kortet",
    live_off: "Lad ikke meddelelser rejse over kortet",
    pause_or_go_on: "Stands meddelelserne på kortet, eller lad dem fortsætte",
    next_travels: "Lad den næste meddelelse rejse alene",
    none_yet: "Når der kommer en meddelelse, rejser den over kortet, og her står, hvorfor den gik derhen.",
    other_day: |day| format!("Kortet er pr. {day}. Det, der kommer i dag, følger dagens regler og rejser ikke på det."),
    by_publication: |publication| format!("Meddelelserne følger udgivelse {publication}, ikke kladden."),
    open: "Åbn meddelelsen",
    fate: |fate| match fate {
        Fate::UnderWay => "undervejs",
        Fate::Accepted => "accepteret",
        Fate::Rejected => "afvist af fagsystemet",
        Fate::Unavailable => "ikke afleveret, sendes igen",
        Fate::Unknown => "uvist",
        Fate::Refused => "afvist af routeren",
    },
    under_way: counted("1 undervejs", |count| format!("{count} undervejs")),
    waiting: counted("1 venter", |count| format!("{count} venter")),
    arrived: counted("1 nået frem", |count| format!("{count} nået frem")),
    without_way: counted("1 uden vej på kortet", |count| format!("{count} uden vej på kortet")),
    beyond: counted("1 kom for hurtigt til at blive vist", |count| {
        format!("{count} kom for hurtigt til at blive vist")
    }),
    just_arrived: |count| format!("+{count}"),
    several: counted("1 meddelelse.", |count| format!("{count} meddelelser samme vej. Den seneste:")),
    wrote: |sender, point, kle| {
        let sender = match sender {
            SenderKind::Person => "En person",
            SenderKind::Company => "En virksomhed",
            SenderKind::Authority => "En myndighed",
            SenderKind::Other => "En afsender af ukendt slags",
        };
        let point = point.map(|point| format!(" til kontaktpunktet {point}")).unwrap_or_default();
        let kle = kle.map(|kle| format!(" med {kle}")).unwrap_or_default();
        format!("{sender} skrev{point}{kle}")
    },
    by_rule: |rule, looks_at, fagsystem| {
        if looks_at.is_empty() {
            format!("regel {rule} gav meddelelsen til {fagsystem}")
        } else {
            format!("regel {rule} ({looks_at}) gav meddelelsen til {fagsystem}")
        }
    },
    by_default: |fagsystem| format!("ingen regel tog meddelelsen, så den gik til opsamlingssystemet {fagsystem}"),
    refused: |outcome| format!("routeren afviste meddelelsen, før nogen regel blev spurgt ({outcome})."),
    became: |row, outcome| match Fate::of(row.outcome) {
        Fate::Accepted if is_repeated(row) => ", som havde accepteret den før.".to_owned(),
        Fate::Accepted => ", som accepterede den.".to_owned(),
        Fate::Rejected => ", som afviste den.".to_owned(),
        Fate::Unavailable => format!(", som ikke fik den ({outcome}). Digital Post sender den igen."),
        Fate::Unknown => ". Det er uvist, om fagsystemet fik den.".to_owned(),
        Fate::UnderWay => ", som ikke har svaret endnu.".to_owned(),
        Fate::Refused => format!(", men den blev afvist ({outcome})."),
    },
    no_way: |no_way, day| match no_way {
        NoWay::OtherDay => format!("Den rejser ikke her, for kortet er pr. {day}."),
        NoWay::OtherAuthority => "Den er til en anden myndighed end den, kortet viser.".to_owned(),
        NoWay::Undecided => "Derfor har den ingen vej på kortet.".to_owned(),
        NoWay::OtherPublication => {
            "Den blev afgjort efter en anden udgivelse end den, der gælder nu, så dens vej kan ikke vises.".to_owned()
        }
        NoWay::OtherRules => "Den regel er ikke den samme på kortet, så dens vej kan ikke vises.".to_owned(),
        NoWay::OutOfSight => "Den går uden om det udsnit, kortet viser.".to_owned(),
    },
};
