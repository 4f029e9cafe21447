use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::clock;
use crate::command::broken_guards;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{existing_store, open_store};
use crate::command::dropped::Dropped;
use crate::command::files::{Purpose, need_named, print_faults, read};
use crate::command::terminal::{counted, eprint_line, print_line};
use crate::desktop::wording::Wording;
use crate::exchange::{Arrival, FileKind, ImportError};
use crate::language::LanguageChoice;
use crate::rules::{Authority, BrokenGuard, Cvr, Difference, Fagsystem, KlePlan, RuleBook, Severity, without_cpr};
use crate::store::{DataPlace, PublicationNumber, Store};

#[derive(Debug, Args)]
pub(in crate::command) struct Import {
    /// Workbooks, CSV files, contact structures, KLE plans, a package or a configuration; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The authority that tables, contact points or a package come into, where the files do not say it
    #[arg(long, value_name = "CVR")]
    authority: Option<Cvr>,
    /// Print what would change, what the analysis would find, and what would be dropped; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take nothing in when there is a notice either, or the analysis finds what it did not find before (marked as new)
    #[arg(long)]
    strict: bool,
    /// Publish although a guard is broken, for this reason, which is kept in the publication's note
    #[arg(long, value_name = "WHY", value_parser = read_reason)]
    despite_guards: Option<String>,
}

/// The publication that files are imported into, and the window's draft.
#[derive(Default)]
struct Published {
    number: Option<PublicationNumber>,
    book: Arc<RuleBook>,
    kle: Option<KlePlan>,
    draft: Option<UnpublishedDraft>,
}

/// A draft and the publication that it is based on.
struct UnpublishedDraft {
    base: Arc<RuleBook>,
    book: Arc<RuleBook>,
}

impl Published {
    fn of(store: Option<&Store>) -> Self {
        let Some(store) = store else { return Self::default() };
        // An unreadable publication must not keep a configuration from replacing it.
        let newest = store.newest_publication().ok().flatten();
        Self {
            number: newest.as_ref().map(|publication| publication.number),
            book: newest.map(|publication| publication.book).unwrap_or_default(),
            kle: store.kle_plan().ok().flatten(),
            draft: UnpublishedDraft::of(store),
        }
    }
}

impl Published {
    /// Whether the files make another publication.
    fn is_replaced_by(&self, arrival: &Arrival) -> bool {
        arrival.is_of_the_book() && (is_configuration(arrival) || !self.book.compare(&arrival.book).is_empty())
    }

    /// The guards that a publication of the files would break; none where the files make no publication.
    fn broken_by(&self, arrival: &Arrival) -> Vec<BrokenGuard> {
        if !self.is_replaced_by(arrival) {
            return Vec::new();
        }
        // A book that contradicts itself is refused for that.
        arrival.book.compile().map(|rules| rules.broken_guards(clock::today())).unwrap_or_default()
    }
}

impl UnpublishedDraft {
    fn of(store: &Store) -> Option<Self> {
        let draft = store.draft().ok()?;
        let book = draft.book?;
        let base = draft.based_on.and_then(|number| store.publication(number).ok().flatten());
        Some(Self { base: base.map(|publication| publication.book).unwrap_or_default(), book })
    }

    /// The draft's changes that another book lacks.
    fn lacking_in(&self, book: &RuleBook) -> Vec<Difference> {
        let taken = self.base.compare(book);
        self.base.compare(&self.book).into_iter().filter(|change| !taken.contains(change)).collect()
    }
}

impl Import {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let published = Published::of(existing_store(data)?.as_ref());
        let authority = self.authority.or(published.book.authorities.first().map(|it| it.cvr));
        let mut arrival = read(self.files.clone(), &published.book, authority, Purpose::TakeIn)?;
        need_named(self.authority, &arrival)?;
        self.need_authority(&arrival, &published.book)?;
        settle(&mut arrival, authority);
        if !arrival.refused.is_empty() {
            print_faults(&arrival, &self.files);
            return Ok(Conclusion::No);
        }
        if self.strict && !(arrival.notices.is_empty() && arrival.findings.is_empty()) {
            report(&arrival, &published);
            let notices = counted(arrival.notices.len() + arrival.findings.len(), "notice", "notices");
            eprint_line(format_args!("Nothing was taken in: there are {notices}, and --strict allows none"));
            return Ok(Conclusion::No);
        }
        let broken = published.broken_by(&arrival);
        let is_refused = !broken.is_empty() && self.despite_guards.is_none();
        if self.dry_run {
            return Ok(rehearse(&arrival, &published, &broken, is_refused));
        }
        if is_refused {
            eprint_line(format_args!("{}", broken_guards::refusal(&broken)));
            for broken in &broken {
                eprint_line(format_args!("  {}", broken_guards::line(broken)));
            }
            return Ok(Conclusion::No);
        }
        let despite = self.despite_guards.filter(|_| !broken.is_empty()).map(|why| {
            let wording = Wording::in_language(LanguageChoice::Danish);
            without_cpr(&wording.despite_guards(&broken, &why)).into_owned()
        });
        take_in(&arrival, &published, despite.as_deref(), data)
    }

    /// Fails if the files do not name their authority and there are several.
    fn need_authority(&self, arrival: &Arrival, book: &RuleBook) -> Result<(), Failure> {
        if self.authority.is_some() || book.authorities.len() < 2 || !arrival.refused.is_empty() {
            return Ok(());
        }
        let is_open = arrival.needs_authority();
        if !is_open {
            return Ok(());
        }
        let known: Vec<_> = book.authorities.iter().map(|it| it.cvr.to_string()).collect();
        Err(format!(
            "the files do not say which authority they are of; name it with --authority <CVR>: {}",
            known.join(", ")
        )
        .into())
    }
}

/// Decides what the window would ask the user, where the answer is clear; else refuses the files.
fn settle(arrival: &mut Arrival, authority: Option<Cvr>) {
    if !arrival.refused.is_empty() {
        return;
    }
    let names = arrival.names_of_the_book();
    if let Some(package) = &arrival.package {
        let own = authority.and_then(|cvr| arrival.book.authority(cvr));
        match own.ok_or(ImportError::NoAuthority).and_then(|own| taken_over(own, &package.authority)) {
            Ok(taken) => arrival.replace_authority(taken, clock::today()),
            Err(refusal) => arrival.refused.push((names, refusal)),
        }
    } else if arrival.structure.as_ref().is_some_and(|it| it.authority.is_none()) && arrival.authority.is_none() {
        arrival.refused.push((names, ImportError::NoAuthority));
    }
}

/// Maps a package's fagsystems and contact points to those with the same id, else the same name.
fn taken_over(own: &Authority, theirs: &Authority) -> Result<Authority, ImportError> {
    let transfer = own.suggest_transfer(theirs);
    own.take_over(theirs, &transfer).map_err(ImportError::NoCounterpart)
}

/// Prints what would change and which guards would be broken, for `--dry-run`.
fn rehearse(arrival: &Arrival, published: &Published, broken: &[BrokenGuard], is_refused: bool) -> Conclusion {
    let changes = counted(report(arrival, published), "change", "changes");
    for broken in broken {
        print_line(format_args!("{}", broken_guards::line(broken)));
    }
    print_line(format_args!("{changes}; nothing was taken in"));
    if is_refused { Conclusion::No } else { Conclusion::Done }
}

/// Prints what the files change, what they drop, and what the analysis finds in the result. Returns the number of changes.
fn report(arrival: &Arrival, published: &Published) -> usize {
    let kle = arrival.kle.as_deref().or(published.kle.as_ref()).cloned().unwrap_or_default();
    let differences = published.book.compare(&arrival.book);
    for difference in &differences {
        print_difference(&kle, &published.book, &arrival.book, "", difference);
        for part in difference.parts() {
            print_difference(&kle, &published.book, &arrival.book, "  ", &part);
        }
    }
    if let Some(new) = &arrival.kle {
        let change = published.kle.clone().unwrap_or_default().change_to(new);
        let (added, removed, renamed) = (change.added, change.removed, change.renamed);
        print_line(format_args!("The KLE plan: {added} new numbers, {removed} fewer, {renamed} new titles"));
    }
    if arrival.is_of_the_book() {
        print_dropped(&kle, arrival, published);
    }
    for told in &arrival.notices {
        print_line(format_args!("notice: {}: {}", without_cpr(&told.file), told.notice));
    }
    if arrival.is_of_the_book() {
        print_findings(arrival);
    }
    differences.len()
}

fn print_difference(kle: &KlePlan, before: &RuleBook, after: &RuleBook, indent: &str, difference: &Difference) {
    let sentence = Wording::in_language(LanguageChoice::English).difference(kle, before, after, difference);
    print_line(format_args!("{indent}{}", without_cpr(&sentence)));
}

/// Prints what the publication or the window's draft has and the files lack.
fn print_dropped(kle: &KlePlan, arrival: &Arrival, published: &Published) {
    for line in Dropped::between(&published.book, &arrival.book).lines() {
        print_line(format_args!("dropped: {line}"));
    }
    let Some(draft) = &published.draft else { return };
    let lacking = draft.lacking_in(&arrival.book);
    if lacking.is_empty() {
        return;
    }
    let changes = counted(lacking.len(), "unpublished change", "unpublished changes");
    print_line(format_args!("dropped: {changes} in the window's draft, which stays a draft and is not in the files:"));
    for change in &lacking {
        print_difference(kle, &draft.base, &draft.book, "  ", change);
    }
}

/// Prints the findings of `check` on the result, and marks those that the publication does not have.
fn print_findings(arrival: &Arrival) {
    // Both lists are in the same order.
    let mut new = arrival.findings.iter().map(|(_, finding)| finding).peekable();
    for finding in arrival.book.findings(clock::today()) {
        let kind = match finding.kind.severity() {
            Severity::Information => continue,
            Severity::Fault => "fault",
            Severity::Warning => "warning",
        };
        let mark = if new.next_if(|new| **new == finding).is_some() { " (new)" } else { "" };
        print_line(format_args!("{kind}: {finding}{mark}"));
    }
}

fn take_in(
    arrival: &Arrival,
    published: &Published,
    despite: Option<&str>,
    data: &DataPlace,
) -> Result<Conclusion, Failure> {
    let rules = arrival.book.compile()?;
    let store = open_store(data)?;
    if arrival.is_of_the_book() {
        let is_alone = is_configuration(arrival);
        if published.is_replaced_by(arrival) {
            let note = format!("Import: {}", without_cpr(&arrival.names_of_the_book()));
            let note = despite.map_or(note.clone(), |despite| format!("{note}. {despite}"));
            // A configuration replaces whatever is published. Anything else was applied to `published.number`, which must
            // still be the newest.
            let number = if is_alone {
                store.publish_over(&rules, store.imprint(note)?)?
            } else {
                store.publish(&rules, store.imprint(note)?, published.number)?
            };
            print_published(&arrival.book, &published.book, number);
        } else {
            print_line(format_args!("The files say what is published already; nothing was published"));
        }
        report(arrival, published);
    }
    if let Some(plan) = &arrival.kle {
        store.save_kle_plan(plan)?;
        print_line(format_args!("Took the KLE plan in: {}", counted(plan.len(), "number", "numbers")));
    }
    if !arrival.is_of_the_book() {
        report(arrival, published);
    }
    Ok(Conclusion::Done)
}

/// Whether the files are whole configurations, which replace whatever is published.
fn is_configuration(arrival: &Arrival) -> bool {
    arrival.files.iter().all(|file| file.kind == Some(FileKind::Configuration))
}

fn read_reason(text: &str) -> Result<String, &'static str> {
    let reason = text.trim();
    if reason.is_empty() { Err("write why the guards may be broken") } else { Ok(reason.to_owned()) }
}

fn print_published(book: &RuleBook, before: &RuleBook, number: PublicationNumber) {
    let rules: usize = book.authorities.iter().map(|authority| authority.rules.len()).sum();
    let authorities = counted(book.authorities.len(), "authority", "authorities");
    print_line(format_args!("Published as number {number}: {authorities}, {}", counted(rules, "rule", "rules")));
    let new = book.new_addresses(before);
    if !new.is_empty() {
        print_line(format_args!("Messages will now also go to:"));
    }
    for address in new {
        let Fagsystem { id, endpoint, .. } = address.fagsystem;
        print_line(format_args!("  {} ({id} of {})", endpoint.in_full(), address.authority));
    }
}
