use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::read::{Purpose, complain_of, need_named, print_notices, read};
use super::{Conclusion, Failure, complain, counted, existing_store, open_store, tell};
use crate::clock;
use crate::desktop::wording::Wording;
use crate::exchange::{Arrival, FileKind, Refusal};
use crate::rules::{Authority, Cvr, Fagsystem, KlePlan, RuleBook, Trouble, without_cpr};
use crate::store::{LanguageChoice, PublicationNumber, Store};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Workbooks, CSV files, contact structures, KLE plans, a package or a configuration; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The authority that tables, contact points or a package come into, where the files do not say it
    #[arg(long, value_name = "CVR")]
    authority: Option<Cvr>,
    /// Print what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take nothing in when there is a notice either, or the analysis finds what it did not find before
    #[arg(long)]
    strict: bool,
}

/// What is published, which files are taken into.
#[derive(Default)]
struct Published {
    number: Option<PublicationNumber>,
    book: Arc<RuleBook>,
    kle: Option<KlePlan>,
}

impl Published {
    fn of(store: Option<&Store>) -> Self {
        let Some(store) = store else { return Self::default() };
        // Over one that cannot be read, a configuration can be taken in all the same.
        let newest = store.newest_publication().ok().flatten();
        Self {
            number: newest.as_ref().map(|publication| publication.number),
            book: newest.map(|publication| publication.book).unwrap_or_default(),
            kle: store.kle_plan().ok().flatten(),
        }
    }
}

impl Import {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let published = Published::of(existing_store(data)?.as_ref());
        let authority = self.authority.or(published.book.authorities.first().map(|it| it.cvr));
        let mut arrival = read(self.files.clone(), &published.book, authority, Purpose::TakeIn)?;
        need_named(self.authority, &arrival)?;
        self.need_authority(&arrival, &published.book)?;
        settle(&mut arrival, authority);
        if !arrival.refused.is_empty() {
            complain_of(&arrival, &self.files);
            return Ok(Conclusion::No);
        }
        if self.strict && !(arrival.notices.is_empty() && arrival.findings.is_empty()) {
            print_notices(&arrival);
            let notices = counted(arrival.notices.len() + arrival.findings.len(), "notice", "notices");
            complain(format_args!("Nothing was taken in: there are {notices}, and --strict allows none"));
            return Ok(Conclusion::No);
        }
        if self.dry_run {
            return Ok(rehearse(&arrival, &published));
        }
        take_in(&arrival, &published, data)
    }

    /// Of several authorities, nobody can know which one is meant.
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

/// Puts what a person would have been asked of where it belongs as far as that is clear, or refuses it.
fn settle(arrival: &mut Arrival, authority: Option<Cvr>) {
    if !arrival.refused.is_empty() {
        return;
    }
    let names = arrival.names_of_the_book();
    if let Some(package) = &arrival.package {
        let own = authority.and_then(|cvr| arrival.book.authority(cvr));
        match own.ok_or(Refusal::NoAuthority).and_then(|own| taken_over(own, &package.authority)) {
            Ok(taken) => arrival.replace_authority(taken, clock::today()),
            Err(refusal) => arrival.refused.push((names, refusal)),
        }
    } else if arrival.structure.as_ref().is_some_and(|it| it.authority.is_none()) && arrival.authority.is_none() {
        arrival.refused.push((names, Refusal::NoAuthority));
    }
}

/// The rules of a package here: fagsystems and contact points are those with the same id, or else the same name.
fn taken_over(own: &Authority, theirs: &Authority) -> Result<Authority, Refusal> {
    let transfer = own.suggest_transfer(theirs);
    own.take_over(theirs, &transfer).map_err(Refusal::NoCounterpart)
}

/// Prints what would change.
fn rehearse(arrival: &Arrival, published: &Published) -> Conclusion {
    let wording = Wording::in_language(LanguageChoice::English);
    let kle = arrival.kle.as_deref().or(published.kle.as_ref()).cloned().unwrap_or_default();
    let differences = published.book.compare(&arrival.book);
    for difference in &differences {
        tell(format_args!("{}", wording.difference(&kle, &published.book, &arrival.book, difference)));
        for part in difference.parts() {
            tell(format_args!("  {}", wording.difference(&kle, &published.book, &arrival.book, &part)));
        }
    }
    if let Some(new) = &arrival.kle {
        let change = published.kle.clone().unwrap_or_default().change_to(new);
        let (added, removed, renamed) = (change.added, change.removed, change.renamed);
        tell(format_args!("The KLE plan: {added} new numbers, {removed} fewer, {renamed} new titles"));
    }
    print_notices(arrival);
    let changes = counted(differences.len(), "change", "changes");
    tell(format_args!("{changes}; nothing was taken in"));
    Conclusion::Done
}

fn take_in(arrival: &Arrival, published: &Published, data: &Path) -> Result<Conclusion, Failure> {
    let rules = arrival.book.compile()?;
    let store = open_store(data)?;
    if arrival.is_of_the_book() {
        let is_alone = arrival.files.iter().all(|file| file.kind == Some(FileKind::Configuration));
        if !is_alone && published.book.compare(&arrival.book).is_empty() {
            tell(format_args!("The files say what is published already; nothing was published"));
        } else {
            let note = format!("Import: {}", without_cpr(&arrival.names_of_the_book()));
            // A configuration replaces whatever there is; anything else was worked out from what was there.
            let number = if is_alone {
                store.publish_over(&rules, note)?
            } else {
                store.publish(&rules, note, published.number)?
            };
            tell_published(&arrival.book, &published.book, number);
        }
    }
    if let Some(plan) = &arrival.kle {
        store.save_kle_plan(plan)?;
        tell(format_args!("Took the KLE plan in: {}", counted(plan.len(), "number", "numbers")));
    }
    for told in &arrival.notices {
        tell(format_args!("notice: {}: {}", without_cpr(&told.file), told.notice));
    }
    Ok(Conclusion::Done)
}

fn tell_published(book: &RuleBook, before: &RuleBook, number: PublicationNumber) {
    let rules: usize = book.authorities.iter().map(|authority| authority.rules.len()).sum();
    let authorities = counted(book.authorities.len(), "authority", "authorities");
    tell(format_args!("Published as number {number}: {authorities}, {}", counted(rules, "rule", "rules")));
    let new = book.new_addresses(before);
    if !new.is_empty() {
        tell(format_args!("Messages will now also go to:"));
    }
    for address in new {
        let Fagsystem { id, endpoint, .. } = address.fagsystem;
        tell(format_args!("  {} ({id} of {})", endpoint.in_full(), address.authority));
    }
    for finding in book.findings(clock::today()) {
        if matches!(finding.trouble, Trouble::Unencrypted(_) | Trouble::SecretUnencrypted(_)) {
            tell(format_args!("warning: {finding}"));
        }
    }
}
