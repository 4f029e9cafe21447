use std::path::Path;

use clap::Args;
use serde_json::json;

use super::{Conclusion, Failure, NOTHING_PUBLISHED, counted, open_store, tell, tell_json};
use crate::clock;
use crate::rules::{Finding, Severity};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Warnings are told, but only faults make the answer a "no".
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let publication = open_store(data)?.newest_publication()?.ok_or(NOTHING_PUBLISHED)?;
        let findings = publication.book.findings(clock::today());
        let (faults, warnings): (Vec<_>, Vec<_>) =
            findings.iter().partition(|finding| finding.trouble.severity() == Severity::Fault);
        let is_sound = faults.is_empty();
        if self.json {
            let listed = |findings: &[&Finding]| -> Vec<_> {
                let entry = |it: &&Finding| {
                    json!({
                        "sted": it.place.to_string(),
                        "slags": it.trouble.word(),
                        "tekst": it.trouble.to_string(),
                    })
                };
                findings.iter().map(entry).collect()
            };
            let number = publication.number.get();
            tell_json(&json!({"udgivelse": number, "fejl": listed(&faults), "advarsler": listed(&warnings)}))?;
        } else {
            for finding in &faults {
                tell(format_args!("fault: {finding}"));
            }
            for finding in &warnings {
                tell(format_args!("warning: {finding}"));
            }
            let faults = counted(faults.len(), "fault", "faults");
            let warnings = counted(warnings.len(), "warning", "warnings");
            tell(format_args!("Publication {}: {faults}, {warnings}", publication.number));
        }
        Ok(if is_sound { Conclusion::Done } else { Conclusion::No })
    }
}
