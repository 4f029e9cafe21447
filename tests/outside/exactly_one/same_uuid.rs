//! Different messages with one messageUUID: none is answered as accepted without being delivered, and none gets to a
//! fagsystem that the rules would not have chosen but for the messageUUID.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::first;
use crate::support::{
    Answer, Call, Connection, Expected, Fagsystem, Form, Request, Router, State, assert_receipt, eventually, turn_back,
};

const UUID: &str = "5f0c6ab1-58b0-4f3d-a9a0-000000000031";
const REUSED: Expected = Expected { status: 422, receipt_status: "INVALID", error_code: Some("memo.genbrugt") };

fn case(file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/security/uuid-reused");
    fs::read(folder.join(file)).unwrap()
}

/// The first message with one text in place of another.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let xml = String::from_utf8(case("1-first.xml")).unwrap();
    assert!(xml.contains(from), "{from}");
    xml.replacen(from, to, 1).into_bytes()
}

/// Two authorities with their three fagsystems, and a router.
struct Three {
    esdh: Fagsystem,
    kp: Fagsystem,
    besdh: Fagsystem,
    router: Router,
}

impl Three {
    fn start() -> Self {
        Self::with(Fagsystem::accepting())
    }

    fn with(esdh: Fagsystem) -> Self {
        let (kp, besdh) = (Fagsystem::accepting(), Fagsystem::accepting());
        let router = Router::start(&Self::rules(&esdh, &kp, &besdh));
        Self { esdh, kp, besdh, router }
    }

    fn rules(esdh: &Fagsystem, kp: &Fagsystem, besdh: &Fagsystem) -> Value {
        let text = String::from_utf8(case("configuration.json")).unwrap();
        let text = text
            .replace("http://127.0.0.1:9101/", &esdh.endpoint())
            .replace("http://127.0.0.1:9102/", &kp.endpoint())
            .replace("http://127.0.0.1:9103/", &besdh.endpoint());
        serde_json::from_str(&text).unwrap()
    }

    /// From now on all goes to the other fagsystem that no rule takes.
    fn publish_other_default(&self) {
        let mut rules = Self::rules(&self.esdh, &self.kp, &self.besdh);
        rules["myndigheder"][0]["opsamlingssystem"] = "kp".into();
        self.router.publish(&rules);
    }

    fn deliver(&self, case: &str, message: &[u8], expected: Expected) {
        let is_upper = memchr::memmem::find(message, UUID.as_bytes()).is_none();
        let uuid = if is_upper { UUID.to_uppercase() } else { UUID.to_owned() };
        assert_receipt(case, &self.router.deliver(message), expected, Some(&uuid));
    }

    /// How many requests each has had.
    fn had(&self) -> (usize, usize, usize) {
        (self.esdh.requests().len(), self.kp.requests().len(), self.besdh.requests().len())
    }

    fn start_again(self) -> Self {
        Self { router: self.router.kill_and_start_again(), ..self }
    }
}

/// Outcome, reason, and whether the row says that it is of another message.
fn rows(router: &Router) -> Vec<(String, Option<String>, bool)> {
    let database = router.database();
    let query = "SELECT outcome, reason, differs_from IS NOT NULL FROM journal ORDER BY number";
    let mut statement = database.prepare(query).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn other_content_with_the_same_facts_goes_to_the_fagsystem_of_the_first_and_no_other() {
    for file in
        ["2-other-content-same-size.xml", "3-other-content-other-size.xml", "6-upper-case-uuid-other-content.xml"]
    {
        let mut three = Three::start();
        three.deliver(file, &case("1-first.xml"), Expected::ACCEPTED);
        three.publish_other_default();
        for _ in 0..3 {
            three.deliver(file, &case(file), Expected::ACCEPTED);
            three.deliver("the first again", &case("1-first.xml"), Expected::ACCEPTED);
        }
        three = three.start_again();
        three.deliver(file, &case(file), Expected::ACCEPTED);
        assert_eq!(three.had(), (2, 0, 0), "{file}");
        assert_eq!(three.esdh.requests()[1].body, case(file), "{file}");
        let differing = rows(&three.router).iter().filter(|(.., differs)| *differs).count();
        assert_eq!(differing, 1, "{file}: {:?}", rows(&three.router));
    }
}

#[test]
fn a_uuid_that_was_used_for_a_message_with_other_facts_is_refused() {
    for file in ["4-other-contact-point.xml", "5-other-authority.xml"] {
        let mut three = Three::start();
        three.deliver(file, &case("1-first.xml"), Expected::ACCEPTED);
        three.deliver(file, &case(file), REUSED);
        three.deliver("the first again", &case("1-first.xml"), Expected::ACCEPTED);
        three.deliver(file, &case(file), REUSED);
        assert_eq!(three.had(), (1, 0, 0), "{file}");
        let outcomes: Vec<_> =
            rows(&three.router).into_iter().map(|(outcome, _, differs)| (outcome, differs)).collect();
        let expected = [("accepteret", false), ("memo.genbrugt", true), ("accepteret", false), ("memo.genbrugt", true)];
        assert_eq!(outcomes, expected.map(|(outcome, differs)| (outcome.to_owned(), differs)), "{file}");
        let mut told = || {
            let log = three.router.running.log();
            log.lines().filter(|line| line.contains("WARN") && line.contains("memo.genbrugt")).count()
        };
        eventually("the log tells of both", || (told() >= 2).then_some(()));
        assert_eq!(told(), 2, "{file}");
    }
}

#[test]
fn each_fact_tells_messages_apart_and_nothing_else_does() {
    const RECIPIENT: &str = "<memo:idType>CVR</memo:idType></memo:Recipient>";
    const BODY: &str = "</memo:MessageHeader>";
    let point = |id: &str, group: &str| {
        let point =
            format!("<memo:contactPointID>{id}</memo:contactPointID><memo:contactGroup>{group}</memo:contactGroup>");
        let point = format!("<memo:ContactPoint>{point}</memo:ContactPoint></memo:Recipient>");
        changed(RECIPIENT, &format!("<memo:idType>CVR</memo:idType>{point}"))
    };
    let marked = |data: &str| changed(BODY, &format!("<memo:ContentData>{data}</memo:ContentData>{BODY}"));
    let kle = |number: &str| marked(&format!("<kle:KLEdata><kle:subjectKey>{number}</kle:subjectKey></kle:KLEdata>"));
    let form = |number: &str| marked(&format!("<form:FORMdata><form:taskKey>{number}</form:taskKey></form:FORMdata>"));
    let sender = |id: &str, id_type: &str| {
        let new = format!("<memo:senderID>{id}</memo:senderID><memo:idType>{id_type}</memo:idType>");
        changed("<memo:senderID>0101701234</memo:senderID><memo:idType>CPR</memo:idType>", &new)
    };
    let post_type = |word: &str| {
        changed(
            "<memo:label>Prøve</memo:label>",
            &format!("<memo:label>Prøve</memo:label><memo:postType>{word}</memo:postType>"),
        )
    };
    let other_facts = [
        ("contact point", point("abc", "Dagtilbud"), point("abd", "Dagtilbud")),
        ("contact group", point("abc", "Dagtilbud"), point("abc", "Skole")),
        ("no contact point", point("abc", "Dagtilbud"), case("1-first.xml")),
        ("KLE", kle("27.36.04"), kle("27.36.08")),
        ("no KLE", kle("27.36.04"), case("1-first.xml")),
        ("FORM", form("10.20"), form("10.30")),
        ("sender's CVR number", sender("12345678", "CVR"), sender("87654321", "CVR")),
        ("sender's kind", sender("12345678", "CVR"), case("1-first.xml")),
        ("post type", post_type("VIRKSOMHEDSPOST"), post_type("MYNDIGHEDSPOST")),
    ];
    for (case, first, other) in other_facts {
        let three = Three::start();
        three.deliver(case, &first, Expected::ACCEPTED);
        three.deliver(case, &other, REUSED);
        assert_eq!(three.had(), (1, 0, 0), "{case}");
    }
    let same_facts = [
        ("letters of a contact point", point("abc-Ø", "Dagtilbud"), point("ABC-ø", "DAGTILBUD")),
        ("another person", sender("0101701234", "CPR"), sender("0202701234", "CPR")),
        ("label", case("1-first.xml"), changed("<memo:label>Prøve</memo:label>", "<memo:label>Anden</memo:label>")),
    ];
    for (case, first, other) in same_facts {
        let three = Three::start();
        three.deliver(case, &first, Expected::ACCEPTED);
        three.deliver(case, &other, Expected::ACCEPTED);
        assert_eq!(three.had(), (2, 0, 0), "{case}");
    }
}

#[test]
fn while_the_first_ones_outcome_is_unknown_its_fagsystem_gets_no_other_authoritys_message() {
    type Case = (&'static str, fn(&mut Connection));
    let cases: [Case; 2] = [("hangs up", |_| {}), ("answers 504", |connection| connection.answer(504, ""))];
    for (case_name, script) in cases {
        let three = Three::with(first(move |connection| {
            connection.take_all();
            script(connection);
        }));
        three.deliver(case_name, &case("1-first.xml"), Expected::UNAVAILABLE);
        three.deliver(case_name, &case("5-other-authority.xml"), REUSED);
        assert_eq!(three.had(), (1, 0, 0), "{case_name}");
        three.deliver(case_name, &case("1-first.xml"), Expected::ACCEPTED);
        three.deliver(case_name, &case("5-other-authority.xml"), REUSED);
        assert_eq!(three.had(), (2, 0, 0), "{case_name}");
    }
}

#[test]
fn a_bad_copy_does_not_lock_out_the_right_message() {
    let three = Three::start();
    // Refused for what they are, or broken off: no earlier messages.
    let broken =
        String::from_utf8(case("4-other-contact-point.xml")).unwrap().replace("</memo:Message>", "</memo:Mess>");
    three.deliver("broken", broken.as_bytes(), Expected::NO_MESSAGE);
    let unknown = changed("<memo:recipientID>11223344<", "<memo:recipientID>99887766<");
    three.deliver("unknown recipient", &unknown, Expected::UNKNOWN_RECIPIENT);
    let cut = case("5-other-authority.xml");
    let mut call = Call::with_length(three.router.address(), "application/xml", cut.len());
    call.send(&cut[..cut.len() - 40]);
    call.hang_up();
    eventually("it is written down", || (rows(&three.router).len() == 3).then_some(()));
    three.deliver("the right one", &case("1-first.xml"), Expected::ACCEPTED);
    three.deliver("unknown recipient", &unknown, REUSED);
    three.deliver("the right one", &case("1-first.xml"), Expected::ACCEPTED);
    assert_eq!(three.had(), (1, 0, 0));
}

/// How a large message is sent.
#[derive(Debug, Clone, Copy)]
enum Way {
    WithLength,
    Chunked,
    AsForm,
}

fn send(router: &Router, way: Way, message: &[u8]) -> Answer {
    match way {
        Way::WithLength => router.deliver(message),
        Way::Chunked => {
            let mut call = Call::chunked(router.address(), "application/xml");
            message.chunks(50_000).for_each(|piece| call.send_chunk(piece));
            call.end_chunks();
            call.answer()
        }
        Way::AsForm => router.deliver_as(&Form::content_type(), &Form::default().file("file", message).end()),
    }
}

fn large(content: &str, length: usize) -> Vec<u8> {
    changed("QUFBQQ==", &content.repeat(length / 4))
}

#[test]
fn other_content_of_a_large_message_is_delivered_when_it_comes_again() {
    for way in [Way::WithLength, Way::Chunked, Way::AsForm] {
        let three = Three::start();
        let (one, other) = (large("QUFB", 400_000), large("QkJC", 400_000));
        let send = |message: &[u8], expected: Expected| {
            assert_receipt(&format!("{way:?}"), &send(&three.router, way, message), expected, Some(UUID));
        };
        send(&one, Expected::ACCEPTED);
        send(&one, Expected::ACCEPTED);
        assert_eq!(three.had(), (1, 0, 0), "{way:?}");
        three.publish_other_default();
        send(&other, Expected::UNAVAILABLE);
        assert_eq!(three.had(), (1, 0, 0), "{way:?}: not before it comes again");
        // What was accepted is still known, and its fagsystem sees no whole request of it.
        send(&one, Expected::ACCEPTED);
        assert_eq!(three.esdh.whole_requests().len(), 1, "{way:?}");
        send(&other, Expected::ACCEPTED);
        send(&other, Expected::ACCEPTED);
        let whole = three.esdh.whole_requests();
        assert_eq!(whole.iter().map(|request| request.body == other).collect::<Vec<_>>(), [false, true], "{way:?}");
        let (kp, besdh) = (three.kp.requests().len(), three.besdh.requests().len());
        assert_eq!((kp, besdh), (0, 0), "{way:?}");
        let is_other =
            |request: &Request| request.state == State::Whole && request.body != one && request.body != other;
        assert!(!three.esdh.requests().iter().any(is_other), "{way:?}");
        let rows = rows(&three.router);
        let told = rows.iter().filter(|(_, reason, differs)| reason.as_deref() == Some("andet_indhold") && *differs);
        assert_eq!(told.count(), 1, "{way:?}: {rows:?}");
    }
}

#[test]
fn a_large_message_of_another_length_is_delivered_at_once() {
    let three = Three::start();
    three.deliver("first", &large("QUFB", 400_000), Expected::ACCEPTED);
    three.publish_other_default();
    let other = large("QUFB", 500_000);
    three.deliver("longer", &other, Expected::ACCEPTED);
    three.deliver("longer", &other, Expected::ACCEPTED);
    assert_eq!(three.had(), (2, 0, 0));
    assert_eq!(three.esdh.requests()[1].body, other);
}

#[test]
fn what_came_before_there_were_digests_is_known_by_its_facts_and_its_size() {
    let three = Three::start();
    let with_number = changed(
        "<memo:idType>CVR</memo:idType></memo:Recipient>",
        "<memo:idType>CVR</memo:idType><memo:ContactPoint><memo:contactGroup>010170-1234</memo:contactGroup>\
         </memo:ContactPoint></memo:Recipient>",
    );
    let with_number = String::from_utf8(with_number).unwrap().replace(UUID, "5f0c6ab1-58b0-4f3d-a9a0-000000000032");
    three.deliver("first", &case("1-first.xml"), Expected::ACCEPTED);
    assert_eq!(three.router.deliver(with_number.as_bytes()).status(), 200);
    let Three { esdh, kp, besdh, router } = three;
    let Router { running, data } = router;
    drop(running);
    // As the version left it that had no digests.
    turn_back(data.path(), 4);
    for made_since in ["journal.key", "router.running"] {
        fs::remove_file(data.path().join(made_since)).unwrap();
    }
    let three = Three { esdh, kp, besdh, router: Router::start_on(data) };
    three.deliver("again", &case("1-first.xml"), Expected::ACCEPTED);
    assert_eq!(three.router.deliver(with_number.as_bytes()).status(), 200, "what is left out may be anything");
    assert_eq!(three.had(), (2, 0, 0));
    three.deliver("other facts", &case("5-other-authority.xml"), REUSED);
    three.deliver("other size", &case("3-other-content-other-size.xml"), Expected::ACCEPTED);
    three.deliver("other size", &case("3-other-content-other-size.xml"), Expected::ACCEPTED);
    assert_eq!(three.had(), (3, 0, 0));
}

#[test]
fn when_the_key_of_the_digests_is_lost_another_is_made_and_nothing_accepted_is_delivered_again() {
    type Case = (&'static str, fn(&Path));
    let three = Three::start();
    three.deliver("first", &case("1-first.xml"), Expected::ACCEPTED);
    let key = three.router.data.path().join("journal.key");
    let old = fs::read(&key).unwrap();
    let cases: [Case; 3] = [
        ("lost", |key| fs::remove_file(key).unwrap()),
        ("damaged", |key| fs::write(key, "kort").unwrap()),
        ("another", |key| fs::write(key, [7; 32]).unwrap()),
    ];
    let mut three = three;
    for (case_name, spoil) in cases {
        spoil(&key);
        three = three.start_again();
        eventually(case_name, || {
            let log = three.router.running.log();
            (log.contains("WARN") && log.contains("journal.key")).then_some(())
        });
        assert_ne!(fs::read(&key).unwrap(), old, "{case_name}");
        assert_eq!(fs::read(&key).unwrap().len(), 32, "{case_name}");
        three.deliver(case_name, &case("1-first.xml"), Expected::ACCEPTED);
        three.deliver(case_name, &case("5-other-authority.xml"), REUSED);
    }
    assert_eq!(three.had(), (1, 0, 0));
    three = three.start_again();
    assert!(!three.router.running.log().contains("journal.key"), "the key stays as it is");
}
