//! Guards: made from a rule, broken by an edit, and in the way of a publication.

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::rules::{Facts, Guard, RuleBook};

use super::town::*;
use crate::rules::books::{bare_facts, fagsystem_id};
use crate::window::Window;

const KEPT: &str = "KLE 32.00 - 32.45 (Kontante ydelser) til Kontante ydelser";
const BLOCKED: &str = "En vagt er brudt. Ret reglerne, eller skriv, hvorfor den må brydes.";
const OVERRULE: &str = "Udgiv, selv om en vagt er brudt, fordi:";

/// Guards what rule 80 decides, and then has it decide otherwise.
fn broken(window: &mut Window) {
    window.click_rule(80);
    window.click_icon(Icon::ShieldPlus);
    window.must_show(&format!("Vagten »{KEPT}« tilføjet"));
    window.must_not_show("1 vagt brudt");
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.must_show("1 vagt brudt");
}

fn note_of_the_newest(data: &tempfile::TempDir) -> String {
    store(data).newest_publication().expect("readable").expect("a publication").note
}

#[test]
fn a_rule_is_kept_by_a_guard_that_an_edit_breaks() {
    let data = town();
    let mut window = rules(&data);
    broken(&mut window);
    window.click("1 vagt brudt");
    window.must_show("Ændringer");
    window.must_show("Vagtmeddelelser");
    window.must_show("0 af 1 holder");
    window.must_show(KEPT);
    window.must_show("Skal til Kontante ydelser");
    window.must_show_part("Ville gå til Jobcenter fra ");
    window.must_show_part(", efter regel 80");
    // What breaks the guard is undone; the guard stays.
    window.undo();
    window.must_not_show("1 vagt brudt");
    window.must_show("1 af 1 holder");
    window.undo();
    window.must_not_show("Vagtmeddelelser");
    window.redo();
    window.must_show(&format!("Ny vagtmeddelelse »{KEPT}«: skal til Kontante ydelser"));
    window.close();
}

#[test]
fn a_broken_guard_blocks_publishing_until_a_reason_is_written() {
    let data = town();
    let mut window = rules(&data);
    broken(&mut window);
    window.click("2 ændringer ikke udgivet");
    window.must_show(BLOCKED);
    window.fill("publication-note", "Jobcentret overtager");
    window.click("Udgiv og sæt i kraft");
    assert_eq!(publications(&data), 1);
    window.click(OVERRULE);
    assert!(window.has_focus("guards-overruled-because"));
    window.must_not_show(BLOCKED);
    window.click("Udgiv og sæt i kraft");
    window.must_show("Skriv, hvorfor vagten må brydes. Det står under Udgivelser.");
    window.type_text("  ");
    window.press(Named::Enter);
    assert_eq!(publications(&data), 1);
    window.type_text("Sag 4");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    let note = format!("Jobcentret overtager. Trods brudte vagter ({KEPT}): Sag 4");
    assert_eq!(note_of_the_newest(&data), note);
    window.click("Udgivelser");
    window.must_show_part("Trods brudte vagter");
    // It is broken still, with nothing to publish.
    window.click("1 vagt brudt");
    window.must_show("Skal til Kontante ydelser");
    window.click_icon(Icon::Trash2);
    window.must_show(&format!("Vagten »{KEPT}« fjernet"));
    window.must_not_show("1 vagt brudt");
    window.must_show(&format!("Vagtmeddelelsen »{KEPT}« fjernes"));
    window.close();
}

fn town_with_guards(count: usize) -> tempfile::TempDir {
    town_with(|authority| {
        let facts = Facts { kle: Some("32.24".parse().unwrap()), ..bare_facts(authority.cvr) };
        let fagsystem = authority.rules.iter().find(|rule| rule.priority.get() == 80).unwrap().fagsystem.clone();
        for number in 1..=count {
            let name = format!("Vagt {number}");
            let guard = Guard { name, fagsystem: fagsystem.clone(), day: None, facts: facts.clone() };
            authority.guards.push(guard);
        }
    })
}

#[test]
fn what_was_decided_of_some_guards_is_not_decided_of_others() {
    let data = town_with_guards(2);
    let mut window = rules(&data);
    window.click_rule(80);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("2 vagter brudt");
    window.fill("publication-note", "Ny ordning");
    window.click(OVERRULE);
    window.type_text("Aftalt");
    window.click_first_icon(Icon::Trash2);
    window.must_show("1 vagt brudt");
    window.must_show(BLOCKED);
    window.click("Udgiv og sæt i kraft");
    assert_eq!(publications(&data), 1);
    window.click(OVERRULE);
    window.click("Udgiv og sæt i kraft");
    window.must_show("Udgivelse 2 er i kraft");
    assert_eq!(note_of_the_newest(&data), "Ny ordning. Trods brudte vagter (Vagt 2): Aftalt");
    window.close();
}

#[test]
fn many_guards_that_hold_are_counted() {
    let data = town_with_guards(12);
    let mut window = rules(&data);
    window.click("Ændringer");
    window.must_show("12 af 12 holder");
    window.must_show("Vagt 5");
    window.must_not_show("Vagt 6");
    window.must_show("og 7 til");
    window.close();
}

#[test]
fn a_form_that_would_break_another_guard_does_not_get_past_the_decision() {
    let data = town_with_guards(1);
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.click_rule(80);
    window.choose("rule-fagsystem", "J");
    // The form is not saved yet, so nothing is broken.
    window.click("1 ændring ikke udgivet");
    window.must_not_show("1 vagt brudt");
    window.fill("publication-note", "Regel 60 bruges ikke");
    window.press(Named::Enter);
    window.must_show("1 vagt brudt");
    assert_eq!(publications(&data), 1);
    window.close();
}

#[test]
fn a_guard_keeps_its_fagsystem_and_follows_it() {
    let data = town_with(|authority| {
        let facts = bare_facts(authority.cvr);
        authority.guards.push(Guard { name: "Alt".to_owned(), fagsystem: fagsystem_id("jobcenter"), day: None, facts });
        authority.rules.retain(|rule| rule.fagsystem != fagsystem_id("jobcenter"));
    });
    let mut window = Window::open(data.path());
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.scroll_editor(true);
    window.must_show("1 vagtmeddelelse skal til det.");
    window.close();
    let book: RuleBook = in_force(&data);
    assert_eq!(book.authorities[0].guards.len(), 1);
}
