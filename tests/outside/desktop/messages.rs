//! *Meddelelser*: messages are found, shown in full, and followed while they are under way.

use std::fs;
use std::time::Duration;

use iced_test::core::keyboard::key::Named;
use jiff::ToSpan;
use lucide_icons::Icon;
use postfordeler::rules::{
    AddressedContactPoint, CriterionKind, Facts, FagsystemId, PostType, Priority, RuleBook, Sender, SenderKind,
};
use postfordeler::store::{Entered, Journal, JournalEntry, Outcome, PublicationNumber, Reason, Routed, Timing};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::town::*;
use crate::window::Window;

const UUID: &str = "51ac03e7-3d5f-4c1b-9a77-0b6e2f84c9d1";

/// The journal as a router writes it.
struct Postbox {
    journal: Journal,
    runtime: Runtime,
    book: RuleBook,
    publication: PublicationNumber,
}

impl Postbox {
    fn of(data: &TempDir) -> Self {
        let store = store(data);
        let publication = store.newest_publication_number().expect("readable").expect("published");
        let journal = Journal::start(&store).expect("it starts");
        Self { journal, runtime: Runtime::new().expect("a runtime"), book: in_force(data), publication }
    }

    /// A citizen's message to the contact point of rule 10, with that id.
    fn message(&self, uuid: &str, outcome: Outcome) -> JournalEntry {
        let authority = &self.book.authorities[0];
        let rule = authority.rules.iter().find(|rule| rule.priority.get() == 10).expect("rule 10");
        let point = authority.contact_points.iter().find(|point| point.title == "Pladsanvisningen").expect("it");
        let facts = Facts {
            sender: Sender::Person,
            sender_has_contact_point: false,
            recipient: Some(authority.cvr),
            contact_point: Some(AddressedContactPoint {
                id: Some(point.id.clone()),
                group: point.groups.first().map(|group| group.name.clone()),
            }),
            kle: "28.12.04".parse().ok(),
            form: None,
            post_type: Some(PostType::Unspecified),
        };
        let routed = Routed {
            publication: self.publication,
            authority: authority.cvr,
            fagsystem: rule.fagsystem.clone(),
            priority: Some(rule.priority),
            element: Some(CriterionKind::of(&rule.criterion)),
        };
        JournalEntry {
            message_uuid: Some(uuid.to_owned()),
            bytes: 18_204,
            facts: Some((facts, SenderKind::Person)),
            routed: Some(routed),
            answer: (Some(200), None),
            timing: Timing {
                header: Some(Duration::from_millis(3)),
                whole: Some(Duration::from_millis(20)),
                answer: Some(Duration::from_millis(30)),
                total: Duration::from_millis(52),
            },
            ..JournalEntry::new(noon(), outcome)
        }
    }

    fn record(&self, entry: JournalEntry) {
        self.runtime.block_on(self.journal.record(entry)).expect("written");
    }

    /// Five messages of different kinds.
    fn fill(&self) {
        self.record(self.message(UUID, Outcome::Accepted));
        let default = |entry: JournalEntry| JournalEntry {
            routed: entry.routed.map(|routed| Routed {
                fagsystem: FagsystemId::new("esdh").expect("not empty"),
                priority: None,
                element: None,
                ..routed
            }),
            ..entry
        };
        self.record(default(self.message("b2000000-0000-4000-8000-000000000001", Outcome::Accepted)));
        let rejected = self.message("b2000000-0000-4000-8000-000000000002", Outcome::Rejected);
        self.record(JournalEntry { answer: (Some(422), Some("sag.lukket".to_owned())), ..rejected });
        let paused = self.message("b2000000-0000-4000-8000-000000000003", Outcome::Unavailable);
        self.record(JournalEntry { reason: Some(Reason::Paused), answer: (None, None), ..paused });
        let silent = self.message("b2000000-0000-4000-8000-000000000004", Outcome::Unknown);
        self.record(JournalEntry { reason: Some(Reason::Silent), answer: (None, None), ..silent });
        self.record(JournalEntry::new(noon(), Outcome::Invalid));
    }
}

fn log(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.ctrl("7");
    window
}

fn filled() -> (TempDir, Postbox, Window) {
    let data = town();
    let postbox = Postbox::of(&data);
    postbox.fill();
    let window = log(&data);
    (data, postbox, window)
}

#[test]
fn a_town_without_messages_says_so() {
    let data = town();
    let mut window = log(&data);
    window.must_show("Ingen meddelelser");
    window.must_show_part("De står her, så snart routeren modtager dem");
    window.close();
}

#[test]
fn a_message_is_found_by_a_part_of_its_id() {
    let (_data, _postbox, mut window) = filled();
    window.must_show("6 meddelelser");
    window.ctrl("f");
    assert!(window.has_focus("log-search"));
    window.type_text("3D5F-4c1b");
    window.must_show("1 af 6 meddelelser");
    window.must_show(UUID);
    window.fill("log-search", "3d5f-4c1c");
    window.must_show("Ingen meddelelser passer til søgningen og filtrene.");
    window.click("Vis alle meddelelser");
    window.must_show("6 meddelelser");
    window.close();
}

/// Otherwise it would be unclear why the list lacks the message whose story is shown beside it.
#[test]
fn a_message_opened_on_the_router_is_listed_whatever_was_sought_before() {
    let (_data, _postbox, mut window) = filled();
    window.filter_by("Afvist");
    window.must_show("1 af 6 meddelelser");
    window.ctrl("8");
    window.click("På pause");
    window.must_show("Meddelelsens historie");
    window.must_show("6 meddelelser");
    window.close();
}

#[test]
fn the_funnel_on_a_value_lists_only_its_like() {
    let (_data, _postbox, mut window) = filled();
    for (value, count) in
        [("Afvist", "1 af 6"), ("På pause", "1 af 6"), ("Opsamlingssystem", "1 af 6"), ("Regel 10", "4 af 6")]
    {
        window.filter_by(value);
        window.must_show(&format!("{count} meddelelser"));
        window.click_icon(Icon::FunnelX);
        window.must_show("6 meddelelser");
    }
    window.filter_by("Afvist");
    window.filter_by("Regel 10");
    window.must_show("1 af 6 meddelelser");
    window.close();
}

#[test]
fn a_time_is_chosen_by_its_name_or_by_days() {
    let data = town();
    let postbox = Postbox::of(&data);
    for days in [0, 1, 10, 60] {
        let entry = postbox.message(&format!("{days:036}"), Outcome::Accepted);
        postbox.record(JournalEntry { received_at: noon() - (days * 24).hours(), ..entry });
    }
    let mut window = log(&data);
    let periods = [("S", "1 af 4"), ("I", "1 af 4"), ("7", "2 af 4"), ("3", "3 af 4"), ("A", "4")];
    for (letter, count) in periods {
        window.choose("log-period", letter);
        window.must_show(&format!("{count} meddelelser"));
    }
    window.choose("log-period", "F");
    window.fill("log-from", "01-07-2026");
    window.must_show("3 af 4 meddelelser");
    window.fill("log-to", "14-7-2026");
    window.must_show("2 af 4 meddelelser");
    window.click_icon(Icon::CalendarDays);
    window.click("5");
    window.must_show("1 af 4 meddelelser");
    assert_eq!(window.text_in("log-to"), "05-07-2026");
    window.close();
}

#[test]
fn a_story_tells_what_was_said_and_why_it_went_there() {
    let (_data, _postbox, mut window) = filled();
    window.fill("log-search", UUID);
    window.click_last(UUID);
    for words in [
        "15-07-2026 12:00:00.000 · 18.204 byte",
        "Person",
        "Eksempelby Kommune (CVR 11102034)",
        "28.12.04 (Dagtilbud)",
        "Udgivelse 1",
        "Fagsystemet accepterede meddelelsen.",
        "Svarede HTTP 200",
        "Den er kommet denne ene gang.",
    ] {
        if words.starts_with("Eksempelby") {
            window.must_show_part("Eksempelby Kommune (CVR ");
        } else {
            window.must_show(words);
        }
    }
    window.scroll_editor(true);
    for words in ["3 ms", "17 ms", "30 ms", "52 ms"] {
        window.must_show(words);
    }
    window.scroll_editor(false);
    window.must_show("Pladsanvisningen");
    window.must_show_part("Post til kontaktpunktet Pladsanvisningen går til Dagtilbud og pladsanvisning");
    window.click("9 regler efter den");
    window.scroll_to("log-story", 250.0);
    window.must_show("Er for virksomheder");
    window.must_show("Gælder først fra 01-01-2030");
    window.must_show("En anden kontaktgruppe");
    window.must_show("KLE 28.12.04 er ikke i 15");
    window.click("Åbn reglen");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    assert_eq!(window.text_in("rule-priority"), "10");
    window.close();
}

#[test]
fn a_story_says_why_a_message_got_no_further() {
    let (_data, _postbox, mut window) = filled();
    window.filter_by("På pause");
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    window.must_show("Fagsystemet er på pause.");
    window.must_show("Digital Post beholder meddelelsen og sender den igen.");
    window.press(Named::Escape);
    window.must_not_show("Meddelelsens historie");
    window.click_icon(Icon::FunnelX);
    for (row, words) in [
        (0, "Meddelelsens hoved kunne ikke læses."),
        (1, "Fagsystemet svarede ikke i tide. Det kan have fået meddelelsen."),
        (3, "Fagsystemets kode: sag.lukket"),
    ] {
        window.press(Named::Home);
        for _ in 0..row {
            window.press(Named::ArrowDown);
        }
        window.press(Named::Enter);
        window.must_show(words);
    }
    window.press(Named::ArrowDown);
    window.must_show_part("Ingen regel passede: opsamlingssystemet ESDH");
    window.close();
}

#[test]
fn a_rule_that_has_been_renumbered_is_found_and_one_that_is_gone_is_not() {
    let (data, _postbox, mut window) = filled();
    publish_elsewhere(&data, |authority| {
        authority.rules.retain(|rule| rule.priority.get() != 20);
        let rule = authority.rules.iter_mut().find(|rule| rule.priority.get() == 10).expect("rule 10");
        std::sync::Arc::make_mut(rule).priority = Priority::new(15).expect("a number");
    });
    window.poll();
    window.fill("log-search", UUID);
    window.click_last(UUID);
    window.click("Åbn reglen");
    assert_eq!(window.text_in("rule-priority"), "15");
    publish_elsewhere(&data, |authority| authority.rules.retain(|rule| rule.priority.get() != 15));
    window.poll();
    window.press(Named::Escape);
    window.ctrl("7");
    window.press(Named::Escape);
    window.click_last(UUID);
    window.must_show("Reglen findes ikke længere.");
    window.close();
}

#[test]
fn a_message_is_found_by_the_id_of_its_receipt_and_its_story_shows_it() {
    const TRANSMISSION: &str = "8c2ea15d-61fb-4ba9-9366-42f8b194c114";
    let (_data, postbox, mut window) = filled();
    let transmission_id = TRANSMISSION.parse().ok();
    postbox.record(JournalEntry { transmission_id, ..postbox.message(UUID, Outcome::Accepted) });
    window.wait_for("7 meddelelser");
    window.fill("log-search", &TRANSMISSION.to_uppercase());
    window.wait_for("1 af 7 meddelelser");
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    window.must_show("Kvitteringens transmissions-id");
    window.must_show(TRANSMISSION);
    // The other row is from before the id was stored.
    window.click_last("15-07-2026 12:00:00");
    window.close();
}

#[test]
fn every_time_that_a_message_came_is_listed() {
    let data = town();
    let postbox = Postbox::of(&data);
    let at = |minutes: i64, entry: JournalEntry| JournalEntry { received_at: noon() + minutes.minutes(), ..entry };
    let silent = JournalEntry { reason: Some(Reason::Silent), ..postbox.message(UUID, Outcome::Unknown) };
    postbox.record(at(0, silent));
    let upper = UUID.to_uppercase();
    postbox.record(at(1, JournalEntry { follows: Some(1), ..postbox.message(&upper, Outcome::Accepted) }));
    postbox.record(at(2, JournalEntry { repeats: Some(2), ..postbox.message(UUID, Outcome::Accepted) }));
    let mut window = log(&data);
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    window.must_show("Alle 3 gange, den er kommet");
    window.must_show_part("Det blev sagt igen, uden at den blev afleveret.");
    for outcome in ["Uvist", "Accepteret", "Accepteret før"] {
        window.must_show_part(&format!("{outcome} · Dagtilbud"));
    }
    window.click_last("15-07-2026 12:01:00");
    window.must_show_part("Et tidligere forsøg er uvist.");
    window.must_show("15-07-2026 12:01:00.000 · 18.204 byte");
    window.close();
}

#[test]
fn a_message_stands_there_as_it_comes_and_changes_when_it_ends() {
    let (_data, postbox, mut window) = filled();
    let entry = postbox.message("c3000000-0000-4000-8000-000000000001", Outcome::UnderWay);
    let entered = postbox.runtime.block_on(postbox.journal.enter(entry.clone())).expect("written");
    let Entered::Written(number) = entered else { panic!("{entered:?}") };
    window.wait_for("7 meddelelser");
    assert_eq!(window.count("Undervejs"), 1);
    window.press(Named::Home);
    window.press(Named::Enter);
    window.must_show("Meddelelsen er på vej til fagsystemet.");
    let accepted = JournalEntry { outcome: Outcome::Accepted, ..entry };
    postbox.runtime.block_on(postbox.journal.conclude(number, accepted)).expect("written");
    window.wait_for("Fagsystemet accepterede meddelelsen.");
    window.must_not_show("Undervejs");
    window.must_show("7 meddelelser");
    window.close();
}

#[test]
fn what_comes_meanwhile_neither_moves_the_list_nor_slips_past_a_filter() {
    let data = town();
    let postbox = Postbox::of(&data);
    for number in 0..300 {
        postbox.record(postbox.message(&format!("{number:036}"), Outcome::Accepted));
    }
    let mut window = log(&data);
    window.must_show("300 meddelelser");
    window.press(Named::End);
    window.must_show(&format!("{:036}", 100));
    window.press(Named::End);
    window.must_show(&format!("{:036}", 0));
    postbox.record(postbox.message("d4000000-0000-4000-8000-000000000001", Outcome::Rejected));
    postbox.record(postbox.message("d4000000-0000-4000-8000-000000000002", Outcome::Accepted));
    window.wait_for("2 nye");
    window.must_show(&format!("{:036}", 0));
    window.click("2 nye");
    window.must_show("d4000000-0000-4000-8000-000000000002");
    window.must_show("302 meddelelser");
    window.filter_by("Afvist");
    window.must_show("1 af 302 meddelelser");
    postbox.record(postbox.message("d4000000-0000-4000-8000-000000000003", Outcome::Accepted));
    window.wait_for("1 ny passer ikke");
    window.must_show("1 af 303 meddelelser");
    postbox.record(postbox.message("d4000000-0000-4000-8000-000000000004", Outcome::Rejected));
    window.wait_for("d4000000-0000-4000-8000-000000000004");
    window.must_show("2 af 304 meddelelser");
    window.close();
}

#[test]
fn how_long_messages_are_kept_is_chosen() {
    let (data, _postbox, mut window) = filled();
    window.click_icon(Icon::CalendarClock);
    assert_eq!(window.text_in("log-kept-days"), "90");
    window.fill("log-kept-days", "13");
    window.press(Named::Enter);
    assert_eq!(store(&data).settings().expect("readable").retention_days, 90);
    window.fill("log-kept-days", "30");
    window.press(Named::Enter);
    window.must_show("Meddelelser gemmes i 30 dage");
    assert_eq!(store(&data).settings().expect("readable").retention_days, 30);
    window.close();
}

#[test]
fn what_the_list_shows_goes_into_a_file() {
    let (data, _postbox, mut window) = filled();
    window.filter_by("Afvist");
    window.click("Eksportér");
    window.must_show("Eksportér 1 meddelelse");
    let path = data.path().join("log.csv");
    window.choose("log-export-format", "C");
    assert!(window.text_in("log-export-path").ends_with("meddelelser-2026-07-15.csv"));
    window.fill("log-export-path", &path.display().to_string());
    window.click("Gem filen");
    window.must_show(&format!("1 meddelelse skrevet til {}", path.display()));
    let written = fs::read_to_string(&path).expect("it is there");
    let lines: Vec<_> = written.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("\u{feff}Nr.;Modtaget;Meddelelses-id;Udfald;Årsag;Fagsystem;"), "{}", lines[0]);
    let expected =
        "3;15-07-2026 12:00:00;b2000000-0000-4000-8000-000000000002;Afvist;;Dagtilbud og pladsanvisning;dagtilbud;10;";
    assert!(lines[1].starts_with(expected), "{}", lines[1]);
    assert!(
        lines[1].contains(";Pladsanvisningen;") && lines[1].contains(";422;sag.lukket;3,000;20,000;30,000;52,000;")
    );
    window.click("Eksportér");
    window.choose("log-export-format", "C");
    window.fill("log-export-path", &path.display().to_string());
    window.click("Gem filen");
    window.must_show_part("findes allerede. Vælg et andet navn.");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), written);
    // It says who wrote to whom.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o7777, 0o600);
    }
    window.close();
}
