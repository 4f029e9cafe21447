//! *Kontaktpunkter*: the addresses that the authority offers, as the draft has them, and who takes their post.

use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::rules::{Authority, Caseless, ContactGroup, ContactPoint, Criterion, Segment};
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

const OVERTAKEN: &str = "Kontaktpunktet er ændret eller slettet et andet sted, siden du åbnede det.";
const UNSAVED: &str = "Gem (Ctrl+S) eller annullér først det, du er i gang med.";
const TO_DEFAULT: &str = "andre regler, ellers opsamlingssystemet";
const TITLES: [&str; 6] = [
    "Byggetilladelser",
    "Ejendomme og BBR",
    "Kontanthjælp og sygedagpenge",
    "Pladsanvisningen",
    "Skole og SFO",
    "Skriv til borgmesteren",
];

fn points(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Kontaktpunkter");
    window
}

/// The texts on the same line as the words, from left to right.
#[track_caller]
fn line(window: &mut Window, words: &str) -> Vec<String> {
    let at = window.find(words);
    let seen = window.texts();
    let beside = seen.into_iter().filter(|seen| (seen.bounds.center_y() - at.center_y()).abs() < 8.0);
    let is_symbol = |words: &str| words.chars().all(|letter| ('\u{e000}'..='\u{f8ff}').contains(&letter));
    let beside = beside.filter(|seen| seen.bounds.x >= at.x && !seen.words.is_empty() && !is_symbol(&seen.words));
    beside.map(|seen| seen.words).collect()
}

/// Which of the sample's contact points are listed, from top to bottom.
fn listed(window: &mut Window) -> Vec<String> {
    let mut seen: Vec<_> = window.texts().into_iter().filter(|seen| TITLES.contains(&seen.words.as_str())).collect();
    seen.sort_by(|one, other| one.bounds.y.total_cmp(&other.bounds.y));
    seen.into_iter().map(|seen| seen.words).collect()
}

fn limit_to(authority: &mut Authority, number: u32, segment: Segment) {
    let rule = authority.rules.iter_mut().find(|rule| rule.priority.get() == number).expect("there is such a rule");
    Arc::make_mut(rule).segment = segment;
}

fn point<'a>(authority: &'a mut Authority, title: &str) -> &'a mut ContactPoint {
    authority.contact_points.iter_mut().find(|point| point.title == title).expect("there is such a contact point")
}

#[test]
fn the_list_tells_which_rule_takes_each_and_whose_post_none_takes() {
    let data = town_with(|authority| {
        limit_to(authority, 20, Segment::Company);
        let mut another = (*authority.rules[1]).clone();
        another.priority = postfordeler::rules::Priority::new(25).expect("counted from 1");
        another.segment = Segment::Everyone;
        authority.rules.push(Arc::new(another));
    });
    let mut window = points(&data);
    window.must_show("6 kontaktpunkter · 2 uden regel");
    assert_eq!(listed(&mut window), TITLES);
    let mut taken = |title| line(&mut window, title).into_iter().rev().nth(1).unwrap_or_default();
    assert_eq!(taken("Pladsanvisningen"), "10 → Dagtilbud og pladsanvisning");
    assert_eq!(taken("Kontanthjælp og sygedagpenge"), "30 → Kontante ydelser (personer), ellers andre regler");
    assert_eq!(taken("Byggetilladelser"), "20 → Byggesag (virksomheder, når gruppen nævnes) +1, ellers andre regler");
    assert_eq!(taken("Skole og SFO"), TO_DEFAULT);
    assert_eq!(taken("Skriv til borgmesteren"), TO_DEFAULT);
    assert_eq!(
        line(&mut window, "Ejendomme og BBR")[..3],
        ["Ejendomme og BBR", "Byg og bolig", "Skjult"].map(str::to_owned)
    );
    assert!(line(&mut window, "Pladsanvisningen").contains(&"KLE 28.06.00".to_owned()));
    assert!(line(&mut window, "Kontanthjælp og sygedagpenge").contains(&"Ikke aktivt".to_owned()));
    window.close();
}

/// The router looks at the message alone: one that names no group does not match a rule for the group.
#[test]
fn a_rule_for_a_group_takes_only_what_names_it_and_a_rule_for_everything_takes_the_rest() {
    let data = town_with(|authority| {
        authority.rules.retain(|rule| matches!(rule.criterion, Criterion::ContactGroup(_)));
        authority.rules.truncate(1);
        let rule = Arc::make_mut(&mut authority.rules[0]);
        (rule.segment, rule.active) = (Segment::Everyone, true);
        rule.criterion = Criterion::ContactGroup(Caseless::new("Byg og bolig"));
        authority.contact_points.retain(|point| point.is_in(&Caseless::new("Byg og bolig")));
    });
    let mut window = points(&data);
    window.must_show("2 kontaktpunkter · 2 tages kun delvis af regler");
    window.click("Byggetilladelser");
    window.must_show_part("(når gruppen nævnes)");
    window.must_show("Resten går til opsamlingssystemet, ESDH – sager og dokumenter.");
    window.must_show_part("En regel for en kontaktgruppe tager kun den post, der selv nævner gruppen.");
    publish_elsewhere(&data, |authority| {
        let mut all = (*authority.rules[0]).clone();
        all.priority = postfordeler::rules::Priority::new(4_000).expect("counted from 1");
        all.criterion = Criterion::RecipientCvr(authority.cvr);
        authority.more_cvrs.clear();
        authority.rules.push(Arc::new(all));
    });
    let mut window = points(&data);
    window.must_show("2 kontaktpunkter · alle tages helt af regler");
    window.close();
}

#[test]
fn a_rule_that_takes_nothing_of_a_contact_point_is_not_said_to() {
    let data = town_with(|authority| {
        let rule = authority.rules.iter_mut().find(|rule| rule.priority.get() == 10).expect("a rule");
        Arc::make_mut(rule).active = false;
    });
    let mut window = points(&data);
    window.must_show("6 kontaktpunkter · 3 uden regel");
    window.click("Pladsanvisningen");
    window.must_show("10 → Dagtilbud og pladsanvisning · Slået fra");
    window.must_show("Ingen regel nævner kontaktpunktet. Posten går efter de andre regler, ellers til opsamlingssystemet, ESDH – sager \
         og dokumenter.");
    window.close();
}

#[test]
fn contact_points_are_found_by_whatever_is_known_of_them() {
    let data = town();
    let mut window = points(&data);
    window.ctrl("f");
    assert!(window.has_focus("point-search"));
    for (words, found) in [
        ("vuggestue", &["Pladsanvisningen"][..]),
        ("28.06", &["Pladsanvisningen"]),
        ("byg og bolig", &["Byggetilladelser", "Ejendomme og BBR"]),
        ("E2A4C6D8", &["Ejendomme og BBR"]),
        ("rive ned", &["Byggetilladelser"]),
        ("borgmester", &["Skriv til borgmesteren"]),
    ] {
        window.fill("point-search", words);
        assert_eq!(listed(&mut window), found, "{words}");
    }
    window.must_show("1 af 6 kontaktpunkter · 2 uden regel");
    window.fill("point-search", "bibliotek");
    window.must_show("Ingen kontaktpunkter passer til søgningen og filtrene.");
    window.click("Vis alle kontaktpunkter");
    assert_eq!(listed(&mut window).len(), 6);
    // Uden regel, Ikke aktivt, Uden kontaktgruppe, then the groups.
    window.choose("point-filter", "u");
    assert_eq!(listed(&mut window), ["Skole og SFO", "Skriv til borgmesteren"]);
    window.click("Uden regel");
    window.choose("point-filter", "i");
    assert_eq!(listed(&mut window), ["Kontanthjælp og sygedagpenge"]);
    window.click_icon(Icon::FunnelX);
    window.choose("point-filter", "e");
    window.must_show("Gruppe: Erhverv");
    assert_eq!(listed(&mut window), ["Byggetilladelser"]);
    window.close();
}

#[test]
fn groups_are_a_tree_that_is_folded() {
    let data = town();
    let mut window = points(&data);
    window.click_icon(Icon::ListTree);
    assert_eq!(window.count("Byggetilladelser"), 2);
    assert_eq!(line(&mut window, "Børn og familie")[..2], ["Børn og familie", "2 kontaktpunkter"].map(str::to_owned));
    window.must_show("5 kontaktpunkter");
    window.must_show("Uden kontaktgruppe");
    window.click("Erhverv");
    assert_eq!(window.count("Byggetilladelser"), 1);
    // Up to Børn og familie's last one; left goes to its heading and folds it up.
    window.press(Named::ArrowUp);
    assert_eq!(window.text_in("point-title"), "Skole og SFO");
    window.press(Named::ArrowLeft);
    window.must_not_show("Skole og SFO");
    window.press(Named::ArrowRight);
    window.must_show("Skole og SFO");
    // Whoever searches sees what is found.
    window.click("Erhverv");
    window.click("Erhverv");
    window.fill("point-search", "carport");
    assert_eq!(window.count("Byggetilladelser"), 2);
    window.close();
    let mut window = points(&data);
    assert_eq!(window.count("Byggetilladelser"), 2, "it is shown as it was shown last");
    window.close();
}

#[test]
fn a_contact_point_is_added_changed_and_deleted_in_the_draft() {
    let data = town();
    let mut window = points(&data);
    window.ctrl("n");
    window.ctrl("s");
    window.must_show_below("Skal udfyldes", "point-title");
    window.type_text("Ældre");
    window.fill("point-id", "9D8C7B6A-5f4e-4d3c-8b2a-1f0e9d8c7b54");
    window.must_show_below("Et andet kontaktpunkt har dette id", "point-id");
    window.fill("point-id", "kp-ældre");
    window.fill("point-groups", "Borger > Ældre; Hjælp");
    window.fill("point-largest", "mange");
    window.must_show_below("Skriv fx 10 eller 2,5", "point-largest");
    window.fill("point-largest", "2,5");
    window.ctrl("s");
    window.must_show("Kontaktpunktet Ældre tilføjet");
    window.must_show("7 kontaktpunkter · 3 uden regel");
    window.must_show("1 ændring ikke udgivet");
    assert_eq!(window.text_in("point-groups"), "Borger › Ældre; Hjælp");
    window.fill("point-title", "Ældre og sundhed");
    window.ctrl("s");
    window.must_show("Kontaktpunktet Ældre og sundhed ændret");
    window.click("1 ændring ikke udgivet");
    window.must_show("Nyt kontaktpunkt: Ældre og sundhed");
    window.click("Kontaktpunkter");
    window.click_icon(Icon::Trash2);
    window.must_show("Kontaktpunktet Ældre og sundhed slettet");
    window.must_show("Alt er udgivet");
    window.must_show("6 kontaktpunkter · 2 uden regel");
    window.close();
}

#[test]
fn each_change_reads_as_a_sentence() {
    let data = town();
    let mut window = points(&data);
    window.click("Pladsanvisningen");
    for (field, text, sentence) in [
        ("point-title", "Pladsen", "hedder nu Pladsen"),
        ("point-groups", "Borger", "er nu i kontaktgruppen Borger"),
        ("point-groups", "", "er ikke længere i nogen kontaktgruppe"),
        ("point-description", "", "mister sin beskrivelse"),
        ("point-description", "Ny", "får en ny beskrivelse"),
    ] {
        window.fill(field, text);
        window.ctrl("s");
        window.click("1 ændring ikke udgivet");
        window.must_show(&format!("Kontaktpunktet Pladsanvisningen {sentence}"));
        window.undo();
        window.click("Kontaktpunkter");
    }
    // Lower in the editor, out of sight at first.
    for (field, text, sentence) in [
        ("point-largest", "", "har ikke længere nogen grænse for størrelsen"),
        ("point-largest", "2.5", "tager nu højst 2,5 MB"),
        ("point-attachments", "7", "tager nu højst 7 bilag"),
        ("point-codes", "GLN 579", "har nu koden GLN 579"),
        ("point-codes", "KLE 28.06.00 Pladser; SOR 1", "har nu koderne KLE 28.06.00 (Pladser) og SOR 1"),
        ("point-terms", "plads", "har nu søgeordet plads"),
        ("point-terms", "plads, leg", "har nu søgeordene plads og leg"),
        ("point-fields", "", "beder ikke længere om at få felter udfyldt"),
        ("point-fields", "Alder; Adresse", "beder nu om Alder og Adresse"),
    ] {
        window.focus(field);
        window.ctrl("a");
        window.press(Named::Backspace);
        window.type_text(text);
        window.ctrl("s");
        window.click("1 ændring ikke udgivet");
        window.must_show(&format!("Kontaktpunktet Pladsanvisningen {sentence}"));
        window.undo();
        window.click("Kontaktpunkter");
    }
    // The switches in the order of Tab: active, visible, citizens, companies, authorities.
    for (steps, sentence) in [
        (1, "er ikke længere aktivt"),
        (2, "skjules for dem, der skriver"),
        (4, "er nu for borgere, virksomheder og myndigheder"),
    ] {
        window.focus("point-description");
        for _ in 0..steps {
            window.press(Named::Tab);
        }
        window.press(Named::Space);
        window.ctrl("s");
        window.click("1 ændring ikke udgivet");
        window.must_show(&format!("Kontaktpunktet Pladsanvisningen {sentence}"));
        window.undo();
        window.click("Kontaktpunkter");
    }
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn a_contact_point_that_rules_name_is_not_deleted() {
    let data = town();
    let mut window = points(&data);
    window.click("Pladsanvisningen");
    window.must_show("Kan ikke slettes: Regel 10 nævner det.");
    window.click_icon(Icon::Trash2);
    window.must_show("Alt er udgivet");
    window.click("Byggetilladelser");
    // A rule names its group alone.
    window.must_not_show("Kan ikke slettes: Regel 10 nævner det.");
    window.click_icon(Icon::Trash2);
    window.must_show("Kontaktpunktet Byggetilladelser slettet");
    window.close();
}

#[test]
fn a_contact_point_that_gets_another_id_keeps_its_rules() {
    let data = town();
    let mut window = points(&data);
    window.click("Pladsanvisningen");
    window.fill("point-id", "kp-1");
    window.ctrl("s");
    window.must_show("10 → Dagtilbud og pladsanvisning");
    window.must_show("Kan ikke slettes: Regel 10 nævner det.");
    window.click("Udgiv …");
    window.type_text("Nyt id");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    window.close();
    let rule = in_force(&data).authorities[0].rules[0].criterion.clone();
    assert_eq!(rule, Criterion::ContactPoint(Caseless::new("kp-1")));
}

#[test]
fn a_rule_is_gone_to_and_a_new_one_begun() {
    let data = town();
    let mut window = points(&data);
    window.click("Kontanthjælp og sygedagpenge");
    window.must_show("Resten går efter de andre regler, ellers til opsamlingssystemet, ESDH – sager og dokumenter.");
    window.click_last("30 → Kontante ydelser (personer)");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window.click("Kontaktpunkter");
    window.click("Skole og SFO");
    window.click("Ny regel til kontaktpunktet");
    assert_eq!(window.text_in("rule-value"), "Skole og SFO");
    assert!(window.has_focus("rule-fagsystem"));
    window.choose("rule-fagsystem", "d");
    window.ctrl("s");
    window.click("Kontaktpunkter");
    window.must_show("6 kontaktpunkter · 1 uden regel");
    window.must_show("110 → Dagtilbud og pladsanvisning");
    window.close();
}

#[test]
fn messages_to_a_contact_point_are_counted() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Kontaktpunkter");
    window.wait_until(|window| line(window, "Pladsanvisningen").last().is_some_and(|last| last == "2"));
    window.click("Pladsanvisningen");
    window.must_show("2 meddelelser de sidste 30 dage havde dette id.");
    window.close();
}

#[test]
fn a_contact_point_that_is_being_written_is_not_lost_by_going_elsewhere() {
    let data = town();
    let mut window = points(&data);
    window.click("Pladsanvisningen");
    window.fill("point-title", "Pladsen");
    for elsewhere in ["Skole og SFO", "Nyt kontaktpunkt", "Ny regel til kontaktpunktet"] {
        window.click(elsewhere);
        assert_eq!(window.text_in("point-title"), "Pladsen");
    }
    window.must_show(UNSAVED);
    window.press(Named::Escape);
    window.click("Router");
    window.click("Kontaktpunkter");
    assert_eq!(window.text_in("point-title"), "Pladsen");
    window.click("Annullér");
    window.click("Skole og SFO");
    assert_eq!(window.text_in("point-title"), "Skole og SFO");
    window.press(Named::ArrowDown);
    assert_eq!(window.text_in("point-title"), "Skriv til borgmesteren");
    window.press(Named::Escape);
    window.must_not_show("Gem i kladden");
    window.close();
}

#[test]
fn a_contact_point_changed_in_another_window_is_told_and_not_overwritten() {
    let data = town();
    let (mut one, mut other) = (points(&data), points(&data));
    for window in [&mut one, &mut other] {
        window.click("Pladsanvisningen");
    }
    one.fill("point-title", "Mit navn");
    other.fill("point-title", "Dit navn");
    other.ctrl("s");
    one.poll();
    one.must_show(OVERTAKEN);
    one.ctrl("s");
    assert_eq!(one.text_in("point-title"), "Mit navn");
    one.click("Hent den, som den er nu");
    assert_eq!(one.text_in("point-title"), "Dit navn");
    other.fill("point-title", "Igen et navn");
    other.ctrl("s");
    one.poll();
    assert_eq!(one.text_in("point-title"), "Igen et navn", "nothing was written, so it follows");
    one.close();
    other.close();
}

#[test]
fn where_there_are_none_the_next_step_is_told() {
    let data = town_with(|authority| authority.contact_points.clear());
    let mut window = points(&data);
    window.must_show("Ingen kontaktpunkter");
    window.must_show_part("Hent dem fra sider, I har gemt fra Digital Post");
    window.click_last("Hent kontaktstruktur …");
    window.must_show("Filer");
    window.must_not_show("Ingen kontaktpunkter");
    window.close();
}

#[test]
fn groups_that_exist_are_suggested() {
    let data = town();
    let mut window = points(&data);
    window.click("Skriv til borgmesteren");
    window.fill("point-groups", "Ledelsen; borger > byg");
    window.click("Borger › Byg og bolig");
    assert_eq!(window.text_in("point-groups"), "Ledelsen; Borger › Byg og bolig");
    window.ctrl("s");
    window.must_show("6 kontaktpunkter · 1 uden regel");
    window.close();
}

#[test]
fn what_is_written_as_before_stays_as_it_was() {
    let data = town_with(|authority| {
        let it = point(authority, "Skole og SFO");
        it.groups = vec![ContactGroup::new("Skole; SFO > fritid"), ContactGroup::new("Borger")];
        it.details.search_terms = vec!["skole, folkeskole".to_owned()];
    });
    let mut window = points(&data);
    window.click("Skole og SFO");
    window.fill("point-title", "Skolen");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("Kontaktpunktet Skole og SFO hedder nu Skolen");
    window.close();
}

#[test]
fn what_stands_there_stays_while_others_come_and_go() {
    let data = town_with(|authority| {
        let it = point(authority, "Skole og SFO");
        it.groups = vec![ContactGroup::new("Skole; SFO > fritid"), ContactGroup::new("Borger")];
        it.details.search_terms = vec!["skole, folkeskole".to_owned(), "leg".to_owned()];
        it.details.fields = vec!["Barnets navn; alder".to_owned()];
    });
    let mut window = points(&data);
    window.click("Skole og SFO");
    for (field, text) in [
        ("point-groups", "Ny; Skole; SFO > fritid; Erhverv > Byg"),
        ("point-terms", "klub; skole, folkeskole, sfo"),
        ("point-fields", "Barnets navn; alder; Klasse"),
    ] {
        window.focus(field);
        window.ctrl("a");
        window.type_text(text);
    }
    window.ctrl("s");
    window.close();
    let draft = store(&data).draft().expect("readable").book.expect("a draft");
    let saved = draft.authorities[0].contact_points.iter().find(|it| it.title == "Skole og SFO").expect("it is there");
    let path = |group: &ContactGroup| group.path().map(ToString::to_string).collect::<Vec<_>>();
    let groups: Vec<_> = saved.groups.iter().map(path).collect();
    assert_eq!(groups, [vec!["Ny"], vec!["Skole; SFO > fritid"], vec!["Erhverv", "Byg"]]);
    assert_eq!(saved.details.search_terms, ["klub", "skole, folkeskole", "sfo"]);
    assert_eq!(saved.details.fields, ["Barnets navn; alder", "Klasse"]);
}

#[test]
fn a_rule_finds_contact_points_by_search_terms_codes_and_groups() {
    let data = town();
    let mut window = rules(&data);
    window.ctrl("n");
    for (words, suggested) in [
        ("vugge", "Pladsanvisningen · vuggestue"),
        ("26.05.1", "Byggetilladelser · 26.05.10"),
        ("erhv", "Byggetilladelser · Erhverv"),
        ("sko", "Skole og SFO"),
    ] {
        window.fill("rule-value", words);
        window.must_show(suggested);
    }
    window.fill("rule-value", "vugge");
    window.press(Named::Enter);
    assert_eq!(window.text_in("rule-value"), "Pladsanvisningen");
    window.close();
}
