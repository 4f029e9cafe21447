//! Looking at the rules of another day than today.

use jiff::Unit;
use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::Counted;
use crate::desktop::model::days_of_change::DayOfChange;

/// A distance in days up to this is told in days, above it in years.
const MOST_DAYS: i32 = 730;

#[derive(Debug)]
pub(in crate::desktop) struct DayTexts {
    pub today: &'static str,
    /// The same below a track.
    pub today_mark: &'static str,
    /// In front of a day whose rules are shown: "as of 01-01-2027".
    pub as_of: fn(day: &str) -> String,
    pub look_elsewhere: &'static str,
    /// Leads to the rules of that day.
    pub look_at: fn(day: &str) -> String,
    pub back: &'static str,
    pub next: &'static str,
    pub previous: &'static str,
    /// Which day it is that they lead to.
    pub next_is: fn(day: &str) -> String,
    pub previous_is: fn(day: &str) -> String,
    pub no_next: &'static str,
    pub no_previous: &'static str,
    /// That the rules of a coming day are shown, and how far away it is.
    pub coming: fn(day: &str, distance: &str) -> String,
    /// That the rules of today are shown as they are for a past day.
    pub past: fn(day: &str) -> String,
    pub tomorrow: &'static str,
    pub in_days: Counted,
    pub in_years: Counted,
    /// The field for a day.
    pub day: &'static str,
    /// What looking at another day does, and what it does not.
    pub about: &'static str,
    /// The heading above the coming days on which rules begin or end.
    pub changes: &'static str,
    pub no_changes: &'static str,
    pub begin: Counted,
    pub end: Counted,
    /// The same where none begins.
    pub end_alone: Counted,
    /// Only in the publication, no longer in the draft.
    pub published_alone: fn(&str) -> String,
    pub nothing_changes: &'static str,
    /// Why a rule does not match on a coming day: it ends before it.
    pub valid_until: fn(last: &str) -> String,
    /// On *Ændringer*: what publishing does, whichever day is shown.
    pub publishing: fn(day: &str) -> String,
}

impl DayTexts {
    /// That another day's rules are shown.
    pub fn band(&self, shown: Date, today: Date) -> String {
        let day = date_text(shown);
        if shown > today { (self.coming)(&day, &self.distance(shown, today)) } else { (self.past)(&day) }
    }

    /// "in 35 days", "tomorrow".
    fn distance(&self, day: Date, today: Date) -> String {
        match (day - today).get_days() {
            1 => self.tomorrow.to_owned(),
            days @ ..=MOST_DAYS => self.in_days.of(days.unsigned_abs()),
            _ => self.in_years.of(day.since((Unit::Year, today)).map_or(0, |span| span.get_years().unsigned_abs())),
        }
    }

    /// "3 rules begin, 1 is over".
    pub fn change(&self, change: Option<DayOfChange>) -> String {
        let Some(change) = change else { return self.nothing_changes.to_owned() };
        let begin = (change.begin > 0).then(|| self.begin.of(change.begin));
        let end = (change.end > 0)
            .then(|| if begin.is_some() { self.end.of(change.end) } else { self.end_alone.of(change.end) });
        let words = begin.into_iter().chain(end).collect::<Vec<_>>().join(", ");
        if change.is_published_alone { (self.published_alone)(&words) } else { words }
    }
}
