use jiff::Timestamp;
use jiff::civil::Weekday;

use super::super::overview::{FagsystemColumns, Length, OverviewTexts, WarningWords, decimal, short_duration, tenths};
use super::super::{grouped, joined, within_sentence};
use super::hindrances;
use super::messages::{outcome_word, reason_word};
use super::{error, refuses};
use crate::clock;
use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::model::health::{FagsystemRef, Health, Warning};
use crate::store::{ClockDoubt, DeliveryFailure, DeliveryRecord, Outcome, OutcomeGroup, OverviewPeriod, Slot, Urgency};

pub(super) const TEXTS: OverviewTexts = OverviewTexts {
    title: "Overblik",
    period: |period| match period {
        OverviewPeriod::Day => "24 timer",
        OverviewPeriod::Week => "7 dage",
        OverviewPeriod::Month => "30 dage",
    },
    within: |period| match period {
        OverviewPeriod::Day => "De seneste 24 timer, time for time",
        OverviewPeriod::Week => "I dag og de seks dage før, i tre timer ad gangen",
        OverviewPeriod::Month => "I dag og de 29 dage før, dag for dag",
    },
    none: "Her ses hver times meddelelser, hvad der blev af dem, hvor hurtigt der blev svaret, og hvordan hvert fagsystem \
           har det – så snart routeren har modtaget den første meddelelse.",
    to_router: "Gå til Router",
    received: "Modtaget",
    under_way: |count| match count {
        0 => "ingen undervejs".to_owned(),
        _ => format!("{} undervejs", number(count)),
    },
    accepted: "Accepteret",
    share_of_all: |part, whole| format!("{} af de modtagne", percent(part, whole)),
    not_accepted: "Ikke accepteret",
    by_default: "Til opsamlingssystem",
    by_default_of: |part, whole| format!("{} af {} fordelte", number(part), number(whole)),
    answers: "Svartid",
    answered_within: |limit| format!("inden {}", short_duration(limit, ',')),
    slowest: |duration| format!("langsomste {}", short_duration(duration, ',')),
    percent,
    duration: |duration| short_duration(duration, ','),
    more_than: |duration| format!("> {}", short_duration(duration, ',')),
    messages: "Meddelelser",
    group: |group| match group {
        OutcomeGroup::Accepted => "Accepteret",
        OutcomeGroup::Rejected => "Afvist",
        OutcomeGroup::Unavailable => "Utilgængeligt/uvist",
        OutcomeGroup::Refused => "Afvist af routeren",
    },
    slot,
    slot_label,
    count: |count| if count == 1 { "1 meddelelse".to_owned() } else { format!("{} meddelelser", number(count)) },
    attention: "Kræver opmærksomhed",
    clock_is_right: "Uret er rigtigt",
    start_router: "Start routeren",
    probe: "Afprøv",
    resume: "Genoptag",
    open_fagsystem: "Fagsystem",
    show_rule: "Vis reglen",
    show_messages: "Vis meddelelser",
    resumed: |name| format!("{name} er genoptaget"),
    no_attention: "Intet kræver opmærksomhed lige nu.",
    warning,
    fagsystems: "Fagsystemer",
    columns: FagsystemColumns {
        name: "Fagsystem",
        health: "Tilstand",
        last_accepted: "Senest accepteret",
        messages: "Meddelelser",
        failed: "Ikke accepteret",
        under_way: "Undervejs",
        answer: "Svartid",
    },
    health: |health| match health {
        Health::Paused => "På pause",
        Health::Failing => "Fejler",
        Health::Rejecting => "Afviser",
        Health::Running => "Kører",
        Health::NotSeen => "Ved ikke",
    },
    last_accepted,
    last_failure: |failure, now| format!("Fejl {}: {}", since(failure.at, now), why(failure)),
};

fn number(number: u64) -> String {
    grouped(number, '.')
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{} %", decimal(tenths(part, whole), ',')) }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mandag",
        Weekday::Tuesday => "tirsdag",
        Weekday::Wednesday => "onsdag",
        Weekday::Thursday => "torsdag",
        Weekday::Friday => "fredag",
        Weekday::Saturday => "lørdag",
        Weekday::Sunday => "søndag",
    }
}

fn slot(period: OverviewPeriod, slot: &Slot) -> String {
    let (begin, end) = (clock::in_denmark(slot.begin), clock::in_denmark(slot.end));
    let day = format!("{} {}", weekday(begin.weekday()), date_text(begin.date()));
    match period {
        OverviewPeriod::Day | OverviewPeriod::Week => format!("{day} kl. {:02}–{:02}", begin.hour(), end.hour()),
        OverviewPeriod::Month => day,
    }
}

fn slot_label(period: OverviewPeriod, slot: &Slot) -> Option<String> {
    let begin = clock::in_denmark(slot.begin);
    let short: String = weekday(begin.weekday()).chars().take(2).collect();
    match period {
        OverviewPeriod::Day => (begin.hour() % 3 == 0).then(|| format!("{:02}", begin.hour())),
        OverviewPeriod::Week => (begin.hour() == 0).then(|| format!("{short} {}", begin.day())),
        OverviewPeriod::Month => (begin.weekday() == Weekday::Monday).then(|| begin.strftime("%d-%m").to_string()),
    }
}

fn since(then: Timestamp, now: Timestamp) -> String {
    match Length::since(then, now) {
        Length::Moment => "for et øjeblik siden".to_owned(),
        Length::Minutes(1) => "for 1 minut siden".to_owned(),
        Length::Minutes(minutes) => format!("for {minutes} minutter siden"),
        Length::Hours(1) => "for 1 time siden".to_owned(),
        Length::Hours(hours) => format!("for {hours} timer siden"),
        Length::Days(1) => "for 1 dag siden".to_owned(),
        Length::Days(days) => format!("for {days} dage siden"),
    }
}

/// What a fagsystem that has had no success for long comes to.
fn countdown(standing: &DeliveryRecord, now: Timestamp) -> Option<String> {
    let left = Length::until(standing.deactivation()?, now);
    let is_near = standing.urgency(now)? > Urgency::Calm;
    is_near.then(|| match left {
        Length::Moment | Length::Minutes(_) => "kan være deaktiveret".to_owned(),
        Length::Hours(1) => "deaktiveres om 1 time".to_owned(),
        Length::Hours(hours) => format!("deaktiveres om {hours} timer"),
        Length::Days(1) => "deaktiveres om 1 dag".to_owned(),
        Length::Days(days) => format!("deaktiveres om {days} dage"),
    })
}

fn last_accepted(standing: &DeliveryRecord, now: Timestamp) -> String {
    if !standing.was_tried() {
        return "har aldrig fået en meddelelse".to_owned();
    }
    let when = standing.last_accepted.map_or_else(|| "aldrig".to_owned(), |accepted| since(accepted, now));
    match countdown(standing, now) {
        Some(countdown) => format!("{when} – {countdown}"),
        None => when,
    }
}

/// Why a message was not accepted, within a sentence.
fn why(failure: &DeliveryFailure) -> String {
    let word = failure.reason.map_or_else(|| outcome_word(failure.outcome, None, false), reason_word);
    within_sentence(word)
}

/// What to do about a fagsystem that fails like this.
fn remedy(failure: Option<&DeliveryFailure>) -> &'static str {
    let Some(failure) = failure else { return "Hør hos systemets leverandør." };
    match failure.reason {
        _ if failure.outcome == Outcome::Rejected => {
            "Systemet afviser selv meddelelserne. Se svarkoden på de afviste, og hør hos leverandøren."
        }
        Some(reason) => reason.explanation().danish.remedy,
        None => "Hør hos leverandøren, om systemet kører. Digital Post sender posten igen.",
    }
}

fn shared_uuid(messages: u64) -> String {
    match messages {
        1 => "To forskellige meddelelser er kommet med samme meddelelses-id".to_owned(),
        _ => format!("{} gange er der kommet forskellige meddelelser med samme meddelelses-id", number(messages)),
    }
}

fn warning(warning: &Warning, now: Timestamp) -> WarningWords {
    let words = |what: String, advice: &str| WarningWords { what, advice: advice.to_owned() };
    match warning {
        Warning::RouterStopped => words(
            "Routeren er stoppet".to_owned(),
            "Posten bliver i Digital Post, til den kører. Intet program kører den på disse data: Start den her, eller dér, \
             hvor den plejer at køre.",
        ),
        Warning::RouterUnknown => words(
            "Ved ikke, om routeren kører".to_owned(),
            "Låsen eller databasen kan ikke læses. Se efter, om mappen med data er der, og hvem der ejer den.",
        ),
        Warning::RouterFailed(reason) => words("Routeren kan ikke køre".to_owned(), &error(reason)),
        Warning::RouterRefuses(reason) => words("Routeren afviser alt for nu".to_owned(), &refuses(reason)),
        Warning::Deactivation { of: FagsystemRef { name, .. }, standing, urgency, is_paused } => {
            let when = match standing.without_success_since() {
                Some(since) => match Length::since(since, now) {
                    Length::Days(days) if standing.last_accepted.is_some() => {
                        format!("har intet accepteret i {days} dage")
                    }
                    _ => "har aldrig accepteret noget".to_owned(),
                },
                None => "har intet accepteret".to_owned(),
            };
            let end = if *urgency == Urgency::Over { " og" } else { "," };
            let countdown = countdown(standing, now).unwrap_or_default();
            let advice = if *is_paused {
                "Det er på pause. Genoptag det, når det igen kan tage imod."
            } else if standing.failures == 0 {
                "Der er ikke kommet noget til det. Send en prøvemeddelelse, eller fjern det fra kontaktstrukturen."
            } else {
                remedy(standing.last_failure.as_ref())
            };
            words(format!("{name} {when}{end} {countdown}"), advice)
        }
        Warning::Failing { of: FagsystemRef { name, .. }, failures, last, .. } => {
            let why = last.as_ref().map(|last| format!(" ({})", why(last))).unwrap_or_default();
            let what = match failures {
                1 => format!("{name} har ikke accepteret den seneste meddelelse{why}"),
                _ => format!("{name} har ikke accepteret de seneste {} meddelelser{why}", number(*failures)),
            };
            words(what, remedy(last.as_ref()))
        }
        Warning::Unknown { of: FagsystemRef { name, .. }, messages } => {
            let what = match messages {
                1 => format!("{name} har måske fået 1 meddelelse, som ingen ved noget om"),
                _ => format!("{name} har måske fået {} meddelelser, som ingen ved noget om", number(*messages)),
            };
            words(what, "Slå dem op i fagsystemet. Kommer de igen, går de kun til det samme system.")
        }
        Warning::SharedUuid { messages } => words(
            shared_uuid(*messages),
            "Hver meddelelse skal have sit eget id: Sig det til afsenderen eller Digital Post.",
        ),
        Warning::ClockDoubted(ClockDoubt { shown, expected }) => words(
            format!("Routerens ur er sprunget til {}", moment_text(*shown)),
            &format!(
                "Det burde vise omkring {}. Imens sletter journalen intet. Stil uret, eller bekræft det, hvis maskinen har \
                 været slukket længe.",
                moment_text(*expected)
            ),
        ),
        Warning::Paused { of: FagsystemRef { name, .. }, refused: 0, .. } => words(
            format!("{name} er på pause"),
            "Kommer der post til det, bliver den i Digital Post, til det genoptages.",
        ),
        Warning::Paused { of: FagsystemRef { name, .. }, refused, .. } => {
            let what = match refused {
                1 => format!("{name} er på pause, og 1 meddelelse venter i Digital Post"),
                _ => format!("{name} er på pause, og {} forsøg på at aflevere er afvist", number(*refused)),
            };
            words(what, "Genoptag systemet, når det kan tage imod, eller lad reglerne pege på et andet.")
        }
        Warning::ByDefault { messages, of } => words(
            format!("{} af posten går til opsamlingssystemet", percent(*messages, *of)),
            "Se, hvad der falder igennem, og skriv regler for det.",
        ),
        Warning::Slow { messages, of } => words(
            format!("{} af svarene tog mere end 4 s", percent(*messages, *of)),
            "Platformen lover svar inden for 4 s. Se, hvilke systemer der er langsomme, og hør hos deres leverandører.",
        ),
        Warning::Hindrance { of, hindrance } => {
            hindrances::hindrance(hindrance, of.as_ref().map(|of| of.name.as_str()).unwrap_or_default())
        }
        Warning::Expiring { rules, first, .. } => {
            let day = date_text(*first);
            let (what, advice) = match rules.as_slice() {
                [rule] => (format!("Regel {rule} udløber {day}"), "Forlæng den, eller sæt en anden i stedet"),
                rules => (
                    format!("Regel {} udløber, den første {day}", joined(rules, "og")),
                    "Forlæng dem, eller sæt andre i stedet",
                ),
            };
            words(what, &format!("{advice}; ellers går posten til den næste regel, der passer."))
        }
    }
}
