use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::archive::check_message;
use super::choices::DisguiseChoices;
use super::contents::{PackedMessage, TrainingPackage};
use super::disguise::Disguise;
use super::error::{PackageFault, PackageOrderError};
use super::limits::PackageLimits;
use super::stage::Stage;
use crate::clock;
use crate::exchange::Progress;
use crate::rules::{RuleBook, short_without_cpr};
use crate::store::{DaySpan, RecordedCalls, Store};
use crate::training::{MessageMaker, Wish};

/// What a training package is made from.
#[derive(Debug, Clone)]
pub struct PackageOrder {
    /// What people call it.
    pub name: String,
    /// What is replaced beyond what always is.
    pub choices: DisguiseChoices,
    /// How many of the journal's last days go into it; 0 for none.
    pub days: u16,
    /// The messages that go into it.
    pub messages: MessagesToPack,
    /// The file of a lesson.
    pub lesson: Option<PathBuf>,
}

/// Which messages go into a package.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum MessagesToPack {
    /// None.
    #[default]
    None,
    /// So many made-up ones, the same for the same seed.
    Made {
        /// How many.
        count: u32,
        /// The seed.
        seed: u64,
    },
    /// All files of a directory that end in `.xml`, as they are.
    Directory(PathBuf),
}

impl PackageOrder {
    /// Makes the package out of those rules and the journal. Says also how many calls were left out of it, as there were too
    /// many.
    ///
    /// # Errors
    ///
    /// [`PackageOrderError`]; then there is none.
    pub fn make(&self, book: &RuleBook, store: &Store) -> Result<(TrainingPackage, u64), PackageOrderError> {
        self.make_within(book, store, Stage::all(&Progress::default()))
    }

    /// Makes the package and its file. Says also what is in it, and how many calls were left out.
    ///
    /// # Errors
    ///
    /// As for [`PackageOrder::make`], and [`PackageOrderError::Stopped`] when `progress` was stopped.
    pub fn make_file(
        &self,
        book: &RuleBook,
        store: &Store,
        progress: &Progress,
    ) -> Result<(Vec<u8>, TrainingPackage, u64), PackageOrderError> {
        let all = Stage::all(progress);
        let (package, left_out) = self.make_within(book, store, all.part(0, 50))?;
        let file = package.write_within(all.part(50, 98))?;
        Ok((file, package, left_out))
    }

    fn make_within(
        &self,
        book: &RuleBook,
        store: &Store,
        stage: Stage<'_>,
    ) -> Result<(TrainingPackage, u64), PackageOrderError> {
        stage.reach(0, 100)?;
        let recorded = match self.days {
            0 => RecordedCalls::default(),
            days => store.recorded_calls(DaySpan::last(days, clock::today()), PackageLimits::CALLS)?,
        };
        book.compile().map_err(PackageOrderError::Faults)?;
        stage.reach(30, 100)?;
        let Disguise { book, calls } = Disguise::of(book, &recorded.calls, self.choices)?;
        stage.reach(60, 100)?;
        let lesson = self.lesson.as_deref().map(read_lesson).transpose()?;
        let messages = match &self.messages {
            MessagesToPack::None => Vec::new(),
            MessagesToPack::Made { count, seed } => made(&book, *count, *seed, stage.part(60, 100))?,
            MessagesToPack::Directory(directory) => found(directory, &book, stage.part(60, 100))?,
        };
        let package = TrainingPackage {
            name: short_without_cpr(self.name.trim(), PackageLimits::NAME),
            book,
            lesson,
            messages,
            calls,
        };
        Ok((package, recorded.left_out))
    }
}

fn read_lesson(path: &Path) -> Result<String, PackageOrderError> {
    const LESSON: &str = "opgave.toml";
    let bytes = read_file(path, PackageLimits::LESSON)?
        .ok_or_else(|| PackageFault::TooLarge(PackageLimits::LESSON).of(LESSON))?;
    Ok(String::from_utf8(bytes).map_err(|_| PackageFault::NotText.of(LESSON))?)
}

/// The bytes of a plain file; `None` where they are more than that many.
fn read_file(path: &Path, most: u64) -> Result<Option<Vec<u8>>, PackageOrderError> {
    let failed =
        |reason: &dyn std::fmt::Display| PackageOrderError::File { path: path.to_owned(), reason: reason.to_string() };
    // Checked before opening it: a pipe would block until somebody writes to it.
    if !fs::metadata(path).map_err(|error| failed(&error))?.is_file() {
        return Err(PackageOrderError::NotAFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| failed(&error))?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// Messages that are made to all authorities in turn.
fn made(book: &RuleBook, count: u32, seed: u64, stage: Stage<'_>) -> Result<Vec<PackedMessage>, PackageOrderError> {
    if count as usize > PackageLimits::MESSAGES {
        return Err(PackageFault::TooMany(PackageLimits::MESSAGES).of("meddelelser").into());
    }
    let makers: Vec<_> = book.authorities.iter().map(|to| MessageMaker::new(book, to, seed)).collect();
    let wish = Wish::any(1);
    let messages = (0..u64::from(count)).zip(makers.iter().cycle()).map(|(number, maker)| {
        stage.reach(number, count.into())?;
        let bytes = maker.message(number, &wish).bytes();
        Ok(PackedMessage { name: format!("{:04}.xml", number + 1), bytes })
    });
    messages.collect()
}

/// The messages of a directory, by their names.
fn found(directory: &Path, book: &RuleBook, stage: Stage<'_>) -> Result<Vec<PackedMessage>, PackageOrderError> {
    let failed =
        |error: std::io::Error| PackageOrderError::File { path: directory.to_owned(), reason: error.to_string() };
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml")) {
            paths.push(path);
        }
        if paths.len() > PackageLimits::MESSAGES {
            return Err(PackageFault::TooMany(PackageLimits::MESSAGES).of("meddelelser").into());
        }
    }
    if paths.is_empty() {
        return Err(PackageOrderError::NoMessages(directory.to_owned()));
    }
    paths.sort();
    let mut room = PackageLimits::MESSAGE_BYTES;
    let mut messages = Vec::with_capacity(paths.len());
    for (path, number) in paths.iter().zip(1..) {
        stage.reach(number, paths.len() as u64)?;
        let own = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let bytes =
            read_file(path, room)?.ok_or_else(|| PackageFault::TooLarge(PackageLimits::MESSAGE_BYTES).of(own))?;
        room -= bytes.len() as u64;
        check_message(&bytes, book).map_err(|fault| fault.of(own))?;
        // A file's own name may say anything of a person.
        messages.push(PackedMessage { name: format!("{number:04}.xml"), bytes });
    }
    Ok(messages)
}
