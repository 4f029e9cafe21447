//! Rules are moved in the order with the mouse and with Alt and the arrows.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Vector};

use super::town::*;
use crate::window::Window;

const BEFORE: [u32; 10] = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
const HINT: &str = "Flyt med musen eller med Alt og pil op og ned.";

/// Between that rule and the next.
fn below(window: &mut Window, rule: u32) -> Point {
    window.rule_position(rule) + Vector::new(0.0, 14.0)
}

/// Takes hold of a rule and holds it there.
fn hold_below(window: &mut Window, rule: u32, other: u32) {
    // Beside where a click has been: two clicks there would open the rule.
    let from = window.rule_position(rule) + Vector::new(12.0, 0.0);
    let to = below(window, other);
    window.drag(from, to);
}

#[test]
fn a_rule_is_dragged_and_its_new_number_stands_there_before_it_is_dropped() {
    let data = town();
    let mut window = rules(&data);
    hold_below(&mut window, 20, 40);
    window.must_show("Nye numre: 20 bliver 45");
    assert_eq!(window.rules(), BEFORE);
    window.mouse_up();
    window.must_not_show("Nye numre: 20 bliver 45");
    window.must_show("Regel 45 flyttet");
    window.must_show("1 ændring ikke udgivet");
    assert_eq!(window.rules(), [10, 30, 40, 45, 50, 60, 70, 80, 90, 100]);
    assert_eq!(window.cell(45, "Regelværdi"), "Byg og bolig");
    // An editor would have come between the list and the mouse.
    window.must_not_show("Regel 45");
    window.undo();
    assert_eq!(window.rules(), BEFORE);
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn before_the_drop_it_is_told_which_messages_change_receiver() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.choose_nth("rule-element", 1);
    window.fill("rule-value", "Børn og familie");
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.wait_until(|window| window.cell(10, "30 dage") == "2");
    let (from, first) = (window.rule_position(110), window.rule_position(10));
    let to = below(&mut window, 20);
    window.drag(from, to);
    window.must_show("Ingen af de sidste 30 dages 2 meddelelser skifter fagsystem.");
    window.point_at(first - Vector::new(0.0, 14.0));
    window.must_show_part("Nye numre: 110 bliver ");
    window.must_show(
        "2 af de sidste 30 dages 2 meddelelser skifter fagsystem: 2 fra Dagtilbud og pladsanvisning til Jobcenter.",
    );
    window.mouse_up();
    assert_eq!(window.column("Regelværdi")[0], "Børn og familie");
    window.close();
}

#[test]
fn two_rules_are_dragged_together_and_keep_their_order() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click_rule_with(Modifiers::CTRL, 50);
    hold_below(&mut window, 50, 70);
    window.must_show_part("Nye numre: 20 bliver 73, 50 bliver 7");
    window.mouse_up();
    let moved = window.rules();
    assert_eq!((&moved[..5], &moved[7..]), (&[10, 30, 40, 60, 70][..], &[80, 90, 100][..]));
    assert_eq!(window.column("Regelværdi")[5..7], ["Byg og bolig", "Virksomhedspost"]);
    window.must_show("2 regler valgt");
    window.undo();
    assert_eq!(window.rules(), BEFORE);
    window.close();
}

#[test]
fn where_there_is_no_room_the_others_make_some() {
    let data = town_with(|authority| {
        let priorities = 1..;
        for (rule, priority) in authority.rules.iter_mut().zip(priorities) {
            std::sync::Arc::make_mut(rule).priority = postfordeler::rules::Priority::new(priority).expect("not zero");
        }
    });
    let mut window = rules(&data);
    let values = window.column("Regelværdi");
    hold_below(&mut window, 9, 2);
    window.must_show_part("Nye numre: ");
    window.mouse_up();
    let moved = window.column("Regelværdi");
    assert_eq!(moved[2], values[8]);
    assert_eq!((&moved[..2], &moved[3..9]), (&values[..2], &values[2..8]));
    let numbers = window.rules();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
    window.close();
}

#[test]
fn a_rule_goes_to_either_end() {
    let data = town();
    let mut window = rules(&data);
    hold_below(&mut window, 10, 100);
    window.mouse_up();
    assert_eq!(window.column("Regelværdi")[9], "Pladsanvisningen");
    assert_eq!(window.last_line()[0], "Ellers");
    let (last, first) = (window.rules()[9], window.rule_position(20));
    let from = window.rule_position(last);
    window.drag(from, first - Vector::new(0.0, 14.0));
    window.mouse_up();
    assert_eq!(window.column("Regelværdi")[0], "Pladsanvisningen");
    window.close();
}

#[test]
fn a_drag_that_leaves_the_list_or_comes_back_or_is_given_up_moves_nothing() {
    let data = town();
    let mut window = rules(&data);
    hold_below(&mut window, 20, 40);
    window.point_at(Point::new(100.0, 500.0));
    window.mouse_up();
    window.must_not_show("Nye numre: 20 bliver 45");
    assert_eq!(window.rules(), BEFORE);
    hold_below(&mut window, 20, 40);
    let home = window.rule_position(20);
    window.point_at(home);
    window.must_show("Bliver, hvor de er");
    window.must_show(HINT);
    window.mouse_up();
    assert_eq!(window.rules(), BEFORE);
    hold_below(&mut window, 20, 40);
    window.press(Named::Escape);
    window.must_not_show("Nye numre: 20 bliver 45");
    window.mouse_up();
    assert_eq!(window.rules(), BEFORE);
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn in_another_order_than_that_of_evaluation_nothing_is_dragged() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystem");
    let order = window.rules();
    hold_below(&mut window, 20, 40);
    window.mouse_up();
    assert_eq!(window.rules(), order);
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn alt_and_the_arrows_move_a_rule_when_alt_is_let_go() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.hold(Modifiers::ALT);
    window.press(Named::ArrowDown);
    window.must_show("Nye numre: 20 bliver 35");
    window.press(Named::ArrowDown);
    window.must_show("Nye numre: 20 bliver 45");
    assert_eq!(window.rules(), BEFORE);
    window.hold(Modifiers::empty());
    window.must_show("Regel 45 flyttet");
    assert_eq!(window.rules(), [10, 30, 40, 45, 50, 60, 70, 80, 90, 100]);
    window.press_with(Modifiers::ALT, Named::ArrowUp);
    assert_eq!(window.column("Regelværdi")[2], "Byg og bolig");
    window.undo();
    window.undo();
    assert_eq!(window.rules(), BEFORE);
    window.close();
}

#[test]
fn escape_gives_up_what_alt_has_moved() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.hold(Modifiers::ALT);
    window.press(Named::ArrowDown);
    window.press(Named::Escape);
    window.must_not_show("Nye numre: 20 bliver 35");
    window.hold(Modifiers::empty());
    assert_eq!(window.rules(), BEFORE);
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn in_a_filtered_list_a_rule_moves_past_those_that_are_listed() {
    let data = town();
    let mut window = rules(&data);
    window.filter_by("KLE");
    assert_eq!(window.rules(), [60, 70, 80, 100]);
    hold_below(&mut window, 60, 80);
    window.mouse_up();
    assert_eq!(window.column("Regelværdi")[2], "15 · Arbejdsmarked og beskæftigelsesindsats");
    window.click("Regelelement: KLE");
    let values = window.column("Regelværdi");
    // Before the next one that was listed.
    assert_eq!(values[8], "15 · Arbejdsmarked og beskæftigelsesindsats");
    assert_eq!(values[9], "84 · Offentlige valg");
    window.close();
}

#[test]
fn a_drag_after_a_move_from_the_palette_tells_its_consequences_too() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.ctrl("k");
    window.type_text("flyt ned");
    window.press(Named::Enter);
    assert_eq!(window.rules(), [10, 30, 35, 40, 50, 60, 70, 80, 90, 100]);
    hold_below(&mut window, 50, 70);
    window.must_show("Der er ingen meddelelser fra de sidste 30 dage at prøve det på.");
    window.mouse_up();
    window.close();
}
