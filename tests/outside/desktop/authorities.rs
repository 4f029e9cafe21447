//! *Myndigheder*: those that receive, and those that are known as senders.

use std::sync::Arc;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use postfordeler::rules::{Authority, Criterion, Cvr, KnownAuthority, RuleBook};
use tempfile::TempDir;

use super::town::*;
use crate::support::small_town;
use crate::window::Window;

const UNSAVED: &str = "Gem (Ctrl+S) eller annullér først det, du er i gang med.";
const KNOWN: &str = "Kendte myndigheder";

/// A window on *Myndigheder*.
fn authorities(data: &TempDir) -> Window {
    let mut window = rules(data);
    window.click("Myndigheder");
    window
}

/// The sample municipality and another one.
fn two() -> TempDir {
    let data = data();
    let mut book: RuleBook = small_town(([127, 0, 0, 1], 1).into());
    let mut other = book.authorities[0].clone();
    other.cvr = "01506071".parse().expect("a number");
    "Eksempelby Forsyning".clone_into(&mut other.name);
    other.rules.truncate(2);
    other.contact_points.truncate(1);
    book.authorities.push(other);
    store(&data).publish(&book.compile().expect("no fault"), "Begyndelsen", None).expect("published");
    data
}

fn add_utility(window: &mut Window) {
    window.ctrl("n");
    assert!(window.has_focus("authority-name"));
    window.type_text("Forsyningen");
    window.fill("authority-cvr", "66137112");
    window.fill("authority-fagsystem", "Sag og drift");
    window.fill("authority-endpoint", "https://sag.example/");
    window.ctrl("s");
}

#[test]
fn an_authority_is_added_with_its_first_fagsystem_and_shown_from_then_on() {
    let data = town();
    let mut window = authorities(&data);
    window.must_show("1 myndighed");
    add_utility(&mut window);
    window.must_show("Myndigheden Forsyningen tilføjet");
    window.must_show("2 myndigheder");
    window.must_show("0 regler · 1 fagsystem · 0 kontaktpunkter");
    window.must_show("Det er den, de andre sider viser");
    window.must_show("CVR 66137112");
    window.click("Fagsystemer");
    window.must_show("1 fagsystem");
    window.must_show("sag-og-drift");
    window.click("1 ændring ikke udgivet");
    window.must_show_part("Forsyningen");
    window.undo();
    window.must_show("Alt er udgivet");
    window.must_show("CVR 01102036");
    window.redo();
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn what_is_wrong_with_an_authority_stands_below_it() {
    let data = town();
    let mut window = authorities(&data);
    window.ctrl("n");
    window.ctrl("s");
    for field in ["authority-name", "authority-cvr", "authority-endpoint"] {
        window.must_show_below("Skal udfyldes", field);
    }
    window.fill("authority-cvr", "1234567");
    window.must_show_below("Et CVR-nummer har otte cifre", "authority-cvr");
    window.fill("authority-cvr", "01102036");
    window.must_show_below("01102036 hører til Eksempelby Kommune", "authority-cvr");
    window.fill("authority-cvr", "12345678");
    window.must_show_below("12345678: Kontrolcifferet passer ikke. Er det skrevet rigtigt?", "authority-cvr");
    for (written, wrong) in [
        ("66137112, 1234", "»1234« er ikke et CVR-nummer: Det har otte cifre"),
        ("66137112; 66137112", "66137112 står her to gange"),
        ("12345678", "12345678 står her to gange"),
        ("66137112, 01102036", "01102036 hører til Eksempelby Kommune"),
    ] {
        window.fill("authority-more", written);
        window.must_show_below(wrong, "authority-more");
    }
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.click("Fordelingsregler");
    window.click("Myndigheder");
    assert_eq!(window.text_in("authority-more"), "66137112, 01102036");
    window.click_last("Eksempelby Kommune");
    window.must_show(UNSAVED);
    window.close();
}

#[test]
fn an_authority_is_changed_and_published_while_it_is_being_written() {
    let data = town();
    let mut window = authorities(&data);
    window.click_last("Eksempelby Kommune");
    window.fill("authority-name", "Eksempelby og Nørreby Kommune");
    window.fill("authority-more", "66137112 , 12345678");
    window.choose("authority-default", "b");
    window.ctrl("s");
    window.must_show("Myndigheden Eksempelby og Nørreby Kommune ændret");
    assert_eq!(window.text_in("authority-more"), "66137112, 12345678");
    window.fill("authority-name", "Storkommunen");
    window.click("Udgiv …");
    window.type_text("Sammenlagt");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    let authority = &in_force(&data).authorities[0];
    assert_eq!(authority.name, "Storkommunen");
    assert_eq!(authority.more_cvrs.len(), 2);
    assert_eq!(authority.default_fagsystem.as_str(), "byggesag");
    window.close();
}

#[test]
fn another_number_is_warned_of_and_the_sidebar_follows() {
    let data = town();
    let mut window = authorities(&data);
    window.click_last("Eksempelby Kommune");
    window.fill("authority-cvr", "66137112");
    window.must_show_part("Myndigheden skifter nummer: I kladden slettes den under 01102036");
    window.ctrl("s");
    window.must_show("CVR 66137112");
    window.click("Fordelingsregler");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window.undo();
    window.must_show("CVR 01102036");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn what_is_being_written_elsewhere_is_not_lost_with_its_authority() {
    let data = two();
    let mut window = authorities(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.fill("fagsystem-name", "Jobcentret");
    window.click("Myndigheder");
    window.click_last("Eksempelby Kommune");
    window.click("Slet myndighed …");
    window.click("Slet myndigheden");
    window.must_show(UNSAVED);
    window.click("Behold den");
    window.fill("authority-cvr", "66137112");
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn an_authority_is_deleted_when_one_means_it_but_not_the_last() {
    let data = two();
    let mut window = authorities(&data);
    window.must_show("2 myndigheder");
    window.click("Eksempelby Forsyning");
    window.click("Vis den på de andre sider");
    window.must_show("CVR 01506071");
    window.click("Slet myndighed …");
    window.must_show(
        "Slet Eksempelby Forsyning? Med den slettes 2 regler, 5 fagsystemer og 1 kontaktpunkt. Når kladden er udgivet, \
         afvises post til 01506071.",
    );
    window.press(Named::Escape);
    window.must_not_show("Slet myndigheden");
    window.must_show("Slet myndighed …");
    window.click("Slet myndighed …");
    window.click("Slet myndigheden");
    window.must_show("Myndigheden Eksempelby Forsyning slettet");
    window.must_show("1 myndighed");
    window.must_show("CVR 01102036");
    window.press(Named::ArrowDown);
    window.must_show("Den eneste myndighed kan ikke slettes.");
    window.click("Slet myndighed …");
    window.must_not_show("Slet myndigheden");
    window.undo();
    window.must_show("2 myndigheder");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn known_authorities_are_added_changed_found_and_removed() {
    let data = town();
    let mut window = authorities(&data);
    window.click(KNOWN);
    window.must_show("1 kendt myndighed");
    window.ctrl("n");
    window.type_text("01203045");
    window.must_show_below("Nummeret står på listen i forvejen", "known-cvr");
    window.fill("known-cvr", "01102036");
    window.must_show_below("Det er Eksempelby Kommune, som tæller med i forvejen", "known-cvr");
    window.fill("known-cvr", "12345678");
    window.must_show_below("12345678: Kontrolcifferet passer ikke. Er det skrevet rigtigt?", "known-cvr");
    window.fill("known-name", "Ådal Kommune");
    window.ctrl("s");
    window.must_show("Ådal Kommune tilføjet som kendt myndighed");
    window.must_show("2 kendte myndigheder");
    window.must_show("Kontrolciffer passer ikke");
    window.fill("known-name", "Ådal og omegn");
    window.click("01203045");
    window.must_show(UNSAVED);
    window.ctrl("s");
    window.must_show("Den kendte myndighed Ådal og omegn ændret");
    window.ctrl("f");
    window.type_text("ådal");
    window.must_show("1 af 2 kendte myndigheder");
    window.must_not_show("01203045");
    window.click("Fjern fra listen");
    window.must_show("Ådal og omegn fjernet som kendt myndighed");
    window.must_show("Ingen kendt myndighed har det i navn eller CVR-nummer.");
    window.must_show("Alt er udgivet");
    window.click("Hent liste (CSV, Excel) …");
    window.must_show("Filer");
    window.close();
}

#[test]
fn a_known_authority_that_was_changed_meanwhile_is_taken_as_it_is_now() {
    let data = town();
    let mut window = authorities(&data);
    window.click(KNOWN);
    window.click("01203045");
    let before = window.text_in("known-name");
    window.fill("known-name", "Nørreby");
    window.ctrl("s");
    window.fill("known-name", "Nørreby og omegn");
    window.undo();
    window.must_show("Myndigheden er ændret eller slettet et andet sted, siden du åbnede den.");
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.click("Hent den, som den er nu");
    assert_eq!(window.text_in("known-name"), before);
    window.close();
}

/// How the rules of the draft's authorities choose, the authorities by their names.
fn criteria(data: &TempDir) -> Vec<Vec<Criterion>> {
    let book = store(data).draft().expect("readable").book.unwrap_or_else(|| in_force(data).into());
    let mut authorities = book.authorities.clone();
    authorities.sort_by(|one, other| one.name.cmp(&other.name));
    let criteria = |authority: &Authority| authority.rules.iter().map(|rule| rule.criterion.clone()).collect();
    authorities.iter().map(criteria).collect()
}

#[test]
fn rules_that_name_an_authority_follow_when_it_gets_another_number() {
    let data = two();
    let (old, new): (Cvr, Cvr) = ("01102036".parse().expect("a number"), "66137112".parse().expect("a number"));
    let naming = |cvr| [Criterion::SenderCvr(cvr), Criterion::RecipientCvr(cvr)];
    let mut book = in_force(&data);
    for authority in &mut book.authorities {
        for (rule, criterion) in authority.rules.iter_mut().zip(naming(old)) {
            Arc::make_mut(rule).criterion = criterion;
        }
    }
    store(&data).publish_over(&book.compile().expect("no fault"), "").expect("published");
    let before = criteria(&data);
    let mut window = authorities(&data);
    window.click_last("Eksempelby Kommune");
    window.fill("authority-cvr", "66137112");
    window.must_show_part("Står 01102036 ikke blandt de øvrige numre, modtages post til det ikke mere, og regler");
    window.fill("authority-more", "01102036");
    window.ctrl("s");
    assert_eq!(criteria(&data), before, "it still has the old one");
    window.undo();
    window.must_show("Alt er udgivet");
    window.click_last("Eksempelby Kommune");
    window.fill("authority-cvr", "66137112");
    window.ctrl("s");
    let after = criteria(&data);
    assert_eq!((&after[0][..2], &after[1][..2]), (&naming(new)[..], &naming(new)[..]));
    assert_eq!((&after[0][2..], &after[1][2..]), (&before[0][2..], &before[1][2..]));
    window.undo();
    window.must_show("Alt er udgivet");
    assert_eq!(criteria(&data), before);
    window.close();
}

#[test]
fn many_known_authorities_are_gone_through_with_the_keyboard_and_undone_in_one_step() {
    let data = data();
    let mut book = small_town(([127, 0, 0, 1], 1).into());
    let known = |number: u32| KnownAuthority {
        cvr: format!("{:08}", 20_000_000 + number).parse().expect("a number"),
        name: format!("Myndighed {number:04}"),
    };
    book.known_authorities = (0..3_000).map(known).collect();
    store(&data).publish(&book.compile().expect("no fault"), "Begyndelsen", None).expect("published");
    let mut window = authorities(&data);
    window.click(KNOWN);
    window.must_show("3.000 kendte myndigheder");
    for _ in 0..60 {
        window.press(Named::ArrowDown);
    }
    assert_eq!(window.text_in("known-name"), "Myndighed 0059");
    window.must_show("Myndighed 0058");
    window.click("Fjern fra listen");
    window.must_show("2.999 kendte myndigheder");
    window.undo();
    window.must_show("3.000 kendte myndigheder");
    window.close();
}

#[test]
fn a_new_authority_is_begun_from_the_palette() {
    let data = town();
    let mut window = authorities(&data);
    window.press_with(Modifiers::CTRL, "k");
    window.type_text("ny myndighed");
    window.press(Named::Enter);
    assert!(window.has_focus("authority-name"));
    // The first one leaves the field.
    for _ in 0..2 {
        window.press(Named::Escape);
    }
    window.must_not_show("Første fagsystem");
    window.close();
}
