//! *Driftsmål*: what the service agreement promises, and how far it is kept.

use std::time::Duration;

use jiff::civil::Date;

use crate::clock;
use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar, capitalised};
use crate::desktop::model::health::Loss;
use crate::desktop::model::service_level::{LevelFigure, RouterIncident};
use crate::service_level::{AnswerClass, Promise, RouterEventKind, Strain, Verdict, WindowFault};

#[derive(Debug)]
pub(in crate::desktop) struct ServiceLevelTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub grammar: &'static Grammar,
    pub months: &'static [&'static str; 12],
    pub weekdays: &'static [&'static str; 7],
    /// After a number of hours.
    pub hour: &'static str,
    pub router: &'static str,
    /// The router as the subject of a sentence.
    pub the_router: &'static str,
    pub promise: fn(Promise) -> &'static str,
    pub target: fn(share: &str) -> String,
    pub month_so_far: fn(month: &str) -> String,
    pub system: &'static str,
    pub month: &'static str,
    pub month_by_month: fn(subject: &str) -> String,
    /// Whether a promise is kept in a month that is over, and in the one that is running.
    pub verdict: fn(Verdict) -> &'static str,
    pub so_far: fn(Verdict, Strain) -> &'static str,
    /// Of messages in the month that is running: so far the share is below the target.
    pub below: &'static str,
    pub lost_time: fn(lost: &str, allowed: &str) -> String,
    pub lost_messages: fn(lost: &str, of: &str) -> String,
    pub nothing_lost: &'static str,
    pub nothing_sent: &'static str,
    pub nothing_known: &'static str,
    pub not_running: &'static str,
    pub not_running_hint: &'static str,
    pub in_window: &'static str,
    pub in_windows: Counted,
    pub not_tried: Counted,
    pub answers: &'static str,
    pub answers_hint: &'static str,
    pub class: fn(AnswerClass) -> &'static str,
    pub part_of: fn(part: &str, whole: &str) -> String,
    pub half: &'static str,
    pub most: &'static str,
    pub minutes_lost: fn(minutes: &str) -> String,
    pub messages_lost: Counted,
    pub day_by_day: fn(month: &str) -> String,
    pub all_well: &'static str,
    pub no_messages: &'static str,
    pub more: Counted,
    pub incident: fn(RouterEventKind) -> &'static str,
    pub working_part: fn(&str) -> String,
    /// The same where there is little room.
    pub working_short: fn(&str) -> String,
    /// What the bars of a chart count.
    pub minutes_axis: &'static str,
    pub messages_axis: &'static str,
    /// What the mark of a month means of which nothing is known.
    pub unknown_month: &'static str,
    pub export: &'static str,
    pub file_name: &'static str,
    pub sheet: LevelSheetTexts,
    pub tries: Counted,
    pub windows: &'static str,
    pub windows_about: &'static str,
    pub no_windows: &'static str,
    pub new_window: &'static str,
    pub change_window: &'static str,
    pub delete_window: &'static str,
    pub deleted: &'static str,
    pub entered: &'static str,
    pub save_window: &'static str,
    pub save_change: &'static str,
    pub from: &'static str,
    pub until: &'static str,
    pub clock: &'static str,
    pub scope: &'static str,
    pub scope_all: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub not_a_time: &'static str,
    /// Of a time that clocks skip, and of one that they show twice.
    pub never_shown: &'static str,
    pub shown_twice: &'static str,
    pub fault: fn(WindowFault) -> &'static str,
    pub planned: &'static str,
    pub now: &'static str,
    pub retroactive: &'static str,
    pub working_out: &'static str,
    pub how: &'static str,
    pub how_lines: &'static [&'static str],
    /// Warnings: of whom, what was lost of how much, in which month, by which promise.
    pub uses_time: fn(subject: &str, lost: &str, allowed: &str, month: &str, promise: &str) -> String,
    pub breaks_time: fn(subject: &str, lost: &str, allowed: &str, month: &str, promise: &str) -> String,
    pub uses_messages: fn(subject: &str, lost: &str, allowed: &str, month: &str, promise: &str) -> String,
    pub breaks_messages: fn(subject: &str, lost: &str, of: &str, month: &str, promise: &str) -> String,
    pub look_at_router: &'static str,
    pub look_at_fagsystem: &'static str,
}

/// The headings of the months as a file.
#[derive(Debug)]
pub(in crate::desktop) struct LevelSheetTexts {
    pub promise: &'static str,
    pub target: &'static str,
    pub share: &'static str,
    pub kept: &'static str,
    pub lost_minutes: &'static str,
    pub allowed_minutes: &'static str,
    pub not_running_minutes: &'static str,
    pub window_minutes: &'static str,
    pub sent: &'static str,
    pub unanswered: &'static str,
    pub not_tried: &'static str,
    pub in_windows: &'static str,
    pub answered: &'static str,
    pub in_time: &'static str,
}

impl ServiceLevelTexts {
    /// "99.86%", rounded down; a dash where nothing is known.
    pub fn share(&self, millionths: Option<u32>) -> String {
        let Some(millionths) = millionths else { return "–".to_owned() };
        let Grammar { decimal, percent, .. } = self.grammar;
        match millionths / 100 {
            10_000.. => format!("100{percent}"),
            hundredths => format!("{}{decimal}{:02}{percent}", hundredths / 100, hundredths % 100),
        }
    }

    /// "target 99.8%".
    pub fn target(&self, promise: Promise) -> String {
        let thousandths = promise.thousandths();
        let Grammar { decimal, percent, .. } = self.grammar;
        (self.target)(&format!("{}{decimal}{}{percent}", thousandths / 10, thousandths % 10))
    }

    /// "40 s", "30.2 min", "7 h 1 min", "312 h".
    pub fn time(&self, time: Duration) -> String {
        let (seconds, minutes) = (time.as_secs(), time.as_secs() / 60);
        match seconds {
            ..60 => format!("{seconds} s"),
            60..7_200 => {
                let tenths = time.as_millis() / 6_000;
                match tenths % 10 {
                    0 => format!("{} min", tenths / 10),
                    tenth => format!("{}{}{tenth} min", tenths / 10, self.grammar.decimal),
                }
            }
            _ if minutes % 60 == 0 || minutes >= 100 * 60 => {
                format!("{} {}", self.grammar.number(minutes / 60), self.hour)
            }
            _ => format!("{} {} {} min", minutes / 60, self.hour, minutes % 60),
        }
    }

    /// "november 2026".
    pub fn month_name(&self, day: Date) -> String {
        format!("{} {}", self.month_word(day), day.year())
    }

    /// "nov".
    pub fn short_month(&self, day: Date) -> String {
        self.month_word(day).chars().take(3).collect()
    }

    /// "November 2026 until now".
    pub fn title_of(&self, day: Date, is_running: bool) -> String {
        let name = self.month_name(day);
        capitalised(&if is_running { (self.month_so_far)(&name) } else { name })
    }

    /// "November 2026, day by day".
    pub fn days_of(&self, day: Date) -> String {
        capitalised(&(self.day_by_day)(&self.month_name(day)))
    }

    /// "12 of 1,204".
    pub fn of(&self, part: u64, whole: u64) -> String {
        (self.part_of)(&self.grammar.number(part), &self.grammar.number(whole))
    }

    fn month_word(&self, day: Date) -> &'static str {
        self.months[usize::from(day.month().unsigned_abs()) - 1]
    }

    /// "tirsdag 10-11-2026".
    pub fn day(&self, day: Date) -> String {
        let weekday = self.weekdays[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        format!("{weekday} {}", date_text(day))
    }

    /// Whether a promise is kept: of a month that is over in the end, and of the one that is running so far. Time that is lost
    /// stays lost; but of messages, those that are still to come may bring the share back up.
    pub fn word(&self, figure: &LevelFigure, is_over: bool) -> &'static str {
        match (figure.verdict, figure.loss) {
            (verdict, _) if is_over => (self.verdict)(verdict),
            (Verdict::Broken, Loss::Messages { .. }) => self.below,
            (verdict, _) => (self.so_far)(verdict, figure.strain),
        }
    }

    /// What was lost, of how much.
    pub fn loss(&self, figure: &LevelFigure) -> String {
        let number = |number: u64| self.grammar.number(number);
        match figure.loss {
            _ if figure.verdict == Verdict::Unknown => match figure.loss {
                Loss::Time { .. } => self.nothing_known.to_owned(),
                Loss::Messages { .. } => self.nothing_sent.to_owned(),
            },
            Loss::Time { lost, .. } if lost.is_zero() => self.nothing_lost.to_owned(),
            Loss::Time { lost, allowed } => (self.lost_time)(&self.time(lost), &self.time(allowed)),
            Loss::Messages { lost, of, .. } => (self.lost_messages)(&number(lost), &number(of)),
        }
    }

    /// "09:00–09:10 · 10 min".
    pub fn when(&self, incident: &RouterIncident) -> String {
        let shown = |moment| clock::in_denmark(moment).strftime("%H:%M").to_string();
        let (begin, end) = (incident.span.begin, incident.span.end);
        let is_midnight = clock::midnight(clock::day_of(end)) == end;
        let end = if is_midnight { "24:00".to_owned() } else { shown(end) };
        format!("{}–{end} · {}", shown(begin), self.time(incident.span.length()))
    }

    /// That much, or all, of what a promise allows is lost. `None`: by the router.
    pub fn strained(&self, name: Option<&str>, promise: Promise, month: Date, strain: Strain, loss: &Loss) -> String {
        let subject = name.unwrap_or(self.the_router);
        let (month, promise) = (self.month_word(month), (self.promise)(promise));
        let number = |number: u64| self.grammar.number(number);
        match *loss {
            Loss::Time { lost, allowed } => {
                let words = if strain == Strain::Over { self.breaks_time } else { self.uses_time };
                words(subject, &self.time(lost), &self.time(allowed), month, promise)
            }
            Loss::Messages { lost, of, .. } if strain == Strain::Over => {
                (self.breaks_messages)(subject, &number(lost), &number(of), month, promise)
            }
            Loss::Messages { lost, allowed, .. } => {
                (self.uses_messages)(subject, &number(lost), &number(allowed), month, promise)
            }
        }
    }

    /// What to do about that.
    pub fn advice(&self, is_of_fagsystem: bool) -> &'static str {
        if is_of_fagsystem { self.look_at_fagsystem } else { self.look_at_router }
    }
}

impl ServiceLevelTexts {
    /// What the router could not do, within a sentence.
    pub fn incident_words(&self, incident: &RouterIncident) -> String {
        let what = (self.incident)(incident.kind);
        if incident.working.is_zero() {
            return what.to_owned();
        }
        format!("{what} · {}", (self.working_part)(&self.time(incident.working)))
    }
}
