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
    title: "Overview",
    period: |period| match period {
        OverviewPeriod::Day => "24 hours",
        OverviewPeriod::Week => "7 days",
        OverviewPeriod::Month => "30 days",
    },
    within: |period| match period {
        OverviewPeriod::Day => "The last 24 hours, hour by hour",
        OverviewPeriod::Week => "Today and the six days before, three hours at a time",
        OverviewPeriod::Month => "Today and the 29 days before, day by day",
    },
    none: "Here you see each hour's messages, what became of them, how soon they were answered, and how each business \
           system is doing – as soon as the router has received the first message.",
    to_router: "Go to Router",
    received: "Received",
    under_way: |count| match count {
        0 => "none under way".to_owned(),
        _ => format!("{} under way", number(count)),
    },
    accepted: "Accepted",
    share_of_all: |part, whole| format!("{} of those received", percent(part, whole)),
    not_accepted: "Not accepted",
    by_default: "To default recipient",
    by_default_of: |part, whole| format!("{} of {} routed", number(part), number(whole)),
    answers: "Answers",
    answered_within: |limit| format!("within {}", short_duration(limit, '.')),
    slowest: |duration| format!("slowest {}", short_duration(duration, '.')),
    percent,
    duration: |duration| short_duration(duration, '.'),
    more_than: |duration| format!("> {}", short_duration(duration, '.')),
    messages: "Messages",
    group: |group| match group {
        OutcomeGroup::Accepted => "Accepted",
        OutcomeGroup::Rejected => "Rejected",
        OutcomeGroup::Unavailable => "Unavailable/unknown",
        OutcomeGroup::Refused => "Refused by the router",
    },
    slot,
    slot_label,
    count: |count| if count == 1 { "1 message".to_owned() } else { format!("{} messages", number(count)) },
    attention: "Needs attention",
    clock_is_right: "The clock is right",
    start_router: "Start the router",
    probe: "Try",
    resume: "Resume",
    open_fagsystem: "Business system",
    show_rule: "Show the rule",
    show_messages: "Messages",
    resumed: |name| format!("{name} is back in use"),
    no_attention: "Nothing needs attention right now.",
    warning,
    fagsystems: "Business systems",
    columns: FagsystemColumns {
        name: "Business system",
        health: "State",
        last_accepted: "Last accepted",
        messages: "Messages",
        failed: "Not accepted",
        under_way: "Under way",
        answer: "Answers in",
    },
    health: |health| match health {
        Health::Paused => "Paused",
        Health::Failing => "Failing",
        Health::Rejecting => "Rejecting",
        Health::Running => "Running",
        Health::NotSeen => "Not known",
    },
    last_accepted,
    last_failure: |failure, now| format!("Failed {}: {}", since(failure.at, now), why(failure)),
};

fn number(number: u64) -> String {
    grouped(number, ',')
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{}%", decimal(tenths(part, whole), '.')) }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn slot(period: OverviewPeriod, slot: &Slot) -> String {
    let (begin, end) = (clock::in_denmark(slot.begin), clock::in_denmark(slot.end));
    let day = format!("{} {}", weekday(begin.weekday()), date_text(begin.date()));
    match period {
        OverviewPeriod::Day | OverviewPeriod::Week => format!("{day} {:02}:00–{:02}:00", begin.hour(), end.hour()),
        OverviewPeriod::Month => day,
    }
}

fn slot_label(period: OverviewPeriod, slot: &Slot) -> Option<String> {
    let begin = clock::in_denmark(slot.begin);
    let short: String = weekday(begin.weekday()).chars().take(3).collect();
    match period {
        OverviewPeriod::Day => (begin.hour() % 3 == 0).then(|| format!("{:02}", begin.hour())),
        OverviewPeriod::Week => (begin.hour() == 0).then(|| format!("{short} {}", begin.day())),
        OverviewPeriod::Month => (begin.weekday() == Weekday::Monday).then(|| begin.strftime("%d-%m").to_string()),
    }
}

fn of(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

fn since(then: Timestamp, now: Timestamp) -> String {
    match Length::since(then, now) {
        Length::Moment => "a moment ago".to_owned(),
        Length::Minutes(minutes) => format!("{} ago", of(minutes, "minute")),
        Length::Hours(hours) => format!("{} ago", of(hours, "hour")),
        Length::Days(days) => format!("{} ago", of(days, "day")),
    }
}

/// What a fagsystem that has had no success for long comes to.
fn countdown(standing: &DeliveryRecord, now: Timestamp) -> Option<String> {
    let left = Length::until(standing.deactivation()?, now);
    let is_near = standing.urgency(now)? > Urgency::Calm;
    is_near.then(|| match left {
        Length::Moment | Length::Minutes(_) => "may be deactivated".to_owned(),
        Length::Hours(hours) => format!("deactivated in {}", of(hours, "hour")),
        Length::Days(days) => format!("deactivated in {}", of(days, "day")),
    })
}

fn last_accepted(standing: &DeliveryRecord, now: Timestamp) -> String {
    if !standing.was_tried() {
        return "has never had a message".to_owned();
    }
    let when = standing.last_accepted.map_or_else(|| "never".to_owned(), |accepted| since(accepted, now));
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
    let Some(failure) = failure else { return "Ask the system's supplier." };
    match failure.reason {
        _ if failure.outcome == Outcome::Rejected => {
            "The system itself rejects the messages. Look at its code on those rejected, and ask the supplier."
        }
        Some(reason) => reason.explanation().english.remedy,
        None => "Ask the supplier whether the system runs. Digital Post sends the mail again.",
    }
}

fn warning(warning: &Warning, now: Timestamp) -> WarningWords {
    let words = |what: String, advice: &str| WarningWords { what, advice: advice.to_owned() };
    match warning {
        Warning::RouterStopped => words(
            "The router has been stopped".to_owned(),
            "Mail stays in Digital Post until it runs. No program runs it on these data: start it here, or wherever it \
             usually runs.",
        ),
        Warning::RouterUnknown => words(
            "Unknown whether the router runs".to_owned(),
            "The lock or the database cannot be read. See whether the data directory is there, and whose it is.",
        ),
        Warning::RouterFailed(reason) => words("The router cannot run".to_owned(), &error(reason)),
        Warning::RouterRefuses(reason) => words("The router refuses everything for now".to_owned(), &refuses(reason)),
        Warning::Deactivation { of: FagsystemRef { name, .. }, standing, urgency, is_paused } => {
            let when = match standing.without_success_since() {
                Some(since) => match Length::since(since, now) {
                    Length::Days(days) if standing.last_accepted.is_some() => {
                        format!("has accepted nothing for {}", of(days, "day"))
                    }
                    _ => "has never accepted anything".to_owned(),
                },
                None => "has accepted nothing".to_owned(),
            };
            let end = match urgency {
                Urgency::Over => " and",
                _ => ", to be",
            };
            let countdown = countdown(standing, now).unwrap_or_default();
            let advice = if *is_paused {
                "It is paused. Resume it when it can receive again."
            } else if standing.failures == 0 {
                "Nothing has come for it. Send a message to try it, or take it out of the contact structure."
            } else {
                remedy(standing.last_failure.as_ref())
            };
            words(format!("{name} {when}{end} {countdown}"), advice)
        }
        Warning::Failing { of: FagsystemRef { name, .. }, failures, last, .. } => {
            let why = last.as_ref().map(|last| format!(" ({})", why(last))).unwrap_or_default();
            let what = match failures {
                1 => format!("{name} has not accepted the last message{why}"),
                _ => format!("{name} has not accepted the last {} messages{why}", number(*failures)),
            };
            words(what, remedy(last.as_ref()))
        }
        Warning::Unknown { of: FagsystemRef { name, .. }, messages } => {
            let what = match messages {
                1 => format!("{name} may have had 1 message that nobody knows of"),
                _ => format!("{name} may have had {} messages that nobody knows of", number(*messages)),
            };
            words(what, "Look them up in the system. Should they come again, they go to the same system only.")
        }
        Warning::SharedUuid { messages } => {
            let what = match messages {
                1 => "Two different messages have come with the same message id".to_owned(),
                _ => format!("{} times different messages have come with the same message id", number(*messages)),
            };
            words(what, "Every message must have its own id: tell the sender or Digital Post.")
        }
        Warning::ClockDoubted(ClockDoubt { shown, expected }) => words(
            format!("The router's clock has jumped to {}", moment_text(*shown)),
            &format!(
                "It should show about {}. Meanwhile the journal deletes nothing. Set the clock, or confirm it if the machine \
                 was off for a long time.",
                moment_text(*expected)
            ),
        ),
        Warning::Paused { of: FagsystemRef { name, .. }, refused: 0, .. } => {
            words(format!("{name} is paused"), "Mail for it stays in Digital Post until it is resumed.")
        }
        Warning::Paused { of: FagsystemRef { name, .. }, refused, .. } => {
            let what = match refused {
                1 => format!("{name} is paused, and 1 message waits in Digital Post"),
                _ => format!("{name} is paused, and {} tries to deliver have been refused", number(*refused)),
            };
            words(what, "Resume the system when it can take messages, or let the rules name another.")
        }
        Warning::ByDefault { messages, of } => words(
            format!("{} of the mail goes to the default recipient", percent(*messages, *of)),
            "Look at what no rule takes, and write rules for it.",
        ),
        Warning::Slow { messages, of } => words(
            format!("{} of the answers took more than 4 s", percent(*messages, *of)),
            "The platform promises answers within 4 s. See which systems are slow, and ask their suppliers.",
        ),
        Warning::Hindrance { of, hindrance } => {
            hindrances::hindrance(hindrance, of.as_ref().map(|of| of.name.as_str()).unwrap_or_default())
        }
        Warning::Expiring { rules, first, .. } => {
            let day = date_text(*first);
            let (what, advice) = match rules.as_slice() {
                [rule] => (format!("Rule {rule} expires on {day}"), "Extend it, or put another in its place"),
                rules => (
                    format!("Rules {} expire, the first on {day}", joined(rules, "and")),
                    "Extend them, or put others in their place",
                ),
            };
            words(what, &format!("{advice}; otherwise mail goes to the next rule that matches."))
        }
    }
}
