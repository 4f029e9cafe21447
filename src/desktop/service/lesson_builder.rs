//! The builder of lessons: records one from what a trainer does, keeps it while it is written, and checks it as every lesson is.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::services::Services;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::exchange::write_atomically;
use crate::rules::{Difference, FagsystemId, RuleBook};
use crate::store::{LessonRecording, Store, StoredLesson};
use crate::training::{
    Lesson, LessonError, LessonFile, LessonFlaw, LessonProblem, PracticeMood, RecordedLetters, practice_path,
    sample_book,
};

/// A lesson that is being recorded or written.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonDraft {
    /// When its recording was begun.
    pub begun_at: Timestamp,
    /// Whether its solution has been taken.
    pub is_over: bool,
    /// What it says so far.
    pub file: LessonFile,
    /// Where the practice fagsystems are that its rules name.
    pub practice: SocketAddr,
    /// How many letters have come since it was begun. Not counted once it is over.
    pub letters: u64,
}

/// What of the rules in force a lesson cannot begin with; nothing where it was begun.
#[derive(Debug, Clone, Default)]
pub struct UnlikeSample {
    pub differences: Vec<Difference>,
    /// The sample municipality and the rules in force, between which they are.
    pub books: [Arc<RuleBook>; 2],
}

/// What a check of a lesson that is being written has found.
#[derive(Debug, Clone)]
pub enum LessonProof {
    /// It cannot be read.
    Unreadable(LessonError),
    /// What keeps it from being a lesson; nothing where it is one.
    Flaws(Vec<LessonFlaw>),
}

/// A lesson to be written to a file, and where.
#[derive(Debug, Clone)]
pub struct LessonRequest {
    pub file: LessonFile,
    pub path: PathBuf,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
}

impl LessonDraft {
    /// The day that its days are counted from.
    pub fn day(&self) -> Date {
        clock::day_of(self.begun_at)
    }
}

impl Services {
    /// Begins to record a lesson, which begins with the rules in force and with practice fagsystems as they answer now.
    pub async fn begin_lesson_recording(self: Arc<Self>, now: Timestamp) -> Result<UnlikeSample, Error> {
        let room = self.practice_inboxes();
        self.with_store(move |store| {
            let newest = store.newest_publication()?.ok_or(Error::Lost)?;
            let practice = practice(store)?;
            let mut moods: BTreeMap<FagsystemId, PracticeMood> = BTreeMap::new();
            let fagsystems = newest.book.authorities.first().into_iter().flat_map(|authority| &authority.fagsystems);
            for fagsystem in fagsystems {
                if let (Some(room), Some(path)) = (&room, practice_path(&fagsystem.endpoint, practice)) {
                    moods.insert(fagsystem.id.clone(), room.mood(&path));
                }
            }
            match LessonFile::starting(&newest.book, &moods, practice, clock::day_of(now)) {
                Ok(lesson) => {
                    store.begin_lesson_recording(&lesson.write(), now)?;
                    Ok(UnlikeSample::default())
                }
                Err(differences) => {
                    Ok(UnlikeSample { differences, books: [Arc::new(sample_book(practice)), newest.book] })
                }
            }
        })
        .await
    }

    /// Takes the draft's rules for the solution of the lesson that is being recorded, and proposes goals for what was sent.
    pub async fn end_lesson_recording(self: Arc<Self>, draft: Arc<RuleBook>) -> Result<(), Error> {
        self.with_store(move |store| end_recording(store, Some(&draft))).await
    }

    /// Keeps the lesson as it is written now.
    pub async fn keep_lesson_draft(self: Arc<Self>, file: LessonFile) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.keep_lesson_recording(&file.write())?)).await
    }

    /// Forgets the lesson that was recorded.
    pub async fn forget_lesson_draft(self: Arc<Self>) -> Result<(), Error> {
        self.with_store(|store| Ok(store.forget_lesson_recording()?)).await
    }

    /// Checks a lesson as every lesson is: that it can be read, that its solution solves it with its par of rules, and that doing
    /// nothing does not.
    pub async fn prove_lesson(file: LessonFile, day: Date) -> LessonProof {
        let prove = move || match read(&file, day) {
            Ok(lesson) => LessonProof::Flaws(lesson.flaws(day)),
            Err(error) => LessonProof::Unreadable(error),
        };
        let lost = LessonError::Wrong { place: String::new(), reason: LessonProblem::Unwritable };
        spawn_blocking(prove).await.unwrap_or(LessonProof::Unreadable(lost))
    }

    /// Writes a lesson to a file, whole or not at all.
    pub async fn write_lesson(request: LessonRequest) -> Result<PathBuf, Error> {
        let write = move || {
            if !request.may_replace && request.path.exists() {
                return Err(Error::FileExists(request.path));
            }
            write_atomically(&request.path, request.file.write().as_bytes())?;
            Ok(request.path)
        };
        spawn_blocking(write).await.unwrap_or(Err(Error::Lost))
    }

    /// Puts a lesson among those that can be begun, in place of one with the same id, and returns its id.
    pub async fn take_in_built_lesson(self: Arc<Self>, file: LessonFile, day: Date) -> Result<String, Error> {
        self.with_store(move |store| {
            let wrong = |error| Error::Lesson { file: file.id.clone(), error: Arc::new(error) };
            let lesson = read(&file, day).map_err(wrong)?;
            store.keep_lesson(&StoredLesson { id: lesson.id.clone(), file: file.write() })?;
            Ok(lesson.id)
        })
        .await
    }
}

/// Reads a lesson as others would read its file.
fn read(file: &LessonFile, day: Date) -> Result<Lesson, LessonError> {
    let lesson = Lesson::read(&file.write(), day)?;
    if Lesson::built_in(day).is_ok_and(|lessons| lessons.iter().any(|own| own.id == lesson.id)) {
        return Err(LessonError::Wrong { place: "id".to_owned(), reason: LessonProblem::IdTaken(lesson.id) });
    }
    Ok(lesson)
}

/// The lesson that is being recorded or written in those data.
pub(super) fn lesson_draft(store: &Store) -> Result<Option<LessonDraft>, Error> {
    let Some(recording) = store.lesson_recording()? else { return Ok(None) };
    // One that another version of the program has begun, and this one cannot read, is as good as none.
    let Ok(file) = LessonFile::read(&recording.lesson) else { return Ok(None) };
    let LessonRecording { begun_at, last_row, is_over, .. } = recording;
    let letters = if is_over { 0 } else { store.traffic(begun_at, last_row)?.count() };
    Ok(Some(LessonDraft { begun_at, is_over, file, practice: practice(store)?, letters }))
}

/// Takes these rules for the solution of the lesson that is being recorded, or for `None` those of the draft in the data. Does
/// nothing where none is.
pub(super) fn end_recording(store: &Store, solution: Option<&RuleBook>) -> Result<(), Error> {
    let Some(recording) = store.lesson_recording()?.filter(|recording| !recording.is_over) else { return Ok(()) };
    let Ok(mut file) = LessonFile::read(&recording.lesson) else { return Ok(store.forget_lesson_recording()?) };
    let kept = match solution {
        Some(_) => None,
        None => match store.draft()?.book {
            Some(book) => Some(book),
            None => store.newest_publication()?.map(|publication| publication.book),
        },
    };
    let (practice, day) = (practice(store)?, clock::day_of(recording.begun_at));
    let traffic = store.traffic(recording.begun_at, recording.last_row)?;
    let letters = RecordedLetters {
        kinds: traffic.messages().map(|(facts, count)| (facts.clone(), count)).collect(),
        accepted: store.accepted_after(recording.last_row)?,
    };
    if let Some(book) = solution.or(kept.as_deref()) {
        // What has faults stays without a solution or without goals, and the check says so.
        let taken = file.take_solution(book, practice, day);
        let _ = taken.and_then(|()| file.propose_goals(&letters, practice, day));
    }
    Ok(store.end_lesson_recording(&file.write())?)
}

/// Where the practice fagsystems are that the rules of those data name.
fn practice(store: &Store) -> Result<SocketAddr, Error> {
    Ok(store.window_settings()?.practice.unwrap_or(([127, 0, 0, 1], super::practice::PRACTICE_PORT).into()))
}
