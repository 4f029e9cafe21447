//! *Afspil*: where the draft would send the messages that have come.

use super::town::*;
use crate::support::settled_database;
use crate::window::Window;

/// Three messages have come for *Pladsanvisningen*, and the rule that took them sends to *Jobcenter* in the draft.
pub(super) fn redirected(data: &tempfile::TempDir) -> Window {
    let mut window = sample(data);
    for sent in ["1 meddelelse", "2 meddelelser", "3 meddelelser"] {
        window.click("Send eksempelmeddelelse");
        window.wait_for(sent);
    }
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window
}

const FLOW: &str = "Dagtilbud og pladsanvisning → Jobcenter";
const WITHOUT_RULE: &str = "Dagtilbud og pladsanvisning → ESDH – sager og dokumenter";

#[test]
fn the_draft_is_replayed_by_itself_and_each_flow_leads_down_to_its_messages() {
    let data = data();
    let mut window = redirected(&data);
    window.must_show("3 meddelelser fra de sidste 30 dage, som om de kom");
    window.must_show("3 meddelelser ville skifte fagsystem");
    window.must_show("Dagtilbud og pladsanvisning");
    window.must_show("+3");
    window.must_not_show("Regel 10");
    window.click(FLOW);
    window.click("Regel 10");
    assert_eq!(window.count("Vis i Meddelelser"), 3);
    window.click("Regel 10");
    assert_eq!(window.count("Vis i Meddelelser"), 0);
    window.click("Regel 10");
    window.click("Vis i Meddelelser");
    window.must_show("Meddelelsens historie");
    window.close();
}

#[test]
fn what_is_taken_back_moves_nothing_any_more() {
    let data = data();
    let mut window = redirected(&data);
    window.click("Fordelingsregler");
    window.click_rule(60);
    window.press(iced_test::core::keyboard::key::Named::Delete);
    window.undo();
    window.undo();
    window.click_rule(70);
    window.press(iced_test::core::keyboard::key::Named::Delete);
    window.wait_for("1 ændring ikke udgivet");
    window.click("1 ændring ikke udgivet");
    window.must_show("Ingen meddelelser ville skifte fagsystem");
    window.must_show("som før");
    window.must_not_show(FLOW);
    window.close();
}

#[test]
fn each_day_on_which_the_draft_begins_something_can_be_chosen() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "J");
    window.fill("rule-from", "01-01-2099");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.resize(1280.0, 1600.0);
    // Until then no rule takes them.
    window.must_show(WITHOUT_RULE);
    window.click("01-01-2099");
    window.must_show(FLOW);
    window.must_not_show(WITHOUT_RULE);
    window.click("i dag");
    window.must_show(WITHOUT_RULE);
    window.close();
}

#[test]
fn the_messages_are_those_of_the_days_that_are_asked_for() {
    let data = data();
    let mut window = redirected(&data);
    let database = settled_database(data.path());
    let eight_days = 8_i64 * 24 * 3_600_000_000_000;
    let first = "SELECT min(number) FROM journal";
    let earlier = format!("UPDATE journal SET received_at = received_at - {eight_days} WHERE number = ({first})");
    database.execute(&earlier, []).expect("the test may write");
    window.click("7 dage");
    window.must_show("2 meddelelser fra de sidste 7 dage, som om de kom");
    window.click("90 dage");
    window.must_show("3 meddelelser fra de sidste 90 dage, som om de kom");
    window.click("andre dage");
    assert!(window.has_focus("replay-from"));
    window.fill("replay-from", "01-01-2020");
    window.fill("replay-to", "02-01-2020");
    window.must_show("Journalen har ingen meddelelser fra de dage at afspille.");
    window.fill("replay-to", "31-12-2019");
    window.must_show("Skriv den første og den sidste dag.");
    window.fill("replay-to", "i dag");
    window.must_show("3 meddelelser ville skifte fagsystem");
    window.close();
}

#[test]
fn without_messages_there_is_nothing_to_replay() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.press(iced_test::core::keyboard::key::Named::Delete);
    window.click("1 ændring ikke udgivet");
    window.must_show("Journalen har ingen meddelelser fra de dage at afspille.");
    window.close();
}
