use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::existing_store;
use crate::command::files::{Purpose, need_named, read};
use crate::command::terminal::{counted, print_json, print_line};
use crate::desktop::wording::{Placed, Wording};
use crate::exchange::{Arrival, AuthorityContents, FileCounts, FileKind, FileSummary, ReportedFinding};
use crate::language::LanguageChoice;
use crate::rules::{Cvr, without_cpr};

#[derive(Debug, Args)]
pub(in crate::command) struct Read {
    /// Workbooks, CSV files, contact structures, KLE plans, packages or configurations
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The authority that tables are of which do not name one [default: the first]
    #[arg(long, value_name = "CVR")]
    authority: Option<Cvr>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Read {
    /// Files are read against the draft, as in the window, else against the publication.
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let book = match existing_store(data)? {
            None => Arc::default(),
            Some(store) => match store.draft()?.book {
                Some(draft) => draft,
                None => store.newest_publication()?.map(|publication| publication.book).unwrap_or_default(),
            },
        };
        let authority = self.authority.or(book.authorities.first().map(|it| it.cvr));
        let arrival = read(self.files, &book, authority, Purpose::Look)?;
        need_named(self.authority, &arrival)?;
        if self.json {
            print_json(&in_json(&arrival))?;
        } else {
            print(&arrival);
        }
        Ok(if arrival.refused.is_empty() { Conclusion::Done } else { Conclusion::No })
    }
}

/// What `read --json` prints.
#[derive(Serialize)]
struct InJson<'a> {
    #[serde(rename = "filer")]
    files: Vec<FileInJson<'a>>,
    #[serde(rename = "myndigheder")]
    authorities: &'a [AuthorityContents],
    #[serde(rename = "fejl")]
    faults: Vec<Entry>,
    #[serde(rename = "bemaerkninger")]
    notices: Vec<Entry>,
}

#[derive(Serialize)]
struct FileInJson<'a> {
    #[serde(rename = "fil")]
    name: Cow<'a, str>,
    #[serde(rename = "slags")]
    kind: Option<&'static str>,
    #[serde(rename = "antal")]
    counts: FileCounts,
}

#[derive(Serialize)]
struct Entry {
    #[serde(rename = "fil")]
    file: String,
    #[serde(rename = "sted")]
    place: Option<String>,
    #[serde(rename = "tekst")]
    words: String,
}

impl Entry {
    fn new(file: &str, (place, words): Placed) -> Self {
        Self { file: without_cpr(file).into_owned(), place, words }
    }
}

fn in_json(arrival: &Arrival) -> InJson<'_> {
    let wording = Wording::in_language(LanguageChoice::Danish);
    let refused = arrival.refused.iter();
    let faults = refused.flat_map(|(file, refusal)| {
        wording.faults(refusal).into_iter().map(|fault| Entry::new(file, fault)).collect::<Vec<_>>()
    });
    let notices = arrival.notices.iter().map(|told| Entry::new(&told.file, wording.notice(&told.notice)));
    let names = arrival.names_of_the_book();
    let told = if arrival.refused.is_empty() { arrival.reported_findings() } else { Vec::new() };
    let findings = told.into_iter().filter_map(|ReportedFinding { authority, finding, cell, alike }| {
        let nobody = || arrival.book.authorities.first();
        let authority = authority.and_then(|cvr| arrival.book.authority(cvr)).or_else(nobody)?;
        let words = wording.findings(authority, &finding.kind, alike);
        Some(match cell {
            Some((file, cell)) => Entry::new(file, (Some(cell.to_string()), words)),
            None => Entry::new(&names, (Some(finding.place.to_string()), words)),
        })
    });
    let files = arrival.files.iter();
    let files = files.map(|it| FileInJson { name: without_cpr(&it.name), kind: kind_word(it), counts: it.counts });
    InJson {
        files: files.collect(),
        authorities: &arrival.contents,
        faults: faults.collect(),
        notices: notices.chain(findings).collect(),
    }
}

fn kind_word(file: &FileSummary) -> Option<&'static str> {
    Some(match file.kind? {
        FileKind::Tables if file.is_text => "csv",
        FileKind::Tables => "arbejdsbog",
        FileKind::ContactStructure => "kontaktstruktur",
        FileKind::KlePlan => "kle-plan",
        FileKind::Package => "pakke",
        FileKind::Configuration => "konfiguration",
    })
}

fn print(arrival: &Arrival) {
    for file in &arrival.files {
        print_line(format_args!("{}: {}", without_cpr(&file.name), described(file)));
    }
    for (file, refusal) in &arrival.refused {
        for line in refusal.lines() {
            print_line(format_args!("fault: {}: {line}", without_cpr(file)));
        }
    }
    print_notices(arrival);
    let faults: usize = arrival.refused.iter().map(|(_, refusal)| refusal.lines().len()).sum();
    let notices = arrival.notices.len() + if faults == 0 { arrival.reported_findings().len() } else { 0 };
    let (faults, notices) = (counted(faults, "fault", "faults"), counted(notices, "notice", "notices"));
    print_line(format_args!("{faults}, {notices}; nothing was taken in"));
}

/// Prints notices about files, and what the analysis finds in their content.
fn print_notices(arrival: &Arrival) {
    for told in &arrival.notices {
        print_line(format_args!("notice: {}: {}", without_cpr(&told.file), told.notice));
    }
    if arrival.refused.is_empty() {
        for ReportedFinding { finding, cell, alike, .. } in arrival.reported_findings() {
            let more = if alike > 1 { format!(" (the first of {alike} such notices)") } else { String::new() };
            match cell {
                Some((file, cell)) => {
                    print_line(format_args!("notice: {}: {cell}: {}{more}", without_cpr(file), finding.kind));
                }
                None => print_line(format_args!("notice: {finding}")),
            }
        }
    }
}

fn described(file: &FileSummary) -> String {
    let FileCounts { rules, fagsystems, contact_points, known_authorities, kle_numbers, historic } = file.counts;
    let kind = match file.kind {
        None => return "nothing that can be taken in".to_owned(),
        Some(FileKind::Tables) if file.is_text => "CSV",
        Some(FileKind::Tables) => "workbook",
        Some(FileKind::ContactStructure) => "contact structure",
        Some(FileKind::KlePlan) => "KLE plan",
        Some(FileKind::Package) => "package",
        Some(FileKind::Configuration) => "configuration",
    };
    let counts = [
        (rules, "rule", "rules"),
        (fagsystems, "business system", "business systems"),
        (contact_points, "contact point", "contact points"),
        (known_authorities, "known authority", "known authorities"),
        (kle_numbers, "KLE number", "KLE numbers"),
        (historic, "historic number", "historic numbers"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<_> = counts.map(|(count, one, many)| counted(count, one, many)).collect();
    if parts.is_empty() { kind.to_owned() } else { format!("{kind} with {}", parts.join(", ")) }
}
