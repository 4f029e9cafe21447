use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock;
use crate::command::as_json::{ground, period};
use crate::command::broken_guards;
use crate::command::chosen_rules::{ChosenRules, Rules};
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::parse::read_date;
use crate::command::terminal::{counted, print_json, print_line};
use crate::exchange::FileFaults;
use crate::rules::{BrokenGuard, Destination, Expiry, Finding, FindingKind, JsonPath, RuleBook, Severity};
use crate::store::{DataPlace, PublicationNumber};

#[derive(Debug, Args)]
pub(in crate::command) struct Check {
    #[command(flatten)]
    rules: ChosenRules,
    /// The day from which on the rules are looked at [default: today in Denmark]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    on: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The most rules that are named as taking a part of one.
const MOST_OVERLAPS: usize = 1_000;

/// Something to report, as it is printed.
struct Report {
    severity: Severity,
    line: String,
    entry: Value,
}

impl Check {
    /// Prints warnings and information too, but only faults make the answer "no".
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let day = self.on.unwrap_or_else(clock::today);
        let (publication, reports) = match self.rules.read(data)? {
            Ok(Rules { publication, book }) => (publication, reports(&book, day)),
            Err(faults) => (None, of_file(&faults)),
        };
        let of = |severity| -> Vec<&Report> { reports.iter().filter(|report| report.severity == severity).collect() };
        let lists = [Severity::Fault, Severity::Warning, Severity::Information].map(of);
        if self.json {
            let [faults, warnings, information] =
                lists.each_ref().map(|list| list.iter().map(|report| &report.entry).collect::<Vec<_>>());
            print_json(&json!({
                "udgivelse": publication.map(PublicationNumber::get),
                "dag": day,
                "fejl": faults,
                "advarsler": warnings,
                "oplysninger": information,
            }))?;
        } else {
            for (word, list) in ["fault", "warning", "information"].into_iter().zip(&lists) {
                for report in list {
                    print_line(format_args!("{word}: {}", report.line));
                }
            }
            let name = publication.map_or_else(
                || if self.rules.is_draft() { "The draft".to_owned() } else { "The file".to_owned() },
                |number| format!("Publication {number}"),
            );
            let faults = counted(lists[0].len(), "fault", "faults");
            let warnings = counted(lists[1].len(), "warning", "warnings");
            print_line(format_args!("{name}: {faults}, {warnings}"));
        }
        Ok(if lists[0].is_empty() { Conclusion::Done } else { Conclusion::No })
    }
}

/// What is found in rules, from that day on.
fn reports(book: &RuleBook, day: Date) -> Vec<Report> {
    let findings = book.findings_naming(day, MOST_OVERLAPS);
    let rules = book.compile().ok();
    let guards = rules.as_ref().map(|rules| rules.broken_guards(day)).unwrap_or_default();
    let guards = guards.iter().map(|broken| {
        let periods = rules.as_ref().map(|rules| rules.broken_days(&broken.guard, day)).unwrap_or_default();
        of_guard(book, broken, &periods)
    });
    let soon = (day, day.saturating_add(Finding::DAYS_OF_NOTICE.days()));
    let expiries = rules.as_ref().map(|rules| rules.expiries(soon, usize::MAX)).unwrap_or_default();
    guards.chain(findings.iter().map(|finding| of_finding(finding, &expiries))).collect()
}

fn of_finding(finding: &Finding, expiries: &[Expiry]) -> Report {
    let mut entry = json!({
        "sted": finding.place.to_string(),
        "slags": finding.kind.word(),
        "tekst": finding.kind.to_string(),
    });
    if let Some(authority) = finding.authority {
        entry["myndighed"] = json!(authority);
    }
    if let Some(rule) = finding.rule {
        entry["regel"] = json!(rule);
    }
    let has_causes = match &finding.kind {
        FindingKind::SometimesIdle { idle, .. } => {
            entry["perioder"] = idle.periods.iter().map(period).collect();
            true
        }
        FindingKind::Never { .. } | FindingKind::Overlap { .. } | FindingKind::DefaultUnreachable(_) => true,
        _ => false,
    };
    if has_causes {
        entry["af"] = json!(finding.by());
    }
    let mut line = finding.to_string();
    if let FindingKind::ExpiresSoon { rule, .. } = finding.kind
        && let Some(expiry) = expiries.iter().find(|it| Some(it.authority) == finding.authority && it.rule == rule)
    {
        let then: Vec<_> = expiry.then.iter().map(|to| destination(to.as_ref())).collect();
        let words: Vec<_> =
            expiry.then.iter().map(|to| to.as_ref().map_or("nobody", |it| it.fagsystem.as_str())).collect();
        if !words.is_empty() {
            line = format!("{line}; its messages then go to {}", words.join(", "));
        }
        entry["derefter"] = json!(then);
    }
    Report { severity: finding.kind.severity(), line, entry }
}

fn destination(destination: Option<&Destination>) -> Value {
    let mut entry = ground(destination);
    entry["fagsystem"] = json!(destination.map(|it| it.fagsystem.as_str()));
    entry
}

fn of_guard(book: &RuleBook, broken: &BrokenGuard, periods: &[(Date, Option<Date>)]) -> Report {
    let at = book.authorities.iter().position(|authority| authority.cvr == broken.authority).unwrap_or_default();
    let place = JsonPath::top().key("myndigheder").at(at).key("vagtmeddelelser").at(broken.index);
    let words = broken_guards::line(broken);
    let by: Vec<_> = broken.destination.iter().filter_map(|it| it.rule).collect();
    let entry = json!({
        "sted": place.to_string(),
        "slags": "vagt_brudt",
        "tekst": words,
        "myndighed": broken.authority,
        "af": by,
        "perioder": periods.iter().map(period).collect::<Vec<_>>(),
    });
    Report { severity: Severity::Fault, line: format!("{place}: {words}"), entry }
}

/// The faults of a file that holds no rules.
fn of_file(faults: &FileFaults) -> Vec<Report> {
    let report = |fault: &crate::exchange::FileFault| Report {
        severity: Severity::Fault,
        line: fault.to_string(),
        entry: json!({
            "sted": fault.place.to_string(),
            "slags": "selvmodsigelse",
            "tekst": fault.problem.to_string(),
        }),
    };
    faults.0.iter().map(report).collect()
}
