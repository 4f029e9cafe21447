//! The router reads what every reader of XML and the schema read: texts that others may read otherwise are refused, or are
//! no match.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    Answer, Expected, Fagsystem, Router, assert_receipt, configuration, fagsystem_entry, postfordeler, rule,
};

/// Where a message ends.
#[derive(Debug, Clone, Copy)]
enum End {
    /// With the fagsystem of that name.
    At(&'static str),
    /// Refused so.
    Refused(Expected),
}
use End::{At, Refused};

fn cases(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(folder)
}

fn case(folder: &str, name: &str) -> Vec<u8> {
    fs::read(cases(folder).join(name)).unwrap_or_else(|error| panic!("{folder}/{name}: {error}"))
}

/// A router with two fagsystems, of which the first is the default recipient.
struct Town {
    router: Router,
    esdh: Fagsystem,
    other: Fagsystem,
}

impl Town {
    /// One whose second fagsystem, `kp`, gets what that rule says.
    fn with(rule: impl FnOnce() -> Value) -> Self {
        let (esdh, other) = (Fagsystem::accepting(), Fagsystem::accepting());
        let fagsystems = [fagsystem_entry("esdh", &esdh.endpoint()), fagsystem_entry("kp", &other.endpoint())];
        let router = Router::start(&configuration(&fagsystems, &[rule()]));
        Self { router, esdh, other }
    }

    /// The configuration that the cases of two readings go with, its fagsystems here.
    fn of_two_readings() -> Self {
        let (esdh, other) = (Fagsystem::accepting(), Fagsystem::accepting());
        let text = fs::read_to_string(cases("security/uuid-reused").join("configuration.json")).unwrap();
        let text = text.replace("http://127.0.0.1:9101/", &esdh.endpoint());
        let configuration = Value::from_str(&text.replace("http://127.0.0.1:9102/", &other.endpoint())).unwrap();
        Self { router: Router::start(&configuration), esdh, other }
    }

    /// Delivers a message, and sees to it that it ends so, also by `decide`. Returns the answer.
    fn ends(&self, name: &str, message: &[u8], end: End) -> Answer {
        let before = [self.esdh.requests().len(), self.other.requests().len()];
        let answer = self.router.deliver(message);
        let expected = match end {
            At(_) => Expected::ACCEPTED,
            Refused(expected) => expected,
        };
        let receipt = answer.json();
        assert_receipt(name, &answer, expected, receipt["messageUUID"].as_str());
        let got = [self.esdh.requests().len() - before[0], self.other.requests().len() - before[1]];
        let place = match end {
            At("esdh") => [1, 0],
            At(_) => [0, 1],
            Refused(_) => [0, 0],
        };
        assert_eq!(got, place, "{name}: {receipt}");
        let decided = self.decided(message);
        match end {
            At(fagsystem) => assert_eq!(decided["fagsystem"], fagsystem, "{name}: {decided}"),
            Refused(expected) => assert_eq!(decided["afvist"].as_str(), expected.error_code, "{name}: {decided}"),
        }
        answer
    }

    fn decided(&self, message: &[u8]) -> Value {
        let directory = TempDir::new().unwrap();
        let file = directory.path().join("meddelelse.xml");
        fs::write(&file, message).unwrap();
        let data = self.router.data.path().to_str().unwrap();
        let output = postfordeler(&["decide", "--json", file.to_str().unwrap(), "--data", data]);
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

#[test]
fn what_the_fagsystem_may_read_otherwise_is_refused_or_no_match() {
    let town = Town::of_two_readings();
    let ends = [
        ("recipient-after-no-break-space.xml", Refused(Expected::UNKNOWN_RECIPIENT)),
        ("id-type-after-next-line.xml", Refused(Expected::UNKNOWN_RECIPIENT)),
        ("uuid-after-ideographic-space.xml", Refused(Expected::NO_MESSAGE)),
        ("contact-point-before-line-separator.xml", At("esdh")),
        ("contact-point-with-kelvin-sign.xml", At("esdh")),
        ("comment-in-contact-point.xml", Refused(Expected::NO_MESSAGE)),
        ("instruction-in-recipient.xml", Refused(Expected::NO_MESSAGE)),
        ("decide-decoy-recipient-of-another-namespace.xml", Refused(Expected::NO_MESSAGE)),
    ];
    let folder = "security/two-readings";
    assert_eq!(fs::read_dir(cases(folder)).unwrap().count(), ends.len(), "each file is here");
    for (name, end) in ends {
        let answer = town.ends(name, &case(folder, name), end);
        if name.starts_with("comment") || name.starts_with("instruction") {
            let words = answer.json()["errorMessage"].as_str().unwrap().to_owned();
            assert!(words.contains("a comment or processing instruction within"), "{words}");
        }
    }
    // The rule is there, and matches what is written plainly, in whatever case.
    let comment = String::from_utf8(case(folder, "comment-in-contact-point.xml")).unwrap();
    for (number, plain) in ["KP-1", "kp-1", " \t\r\nKP-1\n", "K&#80;-1", "<![CDATA[KP-1]]>"].into_iter().enumerate() {
        let message = comment.replace("KP<!-- -->-1", plain).replace("000000000046", &format!("0000000001{number:02}"));
        town.ends(plain, message.as_bytes(), At("kp"));
    }
}

#[test]
fn a_contact_point_without_an_id_is_none() {
    let by_authorities = Town::with(|| {
        let mut rule = rule(1, "kp", "modtagerCvr", "11223344");
        rule["segment"] = "myndighed".into();
        rule
    });
    let folder = "messages";
    let company = case(folder, "company-with-empty-contact-point.xml");
    by_authorities.ends("a company", &company, At("esdh"));
    let text = String::from_utf8(company).unwrap();
    let written = |id: &str, number: u32| {
        let message = text.replace("<memo:contactPointID/>", id);
        message.replace("000000000011", &format!("0000000002{number:02}")).into_bytes()
    };
    by_authorities.ends("spaces", &written("<memo:contactPointID> \n</memo:contactPointID>", 1), At("esdh"));
    by_authorities.ends("none", &written("<memo:contactGroup>G</memo:contactGroup>", 2), At("esdh"));
    by_authorities.ends("an id", &written("<memo:contactPointID>X</memo:contactPointID>", 3), At("kp"));

    let without_point = Town::with(|| rule(1, "kp", "udenKontaktpunkt", "ikkeAngivet"));
    let name = "decide-recipient-with-empty-contact-point.xml";
    without_point.ends(name, &case(folder, name), At("kp"));
}

#[test]
fn encodings_are_those_of_utf_8_and_the_words_say_so() {
    let town = Town::of_two_readings();
    let says = |name: &str, words: &[&str]| {
        let answer = town.ends(name, &case("messages", name), Refused(Expected::NO_MESSAGE));
        let said = answer.json()["errorMessage"].as_str().unwrap().to_owned();
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    };
    let taken = "decide-encoding-utf8-without-hyphen.xml";
    town.ends(taken, &case("messages", taken), At("esdh"));
    says("decide-declared-utf-16-written-utf-8.xml", &["'utf-16'", "UTF-8"]);
    says("decide-utf-16.xml", &["UTF-16", "UTF-8"]);
}
