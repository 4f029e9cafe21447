//! What a window draws anew, as it counts over a slow line: the share of its tiles whose pixels change.

use iced_test::core::mouse::ScrollDelta;
use iced_test::core::{Point, Rectangle};
use postfordeler::store::Outcome;

use super::town::*;
use super::travelling::{come, entry};
use crate::window::{Picture, Window};

/// As `resources/softbuffer` sends them.
const TILE: (usize, usize) = (32, 8);

/// The share of the tiles that differ, in percent.
fn changed(before: &Picture, after: &Picture) -> f64 {
    assert_eq!((before.width, before.height), (after.width, after.height));
    let (width, height) = (before.width as usize, before.height as usize);
    let row = |picture: &Picture, x: usize, y: usize| {
        let end = (x + TILE.0).min(width);
        picture.rgba[4 * (y * width + x)..4 * (y * width + end)].to_vec()
    };
    let (mut all, mut differing) = (0_u32, 0_u32);
    for y in (0..height).step_by(TILE.1) {
        for x in (0..width).step_by(TILE.0) {
            all += 1;
            let rows = y..(y + TILE.1).min(height);
            differing += u32::from(rows.into_iter().any(|y| row(before, x, y) != row(after, x, y)));
        }
    }
    100.0 * f64::from(differing) / f64::from(all)
}

fn changed_by(window: &mut Window, act: impl FnOnce(&mut Window)) -> f64 {
    let before = window.picture();
    act(window);
    changed(&before, &window.picture())
}

#[test]
fn a_window_that_nobody_touches_draws_nothing_anew() {
    let data = town();
    let mut window = rules(&data);
    for _ in 0..3 {
        assert!(changed_by(&mut window, Window::poll) <= 0.0);
    }
    window.click("Router");
    window.click("Start");
    window.must_show("Kører");
    assert!(changed_by(&mut window, Window::poll) <= 0.0);
    window.close();
}

#[test]
fn what_people_do_draws_anew_what_it_concerns() {
    let data = town();
    let mut window = rules(&data);
    let row = window.find("20");
    window.point_at(Point::new(row.center_x(), row.center_y()));
    let hovered = changed_by(&mut window, |window| {
        window.point_at(Point::new(row.center_x(), row.center_y() + row.height * 2.0));
    });
    assert!(0.0 < hovered && hovered < 10.0, "pointing at another row draws {hovered} % anew");
    window.click("20");
    window.click_field("rule-note");
    let typed = changed_by(&mut window, |window| window.type_text("a"));
    assert!(0.0 < typed && typed < 5.0, "a letter draws {typed} % anew");
    window.close();
}

/// The renderer goes through all of the window for each area that has changed, so that very many take several times as long as all of
/// it. When other rows come into sight, it draws the window once, as a whole.
#[test]
fn other_rows_in_sight_draw_the_window_as_a_whole() {
    let data = town();
    store(&data).save_kle_plan(&super::kle::plan()).expect("it is kept");
    come(&data, (0..40).map(|_| entry(&data, Outcome::Accepted)));
    let mut window = Window::open_at(data.path(), noon);
    let searches = [
        ("Fordelingsregler", "rule-search", "kle"),
        ("Kontaktpunkter", "point-search", "skole"),
        ("KLE-plan", "kle-search", "dagtilbud"),
    ];
    for (screen, field, words) in searches {
        window.click(screen);
        window.click_field(field);
        window.frame();
        window.type_text(words);
        let areas = window.frame();
        assert!(is_whole(&areas), "{words} in {field} draws {areas:?}");
    }
    window.click("Meddelelser");
    window.resize(1280.0, 600.0);
    window.point_at(Point::new(640.0, 400.0));
    window.frame();
    window.wheel(ScrollDelta::Lines { x: 0.0, y: -2.0 });
    let areas = window.frame();
    assert!(is_whole(&areas), "scrolling the messages draws {areas:?}");
    assert_eq!(window.frame(), [], "and nothing once they stand");
    window.click("Router");
    window.frame();
    come(&data, [entry(&data, Outcome::Rejected)]);
    window.poll();
    let areas = window.frame();
    assert!(is_whole(&areas), "a message above all others draws {areas:?}");
    window.close();
}

fn is_whole(areas: &[Rectangle]) -> bool {
    matches!(areas, [all] if all.x == 0.0 && all.y == 0.0 && all.width >= 1280.0 && all.height >= 600.0)
}
