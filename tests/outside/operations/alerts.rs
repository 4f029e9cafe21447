//! The alerts speak of what a router really exports, and each of them is fired by a test of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use postfordeler::reasons::Reason;
use tempfile::TempDir;

use super::Served;
use super::metrics::Scraped;
use crate::support::{Fagsystem, Memo, configuration, fagsystem_entry, publish, rule};

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("packaging/prometheus").join(name);
    fs::read_to_string(path).unwrap()
}

/// Each alert with its expression, on one line.
fn alerts() -> Vec<(String, String)> {
    let rules = file("postfordeler.rules.yml");
    let alerts = rules.split("- alert: ").skip(1).map(|alert| {
        let (name, rest) = alert.split_once('\n').unwrap();
        let expression = rest.split_once("expr:").unwrap().1.split("\n        labels:").next().unwrap();
        let expression = expression.split("\n        for:").next().unwrap();
        (
            name.trim().to_owned(),
            expression.trim_start_matches([' ', '|']).split_whitespace().collect::<Vec<_>>().join(" "),
        )
    });
    alerts.collect()
}

/// The metrics in an expression, each with the labels by which it is picked.
fn metrics_in(expression: &str) -> Vec<(String, Vec<String>)> {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let mut found = Vec::new();
    for (at, _) in expression.match_indices("postfordeler_") {
        let rest = &expression[at..];
        let end = rest.find(|sign| !is_name(sign)).unwrap_or(rest.len());
        let labels = rest[end..].strip_prefix('{').and_then(|rest| rest.split_once('}')).map_or("", |(inner, _)| inner);
        let names = labels.split(',').filter_map(|label| label.split(['=', '!']).next());
        let names = names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        found.push((rest[..end].to_owned(), names.collect()));
    }
    found
}

/// The labels by which an expression groups, but the one that Prometheus adds.
fn groups_in(expression: &str) -> Vec<Vec<String>> {
    let groups = expression.match_indices("by (").map(|(at, by)| {
        let inner = expression[at + by.len()..].split(')').next().unwrap();
        inner.split(',').map(|label| label.trim().to_owned()).filter(|label| label != "instance").collect()
    });
    groups.collect()
}

#[test]
fn every_metric_and_label_of_an_alert_is_exported() {
    let (fagsystem, data) = (Fagsystem::accepting(), TempDir::new().unwrap());
    let mut paused = fagsystem_entry("pauset", "http://127.0.0.1:1/");
    paused["aktiv"] = false.into();
    let fagsystems = [fagsystem_entry("esdh", &fagsystem.endpoint()), paused];
    publish(data.path(), &configuration(&fagsystems, &[rule(1, "pauset", "kle", "25")]));
    let mut served = Served::start_on(data, &["--metrics", "127.0.0.1:0", "--self-signed"]);
    assert!(served.running.next_line().starts_with("Certificate "));
    let metrics = served.metrics_address();
    let scraped = crate::support::eventually("it has looked", || {
        let scraped = Scraped::from(metrics);
        scraped.has("postfordeler_hindrances").then_some(scraped)
    });
    let alerts = alerts();
    assert!(alerts.len() >= 15, "{alerts:?}");
    for (alert, expression) in &alerts {
        let metrics = metrics_in(expression);
        assert!(!metrics.is_empty() || alert == "PostfordelerDown", "{alert}: {expression}");
        let groups = groups_in(expression);
        for (metric, labels) in metrics {
            // Nothing has come yet, of which these tell.
            if [
                "postfordeler_fagsystem_deactivation_timestamp_seconds",
                "postfordeler_response_duration_seconds_bucket",
                // Told only where several routers share a database.
                "postfordeler_lapsed_leases_total",
            ]
            .contains(&metric.as_str())
            {
                continue;
            }
            let known = scraped.labels(&metric).unwrap_or_else(|| panic!("{alert}: no {metric}"));
            for label in labels.iter().chain(groups.iter().flatten()).filter(|label| *label != "le") {
                assert!(known.contains(label), "{alert}: {metric} has no {label}, but {known:?}");
            }
        }
    }
}

#[test]
fn what_an_alert_waits_for_after_a_message_is_exported_too() {
    let fagsystem = Fagsystem::accepting();
    let (served, metrics) = Served::with_metrics(&super::everything_to(&fagsystem.endpoint()));
    assert_eq!(served.deliver(&Memo::new().xml()).status(), 200);
    let scraped = Scraped::from(metrics);
    for metric in
        ["postfordeler_fagsystem_deactivation_timestamp_seconds", "postfordeler_response_duration_seconds_bucket"]
    {
        let known = scraped.labels(metric).unwrap_or_else(|| panic!("no {metric}"));
        assert!(["authority", "fagsystem"].iter().all(|label| known.contains(*label)), "{known:?}");
    }
}

#[test]
fn the_alert_for_what_needs_a_person_names_every_such_reason() {
    let alerts = alerts();
    let (_, expression) = alerts.iter().find(|(name, _)| name == "PostfordelerFagsystemNeedsAPerson").unwrap();
    let (_, named) = expression.split_once("reason=~\"").unwrap();
    let named: BTreeSet<_> = named.split_once('"').unwrap().0.split('|').collect();
    let known: BTreeSet<_> = Reason::all().filter(|reason| reason.needs_a_person()).map(Reason::code).collect();
    assert_eq!(named, known);
}

#[test]
fn every_alert_is_fired_by_a_test_of_its_own() {
    let tests = file("postfordeler.rules.test.yml");
    for (alert, _) in alerts() {
        assert!(tests.contains(&format!("alertname: {alert}\n")), "{alert} is not fired");
    }
    // Where Prometheus' own tool is there, it fires them.
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("packaging/prometheus");
    let arguments = ["test", "rules", "postfordeler.rules.test.yml"];
    if let Ok(output) = Command::new("promtool").args(arguments).current_dir(directory).output() {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
