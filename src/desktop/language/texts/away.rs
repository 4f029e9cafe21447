//! What would wait if a fagsystem were away.

use jiff::Timestamp;

use super::fields::CalendarTexts;
use crate::clock;
use crate::desktop::language::format::moment_text;
use crate::desktop::language::grammar::{Counted, Grammar, capitalised};
use crate::rules::Caseless;
use crate::store::{FagsystemFigures, Overview};

/// At most this many contact points are named.
const MOST_POINTS: usize = 3;

#[derive(Debug)]
pub(in crate::desktop) struct AwayTexts {
    pub grammar: &'static Grammar,
    pub calendar: &'static CalendarTexts,
    /// The heading above all fagsystems, and that of one.
    pub title: &'static str,
    pub of_one: &'static str,
    /// What the numbers come from: the hour, and in how many weeks.
    pub counted_from: fn(weekday: &str, from: i8, to: i8, weeks: &str) -> String,
    pub weeks: Counted,
    pub hour_unknown: &'static str,
    /// So many in an hour, about.
    pub would_wait: Counted,
    pub less_than_one: &'static str,
    pub nothing: &'static str,
    pub via: fn(points: &str) -> String,
    pub unknown: &'static str,
    /// When Digital Post deactivates it, and how long that is.
    pub deactivated: fn(when: &str, left: &str) -> String,
    pub in_hours: Counted,
    pub in_days: Counted,
    pub may_be_deactivated: fn(when: &str) -> String,
    pub deactivation_unknown: &'static str,
}

impl AwayTexts {
    /// What the numbers come from.
    pub fn counted_from(&self, overview: &Overview, now: Timestamp) -> String {
        if overview.usual_weeks == 0 {
            return self.hour_unknown.to_owned();
        }
        let here = clock::in_denmark(now);
        let weekday = self.calendar.weekday(here.weekday());
        (self.counted_from)(weekday, here.hour(), here.hour() + 1, &self.weeks.of(overview.usual_weeks))
    }

    /// What would wait if it were away now. `name` gives a contact point's title by its id.
    pub fn waiting(&self, figures: &FagsystemFigures, weeks: u64, name: impl Fn(&Caseless) -> String) -> String {
        if weeks == 0 || !figures.record.was_tried() {
            return capitalised(self.unknown);
        }
        let usual = &figures.usual;
        let an_hour = (usual.messages + weeks / 2) / weeks;
        let words = match an_hour {
            0 if usual.messages == 0 => return capitalised(self.nothing),
            0 => self.less_than_one.to_owned(),
            an_hour => self.would_wait.of(an_hour),
        };
        let points: Vec<_> = usual.contact_points.iter().take(MOST_POINTS).map(|(point, _)| name(point)).collect();
        let via = if points.is_empty() { String::new() } else { (self.via)(&self.grammar.joined(&points)) };
        capitalised(&(words + &via))
    }

    /// When Digital Post deactivates it if it accepts nothing from now on.
    pub fn deactivation(&self, figures: &FagsystemFigures, now: Timestamp) -> String {
        let Some(at) = figures.record.deactivation() else { return self.deactivation_unknown.to_owned() };
        let weekday = self.calendar.weekday(clock::in_denmark(at).weekday());
        let when = format!("{weekday} {}", moment_text(at));
        let hours = at.duration_since(now).as_hours();
        match hours {
            _ if at <= now => (self.may_be_deactivated)(&when),
            ..48 => (self.deactivated)(&when, &self.in_hours.of(hours.unsigned_abs())),
            _ => (self.deactivated)(&when, &self.in_days.of((hours / 24).unsigned_abs())),
        }
    }
}
