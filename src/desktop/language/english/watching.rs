//! What is watched on *Overblik*, in English: a publication's first day, and what would wait if a fagsystem were away.

use super::calendar::CALENDAR;
use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::after_publishing::AfterPublishingTexts;
use crate::desktop::language::texts::away::AwayTexts;
use crate::desktop::language::texts::published::PublishedTexts;
use crate::desktop::model::after_publishing::Verdict;

pub(super) const PUBLISHED: PublishedTexts = PublishedTexts {
    marked: "Publications, shown as dashed lines:",
    publication: |number, when| format!("Publication {number} · {when}"),
    more: counted("and 1 older", |count| format!("and {count} older")),
};

pub(super) const AFTER_PUBLISHING: AfterPublishingTexts = AfterPublishingTexts {
    grammar: GRAMMAR,
    since: |number| format!("Since publication {number}"),
    published: |when, compared| format!("Published {when}. {compared}"),
    compared: counted("Compared with the same hours of the day before.", |days| {
        format!("Compared with the same hours of the {days} days before.")
    }),
    nothing_to_compare: "The journal does not know the days before, so there is nothing to compare with.",
    by_default: |authority, after, before| {
        let whose = authority.map(|name| format!(" to {name}")).unwrap_or_default();
        format!("of the mail{whose}, {after} falls to the default recipient; before, {before}")
    },
    share: |name, after, before| format!("{name} gets {after} of the mail; before, {before}"),
    refused: |name, after, before| format!("{name} did not accept {after} of its mail; before, {before}"),
    none_by_default: |authority, before| {
        let whose = authority.map(|name| format!(" for {name}")).unwrap_or_default();
        format!("no mail{whose} has come yet; before, {before} fell to the default recipient")
    },
    none_of_share: |name, before| format!("no mail has come yet; before, {name} got {before} of it"),
    none_refused: |name, before| format!("{name} has got no mail yet; before, it did not accept {before}"),
    verdict: |verdict| match verdict {
        Verdict::StandsOut => "stands out",
        Verdict::Better => "less than before",
        Verdict::AsBefore => "as before",
        Verdict::TooFew => "too few messages yet",
    },
    nothing: "no mail",
    take_back: "Take the publication back",
    stands_out: |number, what| format!("Mail goes differently after publication {number}. {what}"),
    advice: "See whether it is meant to. If not, put the rules from before the publication into the draft, and publish them.",
};

pub(super) const AWAY: AwayTexts = AwayTexts {
    grammar: GRAMMAR,
    calendar: &CALENDAR,
    title: "If a business system is away",
    of_one: "If it is away now",
    counted_from: |weekday, from, to, weeks| {
        format!("What would wait in Digital Post, counted on {weekday} {from:02}–{to:02} in {weeks}.")
    },
    weeks: counted("the last week", |weeks| format!("the last {weeks} weeks")),
    hour_unknown: "The journal does not know this hour of this weekday yet.",
    would_wait: counted("about 1 message an hour would wait", |count| {
        format!("about {count} messages an hour would wait")
    }),
    less_than_one: "about 1 message an hour or fewer would wait",
    nothing: "nothing usually comes in this hour",
    via: |points| format!(", most through {points}"),
    unknown: "unknown what would wait",
    deactivated: |when, left| format!("If it accepts nothing, Digital Post deactivates it on {when}, {left}."),
    in_hours: counted("in 1 hour", |hours| format!("in {hours} hours")).or_none("in less than an hour"),
    in_days: counted("in 1 day", |days| format!("in {days} days")),
    may_be_deactivated: |when| {
        format!("Digital Post may have deactivated it on {when}: it has accepted nothing for seven days.")
    },
    deactivation_unknown: "Unknown when Digital Post would deactivate it: it has never had a message.",
};
