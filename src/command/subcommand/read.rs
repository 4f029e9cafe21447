use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::existing_store;
use crate::command::files::{Purpose, need_named, read};
use crate::command::terminal::{counted, print_json, print_line};
use crate::desktop::wording::{Placed, Wording};
use crate::exchange::{
    Arrival, AuthorityContents, FileCounts, FileKind, FileSummary, ImportError, ReportedFinding, TrainingFile,
};
use crate::language::LanguageChoice;
use crate::rules::{Cvr, without_cpr};
use crate::store::DataPlace;
use crate::training::{PackageLimits, TrainingPackage, TrainingPackageError};

#[derive(Debug, Args)]
pub(in crate::command) struct Read {
    /// Workbooks, CSV files, contact structures, KLE plans, packages, training packages or configurations
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
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let book = match existing_store(data)? {
            None => Arc::default(),
            Some(store) => match store.draft()?.book {
                Some(draft) => draft,
                None => store.newest_publication()?.map(|publication| publication.book).unwrap_or_default(),
            },
        };
        let authority = self.authority.or(book.authorities.first().map(|it| it.cvr));
        let mut arrival = read(self.files.clone(), &book, authority, Purpose::Look)?;
        let packages = PackageFile::among(&self.files, &mut arrival);
        if packages.is_empty() {
            need_named(self.authority, &arrival)?;
        }
        if self.json {
            print_json(&in_json(&arrival, &packages))?;
        } else {
            print(&arrival, &packages);
        }
        let has_faults = !arrival.refused.is_empty() || packages.iter().any(|it| it.package.is_err());
        Ok(if has_faults { Conclusion::No } else { Conclusion::Done })
    }
}

/// A training package among the files. It is opened by itself, so that it has no part in what the others come to.
struct PackageFile {
    /// Its place among the files.
    at: usize,
    name: String,
    package: Result<TrainingPackage, TrainingPackageError>,
}

impl PackageFile {
    /// Reads those files that are training packages, which are then no longer among those that were refused.
    fn among(paths: &[PathBuf], arrival: &mut Arrival) -> Vec<Self> {
        let of_package = |refusal: &ImportError| matches!(refusal, ImportError::OfTraining(TrainingFile::Package));
        let mut packages = Vec::new();
        let names: Vec<_> = arrival.files.iter().map(|file| file.name.clone()).collect();
        for (at, (path, name)) in paths.iter().zip(names).enumerate() {
            let place = arrival.refused.iter().position(|(refused, why)| *refused == name && of_package(why));
            // From a pipe nothing can be read again.
            let Some(place) = place.filter(|_| path.is_file()) else { continue };
            arrival.refused.remove(place);
            packages.push(Self { at, name, package: read_package(path) });
        }
        packages
    }

    /// What it holds, as other files are counted.
    fn counts(&self) -> PackageCounts {
        let Ok(package) = &self.package else { return PackageCounts::default() };
        let counts = package.book.authorities.iter().fold(FileCounts::default(), FileCounts::with);
        PackageCounts {
            of_rules: FileCounts { known_authorities: package.book.known_authorities.len(), ..counts },
            messages: Some(package.messages.len()),
            calls: Some(package.calls.len()),
            lessons: Some(usize::from(package.lesson.is_some())),
        }
    }
}

fn read_package(path: &Path) -> Result<TrainingPackage, TrainingPackageError> {
    let mut file = Vec::new();
    File::open(path)?.take(PackageLimits::FILE + 1).read_to_end(&mut file)?;
    TrainingPackage::read(&file)
}

/// How many things are in a file; the last three in a training package alone.
#[derive(Serialize, Default)]
struct PackageCounts {
    #[serde(flatten)]
    of_rules: FileCounts,
    #[serde(rename = "meddelelser", skip_serializing_if = "Option::is_none")]
    messages: Option<usize>,
    #[serde(rename = "kald", skip_serializing_if = "Option::is_none")]
    calls: Option<usize>,
    #[serde(rename = "opgaver", skip_serializing_if = "Option::is_none")]
    lessons: Option<usize>,
}

/// What `read --json` prints.
#[derive(Serialize)]
struct InJson<'a> {
    #[serde(rename = "filer")]
    files: Vec<FileInJson<'a>>,
    #[serde(rename = "myndigheder")]
    authorities: Vec<AuthorityContents>,
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
    counts: PackageCounts,
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

fn in_json<'a>(arrival: &'a Arrival, packages: &'a [PackageFile]) -> InJson<'a> {
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
    let of_packages = packages.iter().filter_map(|it| Some((&it.name, it.package.as_ref().err()?)));
    let of_packages = of_packages.flat_map(|(file, error)| {
        wording.package_faults(error).into_iter().map(|fault| Entry::new(file, fault)).collect::<Vec<_>>()
    });
    let files = arrival.files.iter().enumerate().map(|(at, it)| {
        let name = without_cpr(&it.name);
        if let Some(package) = packages.iter().find(|package| package.at == at) {
            return FileInJson { name, kind: Some("oevelsespakke"), counts: package.counts() };
        }
        let counts = PackageCounts { of_rules: it.counts, ..PackageCounts::default() };
        FileInJson { name, kind: kind_word(it), counts }
    });
    let packed = packages.iter().filter_map(|it| it.package.as_ref().ok()).flat_map(|it| &it.book.authorities);
    InJson {
        files: files.collect(),
        authorities: arrival.contents.iter().cloned().chain(packed.map(AuthorityContents::whole)).collect(),
        faults: faults.chain(of_packages).collect(),
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

fn print(arrival: &Arrival, packages: &[PackageFile]) {
    for (at, file) in arrival.files.iter().enumerate() {
        let words = packages.iter().find(|package| package.at == at).map_or_else(|| described(file), package_described);
        print_line(format_args!("{}: {words}", without_cpr(&file.name)));
    }
    for PackageFile { name, package, .. } in packages {
        if let Err(error) = package {
            print_line(format_args!("fault: {}: {error}", without_cpr(name)));
        }
    }
    for (file, refusal) in &arrival.refused {
        for line in refusal.lines() {
            print_line(format_args!("fault: {}: {line}", without_cpr(file)));
        }
    }
    print_notices(arrival);
    let faults: usize = arrival.refused.iter().map(|(_, refusal)| refusal.lines().len()).sum();
    let faults = faults + packages.iter().filter(|it| it.package.is_err()).count();
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

fn package_described(file: &PackageFile) -> String {
    let PackageCounts { of_rules, messages, calls, lessons } = file.counts();
    let more = [
        (messages.unwrap_or_default(), "message", "messages"),
        (calls.unwrap_or_default(), "call of a journal", "calls of a journal"),
        (lessons.unwrap_or_default(), "lesson", "lessons"),
    ];
    with_counts("training package", of_rules, &more)
}

fn described(file: &FileSummary) -> String {
    let kind = match file.kind {
        None => return "nothing that can be taken in".to_owned(),
        Some(FileKind::Tables) if file.is_text => "CSV",
        Some(FileKind::Tables) => "workbook",
        Some(FileKind::ContactStructure) => "contact structure",
        Some(FileKind::KlePlan) => "KLE plan",
        Some(FileKind::Package) => "package",
        Some(FileKind::Configuration) => "configuration",
    };
    with_counts(kind, file.counts, &[])
}

fn with_counts(kind: &str, counts: FileCounts, more: &[(usize, &str, &str)]) -> String {
    let FileCounts { rules, fagsystems, contact_points, known_authorities, kle_numbers, historic } = counts;
    let counts = [
        (rules, "rule", "rules"),
        (fagsystems, "business system", "business systems"),
        (contact_points, "contact point", "contact points"),
        (known_authorities, "known authority", "known authorities"),
        (kle_numbers, "KLE number", "KLE numbers"),
        (historic, "historic number", "historic numbers"),
    ];
    let counts = counts.iter().chain(more).filter(|(count, ..)| *count > 0);
    let parts: Vec<_> = counts.map(|(count, one, many)| counted(*count, one, many)).collect();
    if parts.is_empty() { kind.to_owned() } else { format!("{kind} with {}", parts.join(", ")) }
}
