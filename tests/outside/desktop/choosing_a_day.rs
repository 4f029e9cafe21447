//! How people come to another day than today, and back.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Rectangle};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};

use super::other_day::{BACK, BAND, DAY, FIELD, TRACK, changing, look_at, on_new_years_day, open};
use super::town::*;
use crate::window::Window;

#[test]
fn the_days_on_which_something_changes_are_gone_through_one_by_one() {
    let data = changing();
    let mut window = open(&data);
    let next = |window: &mut Window| window.press_with(Modifiers::ALT, Named::ArrowRight);
    let back = |window: &mut Window| window.press_with(Modifiers::ALT, Named::ArrowLeft);
    next(&mut window);
    window.must_show("pr. 01-01-2027");
    next(&mut window);
    window.must_show("pr. 01-01-2030");
    // There is none after it.
    next(&mut window);
    window.must_show("pr. 01-01-2030");
    back(&mut window);
    window.must_show("pr. 01-01-2027");
    back(&mut window);
    window.must_show("pr. 01-01-2026");
    window.ctrl("t");
    // The same in the choice, with what changes.
    window.click("I dag");
    window.must_show("2 regler begynder, 1 er slut");
    window.click_last_beside("2 regler begynder, 1 er slut", DAY);
    window.must_show(BAND);
    window.press(Named::Escape);
    // What only the draft ends or begins counts too.
    window.click_rule(10);
    window.fill("rule-to", "31-03-2027");
    window.ctrl("s");
    window.click_first_icon(Icon::ChevronRight);
    window.must_show("pr. 01-04-2027");
    window.close();
}

#[test]
fn the_handle_is_moved_with_keys_and_with_the_mouse() {
    let data = changing();
    let mut window = on_new_years_day(&data);
    window.focus(TRACK);
    window.press(Named::ArrowRight);
    window.must_show("pr. 02-01-2027");
    window.press(Named::ArrowLeft);
    window.press(Named::ArrowLeft);
    window.must_show("pr. 31-12-2026");
    window.press_with(Modifiers::SHIFT, Named::ArrowRight);
    window.must_show("pr. 31-01-2027");
    window.press(Named::PageUp);
    window.must_show("pr. 01-01-2027");
    window.press(Named::PageDown);
    window.must_show("pr. 01-01-2030");
    window.press(Named::End);
    window.must_show("pr. 01-01-2030");
    window.press(Named::Home);
    window.must_show("pr. 15-07-2025");
    // The track reaches from a year before today to the last change. Today is where the mark says so.
    let Rectangle { x, y, width, .. } = window.field(TRACK);
    window.point_nowhere();
    let today = window.texts().into_iter().find(|text| text.words == "i dag").expect("today is marked").bounds;
    let (line, days) = (y + 11.0, (date(2030, 1, 1) - date(2025, 7, 15)).get_days());
    assert!((x..x + width).contains(&today.center_x()));
    let at = |day: jiff::civil::Date| {
        let along = f64::from((day - date(2025, 7, 15)).get_days()) / f64::from(days);
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        Point::new(x + 12.0 + (width - 24.0) * along as f32, line)
    };
    window.drag(at(date(2025, 7, 15)), at(date(2028, 5, 1)));
    window.must_show_part("-2028: intet ændrer sig");
    // Near a day of change it goes there.
    window.point_at(at(date(2027, 1, 3)));
    window.must_show("pr. 01-01-2027");
    window.must_show("01-01-2027: 2 regler begynder, 1 er slut");
    // Beyond the end it stops, and once it is let go it stays.
    window.point_at(Point::new(3000.0, line));
    window.must_show("pr. 01-01-2030");
    window.mouse_up();
    window.point_at(at(date(2027, 1, 1)));
    window.must_show("pr. 01-01-2030");
    window.close();
}

#[test]
fn a_day_that_is_meant_otherwise_is_told_as_that() {
    let data = changing();
    let mut window = open(&data);
    let told = [
        ("i morgen", "Du ser reglerne, som de gælder 16-07-2026 (i morgen)"),
        ("om 2 uger", "Du ser reglerne, som de gælder 29-07-2026 (om 14 dage)"),
        ("1. marts 2030", "Du ser reglerne, som de gælder 01-03-2030 (om mere end 3 år)"),
        ("i går", "Du ser reglerne af i dag for 14-07-2026, ikke dem, der gjaldt dengang"),
        ("01-01-1900", "Du ser reglerne af i dag for 01-01-1900, ikke dem, der gjaldt dengang"),
    ];
    for (written, band) in told {
        look_at(&mut window, written);
        window.must_show(band);
    }
    // What is no day changes nothing, and says so.
    window.ctrl("g");
    window.fill(FIELD, "32-01-2027");
    window.press(Named::Enter);
    window.must_show_below("Den dato findes ikke", FIELD);
    window.must_show_part("01-01-1900");
    window.press(Named::Escape);
    window.must_not_show("Kommende ændringer");
    look_at(&mut window, "i dag");
    window.must_not_show(BACK);
    window.close();
}

#[test]
fn a_day_very_far_away_is_a_day_like_any_other() {
    let data = changing();
    let mut window = open(&data);
    window.click_rule(10);
    window.fill("rule-note", "Se sag 4");
    window.ctrl("s");
    window.take_longest_update();
    for day in ["01-01-1900", "31-12-9999", "01-01-0001"] {
        look_at(&mut window, day);
        for page in Page::ALL {
            window.send(Message::Show(page));
            window.must_show(&format!("pr. {day}"));
        }
        window.send(Message::Show(Page::Rules));
        for key in [Named::ArrowRight, Named::ArrowLeft] {
            window.focus(TRACK);
            window.press(key);
            window.press_with(Modifiers::SHIFT, key);
        }
    }
    assert!(window.take_longest_update() < Duration::from_secs(1));
    window.close();
}

#[test]
fn a_day_that_is_typed_takes_the_place_of_the_one_that_stands_there() {
    let data = changing();
    let mut window = open(&data);
    window.ctrl("g");
    window.type_text("01-02-2031");
    window.press(Named::Enter);
    window.must_show("pr. 01-02-2031");
    window.close();
}

#[test]
fn a_window_opens_on_today() {
    let data = changing();
    on_new_years_day(&data).close();
    let mut window = open(&data);
    window.must_show("I dag");
    window.must_not_show(BACK);
    window.close();
}

static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> Timestamp {
    Timestamp::from_second(CLOCK.load(Ordering::Relaxed)).expect("a time")
}

#[test]
fn tomorrow_is_today_once_midnight_has_passed() {
    CLOCK.store(noon().as_second(), Ordering::Relaxed);
    let data = changing();
    let mut window = Window::open_at(data.path(), clock);
    look_at(&mut window, "i morgen");
    window.must_show("pr. 16-07-2026");
    CLOCK.store((noon() + 24.hours()).as_second(), Ordering::Relaxed);
    window.poll();
    window.must_not_show("pr. 16-07-2026");
    window.must_not_show(BACK);
    window.must_show("I dag");
    window.close();
}
