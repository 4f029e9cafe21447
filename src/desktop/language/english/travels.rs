//! The messages that travel over *Kort*, in English.

use super::grammar::counted;
use crate::desktop::language::texts::travels::{TravelTexts, is_repeated};
use crate::desktop::model::travels::{Fate, NoWay};
use crate::rules::SenderKind;

pub(super) const TEXTS: TravelTexts = TravelTexts {
    live: "Live",
    pause: "Pause (space)",
    go_on: "Go on (space)",
    next: "Next (N)",
    live_on: "Let messages travel over the map",
    live_off: "Do not let messages travel over the map",
    pause_or_go_on: "Stop the messages on the map, or let them go on",
    next_travels: "Let the next message travel alone",
    none_yet: "When a message comes, it travels over the map, and here it says why it went there.",
    other_day: |day| {
        format!("The map is as of {day}. What comes today follows today's rules and does not travel on it.")
    },
    by_publication: |publication| format!("Messages follow publication {publication}, not the draft."),
    open: "Open the message",
    fate: |fate| match fate {
        Fate::UnderWay => "under way",
        Fate::Accepted => "accepted",
        Fate::Rejected => "rejected by the business system",
        Fate::Unavailable => "not delivered, is sent again",
        Fate::Unknown => "unknown",
        Fate::Refused => "refused by the router",
    },
    under_way: counted("1 under way", |count| format!("{count} under way")),
    waiting: counted("1 waiting", |count| format!("{count} waiting")),
    arrived: counted("1 arrived", |count| format!("{count} arrived")),
    without_way: counted("1 without a way on the map", |count| format!("{count} without a way on the map")),
    beyond: counted("1 came too fast to be shown", |count| format!("{count} came too fast to be shown")),
    just_arrived: |count| format!("+{count}"),
    several: counted("1 message.", |count| format!("{count} messages on the same way. The latest:")),
    wrote: |sender, point, kle| {
        let sender = match sender {
            SenderKind::Person => "A person",
            SenderKind::Company => "A company",
            SenderKind::Authority => "An authority",
            SenderKind::Other => "A sender of unknown kind",
        };
        let point = point.map(|point| format!(" to the contact point {point}")).unwrap_or_default();
        let kle = kle.map(|kle| format!(" with {kle}")).unwrap_or_default();
        format!("{sender} wrote{point}{kle}")
    },
    by_rule: |rule, looks_at, fagsystem| {
        if looks_at.is_empty() {
            format!("rule {rule} gave the message to {fagsystem}")
        } else {
            format!("rule {rule} ({looks_at}) gave the message to {fagsystem}")
        }
    },
    by_default: |fagsystem| format!("no rule took the message, so it went to the default recipient {fagsystem}"),
    refused: |outcome| format!("the router refused the message before any rule was asked ({outcome})."),
    became: |row, outcome| match Fate::of(row.outcome) {
        Fate::Accepted if is_repeated(row) => ", which had accepted it before.".to_owned(),
        Fate::Accepted => ", which accepted it.".to_owned(),
        Fate::Rejected => ", which rejected it.".to_owned(),
        Fate::Unavailable => format!(", which did not get it ({outcome}). Digital Post sends it again."),
        Fate::Unknown => ". It is not known whether the business system got it.".to_owned(),
        Fate::UnderWay => ", which has not answered yet.".to_owned(),
        Fate::Refused => format!(", but it was refused ({outcome})."),
    },
    no_way: |no_way, day| match no_way {
        NoWay::OtherDay => format!("It does not travel here, as the map is as of {day}."),
        NoWay::OtherAuthority => "It is for another authority than the one on the map.".to_owned(),
        NoWay::Undecided => "So it has no way on the map.".to_owned(),
        NoWay::OtherPublication => {
            "It was decided by another publication than the one in force, so its way cannot be shown.".to_owned()
        }
        NoWay::OtherRules => "That rule is not the same on the map, so its way cannot be shown.".to_owned(),
        NoWay::OutOfSight => "It passes outside the part that the map shows.".to_owned(),
    },
};
