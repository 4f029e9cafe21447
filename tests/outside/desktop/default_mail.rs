//! *Opsamling*: what rules decide, what falls to the default recipient, and rules for it.

use iced_test::core::Point;
use jiff::{SignedDuration, Timestamp};
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::{AddressedContactPoint, Caseless, Cvr, Facts, PostType, Sender, SenderKind};
use postfordeler::store::{Imprint, Journal, JournalEntry};
use tempfile::TempDir;

use super::overview::{Sent, entry, sent};
use super::town::{data, in_force, noon, store, town};
use crate::support::block_on;
use crate::window::Window;

const MAYOR: &str = "9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b54";

fn town_number() -> Cvr {
    "01102036".parse().expect("a CVR number")
}

fn citizen() -> Facts {
    Facts::new(Sender::Person, town_number())
}

fn to_point(id: &str) -> Facts {
    let point = AddressedContactPoint { id: Some(Caseless::new(id)), group: None };
    Facts { contact_point: Some(point), ..citizen() }
}

fn with_kle(kle: &str) -> Facts {
    Facts { kle: kle.parse().ok(), ..citizen() }
}

fn from_company(cvr: &str) -> Facts {
    let sender = Sender::Organisation(cvr.parse().ok());
    Facts { post_type: Some(PostType::Authority), ..Facts::new(sender, town_number()) }
}

/// Messages that fell to the default recipient so many days ago.
fn fell(count: usize, days: i64, facts: &Facts) -> Vec<(Sent, Option<Facts>)> {
    let ago = SignedDuration::from_hours(days * 24 + 1);
    (0..count).map(|_| (Sent { by_rule: false, ago, ..sent("esdh") }, Some(facts.clone()))).collect()
}

fn ruled(count: usize, days: i64) -> Vec<(Sent, Option<Facts>)> {
    let ago = SignedDuration::from_hours(days * 24 + 1);
    (0..count).map(|_| (Sent { ago, ..sent("dagtilbud") }, None)).collect()
}

fn record(data: &TempDir, messages: impl IntoIterator<Item = (Sent, Option<Facts>)>) {
    let store = store(data);
    let publication = store.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&store).expect("the journal starts");
    for (number, (it, facts)) in messages.into_iter().enumerate() {
        let kind = |facts: &Facts| match facts.sender {
            Sender::Person => SenderKind::Person,
            _ => SenderKind::Company,
        };
        let facts = facts.map(|facts| (facts.clone(), kind(&facts)));
        let entry = JournalEntry { facts, ..entry(&it, publication, number) };
        block_on(journal.record(entry)).expect("it is written");
    }
}

/// The rules in force, published once more at that time.
fn publish_at(data: &TempDir, at: &str) {
    let at: Timestamp = at.parse().expect("a time");
    let imprint = Imprint { at, by: String::new(), note: String::new() };
    store(data).publish_over(&in_force(data).compile().expect("no fault"), imprint).expect("published");
}

/// A window on *Opsamling*, for which it is always noon on 15 July.
fn bench(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.send(Message::Show(Page::DefaultMail));
    window
}

/// The words on the line of some others.
fn line_of(window: &mut Window, words: &str) -> Vec<String> {
    let line = window.find(words);
    let texts = window.texts().into_iter();
    let beside = texts.filter(|text| (text.bounds.center_y() - line.center_y()).abs() < 6.0);
    // A page of the sidebar may be at the same height.
    beside.filter(|text| text.bounds.x >= line.x).map(|text| text.words).collect()
}

#[test]
fn without_mail_it_says_what_will_be_seen_and_where_to_begin() {
    let data = town();
    let mut window = bench(&data);
    window.must_show("Det, ingen regel tager, går til ESDH – sager og dokumenter");
    window.must_show_part("hvad der falder til opsamlingssystemet – så snart routeren");
    window.click("Gå til Router");
    window.must_show_part("Modtager intet.");
    window.close();
}

#[test]
fn the_one_number_is_that_of_the_span_beside_an_earlier_month() {
    let data = town();
    // July: 26 of 30. June: 17 of 21. April: 1 of 2.
    let july = ruled(26, 1).into_iter().chain(fell(4, 2, &to_point(MAYOR)));
    let june = ruled(17, 35).into_iter().chain(fell(4, 36, &to_point(MAYOR)));
    let april = ruled(1, 85).into_iter().chain(fell(1, 85, &to_point(MAYOR)));
    record(&data, april.chain(june).chain(july));
    let mut window = bench(&data);
    window.must_show("Fordelt uden menneskehånd: 87 % (81 % i juni 2026)");
    window.must_show_part("En regel bestemte over 26 af 30 meddelelser.");
    window.choose("default-mail-month", "april 2026");
    window.must_show("Fordelt uden menneskehånd: 87 % (50 % i april 2026)");
    window.click("90 dage");
    window.must_show_part("Fordelt uden menneskehånd: 83 % (50 %");
    window.must_show_part("En regel bestemte over 44 af 53 meddelelser.");
    window.close();
}

#[test]
fn what_is_not_known_is_not_claimed() {
    let data = town();
    record(&data, fell(3, 40, &to_point(MAYOR)));
    let mut window = bench(&data);
    window.must_show("Fordelt uden menneskehånd: ved ikke (0 % i juni 2026)");
    window.click("Alt");
    window.must_show("Fordelt uden menneskehånd: 0 % (0 % i juni 2026)");
    window.close();
}

#[test]
fn what_fell_is_grouped_by_each_fact_under_its_name() {
    let data = town();
    let mayor = fell(5, 1, &to_point(MAYOR)).into_iter().chain(fell(2, 1, &to_point("ukendt-punkt")));
    let kle = fell(3, 1, &with_kle("30.06.04")).into_iter().chain(fell(1, 1, &with_kle("30.10.00")));
    record(&data, mayor.chain(kle).chain(fell(2, 1, &from_company("01304054"))).chain(ruled(7, 1)));
    let mut window = bench(&data);
    window.must_show("13 meddelelser");
    window.must_show_part("Læg derfor ikke grupperne sammen.");
    window.must_show("Kontaktpunkt · 2");
    assert_eq!(line_of(&mut window, "Skriv til borgmesteren")[1..3], ["5", "38,5 %"]);
    assert_eq!(line_of(&mut window, "ukendt-punkt")[1], "2");
    window.click("KLE-hovedgruppe · 1");
    assert_eq!(line_of(&mut window, "30 (Andre myndigheders opgaver)")[1], "4");
    window.click("KLE-gruppe · 2");
    assert_eq!(line_of(&mut window, "30.06 (Andre myndigheders opgaver)")[1], "3");
    window.click("Afsenders CVR-nr. · 1");
    assert_eq!(line_of(&mut window, "01304054")[1], "2");
    window.click("Kontaktgruppe · 0");
    window.must_show("Intet af det, der faldt, kan samles sådan.");
    window.click("Uden kontaktpunkt · 2");
    assert_eq!(line_of(&mut window, "Myndighedspost")[1], "2");
    window.close();
}

#[test]
fn a_group_becomes_a_rule_with_its_effect_before_it_is_saved() {
    let data = town();
    record(&data, fell(5, 1, &to_point(MAYOR)));
    let mut window = bench(&data);
    assert!(line_of(&mut window, "Skriv til borgmesteren").contains(&"tager ingen af dem".to_owned()));
    window.click("Lav regel");
    window.must_show("Ny regel");
    assert_eq!(window.text_in("rule-priority"), "110");
    window.choose("rule-fagsystem", "Jobcenter");
    // The messages that it would have taken.
    window.wait_until(|it| it.shows_part("5"));
    window.ctrl("s");
    window.send(Message::Show(Page::DefaultMail));
    assert!(line_of(&mut window, "Skriv til borgmesteren").contains(&"tager dem alle nu".to_owned()));
    window.close();
}

#[test]
fn no_rule_is_offered_for_a_name_that_the_journal_leaves_out() {
    let data = town();
    record(&data, fell(2, 1, &to_point("Sag 1234567890")));
    let mut window = bench(&data);
    window.must_show("Ingen regel mulig");
    window.must_not_show("Lav regel");
    window.close();
}

#[test]
fn a_group_opens_its_messages() {
    let data = town();
    record(&data, fell(2, 1, &to_point(MAYOR)).into_iter().chain(fell(3, 1, &with_kle("30.06.04"))).chain(ruled(4, 1)));
    let mut window = bench(&data);
    window.click("Skriv til borgmesteren");
    window.must_show("Meddelelser");
    window.wait_for("2 af 9 meddelelser");
    window.close();
}

#[test]
fn publications_are_marked_on_the_curve_and_told_in_words() {
    let data = town();
    publish_at(&data, "2026-07-10T08:30:00Z");
    record(&data, ruled(3, 10).into_iter().chain(ruled(1, 5)).chain(fell(1, 5, &to_point(MAYOR))));
    let mut window = bench(&data);
    let told = "Udgivelse 2 · 10-07-2026 10:30";
    assert_eq!(window.count(told), 1);
    // Monday has its date; the Friday before is three steps to the left of it, and Monday is of 5 to 15 July.
    let monday = window.find("13-07");
    window.point_at(Point::new(monday.center_x() - 3.0 * monday.width, monday.center_y()));
    window.must_show("fredag 10-07-2026");
    window.must_show("50 % fordelt af en regel: 1 af 2");
    assert_eq!(window.count(told), 2);
    window.point_at(Point::new(monday.center_x(), monday.center_y()));
    window.must_show("ingen post");
    window.point_nowhere();
    window.click("Uge");
    window.must_show("29-06");
    window.tab_until(|it| it.has_focus_on(told));
    window.press(iced_test::core::keyboard::key::Named::Enter);
    window.must_show("Udgivelse 2");
    window.must_show("Tag den tilbage som kladde");
    window.close();
}

#[test]
fn the_window_goes_along_with_what_comes() {
    let data = town();
    record(&data, ruled(3, 1));
    let mut window = bench(&data);
    window.must_show_part("Fordelt uden menneskehånd: 100 %");
    record(&data, fell(1, 0, &to_point(MAYOR)));
    window.poll();
    window.wait_until(|it| it.shows_part("Fordelt uden menneskehånd: 75 %"));
    window.close();
}

#[test]
fn the_first_start_has_no_such_page() {
    let data = data();
    let mut window = bench(&data);
    window.must_show("Åbn øvelsen");
    window.close();
}
