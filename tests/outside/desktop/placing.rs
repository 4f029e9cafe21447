//! Where the window opens, and how much everything is enlarged on the screen that it is on.

use std::fs;
use std::path::Path;

use iced_test::core::{Point, Size, window::Id};
use postfordeler::desktop::{Message, Page, WindowMessage};
use serde_json::Value;

use super::town::*;
use crate::window::Window;

/// What the system says of a screen of that many pixels, on which it enlarges everything by `scale`.
fn seen(window: &Window, (width, height): (f32, f32), scale: f32) -> Message {
    let logical = scale * window.scale_factor();
    let size = Some(Size::new(width / logical, height / logical));
    Message::Window(WindowMessage::Seen { id: Id::unique(), scale, size, is_maximized: false })
}

fn kept(data: &Path) -> Value {
    serde_json::from_slice(&fs::read(data.join("own.json")).expect("it is kept")).expect("JSON")
}

/// The room that a window has there, without the title and the system's own bar.
fn room(window: &Window, (width, height): (f32, f32), scale: f32) -> (f32, f32) {
    let by = window.scale_factor();
    (width / scale / by, (height / scale - 80.0) / by)
}

#[test]
fn every_screen_has_room_for_the_window_however_much_is_enlarged() {
    let data = town();
    for (pixels, scale, expected) in [
        ((1920.0, 1080.0), 1.0, Some(1.0)),
        ((1920.0, 1080.0), 1.5, Some(1.0)),
        ((1920.0, 1080.0), 2.0, Some(1.0)),
        ((1920.0, 1080.0), 3.0, None),
        ((1366.0, 768.0), 2.0, None),
        ((3840.0, 2160.0), 3.0, Some(1.0)),
        ((1024.0, 768.0), 1.0, Some(1.0)),
        ((800.0, 600.0), 1.25, None),
    ] {
        let mut window = rules(&data);
        window.send(seen(&window, pixels, scale));
        let by = window.scale_factor();
        match expected {
            Some(expected) => assert!((by - expected).abs() < 0.001, "{by} of {pixels:?} at {scale}"),
            None => assert!(by < 1.0 && by * scale >= 0.5, "{by} of {pixels:?} at {scale}"),
        }
        let (width, height) = room(&window, pixels, scale);
        assert!(width >= 759.9 && height >= 459.9, "{width} x {height} of {pixels:?} at {scale}");
        // Nor does zooming in take that room.
        for _ in 0..8 {
            window.send(Message::Zoom(1));
        }
        let (width, height) = room(&window, pixels, scale);
        assert!(width >= 759.9 && height >= 459.9, "{width} x {height} of {pixels:?} at {scale}, zoomed in");
        if window.scale_factor() < 2.0 {
            window.must_show("Skærmen har ikke plads til, at alt bliver større.");
        }
        window.send(Message::Zoom(0));
        window.close();
    }
}

#[test]
fn on_a_larger_screen_everything_is_as_large_as_it_was_chosen() {
    let data = town();
    let mut window = rules(&data);
    window.send(Message::Zoom(1));
    window.send(Message::Zoom(1));
    assert!((window.scale_factor() - 1.25).abs() < 0.001);
    window.send(seen(&window, (1920.0, 1080.0), 3.0));
    let small = window.scale_factor();
    assert!(small < 1.0, "{small}");
    window.send(seen(&window, (1920.0, 1080.0), 3.0));
    assert!((window.scale_factor() - small).abs() < 0.001, "looking twice changes nothing");
    window.send(seen(&window, (3840.0, 2160.0), 2.0));
    assert!((window.scale_factor() - 1.25).abs() < 0.001);
    window.close();
    assert_eq!(kept(data.path())["zoom_percent"], 125);
}

#[test]
fn the_place_and_the_size_are_kept_but_not_those_of_a_maximized_window() {
    let data = town();
    let id = Id::unique();
    let mut window = rules(&data);
    let whole = Some(Size::new(1920.0, 1080.0));
    let looked = |is_maximized| Message::Window(WindowMessage::Seen { id, scale: 1.0, size: whole, is_maximized });
    window.send(looked(false));
    window.send(Message::Window(WindowMessage::Moved(id, Point::new(-300.0, 40.0))));
    window.send(looked(false));
    window.send(Message::Window(WindowMessage::Resized(id, Size::new(1100.0, 700.0))));
    window.send(looked(false));
    window.send(Message::Window(WindowMessage::Moved(id, Point::new(0.0, 0.0))));
    window.send(Message::Window(WindowMessage::Resized(id, Size::new(1920.0, 1080.0))));
    window.send(looked(true));
    window.close();
    let own = kept(data.path());
    assert_eq!((&own["window"], &own["is_maximized"]), (&serde_json::json!([1100, 700]), &Value::Bool(true)));
    assert_eq!(own["place"], serde_json::json!([-300, 40]));
}

/// In the least room that a screen leaves, every page can be reached, and has something to read.
#[test]
fn pages_are_usable_in_the_least_room() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.resize(760.0, 460.0);
    for page in Page::ALL {
        window.send(Message::Show(page));
        window.lay_out();
    }
    window.close();
}
