//! *Overblik*: what needs a person, and how the fagsystems are doing.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Weekday;

use super::after_publishing::AfterPublishingTexts;
use super::hindrances::{HindranceTexts, WarningWords, said};
use super::routers::RouterTroubleTexts;
use super::service_levels::ServiceLevelTexts;
use crate::clock;
use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::language::grammar::{Counted, Grammar, within_sentence};
use crate::desktop::model::error::Error;
use crate::desktop::model::health::{FagsystemRef, Health, Warning};
use crate::reasons::ReasonText;
use crate::router::NotReady;
use crate::store::{
    ClockDoubt, DeliveryFailure, DeliveryRecord, Outcome, OutcomeGroup, OverviewPeriod, Reason, Slot, Urgency,
};

#[derive(Debug)]
pub(in crate::desktop) struct OverviewTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    pub period: fn(OverviewPeriod) -> &'static str,
    /// The period as a part of a sentence.
    pub within: fn(OverviewPeriod) -> &'static str,
    pub none: &'static str,
    pub to_router: &'static str,
    pub received: &'static str,
    pub under_way: Counted,
    pub accepted: &'static str,
    /// After the share of the messages that were received.
    pub share_of_all: fn(share: &str) -> String,
    pub not_accepted: &'static str,
    pub by_default: &'static str,
    pub by_default_of: fn(by_default: &str, routed: &str) -> String,
    pub answers: &'static str,
    pub answered_within: fn(duration: &str) -> String,
    pub slowest: fn(duration: &str) -> String,
    pub messages: &'static str,
    pub group: fn(OutcomeGroup) -> &'static str,
    /// From Monday.
    pub weekdays: [&'static str; 7],
    /// This many letters of a weekday's name are enough in a chart.
    pub short_weekday: usize,
    /// Some hours of a day.
    pub hours: fn(day: &str, from: i8, to: i8) -> String,
    pub count: Counted,
    pub attention: &'static str,
    pub no_attention: &'static str,
    /// Buttons.
    pub clock_is_right: &'static str,
    pub start_router: &'static str,
    pub probe: &'static str,
    pub resume: &'static str,
    pub open_fagsystem: &'static str,
    pub show_rule: &'static str,
    pub show_messages: &'static str,
    /// What has been done to a paused fagsystem.
    pub resumed: fn(name: &str) -> String,
    pub warning: WarningTexts,
    pub fagsystems: &'static str,
    pub columns: FagsystemColumns,
    pub health: fn(Health) -> &'static str,
    pub ago: AgoTexts,
    pub never_tried: &'static str,
    pub never_accepted: &'static str,
    pub last_failure: fn(when: &str, why: &str) -> String,
    pub outcome: fn(Outcome) -> &'static str,
    pub reason: fn(Reason) -> &'static ReasonText,
}

/// How long ago something was.
#[derive(Debug)]
pub(in crate::desktop) struct AgoTexts {
    pub moment: &'static str,
    pub minutes: Counted,
    pub hours: Counted,
    pub days: Counted,
}

/// What needs a person, and what to do about it.
#[derive(Debug)]
pub(in crate::desktop) struct WarningTexts {
    pub error: fn(&Error) -> String,
    pub refuses: fn(&NotReady) -> String,
    pub router_stopped: &'static str,
    pub routers: &'static RouterTroubleTexts,
    pub start_router: &'static str,
    pub router_unknown: &'static str,
    pub look_at_data: &'static str,
    pub router_failed: &'static str,
    pub router_refuses: &'static str,
    pub deactivation: DeactivationTexts,
    /// It has not accepted its last message, or this many; why, in brackets.
    pub not_accepted: fn(name: &str, why: &str) -> String,
    pub many_not_accepted: fn(name: &str, messages: &str, why: &str) -> String,
    /// What to do about one that fails, where no reason says it.
    pub ask_supplier: &'static str,
    pub look_at_rejections: &'static str,
    pub ask_whether_it_runs: &'static str,
    pub unknown_one: fn(name: &str) -> String,
    pub unknown: fn(name: &str, messages: &str) -> String,
    pub look_them_up: &'static str,
    pub shared_uuid: Counted,
    pub report_shared_uuid: &'static str,
    pub clock_doubted: fn(shown: &str) -> String,
    pub set_clock: fn(expected: &str) -> String,
    pub paused: fn(name: &str) -> String,
    pub mail_will_wait: &'static str,
    pub paused_one_waits: fn(name: &str) -> String,
    pub paused_refused: fn(name: &str, tries: &str) -> String,
    pub resume_or_redirect: &'static str,
    pub by_default: fn(share: &str) -> String,
    pub write_rules: &'static str,
    pub slow: fn(share: &str) -> String,
    pub ask_suppliers: &'static str,
    pub hindrance: HindranceTexts,
    pub after_publishing: &'static AfterPublishingTexts,
    pub levels: &'static ServiceLevelTexts,
    pub rule_expires: fn(rule: &str, day: &str) -> String,
    pub extend_rule: &'static str,
    pub rules_expire: fn(rules: &str, first: &str) -> String,
    pub extend_rules: &'static str,
}

/// That Digital Post deactivates a fagsystem soon, or may have done so.
#[derive(Debug)]
pub(in crate::desktop) struct DeactivationTexts {
    pub nothing_for_days: Counted,
    pub never_anything: &'static str,
    pub nothing: &'static str,
    pub whole: fn(name: &str, since: &str, is_over: bool, countdown: &str) -> String,
    pub may_be_over: &'static str,
    pub in_hours: Counted,
    pub in_days: Counted,
    pub resume: &'static str,
    pub try_it: &'static str,
}

#[derive(Debug)]
pub(in crate::desktop) struct FagsystemColumns {
    pub name: &'static str,
    pub health: &'static str,
    pub last_accepted: &'static str,
    pub messages: &'static str,
    pub failed: &'static str,
    pub under_way: &'static str,
    pub answer: &'static str,
}

/// How long something is, in the largest unit of which there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Moment,
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Length {
    /// How long ago something was.
    pub fn since(then: Timestamp, now: Timestamp) -> Self {
        let seconds = now.duration_since(then).as_secs();
        match seconds {
            ..60 => Self::Moment,
            60..3_600 => Self::Minutes(seconds / 60),
            3_600..86_400 => Self::Hours(seconds / 3_600),
            _ => Self::Days(seconds / 86_400),
        }
    }

    /// How long it is until then: never less than what is left.
    pub fn until(then: Timestamp, now: Timestamp) -> Self {
        let seconds = then.duration_since(now).as_secs();
        match seconds {
            ..=0 => Self::Moment,
            1..86_400 => Self::Hours((seconds + 3_599) / 3_600),
            _ => Self::Days((seconds + 86_399) / 86_400),
        }
    }
}

impl OverviewTexts {
    pub fn share(&self, part: u64, whole: u64) -> String {
        self.grammar.share(part, whole)
    }

    pub fn share_of_all(&self, part: u64, all: u64) -> String {
        (self.share_of_all)(&self.share(part, all))
    }

    pub fn by_default_of(&self, by_default: u64, routed: u64) -> String {
        (self.by_default_of)(&self.grammar.number(by_default), &self.grammar.number(routed))
    }

    pub fn duration(&self, duration: Duration) -> String {
        self.grammar.duration(duration)
    }

    pub fn more_than(&self, duration: Duration) -> String {
        format!("> {}", self.duration(duration))
    }

    pub fn answered_within(&self, limit: Duration) -> String {
        (self.answered_within)(&self.duration(limit))
    }

    pub fn slowest(&self, duration: Duration) -> String {
        (self.slowest)(&self.duration(duration))
    }

    fn weekday(&self, day: Weekday) -> &'static str {
        self.weekdays[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }

    /// When a slot of a chart was.
    pub fn slot(&self, period: OverviewPeriod, slot: &Slot) -> String {
        let (begin, end) = (clock::in_denmark(slot.begin), clock::in_denmark(slot.end));
        let day = format!("{} {}", self.weekday(begin.weekday()), date_text(begin.date()));
        match period {
            OverviewPeriod::Day | OverviewPeriod::Week => (self.hours)(&day, begin.hour(), end.hour()),
            OverviewPeriod::Month => day,
        }
    }

    /// What is written below a slot of a chart; `None` for most.
    pub fn slot_label(&self, period: OverviewPeriod, slot: &Slot) -> Option<String> {
        let begin = clock::in_denmark(slot.begin);
        let short: String = self.weekday(begin.weekday()).chars().take(self.short_weekday).collect();
        match period {
            OverviewPeriod::Day => (begin.hour() % 3 == 0).then(|| format!("{:02}", begin.hour())),
            OverviewPeriod::Week => (begin.hour() == 0).then(|| format!("{short} {}", begin.day())),
            OverviewPeriod::Month => (begin.weekday() == Weekday::Monday).then(|| begin.strftime("%d-%m").to_string()),
        }
    }

    pub fn last_accepted(&self, record: &DeliveryRecord, now: Timestamp) -> String {
        if !record.was_tried() {
            return self.never_tried.to_owned();
        }
        let when = record.last_accepted.map(|accepted| self.ago.of(accepted, now));
        let when = when.unwrap_or_else(|| self.never_accepted.to_owned());
        match self.warning.deactivation.countdown(record, now) {
            Some(countdown) => format!("{when} – {countdown}"),
            None => when,
        }
    }

    pub fn last_failure(&self, failure: &DeliveryFailure, now: Timestamp) -> String {
        (self.last_failure)(&self.ago.of(failure.at, now), &self.why(failure))
    }

    /// Why a message was not accepted, within a sentence.
    fn why(&self, failure: &DeliveryFailure) -> String {
        within_sentence(
            failure.reason.map_or_else(|| (self.outcome)(failure.outcome), |reason| (self.reason)(reason).label),
        )
    }

    /// What to do about a fagsystem that fails like this.
    fn remedy(&self, failure: Option<&DeliveryFailure>) -> &'static str {
        let words = &self.warning;
        let Some(failure) = failure else { return words.ask_supplier };
        match failure.reason {
            _ if failure.outcome == Outcome::Rejected => words.look_at_rejections,
            Some(reason) => (self.reason)(reason).remedy,
            None => words.ask_whether_it_runs,
        }
    }

    /// What needs a person, and what to do.
    pub fn warning(&self, warning: &Warning, now: Timestamp) -> WarningWords {
        let words = &self.warning;
        let number = |number: u64| self.grammar.number(number);
        match warning {
            Warning::RouterStopped => said(words.router_stopped.to_owned(), words.start_router),
            Warning::NoRouterRuns => said(words.routers.none_runs.to_owned(), words.routers.start_one),
            Warning::RouterTrouble(name, trouble) => words.routers.trouble(name, trouble),
            Warning::RouterUnknown => said(words.router_unknown.to_owned(), words.look_at_data),
            Warning::RouterFailed(error) => said(words.router_failed.to_owned(), &(words.error)(error)),
            Warning::RouterRefuses(reason) => said(words.router_refuses.to_owned(), &(words.refuses)(reason)),
            Warning::Deactivation { of: FagsystemRef { name, .. }, record, urgency, is_paused } => {
                let what = words.deactivation.what(name, record, *urgency == Urgency::Over, now);
                let advice = match record.failures {
                    _ if *is_paused => words.deactivation.resume,
                    0 => words.deactivation.try_it,
                    _ => self.remedy(record.last_failure.as_ref()),
                };
                said(what, advice)
            }
            Warning::Failing { of: FagsystemRef { name, .. }, failures, last, .. } => {
                let why = last.as_ref().map(|last| format!(" ({})", self.why(last))).unwrap_or_default();
                let what = match failures {
                    1 => (words.not_accepted)(name, &why),
                    _ => (words.many_not_accepted)(name, &number(*failures), &why),
                };
                said(what, self.remedy(last.as_ref()))
            }
            Warning::Unknown { of: FagsystemRef { name, .. }, messages: 1 } => {
                said((words.unknown_one)(name), words.look_them_up)
            }
            Warning::Unknown { of: FagsystemRef { name, .. }, messages } => {
                said((words.unknown)(name, &number(*messages)), words.look_them_up)
            }
            Warning::SharedUuid { messages } => said(words.shared_uuid.of(*messages), words.report_shared_uuid),
            Warning::ClockDoubted(ClockDoubt { shown, expected }) => {
                said((words.clock_doubted)(&moment_text(*shown)), &(words.set_clock)(&moment_text(*expected)))
            }
            Warning::Paused { of: FagsystemRef { name, .. }, refused, .. } => match refused {
                0 => said((words.paused)(name), words.mail_will_wait),
                1 => said((words.paused_one_waits)(name), words.resume_or_redirect),
                _ => said((words.paused_refused)(name, &number(*refused)), words.resume_or_redirect),
            },
            Warning::ByDefault { messages, of } => {
                said((words.by_default)(&self.share(*messages, *of)), words.write_rules)
            }
            Warning::Slow { messages, of } => said((words.slow)(&self.share(*messages, *of)), words.ask_suppliers),
            Warning::Hindrance { of, hindrance } => {
                words.hindrance.words(hindrance, of.as_ref().map(|of| of.name.as_str()).unwrap_or_default())
            }
            Warning::AfterPublishing { publication, measures, .. } => {
                let after = words.after_publishing;
                said(after.stands_out(publication.get(), measures), after.advice)
            }
            Warning::ServiceLevel { of, promise, month, strain, loss } => {
                let name = of.as_ref().map(|of| of.name.as_str());
                said(words.levels.strained(name, *promise, *month, *strain, loss), words.levels.advice(of.is_some()))
            }
            Warning::Expiring { rules, first, .. } => match rules.as_slice() {
                [rule] => said((words.rule_expires)(&rule.to_string(), &date_text(*first)), words.extend_rule),
                rules => {
                    said((words.rules_expire)(&self.grammar.joined(rules), &date_text(*first)), words.extend_rules)
                }
            },
        }
    }
}

impl AgoTexts {
    fn of(&self, then: Timestamp, now: Timestamp) -> String {
        match Length::since(then, now) {
            Length::Moment => self.moment.to_owned(),
            Length::Minutes(minutes) => self.minutes.of(minutes),
            Length::Hours(hours) => self.hours.of(hours),
            Length::Days(days) => self.days.of(days),
        }
    }
}

impl DeactivationTexts {
    fn what(&self, name: &str, record: &DeliveryRecord, is_over: bool, now: Timestamp) -> String {
        let since = match record.without_success_since().map(|since| Length::since(since, now)) {
            Some(Length::Days(days)) if record.last_accepted.is_some() => self.nothing_for_days.of(days),
            Some(_) => self.never_anything.to_owned(),
            None => self.nothing.to_owned(),
        };
        (self.whole)(name, &since, is_over, &self.countdown(record, now).unwrap_or_default())
    }

    /// When a fagsystem that has accepted nothing for long is deactivated; `None` while that is far off.
    fn countdown(&self, record: &DeliveryRecord, now: Timestamp) -> Option<String> {
        let left = Length::until(record.deactivation()?, now);
        let is_near = record.urgency(now)? > Urgency::Calm;
        is_near.then(|| match left {
            Length::Moment | Length::Minutes(_) => self.may_be_over.to_owned(),
            Length::Hours(hours) => self.in_hours.of(hours),
            Length::Days(days) => self.in_days.of(days),
        })
    }
}
