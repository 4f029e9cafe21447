//! What lay over a screen gives the focus back when it is closed.

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};

use super::town::*;
use crate::window::Window;

const NOTE: &str = "rule-note";

type Cover = fn(&mut Window);

/// What can be laid over a screen by keys. Escape leaves it.
const COVERS: [(&str, Cover); 3] = [
    ("the guide", |window| window.press(Named::F1)),
    ("the palette", |window| window.ctrl("k")),
    ("the choice of a day", |window| window.ctrl("g")),
];

/// A window in which somebody is writing a rule's note.
fn writing(data: &tempfile::TempDir) -> Window {
    let mut window = rules(data);
    window.click_rule(10);
    window.fill(NOTE, "Halvt");
    assert!(window.has_focus(NOTE));
    window
}

#[test]
fn a_field_has_the_focus_again_and_typing_goes_on() {
    let data = town();
    let mut window = writing(&data);
    for (name, cover) in COVERS {
        cover(&mut window);
        assert!(!window.has_focus(NOTE), "{name} takes the focus");
        window.press(Named::Escape);
        assert!(window.has_focus(NOTE), "{name} gives it back");
        window.type_text("x");
    }
    assert_eq!(window.text_in(NOTE), "Halvtxxx");
    window.close();
}

#[test]
fn a_button_has_the_focus_again() {
    let data = town();
    let mut window = rules(&data);
    for (name, cover) in COVERS {
        window.tab_until(|window| window.has_focus_on("Ny regel"));
        cover(&mut window);
        window.press(Named::Escape);
        assert!(window.has_focus_on("Ny regel"), "{name}");
    }
    window.close();
}

#[test]
fn a_click_beside_gives_it_back_too() {
    let data = town();
    let mut window = writing(&data);
    for (name, cover) in [COVERS[0], COVERS[1]] {
        cover(&mut window);
        window.click_at(Point::new(300.0, 700.0));
        assert!(window.has_focus(NOTE), "{name}");
    }
    window.close();
}

#[test]
fn what_is_opened_from_the_palette_gives_back_what_the_palette_took() {
    let data = town();
    let mut window = writing(&data);
    for words in ["vejledning til denne", "ordbog", "rundvisning"] {
        window.ctrl("k");
        window.type_fast(words);
        window.press(Named::Enter);
        assert!(!window.has_focus(NOTE), "{words}");
        window.press(Named::Escape);
        assert!(window.has_focus(NOTE), "{words}");
    }
    // A command that leaves the screen as it is.
    window.ctrl("k");
    window.type_fast("mørkt tema");
    window.press(Named::Enter);
    assert!(window.has_focus(NOTE));
    window.close();
}

#[test]
fn another_screen_gets_no_focus_from_the_one_before() {
    let data = town();
    let mut window = writing(&data);
    window.ctrl("s");
    window.ctrl("k");
    window.type_fast("gå til kle-plan");
    window.press(Named::Enter);
    window.must_show("KLE-plan");
    assert!(window.focused().is_none());
    // Nor later, when it is shown again.
    window.send(Message::Show(Page::Rules));
    window.press(Named::F1);
    window.press(Named::Escape);
    assert!(!window.has_focus(NOTE));
    window.close();
}

#[test]
fn beside_the_screen_the_guide_gives_back_only_what_it_took() {
    let data = town();
    let mut window = writing(&data);
    window.resize(1920.0, 1080.0);
    window.press(Named::F1);
    assert!(window.has_focus(NOTE), "it takes nothing by being opened");
    window.click_field("guide-search");
    window.press(Named::Escape);
    window.press(Named::Escape);
    window.must_not_show("Søg i vejledningen");
    assert!(window.has_focus(NOTE));
    window.press(Named::F1);
    window.click_field("rule-search");
    window.press(Named::F1);
    window.must_not_show("Søg i vejledningen");
    assert!(window.has_focus("rule-search"));
    window.close();
}
