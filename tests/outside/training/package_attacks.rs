//! Training packages that want more than a package may, and what must never be in one.

use postfordeler::exchange::Progress;
use postfordeler::training::{
    Disguise, DisguiseChoices, MessagesToPack, PackageOrder, PackageOrderError, TrainingPackage, TrainingPackageError,
};
use serde_json::json;

use super::packages::{archive, journal, telling_book, unpacked, whole_package};
use super::{configuration, read};

/// A CPR number of nobody, wherever a text can stand, with every choice that keeps texts.
#[test]
fn no_cpr_number_goes_into_a_package() {
    const NUMBER: &str = "251216-9996";
    let mut configuration = configuration();
    let authority = &mut configuration["myndigheder"][0];
    authority["fagsystemer"][1]["navn"] = json!(format!("Dagtilbud {NUMBER}"));
    authority["fagsystemer"][1]["kontaktperson"] = json!(NUMBER);
    authority["fagsystemer"][1]["note"] = json!(format!("om {NUMBER}"));
    authority["fagsystemer"][4]["id"] = json!(NUMBER);
    for rule in authority["regler"].as_array_mut().unwrap() {
        rule["note"] = json!(format!("spørg {NUMBER}"));
        if rule["fagsystem"] == "job" {
            rule["fagsystem"] = json!(NUMBER);
        }
    }
    let point = &mut authority["kontaktpunkter"][0];
    point["titel"] = json!(format!("Sag {NUMBER}"));
    point["beskrivelse"] = json!(NUMBER);
    point["kontaktgrupper"] = json!([format!("Gruppe for {NUMBER}")]);
    point["soegeord"] = json!([NUMBER]);
    authority["kontaktpunkter"][4]["id"] = json!("2512169996");
    authority["vagtmeddelelser"] = json!([
        {"navn": NUMBER, "fagsystem": "esdh", "meddelelse": {"modtager": "66137112", "afsenderType": "person"}},
    ]);
    let book = read(&configuration);
    let choices = DisguiseChoices { keeps_notes: true, ..DisguiseChoices::default() };
    let Disguise { book: disguised, calls } = Disguise::of(&book, &[], choices).expect("there is chance");
    assert!(disguised.compile().is_ok(), "its parts still fit together");
    let package =
        TrainingPackage { name: format!("Kursus {NUMBER}"), book: disguised, calls, ..TrainingPackage::default() };
    let said = unpacked(&package.write().expect("it is written"));
    assert!(!said.contains("251216") && !said.contains("9996"), "{said}");
}

#[test]
fn two_entries_of_one_name_are_refused_since_it_says_two_things() {
    let about = br#"{"format": "postfordeler-oevelsespakke", "version": 1}"#;
    let configuration = super::configuration().to_string();
    // The writer does not write two of one name, but names of one length can be made the same afterwards.
    let mut file = archive(&[
        ("oevelsespakke.json", about),
        ("konfiguration.json", configuration.as_bytes()),
        ("opgave.toml", b"a"),
        ("opgavx.toml", b"b"),
    ]);
    let places: Vec<_> = (0..file.len()).filter(|at| file[*at..].starts_with(b"opgavx.toml")).collect();
    assert_eq!(places.len(), 2);
    for place in places {
        file[place + 5] = b'e';
    }
    let refused = TrainingPackage::read(&file).expect_err("it says two things").to_string();
    assert!(refused.contains("two parts of the training package have one name"), "{refused}");
}

#[test]
fn very_many_entries_take_no_memory() {
    let mut file = b"PK\x03\x04".to_vec();
    for _ in 0..200_000 {
        file.extend(b"PK\x01\x02");
        file.extend([0; 42]);
    }
    let refused = TrainingPackage::read(&file).expect_err("no package has as many").to_string();
    assert!(refused.contains("this is no training package"), "{refused}");
}

#[test]
fn a_line_that_grows_in_memory_is_not_read() {
    let about = br#"{"format": "postfordeler-oevelsespakke", "version": 1}"#;
    let configuration = super::configuration().to_string();
    let list = format!("{{\"fakta\":[{}0]}}", "0,".repeat(20 << 20));
    let journal = format!("{{\"format\":\"postfordeler-oevelsesjournal\",\"version\":1}}\n{list}\n");
    let file = archive(&[
        ("oevelsespakke.json", about),
        ("konfiguration.json", configuration.as_bytes()),
        ("journal.jsonl", journal.as_bytes()),
    ]);
    assert!(file.len() < 1 << 20);
    let refused = TrainingPackage::read(&file).expect_err("no call says as much").to_string();
    assert!(refused.contains("journal.jsonl: line 2: it is longer than any call"), "{refused}");
}

#[test]
fn an_encrypted_part_is_told_to_be_one() {
    let mut file = whole_package().write().unwrap();
    // The first bit of the flags in each entry's header, and in the directory.
    for at in 0..file.len() - 10 {
        let flags = if file[at..].starts_with(b"PK\x03\x04") { at + 6 } else { at + 8 };
        if file[at..].starts_with(b"PK\x03\x04") || file[at..].starts_with(b"PK\x01\x02") {
            file[flags] |= 1;
        }
    }
    let refused = TrainingPackage::read(&file).expect_err("it cannot be read").to_string();
    assert!(refused.contains("it is encrypted, or packed in another way"), "{refused}");
}

#[test]
fn making_and_reading_one_can_be_stopped_and_says_how_far_it_is() {
    let book = telling_book();
    let (_home, store) = journal(&book, 1);
    let order = PackageOrder {
        name: String::new(),
        choices: DisguiseChoices::default(),
        days: 90,
        messages: MessagesToPack::Made { count: 3, seed: 4 },
        lesson: None,
    };
    let progress = Progress::default();
    let (file, package, _) = order.make_file(&book, &store, &progress).expect("it is made");
    assert!(progress.all().is_some_and(|all| progress.done() <= all));
    assert_eq!(TrainingPackage::read_stoppably(&file, &progress).unwrap(), package);
    progress.stop();
    assert!(matches!(order.make_file(&book, &store, &progress), Err(PackageOrderError::Stopped(_))));
    assert!(matches!(TrainingPackage::read_stoppably(&file, &progress), Err(TrainingPackageError::Stopped(_))));
}
