use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use crate::command::access_flags::AccessFlags;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::parse::{read_endpoint, read_language, read_seconds};
use crate::command::process::runtime;
use crate::command::terminal::print_line;
use crate::endpoint_test::{EndpointTest, ReportFormat, ReportHead, has_passed, line, report, shown_address, words};
use crate::exchange::write_atomically;
use crate::language::LanguageChoice;
use crate::rules::{Access, Cvr, Seconds};
use crate::store::RouterSettings;

/// The default recipient of the letters: a made-up municipality.
const SAMPLE: &str = "01102036";

#[derive(Debug, Args)]
pub(in crate::command) struct TryEndpoint {
    /// The endpoint's address, as it stands in a configuration
    #[arg(value_name = "URL")]
    endpoint: String,
    /// Write a report there: HTML (.html) or Markdown (.md)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The language of what is printed and of the report: en or da
    #[arg(long, default_value = "en", value_parser = read_language)]
    language: LanguageChoice,
    /// The authority that the letters are for
    #[arg(long, value_name = "CVR", default_value = SAMPLE)]
    authority: Cvr,
    #[command(flatten)]
    access: AccessFlags,
    /// A PEM file with the certificates of issuers to be trusted besides the system's
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The proxy to call through, unless the endpoint is on this machine; that of the environment is not used
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Leave out the letters of 20 MB and of 104,333,312 bytes
    #[arg(long)]
    skip_large: bool,
    /// How many seconds the endpoint has to answer each letter
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = read_seconds)]
    timeout: Seconds,
}

impl TryEndpoint {
    pub fn run(self) -> Result<Conclusion, Failure> {
        let endpoint = read_endpoint(&self.endpoint)?;
        let report_to = self.report.as_deref().map(report_place).transpose()?;
        let settings = RouterSettings {
            trusted_issuers: self.trust,
            proxy: self.proxy,
            answer_timeout_ms: u32::from(self.timeout.get()) * 1000,
            ..RouterSettings::default()
        };
        let (fagsystem, courier) = self.access.courier(self.authority, endpoint, &settings)?;
        let test = EndpointTest::new(courier, self.authority, fagsystem, self.skip_large);
        let words = words(self.language);
        let (address, authority) = (shown_address(test.endpoint()), self.authority.to_string());
        print_line(format_args!("{}", words.what_is_sent(&address, &authority)));
        let about = ReportHead::of(&test, words, Timestamp::now());
        let results = runtime()?.block_on(async {
            let mut results = Vec::new();
            while let Some(result) = test.next(&results).await {
                results.push(result);
                if let Some(result) = results.last() {
                    print_line(format_args!("{}", line(result, &results, words)));
                }
            }
            results
        });
        if test.fagsystem().access == Access::Open {
            print_line(format_args!("{}", words.nothing_shown()));
        }
        print_line(format_args!("{}", words.summary(&results, test.trials().len())));
        if let Some((path, format)) = report_to {
            let text = report(&about, &results, words, format);
            write_atomically(path, text.as_bytes())
                .map_err(|error| format!("the report could not be written: {error}"))?;
            print_line(format_args!("The report is in {}", path.display()));
        }
        Ok(if has_passed(&results) { Conclusion::Done } else { Conclusion::No })
    }
}

/// Checks the report's path before anything is sent, and finds its format.
fn report_place(path: &Path) -> Result<(&Path, ReportFormat), Failure> {
    let format = ReportFormat::of(path).ok_or_else(|| {
        format!("a report is written as HTML or Markdown, by its ending; {} has neither .html nor .md", path.display())
    })?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() || path.is_dir() {
        return Err(format!(
            "no report can be written to {}: name a file in a directory that is there",
            path.display()
        )
        .into());
    }
    Ok((path, format))
}
