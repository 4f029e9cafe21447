//! What *Ændringer* proves of the draft, and how findings are mended.

use postfordeler::rules::{Criterion, Rule};

use super::town::*;
use crate::rules::books::{fagsystem_id, rule};
use crate::window::Window;

const NOTHING_ELSE: &str = "Intet andet skifter fagsystem, på nogen dag.";

fn kle(priority: u32, interval: &str, fagsystem: &str) -> Rule {
    let criterion = Criterion::Kle(interval.parse().expect("an interval"));
    Rule { fagsystem: fagsystem_id(fagsystem), ..rule(priority, criterion) }
}

#[test]
fn the_proof_says_which_mail_changes_receiver_and_that_nothing_else_does() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(80);
    window.choose("rule-fagsystem", "J");
    // While the rule is written, and once it is in the draft.
    window.must_show("1 slags post skifter fagsystem, intet andet.");
    window.scroll_editor(true);
    window.must_show(NOTHING_ELSE);
    window.must_show_part("Post med KLE 32.00 - 32.45");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("for alle tænkelige meddelelser, fra i dag og frem");
    window.must_show_part("Post med KLE 32.00 - 32.45");
    window.must_show_part("regel 80 → regel 80");
    window.must_show(NOTHING_ELSE);
    // The example is decided otherwise by the draft.
    window.click("Se et eksempel");
    window.must_show("Prøv en meddelelse");
    window.must_show("Et tænkt eksempel.");
    window.must_show("Kladden sender den et andet sted hen end udgivelsen.");
    window.close();
}

#[test]
fn a_note_changes_no_receiver() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(80);
    window.fill("rule-note", "Se sag 4");
    window.must_show("Ingen meddelelse skifter fagsystem, på nogen dag.");
    window.close();
}

fn changes_with(added: Vec<Rule>) -> (tempfile::TempDir, Window) {
    let data = town_with(|authority| authority.rules.extend(added.into_iter().map(std::sync::Arc::new)));
    let mut window = Window::open(data.path());
    window.must_show("13 regler · den øverste, der passer, bestemmer");
    // Any change opens the page.
    window.click_rule(80);
    window.fill("rule-note", "Se sag 4");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    (data, window)
}

#[test]
fn neighbours_that_could_be_one_are_merged_and_nothing_changes_receiver() {
    let two = vec![kle(901, "61", "byggesag"), kle(902, "62 - 63", "byggesag"), kle(903, "65", "byggesag")];
    let (_data, mut window) = changes_with(two);
    window.resize(1280.0, 1600.0);
    window.click("Vis 11 oplysninger");
    window.must_show("Reglerne 901 og 902 kan blive til én regel for post med KLE 61 - 63. Det ændrer intet.");
    window.click("Saml dem");
    window.must_show("Reglerne 901 og 902 samlet");
    window.must_show("Ingen meddelelse skifter fagsystem, på nogen dag.");
    window.must_not_show("Saml dem");
    window.close();
}

#[test]
fn a_finding_is_mended_at_the_press_of_a_button_and_that_can_be_undone() {
    let (_data, mut window) =
        changes_with(vec![kle(901, "61", "byggesag"), kle(902, "62", "byggesag"), kle(903, "61 - 62", "jobcenter")]);
    let never = "Regel 903 får aldrig post: Reglerne 901 og 902 tager tilsammen alt det, den kunne få.";
    window.must_show(never);
    window.click("Flyt den før 901");
    window.must_not_show(never);
    window.undo();
    window.must_show(never);
    window.close();
}

#[test]
fn a_rule_after_one_on_its_contact_points_group_is_told_of_everywhere_and_moved_before_it() {
    const TAKEN: &str = "Kontaktpunktet er i kontaktgruppen Byg og bolig, og regel 20 tager posten til gruppen først.";
    const STAYS: &str =
        "Nævner posten kontaktgruppen Byg og bolig, som kontaktpunktet er i, går den som før til Byggesag (regel 20).";
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.type_text("byggetil");
    window.click_last("Byggetilladelser");
    window.choose("rule-fagsystem", "J");
    window.must_show(TAKEN);
    window.must_show("Læg den før regel 20");
    window.ctrl("s");
    window.must_show("Efter gruppen");
    window.resize(1280.0, 1600.0);
    window.click("1 ændring ikke udgivet");
    window.must_show(STAYS);
    window.must_not_show("Ingen regler modsiger hinanden eller skygger for hinanden.");
    window.must_show(&format!("Regel 110: {TAKEN}"));
    window.click("Flyt den før 20");
    window.must_not_show(&format!("Regel 110: {TAKEN}"));
    window.must_not_show(STAYS);
    window.must_show("Intet andet skifter fagsystem, på nogen dag.");
    window.click("Fordelingsregler");
    window.must_not_show("Efter gruppen");
    window.close();
}
