//! *Hvem må aflevere*: the router's certificate, client certificates and the API key, chosen in the window.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;

use super::town::*;
use crate::window::Window;

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
    let line =
        window.texts().into_iter().map(|seen| seen.words).find(|words| words.starts_with("Modtager meddelelser"));
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
    let key = window.texts().into_iter().map(|seen| seen.words).find(|words| words.len() == 64).expect("the key");
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

    window.press(Named::Escape);
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
    window.press(Named::Escape);
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
        assert_eq!(window.text_in(field), text);
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
fn keys_are_added_and_revoked_beside_each_other_while_the_router_runs() {
    let data = data();
    let mut window = sample(&data);
    window.click("Adgang: kun denne maskine");
    window.click("Lav nøgle");
    window.must_show("Gemt. Det gælder med det samme.");
    window.must_show("first");
    window.must_show_part("· ikke brugt");
    window.fill("protection-key-name", "Serviceplatformen");
    window.click("Lav ny nøgle");
    window.must_show("Serviceplatformen");
    let key = window.texts().into_iter().map(|seen| seen.words).find(|words| words.len() == 64).expect("the key");
    window.fill("protection-key-name", "serviceplatformen");
    window.click("Lav ny nøgle");
    window.wait_for("Der er allerede en nøgle med det navn.");
    window.fill("protection-key-name", "");

    let port = port(&mut window);
    let status = |key: &str| {
        let head = format!("POST /memo HTTP/1.1\r\nX-Api-Key: {key}\r\nContent-Length: 3");
        let mut call = crate::support::Call::begin((Ipv4Addr::LOCALHOST, port).into(), &head);
        call.send("hej");
        call.answer().status()
    };
    crate::support::eventually("a key is demanded", || (status("gaettet") == 403).then_some(()));
    crate::support::eventually("the key counts", || (status(&key) == 400).then_some(()));
    window
        .wait_until(|window| window.count("first") == 1 && !window.texts().iter().all(|it| it.words.contains("ikke")));
    // The router of this window has no need of one itself.
    window.click("Lige nu");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");

    // What is made and revoked elsewhere shows here.
    let directory = data.path().to_str().expect("a name").to_owned();
    let call = |arguments: &[&str]| {
        let done = crate::support::postfordeler(&[&["api-key", "--data", &directory], arguments].concat());
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    };
    call(&["--add", "--name", "Fra kommandolinjen"]);
    window.click("Adgang: API-nøgle");
    window.wait_for("Fra kommandolinjen");
    call(&["--revoke", "Fra kommandolinjen"]);
    window.wait_until(|window| !window.shows("Fra kommandolinjen"));

    // Revoking asks first.
    window.click_icon_beside("Serviceplatformen", Icon::Trash2);
    window.must_show("Den, der viser nøglen, bliver afvist fra nu af. Det kan ikke fortrydes.");
    window.click("Annullér");
    window.must_not_show("Ugyldiggør nu");
    window.click_icon_beside("Serviceplatformen", Icon::Trash2);
    window.click("Ugyldiggør nu");
    window.wait_until(|window| !window.shows("Serviceplatformen"));
    crate::support::eventually("it counts no more", || (status(&key) == 403).then_some(()));
    window.click("Fjern nøgle");
    window.must_show("Der kræves ingen nøgle.");
    crate::support::eventually("none is demanded", || (status("") == 400).then_some(()));
    window.close();
}

#[test]
fn the_story_of_a_caller_that_was_refused_says_why_and_from_where() {
    let data = data();
    let mut window = sample(&data);
    window.click("Adgang: kun denne maskine");
    window.click("Lav nøgle");
    let port = port(&mut window);
    let refused = || {
        let head = "POST /memo HTTP/1.1\r\nX-Api-Key: gaettet\r\nContent-Length: 0";
        crate::support::Call::begin((Ipv4Addr::LOCALHOST, port).into(), head).answer().status() == 403
    };
    crate::support::eventually("a wrong key is refused", || refused().then_some(()));
    window.press(Named::Escape);
    window.click("Lige nu");
    window.wait_for("Ikke godkendt");
    window.click("Ikke godkendt");
    window.wait_for("Kalderens API-nøgle er ikke en af dem, der gælder.");
    window.must_show("Fra 127.0.0.1");
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
