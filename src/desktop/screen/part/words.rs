//! The words that widgets show. Widgets are below the languages and have none of their own.

use iced::Element;

use crate::desktop::language::Texts;
use crate::desktop::widget::{CalendarWords, ChoiceWords, note};

/// The words of a choice list.
pub(in crate::desktop) fn choice_words(t: &'static Texts) -> ChoiceWords {
    let texts = &t.input.choices;
    ChoiceWords { nothing_fits: texts.nothing_fits, refused: texts.refused }
}

/// The words of a calendar.
pub(in crate::desktop) fn calendar_words(t: &'static Texts) -> CalendarWords {
    let texts = &t.calendar;
    CalendarWords {
        months: &texts.months,
        weekdays: texts.weekdays,
        week: texts.week,
        previous: texts.previous,
        next: texts.next,
        today: texts.today,
    }
}

/// Why a form cannot be saved: the names of its missing or invalid fields.
pub(in crate::desktop) fn obstacles<'a, Message: 'a>(
    t: &'static Texts,
    fields: &[&str],
) -> Option<Element<'a, Message>> {
    (!fields.is_empty()).then(|| note(t.input.lacking(fields)).into())
}
