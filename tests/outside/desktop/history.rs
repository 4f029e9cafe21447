//! *Udgivelser*: what was in force, compared and restored.

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};

use super::town::*;
use crate::window::Window;

/// Three publications: the beginning, one without rule 60, and one in which rule 20 goes to Jobcenter.
fn with_a_past(data: &tempfile::TempDir) -> Window {
    publish_elsewhere(data, |authority| authority.rules.retain(|rule| rule.priority.get() != 60));
    let mut window = Window::open(data.path());
    window.click_rule(20);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("Udgiv …");
    window.type_text("Byggesag lukker");
    window.press(Named::Enter);
    window.must_show("Udgivelse 3 er i kraft");
    window.send(Message::Show(Page::History));
    window.must_show("3 udgivelser, den nyeste først");
    window
}

const REDIRECTED: &str = "Regel 20 sender nu Kontaktgruppe Byg og bolig til Jobcenter i stedet for Byggesag";
const DELETED: &str = "Regel 60 slettes: Post med KLE 15 (Arbejdsmarked og beskæftigelsesindsats) går til Jobcenter fra \
                       25-10-2020.";

#[test]
fn a_publication_is_compared_with_the_one_before() {
    let data = town();
    let mut window = with_a_past(&data);
    let words = ["Byggesag lukker", "Et andet sted fra", "Begyndelsen"];
    let heights = words.map(|note| window.find(note).y);
    assert!(heights.is_sorted(), "the newest stands first");
    let in_force = window.find("I kraft").center_y();
    assert!((in_force - window.find("Byggesag lukker").center_y()).abs() < 8.0);
    window.click("Byggesag lukker");
    window.must_show(REDIRECTED);
    window.must_not_show(DELETED);
    window.click("Et andet sted fra");
    window.must_show(DELETED);
    window.must_not_show(REDIRECTED);
    window.click("Begyndelsen");
    window.must_show("Ny myndighed: Eksempelby Kommune (CVR 01102036) med 10 regler");
    window.close();
}

#[test]
fn a_publication_is_compared_with_any_other_and_with_the_draft() {
    let data = town();
    let mut window = with_a_past(&data);
    window.click("Begyndelsen");
    // Before, draft, then the others.
    window.choose_nth("publication-other", 2);
    window.must_show(REDIRECTED);
    window.must_show(DELETED);
    window.choose_nth("publication-other", 3);
    window.must_not_show(REDIRECTED);
    window.must_show(DELETED);
    window.choose_nth("publication-other", 1);
    window.must_show(REDIRECTED);
    window.click("Fordelingsregler");
    window.click_rule(20);
    window.choose("rule-fagsystem", "B");
    window.ctrl("s");
    window.send(Message::Show(Page::History));
    window.must_show(DELETED);
    window.must_not_show(REDIRECTED);
    window.close();
}

#[test]
fn an_old_publication_becomes_the_draft_and_is_published_again() {
    let data = town();
    let first = in_force(&data);
    let mut window = with_a_past(&data);
    window.click("Begyndelsen");
    window.click("Tag den tilbage som kladde");
    window.must_show("Udgivelse 1 taget tilbage som kladde");
    window.must_show("2 ændringer i forhold til udgivelse 3");
    window.must_show("Regel 20 sender nu Kontaktgruppe Byg og bolig til Byggesag i stedet for Jobcenter");
    assert_eq!(publications(&data), 3);
    window.undo();
    window.must_show("Alt er udgivet");
    window.redo();
    window.click("Udgiv …");
    window.type_text("Tilbage igen");
    window.click("Udgiv og sæt i kraft");
    window.must_show("Udgivelse 4 er i kraft");
    assert_eq!((publications(&data), in_force(&data)), (4, first));
    window.send(Message::Show(Page::History));
    window.must_show("4 udgivelser, den nyeste først");
    window.close();
}

#[test]
fn the_arrows_go_through_the_publications_and_escape_closes() {
    let data = town();
    let mut window = with_a_past(&data);
    window.press(Named::ArrowDown);
    window.must_show(REDIRECTED);
    window.press(Named::ArrowDown);
    window.must_show(DELETED);
    window.press(Named::ArrowUp);
    window.must_show(REDIRECTED);
    window.press(Named::Escape);
    window.must_not_show("Tag den tilbage som kladde");
    window.close();
}

#[test]
fn what_is_published_elsewhere_comes_into_the_history_at_once() {
    let data = town();
    let mut window = with_a_past(&data);
    publish_elsewhere(&data, |authority| "Nyt navn".clone_into(&mut authority.name));
    window.wait_for("4 udgivelser, den nyeste først");
    window.close();
}
