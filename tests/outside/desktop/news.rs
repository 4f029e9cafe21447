//! What wakes a window at rest: what others write, and time where something shown goes by it; nothing else.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, ToSpan};
use postfordeler::desktop::{Lookout, Message, Page};
use postfordeler::rules::Priority;
use postfordeler::store::Draft;
use tempfile::TempDir;

use super::overview::{Sent, record, sent};
use super::town::*;
use crate::support::Running;
use crate::window::Window;

/// Until something that another program does must have been seen.
const LIMIT: Duration = Duration::from_mins(1);

fn has_news(lookout: &mut Lookout) -> bool {
    lookout.has_news().expect("the window is there")
}

/// A window that has been told of everything, and what looks for news for it.
fn told(data: &TempDir) -> (Window, Lookout) {
    let window = rules(data);
    let mut lookout = window.lookout();
    assert!(has_news(&mut lookout), "at first it knows nothing");
    assert!(!has_news(&mut lookout));
    (window, lookout)
}

/// The window is told of it, and rests again when it has seen it: what its own reading puts in order it may be told of too, but that
/// comes to an end.
#[track_caller]
fn is_news(window: &mut Window, lookout: &mut Lookout) {
    assert!(has_news(lookout));
    for _ in 0..3 {
        window.poll();
        if !has_news(lookout) {
            assert!(!has_news(lookout));
            return;
        }
    }
    panic!("it goes on and on");
}

#[test]
fn a_window_is_told_once_of_what_others_write() {
    let data = town();
    let (mut window, mut lookout) = told(&data);
    publish_elsewhere(&data, |authority| authority.rules.truncate(1));
    is_news(&mut window, &mut lookout);
    window.must_show("1 regel");

    record(&data, [sent("ydelse")]);
    is_news(&mut window, &mut lookout);

    let other = store(&data);
    let Draft { revision, .. } = other.draft().expect("readable");
    let mut book = in_force(&data);
    book.authorities[0].rules.retain(|rule| Some(rule.priority) != Priority::new(10));
    other.save_draft(Some(&book), other.newest_publication_number().expect("readable"), revision).expect("saved");
    is_news(&mut window, &mut lookout);
    window.close();
}

#[test]
fn a_window_is_told_of_a_router_that_comes_and_of_one_that_is_killed() {
    let data = town();
    let (mut window, mut lookout) = told(&data);
    let serve = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().expect("UTF-8")]);
    assert!(has_news(&mut lookout));
    window.poll();
    window.must_show("Kører et andet sted");
    // It writes nothing more.
    drop(serve);
    is_news(&mut window, &mut lookout);
    window.must_not_show("Kører et andet sted");
    window.close();
}

#[test]
fn what_a_window_writes_itself_does_not_keep_it_awake() {
    let data = town();
    let (mut window, mut lookout) = told(&data);
    window.click_rule(20);
    window.fill("rule-note", "min note");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    is_news(&mut window, &mut lookout);
    window.close();
}

/// Waits until the window moves no more, as when notices have gone.
fn come_to_rest(window: &mut Window, resting: usize) {
    let begun = Instant::now();
    while window.subscriptions() > resting {
        assert!(begun.elapsed() < LIMIT, "it goes on moving");
        window.poll();
    }
}

#[test]
fn a_window_at_rest_asks_for_nothing_on_any_page() {
    let data = town();
    record(&data, [sent("ydelse"), sent("dagtilbud")]);
    let mut window = Window::open_at(data.path(), noon);
    window.poll();
    let resting = window.subscriptions();
    let mut lookout = window.lookout();
    assert!(has_news(&mut lookout));
    for page in Page::ALL {
        window.send(Message::Show(page));
        come_to_rest(&mut window, resting);
        // What it has read may have been put in order by that.
        let _ = has_news(&mut lookout);
        assert!(!has_news(&mut lookout), "{page:?}");
        assert_eq!(window.subscriptions(), resting, "{page:?}");
    }
    // A notice goes by time.
    window.click("Fordelingsregler");
    window.click_rule(20);
    window.fill("rule-note", "min note");
    window.ctrl("s");
    assert_eq!(window.subscriptions(), resting + 1);
    window.close();
}

static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> Timestamp {
    Timestamp::from_second(CLOCK.load(Ordering::Relaxed)).expect("a time")
}

#[test]
fn what_goes_by_time_is_shown_when_it_is_time() {
    let set = |time: Timestamp| CLOCK.store(time.as_second(), Ordering::Relaxed);
    let data = town();
    record(&data, [Sent { ago: SignedDuration::from_secs(20), ..sent("ydelse") }]);
    set(noon() + 10.seconds());
    let mut window = Window::open_at(data.path(), clock);
    window.click("Overblik");
    window.resize(1280.0, 2400.0);
    window.must_show_part("for et øjeblik siden");
    let mut lookout = window.lookout();
    assert!(has_news(&mut lookout));
    set(noon() + 39.seconds());
    assert!(!has_news(&mut lookout));
    // The clock is at the same minute, and the message a minute old.
    set(noon() + 40.seconds());
    is_news(&mut window, &mut lookout);
    window.must_show_part("for 1 minut siden");
    set(noon() + 59.seconds());
    assert!(!has_news(&mut lookout));
    window.close();
}

#[test]
fn a_window_hears_by_itself_of_what_others_write() {
    let data = town();
    let mut window = rules(&data);
    let writer = std::thread::scope(|scope| {
        let written = scope.spawn(|| publish_elsewhere(&data, |authority| authority.rules.truncate(1)));
        window.hear_until(|window| window.shows("1 regel"));
        written.join()
    });
    writer.expect("it is written");
    window.must_show("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    window.close();
}

#[test]
fn what_the_system_does_not_tell_of_is_seen_all_the_same() {
    let data = town();
    let (window, mut lookout) = told(&data);
    let mut watch = store(&data).watch().untold();
    publish_elsewhere(&data, |authority| authority.rules.truncate(1));
    watch.wait();
    assert!(has_news(&mut lookout));
    assert!(!has_news(&mut lookout));
    window.close();
}
