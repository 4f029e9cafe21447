//! What can be done about what needs a person, on *Overblik* there and then.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use lucide_icons::Icon;
use postfordeler::rules::{Access, HeaderName};
use postfordeler::secrets::SecretsLocation;
use postfordeler::store::{Outcome, Reason, RouterSettings};

use super::overview::{failed, overview, record, sent};
use super::town::*;
use crate::window::Window;

const LACKING: &str = "Kontante ydelser mangler sin nøgle";
const YDELSE: &str = "Kontante ydelser har ikke accepteret den seneste meddelelse (ingen forbindelse)";

/// The buttons below a warning.
fn below(window: &mut Window, warning: &str, button: &str) {
    let warning = window.find(warning);
    let found = window.texts().into_iter().find(|seen| seen.words == button && seen.bounds.y > warning.y);
    let found = found.unwrap_or_else(|| panic!("no {button} below it"));
    window.click_at(found.bounds.center());
}

#[test]
fn a_dead_fagsystem_is_tried_and_its_messages_are_shown_there_and_then() {
    let data = town();
    record(&data, [sent("esdh"), failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection))]);
    let mut window = overview(&data);
    window.must_show(YDELSE);
    assert_eq!((window.count("Fejler"), window.count("Kører")), (1, 1));
    below(&mut window, YDELSE, "Afprøv");
    window.must_show_part("postmodtag: Ingen lytter på fagsystemets adresse (forbindelsen blev afvist)");
    window.must_show_part("Der er ikke afleveret nogen meddelelse.");
    below(&mut window, YDELSE, "Vis meddelelser");
    window.must_show("1 af 2 meddelelser");
    window.must_show("Ingen forbindelse");
    window.ctrl("1");
    window.must_show_part("postmodtag: Ingen lytter på fagsystemets adresse (forbindelsen blev afvist)");
    window.close();
}

#[test]
fn a_rejected_message_is_told_of_and_the_system_is_not_said_to_be_dead() {
    let data = town();
    record(&data, [sent("ydelse"), failed("ydelse", Outcome::Rejected, None)]);
    let mut window = overview(&data);
    window.must_show("Kontante ydelser har ikke accepteret den seneste meddelelse (afvist)");
    window.must_show("Afviser");
    window.must_not_show("Fejler");
    window.must_not_show("Kører");
    window.close();
}

#[test]
fn a_paused_fagsystem_is_resumed_and_nobody_claims_to_know_how_it_is() {
    const PAUSED: &str = "ESDH – sager og dokumenter er på pause, og 1 meddelelse venter i Digital Post";
    let data = town_with(|authority| authority.fagsystems[0].active = false);
    record(&data, [sent("esdh"), failed("esdh", Outcome::Unavailable, Some(Reason::Paused))]);
    let mut window = overview(&data);
    // Something else has been changed in the draft, and stays there.
    window.click("Fordelingsregler");
    window.click_rule(20);
    window.press(iced_test::core::keyboard::key::Named::Delete);
    window.must_show("1 ændring ikke udgivet");
    window.ctrl("1");
    below(&mut window, PAUSED, "Genoptag");
    window.must_show("ESDH – sager og dokumenter er genoptaget");
    window.must_not_show(PAUSED);
    window.must_not_show("På pause");
    window.must_show("1 ændring ikke udgivet");
    assert_eq!(window.count("Ved ikke"), 5, "nothing has been sent to any of them since");
    assert_eq!(publications(&data), 2);
    let book = in_force(&data);
    assert!(book.authorities[0].fagsystems.iter().all(|fagsystem| fagsystem.active));
    assert_eq!(book.authorities[0].rules.len(), 10, "the draft is not published along with it");
    window.close();
}

#[test]
fn a_paused_fagsystem_that_gets_mail_is_told_of_before_any_has_come() {
    let data = town_with(|authority| authority.fagsystems[0].active = false);
    record(&data, [sent("ydelse")]);
    let mut window = overview(&data);
    window.must_show("ESDH – sager og dokumenter er på pause");
    below(&mut window, "ESDH – sager og dokumenter er på pause", "Genoptag");
    assert_eq!(publications(&data), 2);
    window.close();
}

#[test]
fn a_stopped_router_is_started_there_and_then() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Stop");
    window.ctrl("1");
    below(&mut window, "Routeren er stoppet", "Start routeren");
    window.must_not_show("Routeren er stoppet");
    window.must_show("Intet kræver opmærksomhed lige nu.");
    window.close();
}

#[test]
fn somebody_who_answers_is_found() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address: SocketAddr = listener.local_addr().expect("its address");
    let answering = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().expect("somebody asks");
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    let data = town_with(|authority| {
        let ydelse = authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "ydelse").expect("it is there");
        ydelse.endpoint = format!("http://{address}/post").parse().expect("an endpoint");
    });
    record(&data, [failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection))]);
    let mut window = overview(&data);
    below(&mut window, YDELSE, "Afprøv");
    window.must_show_part(&format!("http://{address}/post svarede på"));
    window.must_show("Der er nogen på adressen.");
    answering.join().expect("it has answered");
    window.close();
}

#[test]
fn what_the_router_has_found_stands_there_before_a_message_shows_it() {
    let data = town_with(|authority| {
        let ydelse = authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "ydelse").expect("it is there");
        ydelse.endpoint = "https://ydelse.example/".parse().expect("an address");
        ydelse.access = Access::Header { name: HeaderName::default() };
    });
    let secrets = SecretsLocation::File(data.path().join("hemmeligheder.json"));
    secrets.prepare().expect("it is made");
    let settings = RouterSettings {
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        secrets: secrets.file().map(Into::into),
        ..RouterSettings::default()
    };
    store(&data).save_settings(&settings).expect("they are kept");
    record(&data, [sent("esdh")]);
    let mut window = overview(&data);
    window.must_not_show(LACKING);
    below(&mut window, "Routeren er stoppet", "Start routeren");
    window.wait_for(LACKING);
    below(&mut window, LACKING, "Fagsystem");
    window.scroll_editor(true);
    window.must_show_part("Nøgler gemmes i filen");
    window.close();
}

/// How it is with a fagsystem in the list of *Fagsystemer*, by its name.
fn listed(window: &mut Window, name: &str) -> String {
    // The map on the overview names it too, and stands above.
    let name = window.find_all(name).pop().expect("it is listed");
    let on_line = |seen: &crate::window::Text| (seen.bounds.center_y() - name.center_y()).abs() < 8.0;
    let right_of = window.texts().into_iter().filter(|seen| on_line(seen) && seen.bounds.x > name.x + 1.0);
    let words: Vec<_> = right_of.filter(|seen| seen.words.chars().any(char::is_alphabetic)).collect();
    words.first().map(|seen| seen.words.clone()).unwrap_or_default()
}

#[test]
fn fagsystemer_says_of_each_what_the_overview_says() {
    let data = town_with(|authority| authority.fagsystems[4].active = false);
    let dead = || failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection));
    record(&data, [sent("esdh"), failed("byggesag", Outcome::Rejected, None), dead(), dead()]);
    let names =
        ["ESDH – sager og dokumenter", "Byggesag", "Kontante ydelser", "Dagtilbud og pladsanvisning", "Jobcenter"];
    let mut window = overview(&data);
    window.must_show("Kontante ydelser har ikke accepteret de seneste 2 meddelelser (ingen forbindelse)");
    let told: Vec<_> = names.into_iter().map(|name| listed(&mut window, name)).collect();
    let mut sorted = told.clone();
    sorted.sort();
    assert_eq!(sorted, ["Afviser", "Fejler", "Kører", "På pause", "Ved ikke"], "{told:?}");
    window.ctrl("3");
    let here: Vec<_> = names.into_iter().map(|name| listed(&mut window, name)).collect();
    assert_eq!(here, told);
    // While it is looked at, and with the reason where one is chosen.
    record(&data, [sent("ydelse"), failed("esdh", Outcome::Unavailable, Some(Reason::NoConnection))]);
    window.wait_until(|window| window.count("Fejler") == 1 && listed(window, "Kontante ydelser") == "Kører");
    assert_eq!(listed(&mut window, "ESDH – sager og dokumenter"), "Fejler");
    window.click("ESDH – sager og dokumenter");
    window.must_show_part("Fejl for ");
    window.must_show_part("siden: ingen forbindelse");
    window.click("Kontante ydelser");
    window.must_show("Senest accepteret: for 1 time siden");
    window.close();
}

#[test]
fn a_dead_fagsystem_is_urgent_from_the_first_letter_and_hidden_by_nothing_that_passes() {
    let data = town();
    let busy = || failed("ydelse", Outcome::Unavailable, Some(Reason::Busy));
    // Held back once by the router: that passes of itself.
    record(&data, [sent("esdh"), busy()]);
    let mut window = overview(&data);
    window.must_not_show("Fejler");
    window.must_not_show("Kontante ydelser har ikke accepteret den seneste meddelelse (optaget)");
    window.close();
    // Held back after it could not be reached: it is dead all the same.
    let data = town();
    record(&data, [failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection)), busy()]);
    let mut window = overview(&data);
    window.must_show("Kontante ydelser har ikke accepteret de seneste 2 meddelelser (optaget)");
    window.must_show("Fejler");
    window.close();
    let data = town();
    record(
        &data,
        [
            failed("byggesag", Outcome::Unavailable, Some(Reason::NoConnection)),
            failed("ydelse", Outcome::Rejected, None),
        ],
    );
    let mut window = overview(&data);
    let stopped = window.find("Routeren er stoppet");
    let dead = window.find("Byggesag har ikke accepteret den seneste meddelelse (ingen forbindelse)");
    let rejecting = window.find("Kontante ydelser har ikke accepteret den seneste meddelelse (afvist)");
    assert!(stopped.y < dead.y && dead.y < rejecting.y, "what is urgent comes first");
    let urgent: Vec<_> =
        window.texts().into_iter().filter(|seen| seen.words == Icon::OctagonAlert.unicode().to_string()).collect();
    assert_eq!(urgent.len(), 2, "the router and the dead fagsystem");
    window.close();
}

#[test]
fn a_fagsystem_that_the_rules_no_longer_know_is_told_of_while_it_alone_may_get_a_letter() {
    let data = town();
    record(&data, [failed("jobcenter", Outcome::Unknown, Some(Reason::Silent))]);
    publish_elsewhere(&data, |authority| {
        authority.fagsystems.retain(|fagsystem| fagsystem.id.as_str() != "jobcenter");
        authority.rules.retain(|rule| rule.fagsystem.as_str() != "jobcenter");
    });
    let mut window = overview(&data);
    window.must_show("jobcenter har måske fået 1 meddelelse, som ingen ved noget om");
    record(&data, [failed("jobcenter", Outcome::Unavailable, Some(Reason::Removed))]);
    window.wait_until(|window| {
        window.shows_part("jobcenter har ikke accepteret de seneste 2 meddelelser (fagsystem fjernet)")
    });
    window.must_show_part("Opret systemet igen med samme id");
    window.close();
}

#[test]
fn what_needs_a_person_is_told_before_the_first_message_too() {
    let data = town_with(|authority| authority.fagsystems[0].active = false);
    let mut window = overview(&data);
    window.must_show("Routeren er stoppet");
    window.must_show("ESDH – sager og dokumenter er på pause");
    window.must_show_part("så snart routeren har modtaget den første meddelelse.");
    window.close();
}
