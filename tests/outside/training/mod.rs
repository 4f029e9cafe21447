//! Training: a data set of its own, which no message leaves; the messages that are made for it, and a past that is made of them.

mod beginnings;
mod builder_window;
mod building;
mod lessons;
mod maker;
mod memo_schema;
mod on_the_map;
mod package_attacks;
mod package_window;
mod packages;
mod past;
mod played;
mod progress;
mod reach;
mod room;
mod room_window;
mod traffic;
mod validity;
mod window;
mod wishes;

use postfordeler::exchange::read_configuration;
use postfordeler::rules::RuleBook;
use postfordeler::training::{MessageMaker, sample_book};
use serde_json::{Value, json};

/// A book of the tests' own, so that nothing here depends on what the sample municipality is like.
fn configuration() -> Value {
    let fagsystem = |id: &str| json!({"id": id, "navn": id, "endpoint": "https://intern.eksempel.dk/postmodtag"});
    let rule = |priority: u32, fagsystem: &str, segment: &str, element: &str, value: &str| {
        json!({"prioritet": priority, "fagsystem": fagsystem, "segment": segment, "regelelement": element,
               "regelvaerdi": value, "gyldigFra": "2020-01-01"})
    };
    let point = |id: u32, title: &str, groups: Value| json!({"id": format!("0d5a1c60-0000-4000-8000-{id:012}"), "titel": title, "kontaktgrupper": groups});
    let fagsystems = ["esdh", "dagtilbud", "ydelse", "byg", "job"].map(fagsystem);
    json!({
        "format": "postfordeler-konfiguration", "version": 1,
        "kendteMyndigheder": ["01203045", {"cvr": "01405067", "navn": "Danmarks Statistik"}],
        "myndigheder": [{
            "cvr": "66137112", "navn": "Prøvekøbing Kommune", "flereCvr": ["01506078"], "opsamlingssystem": "esdh",
            "fagsystemer": fagsystems,
            "kontaktpunkter": [
                point(1, "Pladsanvisningen", json!(["Børn"])),
                point(2, "Byggesager", json!(["Teknik", "Erhverv"])),
                point(3, "Sygedagpenge", json!(["Ydelser"])),
                point(4, "Kontaktpunkt nr. 4", json!([])),
                {"id": "gammelt-id-7", "titel": "Lukket", "kontaktgrupper": [], "aktivt": false},
            ],
            "regler": [
                rule(10, "dagtilbud", "alle", "kontaktpunkt", "0d5a1c60-0000-4000-8000-000000000001"),
                rule(20, "byg", "alle", "kontaktgruppe", "Teknik"),
                rule(30, "ydelse", "alle", "afsenderCvr", "01203045"),
                rule(40, "job", "virksomhed", "udenKontaktpunkt", "virksomhedspost"),
                rule(50, "job", "alle", "kle", "15"),
                rule(60, "ydelse", "alle", "kle", "32.00 - 32.45"),
                rule(70, "byg", "alle", "form", "54"),
                rule(80, "job", "alle", "kontaktgruppe", "Kun i en regel"),
                rule(90, "esdh", "virksomhed", "afsenderCvr", "29189846"),
                rule(100, "byg", "alle", "modtagerCvr", "01506078"),
            ],
        }],
    })
}

fn read(configuration: &Value) -> RuleBook {
    read_configuration(configuration.to_string().as_bytes()).expect("a book without faults")
}

fn book() -> RuleBook {
    read(&configuration())
}

fn sample() -> RuleBook {
    sample_book(([127, 0, 0, 1], 9101).into())
}

fn maker(book: &RuleBook, seed: u64) -> MessageMaker {
    MessageMaker::new(book, &book.authorities[0], seed)
}
