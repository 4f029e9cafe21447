//! *Fagsystemer*: the systems that receive, as the draft has them.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};

use iced_test::core::keyboard::key::Named;
use postfordeler::store::Settings;

use super::town::*;

const OVERTAKEN: &str = "Fagsystemet er ændret eller slettet et andet sted, siden du åbnede det.";
const UNSAVED: &str = "Gem (Ctrl+S) eller annullér først det, du er i gang med.";

#[test]
fn a_fagsystem_is_tried_and_kept_while_rules_need_it() {
    let data = data();
    let mut window = sample(&data);
    let practice = store(&data).settings().expect("settings").practice.expect("the sample has practice fagsystems");
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.scroll_editor(true);
    window.must_show("Kan ikke slettes: 2 regler sender til det.");
    window.click("Slet fagsystem");
    window.must_show("Alt er udgivet");
    window.scroll_editor(false);
    window.click("Afprøv forbindelse");
    window.must_show_part(&format!("http://{practice}/jobcenter/postmodtag svarede på "));
    let nobody: SocketAddr = (Ipv4Addr::LOCALHOST, 1).into();
    window.fill("fagsystem-endpoint", &format!("http://{nobody}/"));
    window.click("Afprøv forbindelse");
    window.must_show_part("Ingen svarer på");
    window.fill("fagsystem-endpoint", "jobcenter");
    window.must_show_below("Skriv en adresse, der begynder med https:// eller http://", "fagsystem-endpoint");
    window.close();
}

#[test]
fn a_fagsystem_is_added_changed_and_deleted_in_the_draft() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.ctrl("n");
    window.type_in("Ældre");
    window.fill("fagsystem-id", "jobcenter");
    window.must_show_below("Et andet fagsystem har dette id", "fagsystem-id");
    window.fill("fagsystem-id", "aeldre");
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
    window.type_in("Nyt navn");
    window.key(Named::Enter);
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
    window.tab_until(|window| window.is_on("Afprøv forbindelse"));
    // The switch's own words cannot be seen here.
    window.key(Named::Tab);
    window.key(Named::Space);
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
        assert_eq!(window.written_in("fagsystem-name"), "Jobcentret");
    }
    window.click("Router");
    window.click("Fagsystemer");
    assert_eq!(window.written_in("fagsystem-name"), "Jobcentret");
    window.click("Annullér");
    window.click("Byggesag");
    assert_eq!(window.written_in("fagsystem-name"), "Byggesag");
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
    one.look();
    one.must_show(OVERTAKEN);
    one.ctrl("s");
    assert_eq!(one.written_in("fagsystem-name"), "Mit navn");
    one.click("Hent den, som den er nu");
    assert_eq!(one.written_in("fagsystem-name"), "Dit navn");
    one.must_show("1 ændring ikke udgivet");
    one.close();
    other.close();
}

#[test]
fn a_fagsystem_gets_a_key_that_is_no_part_of_the_draft() {
    const MISSING: &str = "Ikke gemt endnu. Til da bliver posten i Digital Post.";
    let data = town();
    let file = data.path().join("hemmeligheder.json");
    let settings = Settings { secrets: Some(file.clone()), ..store(&data).settings().expect("settings") };
    store(&data).save_settings(&settings).expect("settings");
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.must_not_show(MISSING);
    window.choose_nth("fagsystem-access", 1);
    window.must_show(MISSING);
    window.fill("fagsystem-secret", "xyzzy-1");
    window.must_not_show("xyzzy-1");
    window.click("Gem nøglen");
    window.must_show(&format!("Gemt i {}", file.display()));
    assert!(fs::read_to_string(&file).expect("a file").contains("xyzzy-1"));
    assert_eq!(window.written_in("fagsystem-secret"), "");
    window.must_show("Alt er udgivet");
    window.fill("fagsystem-header", "X Nøgle");
    window.must_show_below("Et navn har 1 til 64 bogstaver, tal eller bindestreger", "fagsystem-header");
    window.fill("fagsystem-header", "Authorization");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("Fagsystemet Jobcenter kræver nu nøgle i headeren Authorization i stedet for ingen nøgle");
    window.click("Fagsystemer");
    window.must_show("Erstat nøglen");
    window.fill("fagsystem-secret", "æøå");
    window.ctrl("s");
    window.must_show_part("En header kan kun have én linje");
    window.fill("fagsystem-secret", "xyzzy-2");
    window.ctrl("s");
    assert!(fs::read_to_string(&file).expect("a file").contains("xyzzy-2"));
    window.click("Fjern nøglen");
    window.must_show(MISSING);
    assert!(!fs::read_to_string(&file).expect("a file").contains("xyzzy"));
    window.choose_nth("fagsystem-access", 2);
    window.must_show_part("Nøglen ville gå ukrypteret til adressen.");
    window.fill("fagsystem-secret", "/findes/ikke.pem");
    window.click("Gem nøglen");
    window.must_show_part("/findes/ikke.pem kan ikke læses");
    window.close();
    let files = fs::read_dir(data.path()).expect("a directory").map(|file| file.expect("a file").path());
    let holding = files.filter(|path| fs::read(path).expect("a file").windows(5).any(|bytes| bytes == b"xyzzy"));
    assert_eq!(holding.count(), 0);
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
