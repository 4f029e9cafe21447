//! The machine's clock is set while the window is open.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{Timestamp, ToSpan};

use super::overview::{many, record, sent};
use super::town::{noon, town};
use crate::window::Window;

static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> Timestamp {
    Timestamp::from_second(CLOCK.load(Ordering::Relaxed)).expect("a time")
}

/// A window that was opened while the clock was wrong by years goes by the right time once the clock is set, without being
/// opened anew.
#[test]
fn a_window_goes_by_the_clock_as_it_is_now() {
    let data = town();
    record(&data, many(7, || sent("dagtilbud")));
    CLOCK.store((noon() + (5 * 365 * 24).hours()).as_second(), Ordering::Relaxed);
    let mut window = Window::open_at(data.path(), clock);
    window.ctrl("1");
    window.resize(1600.0, 1300.0);
    window.must_not_show("7");
    // Set back to the right time.
    CLOCK.store(noon().as_second(), Ordering::Relaxed);
    window.wait_for("7");
    window.click("Fordelingsregler");
    window.wait_for("7");
    // And forward by a day, in which nothing came.
    window.ctrl("1");
    CLOCK.store((noon() + 48.hours()).as_second(), Ordering::Relaxed);
    window.wait_until(|window| !window.shows("7"));
    window.close();
}
