use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Served, everything_to, objects};
use crate::support::{
    AUTHORITY, Call, Fagsystem, Memo, NobodyThere, configuration, database_with_arrivals, fagsystem_entry, publish,
    rule,
};

fn events<'a>(objects: &'a [Value], name: &str) -> Vec<&'a Value> {
    objects.iter().filter(|object| object["message"] == name).collect()
}

#[test]
fn a_log_in_json_tells_of_each_message_where_it_went_and_what_became_of_it() {
    let (fagsystem, nobody) = (Fagsystem::accepting(), NobodyThere::new());
    let fagsystems = [fagsystem_entry("esdh", &fagsystem.endpoint()), fagsystem_entry("borte", &nobody.endpoint())];
    let rules = [rule(7, "borte", "kontaktpunkt", "241d39f6-998e-4929-b198-ccacbbf4b330")];
    let served = Served::start(&configuration(&fagsystems, &rules), &["--log", "json"]);
    let accepted = Memo::new();
    let to_nobody = Memo { contact_point: Some("241d39f6-998e-4929-b198-ccacbbf4b330".to_owned()), ..Memo::new() };
    let receipts = [
        served.deliver(&accepted.xml()),
        served.deliver(&to_nobody.xml()),
        served.deliver(b"hej"),
        served.deliver(&accepted.xml()),
    ]
    .map(|answer| answer.json());

    let log = objects(&served.end());
    let told = events(&log, "message");
    assert_eq!(told.len(), 4, "{log:?}");
    for (event, receipt) in told.iter().zip(&receipts) {
        assert!(event["timestamp"].as_str().unwrap().ends_with('Z'), "{event}");
        assert!(event["milliseconds"].is_u64(), "{event}");
        assert_eq!(event["transmission_id"], receipt["transmissionId"], "{event}");
    }
    let parts = |event: &Value| {
        let mut parts = event.clone();
        for changing in ["timestamp", "milliseconds", "transmission_id", "message"] {
            parts.as_object_mut().unwrap().remove(changing);
        }
        parts
    };
    let [first, second, third, fourth] = [0, 1, 2, 3].map(|number: usize| parts(told[number]));
    let length = accepted.xml().len();
    assert_eq!(
        first,
        json!({"level": "INFO", "message_uuid": accepted.uuid, "outcome": "accepteret", "authority": AUTHORITY,
               "fagsystem": "esdh", "publication": 1, "answer_status": 200, "bytes": length})
    );
    assert_eq!(
        second,
        json!({"level": "WARN", "message_uuid": to_nobody.uuid, "outcome": "fagsystem.utilgaengeligt",
               "reason": "forbindelse_afvist", "why": "nobody listens at its address (connection refused)",
               "authority": AUTHORITY, "fagsystem": "borte", "publication": 1, "rule": 7,
               "bytes": to_nobody.xml().len()})
    );
    assert_eq!(third, json!({"level": "WARN", "outcome": "memo.ugyldig", "bytes": 3}));
    assert_eq!(fourth["repeats"], 1, "the row whose acceptance was told again: {fourth}");
}

#[test]
fn a_log_tells_of_start_publication_and_end() {
    let fagsystem = Fagsystem::accepting();
    let served = Served::start(&everything_to(&fagsystem.endpoint()), &["--log", "json"]);
    let address = served.running.address();
    publish(served.data.path(), &everything_to("http://127.0.0.1:1/"));
    crate::support::eventually("the publication is in force", || {
        (super::get(address, "/sundhed").json()["udgivelse"] == 2).then_some(())
    });
    let log = objects(&served.end());
    let names: Vec<_> = log.iter().map(|object| object["message"].as_str().unwrap()).collect();
    let ending = "ending: waiting for the messages under way; once more ends at once";
    assert_eq!(names, ["started", "publication in force", ending, "ended"]);
    let [started, published] = [&log[0], &log[1]];
    assert_eq!(started["address"], address.to_string());
    assert_eq!(started["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&started["publication"], &published["publication"]), (&json!(1), &json!(2)));
}

#[test]
fn a_log_tells_when_a_fagsystem_goes_away_and_when_it_is_back() {
    let works = Arc::new(AtomicBool::new(true));
    let asked = Arc::clone(&works);
    let fagsystem = Fagsystem::start(move |connection| {
        if connection.take_all() {
            connection.answer(if asked.load(Ordering::Relaxed) { 200 } else { 503 }, "");
        }
    });
    let served = Served::start(&everything_to(&fagsystem.endpoint()), &["--log", "json"]);
    for (does_work, status) in [(true, 200), (false, 503), (false, 503), (true, 200), (true, 200)] {
        works.store(does_work, Ordering::Relaxed);
        assert_eq!(served.deliver(&Memo::new().xml()).status(), status);
    }
    let log = objects(&served.end());
    let ([away], [back]) = (&events(&log, "a fagsystem is away")[..], &events(&log, "a fagsystem is back")[..]) else {
        panic!("once each: {log:?}")
    };
    assert_eq!((&away["level"], &away["fagsystem"]), (&json!("WARN"), &json!("esdh")));
    assert_eq!(away["reason"], "midlertidig_fejl");
    assert!(away["why"].is_string() && away["remedy"].is_string(), "{away}");
    assert_eq!((&back["level"], &back["fagsystem"], &back["messages"]), (&json!("INFO"), &json!("esdh"), &json!(2)));
    assert!(back["away_since"].as_str().unwrap() < back["timestamp"].as_str().unwrap(), "{back}");
}

#[test]
fn a_log_tells_that_the_router_before_was_killed() {
    let fagsystem = Fagsystem::accepting();
    let Served { running, data } = Served::start(&everything_to(&fagsystem.endpoint()), &["--log", "json"]);
    drop(running);
    let named = data.path().display().to_string();
    let log = objects(&Served::start_on(data, &["--log", "json"]).end());
    let [killed] = events(&log, "the router before did not come to a proper end")[..] else { panic!("{log:?}") };
    assert_eq!((&killed["level"], &killed["left_under_way"]), (&json!("WARN"), &json!(0)));
    let [started] = events(&log, "started")[..] else { panic!("{log:?}") };
    assert_eq!(started["data"], named);
}

#[test]
fn a_log_holds_nothing_of_a_message() {
    let rejecting = Fagsystem::answering(422, r#"{"errorCode": "nej", "errorMessage": "2211771212 bor her ikke"}"#);
    for format in ["text", "json"] {
        let arguments = ["--log", format, "--log-level", "debug"];
        let served = Served::start(&everything_to(&rejecting.endpoint()), &arguments);
        let stranger = Memo { recipient: Some(("1212771221", "CPR")), ..Memo::new() };
        let broken = Memo { prefix: "", content: "<hemmelig".to_owned(), ..Memo::new() };
        for message in [&Memo::new(), &stranger, &broken] {
            assert_ne!(served.deliver(&message.xml()).status(), 200);
        }
        let log = served.end();
        assert!(log.contains("memo.ugyldig") && log.contains("fagsystem.afvist"), "{log}");
        for secret in
            ["2211771212", "1212771221", "Ansøgning", "Emilie", "SGVqIHZlcmRlbg", "hemmelig", "brev.txt", "bor her"]
        {
            assert!(!log.contains(secret), "{secret} stands in {log}");
        }
    }
}

#[test]
fn a_log_says_no_more_than_is_asked() {
    let cases = [("error", vec![]), ("warn", vec!["WARN"]), ("info", vec!["INFO", "INFO", "WARN", "INFO", "INFO"])];
    for (level, expected) in cases {
        let fagsystem = Fagsystem::accepting();
        let served = Served::start(&everything_to(&fagsystem.endpoint()), &["--log", "json", "--log-level", level]);
        served.deliver(&Memo::new().xml());
        served.deliver(b"hej");
        let log = objects(&served.end());
        let levels: Vec<_> = log.iter().map(|object| object["level"].as_str().unwrap()).collect();
        assert_eq!(levels, expected, "{level}: {log:?}");
    }
}

#[test]
fn a_log_is_for_people_unless_asked_otherwise() {
    let served = Served::start(&everything_to(&Fagsystem::accepting().endpoint()), &[]);
    let log = served.end();
    assert!(log.lines().next().unwrap().contains(" INFO started version="), "{log}");
    assert!(!log.contains('\u{1b}'), "colours are for terminals alone: {log:?}");
}

#[test]
fn no_line_is_lost_at_an_orderly_end() {
    let fagsystem = Fagsystem::accepting();
    let served = Served::start(&everything_to(&fagsystem.endpoint()), &["--log", "json"]);
    let uuids: Vec<_> = (0..50)
        .map(|_| {
            let message = Memo::new();
            assert_eq!(served.deliver(&message.xml()).status(), 200);
            message.uuid
        })
        .collect();
    let log = objects(&served.end());
    let told: Vec<_> = events(&log, "message").iter().map(|event| event["message_uuid"].as_str().unwrap()).collect();
    assert_eq!(told, uuids);
    assert_eq!(log.last().unwrap()["message"], "ended");
}

#[test]
fn messages_do_not_wait_for_a_log_that_nobody_reads() {
    let fagsystem = Fagsystem::accepting();
    let data = TempDir::new().unwrap();
    publish(data.path(), &everything_to(&fagsystem.endpoint()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_postfordeler"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.path());
    let mut unheard = Unheard(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(unheard.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("Receiving at http://").unwrap().strip_suffix("/memo").unwrap();
    let address = address.parse().unwrap();
    // Far more than a pipe takes: a line has more than a hundred bytes, a pipe 64 KiB.
    for _ in 0..1_000 {
        let mut call = Call::with_length(address, "application/xml", 3);
        call.send("hej");
        assert_eq!(call.answer().status(), 400);
    }
}

/// A program whose log nobody reads. It is killed when the test is over.
struct Unheard(Child);

impl Drop for Unheard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn junk_is_counted_in_full_and_told_of_so_many_times_a_minute() {
    let fagsystem = Fagsystem::accepting();
    let (served, metrics) =
        Served::with_metrics_and(&everything_to(&fagsystem.endpoint()), &["--log", "json", "--most-under-way", "2"]);
    let stranger = Memo { recipient: Some(("99887766", "CVR")), ..Memo::new() };
    for _ in 0..150 {
        assert_eq!(served.deliver(b"hej").status(), 400);
        assert_eq!(served.deliver(&stranger.xml()).status(), 422);
    }
    for _ in 0..70 {
        assert_eq!(served.deliver(&Memo::new().xml()).status(), 200);
    }
    let text = super::get(metrics, "/metrics").body;
    for outcome in ["memo.ugyldig", "modtager.ukendt"] {
        let line = format!(
            "postfordeler_messages_total{{authority=\"\",fagsystem=\"\",outcome=\"{outcome}\",reason=\"\"}} 150"
        );
        assert!(text.lines().any(|it| it == line), "{text}");
    }
    let database = database_with_arrivals(served.data.path());
    let rows = |outcome| -> u64 {
        let query = "SELECT count(*) FROM journal WHERE outcome = ?1";
        database.query_row(query, [outcome], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
    };
    let written = ["memo.ugyldig", "modtager.ukendt", "accepteret"].map(|outcome| (outcome, rows(outcome)));
    let log = objects(&served.end());
    let told = |outcome| events(&log, "message").iter().filter(|line| line["outcome"] == outcome).count() as u64;
    let left_out =
        |kind| log.iter().filter(|line| line["kind"] == kind).filter_map(|line| line["count"].as_u64()).sum();
    for (outcome, rows) in written {
        let left_out: u64 = left_out(outcome);
        assert_eq!(rows, told(outcome), "{outcome}");
        if outcome == "accepteret" {
            assert_eq!((rows, left_out), (70, 0), "what a fagsystem has is always written");
            continue;
        }
        // Sixty a minute, and the minute may have changed once or twice meanwhile.
        assert!((60..=140).contains(&told(outcome)), "{outcome}: {}", told(outcome));
        assert_eq!(told(outcome) + left_out, 150, "what is not told is summed up: {outcome}");
    }
}
