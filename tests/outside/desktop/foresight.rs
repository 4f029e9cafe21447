//! What the window says that rules would do: on which day, compared with what is published, and why they do nothing.

use std::fs;
use std::sync::Arc;

use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};
use postfordeler::exchange::write_configuration;
use postfordeler::rules::{Caseless, Criterion, Cvr, FagsystemId, KnownAuthority, Priority, Rule, Segment};
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

const CONTACT_GROUP: usize = 1;
const SENDER_CVR: usize = 2;
const RECIPIENT_CVR: usize = 3;

/// So far ahead that it is later whenever the tests run.
const LATER: &str = "01-01-2099";
const MUNICIPALITY: &str = "01102036";

/// A window on *Fordelingsregler* of the sample, which has got two messages that rule 10 takes.
fn two_to_rule_10(data: &TempDir) -> Window {
    let mut window = sample_with_two_messages(data);
    window.click("Fordelingsregler");
    window.wait_until(|window| window.cell(10, "30 dage") == "2");
    window
}

/// A rule that fits both messages, before rule 10, from that day on.
fn begin_taking_both(window: &mut Window, from: &str) {
    window.click("Ny regel");
    window.choose_nth("rule-element", CONTACT_GROUP);
    window.fill("rule-value", "Børn og familie");
    window.choose("rule-fagsystem", "J");
    window.fill("rule-priority", "5");
    window.fill("rule-from", from);
}

const MOVED: &str = "2 fra Dagtilbud og pladsanvisning til Jobcenter.";

#[test]
fn what_begins_later_is_told_with_its_day() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    begin_taking_both(&mut window, LATER);
    window.must_show(
        "Fra 01-01-2099 ville den tage 2 af de sidste 30 dages 2 meddelelser: 2, der nu går til Dagtilbud og \
         pladsanvisning.",
    );
    window.ctrl("s");
    window.resize(1280.0, 1600.0);
    window.click("1 ændring ikke udgivet");
    window.wait_for("I dag skifter ingen af de sidste 30 dages 2 meddelelser fagsystem.");
    window.must_show(&format!("Fra 01-01-2099 skifter 2 af dem fagsystem: {MOVED}"));
    window.close();
}

#[test]
fn what_ends_is_told_with_the_day_after() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    begin_taking_both(&mut window, "01-01-2020");
    window.fill("rule-to", "31-12-2098");
    window.ctrl("s");
    window.resize(1280.0, 1600.0);
    window.click("1 ændring ikke udgivet");
    window.wait_for(&format!("I dag skifter 2 af de sidste 30 dages 2 meddelelser fagsystem: {MOVED}"));
    window.must_show("Fra 01-01-2099 skifter ingen af dem fagsystem.");
    window.close();
}

#[test]
fn where_messages_go_now_is_where_the_publication_sends_them() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    begin_taking_both(&mut window, "01-01-2020");
    let taken =
        "Ville have taget 2 af de sidste 30 dages 2 meddelelser: 2, der nu går til Dagtilbud og pladsanvisning.";
    window.must_show(taken);
    window.ctrl("s");
    // Opened again, it is a rule of the draft that takes them already.
    window.click_rule(20);
    window.click_rule(5);
    window.must_show(taken);
    // Another rule of the draft changes nothing of what is so now.
    window.click("Ny regel");
    window.choose_nth("rule-element", CONTACT_GROUP);
    window.fill("rule-value", "Børn og familie");
    window.choose("rule-fagsystem", "B");
    window.fill("rule-priority", "4");
    window.must_show(taken);
    // What they go to already is no change.
    window.choose("rule-fagsystem", "D");
    window.must_show(
        "Ville have taget 2 af de sidste 30 dages 2 meddelelser: 2, der allerede går til Dagtilbud og pladsanvisning.",
    );
    window.close();
}

#[test]
fn a_rule_that_is_off_or_over_is_not_said_to_have_taken_anything() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    publish_elsewhere(&data, |authority| {
        let off = Rule {
            priority: Priority::new(5).expect("not 0"),
            criterion: Criterion::ContactGroup(Caseless::new("Børn og familie")),
            fagsystem: authority.rules[1].fagsystem.clone(),
            active: false,
            ..Rule::clone(&authority.rules[0])
        };
        authority.rules.push(Arc::new(off));
    });
    window.wait_until(|window| window.rules().contains(&5));
    window.click_rule(5);
    window.must_show(
        "Slået til ville den have taget 2 af de sidste 30 dages 2 meddelelser: 2, der nu går til Dagtilbud og \
         pladsanvisning.",
    );
    window.fill("rule-to", "31-12-2020");
    window.must_show("Reglen udløb 31-12-2020 og tager ingen post.");
    assert!(!window.texts().iter().any(|seen| seen.words.contains("de sidste 30 dages")));
    window.close();
}

#[test]
fn what_an_earlier_rule_takes_from_a_later_day_on_is_told() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    begin_taking_both(&mut window, LATER);
    window.ctrl("s");
    window.click_rule(10);
    window.must_show(
        "Ville have taget 2 af de sidste 30 dages 2 meddelelser: 2, der allerede går til Dagtilbud og pladsanvisning.",
    );
    window.must_show("Fra 01-01-2099 ville den tage ingen.");
    window.close();
}

#[test]
fn a_switch_of_fagsystems_tells_what_it_does_from_its_day_on() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    window.click_icon(Icon::ArrowLeftRight);
    window.choose("switch-from", "D");
    window.choose("switch-to", "J");
    window.fill("switch-day", LATER);
    window.wait_for("I dag skifter ingen af de sidste 30 dages 2 meddelelser fagsystem.");
    window.must_show(&format!("Fra 01-01-2099 skifter 2 af dem fagsystem: {MOVED}"));
    window.click("Lav skiftet i kladden");
    window.must_show_part("Fagsystem skiftet fra ");
    window.click("4 ændringer ikke udgivet");
    window.wait_for(&format!("Fra 01-01-2099 skifter 2 af dem fagsystem: {MOVED}"));
    window.close();
}

#[test]
fn moving_everything_to_another_fagsystem_tells_what_it_does() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    window.click("Fagsystemer");
    window.click("Dagtilbud og pladsanvisning");
    window.choose("fagsystem-heir", "j");
    window.scroll_editor(true);
    window.wait_for(&format!("2 af de sidste 30 dages 2 meddelelser skifter fagsystem: {MOVED}"));
    window.click("Flyt alt");
    window.must_show("Jobcenter har overtaget alt fra Dagtilbud og pladsanvisning");
    window.close();
}

#[test]
fn files_tell_what_they_would_do_before_they_are_taken_in() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    let mut book = in_force(&data);
    let first = Arc::make_mut(&mut book.authorities[0].rules[0]);
    first.fagsystem = FagsystemId::new("jobcenter").expect("an id");
    let path = data.path().join("ny.json");
    fs::write(&path, write_configuration(&book)).expect("written");
    window.send(Message::Show(Page::Files));
    window.fill("files-in", &path.display().to_string());
    window.click("Læs");
    window.wait_for(&format!("2 af de sidste 30 dages 2 meddelelser skifter fagsystem: {MOVED}"));
    window.click("Tag ind i kladden");
    window.must_show("Taget ind fra ny.json");
    window.close();
}

#[test]
fn what_would_wait_for_a_paused_fagsystem_is_told() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    let mut book = in_force(&data);
    let fagsystems = &mut book.authorities[0].fagsystems;
    fagsystems.iter_mut().filter(|it| it.id.as_str() == "dagtilbud").for_each(|it| it.active = false);
    let path = data.path().join("pause.json");
    fs::write(&path, write_configuration(&book)).expect("written");
    window.send(Message::Show(Page::Files));
    window.fill("files-in", &path.display().to_string());
    window.click("Læs");
    window.wait_for(
        "Ingen af de sidste 30 dages 2 meddelelser skifter fagsystem. 2 bliver i Digital Post, fordi fagsystemet er på \
         pause.",
    );
    window.close();
}

#[test]
fn an_authority_that_is_deleted_has_its_messages_refused() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    publish_elsewhere_in(&data, |book| {
        let mut other = book.authorities[0].clone();
        other.cvr = "66137112".parse().expect("a number");
        "Nabokommune".clone_into(&mut other.name);
        book.authorities.push(other);
    });
    window.wait_for("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    let mut book = in_force(&data);
    book.authorities.remove(0);
    let path = data.path().join("uden.json");
    fs::write(&path, write_configuration(&book)).expect("written");
    window.send(Message::Show(Page::Files));
    window.fill("files-in", &path.display().to_string());
    window.click("Læs");
    window.wait_for(
        "2 af de sidste 30 dages 2 meddelelser skifter fagsystem: 2 fra Dagtilbud og pladsanvisning afvises, da deres \
         CVR-nr. ikke er nogen myndigheds.",
    );
    window.close();
}

#[test]
fn why_a_rule_takes_nothing_is_told_and_it_is_put_before_what_is_in_its_way() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    window.click("Ny regel");
    window.choose_nth("rule-element", CONTACT_GROUP);
    window.fill("rule-value", "Byg");
    window.choose("rule-fagsystem", "J");
    window.must_show("Ville ikke have taget nogen af de sidste 30 dages 2 meddelelser.");
    window.must_show("Ingen af dem passer på reglen.");
    window.fill("rule-value", "Børn og familie");
    window.must_show("Ville ikke have taget nogen af de sidste 30 dages 2 meddelelser.");
    window.must_show("Regel 10 tager først de 2, der passer.");
    assert_eq!(window.text_in("rule-priority"), "110");
    window.click("Læg den før regel 10");
    window.must_show_part("Ville have taget 2 af de sidste 30 dages 2 meddelelser");
    assert_eq!(window.text_in("rule-priority"), "5");
    window.must_show("Alt er udgivet");
    // What is being written goes back by itself.
    window.undo();
    assert_eq!(window.text_in("rule-priority"), "110");
    window.redo();
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    assert_eq!(window.rules()[..2], [5, 10]);
    window.close();
}

#[test]
fn the_list_says_why_a_rule_takes_nothing() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    window.click("Ny regel");
    window.choose_nth("rule-element", CONTACT_GROUP);
    window.fill("rule-value", "Børn og familie");
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("Annullér");
    // One points at the symbol to read it, or opens the rule.
    let symbol = char::from(Icon::ArrowUpToLine).to_string();
    assert_eq!(window.count(&symbol), 1);
    window.click_rule(110);
    window.must_show("Regel 10 tager først de 2, der passer.");
    window.click("Læg den før regel 10");
    window.click("Annullér");
    window.must_not_show(&symbol);
    window.close();
}

#[test]
fn while_others_have_published_since_nothing_is_said_of_what_would_come() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    begin_taking_both(&mut window, "01-01-2020");
    window.ctrl("s");
    publish_elsewhere(&data, |authority| authority.rules.truncate(9));
    window.resize(1280.0, 1600.0);
    window.click("1 ændring ikke udgivet");
    window.wait_for("Regnes ud, når ændringerne er flyttet over på udgivelse 3.");
    window.click("Flyt ændringerne over");
    window.wait_for(&format!("2 af de sidste 30 dages 2 meddelelser skifter fagsystem: {MOVED}"));
    window.close();
}

#[test]
fn a_rule_that_is_there_is_put_before_others_in_one_step() {
    let data = data();
    let mut window = two_to_rule_10(&data);
    // Numbers without room between them.
    publish_elsewhere(&data, |authority| {
        for (rule, number) in authority.rules.iter_mut().zip(1..) {
            Arc::make_mut(rule).priority = Priority::new(number).expect("not 0");
        }
        let last = Rule {
            // Another one gets this number when it gives way.
            priority: Priority::new(20).expect("not 0"),
            criterion: Criterion::ContactGroup(Caseless::new("Børn og familie")),
            fagsystem: authority.rules[1].fagsystem.clone(),
            ..Rule::clone(&authority.rules[0])
        };
        authority.rules.push(Arc::new(last));
    });
    window.wait_until(|window| window.rules().first() == Some(&1));
    let values = window.column("Regelværdi");
    window.click_rule(20);
    window.must_show("Regel 1 tager først de 2, der passer.");
    window.click("Læg den før regel 1");
    window.must_show_part("flyttet");
    let moved = window.column("Regelværdi");
    assert_eq!((&moved[0], &moved[1..]), (&values[10], &values[..10]));
    window.must_show_part("Ville have taget 2 af de sidste 30 dages 2 meddelelser");
    window.undo();
    assert_eq!(window.column("Regelværdi"), values);
    window.must_show("Alt er udgivet");
    // With something written in it, it goes there together with that.
    window.click_rule(20);
    window.fill("rule-note", "Først");
    window.click("Læg den før regel 1");
    window.must_show("Alt er udgivet");
    window.ctrl("s");
    let moved = window.column("Regelværdi");
    assert_eq!((&moved[0], &moved[1..]), (&values[10], &values[..10]));
    window.undo();
    assert_eq!(window.column("Regelværdi"), values);
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn a_rule_that_would_never_get_post_can_be_put_first_without_any_message() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.type_text("Pladsanvisningen");
    window.choose("rule-fagsystem", "J");
    window.must_show("Reglen får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.click("Læg den før regel 10");
    window.must_show("Regel 10 får herefter ingen post.");
    window.must_not_show("Reglen får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.close();
}

#[test]
fn room_is_reckoned_with_before_it_is_made() {
    // Rule 1 and 2 leave no number between them: the new rule makes the others give way once it is saved.
    let data = town_with(|authority| {
        for (rule, number) in authority.rules.iter_mut().zip(1..) {
            Arc::make_mut(rule).priority = Priority::new(number).expect("not 0");
        }
    });
    let mut window = rules(&data);
    window.click_rule(1);
    window.click_icon(Icon::ListPlus);
    window.type_text("Pladsanvisningen");
    window.choose("rule-fagsystem", "J");
    window.must_show("Regel 1 får herefter ingen post.");
    window.must_not_show("Reglen får aldrig post: Regel 1 tager alt det, den kunne få.");
    window.close();
}

#[test]
fn a_rule_on_the_authoritys_own_number_is_said_to_leave_nothing_to_those_after_it() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.choose_nth("rule-element", RECIPIENT_CVR);
    window.fill("rule-value", MUNICIPALITY);
    window.choose("rule-fagsystem", "E");
    window.fill("rule-priority", "5");
    window.must_show("9 regler får herefter ingen post.");
    window.fill("rule-priority", "75");
    window.must_show("Reglerne 80 og 90 får herefter ingen post.");
    window.ctrl("s");
    assert_eq!(
        ["70", "80", "90", "100"].map(|it| window.cell(it.parse().unwrap(), "Tilstand")),
        ["Aktiv", "Skygget", "Skygget", "Udløbet"]
    );
    window.click_rule(80);
    window.must_show("Reglen får aldrig post: Regel 75 tager alt det, den kunne få.");
    window.must_show("Læg den før regel 75");
    window.click("1 ændring ikke udgivet");
    for rule in [80, 90] {
        window.must_show(&format!("Regel {rule} får aldrig post: Regel 75 tager alt det, den kunne få."));
    }
    window.close();
}

#[test]
fn rules_on_all_numbers_of_the_authority_are_named_together() {
    let data = town_with(|authority| {
        authority.more_cvrs = vec!["66137112".parse().expect("a number")];
        let first = Rule::clone(&authority.rules[0]);
        let own = [(1, MUNICIPALITY), (2, "66137112")].map(|(priority, cvr)| Rule {
            priority: Priority::new(priority).expect("not 0"),
            criterion: Criterion::RecipientCvr(cvr.parse().expect("a number")),
            ..first.clone()
        });
        authority.rules.splice(0..0, own.map(Arc::new));
    });
    let mut window = Window::open(data.path());
    window.click_rule(30);
    window.must_show("Reglen får aldrig post: Reglerne 1 og 2 tager tilsammen alt det, den kunne få.");
    window.must_show("Læg den før regel 1");
    window.close();
}

#[test]
fn a_rule_whose_parts_exclude_each_other_says_so() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.choose_nth("rule-element", SENDER_CVR);
    window.fill("rule-value", "66137112");
    window.choose("rule-fagsystem", "J");
    window.choose("rule-segment", "P");
    window.must_show("Reglen får aldrig post: En person har intet CVR-nr.");
    window.fill("rule-value", "01203045");
    window.choose("rule-segment", "V");
    window.must_show("Reglen får aldrig post: CVR-nr. 01203045 er en myndigheds og ikke en virksomheds.");
    window.choose_nth("rule-element", RECIPIENT_CVR);
    window.fill("rule-value", "66137112");
    window.must_show("Reglen får aldrig post: Myndigheden får ikke post på CVR-nr. 66137112.");
    window.ctrl("s");
    assert_eq!(window.cell(110, "Tilstand"), "Umulig");
    window.click("1 ændring ikke udgivet");
    window.must_show("Regel 110 får aldrig post: Myndigheden får ikke post på CVR-nr. 66137112.");
    window.close();
}

#[test]
fn a_sender_that_becomes_known_makes_a_rule_for_companies_impossible() {
    let data = town_with(|authority| {
        let rule = Arc::make_mut(&mut authority.rules[3]);
        rule.segment = Segment::Company;
        rule.criterion = Criterion::SenderCvr("66137112".parse().expect("a number"));
    });
    let mut window = rules(&data);
    assert_eq!(window.cell(40, "Tilstand"), "Aktiv");
    publish_elsewhere_in(&data, |book| {
        book.known_authorities.push(KnownAuthority::from("66137112".parse::<Cvr>().unwrap()));
    });
    window.wait_until(|window| window.cell(40, "Tilstand") == "Umulig");
    window.close();
}

#[test]
fn findings_of_another_authority_name_it() {
    let data = town();
    publish_elsewhere_in(&data, |book| {
        let mut other = book.authorities[0].clone();
        other.cvr = "66137112".parse().expect("a number");
        "Nabokommune".clone_into(&mut other.name);
        let last = other.rules.len() - 1;
        Arc::make_mut(&mut other.rules[last]).note = "Nabo".to_owned();
        book.authorities.push(other);
    });
    let mut window = Window::open(data.path());
    window.click_rule(70);
    window.fill("rule-note", "Ændret");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("Nabokommune: Regel 100 udløb 31-12-2022.");
    window.must_show("Eksempelby Kommune: Regel 100 udløb 31-12-2022.");
    window.close();
}
