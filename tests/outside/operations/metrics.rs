use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::{SocketAddr, TcpListener};

use postfordeler::reasons::{Fate, Reason};
use postfordeler::store::{Outcome, RouterSettings, Store};
use serde_json::json;
use tempfile::TempDir;

use super::{Served, everything_to, get};
use crate::support::{
    AUTHORITY, Call, Fagsystem, Gate, Memo, NobodyThere, Request, configuration, eventually, fagsystem_entry,
    postfordeler, publish, rule,
};

/// What was scraped: each sample's value by its name and labels, as scraped.
pub struct Scraped(BTreeMap<String, f64>);

impl Scraped {
    /// Asks, and sees to it that every line is as the text format has it.
    pub fn from(address: SocketAddr) -> Self {
        let answer = get(address, "/metrics");
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4"));
        let (mut samples, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        let mut helped = BTreeSet::new();
        for line in answer.body.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, text) = help.split_once(' ').unwrap();
                assert!(helped.insert(name.to_owned()) && text.ends_with('.'), "{line}");
            } else if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').unwrap();
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert!(kinds.insert(name.to_owned(), kind.to_owned()).is_none(), "{line}");
            } else {
                let (what, value) = line.rsplit_once(' ').unwrap();
                let (name, labels) =
                    what.split_once('{').map_or((what, ""), |it| (it.0, it.1.strip_suffix('}').unwrap()));
                assert!(name.chars().all(|it| it.is_ascii_lowercase() || it == '_'), "{line}");
                for label in labels.split(',').filter(|label| !label.is_empty()) {
                    let (_, value) = label.split_once('=').unwrap();
                    assert!(value.len() >= 2 && value.starts_with('"') && value.ends_with('"'), "{line}");
                }
                let family = ["_bucket", "_sum", "_count"].iter().find_map(|ending| name.strip_suffix(ending));
                let kind = family.and_then(|family| kinds.get(family)).or_else(|| kinds.get(name));
                assert!(kind.is_some(), "its kind comes first: {line}");
                assert_eq!(kind.unwrap() == "counter", name.ends_with("_total"), "{line}");
                assert!(samples.insert(what.to_owned(), value.parse().unwrap()).is_none(), "twice: {line}");
            }
        }
        assert_eq!(helped, kinds.into_keys().collect());
        Self(samples)
    }

    /// Whether there is any sample of that name.
    pub fn has(&self, name: &str) -> bool {
        self.labels(name).is_some()
    }

    /// Whether there is a sample of that name with that label, such as `certificate="client"`.
    pub fn has_with(&self, name: &str, label: &str) -> bool {
        self.0.keys().any(|sample| sample.split('{').next() == Some(name) && sample.contains(label))
    }

    /// The labels that samples of that name have; `None` when there is none.
    pub fn labels(&self, name: &str) -> Option<BTreeSet<String>> {
        let is_of = |sample: &&String| sample.split('{').next() == Some(name);
        let sample = self.0.keys().find(is_of)?;
        let labels = sample.split_once('{').map_or("", |(_, labels)| labels).split(',');
        Some(labels.filter_map(|label| label.split_once('=')).map(|(label, _)| label.to_owned()).collect())
    }

    #[track_caller]
    pub fn value(&self, sample: &str) -> f64 {
        *self.0.get(sample).unwrap_or_else(|| panic!("no {sample} among {:#?}", self.0.keys()))
    }

    /// As a count, which it must be.
    #[track_caller]
    pub fn count(&self, sample: &str) -> u64 {
        let value = self.value(sample);
        format!("{value}").parse().unwrap()
    }

    fn messages(&self, fagsystem: &str, outcome: &str, reason: &str) -> u64 {
        let authority = if fagsystem.is_empty() { "" } else { AUTHORITY };
        self.count(&format!(
            r#"postfordeler_messages_total{{authority="{authority}",fagsystem="{fagsystem}",outcome="{outcome}",reason="{reason}"}}"#
        ))
    }
}

#[test]
fn metrics_are_offered_on_this_machine_alone() {
    let data = TempDir::new().unwrap();
    publish(data.path(), &everything_to("http://127.0.0.1:1/"));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken_address = taken.local_addr().unwrap().to_string();
    let data_directory = data.path().to_str().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0", &taken_address] {
        let arguments = ["serve", "--data", data_directory, "--listen", "127.0.0.1:0", "--metrics", address];
        let output = postfordeler(&arguments);
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{address}: {words}");
        assert!(words.lines().count() == 1 && words.contains(address), "{address}: {words}");
    }
}

#[test]
fn metrics_have_a_port_of_their_own() {
    let (served, metrics) = Served::with_metrics(&everything_to("http://127.0.0.1:1/"));
    assert_eq!(get(served.running.address(), "/metrics").status(), 404);
    assert_eq!(get(metrics, "/memo").status(), 404);
    let mut call = Call::begin(metrics, "POST /memo HTTP/1.1\r\nContent-Type: application/xml\r\nContent-Length: 3");
    call.send("hej");
    assert_eq!(call.answer().status(), 404);
    let [there, here] = [metrics, served.running.address()].map(|address| get(address, "/sundhed"));
    assert_eq!((there.status(), here.status()), (200, 200));
    assert_eq!(there.json(), here.json());
    let log = served.end();
    assert!(!log.contains("ERROR"), "{log}");
}

#[test]
fn metrics_tell_whether_the_router_is_ready_and_by_which_publication() {
    let arguments = ["--metrics", "127.0.0.1:0"];
    let mut served = Served::start_on(TempDir::new().unwrap(), &arguments);
    let metrics = served.metrics_address();
    let scraped = Scraped::from(metrics);
    assert_eq!((scraped.count("postfordeler_ready"), scraped.count("postfordeler_publication")), (0, 0));
    assert_eq!(scraped.count("postfordeler_journal_writable"), 1);
    assert_eq!(scraped.count(&format!(r#"postfordeler_build_info{{version="{}"}}"#, env!("CARGO_PKG_VERSION"))), 1);
    assert!(scraped.value("process_start_time_seconds") > 1_700_000_000.0);
    let health = get(metrics, "/sundhed");
    assert_eq!(health.status(), 503);
    assert_eq!(health.json(), json!({"klar": false, "grund": "no configuration has been published"}));

    publish(served.data.path(), &everything_to("http://127.0.0.1:1/"));
    let scraped = eventually("the publication is in force", || {
        let scraped = Scraped::from(metrics);
        (scraped.count("postfordeler_publication") == 1).then_some(scraped)
    });
    assert_eq!(scraped.count("postfordeler_ready"), 1);
    assert_eq!(scraped.messages("esdh", "accepteret", ""), 0, "counted before the first has come");
}

#[test]
fn metrics_count_messages_by_what_became_of_them() {
    let (fagsystem, nobody) = (Fagsystem::accepting(), NobodyThere::new());
    let fagsystems = [fagsystem_entry("esdh", &fagsystem.endpoint()), fagsystem_entry("borte", &nobody.endpoint())];
    let point = "241d39f6-998e-4929-b198-ccacbbf4b330";
    let configuration = configuration(&fagsystems, &[rule(7, "borte", "kontaktpunkt", point)]);
    let (served, metrics) = Served::with_metrics(&configuration);
    let accepted = Memo::new();
    let to_nobody = Memo { contact_point: Some(point.to_owned()), ..Memo::new() };
    let sent = [accepted.xml(), Memo::new().xml(), accepted.xml(), to_nobody.xml(), b"hej".to_vec()];
    for message in &sent {
        served.deliver(message);
    }
    let scraped = Scraped::from(metrics);
    assert_eq!(scraped.messages("esdh", "accepteret", ""), 2);
    assert_eq!(scraped.messages("borte", "accepteret", ""), 0);
    assert_eq!(scraped.messages("borte", "fagsystem.utilgaengeligt", "forbindelse_afvist"), 1);
    assert_eq!(scraped.messages("", "memo.ugyldig", ""), 1);
    let esdh = format!(r#"authority="{AUTHORITY}",fagsystem="esdh""#);
    assert_eq!(scraped.count(&format!("postfordeler_repeats_total{{{esdh}}}")), 1);
    for name in ["response", "fagsystem_answer"] {
        let bucket =
            |limit| scraped.count(&format!(r#"postfordeler_{name}_duration_seconds_bucket{{{esdh},le="{limit}"}}"#));
        let counts: Vec<_> = ["0.1", "0.3", "1", "1.5", "4", "10", "+Inf"].iter().map(|limit| bucket(*limit)).collect();
        assert!(counts.is_sorted(), "{name}: {counts:?}");
        assert_eq!(counts.last(), Some(&2), "{name}");
    }
    assert_eq!(scraped.count("postfordeler_header_duration_seconds_count"), 3);
    let bytes = sent.iter().map(Vec::len).sum::<usize>() as u64;
    // Of a message that was accepted before, no more than the header need be read.
    let received = scraped.count("postfordeler_received_bytes_total");
    assert!(received <= bytes && received >= bytes - accepted.xml().len() as u64, "{received} of {bytes}");
}

#[test]
fn metrics_count_messages_under_way_and_those_that_find_no_place() {
    let gate = Gate::default();
    let keeper = gate.clone();
    let slow = Fagsystem::start(move |connection| {
        if connection.take_all() {
            keeper.pass();
            connection.answer(200, "");
        }
    });
    let data = TempDir::new().unwrap();
    publish(data.path(), &everything_to(&slow.endpoint()));
    let settings = RouterSettings { most_under_way: 1, ..RouterSettings::default() };
    Store::open(data.path()).unwrap().save_settings(&settings).unwrap();
    let mut served = Served::start_on(data, &["--metrics", "127.0.0.1:0"]);
    let metrics = served.metrics_address();
    let to_esdh = format!(r#"postfordeler_fagsystem_messages_under_way{{authority="{AUTHORITY}",fagsystem="esdh"}}"#);
    let xml = Memo::new().xml();
    let mut call = Call::with_length(served.running.address(), "application/xml", xml.len());
    call.send(&xml);
    slow.wait_until("it has the message", |requests| requests.iter().any(Request::is_whole));
    let scraped = Scraped::from(metrics);
    assert_eq!((scraped.count("postfordeler_messages_under_way"), scraped.count(&to_esdh)), (1, 1));
    assert_eq!(served.deliver(&Memo::new().xml()).status(), 503, "one is all that it takes");
    assert_eq!(Scraped::from(metrics).messages("", "router.optaget", ""), 1);
    gate.open();
    assert_eq!(call.answer().status(), 200);
    eventually("nothing is under way", || {
        let scraped = Scraped::from(metrics);
        (scraped.count("postfordeler_messages_under_way") + scraped.count(&to_esdh) == 0).then_some(())
    });
}

#[test]
fn metrics_and_log_tell_that_the_journal_cannot_be_written_and_that_it_can_again() {
    let fagsystem = Fagsystem::accepting();
    let mut served =
        Served::start(&everything_to(&fagsystem.endpoint()), &["--metrics", "127.0.0.1:0", "--log", "json"]);
    let metrics = served.metrics_address();
    let becomes = |writable: u64| {
        eventually("the journal's state is told", || {
            let scraped = Scraped::from(metrics);
            (scraped.count("postfordeler_journal_writable") == writable).then(|| scraped.count("postfordeler_ready"))
        })
    };
    let [database, aside] = ["postfordeler.db", "aside.db"].map(|name| served.data.path().join(name));
    fs::rename(&database, &aside).unwrap();
    assert_eq!(served.deliver(&Memo::new().xml()).status(), 503);
    assert_eq!(becomes(0), 0, "it is not ready");
    assert_eq!(Scraped::from(metrics).messages("esdh", "accepteret", ""), 0);
    fs::rename(&aside, &database).unwrap();
    assert_eq!(becomes(1), 1, "it is ready");
    assert_eq!(served.deliver(&Memo::new().xml()).status(), 200);
    let log = served.end();
    let failed = log.find("the journal cannot be written; messages are refused until it can");
    let recovered = log.find("the journal can be written again");
    assert!(failed.is_some() && failed < recovered, "{log}");
    assert!(log.contains(r#""outcome":"router.utilgaengelig""#), "{log}");
}

#[test]
fn metrics_and_log_name_a_fagsystem_that_refuses_the_call() {
    for (status, reason) in [(401, "adgang_afvist"), (404, "kald_afvist")] {
        let fagsystem = Fagsystem::answering(status, "");
        let (served, metrics) = Served::with_metrics(&everything_to(&fagsystem.endpoint()));
        assert_eq!(served.deliver(&Memo::new().xml()).status(), 503);
        assert_eq!(Scraped::from(metrics).messages("esdh", "fagsystem.utilgaengeligt", reason), 1);
        let log = served.end();
        assert!(
            log.lines().any(|line| line.contains("WARN") && line.contains("esdh") && line.contains(reason)),
            "{log}"
        );
    }
}

/// What begins with its first message shows no increase, and the first unknown outcome must raise the alarm.
#[test]
fn every_outcome_and_reason_is_counted_from_nothing_on_before_a_message_comes() {
    let (mut served, metrics) = Served::with_metrics(&everything_to("http://127.0.0.1:1/"));
    let counted = |scraped: &Scraped, fagsystem: &str| {
        for reason in Reason::all() {
            let fate = reason.explanation().fate;
            if fate != Fate::MayBeDelivered {
                assert_eq!(scraped.messages(fagsystem, "fagsystem.utilgaengeligt", reason.code()), 0);
            }
            if matches!(fate, Fate::MayBeDelivered | Fate::ByOutcome) {
                assert_eq!(scraped.messages(fagsystem, "uvist", reason.code()), 0);
            }
        }
        for outcome in Outcome::all().filter(|outcome| *outcome != Outcome::UnderWay) {
            assert_eq!(scraped.messages(fagsystem, outcome.code(), ""), 0);
        }
        let to = format!(r#"{{authority="{AUTHORITY}",fagsystem="{fagsystem}"}}"#);
        for name in ["repeats_total", "bound_retries_total", "fagsystem_failures_in_a_row"] {
            assert_eq!(scraped.count(&format!("postfordeler_{name}{to}")), 0, "{name}");
        }
    };
    let scraped = Scraped::from(metrics);
    counted(&scraped, "esdh");
    assert_eq!(scraped.messages("", "memo.ugyldig", ""), 0);
    publish(served.data.path(), &configuration(&[fagsystem_entry("nyt", "http://127.0.0.1:1/")], &[]));
    eventually("the publication is in force", || {
        (Scraped::from(metrics).count("postfordeler_publication") == 2).then_some(())
    });
    counted(&Scraped::from(metrics), "nyt");
    assert!(!served.running.has_ended());
}

#[test]
fn metrics_tell_when_a_fagsystem_accepted_last_and_that_it_is_away_also_after_a_restart() {
    let is_there = Gate::default();
    let keeper = is_there.clone();
    let fagsystem = Fagsystem::start(move |connection| {
        if connection.take_all() {
            connection.answer(if keeper.is_open() { 200 } else { 503 }, "");
        }
    });
    let gone = fagsystem_entry("slettet", "http://127.0.0.1:1/");
    let esdh = fagsystem_entry("esdh", &fagsystem.endpoint());
    let to_gone = rule(1, "slettet", "kontaktpunkt", "punkt");
    let (served, metrics) = Served::with_metrics(&configuration(&[esdh.clone(), gone], &[to_gone]));
    let named = |name: &str, fagsystem: &str| {
        format!(r#"postfordeler_fagsystem_{name}{{authority="{AUTHORITY}",fagsystem="{fagsystem}"}}"#)
    };
    let (failures, accepted) = (named("failures_in_a_row", "esdh"), named("last_accepted_timestamp_seconds", "esdh"));
    let deactivation = named("deactivation_timestamp_seconds", "esdh");
    for count in 1..=2 {
        served.deliver(&Memo::new().xml());
        assert_eq!(Scraped::from(metrics).count(&failures), count, "from one message on");
    }
    served.deliver(&Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() }.xml());
    let scraped = Scraped::from(metrics);
    assert_eq!(scraped.count(&named("failures_in_a_row", "slettet")), 1);
    let first = scraped.value(&deactivation);
    assert!(first > 0.0 && !scraped.has("postfordeler_fagsystem_last_accepted_timestamp_seconds"));
    is_there.open();
    served.deliver(&Memo::new().xml());
    let scraped = Scraped::from(metrics);
    assert_eq!(scraped.count(&failures), 0);
    let at = scraped.value(&accepted);
    assert!((scraped.value(&deactivation) - at - 7.0 * 86_400.0).abs() < 1.0);
    assert!(scraped.value(&deactivation) >= first);

    let Served { running, data } = served;
    drop(running);
    publish(data.path(), &configuration(&[esdh], &[]));
    let mut served = Served::start_on(data, &["--metrics", "127.0.0.1:0"]);
    let scraped = Scraped::from(served.metrics_address());
    assert!((scraped.value(&accepted) - at).abs() < 1.0);
    // Fagsystems that are no longer in the rules need no warning.
    assert!(!scraped.0.contains_key(&named("failures_in_a_row", "slettet")));
    assert!(!scraped.0.contains_key(&named("deactivation_timestamp_seconds", "slettet")));
}
