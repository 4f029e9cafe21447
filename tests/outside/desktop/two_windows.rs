//! Two windows on one data directory, and what is published past both.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use postfordeler::rules::{FagsystemId, Priority};
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

fn two(data: &TempDir) -> (Window, Window) {
    (rules(data), rules(data))
}

/// Sends a rule to another fagsystem.
fn redirect(window: &mut Window, rule: u32, letter: &str) {
    window.click_rule(rule);
    window.choose("rule-fagsystem", letter);
    window.ctrl("s");
}

/// Somebody publishes that a rule goes to a fagsystem.
fn redirect_elsewhere(data: &TempDir, rule: u32, fagsystem: &str) {
    let priority = Priority::new(rule).expect("not zero");
    publish_elsewhere(data, |authority| {
        let rule = authority.rules.iter_mut().find(|rule| rule.priority == priority).expect("the rule");
        std::sync::Arc::make_mut(rule).fagsystem = FagsystemId::new(fagsystem).expect("an id");
    });
}

#[test]
fn a_change_in_one_window_comes_into_the_other() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    other.must_show("Alt er udgivet");
    other.poll();
    other.must_show("1 ændring ikke udgivet");
    assert_eq!(other.cell(20, "Fagsystem"), "Jobcenter");
    one.undo();
    other.poll();
    other.must_show("Alt er udgivet");
    assert_eq!(other.cell(20, "Fagsystem"), "Byggesag");
    one.close();
    other.close();
}

#[test]
fn two_windows_change_different_rules_and_nothing_is_lost() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    // The other window has not looked since.
    redirect(&mut other, 70, "J");
    other.poll();
    one.poll();
    for window in [&mut one, &mut other] {
        window.must_show("2 ændringer ikke udgivet");
        assert_eq!(
            (window.cell(20, "Fagsystem"), window.cell(70, "Fagsystem")),
            ("Jobcenter".into(), "Jobcenter".into())
        );
    }
    drop((one, other));
    let mut window = rules(&data);
    window.must_show("2 ændringer ikke udgivet");
    window.close();
}

#[test]
fn each_window_takes_back_its_own_steps() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    other.poll();
    redirect(&mut other, 70, "J");
    one.poll();
    one.undo();
    one.must_show("Fortrudt: Regel 20 ændret");
    assert_eq!((one.cell(20, "Fagsystem"), one.cell(70, "Fagsystem")), ("Byggesag".into(), "Jobcenter".into()));
    one.close();
    other.close();
}

#[test]
fn a_step_that_the_other_window_has_changed_again_cannot_be_taken_back() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    other.poll();
    redirect(&mut other, 20, "K");
    one.poll();
    one.undo();
    one.must_show("Kan ikke fortrydes: Det er imens ændret på anden vis.");
    assert_eq!(one.cell(20, "Fagsystem"), "Kontante ydelser");
    one.close();
    other.close();
}

#[test]
fn of_two_changes_to_one_rule_the_later_is_told_and_not_lost_without_a_word() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    redirect(&mut other, 20, "K");
    other.poll();
    assert_eq!(other.cell(20, "Fagsystem"), "Jobcenter");
    other.must_show("1 ændring kunne ikke flyttes over; den står under Ændringer");
    other.click("1 ændring ikke udgivet");
    other.must_show("Kunne ikke flyttes over");
    other.must_show("Regel 20 sender nu Kontaktgruppe Byg og bolig til Kontante ydelser i stedet for Byggesag");
    one.close();
    other.close();
}

#[test]
fn what_one_window_publishes_empties_the_draft_of_the_other() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    other.poll();
    one.press_with(Modifiers::CTRL, Named::Enter);
    one.type_text("Byggesag lukker");
    one.press(Named::Enter);
    one.must_show("Udgivelse 2 er i kraft");
    other.poll();
    other.must_show("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    other.must_show("Alt er udgivet");
    other.must_not_show("Flyt ændringerne over");
    assert_eq!(other.cell(20, "Fagsystem"), "Jobcenter");
    one.close();
    other.close();
}

#[test]
fn what_is_changed_while_the_other_window_publishes_stays_a_change() {
    let data = town();
    let (mut one, mut other) = two(&data);
    redirect(&mut one, 20, "J");
    other.poll();
    one.press_with(Modifiers::CTRL, Named::Enter);
    one.type_text("Byggesag lukker");
    one.press(Named::Enter);
    // The other window has not looked since.
    redirect(&mut other, 70, "J");
    other.poll();
    one.poll();
    for window in [&mut one, &mut other] {
        window.must_show("1 ændring ikke udgivet");
        window.click("1 ændring ikke udgivet");
        window.must_show("1 ændring i forhold til udgivelse 2");
        window
            .must_show("Regel 70 sender nu KLE 28 (Dagtilbud) til Jobcenter i stedet for Dagtilbud og pladsanvisning");
    }
    one.close();
    other.close();
}

#[test]
fn what_is_published_elsewhere_is_followed_where_there_is_no_draft() {
    let data = town();
    let mut window = rules(&data);
    publish_elsewhere(&data, |authority| authority.rules.truncate(1));
    window.wait_for("1 regel");
    window.must_show("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    window.must_show("Alt er udgivet");
    window.close();
}

const BEHIND: &str = "Kladden bygger på udgivelse 1, men udgivelse 2 gælder nu. Flyt ændringerne over for at kunne \
                      udgive dem.";

#[test]
fn a_draft_on_an_older_publication_is_carried_over_before_it_is_published() {
    let data = town();
    let mut window = rules(&data);
    redirect(&mut window, 20, "J");
    redirect_elsewhere(&data, 70, "jobcenter");
    window.poll();
    window.must_show("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    window.must_show(BEHIND);
    window.must_show("1 ændring ikke udgivet");
    assert_eq!(window.cell(70, "Fagsystem"), "Dagtilbud og pladsanvisning");
    window.click("Flyt ændringerne over");
    window.must_show("Ændringerne bygger nu på den nyeste udgivelse");
    window.must_show("1 ændring i forhold til udgivelse 2");
    window.must_not_show(BEHIND);
    window.click("Fordelingsregler");
    assert_eq!((window.cell(20, "Fagsystem"), window.cell(70, "Fagsystem")), ("Jobcenter".into(), "Jobcenter".into()));
    window.click("Udgiv …");
    window.type_text("Begge dele");
    window.click("Udgiv og sæt i kraft");
    window.must_show("Udgivelse 3 er i kraft");
    window.close();
    let book = in_force(&data);
    for rule in [20, 70] {
        let rule = book.authorities[0].rule(Priority::new(rule).unwrap()).expect("the rule");
        assert_eq!(rule.fagsystem.as_str(), "jobcenter");
    }
}

#[test]
fn publishing_while_behind_is_impossible() {
    let data = town();
    let mut window = rules(&data);
    redirect(&mut window, 20, "J");
    redirect_elsewhere(&data, 70, "jobcenter");
    window.poll();
    window.click("Udgiv …");
    window.must_show(BEHIND);
    window.type_text("Alligevel");
    window.press(Named::Enter);
    window.click("Udgiv og sæt i kraft");
    assert_eq!(publications(&data), 2);
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn publishing_past_what_the_window_has_not_seen_yet_is_impossible() {
    let data = town();
    let mut window = rules(&data);
    redirect(&mut window, 20, "J");
    redirect_elsewhere(&data, 70, "jobcenter");
    window.click("Udgiv …");
    window.type_text("Uden at have set");
    window.press(Named::Enter);
    assert_eq!(publications(&data), 2);
    window.must_show(BEHIND);
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn a_change_that_conflicts_is_listed_as_left_behind() {
    let data = town();
    let mut window = rules(&data);
    redirect(&mut window, 20, "J");
    redirect(&mut window, 70, "J");
    redirect_elsewhere(&data, 20, "ydelse");
    window.poll();
    window.click("Flyt ændringerne over");
    window.must_show("1 ændring kunne ikke flyttes over; den står under Ændringer");
    window.must_show("1 ændring ikke udgivet");
    window.must_show("Kunne ikke flyttes over");
    let left = "Regel 20 sender nu Kontaktgruppe Byg og bolig til Jobcenter i stedet for Byggesag";
    window.must_show(left);
    window.must_show("Det er imens ændret på anden vis.");
    window.click("Fordelingsregler");
    assert_eq!(
        (window.cell(20, "Fagsystem"), window.cell(70, "Fagsystem")),
        ("Kontante ydelser".into(), "Jobcenter".into())
    );
    window.click("Ændringer");
    window.click("Glem dem");
    window.must_not_show(left);
    window.close();
}

#[test]
fn what_was_left_behind_stands_there_until_it_is_forgotten() {
    let data = town();
    let mut window = rules(&data);
    redirect(&mut window, 20, "J");
    redirect(&mut window, 70, "J");
    redirect(&mut window, 90, "J");
    let left = "Regel 20 sender nu Kontaktgruppe Byg og bolig til Jobcenter i stedet for Byggesag";
    redirect_elsewhere(&data, 20, "ydelse");
    window.poll();
    window.click("Flyt ændringerne over");
    window.must_show(left);
    // Carried over once more, past another conflict.
    redirect_elsewhere(&data, 70, "ydelse");
    window.poll();
    window.click("Flyt ændringerne over");
    window.must_show(left);
    window.must_show("Regel 70 sender nu KLE 28 (Dagtilbud) til Jobcenter i stedet for Dagtilbud og pladsanvisning");
    window.click("Udgiv …");
    window.type_text("Resten");
    window.press(Named::Enter);
    window.must_show("Udgivelse 4 er i kraft");
    window.must_show(left);
    window.click("Glem dem");
    window.must_not_show(left);
    window.close();
}

#[test]
fn a_draft_whose_changes_are_gone_follows_the_newest_publication_at_once() {
    let data = town();
    let gone: [fn(&mut Window); 2] = [
        |window| {
            window.click("Ændringer");
            window.click("Fortryd alle");
            window.must_show_part("Kladden siger det samme som udgivelse ");
        },
        Window::undo,
    ];
    for (drop, number) in gone.into_iter().zip(2..) {
        let mut window = rules(&data);
        redirect(&mut window, 20, "J");
        let (to, name) =
            if number == 2 { ("esdh", "ESDH – sager og dokumenter") } else { ("jobcenter", "Jobcenter") };
        redirect_elsewhere(&data, 70, to);
        window.poll();
        window.must_show("Flyt ændringerne over");
        drop(&mut window);
        window.must_show("Alt er udgivet");
        window.must_not_show("Flyt ændringerne over");
        window.click("Fordelingsregler");
        window.must_not_show("Flyt ændringerne over");
        assert_eq!(window.cell(70, "Fagsystem"), name);
        window.click("Ændringer");
        window.must_show(&format!("Kladden siger det samme som udgivelse {number}"));
        window.close();
    }
}

#[test]
fn of_two_new_rules_with_one_number_the_later_gets_the_next() {
    let data = town();
    let (mut one, mut other) = two(&data);
    for (window, point) in [(&mut one, "Skole og SFO"), (&mut other, "Byggetilladelser")] {
        window.click("Ny regel");
        window.type_text(point);
        window.choose("rule-fagsystem", "E");
        window.fill("rule-from", "01-08-2026");
        window.ctrl("s");
    }
    other.poll();
    one.poll();
    for window in [&mut one, &mut other] {
        assert_eq!(window.cell(110, "Regelværdi"), "Skole og SFO");
        assert_eq!(window.cell(111, "Regelværdi"), "Byggetilladelser");
        window.must_show("2 ændringer ikke udgivet");
        window.click("Ændringer");
        window.must_not_show("Kunne ikke flyttes over");
    }
    one.close();
    other.close();
}

#[test]
fn the_draft_that_stands_on_an_older_publication_does_so_after_a_restart() {
    let data = town();
    let mut window = rules(&data);
    redirect(&mut window, 20, "J");
    window.close();
    redirect_elsewhere(&data, 70, "jobcenter");
    let mut window = Window::open(data.path());
    window.must_show(BEHIND);
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn what_is_open_and_changed_elsewhere_is_told_and_not_overwritten() {
    let data = town();
    let (mut one, mut other) = two(&data);
    one.click_rule(20);
    one.fill("rule-note", "min note");
    redirect(&mut other, 20, "J");
    one.poll();
    one.must_show("Reglen er ændret et andet sted, siden du åbnede den.");
    assert_eq!(one.text_in("rule-note"), "min note");
    one.ctrl("s");
    one.click_rule(30);
    one.must_show("Gem (Ctrl+S) eller annullér først det, du er i gang med.");
    assert_eq!(one.text_in("rule-note"), "min note");
    assert_eq!(one.cell(20, "Fagsystem"), "Jobcenter");
    one.click("Hent den, som den er nu");
    one.must_not_show("Reglen er ændret et andet sted, siden du åbnede den.");
    one.must_show("Post til kontaktgruppen Byg og bolig går til Jobcenter fra 01-01-2021.");
    one.close();
    other.close();
}

#[test]
fn what_was_written_can_be_kept_past_what_others_have_made_of_the_rule() {
    let data = town();
    let (mut one, mut other) = two(&data);
    one.click_rule(20);
    one.fill("rule-note", "min note");
    redirect(&mut other, 20, "J");
    one.poll();
    one.must_show("Nu: Post til kontaktgruppen Byg og bolig går til Jobcenter fra 01-01-2021.");
    one.click("Behold det, jeg har skrevet");
    one.ctrl("s");
    assert_eq!(one.cell(20, "Fagsystem"), "Byggesag");
    other.poll();
    assert_eq!(other.cell(20, "Fagsystem"), "Byggesag");
    // A second quick click on rule 20 would begin to write in it.
    other.click_rule(30);
    other.press(Named::ArrowUp);
    other.press(Named::Delete);
    other.must_show("Regel 20 slettet");
    one.fill("rule-note", "en ny note");
    one.poll();
    one.must_show("Reglen er slettet et andet sted, siden du åbnede den.");
    one.click("Behold det, jeg har skrevet");
    one.ctrl("s");
    one.must_show("Regel 20 tilføjet");
    one.close();
    other.close();
}

#[test]
fn a_chosen_rule_that_is_deleted_elsewhere_is_chosen_no_more() {
    let data = town();
    let (mut one, mut other) = two(&data);
    one.ctrl("a");
    one.must_show("10 regler valgt");
    other.click_rule(60);
    other.press(Named::Delete);
    one.poll();
    one.must_show("9 regler valgt");
    one.close();
    other.close();
}

#[test]
fn whatever_two_windows_add_in_whatever_order_all_of_it_stands_in_both() {
    // Which window acts, and whether it has looked before: drawn once, the same every time.
    const TURNS: [(usize, bool); 12] = [
        (0, false),
        (1, false),
        (1, true),
        (0, false),
        (0, false),
        (1, false),
        (0, true),
        (1, false),
        (1, false),
        (0, false),
        (1, true),
        (0, false),
    ];
    let data = town();
    let mut windows = <[Window; 2]>::from(two(&data));
    let mut added = Vec::new();
    for (number, (which, looks)) in (10..).zip(TURNS) {
        let window = &mut windows[which];
        if looks {
            window.poll();
        }
        let cvr = format!("100000{number}");
        window.click("Ny regel");
        window.type_text(&cvr);
        window.press(Named::Enter);
        window.choose("rule-fagsystem", "E");
        window.ctrl("s");
        added.push(cvr);
    }
    for _ in 0..2 {
        windows.iter_mut().for_each(Window::poll);
    }
    for window in &mut windows {
        let values = window.column("Regelværdi");
        let missing: Vec<_> = added.iter().filter(|cvr| !values.contains(*cvr)).collect();
        assert!(missing.is_empty(), "{missing:?} of {values:?}");
        window.must_show("12 ændringer ikke udgivet");
    }
    let [one, other] = windows;
    one.close();
    other.close();
}
