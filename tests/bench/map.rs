//! The map of the rules: how long a frame of it takes while one points at things.

use std::time::Instant;

use iced_test::core::{Point, Size};
use postfordeler::desktop::Message;
use postfordeler::desktop::Page;

use crate::Measurement;
use crate::desktop::{home, window_of};
use crate::window::Window;

const ROUNDS: u8 = 20;
const LARGE: Size = Size::new(1920.0, 1080.0);

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

/// A whole frame of the map at 1920 × 1080, against one of the list of the same rules.
pub fn frames() -> Measurement {
    let home = home(1_000, 100_000);
    let mut window = window_of(home.path(), LARGE);
    window.send(Message::Show(Page::Rules));
    let list = frame(&mut window);
    window.send(Message::Show(Page::Map));
    let map = frame(&mut window);
    println!(
        "A frame at 1920 × 1080 in which one points at another thing: the map of 1,000 rules {map:.1} ms, their list {list:.1} ms"
    );
    Measurement {
        what: "A frame of the map of 1,000 rules, against one of their list",
        measured: map / list,
        most: 3.0,
        unit: "times",
    }
}
