//! *Byg en opgave*: records a lesson from what a trainer does, and lets it be written, checked, saved and tried.
//!
//! The lesson is kept in the training data at every change, so that it outlives other pages, the window and a new beginning.

mod edits;
mod goal_edit;
mod goal_form;
mod goal_words;
mod proof;
mod recording;
mod saving;
mod writing;

use std::sync::Arc;

use iced::Element;
use iced::widget::text_editor;
use jiff::Timestamp;

pub use self::edits::LessonEdit;
use self::saving::Saving;
pub use self::saving::SavingMessage;
use crate::LanguageChoice;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{LessonDraft, LessonProof, Services, UnlikeSample};
use crate::rules::RuleBook;
use crate::training::{InTwoLanguages, LessonFile, Recorded};

const TITLE_FIELD: &str = "lesson-builder-title";

/// What is recorded or written, as it stands in the window.
#[derive(Debug, Default)]
pub(super) struct Builder {
    draft: Option<LessonDraft>,
    /// The text in both languages, while it is edited.
    texts: [text_editor::Content; 2],
    /// The rules of the start and of the solution; `None` where they have faults, or nothing is recorded.
    books: Option<[Arc<RuleBook>; 2]>,
    /// What has been recorded so far, and the draft's rules that it was found in.
    recorded: Option<(Arc<RuleBook>, Recorded)>,
    unlike: UnlikeSample,
    open_goal: Option<usize>,
    keeping: Keeping,
    proof: Proof,
    saving: Option<Saving>,
    /// Whether it was asked to throw it away.
    asks: bool,
    is_busy: bool,
}

/// Whether the lesson is kept as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Keeping {
    #[default]
    Kept,
    Changed,
    UnderWay,
    /// It is being kept, and has changed since that began.
    ChangedAgain,
}

/// What a check has said of the lesson as it stands.
#[derive(Debug, Clone, Default)]
enum Proof {
    #[default]
    Missing,
    UnderWay,
    /// A check of what it said before is under way.
    Overtaken,
    Found(LessonProof),
}

#[derive(Debug, Clone)]
pub enum BuilderMessage {
    Record,
    /// It was begun, or cannot begin with what else differs.
    Began(Result<UnlikeSample, Error>),
    Finish,
    Finished(Result<(), Error>),
    /// Ask whether to throw it away.
    AskToForget(bool),
    Forget,
    Forgotten(Result<(), Error>),
    /// A change of what it says.
    Edit(LessonEdit),
    Retake,
    Kept(Result<(), Error>),
    Proved(Box<LessonProof>),
    Saving(SavingMessage),
}

impl Builder {
    /// Takes in what the data say of it, unless it is what stands here already.
    pub fn load(&mut self, draft: Option<&LessonDraft>) {
        let key = |draft: &LessonDraft| -> (Timestamp, bool) { (draft.begun_at, draft.is_over) };
        if self.draft.as_ref().map(key) == draft.map(key) {
            if let (Some(own), Some(draft)) = (&mut self.draft, draft) {
                (own.letters, own.practice) = (draft.letters, draft.practice);
            }
            return;
        }
        *self = Self { draft: draft.cloned(), ..Self::default() };
        if let Some(draft) = draft {
            let text = &draft.file.text;
            self.texts = [&text.danish, &text.english].map(|text| text_editor::Content::with_text(text));
            self.read_books();
        }
    }

    fn read_books(&mut self) {
        let books = self.draft.as_ref().and_then(|it| it.file.books(it.practice, it.day()).ok());
        self.books = books.map(|(start, solution)| [Arc::new(start), Arc::new(solution)]);
    }

    /// Whether something is being recorded now.
    pub fn is_recording(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| !draft.is_over)
    }

    /// Whether there is something that was recorded and can be written on.
    pub fn is_written(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.is_over)
    }

    /// Looks at what the draft's rules are by now.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        let Some(draft) = self.draft.as_ref().filter(|draft| !draft.is_over) else { return };
        let book = scene.bench.book();
        if self.recorded.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, book)) {
            return;
        }
        let recorded = draft.file.recorded(book, draft.practice, draft.day()).ok();
        self.recorded = recorded.map(|recorded| (Arc::clone(book), recorded));
    }

    /// Keeps and checks what has changed.
    pub fn follow(&mut self, scene: Scene<'_>) -> Action<BuilderMessage> {
        if !self.is_written() {
            return Action::None;
        }
        self.keep(scene).then(self.prove(scene))
    }

    fn keep(&mut self, scene: Scene<'_>) -> Action<BuilderMessage> {
        let Some(draft) = self.draft.as_ref().filter(|_| self.keeping == Keeping::Changed) else { return Action::None };
        self.keeping = Keeping::UnderWay;
        let file = draft.file.clone();
        scene.serve(move |services| services.keep_lesson_draft(file), BuilderMessage::Kept)
    }

    fn prove(&mut self, scene: Scene<'_>) -> Action<BuilderMessage> {
        if !matches!(self.proof, Proof::Missing) {
            return Action::None;
        }
        let Some(file) = self.complete(scene) else { return Action::None };
        self.proof = Proof::UnderWay;
        let day = scene.today;
        Action::perform(Services::prove_lesson(file, day), |proof| BuilderMessage::Proved(Box::new(proof)))
    }

    /// Notes that the lesson has changed.
    fn changed(&mut self) {
        self.keeping = match self.keeping {
            Keeping::Kept | Keeping::Changed => Keeping::Changed,
            Keeping::UnderWay | Keeping::ChangedAgain => Keeping::ChangedAgain,
        };
        self.proof = match self.proof {
            Proof::Missing | Proof::Found(_) => Proof::Missing,
            Proof::UnderWay | Proof::Overtaken => Proof::Overtaken,
        };
    }

    fn edit(&mut self, change: impl FnOnce(&mut LessonFile)) {
        if let Some(draft) = &mut self.draft {
            change(&mut draft.file);
            self.changed();
        }
    }

    /// The lesson with all that goes without saying: goals that say what they ask for, an id, and Danish where English is lacking.
    fn complete(&self, scene: Scene<'_>) -> Option<LessonFile> {
        let mut file = self.draft.as_ref()?.file.clone();
        if file.id.trim().is_empty() {
            file.id = id_of(&file.title.danish);
        }
        for goal in &mut file.goals {
            let own = self.goal_words(goal, scene);
            if goal.text.danish.trim().is_empty() {
                goal.text.danish = own.danish;
                if goal.text.english.trim().is_empty() {
                    goal.text.english = own.english;
                }
            }
        }
        file.hints.retain(|hint| !hint.danish.trim().is_empty() || !hint.english.trim().is_empty());
        let goals = file.goals.iter_mut().map(|goal| &mut goal.text);
        for text in goals.chain(&mut file.hints).chain([&mut file.title, &mut file.text]) {
            fill_english(text);
        }
        Some(file)
    }

    pub fn update(&mut self, message: BuilderMessage, scene: Scene<'_>) -> Outcome {
        match message {
            BuilderMessage::Record if !self.is_busy => {
                self.is_busy = true;
                let now = scene.now;
                let began = BuilderMessage::Began;
                return scene.serve(move |services| services.begin_lesson_recording(now), began).into();
            }
            BuilderMessage::Began(began) => {
                self.is_busy = false;
                match began {
                    Ok(unlike) => self.unlike = unlike,
                    Err(error) => return Action::show_error(error).into(),
                }
                return Outcome::Read;
            }
            BuilderMessage::Finish if !self.is_busy => {
                self.is_busy = true;
                let book = Arc::clone(scene.bench.book());
                return scene.serve(|services| services.end_lesson_recording(book), BuilderMessage::Finished).into();
            }
            BuilderMessage::Record | BuilderMessage::Finish => {}
            BuilderMessage::Finished(done) | BuilderMessage::Forgotten(done) => {
                (self.is_busy, self.asks) = (false, false);
                return done.map_or_else(|error| Action::show_error(error).into(), |()| Outcome::Read);
            }
            BuilderMessage::AskToForget(asks) => self.asks = asks,
            BuilderMessage::Forget => {
                return scene.serve(Services::forget_lesson_draft, BuilderMessage::Forgotten).into();
            }
            BuilderMessage::Kept(kept) => {
                let has_changed = std::mem::take(&mut self.keeping) == Keeping::ChangedAgain;
                if let Err(error) = kept {
                    return Action::show_error(error).into();
                }
                if has_changed {
                    self.keeping = Keeping::Changed;
                    return self.keep(scene).into();
                }
            }
            BuilderMessage::Proved(proof) => {
                let is_overtaken = matches!(self.proof, Proof::Overtaken);
                self.proof = if is_overtaken { Proof::Missing } else { Proof::Found(*proof) };
            }
            BuilderMessage::Retake => return self.retake(scene).into(),
            BuilderMessage::Saving(message) => {
                return self.update_saving(message, scene).map(BuilderMessage::Saving).into();
            }
            BuilderMessage::Edit(edit) => self.update_lesson(edit),
        }
        Outcome::None
    }

    /// Closes what is open in it; `false` where nothing is.
    pub fn leave(&mut self) -> bool {
        self.saving.take().is_some() || std::mem::take(&mut self.asks) || self.open_goal.take().is_some()
    }

    fn retake(&mut self, scene: Scene<'_>) -> Action<BuilderMessage> {
        let Some(draft) = &mut self.draft else { return Action::None };
        let day = draft.day();
        match draft.file.take_solution(scene.bench.book(), draft.practice, day) {
            Ok(()) => {
                self.changed();
                self.read_books();
                Action::notify(scene.t.lessons.builder.retaken)
            }
            Err(error) => Action::warn((scene.t.lessons.builder.error)(&error)),
        }
    }

    /// Whether a check has found it to be a lesson as it stands.
    fn holds(&self, scene: Scene<'_>) -> bool {
        matches!(&self.proof, Proof::Found(LessonProof::Flaws(flaws)) if flaws.is_empty())
            && self.lacking(scene).is_empty()
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, BuilderMessage> {
        match &self.draft {
            Some(draft) if draft.is_over => self.writing_view(draft, scene),
            Some(draft) => self.recording_view(draft, scene),
            None => self.idle_view(scene),
        }
    }
}

/// What comes of a message.
pub(super) enum Outcome {
    None,
    Action(Action<BuilderMessage>),
    /// The data say something else of it now.
    Read,
}

impl From<Action<BuilderMessage>> for Outcome {
    fn from(action: Action<BuilderMessage>) -> Self {
        Self::Action(action)
    }
}

fn fill_english(text: &mut InTwoLanguages) {
    if text.english.trim().is_empty() {
        text.english.clone_from(&text.danish);
    }
}

/// An id made of a title.
fn id_of(title: &str) -> String {
    let mut id = String::new();
    for letter in title.to_lowercase().chars() {
        match letter {
            'æ' => id.push_str("ae"),
            'ø' => id.push_str("oe"),
            'å' => id.push_str("aa"),
            plain if plain.is_ascii_alphanumeric() => id.push(plain),
            _ if id.ends_with('-') || id.is_empty() => {}
            _ => id.push('-'),
        }
    }
    id.truncate(60);
    let id = id.trim_end_matches('-');
    if id.is_empty() { "opgave".to_owned() } else { id.to_owned() }
}

/// The languages of a text of two, each with its place in it.
const LANGUAGES: [LanguageChoice; 2] = [LanguageChoice::Danish, LanguageChoice::English];
