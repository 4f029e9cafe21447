//! Lessons: which there are, how far people have come, and whether the one that is under way is solved.

use std::fs::File;
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::lesson_builder::{LessonDraft, lesson_draft};
use super::services::Services;
use super::system::is_left_alone;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::rules::FagsystemId;
use crate::store::{LessonProgress, LessonUnderWay, MachineProgress, Store, StoredLesson};
use crate::training::{Evidence, InTwoLanguages, Lesson, LessonError, LessonProblem, Verdict, practice_path};

/// More than this is never read of a file: it is more than a lesson may have.
const MOST_BYTES: u64 = 256 * 1024 + 1;
/// The longest name of somebody who learns, in characters.
const LONGEST_NAME: usize = 80;

/// The lessons, and how far people have come with them.
#[derive(Debug, Clone)]
pub struct LessonsNow {
    /// Those that come with the program, in the order in which they are taught, and then those from files.
    pub lessons: Arc<Vec<Lesson>>,
    /// The day that their days are counted from.
    pub day: Date,
    /// The one that training has begun with.
    pub under_way: Option<LessonUnderWay>,
    /// Who learns; empty until a name was given.
    pub learner: String,
    /// How far everybody has come on this machine.
    pub progress: Vec<LessonProgress>,
    /// The lesson that is being recorded or written.
    pub draft: Option<LessonDraft>,
    /// How far people have come on other machines, as far as it was taken in.
    pub gathered: Vec<MachineProgress>,
}

/// A lesson that has been checked.
#[derive(Debug, Clone)]
pub struct CheckedLesson {
    /// What its file calls it.
    pub id: String,
    /// What came of it.
    pub verdict: Verdict,
}

impl Services {
    /// The lessons as they are on that day. Those that are `known` already, from the same day, are not read again.
    pub async fn lessons(self: Arc<Self>, day: Date, known: Option<Arc<Vec<Lesson>>>) -> Result<LessonsNow, Error> {
        self.with_store(move |store| {
            let lessons = match known {
                Some(lessons) => lessons,
                None => Arc::new(all_lessons(store, day)?),
            };
            Ok(LessonsNow {
                lessons,
                day,
                under_way: store.lesson_under_way()?,
                learner: store.learner()?,
                progress: store.lesson_progress()?,
                draft: lesson_draft(store)?,
                gathered: store.room_progress()?,
            })
        })
        .await
    }

    /// Whether training has begun with a lesson.
    pub fn has_lesson(&self) -> bool {
        self.is_training() && matches!(self.store.lesson_under_way(), Ok(Some(_)))
    }

    /// Whether a lesson is being recorded.
    pub fn is_recording_lesson(&self) -> bool {
        self.is_training() && matches!(self.store.lesson_recording(), Ok(Some(recording)) if !recording.is_over)
    }

    /// Stops what runs and empties the training data, which begin with that lesson from now on; `None`: with the sample
    /// municipality.
    pub async fn begin_lesson(self: Arc<Self>, id: Option<String>) -> Result<(), Error> {
        Arc::clone(&self).reset_training().await?;
        self.with_store(move |store| Ok(store.choose_lesson(id.as_deref())?)).await
    }

    /// Has the practice fagsystems answer again as the lesson that is under way has them answer at first.
    pub(super) async fn resume_lesson_moods(self: Arc<Self>, practice: SocketAddr) -> Result<(), Error> {
        let day = clock::today();
        let find = move |store: &Store| match store.lesson_under_way()? {
            Some(under_way) => Ok(Lesson::find(store, &under_way.id, day).ok()),
            None => Ok(None),
        };
        if let Some(lesson) = Arc::clone(&self).with_store(find).await? {
            self.set_lesson_moods(&lesson, practice, day);
        }
        Ok(())
    }

    pub(super) fn set_lesson_moods(&self, lesson: &Lesson, practice: SocketAddr, day: Date) {
        let Ok(book) = lesson.begin(practice, day) else { return };
        let path = |id: &FagsystemId| {
            let fagsystem = book.authorities.iter().find_map(|authority| authority.fagsystem(id))?;
            practice_path(&fagsystem.endpoint, practice)
        };
        for (id, mood) in &lesson.moods {
            if let Some(path) = path(id) {
                self.set_practice_mood(Some(&path), *mood);
            }
        }
    }

    /// Sends the lesson's messages through the rules in force, and records what came of it.
    pub async fn check_lesson(
        self: Arc<Self>,
        lessons: Arc<Vec<Lesson>>,
        id: String,
        answers: Vec<Option<usize>>,
        now: Timestamp,
    ) -> Result<CheckedLesson, Error> {
        self.with_store(move |store| {
            let lesson = lessons.iter().find(|lesson| lesson.id == id).ok_or_else(|| Error::NoLesson(id.clone()))?;
            let newest = store.newest_publication()?.ok_or(Error::Lost)?;
            let (rules, accepted) = (newest.book.compile()?, store.accepted_in_lesson()?);
            let today = clock::day_of(now);
            let verdict = lesson.check(&Evidence { rules: &rules, today, accepted: &accepted, answers: &answers });
            store.lesson_checked(&id, verdict.is_solved().then_some(verdict.rules), now)?;
            Ok(CheckedLesson { id, verdict })
        })
        .await
    }

    /// Records that so many hints of a lesson have been shown.
    pub async fn show_lesson_hints(self: Arc<Self>, id: String, shown: usize, now: Timestamp) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.lesson_hints_shown(&id, shown, now)?)).await
    }

    /// Records who learns from now on, or for `is_same` what the one who learns now is really called.
    pub async fn name_learner(self: Arc<Self>, name: String, is_same: bool) -> Result<(), Error> {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        let keep = move |store: &Store| if is_same { store.correct_learner(&name) } else { store.name_learner(&name) };
        self.with_store(move |store| Ok(keep(store)?)).await
    }

    /// Takes in a lesson from a file, in place of one with the same id, and returns its id and title. The program's own are not replaced.
    pub async fn take_in_lesson(self: Arc<Self>, path: PathBuf, day: Date) -> Result<(String, InTwoLanguages), Error> {
        self.with_store(move |store| {
            let file = path.display().to_string();
            let text = read_text(&path).map_err(|reason| Error::File { path: file.clone(), reason })?;
            let wrong = |error| Error::Lesson { file: file.clone(), error: Arc::new(error) };
            let lesson = Lesson::read(&text, day).map_err(wrong)?;
            if built_in(day)?.iter().any(|own| own.id == lesson.id) {
                let reason = LessonProblem::IdTaken(lesson.id);
                return Err(wrong(LessonError::Wrong { place: "id".to_owned(), reason }));
            }
            store.keep_lesson(&StoredLesson { id: lesson.id.clone(), file: text })?;
            Ok((lesson.id, lesson.title))
        })
        .await
    }

    /// Lets the person choose the file of a lesson; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_lesson_file() -> Option<PathBuf> {
        if is_left_alone() {
            return None;
        }
        let dialog = rfd::AsyncFileDialog::new().add_filter("TOML", &["toml"]).add_filter("*", &["*"]);
        Some(dialog.pick_file().await?.path().to_owned())
    }
}

fn built_in(day: Date) -> Result<Vec<Lesson>, Error> {
    let wrong = |(file, error): (&str, LessonError)| Error::Lesson { file: file.to_owned(), error: Arc::new(error) };
    Lesson::built_in(day).map_err(wrong)
}

fn all_lessons(store: &Store, day: Date) -> Result<Vec<Lesson>, Error> {
    let mut lessons = built_in(day)?;
    // One that an older program took in and this one cannot read is left out.
    let stored = store.stored_lessons()?.into_iter().filter_map(|stored| Lesson::read(&stored.file, day).ok());
    lessons.extend(stored);
    Ok(lessons)
}

fn read_text(path: &Path) -> Result<String, String> {
    let said = |error: std::io::Error| error.to_string();
    // Opening a pipe would wait for somebody to write to it.
    if !path.metadata().map_err(said)?.is_file() {
        return Err("it is not a file".to_owned());
    }
    let mut text = String::new();
    File::open(path).map_err(said)?.take(MOST_BYTES).read_to_string(&mut text).map_err(said)?;
    Ok(text)
}
