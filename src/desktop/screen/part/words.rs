//! The words that widgets show, taken from the texts of the window's language. Widgets know no texts themselves.

use iced::Element;

use crate::desktop::language::Texts;
use crate::desktop::widget::{CalendarWords, ChoiceWords, note};

/// What a list to choose from says.
pub(in crate::desktop) fn choice_words(t: &'static Texts) -> ChoiceWords {
    let texts = &t.input.choices;
    ChoiceWords { nothing_fits: texts.nothing_fits, refused: texts.refused }
}

/// The names in a calendar.
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

/// Why a form cannot be saved: the names of the fields that are missing or wrong.
pub(in crate::desktop) fn obstacles<'a, Message: 'a>(
    t: &'static Texts,
    fields: &[&str],
) -> Option<Element<'a, Message>> {
    (!fields.is_empty()).then(|| note(t.input.lacking(fields)).into())
}
