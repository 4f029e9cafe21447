//! *Skyggekørsel*: the draft follows the mail that comes, and delivers nothing.

use jiff::SignedDuration;
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::{Facts, FagsystemId, RuleBook, Sender, SenderKind};
use postfordeler::store::{Journal, JournalEntry};
use tempfile::TempDir;

use super::overview::{Sent, entry, sent};
use super::town::{in_force, noon, store, town};
use crate::support::block_on;
use crate::window::Window;

/// A message with a KLE number that came so many minutes ago and went to Kontante ydelser.
fn arrive(data: &TempDir, uuid: &str, minutes: i64, kle: &str) {
    let store = store(data);
    let publication = store.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&store).expect("the journal starts");
    let facts = Facts::new(Sender::Person, "01102036".parse().expect("a CVR number"));
    let facts = Facts { kle: kle.parse().ok(), ..facts };
    let ago = SignedDuration::from_mins(minutes);
    let entry = JournalEntry {
        facts: Some((facts, SenderKind::Person)),
        message_uuid: Some(uuid.to_owned()),
        ..entry(&Sent { ago, ..sent("ydelse") }, publication, 0)
    };
    block_on(journal.record(entry)).expect("it is written");
}

/// The same rules, with KLE 32 going to Jobcenter.
fn changed(book: &RuleBook) -> RuleBook {
    let mut book = book.clone();
    for rule in &mut book.authorities[0].rules {
        if rule.priority.get() == 80 {
            std::sync::Arc::make_mut(rule).fagsystem = FagsystemId::new("jobcenter").expect("an id");
        }
    }
    book
}

fn drafted() -> TempDir {
    let data = town();
    let published = store(&data).newest_publication_number().expect("readable");
    let draft = changed(&in_force(&data));
    store(&data).save_draft(Some(&draft), published, 0).expect("the draft is kept");
    data
}

fn shadow(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.send(Message::Show(Page::Shadow));
    window
}

#[test]
fn without_changes_there_is_nothing_to_follow() {
    let data = town();
    let mut window = shadow(&data);
    window.must_show_part("Kladden siger det samme som udgivelsen, så der er intet at følge.");
    window.must_not_show("Begynd skyggekørsel");
    window.close();
}

#[test]
fn what_comes_after_it_began_is_counted_and_what_differs_is_listed() {
    let data = drafted();
    arrive(&data, "A", 50, "32.18.04");
    let mut window = shadow(&data);
    window.must_show_part("Routeren afleverer som før");
    window.click("Begynd skyggekørsel");
    window.must_show("Siden 15-07-2026 12:00 er der kommet ingen meddelelser");
    arrive(&data, "B", 4, "32.18.04");
    arrive(&data, "C", 3, "32.39.00");
    arrive(&data, "C", 2, "32.39.00");
    arrive(&data, "D", 1, "32.46.00");
    window.poll();
    window.wait_for("Siden 15-07-2026 12:00 er der kommet 3 meddelelser");
    window.must_show("Kladden ville have sendt 3 af dem et andet sted hen");
    assert_eq!(window.count("Kontante ydelser → Jobcenter"), 3);
    window.must_show("regel 80");
    window.must_show("2 meddelelser");
    window.must_show("opsamlingssystemet");
    window.click("15-07-2026 11:59");
    window.must_show("KLE 32.46.00 (Kontante ydelser)");
    window.close();
}

#[test]
fn it_goes_on_after_a_restart_until_it_is_ended() {
    let data = drafted();
    let mut window = shadow(&data);
    window.click("Begynd skyggekørsel");
    window.close();
    arrive(&data, "A", 4, "32.18.04");
    let mut window = shadow(&data);
    window.must_show("Siden 15-07-2026 12:00 er der kommet 1 meddelelse");
    window.must_show("Kladden ville have sendt 1 af dem et andet sted hen");
    window.click("Udgiv kladden …");
    window.must_show("1 ændring i forhold til udgivelse 1");
    window.send(Message::Show(Page::Shadow));
    window.click("Afslut skyggekørsel");
    window.must_show("Begynd skyggekørsel");
    window.close();
    let mut window = shadow(&data);
    window.must_show("Begynd skyggekørsel");
    window.close();
}

#[test]
fn publishing_the_draft_ends_it() {
    let data = drafted();
    let mut window = shadow(&data);
    window.click("Begynd skyggekørsel");
    arrive(&data, "A", 4, "32.18.04");
    window.poll();
    window.wait_for("Kladden ville have sendt 1 af dem et andet sted hen");
    window.click("Udgiv kladden …");
    window.fill("publication-note", "Kontante ydelser til Jobcenter");
    window.click("Udgiv og sæt i kraft");
    window.must_show_part("er i kraft");
    window.send(Message::Show(Page::Shadow));
    window.must_show_part("Kladden siger det samme som udgivelsen, så der er intet at følge.");
    window.must_not_show("Afslut skyggekørsel");
    assert_eq!(store(&data).window_settings().expect("readable").shadow, None);
    window.close();
}
