//! Looking at the rules of another day than today.

use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use jiff::SignedDuration;
use jiff::civil::date;
use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::{Criterion, Facts, Guard, Rule, Validity};
use postfordeler::store::{Journal, JournalEntry};
use tempfile::TempDir;

use super::overview::{Sent, entry, sent};
use super::town::*;
use crate::rules::books::{bare_facts, fagsystem_id, rule};
use crate::support::block_on;
use crate::window::Window;

pub(super) const DAY: &str = "01-01-2027";
/// It is 15 July 2026.
pub(super) const BAND: &str = "Du ser reglerne, som de gælder 01-01-2027 (om 170 dage)";
pub(super) const BACK: &str = "Tilbage til i dag";
pub(super) const FIELD: &str = "looked-at-day";
pub(super) const TRACK: &str = "looked-at-band-track";

fn kle(
    number: u32,
    interval: &str,
    fagsystem: &str,
    from: Option<(i16, i8, i8)>,
    to: Option<(i16, i8, i8)>,
) -> Arc<Rule> {
    let criterion = Criterion::Kle(interval.parse().expect("an interval"));
    let day = |(year, month, day)| date(year, month, day);
    let validity = Validity::new(from.map_or(date(2026, 1, 1), day), to.map(day)).expect("forwards");
    Arc::new(Rule { fagsystem: fagsystem_id(fagsystem), validity, ..rule(number, criterion) })
}

/// The sample with a system change at New Year: *Byggesag* has KLE 61 until then, and *Jobcenter* from then on.
pub(super) fn changing() -> TempDir {
    town_with(|authority| {
        authority.rules.extend([
            kle(901, "61", "byggesag", None, Some((2026, 12, 31))),
            kle(902, "61", "jobcenter", Some((2027, 1, 1)), None),
            // In force from New Year on until then, but rule 902 leaves it nothing.
            kle(903, "61.10", "dagtilbud", Some((2027, 1, 1)), None),
        ]);
    })
}

pub(super) fn open(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.must_show_part("regler · den øverste, der passer, bestemmer");
    window
}

pub(super) fn look_at(window: &mut Window, day: &str) {
    window.ctrl("g");
    assert!(window.has_focus(FIELD));
    window.fill(FIELD, day);
    window.press(Named::Enter);
}

/// The window of the system change, on New Year's Day.
pub(super) fn on_new_years_day(data: &TempDir) -> Window {
    let mut window = open(data);
    look_at(&mut window, DAY);
    window.must_show(BAND);
    window
}

#[track_caller]
fn must_be(window: &mut Window, rule: u32, state: &str) {
    let number = rule.to_string();
    let rows = window.rule_rows();
    let row = rows.iter().find(|row| row.contains(&number)).expect("the rule is listed");
    assert!(row.iter().any(|words| words == state), "rule {rule} is not {state}: {row:?}");
}

#[test]
fn the_list_shows_the_states_of_that_day_and_one_key_leads_back() {
    let data = changing();
    let mut window = open(&data);
    window.must_show("I dag");
    for (rule, state) in [(901, "Aktiv"), (902, "Kommende"), (903, "Skygget")] {
        must_be(&mut window, rule, state);
    }
    window.must_not_show(BACK);
    look_at(&mut window, DAY);
    window.must_show("pr. 01-01-2027");
    window.must_show(BAND);
    for (rule, state) in [(901, "Udløbet"), (902, "Aktiv"), (903, "Skygget")] {
        must_be(&mut window, rule, state);
    }
    // Nothing has been edited.
    window.must_show("Alt er udgivet");
    window.ctrl("t");
    window.must_not_show(BACK);
    window.must_not_show("pr. 01-01-2027");
    must_be(&mut window, 902, "Kommende");
    window.close();
}

#[test]
fn every_screen_says_that_it_is_not_today_and_has_the_way_back() {
    let data = changing();
    let mut window = on_new_years_day(&data);
    for page in Page::ALL {
        for (width, height) in [(1280.0, 800.0), (960.0, 600.0)] {
            window.send(Message::Show(page));
            window.resize(width, height);
            assert!(window.shows(BAND), "{page:?} does not say so at {width}×{height}");
            window.must_show("pr. 01-01-2027");
            window.must_show(BACK);
            window.must_show("Ctrl+T");
        }
    }
    window.click(BACK);
    for page in Page::ALL {
        window.send(Message::Show(page));
        assert!(!window.shows_part("Du ser reglerne"), "{page:?}");
    }
    window.close();
}

#[test]
fn the_plan_shows_the_rules_of_that_day() {
    let data = changing();
    store(&data).save_kle_plan(&super::kle::plan()).expect("it is kept");
    let mut window = open(&data);
    window.send(Message::Show(Page::Kle));
    window.must_show("Regel i dag");
    look_at(&mut window, "01-01-2031");
    window.must_show("Regel den dag");
    window.must_not_show("Regel i dag");
    window.click_last_beside("Dagtilbud", "70 → Dagtilbud og pladsanvisning");
    window.must_show("Bestemmer 01-01-2031");
    window.close();
}

#[test]
fn a_message_is_tried_on_that_day_until_another_is_written() {
    let data = changing();
    let mut window = open(&data);
    window.send(Message::Show(Page::TryMessage));
    assert_eq!(window.text_in("try-day"), "15-07-2026");
    window.fill("try-kle", "61");
    window.must_show("Byggesag");
    look_at(&mut window, DAY);
    assert_eq!(window.text_in("try-day"), DAY);
    // It has not expired yet.
    window.must_show("Gælder kun til 31-12-2026");
    window.must_not_show("Udløb 31-12-2026");
    window.fill("try-day", "01-02-2026");
    window.must_show("Gælder først fra 01-01-2027");
    window.ctrl("t");
    assert_eq!(window.text_in("try-day"), "01-02-2026");
    window.close();
}

#[test]
fn what_the_analysis_finds_is_seen_from_that_day() {
    let data = changing();
    let mut window = open(&data);
    window.resize(1600.0, 1800.0);
    window.click_rule(10);
    window.fill("rule-note", "Se sag 4");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_not_show("Regel 901 udløber 31-12-2026.");
    assert!(!window.shows_part("Når du udgiver, gælder reglerne straks"));
    look_at(&mut window, "15-12-2026");
    window.must_show("Regel 901 udløber 31-12-2026.");
    window.must_show("for alle tænkelige meddelelser, fra 15-12-2026 og frem");
    window.must_show("Fra og med 15-12-2026: Ingen meddelelse skifter fagsystem, på nogen dag.");
    window.must_show_part("Når du udgiver, gælder reglerne straks, hver efter sine egne datoer.");
    // A finding leads to the day after.
    window.click("Se reglerne 01-01-2027");
    window.must_show(BAND);
    let information =
        window.texts().into_iter().find(|it| it.words.starts_with("Vis ") && it.words.ends_with("oplysninger"));
    window.click(&information.expect("there is information").words);
    // It has expired that day, but not today.
    window.must_show("Regel 901 udløber 31-12-2026.");
    window.must_not_show("Regel 901 udløb 31-12-2026.");
    window.close();
}

fn guarded() -> TempDir {
    town_with(|authority| {
        authority.rules.push(kle(901, "61", "byggesag", None, Some((2026, 12, 31))));
        let facts = Facts { kle: Some("61.00".parse().unwrap()), ..bare_facts(authority.cvr) };
        authority.guards.push(Guard { name: "Vagt".to_owned(), fagsystem: fagsystem_id("byggesag"), day: None, facts });
    })
}

#[test]
fn what_stands_in_the_way_of_publishing_is_seen_from_today() {
    let data = guarded();
    let mut window = open(&data);
    window.resize(1600.0, 1400.0);
    window.must_show("1 vagt brudt");
    window.click_rule(901);
    window.fill("rule-to", "31-08-2026");
    window.ctrl("s");
    // In the past it held, if there is no end to it; what is decided is decided of today.
    look_at(&mut window, DAY);
    window.must_show("1 vagt brudt");
    window.click("1 vagt brudt");
    window.must_show_part("Ville gå til ESDH – sager og dokumenter fra 01-01-2027");
    window.must_show("Set fra i dag er 1 vagt brudt. Det er det, der tæller, når der udgives.");
    window.fill("publication-note", "Slut");
    window.click("Udgiv og sæt i kraft");
    assert_eq!(publications(&data), 1);
    window.click("Udgiv, selv om en vagt er brudt, fordi:");
    window.type_text("Aftalt");
    window.click("Udgiv og sæt i kraft");
    window.must_show("Udgivelse 2 er i kraft");
    let published = in_force(&data);
    let to = published.authorities[0].rules.iter().find(|rule| rule.priority.get() == 901).unwrap().validity.to();
    assert_eq!(to, Some(date(2026, 8, 31)));
    // Looking goes on.
    window.must_show("pr. 01-01-2027");
    window.close();
}

#[test]
fn a_rule_is_edited_while_another_day_is_shown_as_on_any_day() {
    let data = changing();
    let mut window = on_new_years_day(&data);
    window.click_rule(902);
    window.choose("rule-fagsystem", "D");
    window.must_show_part("Fra og med 01-01-2027: 1 slags post skifter fagsystem");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    must_be(&mut window, 902, "Aktiv");
    window.ctrl("t");
    window.must_show("1 ændring ikke udgivet");
    must_be(&mut window, 902, "Kommende");
    window.undo();
    window.must_show("Alt er udgivet");
    // A new rule begins on the day that is shown, unless that is past.
    look_at(&mut window, DAY);
    window.ctrl("n");
    assert_eq!(window.text_in("rule-from"), DAY);
    window.press(Named::Escape);
    look_at(&mut window, "01-01-2020");
    window.ctrl("n");
    assert_eq!(window.text_in("rule-from"), "15-07-2026");
    window.close();
}

#[test]
fn what_is_kept_of_a_coming_rule_is_kept_on_that_day() {
    let data = changing();
    let mut window = open(&data);
    window.click_rule(902);
    window.click_icon(Icon::ShieldPlus);
    window.must_show("Reglen afgør ingen meddelelse i dag, så der er intet at holde fast i.");
    look_at(&mut window, DAY);
    window.click_icon(Icon::ShieldPlus);
    window.must_show_part("tilføjet");
    window.must_not_show("1 vagt brudt");
    window.click("1 ændring ikke udgivet");
    window.must_show_part("den 01-01-2027");
    window.close();
}

#[test]
fn the_rule_in_the_editor_is_told_as_of_that_day() {
    let data = changing();
    let mut window = open(&data);
    window.click_rule(901);
    window.must_not_show("Reglen udløber 31-12-2026 og tager ingen post 01-01-2027.");
    look_at(&mut window, DAY);
    window.must_show("Reglen udløber 31-12-2026 og tager ingen post 01-01-2027.");
    window.close();
}

fn came(data: &TempDir, messages: &[(Sent, Facts)]) {
    let store = store(data);
    let publication = store.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&store).expect("the journal starts");
    for (number, (it, facts)) in messages.iter().enumerate() {
        let facts = Some((facts.clone(), postfordeler::rules::SenderKind::Person));
        block_on(journal.record(JournalEntry { facts, ..entry(it, publication, number) })).expect("it is written");
    }
}

fn with_kle(kle: &str) -> Facts {
    Facts { kle: kle.parse().ok(), ..bare_facts("01102036".parse().expect("a CVR number")) }
}

fn fell(hours: i64) -> Sent {
    Sent { by_rule: false, ago: SignedDuration::from_hours(hours), ..sent("esdh") }
}

#[test]
fn the_replay_and_what_past_messages_meet_go_by_that_day() {
    let data = town();
    came(&data, &[(fell(1), with_kle("61.00")), (fell(2), with_kle("61.10"))]);
    let mut window = open(&data);
    window.resize(1600.0, 1400.0);
    window.ctrl("n");
    window.choose_nth("rule-element", 4);
    window.fill("rule-value", "61");
    window.choose("rule-fagsystem", "J");
    window.fill("rule-from", DAY);
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("Ingen meddelelser ville skifte fagsystem");
    window.must_show("i dag");
    window.must_show("I dag skifter ingen af de sidste 30 dages 2 meddelelser fagsystem.");
    look_at(&mut window, "02-01-2027");
    window.must_show("2 meddelelser ville skifte fagsystem");
    window.must_show_part("Fra 02-01-2027 skifter 2 af de sidste 30 dages 2 meddelelser fagsystem: 2 fra ESDH");
    window.must_not_show("i dag");
    // The days before are those before today.
    window.must_show("2 meddelelser fra de sidste 30 dage, som om de kom");
    window.close();
}

#[test]
fn what_rules_of_the_draft_take_of_what_fell_goes_by_that_day() {
    let data = changing();
    came(&data, &[(fell(1), with_kle("61.00")), (fell(2), with_kle("61.10"))]);
    let mut window = open(&data);
    window.send(Message::Show(Page::DefaultMail));
    window.click("KLE-hovedgruppe · 1");
    window.must_show("Kladdens regler");
    window.must_show("tager dem alle nu");
    look_at(&mut window, "01-01-2025");
    window.must_show("Kladden den dag");
    window.must_show("tager ingen af dem");
    look_at(&mut window, DAY);
    window.must_show("tager dem alle");
    window.close();
}

#[test]
fn what_has_come_is_told_as_of_today() {
    let data = changing();
    came(&data, &[(fell(1), with_kle("61.00")), (fell(30), with_kle("61.10"))]);
    let mut window = on_new_years_day(&data);
    window.send(Message::Show(Page::Messages));
    window.choose("log-period", "I dag");
    window.must_show("1 af 2 meddelelser");
    window.send(Message::Show(Page::Overview));
    window.must_show("De seneste 24 timer, time for time");
    window.close();
}

#[test]
fn the_overview_tells_which_rules_end_soon_after_that_day_and_after_today() {
    let data = town_with(|authority| {
        authority.rules.extend([
            kle(901, "61", "byggesag", None, Some((2026, 12, 31))),
            kle(902, "62", "byggesag", None, Some((2026, 7, 20))),
        ]);
    });
    came(&data, &[(fell(1), with_kle("61.00"))]);
    let mut window = open(&data);
    window.resize(1280.0, 1400.0);
    window.send(Message::Show(Page::Overview));
    window.must_show("Regel 902 udløber 20-07-2026");
    window.must_not_show("Regel 901 udløber 31-12-2026");
    look_at(&mut window, "20-12-2026");
    window.must_show("Regel 902 udløber 20-07-2026");
    window.must_show("Regel 901 udløber 31-12-2026");
    window.close();
}

#[test]
fn in_english_it_is_said_as_well() {
    let data = changing();
    let mut window = on_new_years_day(&data);
    window.send(Message::SwitchLanguage);
    window.must_show("You see the rules as they are on 01-01-2027 (in 170 days)");
    window.must_show("as of 01-01-2027");
    window.click("Back to today");
    window.must_show("Today");
    window.close();
}
