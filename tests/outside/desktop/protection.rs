//! *Hvem må aflevere*: the router's certificate, client certificates and the API key, chosen in the window.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use iced_test::core::keyboard::key::Named;

use super::town::*;
use super::window::Window;

/// The sample municipality, its router stopped, beside it who may deliver.
fn opened(data: &tempfile::TempDir) -> Window {
    let mut window = sample(data);
    window.click("Stop");
    window.click("Adgang: kun denne maskine");
    window.must_show("Hvem må aflevere");
    window
}

/// Where the router receives, as the window says.
fn port(window: &mut Window) -> u16 {
    let line = window.seen().into_iter().map(|seen| seen.words).find(|words| words.starts_with("Modtager meddelelser"));
    let line = line.expect("it says where it receives");
    line.rsplit(':').next().and_then(|rest| rest.strip_suffix("/memo")?.parse().ok()).expect("a port")
}

#[test]
fn a_router_that_others_can_reach_is_protected_first_and_the_window_itself_still_delivers() {
    let data = data();
    let mut window = opened(&data);
    window.fill("router-address", "0.0.0.0:0");
    window.click("Start");
    window.must_show("Kan ikke køre");
    window.must_show_part("Vælg et certifikat og klientcertifikater eller en API-nøgle under »Adgang«");

    window.choose("protection-kind", "S");
    window.click("Gem");
    window.must_show("Adgang: TLS, kun denne maskine");
    window.click("Start");
    window.must_show_part("Vælg klientcertifikater eller en API-nøgle under »Adgang«");
    window.click("Lav nøgle");
    let key = window.seen().into_iter().map(|seen| seen.words).find(|words| words.len() == 64).expect("the key");
    window.must_show("Adgang: TLS, API-nøgle");
    window.click("Start");
    window.must_show("Kører");
    window.must_show_part("Modtager meddelelser på https://0.0.0.0:");
    window.must_show_part("SHA-256 af routerens certifikat, der gælder til");
    let port = port(&mut window);
    let mut plain = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("somebody listens");
    plain.write_all(b"GET /sundhed HTTP/1.1\r\nHost: x\r\n\r\n").expect("it is sent");
    let mut heard = Vec::new();
    let _ = plain.read_to_end(&mut heard);
    assert!(!heard.starts_with(b"HTTP"), "what is not encrypted is not answered");

    window.key(Named::Escape);
    window.must_not_show("Hvem må aflevere");
    window.must_not_show(&key);
    window.click("Lige nu");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    window.click("Adgang: TLS, API-nøgle");
    window.must_not_show(&key);
    window.close();

    let mut window = Window::open(data.path());
    window.must_show("Kører");
    window.click("Router");
    window.must_show("Adgang: TLS, API-nøgle");
    window.close();
}

#[test]
fn what_does_not_go_together_is_told_at_its_field() {
    let data = data();
    let mut window = opened(&data);
    window.fill("protection-issuers", "/srv/oces3.pem");
    window.must_show_below("Kræver også et certifikat til routeren", "protection-issuers");
    window.fill("protection-cvrs", "1234567");
    window.must_show_below("Et CVR-nummer har otte cifre", "protection-cvrs");
    window.fill("protection-issuers", "");
    window.fill("protection-cvrs", "12345678, 87654321");
    window.must_show_below("Angiv først udstederne ovenfor", "protection-cvrs");
    window.choose("protection-kind", "PE");
    window.ctrl("s");
    window.must_show_below("Skal udfyldes", "protection-certificate");
    window.must_show_below("Skal udfyldes", "protection-key");
    window.key(Named::Escape);
    window.must_show("Gem (Ctrl+S) eller annullér først det, du er i gang med.");
    window.fill("protection-certificate", "/srv/router.pem");
    window.fill("protection-key", "/srv/router.key");
    window.fill("protection-issuers", "/srv/oces3.pem");
    window.ctrl("s");
    window.must_show("Adgang: TLS, klientcertifikat");
    window.click("Start");
    window.must_show_part("Kan ikke læse /srv/router.pem");
    window.close();

    let mut window = Window::open(data.path());
    window.click("Router");
    window.click("Adgang: TLS, klientcertifikat");
    for (field, text) in [
        ("protection-certificate", "/srv/router.pem"),
        ("protection-key", "/srv/router.key"),
        ("protection-issuers", "/srv/oces3.pem"),
        ("protection-cvrs", "12345678, 87654321"),
    ] {
        assert_eq!(window.written_in(field), text);
    }
    window.close();
}

#[test]
fn a_key_made_elsewhere_counts_when_the_windows_router_starts() {
    let data = data();
    let mut window = sample(&data);
    window.click("Stop");
    let made = crate::support::postfordeler(&["api-key", "--data", data.path().to_str().expect("a name")]);
    assert_eq!(made.status.code(), Some(0));
    window.click("Start");
    window.must_show("Adgang: API-nøgle");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    window.close();
}

#[test]
fn a_window_says_which_guard_is_damaged_and_mends_it() {
    let data = data();
    sample(&data).close();
    let database = rusqlite::Connection::open(data.path().join("postfordeler.db")).expect("it is there");
    let row = "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
    let damage = |key, value| database.execute(row, [key, value]).expect("the test may write");
    damage("api_key", "\"09f0\"");
    damage("proxy", "7");

    let mut window = Window::open(data.path());
    window.must_show("Kan ikke køre");
    window.click("Router");
    window.must_show_part("API-nøglens aftryk er beskadiget");
    window.click("Start");
    window.must_show_part("API-nøglens aftryk er beskadiget");
    window.must_show("Kan ikke køre");
    // A window that is closed and opened again has not mended anything by that.
    window.close();
    let mut window = Window::open(data.path());
    window.click("Router");
    window.must_show_part("API-nøglens aftryk er beskadiget");
    window.click("Adgang: kun denne maskine");
    window.click("Nulstil");
    window.click("Fjern nøgle");
    window.must_not_show("Nulstil");
    window.click("Start");
    window.must_show("Kører");
    window.close();
    let mut window = Window::open(data.path());
    window.must_show("Kører");
    window.close();
}
