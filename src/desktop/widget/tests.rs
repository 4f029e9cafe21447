//! What no screen shows yet.

use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{Event as KeyEvent, Key, Location, Modifiers};
use iced::widget::text_input;
use iced::{Element, Event, event};
use iced_test::{Simulator, selector, simulator};
use jiff::civil::{Date, date};

use super::{Calendar, CalendarMessage, shortcuts};
use crate::desktop::{language, settings};
use crate::store::LanguageChoice;

#[test]
fn a_calendar_goes_from_day_to_day_and_month_to_month() {
    let mut calendar = Calendar::at(date(2026, 12, 31));
    let ways = [
        (CalendarMessage::Step(1), date(2027, 1, 1)),
        (CalendarMessage::Step(-7), date(2026, 12, 25)),
        (CalendarMessage::Month(-10), date(2026, 2, 25)),
        (CalendarMessage::Step(6), date(2026, 3, 3)),
    ];
    for (way, day) in ways {
        assert_eq!((calendar.update(way), calendar), (None, Calendar::at(day)));
    }
    let mut calendar = Calendar::at(date(2026, 1, 31));
    calendar.update(CalendarMessage::Month(1));
    assert_eq!(calendar, Calendar::at(date(2026, 2, 28)));
    assert_eq!(calendar.update(CalendarMessage::Pick(date(2026, 3, 1))), Some(date(2026, 3, 1)));
    assert_eq!(calendar, Calendar::at(date(2026, 3, 1)));
}

fn view(calendar: Calendar) -> Element<'static, CalendarMessage> {
    calendar.view(&language::texts(LanguageChoice::Danish).calendar, None, date(2026, 11, 23), |it| it)
}

#[test]
fn a_calendar_ends_where_days_do() {
    for (end, by) in [(Date::MAX, 1), (Date::MIN, -1), (Date::MAX, i32::MAX), (Date::MIN, i32::MIN)] {
        for way in [CalendarMessage::Step(by), CalendarMessage::Month(by)] {
            let mut calendar = Calendar::at(end);
            assert_eq!((calendar.update(way), calendar), (None, Calendar::at(end)));
            drop(Simulator::with_settings(settings(), view(calendar)));
        }
    }
}

#[test]
fn a_calendar_counts_the_weeks_as_iso_does_and_a_click_picks() {
    let mut ui = Simulator::with_settings(settings(), view(Calendar::at(date(2027, 1, 15))));
    for words in ["januar 2027", "Uge", "53", "ma", "sø"] {
        assert!(ui.find(words).is_ok(), "{words}");
    }
    ui.click("15").expect("the day");
    let picked: Vec<_> = ui.into_messages().collect();
    assert!(matches!(picked[..], [CalendarMessage::Pick(day)] if day == date(2027, 1, 15)), "{picked:?}");
}

fn key(key: impl Into<Key>, modifiers: Modifiers) -> Event {
    let key = key.into();
    Event::Keyboard(KeyEvent::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key: Physical::Code(Code::F24),
        location: Location::Standard,
        modifiers,
        text: None,
        repeat: false,
    })
}

#[test]
fn shortcuts_take_what_a_field_leaves_and_what_is_asked_for_before_it() {
    let field = text_input("", "").id("field").on_input(|text| format!("field: {text}"));
    let view = shortcuts(field, |key, _, modifiers| Some(format!("after: {key:?} {}", modifiers.command())))
        .before(|key, _, modifiers| (*key == Key::Character("1".into()) && modifiers.command()).then(|| "one".into()))
        .on_modifiers(|modifiers| format!("modifiers: {}", modifiers.shift()));
    let mut ui: Simulator<'_, String> = simulator(view);
    ui.click(selector::id("field")).expect("the field");
    ui.typewrite("k");
    let changed = Event::Keyboard(KeyEvent::ModifiersChanged(Modifiers::SHIFT));
    ui.simulate([changed]);
    let events = [key(Key::Character("1".into()), Modifiers::CTRL), key(Named::PageUp, Modifiers::empty())];
    assert_eq!(ui.simulate(events), [event::Status::Captured; 2]);
    // The field lets go of the focus, and keeps the key to itself.
    ui.simulate([key(Named::Escape, Modifiers::empty()), key(Named::Escape, Modifiers::empty())]);
    let messages: Vec<_> = ui.into_messages().collect();
    let expected = ["field: k", "modifiers: true", "one", "after: Named(PageUp) false", "after: Named(Escape) false"];
    assert_eq!(messages, expected);
}
