//! The map of the rules: how long a frame of it takes while one points at things, and while messages travel over it.

use std::path::Path;
use std::time::{Duration, Instant};

use iced_test::core::{Point, Size};
use postfordeler::desktop::Message;
use postfordeler::desktop::Page;
use rusqlite::{Connection, params};

use crate::Measurement;
use crate::desktop::{home, window_of};
use crate::ratio::medians;
use crate::window::Window;

const ROUNDS: u8 = 20;
const SMALL: Size = Size::new(1280.0, 800.0);
const LARGE: Size = Size::new(1920.0, 1080.0);
/// So many messages travel at a time.
const TRAVELLING: u32 = 50;
/// They have all set out by then, and none has arrived.
const SET_OUT: Duration = Duration::from_millis(600);
const FRAME: Duration = Duration::from_millis(16);
const FRAMES: usize = 41;

/// The median time of a frame in which the mouse comes to another place, in milliseconds.
fn frame(window: &mut Window) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let begun = Instant::now();
            window.point_at(Point::new(600.0, 200.0 + f32::from(round) * 30.0));
            let picture = window.picture();
            assert!(!picture.rgba.is_empty(), "it is drawn");
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A whole frame of the map at 1920 × 1080, against one of the list of the same rules; and one in which messages travel over it,
/// against one in which none do.
pub fn frames() -> Vec<Measurement> {
    let home = home(1_000, 100_000);
    let mut window = window_of(home.path(), LARGE);
    window.send(Message::Show(Page::Rules));
    let list = frame(&mut window);
    window.send(Message::Show(Page::Map));
    let map = frame(&mut window);
    println!(
        "A frame at 1920 × 1080 in which one points at another thing: the map of 1,000 rules {map:.1} ms, their list {list:.1} ms"
    );
    let pointing = Measurement {
        what: "A frame of the map of 1,000 rules, against one of their list",
        measured: map / list,
        most: 3.0,
        unit: "times",
    };
    let travelling = [(40, SMALL), (40, LARGE), (1_000, SMALL), (1_000, LARGE)];
    let slowest = travelling.into_iter().map(|(rules, size)| travelling_against_still(rules, size)).fold(0.0, f64::max);
    let travelling = Measurement {
        what: "A frame in which 50 messages travel over the map, as on a display, against one that is drawn as a whole",
        measured: slowest,
        most: 2.0,
        unit: "times",
    };
    vec![pointing, travelling]
}

/// How many times as long a frame takes while messages travel, with what has changed in it alone drawn anew, as a whole one without.
fn travelling_against_still(rules: u32, size: Size) -> f64 {
    let home = home(rules, 10_000);
    let open = || {
        let mut window = window_of(home.path(), size);
        window.send(Message::Show(Page::Map));
        window.click("Levende");
        window.picture();
        window
    };
    let (mut moving, mut still) = (open(), open());
    write_messages(home.path(), rules);
    moving.poll();
    moving.pass_time(SET_OUT);
    assert!(moving.shows_part("50 undervejs"), "they travel");
    let next = |window: &mut Window, draw: fn(&mut Window)| {
        window.pass_time(FRAME);
        let begun = Instant::now();
        draw(window);
        begun.elapsed()
    };
    let as_on_a_display = |window: &mut Window| assert!(!window.frame().is_empty(), "they have moved on");
    let whole = |window: &mut Window| assert!(!window.picture().rgba.is_empty(), "it is drawn");
    let (took, took_still) = medians(FRAMES, || next(&mut moving, as_on_a_display), || next(&mut still, whole));
    assert!(moving.shows_part("50 undervejs"), "they travel still");
    let (width, height) = (size.width, size.height);
    println!(
        "A frame of the map of {rules} rules at {width} × {height}: {:.1} ms with 50 messages under way, {:.1} ms as a whole at rest",
        took * 1e3,
        took_still * 1e3
    );
    took / took_still
}

/// Messages that have just come.
fn write_messages(home: &Path, rules: u32) {
    let journal = Connection::open(home.join("postfordeler.db")).expect("the database opens");
    let rows = "
        WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < ?1)
        INSERT INTO journal (received_at, message_uuid, bytes, sender_kind, sender_cvr, authority, recipient_cvr,
                             contact_point, post_type, publication, fagsystem, priority, outcome, total_us, is_first)
        SELECT unixepoch('2026-11-23 12:00:00') * 1000000000,
               printf('%08x-4d5f-4c1b-9a77-0b6e2f84c9d1', number), 18204, 'virksomhed',
               printf('%08d', 20000000 + number), '11223344', '11223344', 0, 'virksomhedspost', 1, 'esdh',
               1 + number * 7 % ?2, 'accepteret', 52000, 1
        FROM counted";
    journal.execute(rows, params![TRAVELLING, rules]).expect("messages are written");
}
