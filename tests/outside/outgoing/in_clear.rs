//! Where mail could be read by others on its way, or a password stood where all can see it: in an address.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use jiff::Timestamp;
use postfordeler::exchange::{
    Package, Progress, SheetKind, read_configuration, read_package, read_tables, write_csv, write_package,
};
use postfordeler::rules::{Cvr, KlePlan, RuleBook};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::town::{data_of, header, wanting};
use crate::support::{
    Fagsystem, Memo, Router, configuration, fagsystem_entry, postfordeler, postfordeler_reading, publish, rule,
    small_town,
};

/// What must be said nowhere.
const PASSWORD: &str = "hemmeligt";

/// Addresses with a user name or password, or with something else in their place.
const CREDENTIALS: [&str; 14] = [
    "http://bruger:hemmeligt@fagsystem.example/post",
    "HTTPS://bruger:hemmeligt@fagsystem.example/post",
    "https://hemmeligt@fagsystem.example/",
    "https://:hemmeligt@fagsystem.example/",
    "https://bruger:@fagsystem.example/",
    "https://@fagsystem.example/",
    "https://:@fagsystem.example/",
    "https://esdh.kommune.example@ond.example/",
    "https://esdh.kommune.example%2Fpostmodtag@ond.example/",
    "https://esdh.kommune.example:443@ond.example/",
    "https:bruger:hemmeligt@fagsystem.example/",
    "https:////bruger:hemmeligt@fagsystem.example/",
    "http://bruger:hemmeligt@127.0.0.1:9101/",
    "https://bruger%3Ahemmeligt@fagsystem.example/",
];
/// Addresses that hide something from whoever reads them.
const HIDING: [&str; 18] = [
    "http://ond.example/\u{1b}[1A\u{1b}[2K",
    "http://ond.example/\n  https://esdh.kommune.example/",
    "https://fagsystem.example/post\u{0}",
    "https://fagsystem.example/post\u{7f}",
    "https://fagsystem.example/post\u{85}",
    "https://fagsystem.example/\u{9b}31m",
    "https://fagsystem.example/post\r\n",
    "\thttps://fagsystem.example/post",
    "https://fagsystem.example/post\t",
    "https://fagsystem\n.example/post",
    "https://fagsystem.example/post modtag",
    "https://fagsystem.example/post\u{a0}modtag",
    "https://fagsystem.example/post\u{2028}",
    "https://fagsystem.example/post\u{200b}",
    "https://fagsystem.example/\u{202e}tsop",
    "https://fagsystem.example/\u{e0041}",
    "https://esdh.kommune.example\\@ond.example/",
    "https:\\\\bruger:hemmeligt@fagsystem.example\\",
];
/// What is no address, and may hold a password all the same.
const BROKEN: [&str; 6] = [
    "https://bruger:hemmeligt%40fagsystem.example/",
    "https://bruger:hemmeligt\u{ff20}fagsystem.example/",
    "ftps://fagsystem.example:hemmeligt/",
    "https://fagsystem.example:hemmeligt/",
    "bruger:hemmeligt",
    "bruger:hemmeligt%40fagsystem.example",
];

fn refused() -> impl Iterator<Item = (&'static str, &'static str)> {
    let each = |addresses: &'static [&'static str], words| addresses.iter().map(move |it| (*it, words));
    each(&CREDENTIALS, "no user name and no password")
        .chain(each(&HIDING, "no white space, line breaks, backslashes or signs that cannot be seen"))
        .chain(each(&BROKEN, "begins with http:// or https:// and names a host"))
}

/// Imports a configuration: the exit status, and all that was said.
fn import(data: &Path, configuration: &str) -> (Option<i32>, String) {
    let arguments = ["import", "-", "--data", data.to_str().unwrap()];
    let output = postfordeler_reading(&arguments, configuration.as_bytes());
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

fn check(data: &TempDir) -> (Option<i32>, Value) {
    let output = postfordeler(&["check", "--json", "--data", data.path().to_str().unwrap()]);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn an_address_that_holds_a_password_or_hides_something_is_refused_in_every_file() {
    let place = "myndigheder[0].fagsystemer[0].endpoint";
    for (address, words) in refused() {
        let configuration = configuration(&[fagsystem_entry("esdh", address)], &[]);
        let faults = read_configuration(configuration.to_string().as_bytes()).expect_err(address).to_string();
        assert!(faults.contains(&format!("{place}: ")) && faults.contains(words), "{address:?}: {faults}");
        assert!(!faults.contains(PASSWORD), "{faults}");

        let package = json!({
            "format": "postfordeler-pakke", "version": 1, "lavet": "2026-11-26T12:00:00Z",
            "myndighed": configuration["myndigheder"][0],
        });
        let faults = read_package(package.to_string().as_bytes()).expect_err(address).to_string();
        assert!(faults.contains("myndighed.fagsystemer[0].endpoint: ") && faults.contains(words), "{faults}");
        assert!(!faults.contains(PASSWORD), "{faults}");
    }
}

#[test]
fn the_command_line_refuses_it_without_a_word_of_the_password_and_publishes_nothing() {
    let cases = [
        include_str!("../../data/cases/security/configurations/password-in-endpoint.json").to_owned(),
        include_str!("../../data/cases/security/configurations/user-that-looks-like-a-host.json").to_owned(),
        include_str!("../../data/cases/security/configurations/endpoint-that-wipes-its-line.json").to_owned(),
        include_str!("../../data/cases/security/configurations/endpoint-with-a-line-of-its-own.json").to_owned(),
        configuration(&[fagsystem_entry("esdh", BROKEN[0])], &[]).to_string(),
    ];
    for configuration in cases {
        let data = TempDir::new().unwrap();
        let (status, said) = import(data.path(), &configuration);
        assert_eq!(status, Some(1), "{said}");
        assert!(said.contains("\n  myndigheder[0].fagsystemer[0].endpoint: "), "{said}");
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(!said.contains(PASSWORD) && !said.contains("ond.example"), "{said}");
        let exported = postfordeler(&["export", "-", "--data", data.path().to_str().unwrap()]);
        assert_eq!(exported.status.code(), Some(2), "nothing is published");
    }
}

/// The table of fagsystems with that address in the place of the first one's.
fn with_address(table: &str, address: &str) -> String {
    let first = table.lines().nth(1).unwrap().split(';').find(|cell| cell.starts_with("http")).unwrap();
    table.replacen(first, &format!("\"{address}\""), 1)
}

#[test]
fn a_table_of_fagsystems_tells_the_cell() {
    let book = small_town((Ipv4Addr::LOCALHOST, 9101).into());
    let cvr = book.authorities[0].cvr;
    let home = TempDir::new().unwrap();
    let path = home.path().join("fagsystemer.csv");
    write_csv(&path, SheetKind::Fagsystems, &book, cvr, &KlePlan::built_in(), &Progress::default()).unwrap();
    let table = fs::read_to_string(&path).unwrap();
    let read = |table: &str| read_tables(table.as_bytes(), "f.csv", &book, Some(cvr), &Progress::default());
    for (address, words) in refused() {
        // Such a mark separates files of text.
        if address.contains('\u{0}') {
            continue;
        }
        let faults = read(&with_address(&table, address)).expect_err(address).to_string();
        assert!(faults.contains("C2: ") && faults.contains(words), "{address:?}: {faults}");
        assert!(!faults.contains(PASSWORD), "{faults}");
    }
    let taken = read(&with_address(&table, "https://fagsystem.example/ny")).expect("no fault");
    assert_eq!(taken.book.authorities[0].fagsystems[0].endpoint.as_str(), "https://fagsystem.example/ny");
}

#[test]
fn an_address_that_hides_nothing_is_taken_as_it_is_written() {
    let taken = [
        "https://fagsystem.example",
        "https://fagsystem.example:8443/post?til=a@b.example#@",
        "https://fagsystem.example/~bruger@afdeling",
        "https://fagsystem.example/post%20modtag",
        "https://børn.example/modtag",
        "http://[::1]:9101/",
        "HTTP://LOCALHOST:9101/",
    ];
    for address in taken {
        for written in [address.to_owned(), format!("  {address} \u{a0}")] {
            let configuration = configuration(&[fagsystem_entry("esdh", &written)], &[]).to_string();
            let book =
                read_configuration(configuration.as_bytes()).unwrap_or_else(|faults| panic!("{written}: {faults}"));
            assert_eq!(book.authorities[0].fagsystems[0].endpoint.as_str(), address);
        }
    }
}

#[test]
fn a_new_address_is_listed_as_the_url_standard_writes_it() {
    // A Cyrillic letter in the place of a Latin one, and more dots than it looks.
    let cases = [
        ("https://esdh.k\u{43e}mmune.example/", "https://esdh.xn--kmmune-wqf.example/"),
        ("https://OND.example", "https://ond.example/"),
        ("https://ond.example/a/../b", "https://ond.example/b"),
        ("https://0x7f.1/", "https://127.0.0.1/"),
    ];
    for (written, shown) in cases {
        let data = TempDir::new().unwrap();
        let (status, said) = import(data.path(), &configuration(&[fagsystem_entry("esdh", written)], &[]).to_string());
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(&format!("\n  {shown} (esdh of 11223344)\n")), "{said}");
    }
}

#[test]
fn mail_in_clear_to_another_machine_is_a_finding_whatever_the_access() {
    let case = include_str!("../../data/cases/security/configurations/mail-in-clear-to-another-machine.json");
    let data = TempDir::new().unwrap();
    let (status, said) = import(data.path(), case);
    assert_eq!(status, Some(0), "{said}");
    let place = "myndigheder[0].fagsystemer[0].endpoint";
    let warning = format!("warning: {place}: the business system 'e' gets messages unencrypted: ");
    assert!(said.lines().any(|line| line.starts_with(&warning)), "{said}");
    let checked = postfordeler(&["check", "--data", data.path().to_str().unwrap()]);
    let text = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(0));
    assert!(text.lines().any(|line| line.starts_with(&warning)), "{text}");

    let certificate = json!({"type": "klientcertifikat"});
    let cases = [
        ("http://fagsystem.example/", Value::Null, true),
        ("http://fagsystem.example/", header("X-Api-Key"), true),
        ("http://fagsystem.example/", certificate.clone(), true),
        ("HTTP://10.0.0.7:9101/", Value::Null, true),
        ("http://[2001:db8::1]/", Value::Null, true),
        ("http://localhost.fagsystem.example/", Value::Null, true),
        ("http://127.0.0.1.fagsystem.example/", Value::Null, true),
        ("https://fagsystem.example/", Value::Null, false),
        ("https://fagsystem.example/", header("X-Api-Key"), false),
        ("https://fagsystem.example/", certificate, false),
        ("http://127.0.0.1:9101/", Value::Null, false),
        ("http://127.8.9.1:9101/", header("X-Api-Key"), false),
        ("http://localhost:9101/", Value::Null, false),
        ("http://[::1]:9101/", Value::Null, false),
    ];
    for (address, access, is_found) in cases {
        let configuration = wanting(address, &access, None);
        let data = data_of(&configuration);
        let (status, checked) = check(&data);
        assert_eq!(status, Some(0), "{checked}");
        let of_kind = |warning: &&Value| warning["slags"] == "ukrypteret";
        let warnings = checked["advarsler"].as_array().unwrap();
        let found: Vec<_> = warnings.iter().filter(of_kind).map(|it| it["sted"].as_str().unwrap()).collect();
        assert_eq!(found, if is_found { vec![place] } else { vec![] }, "{address} {access}: {checked}");
        let (_, said) = import(data.path(), &configuration.to_string());
        let is_told = said.lines().any(|line| line.starts_with(&format!("warning: {place}: ")));
        assert_eq!(is_told, is_found, "{address} {access}: {said}");
    }
}

#[test]
fn every_finding_names_its_kind() {
    let mut configuration = configuration(
        &[fagsystem_entry("esdh", "https://esdh.example/"), fagsystem_entry("kp", "https://kp.example/")],
        &[
            rule(1, "kp", "kontaktpunkt", "ukendt"),
            rule(2, "kp", "kontaktpunkt", "ukendt"),
            rule(3, "kp", "kontaktgruppe", "ukendt"),
            rule(4, "kp", "kle", "32"),
        ],
    );
    let authority = &mut configuration["myndigheder"][0];
    authority["fagsystemer"][1]["aktiv"] = false.into();
    authority["regler"][3]["gyldigTil"] = "2021-01-01".into();
    let (status, checked) = check(&data_of(&configuration));
    assert_eq!(status, Some(1), "{checked}");
    let kinds = |list: &str| -> Vec<_> {
        let mut kinds: Vec<_> =
            checked[list].as_array().unwrap().iter().map(|it| it["slags"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds("fejl"), ["aldrig"]);
    assert_eq!(
        kinds("advarsler"),
        ["kontrolciffer", "overfloedig", "pauset", "udloebet", "ukendt_kontaktgruppe", "ukendt_kontaktpunkt"]
    );
}

/// A data directory that an older version wrote: with those addresses, which it took.
fn older(fagsystems: &[(&str, &str)]) -> TempDir {
    let entries: Vec<_> = fagsystems.iter().map(|(id, _)| fagsystem_entry(id, &format!("http://sted/{id}"))).collect();
    let rules: Vec<_> = (1..).zip(fagsystems).map(|(number, (id, _))| rule(number, id, "kontaktpunkt", id)).collect();
    let data = TempDir::new().unwrap();
    publish(data.path(), &configuration(&entries, &rules));
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    for (id, address) in fagsystems {
        let (written, meant) = (json!(format!("http://sted/{id}")).to_string(), json!(address).to_string());
        // A publication is never changed, so another one follows.
        let change = "INSERT INTO publications (published_at, published_by, note, configuration)
                      SELECT published_at, published_by, note, replace(configuration, ?1, ?2) FROM publications
                      ORDER BY number DESC LIMIT 1";
        assert_eq!(database.execute(change, [&written, &meant]).unwrap(), 1);
    }
    data
}

#[test]
fn of_an_older_database_nothing_goes_to_an_address_with_a_password_and_all_else_goes_on() {
    let (secret, plain) = (Fagsystem::accepting(), Fagsystem::accepting());
    let with_password = secret.endpoint().replacen("http://", "http://bruger:hemmeligt@", 1);
    let with_space = format!("{}\u{1b}post modtag", plain.endpoint());
    let data = older(&[("almindelig", &with_space), ("hemmelig", &with_password)]);
    let directory = data.path().to_str().unwrap().to_owned();

    let (status, checked) = check(&data);
    assert_eq!(status, Some(0), "it can be read: {checked}");
    assert!(checked["advarsler"].to_string().contains(r#""slags":"pauset""#), "{checked}");
    let exported = postfordeler(&["export", "-", "--data", &directory]);
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert!(!exported.contains(PASSWORD) && exported.contains("sat på pause"), "{exported}");
    let book = read_configuration(exported.as_bytes()).expect("what is exported can be taken in");
    assert_eq!(book.authorities[0].fagsystems.iter().map(|it| it.active).collect::<Vec<_>>(), [true, false]);

    let router = Router::start_so(data, &[], &[]);
    let to = |point: &str| Memo { contact_point: Some(point.to_owned()), ..Memo::new() };
    let answer = router.deliver(&to("hemmelig").xml());
    assert_eq!((answer.status(), &answer.json()["errorCode"]), (503, &json!("fagsystem.utilgaengeligt")), "{answer:?}");
    assert_eq!(secret.requests().len(), 0, "nothing was sent");
    let answer = router.deliver(&to("almindelig").xml());
    assert_eq!(answer.status(), 200, "{answer:?}");
    let requests = plain.whole_requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].head.starts_with("POST /"), "{}", requests[0].head);
}

#[test]
fn a_package_of_an_older_configuration_holds_no_password() {
    let data = older(&[("hemmelig", "https://bruger:hemmeligt@fagsystem.example/post")]);
    let store = postfordeler::store::Store::open(data.path()).unwrap();
    let book: RuleBook = (*store.newest_publication().unwrap().unwrap().book).clone();
    let cvr: Cvr = book.authorities[0].cvr;
    let package = Package::of(book.authority(cvr).unwrap(), None, "Test", Timestamp::UNIX_EPOCH);
    let text = write_package(&package);
    assert!(!text.contains(PASSWORD) && text.contains("https://fagsystem.example/post"), "{text}");
    assert_eq!(read_package(text.as_bytes()), Ok(package));
}

#[test]
fn a_proxy_is_as_strict_and_its_password_is_not_repeated() {
    let data = data_of(&configuration(&[fagsystem_entry("esdh", "https://esdh.example/")], &[]));
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    for (address, _) in refused().filter(|(address, _)| !address.contains('\u{0}')) {
        let arguments = ["serve", "--listen", &listen, "--data", data.path().to_str().unwrap(), "--proxy", address];
        let output = postfordeler(&arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{address:?}: {said}");
        assert!(said.contains("the proxy must be an address") && !said.contains(PASSWORD), "{address:?}: {said}");
    }
}

#[test]
fn a_password_is_no_part_of_a_routers_address_either() {
    let router = Fagsystem::accepting();
    let home = TempDir::new().unwrap();
    let file = home.path().join("besked.xml");
    fs::write(&file, Memo::new().xml()).unwrap();
    for user in ["bruger:hemmeligt", "hemmeligt", ":hemmeligt"] {
        let address = router.endpoint().replacen("http://", &format!("http://{user}@"), 1);
        let output = postfordeler(&["send", file.to_str().unwrap(), "--to", &address]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("no user name and no password") && !said.contains(PASSWORD), "{said}");
    }
    assert_eq!(router.requests().len(), 0, "nothing was sent");
}
