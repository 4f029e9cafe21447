//! Training in the window: its frame on every screen, the way in, the way back to the beginning, the way out.

use iced_test::core::keyboard::key::Named;
use postfordeler::LanguageChoice;
use postfordeler::desktop::{Message, Page};
use postfordeler::guide::document;
use postfordeler::store::{PublicationNumber, RouterNow, Store};
use tempfile::TempDir;

use crate::window::Window;

const MARK: &str = "ØVELSE";

fn entered(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window
}

#[test]
fn every_screen_says_that_it_is_training() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    for page in Page::ALL {
        window.send(Message::Show(page));
        window.must_show(MARK);
        window.must_show("Alt her er opdigtet. Intet forlader denne maskine.");
    }
    window.close();
}

#[test]
fn f1_opens_what_is_said_of_every_screen() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    for page in Page::ALL {
        window.send(Message::Show(page));
        window.press(Named::F1);
        let place = page.in_guide(LanguageChoice::Danish);
        let mut headings = document(place.page, LanguageChoice::Danish).headings();
        let heading = headings.find(|(_, _, anchor)| Some(*anchor) == place.anchor.as_deref()).unwrap().1;
        let guide = window.field("guide");
        assert!(window.find_all(heading).iter().any(|it| it.x >= guide.x), "{page:?} does not show {heading}");
        window.press(Named::Escape);
        window.must_not_show("Søg i vejledningen");
    }
    window.close();
}

#[test]
fn the_empty_inbox_leads_to_where_mail_is_sent_from() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    window.send(Message::Show(Page::Practice));
    window.must_show("Indbakken er tom. Send noget fra siden Trafik.");
    window.click("Gå til Trafik");
    window.must_show("Send næste");
    window.close();
}

#[test]
fn it_has_data_of_its_own_and_leaving_it_leads_back() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    window.must_show("Eksempelby Kommune");
    let real = Store::open(data.path()).unwrap();
    assert_eq!(real.newest_publication_number().unwrap(), None);
    window.click("Forlad øvelsen");
    window.must_show("Velkommen til Postfordeler");
    window.must_not_show(MARK);
    let training = Store::open(&data.path().join("training")).unwrap();
    assert_eq!(training.router_now().unwrap(), RouterNow::Nobody);
    window.close();
}

#[test]
fn one_click_takes_it_back_to_the_beginning() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    let directory = data.path().join("training");
    let newest = || Store::open(&directory).unwrap().newest_journal_rows(1).unwrap().remove(0);
    let sent = newest().message_uuid;
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.fill("rule-note", "En ændring");
    window.ctrl("s");
    window.click("Nulstil");
    window.wait_for("Kører");
    window.must_show("Øvelsen er, som den var fra begyndelsen");
    window.must_show("Alt er udgivet");
    let store = Store::open(&directory).unwrap();
    assert_eq!(store.newest_publication_number().unwrap().map(PublicationNumber::get), Some(1));
    assert!(sent.is_some() && newest().message_uuid != sent, "the letter is still there");
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    window.close();
}

#[test]
fn another_window_follows_a_new_beginning() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    let mut other = Window::open(&data.path().join("training"));
    other.must_show(MARK);
    window.click("Nulstil");
    window.wait_for("Kører");
    other.poll();
    other.must_show("Øvelsen er, som den var fra begyndelsen");
    other.must_show("Eksempelby Kommune");
    other.close();
    window.close();
}
