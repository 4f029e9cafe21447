//! Training packages: nobody is found again in one, its rules decide as the real ones do, and it is read whole or not at all.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Write};

use jiff::Timestamp;
use postfordeler::clock;
use postfordeler::rules::{Caseless, Cvr, Distributor, Facts, Priority, RuleBook, Sender};
use postfordeler::store::{DaySpan, Imprint, JournalEntry, Outcome, RecordedCall, Store};
use postfordeler::training::{
    Disguise, DisguiseChoices, MessageMaker, MessagesToPack, PackageOrder, PackedMessage, PastMail, TrainingPackage,
    TrainingStart, Wish,
};
use proptest::prelude::*;
use serde_json::json;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{configuration, read};

/// A Friday afternoon.
const UNTIL: &str = "2026-11-27T14:30:00Z";

fn until() -> Timestamp {
    UNTIL.parse().expect("a time")
}

/// The tests' own book, with everything in it that can name somebody.
pub(super) fn telling_book() -> RuleBook {
    let mut configuration = configuration();
    let authority = &mut configuration["myndigheder"][0];
    authority["fagsystemer"][0] = json!({
        "id": "prøvekøbing-esdh", "navn": "ESDH i Prøvekøbing", "endpoint": "https://esdh.intern.test:8443/hemmelig-sti",
        "adgang": {"type": "header", "navn": "X-Egen-Noegle"}, "kontaktperson": "Birgit Bentzen, tlf. 55667788",
        "note": "Ring til Birgit Bentzen om natten",
    });
    authority["opsamlingssystem"] = json!("prøvekøbing-esdh");
    for rule in authority["regler"].as_array_mut().unwrap() {
        if rule["fagsystem"] == "esdh" {
            rule["fagsystem"] = json!("prøvekøbing-esdh");
        }
        rule["note"] = json!("aftalt med Søren Sørensen");
    }
    authority["kontaktpunkter"][0]["titel"] = json!("Pladsanvisningen i PRØVEKØBING");
    authority["kontaktpunkter"][0]["beskrivelse"] =
        json!("Prøvekøbing Kommune, CVR 66 13 71 12. Spørg Søren Sørensen.");
    authority["kontaktpunkter"][1]["kontaktgrupper"] = json!(["Teknik", "Prøvekøbings havn"]);
    authority["vagtmeddelelser"] = json!([
        {"navn": "Refusion fra 29189846", "fagsystem": "prøvekøbing-esdh",
         "meddelelse": {"modtager": "66137112", "afsenderType": "cvr", "afsenderCvr": "29189846"}},
    ]);
    read(&configuration)
}

/// Made-up mail of a month, and what no maker makes: strange contact points, senders who wrote once, codes.
pub(super) fn journal(book: &RuleBook, seed: u64) -> (TempDir, Store) {
    let home = TempDir::new().unwrap();
    let store = Store::open(home.path()).unwrap();
    let imprint = Imprint { at: "2026-01-01T00:00:00Z".parse().unwrap(), by: String::new(), note: String::new() };
    store.publish_over(&book.compile().expect("no faults"), imprint).unwrap();
    let past = PastMail::make(&store, seed, until()).expect("it is made");
    let mut rows = past.rows().to_vec();
    for (at, row) in rows.iter_mut().enumerate() {
        let Some((facts, _)) = &mut row.facts else { continue };
        match at % 7 {
            0 if at % 2 == 0 => facts.sender = Sender::Organisation(cvr(30_000_000 + at)),
            1 => facts.sender = Sender::Organisation(cvr(29_189_846)),
            2 if at % 3 == 0 => {
                if let Some(point) = &mut facts.contact_point {
                    point.id = Some(Caseless::new(&format!("fremmed-punkt-{at}")));
                    point.group = Some(Caseless::new("Kontakt Hans Hansen"));
                }
            }
            3 => row.answer = (Some(422), Some("fejlkode-hos-os".to_owned())),
            4 => facts.recipient = cvr(40_000_000 + at),
            _ => {}
        }
    }
    store.enter_past(&rows, until()).unwrap();
    (home, store)
}

fn cvr(number: usize) -> Option<Cvr> {
    format!("{number:08}").parse().ok()
}

fn recorded(store: &Store) -> Vec<RecordedCall> {
    let span = DaySpan::last(90, clock::day_of(until()));
    store.recorded_calls(span, 100_000).unwrap().calls
}

fn every_choice() -> impl Iterator<Item = DisguiseChoices> {
    (0..8).map(|bits| DisguiseChoices {
        keeps_notes: bits & 1 > 0,
        renames_authorities: bits & 2 > 0,
        replaces_point_texts: bits & 4 > 0,
    })
}

/// All that a file says: the names of its entries, their contents, and whatever stands around them.
pub(super) fn unpacked(file: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut all = String::from_utf8_lossy(file).into_owned();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        all.push_str(&entry.name().unwrap());
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        all.push_str(&String::from_utf8_lossy(&bytes));
    }
    all.to_lowercase()
}

/// What the calls could be found again by.
fn identifiers(calls: &[RecordedCall], book: &RuleBook) -> HashSet<String> {
    let listed = book.authority_cvrs();
    let is_named = |point: &Caseless| book.authorities.iter().any(|it| it.names_contact_point(point));
    let mut found = HashSet::new();
    for RecordedCall { entry, .. } in calls {
        found.extend(entry.message_uuid.clone());
        found.extend(entry.transmission_id.map(|id| id.to_string()));
        found.extend(entry.answer.1.clone());
        found.insert(clock::day_of(entry.received_at).to_string());
        let Some((facts, _)) = &entry.facts else { continue };
        let sender = match facts.sender {
            Sender::Organisation(cvr) => cvr,
            _ => None,
        };
        let strange = sender.into_iter().chain(facts.recipient).filter(|cvr| !listed.contains(cvr));
        found.extend(strange.map(|cvr| cvr.to_string()));
        if let Some(point) = &facts.contact_point {
            found.extend(point.id.as_ref().filter(|id| !is_named(id)).map(|id| id.as_str().to_owned()));
        }
    }
    found.extend(
        ["Hans Hansen", "hemmelig-sti", "intern.test", "X-Egen-Noegle", "29189846", "intern.eksempel"]
            .map(str::to_owned),
    );
    found
}

#[test]
fn nothing_of_the_real_ones_is_in_the_file() {
    let book = telling_book();
    let (_home, store) = journal(&book, 1);
    let calls = recorded(&store);
    assert!(calls.len() > 3_000, "{} calls", calls.len());
    let known = identifiers(&calls, &book);
    assert!(known.len() > 5_000, "{} identifiers", known.len());
    // Each choice on and off, alone and with others.
    for choices in every_choice().enumerate().filter(|(at, _)| [0, 2, 5, 7].contains(at)).map(|(_, it)| it) {
        let Disguise { book: disguised, calls } = Disguise::of(&book, &calls, choices).expect("there is chance");
        let package = TrainingPackage { book: disguised, calls, ..TrainingPackage::default() };
        let said = unpacked(&package.write().expect("it is written"));
        let words: HashSet<&str> = said.split(|it: char| !it.is_ascii_alphanumeric() && it != '-').collect();
        // Looking each up in all of it takes minutes; those with other characters are few.
        let has = |identifier: &String| {
            let identifier = identifier.to_lowercase();
            let is_word = identifier.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
            if is_word { words.contains(identifier.as_str()) } else { said.contains(&identifier) }
        };
        let left: Vec<_> = known.iter().filter(|it| has(it)).collect();
        assert!(left.is_empty(), "{choices:?}: {left:?}");
        let mut gone = vec!["fejlkode", "adgang"];
        if !choices.keeps_notes {
            gone.extend(["birgit", "55667788", "aftalt med"]);
        }
        if choices.renames_authorities {
            gone.extend([
                "prøvekøbing",
                "66137112",
                "66 13 71 12",
                "01506078",
                "01203045",
                "danmarks statistik",
                "gammelt-id-7",
            ]);
        }
        if choices.replaces_point_texts {
            gone.extend(["pladsanvisningen", "teknik", "spørg"]);
        }
        let left: Vec<_> = gone.into_iter().filter(|word| said.contains(word)).collect();
        assert!(left.is_empty(), "{choices:?}: {left:?}");
    }
}

fn sender_of(facts: &Facts) -> Option<Cvr> {
    match facts.sender {
        Sender::Organisation(cvr) => cvr,
        Sender::Person | Sender::Other => None,
    }
}

/// Where a message goes: the place of its authority and fagsystem, and the rule.
fn way(rules: &Distributor, facts: &Facts, at: Timestamp) -> Option<(usize, usize, Option<u32>)> {
    let decision = rules.decide(facts, clock::day_of(at)).ok()?;
    let authorities = &rules.book().authorities;
    let authority = authorities.iter().position(|it| it.cvr == decision.authority.cvr)?;
    let fagsystem = authorities[authority].fagsystems.iter().position(|it| it.id == decision.fagsystem.id)?;
    Some((authority, fagsystem, decision.ground.priority().map(Priority::get)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_disguised_journal_teaches_what_the_real_one_does(seed in 0_u64..1_000, bits in 0_usize..8) {
        let choices = every_choice().nth(bits).unwrap();
        let book = telling_book();
        let (_home, store) = journal(&book, seed);
        let real = recorded(&store);
        let disguise = Disguise::of(&book, &real, choices).expect("there is chance");
        let (before, after) = (book.compile().unwrap(), disguise.book.compile().expect("it has no faults"));
        prop_assert_eq!(before.broken_guards(clock::day_of(until())).len(), after.broken_guards(clock::day_of(until())).len());
        prop_assert_eq!(real.len(), disguise.calls.len());
        prop_assert!(disguise.calls.is_sorted_by_key(|call| (call.day, call.time)));
        let first = clock::day_of(real[0].entry.received_at);
        let monday = first.checked_sub(jiff::Span::new().days(first.weekday().to_monday_zero_offset())).unwrap();
        let (mut messages, mut senders) = (HashMap::new(), HashMap::new());
        for (RecordedCall { entry, .. }, call) in real.iter().zip(&disguise.calls) {
            let shown = clock::in_denmark(entry.received_at);
            let day = monday.checked_add(jiff::Span::new().days(i64::from(call.day))).unwrap();
            prop_assert_eq!((day, call.time.hour()), (shown.date(), shown.hour()));
            let moved = shown.time().duration_until(call.time).as_secs().abs();
            prop_assert!(moved <= 91, "{} became {}", shown, call.time);
            prop_assert_eq!((call.outcome, call.reason, call.status), (entry.outcome, entry.reason, entry.answer.0));
            prop_assert_eq!(call.was_routed, entry.routed.is_some());
            prop_assert!(call.bytes <= entry.bytes && call.bytes * 5 > entry.bytes * 2);
            let uuid = entry.message_uuid.as_ref().map(|uuid| uuid.to_lowercase());
            prop_assert_eq!(*messages.entry(uuid).or_insert(call.message), call.message);
            let (Some((old, _)), Some(new)) = (&entry.facts, &call.facts) else {
                prop_assert!(entry.facts.is_none() && call.facts.is_none());
                continue;
            };
            prop_assert_eq!((old.kle, old.form, old.post_type), (new.kle, new.form, new.post_type));
            prop_assert_eq!(*senders.entry(sender_of(old)).or_insert(sender_of(new)), sender_of(new));
            let at = entry.received_at;
            prop_assert_eq!(way(&before, old, at), way(&after, new, at), "{:?} became {:?}", old, new);
            prop_assert_eq!(before.sender_kind(old), after.sender_kind(new));
        }
        let distinct: HashSet<_> = messages.values().collect();
        prop_assert_eq!(distinct.len(), messages.len(), "two messages became one");
        let mut wrote: HashMap<Cvr, HashSet<_>> = HashMap::new();
        for call in &disguise.calls {
            if let Some(sender) = call.facts.as_ref().and_then(sender_of) {
                wrote.entry(sender).or_default().insert(call.message);
            }
        }
        let named = disguise.book.authority_cvrs();
        let lonely = wrote.iter().filter(|(cvr, messages)| messages.len() < 3 && !named.contains(cvr)).count();
        prop_assert_eq!(lonely, 0, "a sender stands out by having written once or twice");
    }
}

#[test]
fn a_disguise_is_drawn_anew_each_time() {
    let book = telling_book();
    let (_home, store) = journal(&book, 3);
    let calls = recorded(&store);
    let made = || Disguise::of(&book, &calls, DisguiseChoices::default()).unwrap();
    let (one, other) = (made(), made());
    let senders = |disguise: &Disguise| -> HashSet<_> {
        let strange = |cvr: &Cvr| !book.authority_cvrs().contains(cvr);
        disguise.calls.iter().filter_map(|call| sender_of(call.facts.as_ref()?)).filter(strange).collect()
    };
    let both = senders(&one).intersection(&senders(&other)).count();
    assert!(both * 20 < senders(&one).len(), "{both} of {} are the same", senders(&one).len());
    assert!(
        one.calls.iter().zip(&other.calls).all(|(one, other)| one.message.is_none() || one.message != other.message)
    );
}

pub(super) fn whole_package() -> TrainingPackage {
    let book = telling_book();
    let (_home, store) = journal(&book, 5);
    let calls = recorded(&store);
    let Disguise { book, calls } = Disguise::of(&book, &calls[..400], DisguiseChoices::default()).unwrap();
    let maker = MessageMaker::new(&book, &book.authorities[0], 7);
    let bytes = maker.message(0, &Wish::any(1)).bytes();
    let messages = vec![PackedMessage { name: "0001.xml".to_owned(), bytes }];
    TrainingPackage {
        name: "Fredagskursus".to_owned(),
        book,
        lesson: Some("titel = \"Æbler\"\n".to_owned()),
        messages,
        calls,
    }
}

#[test]
fn a_package_is_read_as_it_was_written() {
    let package = whole_package();
    let file = package.write().unwrap();
    assert_eq!(TrainingPackage::read(&file).unwrap(), package);
    assert_eq!(package.write().unwrap(), file, "nothing of the moment is in it");
}

/// An archive of those entries.
pub(super) fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_nothing_is_taken() {
    let about = br#"{"format": "postfordeler-oevelsespakke", "version": 1, "navn": "x"}"#.as_slice();
    let configuration = configuration().to_string().into_bytes();
    let configuration = configuration.as_slice();
    let journal =
        |line: &str| format!("{{\"format\":\"postfordeler-oevelsesjournal\",\"version\":1}}\n{line}\n").into_bytes();
    let call = r#"{"dag":1,"kl":"08:00:00","bytes":5,"sendt":false,"udfald":"memo.ugyldig","ialtMs":1}"#;
    let book = read(&super::configuration());
    let message = MessageMaker::new(&book, &book.authorities[0], 1).message(0, &Wish::any(1));
    let stranger = to_a_stranger(&book, message.bytes());
    let long = vec![b' '; (1 << 20) + 1];
    let full = [("oevelsespakke.json", about), ("konfiguration.json", configuration)];
    let with = |more: &[(&str, &[u8])]| archive(&[full.as_slice(), more].concat());
    assert!(TrainingPackage::read(&with(&[("journal.jsonl", &journal(call))])).is_ok());
    let later = journal(&format!("{}\n{call}", call.replace("08:00", "09:00")));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"PK\x03\x04 and no more".to_vec(), "this is no training package"),
        (b"nothing of the kind".to_vec(), "this is no training package"),
        (archive(&[("xl/workbook.xml", b"<x/>")]), "this is no training package"),
        (archive(&[("oevelsespakke.json", about)]), "konfiguration.json: it is missing"),
        (archive(&[("oevelsespakke.json", &about.to_ascii_uppercase()), full[1]]), "this is no training package"),
        (
            archive(&[("oevelsespakke.json", br#"{"format": "postfordeler-oevelsespakke", "version": 2}"#), full[1]]),
            "was made by a newer version",
        ),
        (
            archive(&[full[0], ("konfiguration.json", b"{}")]),
            "konfiguration.json: format: this is missing (and 2 more faults)",
        ),
        (
            archive(&[
                full[0],
                ("konfiguration.json", br#"{"format": "postfordeler-konfiguration", "version": 1, "myndigheder": []}"#),
            ]),
            "konfiguration.json: it has no authority",
        ),
        (with(&[("../oprindelig.xml", b"x")]), "../oprindelig.xml: a package has no such entry"),
        (with(&[("meddelelser/../../x.xml", b"x")]), "meddelelser/../../x.xml: a package has no such entry"),
        (with(&[("/etc/x.xml", b"x")]), "/etc/x.xml: a package has no such entry"),
        (with(&[("meddelelser/a.exe", b"x")]), "a package has no such entry"),
        (with(&[("meddelelser/a.xml", b"<a/>")]), "meddelelser/a.xml: it is no message that could be delivered"),
        (
            with(&[("meddelelser/b.xml", &stranger)]),
            "meddelelser/b.xml: its recipient is none of the package's authorities",
        ),
        (with(&[("opgave.toml", &[0xff, 0xfe])]), "opgave.toml: it is no text in UTF-8"),
        (with(&[("opgave.toml", &long)]), "opgave.toml: it is too large: it may have 1048576 bytes"),
        (with(&[("opgave.toml", b"a"), ("OPGAVE.toml", b"b")]), "a package has no such entry"),
        (with(&[("journal.jsonl", b"{}")]), "journal.jsonl: line 1: it does not say"),
        (with(&[("journal.jsonl", &journal("{"))]), "journal.jsonl: line 2: it is no call of a journal"),
        (
            with(&[("journal.jsonl", &journal(&call.replace("memo.ugyldig", "nej")))]),
            "line 2: udfald: there is no such word",
        ),
        (with(&[("journal.jsonl", &journal(&call.replace("08:00:00", "8")))]), "line 2: kl: no time as 08:30:00"),
        (with(&[("journal.jsonl", &journal(&call.replace("\"dag\":1", "\"dag\":5000")))]), "line 2: dag: at most 400"),
        (
            with(&[("journal.jsonl", &journal(&call.replace("false", "true")))]),
            "line 2: sendt: nothing is sent without fakta",
        ),
        (
            with(&[("journal.jsonl", &journal(&call.replace('}', r#","gentager":1}"#)))]),
            "line 2: gentager: there is no such line before",
        ),
        (
            with(&[("journal.jsonl", &journal(&call.replace('}', r#","fakta":{"kle":"x"}}"#)))]),
            "line 2: fakta.kle: 'x'",
        ),
        (with(&[("journal.jsonl", &later)]), "line 3: it is earlier than the line before"),
    ];
    for (file, words) in cases {
        let refused = TrainingPackage::read(&file).expect_err(words).to_string();
        assert!(refused.contains(words), "{refused} says not: {words}");
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
}

/// A message to somebody whom the book does not have.
fn to_a_stranger(book: &RuleBook, message: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(message).unwrap();
    book.authorities[0].cvrs().fold(text, |text, cvr| text.replace(&cvr.to_string(), "01999999")).into_bytes()
}

#[test]
fn a_small_file_that_grows_on_unpacking_is_stopped() {
    let about = br#"{"format": "postfordeler-oevelsespakke", "version": 1}"#;
    let bomb = vec![b'{'; 200 << 20];
    let file = archive(&[("oevelsespakke.json", about), ("konfiguration.json", &bomb)]);
    assert!(file.len() < 1 << 20);
    let refused = TrainingPackage::read(&file).expect_err("it is too large").to_string();
    assert!(refused.contains("konfiguration.json: it is too large"), "{refused}");
}

/// A file that was spoilt anywhere is refused, or read as it was written; the program goes on either way.
#[test]
fn a_spoilt_file_ends_in_an_error() {
    let file = whole_package().write().unwrap();
    let step = file.len() / 300;
    for at in (0..file.len()).step_by(step.max(1)) {
        let mut spoilt = file.clone();
        spoilt[at] ^= 0x55;
        let _ = TrainingPackage::read(&spoilt);
        let _ = TrainingPackage::read(&file[..at]);
    }
}

#[test]
fn training_begins_with_it_and_again_with_the_same() {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    store.dedicate_to_training().unwrap();
    assert_eq!(TrainingStart::kept_in(data.path()).unwrap(), TrainingStart::Sample);
    let package = whole_package();
    TrainingStart::keep(data.path(), Some(&package.write().unwrap())).unwrap();
    let room = ([127, 0, 0, 1], 9111).into();
    let begin = || {
        let start = TrainingStart::kept_in(data.path()).unwrap();
        start.begin(&store, room, "".into()).expect("it begins");
        let publication = store.newest_publication().unwrap().unwrap();
        let rows = recorded_now(&store);
        (publication.book.clone(), rows, publication.published_at)
    };
    let (book, rows, published) = begin();
    for fagsystem in &book.authorities[0].fagsystems {
        let address = fagsystem.endpoint.as_str();
        assert!(address.starts_with("http://127.0.0.1:9111/") && address.is_ascii(), "{address}");
        assert!(fagsystem.access.is_open());
    }
    let addresses: HashSet<_> = book.authorities[0].fagsystems.iter().map(|it| it.endpoint.as_str()).collect();
    assert_eq!(addresses.len(), book.authorities[0].fagsystems.len(), "each has a path of its own");
    assert_eq!(rows.len(), package.calls.len());
    let now = Timestamp::now();
    for (row, call) in rows.iter().zip(&package.calls) {
        assert!(row.received_at >= published && row.received_at <= now);
        let shown = clock::in_denmark(row.received_at);
        assert_eq!(i64::from(call.day % 7), i64::from(shown.weekday().to_monday_zero_offset()));
        assert!(shown.time() == call.time || shown.hour() <= 4, "{shown}");
        let routed = row.routed.as_ref().filter(|_| row.outcome != Outcome::UnknownRecipient);
        if let Some((routed, (facts, _))) = routed.zip(row.facts.as_ref()) {
            let rules = book.compile().unwrap();
            let decision = rules.decide(facts, clock::day_of(row.received_at)).unwrap();
            assert_eq!((&routed.fagsystem, routed.priority), (&decision.fagsystem.id, decision.ground.priority()));
        }
    }
    let last = rows.last().unwrap().received_at;
    assert!(now.duration_since(last).as_hours() < 24 * 7 + 1, "as late as it can be");
    let lesson = std::fs::read_to_string(TrainingStart::lesson_in(data.path()).unwrap()).unwrap();
    assert_eq!(Some(lesson), package.lesson);
    let messages = TrainingStart::messages_in(data.path()).unwrap();
    assert_eq!(std::fs::read(messages.join("0001.xml")).unwrap(), package.messages[0].bytes);
    store.begin_training_anew().unwrap();
    let (again, rows_again, _) = begin();
    assert_eq!((again, rows_again.len()), (book, rows.len()));
    store.begin_training_anew().unwrap();
    TrainingStart::keep(data.path(), None).unwrap();
    TrainingStart::kept_in(data.path()).unwrap().begin(&store, room, "".into()).unwrap();
    assert!(TrainingStart::messages_in(data.path()).is_none() && TrainingStart::lesson_in(data.path()).is_none());
    assert_eq!(store.newest_journal_rows(1).unwrap().len(), 1, "the sample has a month of mail");
}

fn recorded_now(store: &Store) -> Vec<JournalEntry> {
    let calls = store.recorded_calls(DaySpan::last(200, clock::today()), 100_000).unwrap().calls;
    calls.into_iter().map(|call| call.entry).collect()
}

#[test]
fn an_order_says_what_it_cannot_make() {
    let book = telling_book();
    let home = TempDir::new().unwrap();
    let store = Store::open(home.path()).unwrap();
    let order = PackageOrder {
        name: " Kursus ".to_owned(),
        choices: DisguiseChoices::default(),
        days: 30,
        messages: MessagesToPack::Made { count: 12, seed: 4 },
        lesson: None,
    };
    let (package, left_out) = order.make(&book, &store).expect("it is made");
    assert_eq!((package.name.as_str(), package.messages.len(), package.calls.len(), left_out), ("Kursus", 12, 0, 0));
    assert_eq!(TrainingPackage::read(&package.write().unwrap()).unwrap(), package);
    let folder = home.path().join("breve");
    std::fs::create_dir(&folder).unwrap();
    let from_folder = PackageOrder { messages: MessagesToPack::Directory(folder.clone()), ..order.clone() };
    let refused = from_folder.make(&book, &store).unwrap_err().to_string();
    assert!(refused.contains("there is no message (.xml) in"), "{refused}");
    std::fs::write(folder.join("et brev.xml"), &package.messages[0].bytes).unwrap();
    let (packed, _) = from_folder.make(&book, &store).expect("it is made");
    assert_eq!(
        packed.messages,
        [PackedMessage { name: "0001.xml".to_owned(), bytes: package.messages[0].bytes.clone() }]
    );
    let renamed = DisguiseChoices { renames_authorities: true, ..DisguiseChoices::default() };
    let refused = PackageOrder { choices: renamed, ..from_folder }.make(&book, &store).unwrap_err().to_string();
    assert!(refused.contains("et brev.xml: its recipient is none of the package's authorities"), "{refused}");
    let missing = PackageOrder { lesson: Some(home.path().join("nej.toml")), ..order }.make(&book, &store);
    let refused = missing.unwrap_err().to_string();
    assert!(refused.contains("nej.toml cannot be read"), "{refused}");
}
