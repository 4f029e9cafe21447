//! The tour: it begins by itself once, points at what is shown, and can be left at any moment.

use std::fs;

use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Rectangle, Size};
use lucide_icons::Icon;
use postfordeler::desktop::{Desktop, Message, Page};
use tempfile::TempDir;

use super::town::*;
use crate::window::{Window, user};

/// A window as a person opens it.
fn opened(data: &TempDir) -> Window {
    let (desktop, task) = Desktop::open_as(data.path(), noon, user(data.path()));
    let mut window = Window::new(desktop.greeting(), Size::new(1280.0, 800.0));
    window.perform(task);
    window.resize(1280.0, 800.0);
    window
}

fn step(window: &mut Window) -> Option<String> {
    let texts = window.texts();
    texts.into_iter().map(|text| text.words).find(|words| words.starts_with("Rundvisning: "))
}

/// What each step points at, and the title of the screen meanwhile.
const STEPS: [(&str, &str); 5] = [
    ("page-Map", "Kort"),
    ("page-Rules", "Fordelingsregler"),
    ("page-TryMessage", "Prøv en meddelelse"),
    ("publish", "Ændringer"),
    ("page-Messages", "Meddelelser"),
];

/// The card stands beside what it is about, and in the window.
#[track_caller]
fn must_point_at(window: &mut Window, id: &'static str, size: (f32, f32)) {
    let (card, about) = (window.field("tour"), window.field(id));
    assert!(card.intersection(&about).is_none(), "{id} is covered");
    let gap =
        |one: f32, length: f32, other: f32, other_length: f32| (other - one - length).max(one - other - other_length);
    let across = gap(card.x, card.width, about.x, about.width);
    let down = gap(card.y, card.height, about.y, about.height);
    assert!(across <= 20.0 && down <= 20.0, "{id} at {about:?}, and the card at {card:?}");
    let whole = Rectangle::with_size(Size::new(size.0, size.1));
    assert!(card.is_within(&whole), "{card:?}");
}

#[test]
fn it_begins_by_itself_and_points_at_what_is_shown_and_never_again() {
    let data = town();
    let mut window = opened(&data);
    for (number, (id, title)) in (1..).zip(STEPS) {
        assert_eq!(step(&mut window), Some(format!("Rundvisning: {number} af 5")));
        assert!(window.count(title) >= 2, "{title} is the link and the title");
        for size in [(1280.0, 800.0), (960.0, 600.0), (900.0, 600.0), (1920.0, 1080.0)] {
            window.resize(size.0, size.1);
            must_point_at(&mut window, id, size);
        }
        // The button that goes on has the focus.
        window.press(Named::Enter);
    }
    assert_eq!(step(&mut window), None);
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window.close();
    let mut again = opened(&data);
    assert_eq!(step(&mut again), None);
    again.close();
}

/// In what way people leave it.
#[derive(Clone, Copy)]
enum Way {
    Escape,
    Button,
    Cross,
    /// A click where nothing is.
    Beside,
}

#[test]
fn it_is_left_at_any_step_and_that_is_remembered() {
    for steps in 0..STEPS.len() {
        for way in [Way::Escape, Way::Button, Way::Cross, Way::Beside] {
            let data = town();
            let mut window = opened(&data);
            (0..steps).for_each(|_| window.click("Næste"));
            assert_eq!(step(&mut window), Some(format!("Rundvisning: {} af 5", steps + 1)));
            let card = window.field("tour");
            match way {
                Way::Escape => window.press(Named::Escape),
                Way::Button => window.click("Forlad rundvisningen"),
                Way::Cross => {
                    let crosses = window.icons(Icon::X);
                    window.click_at(crosses.iter().find(|it| card.contains(it.center())).expect("a cross").center());
                }
                Way::Beside => window.click_at(Point::new(700.0, 795.0)),
            }
            assert_eq!(step(&mut window), None);
            window.must_show("10 regler · den øverste, der passer, bestemmer");
            let kept = fs::read_to_string(data.path().join("own.json")).unwrap();
            assert!(kept.contains("\"tour_seen\": true"), "{kept}");
            window.close();
            let mut again = opened(&data);
            assert_eq!(step(&mut again), None, "after {steps} steps");
            again.close();
        }
    }
}

#[test]
fn a_window_closed_in_the_middle_has_left_it() {
    let data = town();
    let mut window = opened(&data);
    window.click("Næste");
    window.close();
    let mut again = opened(&data);
    assert_eq!(step(&mut again), None);
    again.close();
}

#[test]
fn the_window_can_be_used_meanwhile() {
    let data = town();
    let mut window = opened(&data);
    window.click("Næste");
    window.click("Tilbage");
    assert_eq!(step(&mut window), Some("Rundvisning: 1 af 5".to_owned()));
    window.click("Næste");
    window.click("Myndigheder");
    window.must_show("CVR-nr.");
    window.press(Named::Escape);
    // People have gone elsewhere, and stay there.
    window.must_show("CVR-nr.");
    window.close();
}

#[test]
fn it_is_begun_again_from_the_guide_and_the_palette() {
    let data = town();
    let mut window = rules(&data);
    assert_eq!(step(&mut window), None);
    window.send(Message::Show(Page::Kle));
    window.press(Named::F1);
    window.click("Rundvisning");
    assert_eq!(step(&mut window), Some("Rundvisning: 1 af 5".to_owned()));
    window.must_not_show("Søg i vejledningen");
    window.press(Named::Escape);
    window.ctrl("k");
    window.type_fast("rundvisning");
    window.press(Named::Enter);
    assert_eq!(step(&mut window), Some("Rundvisning: 1 af 5".to_owned()));
    window.press(Named::Escape);
    assert_eq!(step(&mut window), None);
    window.close();
}

#[test]
fn training_begins_with_it_too() {
    let data = TempDir::new().unwrap();
    let mut window = opened(&data);
    assert_eq!(step(&mut window), None, "there is nothing to show yet");
    window.click("Åbn øvelsen");
    window.wait_until(|window| step(window).is_some());
    must_point_at(&mut window, "page-Map", (1280.0, 800.0));
    window.press(Named::Escape);
    window.click("Nulstil");
    window.wait_for("Øvelsen er, som den var fra begyndelsen");
    assert_eq!(step(&mut window), None);
    window.close();
}
