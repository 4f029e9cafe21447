//! Decisions and reading.

use std::hint::black_box;
use std::time::Duration;

use jiff::civil::date;
use postfordeler::exchange::{Progress, read_kle_plan};
use postfordeler::memo::Reader;
use postfordeler::rules::{Distributor, Facts};
use quick_xml::NsReader;
use quick_xml::events::Event;

use crate::ratio::{median_ratio, median_time};
use crate::{Measurement, big_book};

const MESSAGE: &[u8] = include_bytes!("../data/MeMo_Full_Example.xml");
const HEADER_END: &[u8] = b"</memo:MessageHeader>";
/// To whom the example is written, and to whom a router could take it: the authority of the big book.
const CITIZEN: &str = "<memo:recipientID>2211771212</memo:recipientID>\n\t\t\t<memo:idType>CPR<";
const AUTHORITY: &str = "<memo:recipientID>11223344</memo:recipientID>\n\t\t\t<memo:idType>CVR<";

pub fn decision_among_many_rules() -> Measurement {
    const MANY: u32 = 10_000;
    const FEW: u32 = 10;
    let compiled = |rules| big_book::with_rules(rules).compile().expect("the book has no fault");
    let (many, few) = (compiled(MANY), compiled(FEW));
    let messages_for_many = big_book::messages(MANY);
    let messages_for_few: Vec<_> = big_book::messages(FEW).into_iter().cycle().take(messages_for_many.len()).collect();
    assert!(hits(&many, &messages_for_many) > messages_for_many.len() / 2, "most messages should meet a rule");
    assert!(hits(&few, &messages_for_few) > messages_for_few.len() / 2, "most messages should meet a rule");
    Measurement {
        what: "A decision among 10,000 rules, against one among 10",
        measured: median_ratio(|| decide_all(&many, &messages_for_many), || decide_all(&few, &messages_for_few)),
        most: 3.0,
        unit: "times",
    }
}

fn decide_all(distributor: &Distributor, messages: &[Facts]) {
    for facts in messages {
        let _ = black_box(distributor.decide(black_box(facts), date(2024, 2, 25)));
    }
}

fn hits(distributor: &Distributor, messages: &[Facts]) -> usize {
    let by_rule = |facts: &&Facts| {
        let decision = distributor.decide(facts, date(2024, 2, 25));
        decision.is_ok_and(|decision| decision.ground.priority().is_some())
    };
    messages.iter().filter(by_rule).count()
}

/// What of a message's way is reading its header and deciding among 1,000 rules. The script that measures the router
/// against its peers relates it to the whole.
pub fn header_and_decision() -> Duration {
    const RULES: u32 = 1_000;
    let distributor = big_book::with_rules(RULES).compile().expect("the book has no fault");
    let to_the_authority = String::from_utf8_lossy(header()).replace(CITIZEN, AUTHORITY);
    median_time(|| {
        let mut reader = Reader::new();
        reader.feed(black_box(to_the_authority.as_bytes())).expect("it begins as a message");
        let header = reader.header().expect("it has closed");
        black_box(distributor.decide(&header.facts, date(2026, 2, 25))).expect("it is for the authority");
    })
}

fn header() -> &'static [u8] {
    let end = memchr::memmem::find(MESSAGE, HEADER_END).expect("a header") + HEADER_END.len();
    &MESSAGE[..end]
}

pub fn reading_a_header() -> Measurement {
    let header = header();
    let read = || {
        let mut reader = Reader::new();
        reader.feed(black_box(header)).expect("it begins as a message");
        assert!(black_box(reader.header()).is_some());
    };
    Measurement {
        what: "Reading the header of the 17 kB example, against quick-xml's bare events over the same bytes",
        measured: median_ratio(read, || parse_events(header)),
        most: 1.0,
        unit: "times",
    }
}

pub fn reading_a_message() -> Measurement {
    let read = || {
        let mut reader = Reader::new();
        reader.feed(black_box(MESSAGE)).expect("it is a message");
        black_box(reader.finish()).expect("it is whole");
    };
    Measurement {
        what: "Reading the whole 17 kB example, against quick-xml's bare events over the same bytes",
        measured: median_ratio(read, || parse_events(MESSAGE)),
        most: 1.0,
        unit: "times",
    }
}

fn parse_events(document: &[u8]) {
    let mut reader = NsReader::from_reader(black_box(document));
    loop {
        match black_box(reader.read_resolved_event()).expect("it is XML") {
            (_, Event::Eof) => return,
            (namespace, event) => {
                black_box((namespace, event));
            }
        }
    }
}

/// KL's plan, against a walk of quick-xml through all of it.
pub fn reading_a_plan() -> Measurement {
    let plan = plan();
    let read = || {
        let read = read_kle_plan(black_box(plan.as_bytes()), &Progress::default());
        assert_eq!(black_box(read).expect("it is a plan").plan.len(), 40 * (1 + 10 * 7));
    };
    let walk = || {
        let mut reader = quick_xml::Reader::from_str(black_box(&plan));
        while !matches!(black_box(reader.read_event()).expect("it is XML"), Event::Eof) {}
    };
    Measurement {
        what: "Reading a KLE plan of 7 MB, against a walk of quick-xml through it",
        measured: median_ratio(read, walk),
        most: 2.0,
        unit: "times",
    }
}

/// As large as KL's own: 40 main groups with 10 groups with 6 subjects, and much guidance.
fn plan() -> String {
    let guidance =
        "<p>Her journaliseres sager om <b>planer og tilladelser</b>:</p><ul><li>ansøgning</li></ul>".repeat(26);
    let entry = |element: &str, number: &str, more: &str| {
        let head = format!("<{element}Nr>{number}</{element}Nr><{element}Titel>Planer og tilladelser</{element}Titel>");
        format!("<{element}>{head}<{element}Vejledning>{guidance}</{element}Vejledning>{more}</{element}>")
    };
    let below = |number: &str, count: usize, entry: &dyn Fn(&str) -> String| -> String {
        (0..count).map(|at| entry(&format!("{number}.{at:02}"))).collect()
    };
    let subject = |number: &str| entry("Emne", number, "");
    let group = |number: &str| entry("Gruppe", number, &below(number, 6, &subject));
    let main = |number: String| entry("Hovedgruppe", &number, &below(&number, 10, &group));
    format!("<KLE-Emneplan>{}</KLE-Emneplan>", (0..40).map(|at| main(format!("{at:02}"))).collect::<String>())
}
