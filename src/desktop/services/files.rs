//! What comes in from files and goes out to them.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use directories::UserDirs;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::{Services, Trouble};
use crate::clock;
use crate::exchange::{
    ContactStructure, FileFaults, FileKind, KleSkipped, KleTrouble, Package, Progress, SheetKind, StructureNotice,
    StructurePages, StructureTrouble, TableNotice, TablesNotWritten, TablesTrouble, read_configuration,
    read_contact_structure, read_kle_plan, read_package, read_tables, write_configuration, write_csv, write_package,
    write_template, write_whole, write_workbook,
};
use crate::rules::{Authority, Cvr, Finding, KlePlan, Priority, RuleBook, Trouble as RuleTrouble};

/// The largest file that is taken in: KL's plan has 7 MB, ten thousand rules in Excel have one.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// What is to be read.
#[derive(Debug, Clone)]
pub struct ReadOrder {
    pub paths: Vec<PathBuf>,
    /// The draft.
    pub book: Arc<RuleBook>,
    /// The authority that is shown; `None` while there is none.
    pub authority: Option<Cvr>,
    /// Whether contact points go that are not in a contact structure; `None`: when the structure is the authority's own
    /// and whole.
    pub removes_missing: Option<bool>,
    pub progress: Arc<Progress>,
}

/// What was read, before it is taken in.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What the files are called.
    pub names: Vec<String>,
    /// Those of which something comes into the draft.
    pub of_the_book: Vec<String>,
    /// The draft that it was read for.
    pub base: Arc<RuleBook>,
    /// What the draft would be.
    pub book: RuleBook,
    pub pieces: Vec<Piece>,
    pub notices: Vec<Notice>,
    /// What the analysis finds in the book that it did not find in the draft, each with the authority that it is in.
    pub findings: Vec<(Option<Cvr>, RuleTrouble)>,
    /// What cannot be taken in, file by file; when there is anything, nothing is.
    pub refused: Vec<(String, Refusal)>,
    /// Rules from another environment: a person must say what stands here for what they name.
    pub package: Option<Package>,
    pub structure: Option<StructureArrival>,
    /// The authority that tables are of.
    pub authority: Option<Cvr>,
    pub kle: Option<Arc<KlePlan>>,
}

/// A contact structure that was read.
#[derive(Debug, Clone)]
pub struct StructureArrival {
    pub structure: Arc<ContactStructure>,
    /// The authority that it was put into; `None` when there is none.
    pub authority: Option<Cvr>,
    /// Whether contact points went that are not in it.
    pub removes_missing: bool,
}

/// What files hold.
#[derive(Debug, Clone)]
pub enum Piece {
    Configuration {
        authorities: usize,
        rules: usize,
    },
    Package {
        rules: usize,
    },
    Structure {
        points: usize,
        pages: StructurePages,
    },
    /// With the authority's name.
    Tables {
        authority: String,
        kinds: Vec<SheetKind>,
    },
    KlePlan {
        numbers: usize,
        historic: usize,
        published: Option<Date>,
    },
}

/// What people should know of what was read.
#[derive(Debug, Clone)]
pub enum Notice {
    Structure(StructureNotice),
    Table(TableNotice),
    /// So many contact points are known to be on pages that were not read.
    PointsMissing(u64),
    Skipped(KleSkipped),
    MoreSkipped(usize),
}

/// Why a file cannot be taken in.
#[derive(Debug, Clone)]
pub enum Refusal {
    Unreadable(io::ErrorKind, String),
    TooLarge,
    /// It is none of the files that can be taken in.
    Unknown,
    /// It replaces everything, so it comes alone.
    NotTogether,
    File(FileFaults),
    Structure(StructureTrouble),
    Tables(TablesTrouble),
    KlePlan(KleTrouble),
}

/// What is to be written, and where.
#[derive(Debug, Clone)]
pub struct WriteOrder {
    pub what: Outlet,
    pub book: Arc<RuleBook>,
    pub authority: Cvr,
    pub kle: Arc<KlePlan>,
    pub path: PathBuf,
    /// A file that stands there may be replaced.
    pub may_replace: bool,
    pub progress: Arc<Progress>,
}

/// What can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlet {
    Workbook,
    Csv(SheetKind),
    Configuration,
    Package { environment: String, rules: Option<BTreeSet<Priority>>, made_at: Timestamp },
}

impl Services {
    /// Reads files, and says what they would make of the draft; `None` when it was stopped.
    pub async fn read_files(order: ReadOrder) -> Result<Option<Arrival>, Trouble> {
        spawn_blocking(move || Ok(read(&order))).await.unwrap_or(Err(Trouble::Lost))
    }

    /// Writes a file, whole or not at all; says whether it was written and not stopped.
    pub async fn write_file(order: WriteOrder) -> Result<bool, Trouble> {
        spawn_blocking(move || write(&order)).await.unwrap_or(Err(Trouble::Lost))
    }

    /// Writes an empty workbook to fill in where people keep their documents, and says where. No file is replaced.
    pub async fn make_template(name: &'static str) -> Result<PathBuf, Trouble> {
        let write = move || {
            let path = free_path(documents(), name);
            write_template(&path).map_err(Trouble::from)?;
            Ok(path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Trouble::Lost))
    }

    /// Asks which files are to be read; `None` when none was chosen, or nobody could be asked.
    pub async fn choose_files() -> Option<Vec<PathBuf>> {
        let endings = ["xlsx", "xlsm", "ods", "csv", "json", "xml"];
        let dialog = rfd::AsyncFileDialog::new().add_filter("Excel, CSV, JSON, XML", &endings);
        let files = dialog.pick_files().await?;
        Some(files.into_iter().map(|file| file.path().to_owned()).collect())
    }

    /// Asks where a file is to be written; `None` when no place was chosen, or nobody could be asked.
    pub async fn choose_place(name: String) -> Option<PathBuf> {
        let ending = Path::new(&name).extension().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        let dialog = rfd::AsyncFileDialog::new().set_file_name(&name).add_filter(&ending, &[&ending]);
        dialog.save_file().await.map(|file| file.path().to_owned())
    }
}

/// A file that was read, and what kind it is.
struct Incoming {
    name: String,
    kind: FileKind,
    bytes: Vec<u8>,
}

fn read(order: &ReadOrder) -> Option<Arrival> {
    let mut arrival = Arrival {
        names: order.paths.iter().map(|path| name_of(path)).collect(),
        of_the_book: Vec::new(),
        base: Arc::clone(&order.book),
        book: RuleBook::clone(&order.book),
        pieces: Vec::new(),
        notices: Vec::new(),
        findings: Vec::new(),
        refused: Vec::new(),
        package: None,
        structure: None,
        authority: None,
        kle: None,
    };
    let mut incoming = Vec::new();
    for path in &order.paths {
        match load(path) {
            Ok(file) => incoming.push(file),
            Err(refusal) => arrival.refused.push((name_of(path), refusal)),
        }
    }
    // What tables name may come with them: contact points are there before them.
    incoming.sort_by_key(|file| file.kind);
    let is_alone = incoming.len() == 1;
    for file in in_one(incoming) {
        let stands_alone = matches!(file.kind, FileKind::Configuration | FileKind::Package);
        let taken = if stands_alone && !is_alone { Err(Refusal::NotTogether) } else { arrival.take(&file, order) };
        if order.progress.is_stopped() {
            return None;
        }
        match taken {
            Err(refusal) => arrival.refused.push((file.names(), refusal)),
            Ok(()) if file.kind == FileKind::KlePlan => {}
            Ok(()) => arrival.of_the_book.push(file.names()),
        }
    }
    arrival.complete();
    arrival.look_through(clock::today());
    Some(arrival)
}

/// Files that are read as one: the pages of a contact structure, or a file alone.
struct Parcel {
    kind: FileKind,
    files: Vec<(String, Vec<u8>)>,
}

fn in_one(incoming: Vec<Incoming>) -> Vec<Parcel> {
    let mut parcels: Vec<Parcel> = Vec::new();
    for Incoming { name, kind, bytes } in incoming {
        match parcels.last_mut().filter(|last| last.kind == kind && kind == FileKind::ContactStructure) {
            Some(parcel) => parcel.files.push((name, bytes)),
            None => parcels.push(Parcel { kind, files: vec![(name, bytes)] }),
        }
    }
    parcels
}

impl Parcel {
    fn names(&self) -> String {
        let names: Vec<_> = self.files.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    }

    fn bytes(&self) -> &[u8] {
        self.files.first().map_or(&[], |(_, bytes)| bytes)
    }
}

impl Arrival {
    /// Whose contact structure it is and whose authority it comes into, when these are not the same.
    pub fn stranger(&self) -> Option<(&str, &Authority)> {
        let StructureArrival { structure, authority, .. } = self.structure.as_ref()?;
        let authority = self.book.authority(authority.or(self.authority)?)?;
        let organisation = structure.organisations.first().filter(|_| !structure.belongs_to(authority))?;
        Some((&organisation.name, authority))
    }

    /// Whether it can be taken in but for an authority to take it into.
    pub fn lacks_authority(&self) -> bool {
        self.refused.is_empty() && self.book.authorities.is_empty()
    }

    fn take(&mut self, parcel: &Parcel, order: &ReadOrder) -> Result<(), Refusal> {
        match parcel.kind {
            FileKind::Configuration => {
                self.book = read_configuration(parcel.bytes()).map_err(Refusal::File)?;
                let rules = self.book.authorities.iter().map(|authority| authority.rules.len()).sum();
                self.pieces.push(Piece::Configuration { authorities: self.book.authorities.len(), rules });
            }
            FileKind::Package => {
                let package = read_package(parcel.bytes()).map_err(Refusal::File)?;
                self.pieces.push(Piece::Package { rules: package.authority.rules.len() });
                self.package = Some(package);
            }
            FileKind::ContactStructure => {
                let read = read_contact_structure(&parcel.files, &order.progress).map_err(Refusal::Structure)?;
                self.take_structure(read, order);
            }
            FileKind::KlePlan => {
                let read = read_kle_plan(parcel.bytes(), &order.progress).map_err(Refusal::KlePlan)?;
                let (numbers, published) = (read.plan.len(), read.plan.published);
                self.pieces.push(Piece::KlePlan { numbers, historic: read.historic, published });
                self.notices.extend(read.skipped.into_iter().map(Notice::Skipped));
                self.notices.extend(Some(read.more_skipped).filter(|more| *more > 0).map(Notice::MoreSkipped));
                // A plan may be a part of the whole; the main groups are known in any case.
                let mut plan = read.plan;
                for (number, title) in KlePlan::built_in().entries() {
                    plan.add(number, title);
                }
                self.kle = Some(Arc::new(plan));
            }
            FileKind::Tables => {
                // Tables that do not name one are of the authority that is shown.
                let current = order.authority.or(self.book.authorities.first().map(|it| it.cvr));
                let read = read_tables(parcel.bytes(), &parcel.names(), &self.book, current, &order.progress);
                let read = read.map_err(Refusal::Tables)?;
                let own = read.authority.and_then(|cvr| read.book.authority(cvr));
                let name = own.map(|it| it.name.clone()).unwrap_or_default();
                self.pieces.push(Piece::Tables { authority: name, kinds: read.kinds });
                self.notices.extend(read.notices.into_iter().map(Notice::Table));
                self.authority = read.authority.or(self.authority);
                self.book = read.book;
            }
        }
        Ok(())
    }

    /// Tables that came with a contact structure may say otherwise, or have brought the authority that it is of: what
    /// Digital Post has of contact points counts.
    fn complete(&mut self) {
        if let Some(StructureArrival { structure, authority, removes_missing }) = &self.structure
            && self.authority.is_some()
            && let Some(cvr) = authority.or(self.authority)
        {
            self.book = structure.into_book(&self.book, cvr, *removes_missing);
        }
    }

    fn look_through(&mut self, today: Date) {
        let key = |finding: &Finding| (finding.authority, finding.trouble.to_string());
        let known: HashSet<_> = self.base.findings(today).iter().map(key).collect();
        let new = self.book.findings(today).into_iter().filter(|finding| !known.contains(&key(finding)));
        self.findings = new.map(|finding| (finding.authority, finding.trouble)).collect();
    }

    /// Puts contact points into the authority that they belong to, or else into the one that is shown.
    fn take_structure(&mut self, structure: ContactStructure, order: &ReadOrder) {
        let is_its = |authority: &&Authority| structure.belongs_to(authority);
        let owner = self.book.authorities.iter().find(is_its).map(|authority| authority.cvr);
        let authority = owner.or(order.authority);
        // What is missing in somebody else's structure says nothing.
        let removes_missing = order.removes_missing.unwrap_or_else(|| owner.is_some() && structure.is_whole());
        if let Some(cvr) = authority {
            self.book = structure.into_book(&self.book, cvr, removes_missing);
        }
        self.pieces.push(Piece::Structure { points: structure.points.len(), pages: structure.pages });
        self.notices.extend(Some(structure.missing).filter(|missing| *missing > 0).map(Notice::PointsMissing));
        self.notices.extend(structure.notices.iter().cloned().map(Notice::Structure));
        self.structure = Some(StructureArrival { structure: Arc::new(structure), authority, removes_missing });
    }
}

fn load(path: &Path) -> Result<Incoming, Refusal> {
    let unreadable = |error: io::Error| Refusal::Unreadable(error.kind(), error.to_string());
    // Before it is opened: a pipe would wait for somebody to write.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Refusal::Unknown);
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let name = name_of(path);
    let kind = FileKind::of(&name, &bytes).ok_or(Refusal::Unknown)?;
    Ok(Incoming { name, kind, bytes })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn write(order: &WriteOrder) -> Result<bool, Trouble> {
    if !order.may_replace && order.path.exists() {
        return Err(Trouble::FileExists(order.path.clone()));
    }
    let authority = || order.book.authority(order.authority).ok_or(Trouble::Lost);
    let WriteOrder { path, book, kle, progress, .. } = order;
    let text = match &order.what {
        Outlet::Workbook => return written(write_workbook(path, book, order.authority, kle, progress)),
        Outlet::Csv(kind) => return written(write_csv(path, *kind, book, order.authority, kle, progress)),
        Outlet::Configuration => write_configuration(&order.book),
        Outlet::Package { environment, rules, made_at } => {
            write_package(&Package::of(authority()?, rules.as_ref(), environment, *made_at))
        }
    };
    write_whole(&order.path, text.as_bytes())?;
    Ok(true)
}

/// Whether it was written, and not stopped.
fn written(tables: Result<(), TablesNotWritten>) -> Result<bool, Trouble> {
    match tables {
        Ok(()) => Ok(true),
        Err(TablesNotWritten::Stopped(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl From<TablesNotWritten> for Trouble {
    fn from(error: TablesNotWritten) -> Self {
        match error {
            TablesNotWritten::Sheet(error) => error.into(),
            TablesNotWritten::TooLong { path, place } => Self::CellTooLong { path, place },
            TablesNotWritten::NoSuchAuthority(_) | TablesNotWritten::Stopped(_) => Self::Lost,
        }
    }
}

/// Where people keep their documents, or else their home.
pub fn documents() -> &'static Path {
    static DOCUMENTS: OnceLock<PathBuf> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let home = UserDirs::new();
        let directory = home.as_ref().map(|home| home.document_dir().unwrap_or(home.home_dir()));
        directory.unwrap_or(Path::new("")).to_owned()
    })
}

/// A path of that name, or with a number after it, where nothing stands yet.
fn free_path(directory: &Path, name: &str) -> PathBuf {
    let ending = "xlsx";
    let numbered = (2..).map(|number| format!("{name}-{number}.{ending}"));
    let mut names = std::iter::once(format!("{name}.{ending}")).chain(numbered);
    names.find_map(|name| Some(directory.join(name)).filter(|path| !path.exists())).unwrap_or_default()
}
