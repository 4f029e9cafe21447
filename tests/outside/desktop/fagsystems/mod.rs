//! *Fagsystemer*: the systems that receive, as the draft has them.

mod keys;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use postfordeler::rules::{FagsystemId, Priority, Rule, Seconds};

use super::town::*;
use crate::support::Fagsystem;
use crate::window::Window;

const OVERTAKEN: &str = "Fagsystemet er ændret eller slettet et andet sted, siden du åbnede det.";
const UNSAVED: &str = "Gem (Ctrl+S) eller annullér først det, du er i gang med.";

#[test]
fn a_fagsystem_is_tried_and_kept_while_rules_need_it() {
    let data = data();
    let mut window = sample(&data);
    let practice =
        store(&data).window_settings().expect("settings").practice.expect("the sample has practice fagsystems");
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.scroll_editor(true);
    window.must_show("Kan ikke slettes: 3 regler sender til det.");
    window.click("Slet fagsystem");
    window.must_show("Alt er udgivet");
    window.scroll_editor(false);
    window.click("Afprøv forbindelse");
    window.must_show_part(&format!("http://{practice}/jobcenter/postmodtag svarede på "));
    let nobody: SocketAddr = (Ipv4Addr::LOCALHOST, 1).into();
    window.fill("fagsystem-endpoint", &format!("http://{nobody}/"));
    window.click("Afprøv forbindelse");
    window.must_show_part("Ingen lytter på fagsystemets adresse");
    window.fill("fagsystem-endpoint", "jobcenter");
    window.must_show_below("Skriv en adresse, der begynder med https:// eller http://", "fagsystem-endpoint");
    for address in ["https://bruger:kode@esdh.example/", "https://@esdh.example/", "https://esdh.dk@ond.example/"] {
        window.fill("fagsystem-endpoint", address);
        let words = "Skriv adressen uden brugernavn og adgangskode, og vælg i stedet en adgang";
        window.must_show_below(words, "fagsystem-endpoint");
    }
    for address in ["https://esdh.example/\u{202e}tsop", "https://esdh.example/post modtag", "https:\\\\esdh.example"] {
        window.fill("fagsystem-endpoint", address);
        let words = "Skriv adressen uden mellemrum, linjeskift, omvendte skråstreger og usynlige tegn";
        window.must_show_below(words, "fagsystem-endpoint");
    }
    window.close();
}

#[test]
fn a_fagsystem_is_added_changed_and_deleted_in_the_draft() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.ctrl("n");
    window.type_text("Ældre og social");
    assert_eq!(window.text_in("fagsystem-id"), "ældre-og-social", "proposed from the name");
    window.fill("fagsystem-id", "jobcenter");
    window.must_show_below("Et andet fagsystem har dette id", "fagsystem-id");
    window.fill("fagsystem-id", "aeldre");
    window.fill("fagsystem-name", "Ældre");
    assert_eq!(window.text_in("fagsystem-id"), "aeldre", "as it was written by hand");
    window.fill("fagsystem-endpoint", "https://aeldre.example/");
    window.ctrl("s");
    window.must_show("Fagsystemet Ældre tilføjet");
    window.must_show("1 ændring ikke udgivet");
    window.must_not_show("Et andet fagsystem har dette id");
    window.fill("fagsystem-name", "Ældre og sundhed");
    window.ctrl("s");
    window.must_show("Fagsystemet Ældre og sundhed ændret");
    window.must_not_show(OVERTAKEN);
    window.must_show("6 fagsystemer");
    window.click("1 ændring ikke udgivet");
    window.must_show("Nyt fagsystem Ældre og sundhed: https://aeldre.example/");
    window.click("Fagsystemer");
    window.fill("fagsystem-name", "Unødvendigt");
    window.scroll_editor(true);
    window.click("Slet fagsystem");
    window.must_show("Fagsystemet Ældre og sundhed slettet");
    window.must_not_show("Slet fagsystem");
    window.must_show("Alt er udgivet");
    window.must_show("5 fagsystemer");
    window.close();
}

#[test]
fn a_fagsystem_that_gets_another_id_keeps_its_rules() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.fill("fagsystem-id", "arbejdsmarked");
    window.fill("fagsystem-name", "Arbejdsmarked");
    window.click("Gem i kladden");
    window.scroll_editor(true);
    window.must_show("Kan ikke slettes: 2 regler sender til det.");
    window.click("Fordelingsregler");
    assert_eq!(
        (window.cell(50, "Fagsystem"), window.cell(60, "Fagsystem")),
        ("Arbejdsmarked".into(), "Arbejdsmarked".into())
    );
    window.click("Udgiv …");
    window.must_not_show("Regel 50 slettes");
    window.type_text("Nyt navn");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    window.close();
}

#[test]
fn the_default_recipient_is_chosen_and_paused() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("ESDH – sager og dokumenter");
    window.scroll_editor(true);
    window.must_show("Kan ikke slettes: Det er opsamlingssystem.");
    window.click("Byggesag");
    window.scroll_editor(true);
    window.click("Gør til opsamlingssystem");
    window.must_show("Byggesag gjort til opsamlingssystem");
    window.scroll_editor(false);
    window.tab_until(|window| window.has_focus_on("Afprøv forbindelse"));
    // The switch's own words cannot be seen here.
    window.press(Named::Tab);
    window.press(Named::Space);
    window.must_show_part("På pause: Posten bliver i Digital Post og sendes igen senere.");
    window.ctrl("s");
    window.must_show("På pause");
    window.click("2 ændringer ikke udgivet");
    window.must_show("Opsamlingssystemet er nu Byggesag i stedet for ESDH – sager og dokumenter");
    window.must_show("Fagsystemet Byggesag sættes på pause");
    window.must_show("Byggesag er på pause: Dets post bliver i Digital Post, til det tages i brug igen.");
    window.click("Fordelingsregler");
    assert_eq!(window.last_line()[2], "Byggesag");
    window.close();
}

#[test]
fn a_fagsystem_that_is_being_written_is_not_lost_by_going_elsewhere() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.fill("fagsystem-name", "Jobcentret");
    for elsewhere in ["Byggesag", "Nyt fagsystem"] {
        window.click(elsewhere);
        window.must_show(UNSAVED);
        assert_eq!(window.text_in("fagsystem-name"), "Jobcentret");
    }
    window.click("Router");
    window.click("Fagsystemer");
    assert_eq!(window.text_in("fagsystem-name"), "Jobcentret");
    window.click("Annullér");
    window.click("Byggesag");
    assert_eq!(window.text_in("fagsystem-name"), "Byggesag");
    window.close();
}

#[test]
fn a_fagsystem_changed_in_another_window_is_told_and_not_overwritten() {
    let data = town();
    let (mut one, mut other) = (rules(&data), rules(&data));
    for window in [&mut one, &mut other] {
        window.click("Fagsystemer");
        window.click("Jobcenter");
    }
    one.fill("fagsystem-name", "Mit navn");
    other.fill("fagsystem-name", "Dit navn");
    other.ctrl("s");
    one.poll();
    one.must_show(OVERTAKEN);
    one.ctrl("s");
    assert_eq!(one.text_in("fagsystem-name"), "Mit navn");
    one.click("Hent den, som den er nu");
    assert_eq!(one.text_in("fagsystem-name"), "Dit navn");
    one.must_show("1 ændring ikke udgivet");
    one.close();
    other.close();
}

#[test]
fn new_addresses_are_shown_before_post_goes_there() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    for (address, way) in [
        ("http://jobcenter.example/", "Ikke krypteret"),
        ("https://jobcenter.example/", "Krypteret, og certifikatet kontrolleres"),
        ("http://127.0.0.1:9/", "På denne maskine"),
    ] {
        window.fill("fagsystem-endpoint", address);
        window.ctrl("s");
        window.click("1 ændring ikke udgivet");
        for words in ["Post vil gå til en ny adresse", address, way, "Før: http://127.0.0.1:1/jobcenter/postmodtag"] {
            window.must_show(words);
        }
        window.click("Fagsystemer");
    }
    window.undo();
    window.fill("fagsystem-name", "Jobcentret");
    window.close();
}

#[test]
fn limits_contact_and_note_are_written_and_kept_when_something_else_is_changed() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    assert_eq!((window.text_in("fagsystem-connect"), window.text_in("fagsystem-answer")), ("2".into(), "30".into()));
    window.fill("fagsystem-answer", "90 sek");
    window.must_show_below("Et helt tal fra 1 til 3600", "fagsystem-answer");
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.fill("fagsystem-answer", "90");
    window.fill("fagsystem-connect", "3601");
    window.must_show_below("Et helt tal fra 1 til 3600", "fagsystem-connect");
    window.fill("fagsystem-connect", "");
    window.fill("fagsystem-contact", "Åse Ørsted, 12 34 56 78");
    window.fill("fagsystem-note", "Lukker kl. 22");
    window.ctrl("s");
    window.must_show("Fagsystemet Jobcenter ændret");
    window.fill("fagsystem-name", "Jobcentret");
    window.ctrl("s");
    window.click("Udgiv …");
    window.type_text("Længere tid");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    let book = in_force(&data);
    let jobcenter =
        book.authorities[0].fagsystems.iter().find(|it| it.id.as_str() == "jobcenter").expect("still there");
    assert_eq!((jobcenter.limits.connect, jobcenter.limits.answer), (None, Seconds::new(90)));
    assert_eq!((jobcenter.contact.as_str(), jobcenter.note.as_str()), ("Åse Ørsted, 12 34 56 78", "Lukker kl. 22"));
    assert_eq!(jobcenter.name, "Jobcentret");
    window.close();
}

#[test]
fn all_that_goes_to_a_fagsystem_goes_to_another_in_one_step_and_then_it_can_be_deleted() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("ESDH – sager og dokumenter");
    window.scroll_editor(true);
    window.must_show("Kan ikke slettes: Det er opsamlingssystem.");
    window.must_show_part("og rollen som opsamlingssystem, går til det valgte fagsystem");
    window.click("Flyt alt");
    window.must_show("Alt er udgivet");
    window.choose("fagsystem-heir", "j");
    window.click("Flyt alt");
    window.must_show("Jobcenter har overtaget alt fra ESDH – sager og dokumenter");
    window.must_show("Ingen regler sender til det.");
    window.must_show("2 ændringer ikke udgivet");
    window.click("Slet fagsystem");
    window.must_show("4 fagsystemer");
    window.undo();
    window.undo();
    window.must_show("Alt er udgivet");
    window.click("ESDH – sager og dokumenter");
    window.scroll_editor(true);
    window.must_show("Kan ikke slettes: Det er opsamlingssystem.");
    window.close();
}

#[test]
fn the_rules_that_send_to_a_fagsystem_are_listed_and_found() {
    let data = town_with(|authority| {
        let first = authority.rules[0].clone();
        authority.rules.extend((200..220).map(|number| {
            let priority = Priority::new(number).expect("not 0");
            let fagsystem = FagsystemId::new("jobcenter").expect("an id");
            Arc::new(Rule { priority, fagsystem, ..Rule::clone(&first) })
        }));
    });
    let mut window = Window::open(data.path());
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.scroll_editor(true);
    window.must_show("209");
    window.must_not_show("210");
    window.click("og 10 til – vis alle");
    window.must_show("22 af 30 regler");
    window.click("Fagsystemer");
    window.scroll_editor(true);
    window.click("60");
    window.must_show("Regel 60");
    window.click("Fagsystemer");
    window.scroll_editor(true);
    window.must_show("Alle regler går til det valgte fagsystem i ét skridt, der kan fortrydes.");
    window.choose("fagsystem-heir", "b");
    window.click("Skift fra en bestemt dag …");
    window.must_show("Skift fagsystem");
    window.must_show_part("22");
    // What is said instead of the effect is what is wrong.
    window.fill("switch-day", "31-02-2027");
    window.must_show("Det nye gælder fra: Den dato findes ikke");
    window.fill("switch-day", "");
    window.must_show("Udfyld »Det nye gælder fra«, så står det her, hvad der sker.");
    window.close();
}

#[test]
fn what_came_of_trying_is_told_in_plain_words() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    for (status, means) in [
        (200, "Der er nogen på adressen."),
        (405, "Der er nogen på adressen."),
        (401, "Det er der og vil se en nøgle."),
        (404, "Maskinen svarer, men har intet på den sti."),
        (503, "Det er der, men er ude af drift eller melder fejl."),
    ] {
        let fagsystem = Fagsystem::start(move |connection| {
            if connection.take_head() {
                connection.answer(status, "");
            }
        });
        window.fill("fagsystem-endpoint", &fagsystem.endpoint());
        window.click("Afprøv forbindelse");
        window.must_show_part(&format!("(HTTP {status})"));
        window.must_show_part(means);
        window.must_show(
            "Spurgt med OPTIONS uden indhold, direkte, uden klientcertifikat. Der er ikke afleveret nogen meddelelse.",
        );
    }
    window.fill("fagsystem-answer", "1");
    let silent = Fagsystem::start(|connection| {
        connection.take_head();
        connection.await_hang_up();
    });
    window.fill("fagsystem-endpoint", &silent.endpoint());
    window.click("Afprøv forbindelse");
    window.must_show_part("svarede ikke inden for 1 s.");
    window.close();
}

#[test]
fn a_fagsystem_is_tried_as_a_supplier_would_want_and_the_report_is_saved() {
    let fagsystem = Fagsystem::answering(200, r#"{"receiptStatus": "COMPLETED"}"#);
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.ctrl("n");
    window.fill("fagsystem-name", "Ældre");
    window.fill("fagsystem-endpoint", "aeldre");
    window.click("Leverandørprøve");
    window.must_show("Ret først det, der er forkert i felterne.");
    window.fill("fagsystem-endpoint", &fagsystem.endpoint());
    window.must_show_part(&format!("Sender mange slags opdigtede breve til {}", fagsystem.endpoint()));
    let start = window.find("Start prøven");
    let above = window.focusables().into_iter().filter(|it| it.y + it.height <= start.y && it.x >= start.x - 40.0);
    let with_large = above.max_by(|one, other| one.y.total_cmp(&other.y)).expect("a switch for the large letters");
    window.click_at(Point::new(with_large.x + 16.0, with_large.center_y()));
    assert!(fagsystem.requests().is_empty(), "nothing goes out before it is started");
    window.click("Start prøven");
    window.scroll_editor(true);
    window.must_show("21 prøver: 19 bestået; ufuldstændig: 2 udeladt");
    window.must_show("Afbrudt på midten, derefter helt");
    window.must_show("20 MB – udeladt");
    let report = data.path().join("rapport");
    window.fill("trying-report", report.to_str().unwrap());
    window.click("Gem rapport");
    window.must_show_below("Skriv et filnavn, der ender på .html eller .md", "trying-report");
    let report = report.with_extension("html");
    window.fill("trying-report", report.to_str().unwrap());
    window.click("Gem rapport");
    window.must_show(&format!("Rapporten er gemt i {}", report.display()));
    let text = fs::read_to_string(&report).unwrap();
    assert!(text.contains("Leverandørprøve") && text.contains(&fagsystem.endpoint()));
    // An existing file is not replaced unless it was chosen in a dialog.
    window.click("Gem rapport");
    assert_eq!(fs::read_to_string(&report).unwrap(), text);
    window.must_show("Alt er udgivet");
    window.close();
}
