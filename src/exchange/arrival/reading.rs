//! Reads files one after another into an [`Arrival`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::contents::AuthorityContents;
use super::error::ImportError;
use super::notice::{FileNotice, Notice};
use super::outcome::Arrival;
use super::request::ReadRequest;
use super::summary::{FileCounts, FileSummary, ImportSummary, StructureArrival};
use crate::clock;
use crate::exchange::configuration::{read_configuration_within, read_package_within};
use crate::exchange::contact_structure::{ContactStructure, read_counted_structure};
use crate::exchange::kle::read_kle_plan;
use crate::exchange::recognition::kind::FileKind;
use crate::exchange::recognition::training::TrainingFile;
use crate::exchange::workbook::{SheetKind, TablesReport, read_tables_with_report};
use crate::rules::{Authority, Cvr, KlePlan, RuleBook};

/// The most bytes of all files together. For comparison: KL's plan has 7 MB, ten thousand rules in Excel have one.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Reads files and applies them to a copy of the draft; `None` if it was stopped.
#[must_use]
pub fn read_files(order: &ReadRequest) -> Option<Arrival> {
    let mut arrival = Arrival {
        names: order.paths.iter().map(|path| name_of(path)).collect(),
        files: Vec::new(),
        of_the_book: Vec::new(),
        base: Arc::clone(&order.book),
        book: RuleBook::clone(&order.book),
        summaries: Vec::new(),
        contents: Vec::new(),
        notices: Vec::new(),
        findings: Vec::new(),
        cells: Vec::new(),
        refused: Vec::new(),
        package: None,
        structure: None,
        authority: None,
        tells_no_authority: false,
        kle: None,
    };
    let mut incoming = Vec::new();
    let mut room = MAX_BYTES;
    for (at, path) in order.paths.iter().enumerate() {
        let name = name_of(path);
        let mut file = FileSummary { name: name.clone(), kind: None, is_text: false, counts: FileCounts::default() };
        match load(path, order, &mut room) {
            Ok((kind, bytes)) => {
                (file.kind, file.is_text) = (Some(kind), !is_container(&bytes));
                incoming.push(IncomingFile { at, name, kind, bytes });
            }
            Err(refusal) => arrival.refused.push((name, refusal)),
        }
        arrival.files.push(file);
        if order.progress.is_stopped() {
            return None;
        }
    }
    // Tables may name contact points of a contact structure among the files, so that one is applied first.
    incoming.sort_by_key(|file| file.kind);
    let is_alone = order.paths.len() == 1;
    for group in grouped(incoming) {
        let stands_alone = matches!(group.kind, FileKind::Configuration | FileKind::Package);
        let added = if stands_alone && !is_alone { Err(ImportError::NotTogether) } else { arrival.add(&group, order) };
        if order.progress.is_stopped() {
            return None;
        }
        match added {
            Err(refusal) => arrival.refused.push((group.names(), refusal)),
            Ok(()) if group.kind == FileKind::KlePlan => {}
            Ok(()) => arrival.of_the_book.push(group.names()),
        }
    }
    arrival.complete();
    arrival.look_through(clock::today());
    Some(arrival)
}

/// A loaded file and its kind.
struct IncomingFile {
    /// Its position among the files named.
    at: usize,
    name: String,
    kind: FileKind,
    bytes: Vec<u8>,
}

/// Files that are read as one: the pages of a contact structure, or a single file of another kind.
struct FileGroup {
    kind: FileKind,
    positions: Vec<usize>,
    files: Vec<(String, Vec<u8>)>,
}

fn grouped(incoming: Vec<IncomingFile>) -> Vec<FileGroup> {
    let mut groups: Vec<FileGroup> = Vec::new();
    for IncomingFile { at, name, kind, bytes } in incoming {
        match groups.last_mut().filter(|last| last.kind == kind && kind == FileKind::ContactStructure) {
            Some(group) => {
                group.files.push((name, bytes));
                group.positions.push(at);
            }
            None => groups.push(FileGroup { kind, positions: vec![at], files: vec![(name, bytes)] }),
        }
    }
    groups
}

impl FileGroup {
    fn names(&self) -> String {
        let names: Vec<_> = self.files.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    }

    fn bytes(&self) -> &[u8] {
        self.files.first().map_or(&[], |(_, bytes)| bytes)
    }
}

impl Arrival {
    fn add(&mut self, group: &FileGroup, order: &ReadRequest) -> Result<(), ImportError> {
        match group.kind {
            FileKind::Configuration => self.add_configuration(group, order),
            FileKind::Package => self.add_package(group, order),
            FileKind::ContactStructure => self.add_structure(group, order),
            FileKind::KlePlan => self.add_kle_plan(group, order),
            FileKind::Tables => self.add_tables(group, order),
        }
    }

    fn add_configuration(&mut self, group: &FileGroup, order: &ReadRequest) -> Result<(), ImportError> {
        self.book = read_configuration_within(group.bytes(), &order.progress).map_err(ImportError::File)?;
        let authorities = &self.book.authorities;
        let counts = authorities.iter().fold(FileCounts::default(), FileCounts::with);
        let known_authorities = self.book.known_authorities.len();
        self.contents = authorities.iter().map(AuthorityContents::whole).collect();
        self.summaries.push(ImportSummary::Configuration { authorities: authorities.len(), rules: counts.rules });
        self.count(group, FileCounts { known_authorities, ..counts });
        Ok(())
    }

    fn add_package(&mut self, group: &FileGroup, order: &ReadRequest) -> Result<(), ImportError> {
        let package = read_package_within(group.bytes(), &order.progress).map_err(ImportError::File)?;
        self.summaries.push(ImportSummary::Package { rules: package.authority.rules.len() });
        self.contents.push(AuthorityContents::whole(&package.authority));
        self.count(group, FileCounts::default().with(&package.authority));
        self.package = Some(package);
        Ok(())
    }

    /// Applies contact points to the authority that they belong to, else to the selected one.
    fn add_structure(&mut self, group: &FileGroup, order: &ReadRequest) -> Result<(), ImportError> {
        let mut counts = Vec::new();
        let read = read_counted_structure(&group.files, &order.progress, &mut counts);
        for (at, contact_points) in group.positions.iter().zip(counts) {
            self.files[*at].counts = FileCounts { contact_points, ..FileCounts::default() };
        }
        let structure = read.map_err(ImportError::Structure)?;
        let is_its = |authority: &&Authority| structure.belongs_to(authority);
        let owner = self.book.authorities.iter().find(is_its).map(|authority| authority.cvr);
        let authority = owner.or(order.authority);
        self.tells_no_authority |= owner.is_none() && authority.is_some();
        // That a contact point is missing from another authority's structure does not mean that it is gone.
        let removes_missing = order.removes_missing.unwrap_or_else(|| owner.is_some() && structure.is_whole());
        if let Some(cvr) = authority {
            self.book = structure.into_book(&self.book, cvr, removes_missing);
        }
        self.add_contents(self.contents_of(&structure, authority));
        self.summaries.push(ImportSummary::Structure { points: structure.points.len(), pages: structure.pages });
        let missing = Some(structure.missing).filter(|missing| *missing > 0).map(Notice::PointsMissing);
        self.add_notices(group, missing);
        self.add_notices(group, structure.notices.iter().cloned().map(Notice::Structure));
        self.structure = Some(StructureArrival { structure: Arc::new(structure), authority, removes_missing });
        Ok(())
    }

    fn contents_of(&self, structure: &ContactStructure, authority: Option<Cvr>) -> AuthorityContents {
        let own = structure.organisations.iter().find(|organisation| organisation.cvr.is_some());
        let name = own.or(structure.organisations.first()).map(|organisation| organisation.name.clone());
        let cvr = own.and_then(|organisation| organisation.cvr).or(authority);
        let known = cvr.and_then(|cvr| self.book.authority(cvr)).map(|known| known.name.clone());
        AuthorityContents {
            cvr,
            name: name.or(known),
            contact_points: Some(structure.points.clone()),
            ..AuthorityContents::default()
        }
    }

    fn add_kle_plan(&mut self, group: &FileGroup, order: &ReadRequest) -> Result<(), ImportError> {
        let read = read_kle_plan(group.bytes(), &order.progress).map_err(ImportError::KlePlan)?;
        let (numbers, historic, published) = (read.plan.len(), read.historic, read.plan.published);
        self.summaries.push(ImportSummary::KlePlan { numbers, historic, published });
        self.count(group, FileCounts { kle_numbers: numbers, historic, ..FileCounts::default() });
        self.add_notices(group, read.skipped.into_iter().map(Notice::Skipped));
        self.add_notices(group, Some(read.more_skipped).filter(|more| *more > 0).map(Notice::MoreSkipped));
        // The file may be an extract; the main groups are built in.
        let mut plan = read.plan;
        for (number, title) in KlePlan::built_in().entries() {
            plan.add(number, title);
        }
        self.kle = Some(Arc::new(plan));
        Ok(())
    }

    fn add_tables(&mut self, group: &FileGroup, order: &ReadRequest) -> Result<(), ImportError> {
        // Tables that name no authority belong to the selected one.
        let current = order.authority.or(self.book.authorities.first().map(|it| it.cvr));
        let mut look = TablesReport { may_lack_authority: order.may_lack_authority, ..TablesReport::default() };
        let (bytes, names) = (group.bytes(), group.names());
        let read = read_tables_with_report(bytes, &names, &self.book, current, &order.progress, &mut look);
        let of = |wanted| look.rows.iter().find(|(kind, _)| *kind == wanted).map_or(0, |(_, count)| *count);
        self.count(
            group,
            FileCounts {
                rules: of(SheetKind::Rules),
                fagsystems: of(SheetKind::Fagsystems),
                contact_points: of(SheetKind::ContactPoints),
                known_authorities: of(SheetKind::KnownAuthorities),
                ..FileCounts::default()
            },
        );
        self.add_notices(group, std::mem::take(&mut look.notices).into_iter().map(Notice::Table));
        let read = read.map_err(ImportError::Tables)?;
        self.cells.insert(0, (names.clone(), look.cells));
        let own = read.authority.and_then(|cvr| read.book.authority(cvr));
        let name = own.map(|it| it.name.clone()).unwrap_or_default();
        let said = own.map(|own| AuthorityContents::of(own, &read.kinds));
        self.tells_no_authority |= own.is_some() && !read.kinds.contains(&SheetKind::Authority);
        let is_loose = look.loose.is_some();
        let loose = look.loose.map(|it| AuthorityContents {
            fagsystems: it.fagsystems,
            contact_points: it.contact_points,
            rules: it.rules,
            guards: it.guards,
            ..AuthorityContents::default()
        });
        if let Some(said) = said.or(loose) {
            self.add_contents(said);
        }
        self.add_notices(group, is_loose.then_some(Notice::WithoutAuthority));
        self.summaries.push(ImportSummary::Tables { authority: name, kinds: read.kinds });
        self.add_notices(group, read.notices.into_iter().map(Notice::Table));
        self.authority = read.authority.or(self.authority);
        self.book = read.book;
        Ok(())
    }

    fn count(&mut self, group: &FileGroup, counts: FileCounts) {
        for at in &group.positions {
            self.files[*at].counts = counts;
        }
    }

    fn add_notices(&mut self, group: &FileGroup, notices: impl IntoIterator<Item = Notice>) {
        let file = group.names();
        self.notices.extend(notices.into_iter().map(|notice| FileNotice { file: file.clone(), notice }));
    }

    fn add_contents(&mut self, said: AuthorityContents) {
        match self.contents.iter_mut().find(|known| known.cvr == said.cvr) {
            Some(known) => known.add(said),
            None => self.contents.push(said),
        }
    }

    /// Applies the contact structure once more after tables. They may have brought its authority, and where both list a
    /// contact point, Digital Post's version counts.
    fn complete(&mut self) {
        if let Some(StructureArrival { structure, authority, removes_missing }) = &self.structure
            && self.authority.is_some()
            && let Some(cvr) = authority.or(self.authority)
        {
            self.book = structure.into_book(&self.book, cvr, *removes_missing);
        }
    }
}

/// Reads a whole file, if it fits what is left of the byte limit.
fn load(path: &Path, order: &ReadRequest, room: &mut u64) -> Result<(FileKind, Vec<u8>), ImportError> {
    let unreadable = |error: io::Error| ImportError::Unreadable(error.kind(), error.to_string());
    let mut bytes = Vec::new();
    let is_input = order.may_wait && path == Path::new("-");
    if is_input {
        io::stdin().take(*room + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        // Checked before opening it: a pipe would block until somebody writes to it.
        if !order.may_wait && !fs::metadata(path).map_err(unreadable)?.is_file() {
            return Err(ImportError::Unknown);
        }
        let file = File::open(path).map_err(unreadable)?;
        file.take(*room + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    *room = room.checked_sub(bytes.len() as u64).ok_or(ImportError::TooLarge)?;
    // Text on standard input has no name to recognise it by and may be a table.
    let name = if is_input { "-.csv".to_owned() } else { name_of(path) };
    if let Some(file) = TrainingFile::of(&name, &bytes) {
        return Err(ImportError::OfTraining(file));
    }
    let kind = match FileKind::of(&name, &bytes) {
        Some(FileKind::KlePlan) if order.assumed.is_some() && name.to_lowercase().ends_with(".json") => order.assumed,
        None => order.assumed,
        known => known,
    };
    Ok((kind.ok_or(ImportError::Unknown)?, bytes))
}

/// Whether it is a ZIP archive or a compound file, as all workbooks are.
fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
