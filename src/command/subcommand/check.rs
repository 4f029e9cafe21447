use std::path::Path;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{NOTHING_PUBLISHED, open_store};
use crate::command::parse::read_date;
use crate::command::terminal::{counted, print_json, print_line};
use crate::rules::{Finding, FindingKind, Severity};

#[derive(Debug, Args)]
pub(in crate::command) struct Check {
    /// The day from which on the rules are looked at [default: today in Denmark]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    on: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Prints warnings too, but only faults make the answer "no".
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let publication = open_store(data)?.newest_publication()?.ok_or(NOTHING_PUBLISHED)?;
        let day = self.on.unwrap_or_else(clock::today);
        let findings = publication.book.findings(day);
        let of = |severity| -> Vec<&Finding> { findings.iter().filter(|it| it.kind.severity() == severity).collect() };
        let (faults, warnings, information) = (of(Severity::Fault), of(Severity::Warning), of(Severity::Information));
        let is_sound = faults.is_empty();
        if self.json {
            let listed = |findings: &[&Finding]| -> Vec<_> { findings.iter().map(|it| entry(it)).collect() };
            print_json(&json!({
                "udgivelse": publication.number.get(),
                "dag": day,
                "fejl": listed(&faults),
                "advarsler": listed(&warnings),
                "oplysninger": listed(&information),
            }))?;
        } else {
            for finding in &faults {
                print_line(format_args!("fault: {finding}"));
            }
            for finding in &warnings {
                print_line(format_args!("warning: {finding}"));
            }
            for finding in &information {
                print_line(format_args!("information: {finding}"));
            }
            let faults = counted(faults.len(), "fault", "faults");
            let warnings = counted(warnings.len(), "warning", "warnings");
            print_line(format_args!("Publication {}: {faults}, {warnings}", publication.number));
        }
        Ok(if is_sound { Conclusion::Done } else { Conclusion::No })
    }
}

/// A finding as JSON.
fn entry(finding: &Finding) -> Value {
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
            let period = |(from, to): &(Date, Option<Date>)| json!({"fra": from, "til": to});
            entry["perioder"] = idle.periods.iter().map(period).collect();
            true
        }
        FindingKind::Never { .. } | FindingKind::Overlap { .. } | FindingKind::DefaultUnreachable(_) => true,
        _ => false,
    };
    if has_causes {
        entry["af"] = json!(finding.by());
    }
    entry
}
