//! *Trafik*: made-up messages to send, and what became of them.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;

use iced_test::core::keyboard::key::Named;
use jiff::Timestamp;
use postfordeler::desktop::{Message, Page};
use postfordeler::store::{JournalRow, Outcome, Store};
use postfordeler::training::{MessageMaker, Subject, Wish, WishedAddress, Writer};
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

thread_local! {
    /// When the window had begun training: what came before is the month of mail that it begins with.
    static BEGUN: Cell<Timestamp> = const { Cell::new(Timestamp::UNIX_EPOCH) };
}

/// Training, on *Trafik*, with a router that runs.
fn training(data: &TempDir) -> Window {
    let store = Store::open(data.path()).expect("a store");
    store.dedicate_to_training().expect("nothing is published");
    drop(store);
    let mut window = Window::open(data.path());
    window.wait_for("Kører");
    window.click("Trafik");
    window.must_show("Intet er sendt endnu. Vælg »Send næste«, og se den komme frem.");
    BEGUN.set(Timestamp::now());
    window
}

/// What has come since training began, the earliest message first.
fn journal(data: &TempDir) -> Vec<JournalRow> {
    let mut rows = store(data).newest_journal_rows(2000).expect("the journal");
    rows.retain(|row| row.received_at > BEGUN.get());
    rows.reverse();
    rows
}

/// Presses the switch that comes after the paces.
fn switch_sending_again(window: &mut Window) {
    window.tab_until(|window| window.has_focus_on("20 pr. s"));
    window.press(Named::Tab);
    window.press(Named::Space);
}

/// The same messages as the window makes.
fn made(data: &TempDir, wish: &Wish) -> BTreeSet<String> {
    let book = store(data).newest_publication().expect("readable").expect("published").book;
    let maker = MessageMaker::new(&book, &book.authorities[0], 1);
    maker.messages(wish, 0).map(|made| made.letter.message_uuid.to_string()).collect()
}

fn received(data: &TempDir) -> BTreeSet<String> {
    journal(data).into_iter().filter_map(|row| row.message_uuid).collect()
}

#[test]
fn one_and_a_handful_are_sent_and_each_leads_to_its_story() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.must_show("5 meddelelser, som det kommer");
    window.click("Send næste");
    window.wait_for("1 accepteret");
    window.must_show("Næste er nr. 2");
    window.click("Send 5");
    window.wait_for("6 accepteret");
    window.must_show("6 sendt");
    assert_eq!(received(&data), made(&data, &Wish::any(6)), "a room sees the same");
    window.resize(1600.0, 900.0);
    let newest = journal(&data).pop().and_then(|row| row.fagsystem).expect("it went somewhere");
    let book = store(&data).newest_publication().expect("readable").expect("published").book;
    let to = book.authorities[0].fagsystem(&newest).expect("it is there").name.clone();
    window.must_show(&to);
    let row = window.find("Accepteret");
    window.click_at(row.center());
    window.wait_for("Meddelelsens historie");
    window.close();
}

#[test]
fn what_is_wished_for_is_said_in_a_sentence_and_sent() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.click("Efter ønske");
    window.choose("traffic-writer", "læge");
    window.choose("traffic-subject", "sygedag");
    window.choose("traffic-address", "intet");
    window.fill("traffic-count", "3");
    window.must_show("3 meddelelser fra læger om sygedagpenge, uden kontaktpunkt");
    window.choose("traffic-shape", "brev");
    window.must_show("3 breve fra læger om sygedagpenge, uden kontaktpunkt");
    window.click("Send 3");
    window.wait_for("3 accepteret");
    assert_eq!(window.count("Læge"), 4, "three rows, and the choice");
    assert!(journal(&data).iter().all(|row| row.contact_point.is_none()));
    let wish = Wish {
        writer: Some(Writer::Doctor),
        subject: Some(Subject::SicknessBenefit),
        address: Some(WishedAddress::Nowhere),
        shape: Some(postfordeler::training::Shape::Letter),
        ..Wish::any(3)
    };
    assert_eq!(received(&data), made(&data, &wish));
    // In English, too.
    window.click("English");
    window.must_show("3 letters from doctors about sickness benefit, without a contact point");
    window.close();
}

#[test]
fn what_cannot_be_meant_is_said_and_not_sent() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.click("Efter ønske");
    window.choose("traffic-number", "KLE");
    window.fill("traffic-number-value", "32.x");
    window.must_show("Ikke et KLE-nummer, som 32.39.04.");
    window.click("Send næste");
    window.fill("traffic-number-value", "32.39.04");
    window.must_not_show("Ikke et KLE-nummer, som 32.39.04.");
    window.choose("traffic-size", "en anden");
    window.fill("traffic-size-value", "12");
    window.must_show("Et antal byte fra 16.384 til 104.333.312.");
    window.click("Send næste");
    window.fill("traffic-size-value", "20.000");
    window.fill("traffic-seed", "x");
    window.must_show("Et helt tal fra 0.");
    window.click("Send næste");
    window.fill("traffic-seed", "7");
    assert_eq!(journal(&data), []);
    window.click("Send næste");
    window.wait_for("1 sendt");
    window.wait_until(|window| window.count("Undervejs") == 0);
    let rows = journal(&data);
    assert_eq!((rows[0].bytes, rows[0].kle.as_deref()), (20_000, Some("32.39.04")));
    window.close();
}

#[test]
fn a_stream_goes_on_until_it_is_paused_and_ends_with_the_router() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.click("20 pr. s");
    window.click("Start strøm");
    window.must_show("Sender 20 pr. s.");
    window.wait_until(|_| journal(&data).len() > 3);
    window.click("Pause");
    window.wait_for("Intet bliver sendt.");
    let paused = journal(&data).len();
    window.click("Start strøm");
    window.wait_until(|_| journal(&data).len() > paused);
    window.click("Router");
    window.click("Stop");
    window.wait_for("Start");
    window.click("Trafik");
    window.must_show("Stoppet: Der er ingen router at sende til.");
    window.must_show("Start strøm");
    window.wait_until(|window| window.count("Undervejs") == 0);
    let stopped = journal(&data);
    assert!(stopped.iter().all(|row| row.outcome == Outcome::Accepted), "nothing under way was cut off");
    // Nothing can be sent now.
    window.click("Send næste");
    window.poll();
    assert_eq!(journal(&data).len(), stopped.len());
    window.close();
}

#[test]
fn what_fagsystems_answer_is_counted_and_kept_if_asked() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    let in_mood = |window: &mut Window, mood: &str| {
        window.click("Øvelsesfagsystemer");
        window.click("Alle");
        window.click_last(mood);
        window.click("Trafik");
        window.click("Send næste");
    };
    in_mood(&mut window, "Nede");
    window.wait_for("1 kunne ikke tages imod");
    window.must_not_show("1 venter på at blive sendt igen.");
    switch_sending_again(&mut window);
    in_mood(&mut window, "Nede");
    window.wait_for("2 kunne ikke tages imod");
    window.must_show("1 venter på at blive sendt igen.");
    in_mood(&mut window, "Afviser");
    window.wait_for("1 afvist");
    window.must_show("1 venter på at blive sendt igen.");
    switch_sending_again(&mut window);
    window.must_not_show("1 venter på at blive sendt igen.");
    window.close();
}

#[test]
fn beginning_again_makes_the_same_ones_which_the_router_knows() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.click("Send 5");
    window.wait_for("5 accepteret");
    window.click("Forfra");
    window.must_show("Næste er nr. 1");
    window.must_show("0 sendt");
    window.must_show_part("Dem, der er accepteret før, genkender routeren");
    window.click("Send 5");
    window.wait_for("5 accepteret");
    let rows = journal(&data);
    assert_eq!(rows.len(), 10);
    assert_eq!(rows.iter().filter(|row| row.repeats.is_some()).count(), 5);
    window.close();
}

#[test]
fn they_are_saved_as_files_and_no_file_is_overwritten() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    let directory = data.path().join("breve");
    window.fill("traffic-count", "3");
    window.fill("traffic-directory", directory.to_str().unwrap());
    window.click("Gem filerne");
    window.must_show("3 meddelelser er i mappen");
    let names: BTreeSet<_> = fs::read_dir(&directory)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap().trim_end_matches(".xml").to_owned())
        .collect();
    assert_eq!(names, made(&data, &Wish::any(3)));
    window.click("Gem filerne");
    window.must_show("3 meddelelser er i mappen; 3 var der i forvejen");
    let first = directory.join(format!("{}.xml", names.first().unwrap()));
    fs::write(&first, "noget andet").unwrap();
    window.click("Gem filerne");
    window.must_show_part("findes allerede");
    assert_eq!(fs::read_to_string(&first).unwrap(), "noget andet");
    window.close();
}

#[test]
fn real_data_get_no_such_page_and_nothing_is_sent_on_them() {
    let data = data();
    let mut window = sample(&data);
    window.must_show("Øvelsesfagsystemer");
    window.must_not_show("Trafik");
    assert!(window.actions().iter().all(|(words, _)| !words.contains("Trafik")));
    // Whoever comes there all the same is told, and finds nothing to press.
    window.send(Message::Show(Page::Traffic));
    window.must_show("Der sendes kun opdigtede meddelelser i en øvelse. Det her er rigtige data.");
    window.must_not_show("Send næste");
    assert_eq!(journal(&data), []);
    window.close();
}

#[test]
fn a_second_window_sends_through_the_router_of_the_first() {
    let data = TempDir::new().unwrap();
    let first = training(&data);
    let mut second = Window::open(data.path());
    second.click("Trafik");
    second.click("Send næste");
    second.wait_for("1 accepteret");
    second.close();
    first.close();
}

#[test]
fn resetting_training_ends_the_traffic() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.click("20 pr. s");
    window.click("Start strøm");
    window.wait_until(|window| window.shows("Accepteret"));
    let sent = received(&data);
    window.click("Nulstil");
    window.wait_for("Kører");
    assert!(!sent.is_empty() && received(&data).is_disjoint(&sent));
    window.click("Trafik");
    window.must_show("Næste er nr. 1");
    window.must_show("Intet bliver sendt.");
    window.close();
}

#[test]
fn tab_reaches_everything_and_nothing_is_cut_off_in_small_windows() {
    let data = TempDir::new().unwrap();
    let mut window = training(&data);
    window.tab_until(|window| window.has_focus_on("Send næste"));
    window.press(Named::Enter);
    window.wait_for("1 accepteret");
    for (width, height) in [(900.0, 600.0), (1024.0, 700.0), (1920.0, 1080.0)] {
        window.resize(width, height);
        for words in ["Send næste", "Start strøm", "20 pr. s", "1 sendt", "Accepteret"] {
            window.must_show(words);
        }
    }
    window.tab_until(|window| window.has_focus_on("20 pr. s"));
    window.tab_until(|window| window.has_focus_on("Gem filerne"));
    window.click("English");
    window.must_show("Send next");
    window.must_show("1 accepted");
    window.close();
}
