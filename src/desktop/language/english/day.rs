//! Looking at the rules of another day, in English.

use super::grammar::counted;
use crate::desktop::language::texts::day::DayTexts;

pub(super) const TEXTS: DayTexts = DayTexts {
    today: "Today",
    today_mark: "today",
    as_of: |day| format!("as of {day}"),
    look_elsewhere: "Look at another day",
    look_at: |day| format!("See the rules on {day}"),
    back: "Back to today",
    next: "Next change",
    previous: "Previous change",
    next_is: |day| format!("Next change: {day} (Alt+→)"),
    previous_is: |day| format!("Previous change: {day} (Alt+←)"),
    no_next: "No rule begins or ends later",
    no_previous: "No rule begins or ends earlier",
    coming: |day, distance| format!("You see the rules as they are on {day} ({distance})"),
    past: |day| format!("You see today's rules for {day}, not those in force then"),
    tomorrow: "tomorrow",
    in_days: counted("in 1 day", |days| format!("in {days} days")),
    in_years: counted("in more than 1 year", |years| format!("in more than {years} years")),
    day: "Day",
    about: "The rules are shown as they are on that day, everywhere in the window. Mail, figures and publications are today's.",
    changes: "Coming changes",
    no_changes: "No rule begins or ends later.",
    begin: counted("1 rule begins", |count| format!("{count} rules begin")),
    end: counted("1 is over", |count| format!("{count} are over")),
    end_alone: counted("1 rule is over", |count| format!("{count} rules are over")),
    published_alone: |change| format!("{change} (in the publication alone)"),
    nothing_changes: "nothing changes",
    valid_until: |last| format!("Valid until {last}"),
    publishing: |day| {
        format!(
            "When you publish, the rules apply at once, each by its own dates. The effect below is shown from {day} on, not from \
             today."
        )
    },
};
