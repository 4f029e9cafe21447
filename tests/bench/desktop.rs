//! The window: how long people wait for it.

use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use iced_test::core::Size;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::widget::operation::scrollable::{RelativeOffset, snap_to};
use iced_test::runtime::widget::operation;
use iced_test::runtime::{Action, Task, task};
use jiff::Timestamp;
use postfordeler::desktop::{Desktop, Message};
use postfordeler::store::{Imprint, Store};
use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::ratio::{median_ratio, medians};
use crate::window::Window;
use crate::{Measurement, big_book};

const MANY: u32 = 10_000;
const FEW: u32 = 100;
const MANY_MESSAGES: u32 = 1_000_000;
const FEW_MESSAGES: u32 = 1_000;
const SIZE: Size = Size::new(1280.0, 800.0);
const LIST: &str = "rules";

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

/// A data directory with a publication of that many rules, and that many messages of the last thirty days.
pub fn home(rules: u32, messages: u32) -> TempDir {
    let home = TempDir::new().expect("a directory");
    let store = Store::open(home.path()).expect("a store");
    let book = big_book::with_rules(rules).compile().expect("the book has no fault");
    let imprint = Imprint { at: now(), by: String::new(), note: String::new() };
    store.publish_over(&book, imprint).expect("it is published");
    drop(store);
    let journal = Connection::open(home.path().join("postfordeler.db")).expect("the database opens");
    journal.pragma_update(None, "synchronous", "OFF").expect("a setting");
    // Those who write are a thousand different ones, as there are many ways to reach a municipality.
    let rows = "
        WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < ?1)
        INSERT INTO journal (received_at, message_uuid, bytes, sender_kind, sender_cvr, authority, recipient_cvr,
                             contact_point, post_type, publication, fagsystem, priority, outcome, total_us, is_first)
        SELECT (unixepoch('2026-10-25') + number * 2500000 / ?1) * 1000000000,
               printf('%08x-3d5f-4c1b-9a77-0b6e2f84c9d1', number), 18204, 'virksomhed',
               printf('%08d', 20000000 + number % 1000), '11223344', '11223344', 0, 'virksomhedspost', 1, 'esdh',
               1 + number % ?2, 'accepteret', 52000, 1
        FROM counted";
    journal.execute(rows, params![messages, rules]).expect("messages are written");
    journal.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all of it is in one file");
    home
}

/// A window on that directory that has settled.
fn window(home: &Path) -> Window {
    window_of(home, SIZE)
}

/// The same in that size.
pub fn window_of(home: &Path, size: Size) -> Window {
    let (desktop, task) = Desktop::open_as(home, now, String::new());
    let mut window = Window::new(desktop, size);
    window.perform(task);
    window.picture();
    window
}

pub fn list_of_rules() -> [Measurement; 2] {
    let (many, few) = (home(MANY, FEW_MESSAGES), home(FEW, FEW_MESSAGES));
    let (mut many, mut few) = (window(many.path()), window(few.path()));
    let measurement = |what, measured| Measurement { what, measured, most: 2.0, unit: "times" };
    let at_the_top = median_ratio(|| many.lay_out(), || few.lay_out());
    for window in [&mut many, &mut few] {
        window.operate(Box::new(snap_to(LIST.into(), RelativeOffset { x: None, y: Some(0.5) })));
    }
    assert!(many.shows("5000") && few.shows("50"), "the middle is in sight");
    let in_the_middle = median_ratio(|| many.lay_out(), || few.lay_out());
    [
        measurement("Laying out the list of 10,000 rules, against one of 100", at_the_top),
        measurement("The same in the middle of the list", in_the_middle),
    ]
}

/// Until the rules are in sight, against a small municipality, and against a data directory in which nothing has been published,
/// where the first screen is in sight then.
pub fn opening() -> [Measurement; 2] {
    const ROUNDS: usize = 15;
    let (many, few, none) = (home(MANY, MANY_MESSAGES), home(FEW, FEW_MESSAGES), TempDir::new().expect("a directory"));
    let at_first = "Velkommen til Postfordeler";
    let took = || first_picture(many.path(), "10");
    let (took_many, took_few) = medians(ROUNDS, took, || first_picture(few.path(), "10"));
    let (again, took_none) = medians(ROUNDS, took, || first_picture(none.path(), at_first));
    println!(
        "Opening 10,000 rules and 1,000,000 messages, until the first picture: {:.0} ms; 100 and 1,000: {:.0} ms; empty: {:.0} ms, \
         so that the many take {:.0} ms more",
        took_many * 1e3,
        took_few * 1e3,
        took_none * 1e3,
        (again - took_none) * 1e3
    );
    [
        Measurement {
            what: "Opening 10,000 rules and 1,000,000 messages, against 100 and 1,000",
            measured: took_many / took_few,
            most: 10.0,
            unit: "times",
        },
        Measurement {
            what: "Opening 10,000 rules and 1,000,000 messages, against an empty data directory",
            measured: again / took_none,
            most: 10.0,
            unit: "times",
        },
    ]
}

/// A letter typed into the search over the list, until it is on the screen, among 10,000 rules against 100.
pub fn typing() -> Measurement {
    let (many, few) = (home(MANY, FEW_MESSAGES), home(FEW, FEW_MESSAGES));
    let (mut many, mut few) = (window(many.path()), window(few.path()));
    let letter = |window: &mut Window| {
        window.type_text("9");
        window.frame();
        let took = window.type_until_seen('9');
        window.press(Named::Backspace);
        window.press(Named::Backspace);
        took
    };
    for window in [&mut many, &mut few] {
        window.perform(operation::focus::<Message>("rule-search"));
        window.frame();
    }
    let (took_many, took_few) = medians(41, || letter(&mut many), || letter(&mut few));
    println!(
        "A letter typed into the search, until it is drawn: among 10,000 rules {:.1} ms, among 100 {:.1} ms",
        took_many * 1e3,
        took_few * 1e3
    );
    Measurement {
        what: "A letter typed into the search among 10,000 rules, against 100",
        measured: took_many / took_few,
        most: 3.0,
        unit: "times",
    }
}

/// How long it takes until those words are in sight. What is read of the journal meanwhile goes on as it does in the
/// program, and is waited for afterwards.
fn first_picture(home: &Path, words: &str) -> Duration {
    let begun = Instant::now();
    let (desktop, task) = Desktop::open_as(home, now, String::new());
    let mut window = Window::new(desktop, SIZE);
    let mut actions = task::into_stream(task).expect("it looks at the store");
    let mut following = Vec::new();
    while let Some(action) = window.block_on(actions.next()) {
        if let Action::Output(message) = action {
            let task = window.update(message);
            following.push(window.spawn(task));
        }
    }
    let picture = window.picture();
    let took = begun.elapsed();
    assert!(!picture.rgba.is_empty() && window.shows(words), "it is in sight");
    for following in following {
        window.block_on(following).expect("it ends");
    }
    took
}

/// What work on one rule of very many takes, in milliseconds; nothing is promised of it.
pub fn editing() {
    let home = home(MANY, 100_000);
    let mut window = window(home.path());
    let mut told = |what, action: &mut dyn FnMut(&mut Window)| {
        window.take_longest_update();
        let begun = Instant::now();
        action(&mut window);
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1e3;
        let (whole, longest) = (milliseconds(begun.elapsed()), milliseconds(window.take_longest_update()));
        println!("    {what}: {whole:.1} ms, of which the window stands still for {longest:.1} ms");
    };
    println!("With 10,000 rules and 100,000 messages");
    told("choosing a rule", &mut |window| window.press(Named::ArrowDown));
    told("opening it in the editor", &mut |window| window.press(Named::F2));
    told("writing a letter of its note", &mut |window| {
        window.perform(operation::focus("rule-note"));
        window.type_text("a");
    });
    told("switching it off in the editor", &mut |window| {
        window.press(Named::Tab);
        window.press(Named::Space);
    });
    told("saving that, until the draft is kept", &mut |window| {
        window.press_with(Modifiers::CTRL, "s");
    });
    told("taking it back, until the draft is kept", &mut |window| {
        window.press_with(Modifiers::CTRL, "z");
    });
    told("searching", &mut |window| {
        let focus: Task<Message> = operation::focus("rule-search");
        window.perform(focus);
        window.type_text("9");
    });
    told("a letter more", &mut |window| window.type_text("9"));
    told("drawing", &mut |window| drop(window.picture()));
    told("opening the palette", &mut |window| window.press_with(Modifiers::CTRL, "k"));
    told("writing a letter in the palette that few have", &mut |window| window.type_text("q"));
    told("laying that out", &mut |window| window.lay_out());
}
