//! *Opgaver*: what to reach with the rules, whether one is there, and what people have learnt.

mod builder;
mod goals;
mod learner;
mod lesson;
mod list;
mod papers;
mod room;
mod room_form;
mod room_message;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use iced::keyboard::key::Physical;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{column, row};
use iced::{Element, Fill};
use lucide_icons::Icon;

pub use self::builder::BuilderMessage;
use self::builder::{Builder, Outcome};
use self::room::RoomPane;
pub(in crate::desktop) use self::room_form::is_progress_file;
pub use self::room_message::RoomMessage;
use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::{Screen, row_step};
use super::part::paper::{Paper, PaperMessage};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::model::map::TracedMessage;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::service::{CheckedLesson, LessonsNow, Services};
use crate::desktop::widget::{Head, empty, vertical_line};
use crate::document::Document;
use crate::store::{PublicationNumber, RouterSettings};
use crate::training::{InTwoLanguages, Lesson, Verdict, WrongMessage};

/// The hints after which the solution is offered.
const HINTS_BEFORE_SOLUTION: usize = 2;
const PATH_FIELD: &str = "lesson-path";

/// The state of the screen.
#[derive(Debug, Default)]
pub(in crate::desktop) struct LessonsScreen {
    now: Option<LessonsNow>,
    reading: Reading,
    pane: Option<Pane>,
    /// How many hints of each lesson are shown.
    hints: BTreeMap<String, usize>,
    /// The choices made for each goal of each lesson.
    answers: BTreeMap<String, Vec<Option<usize>>>,
    is_checking: bool,
    /// What the last check of each lesson said, and of which publication.
    verdicts: BTreeMap<String, (PublicationNumber, Verdict)>,
    /// The lessons that a check has found unsolved.
    failed: BTreeSet<String>,
    /// The lesson whose solution was asked for, and whether that was meant.
    solution: Option<(String, bool)>,
    /// The name as it is being typed; `None`: as it is known.
    name: Option<String>,
    path: String,
    path_error: Option<Error>,
    paper: Paper,
    room: RoomPane,
    document: Option<Arc<Document>>,
    builder: Builder,
}

/// Whether the lessons are being read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Reading {
    #[default]
    No,
    UnderWay,
    /// They are, and something has changed since that began.
    Stale,
    /// They could not be, and are again when the screen is shown.
    Failed,
}

/// What is shown beside the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pane {
    /// The lesson with that id.
    Lesson(String),
    Certificate,
    /// How far everybody has come.
    Room,
    /// Take in a lesson from a file.
    TakeIn,
    /// Record a lesson, or write one that was recorded.
    Build,
}

#[derive(Debug, Clone)]
pub enum Message {
    Read(Result<Box<LessonsNow>, Error>),
    Show(Pane),
    Step(isize),
    /// Begin the lesson that is shown.
    Begin,
    /// Go on without a lesson.
    End,
    Answer(usize, usize),
    Check,
    Checked(PublicationNumber, Result<Box<CheckedLesson>, Error>),
    ShowChanges,
    /// Show on the map the message that goes wrong for that goal.
    ShowOnMap(usize),
    /// Try the message that goes wrong for that goal.
    TryOut(usize),
    Hint,
    AskForSolution,
    ShowSolution,
    LeaveSolution,
    Name(String),
    /// Keep the name that was typed: of somebody else.
    KeepName,
    /// Keep it, as what the one who learns is really called.
    CorrectName,
    /// The name was kept, or was not; and what was to be done then.
    Kept(Result<(), Error>, Option<Box<Message>>),
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Take,
    /// A lesson was taken in: its id and title.
    Taken(Result<(String, InTwoLanguages), Error>),
    Paper(PaperMessage),
    /// The hints that are shown were recorded, or were not.
    HintsKept(Result<(), Error>),
    Builder(BuilderMessage),
    /// Of the progress of the room.
    Room(RoomMessage),
    Leave,
}

impl LessonsScreen {
    fn read(&mut self, scene: Scene<'_>) -> Action<Message> {
        if !scene.services.is_training() {
            return Action::None;
        }
        if matches!(self.reading, Reading::UnderWay | Reading::Stale) {
            self.reading = Reading::Stale;
            return Action::None;
        }
        self.reading = Reading::UnderWay;
        let known = self.now.as_ref().filter(|now| now.day == scene.today).map(|now| Arc::clone(&now.lessons));
        let day = scene.today;
        scene.serve(move |services| services.lessons(day, known), |read| Message::Read(read.map(Box::new)))
    }

    /// The lesson with that id, and its number.
    fn lesson(&self, id: &str) -> Option<(usize, &Lesson)> {
        (1..).zip(self.now.as_ref()?.lessons.iter()).find(|(_, lesson)| lesson.id == id)
    }

    fn under_way(&self) -> Option<&str> {
        Some(self.now.as_ref()?.under_way.as_ref()?.id.as_str())
    }

    /// What the lesson that is under way is called; `None` where none is, or none is known to be.
    /// One that is being recorded comes first.
    pub fn under_way_words(&self, t: &'static Texts) -> Option<String> {
        if self.is_recording() {
            return Some(t.lessons.builder.recording.to_owned());
        }
        let (number, lesson) = self.lesson(self.under_way()?)?;
        Some((t.lessons.numbered)(number, lesson.title.of(t.language)))
    }

    /// What is shown: what was chosen, or else what is being recorded, the lesson that is under way, or the first that is not solved.
    fn pane(&self) -> Option<Pane> {
        if let Some(pane) = &self.pane {
            return Some(pane.clone());
        }
        let now = self.now.as_ref()?;
        if self.is_recording() {
            return Some(Pane::Build);
        }
        if let Some(id) = self.under_way().filter(|id| self.lesson(id).is_some()) {
            return Some(Pane::Lesson(id.to_owned()));
        }
        let is_solved = |lesson: &Lesson| {
            now.progress.iter().any(|it| it.learner == now.learner && it.lesson == lesson.id && it.solved_at.is_some())
        };
        let next = now.lessons.iter().find(|lesson| !is_solved(lesson)).or(now.lessons.first());
        next.map(|lesson| Pane::Lesson(lesson.id.clone()))
    }

    fn shown_id(&self) -> Option<String> {
        match self.pane()? {
            Pane::Lesson(id) => Some(id),
            _ => None,
        }
    }

    /// The id of the lesson that is shown, if it is the one that is under way.
    fn playing(&self) -> Option<String> {
        self.shown_id().filter(|id| self.under_way() == Some(id))
    }

    fn show(&mut self, pane: Pane, scene: Scene<'_>) -> Action<Message> {
        self.solution = None;
        self.paper = Paper::default();
        self.room.close();
        self.path_error = None;
        let is_taking = pane == Pane::TakeIn;
        self.pane = Some(pane);
        self.make(scene);
        if is_taking { Action::focus(PATH_FIELD) } else { Action::None }
    }

    fn step(&mut self, rows: isize, scene: Scene<'_>) -> Action<Message> {
        let Some(now) = &self.now else { return Action::None };
        let mut panes: Vec<_> = now.lessons.iter().map(|lesson| Pane::Lesson(lesson.id.clone())).collect();
        panes.extend([Pane::Certificate, Pane::Room, Pane::TakeIn, Pane::Build]);
        let shown = self.pane();
        let at = panes.iter().position(|pane| Some(pane) == shown.as_ref()).unwrap_or(0);
        let next = at.saturating_add_signed(rows).min(panes.len() - 1);
        self.show(panes.swap_remove(next), scene)
    }

    fn check(&mut self, scene: Scene<'_>) -> Action<Message> {
        let (Some(id), Some(now)) = (self.playing(), &self.now) else { return Action::None };
        if std::mem::replace(&mut self.is_checking, true) {
            return Action::None;
        }
        let (lessons, at) = (Arc::clone(&now.lessons), scene.now);
        let answers = self.answers.get(&id).cloned().unwrap_or_default();
        let publication = scene.bench.published().number;
        scene.serve(
            move |services| services.check_lesson(lessons, id, answers, at),
            move |checked| Message::Checked(publication, checked.map(Box::new)),
        )
    }

    fn checked(&mut self, publication: PublicationNumber, checked: CheckedLesson) {
        let CheckedLesson { id, verdict } = checked;
        if !verdict.is_solved() {
            self.failed.insert(id.clone());
        }
        self.verdicts.insert(id, (publication, verdict));
    }

    fn answer(&mut self, goal: usize, choice: usize) {
        let Some(id) = self.playing() else { return };
        let goals = self.lesson(&id).map_or(0, |(_, lesson)| lesson.goals.len());
        let answers = self.answers.entry(id.clone()).or_default();
        answers.resize(goals, None);
        if let Some(answer) = answers.get_mut(goal) {
            *answer = Some(choice);
        }
        self.verdicts.remove(&id);
    }

    fn build(&mut self, message: BuilderMessage, scene: Scene<'_>) -> Action<Message> {
        // What was shown by itself while it was recorded stays when it is written.
        self.pane = Some(Pane::Build);
        let wrap = |action: Action<BuilderMessage>| action.map(Message::Builder);
        match self.builder.update(message, scene) {
            Outcome::None => Action::None,
            Outcome::Action(action) => wrap(action),
            Outcome::Read => self.read(scene),
        }
    }

    /// Whether a lesson is being recorded now.
    pub fn is_recording(&self) -> bool {
        self.builder.is_recording()
    }

    /// The message that goes wrong for a goal.
    fn wrong_message(&self, goal: usize) -> Option<&WrongMessage> {
        let (_, verdict) = self.verdicts.get(&self.shown_id()?)?;
        verdict.faults.iter().find(|fault| fault.goal() == goal)?.message()
    }

    fn show_on_map(&self, goal: usize) -> Action<Message> {
        self.wrong_message(goal).map_or(Action::None, |wrong| {
            let message = TracedMessage::Made {
                facts: wrong.facts.clone(),
                writer: wrong.message.writer,
                day: wrong.day,
                belongs_to: wrong.belongs_to.clone(),
            };
            Request::ShowOnMap(Box::new(message)).into()
        })
    }

    fn try_out(&self, goal: usize) -> Action<Message> {
        self.wrong_message(goal).map_or(Action::None, |wrong| {
            Request::TryMessage(Box::new(wrong.facts.clone()), Some(wrong.day), FactsOrigin::Example).into()
        })
    }

    fn take(&mut self, scene: Scene<'_>) -> Action<Message> {
        let (path, day) = (PathBuf::from(self.path.trim()), scene.today);
        self.path_error = None;
        scene.serve(move |services| services.take_in_lesson(path, day), Message::Taken)
    }
}

impl Screen for LessonsScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::BookOpenCheck;
    const KEYWORDS: &'static str =
        "opgave øvelse lær undervisning kursus bevis lesson exercise learn course certificate";

    fn title(t: &'static Texts) -> &'static str {
        t.lessons.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        if message.is_of_learner() && self.typed_name().is_some() {
            return self.keep_name(false, Some(Box::new(message)), scene);
        }
        match message {
            Message::Read(read) => {
                let is_stale = std::mem::take(&mut self.reading) == Reading::Stale;
                match read {
                    Ok(now) => {
                        self.builder.load(now.draft.as_ref());
                        self.now = Some(*now);
                    }
                    Err(error) => {
                        self.reading = Reading::Failed;
                        return Action::show_error(error);
                    }
                }
                self.make(scene);
                if is_stale {
                    return self.read(scene);
                }
            }
            Message::Show(pane) => return self.show(pane, scene),
            Message::Step(rows) => return self.step(rows, scene),
            Message::Begin => return self.shown_id().map(|id| Request::BeginLesson(Some(id)).into()).into(),
            Message::End => return Request::BeginLesson(None).into(),
            Message::Answer(goal, choice) => self.answer(goal, choice),
            Message::Check => return self.check(scene),
            Message::Checked(publication, checked) => {
                self.is_checking = false;
                match checked {
                    Ok(checked) => self.checked(publication, *checked),
                    Err(error) => return Action::show_error(error),
                }
                return self.read(scene);
            }
            Message::ShowChanges => return Action::show(Page::Changes),
            Message::ShowOnMap(goal) => return self.show_on_map(goal),
            Message::TryOut(goal) => return self.try_out(goal),
            Message::Hint => return self.hint(scene),
            Message::HintsKept(Ok(())) => {}
            Message::HintsKept(Err(error)) => return Action::show_error(error),
            Message::AskForSolution => self.solution = self.shown_id().map(|id| (id, false)),
            Message::ShowSolution => self.solution = self.shown_id().map(|id| (id, true)),
            Message::LeaveSolution => self.solution = None,
            Message::Name(name) => self.name = Some(name),
            Message::KeepName => return self.keep_name(false, None, scene),
            Message::CorrectName => return self.keep_name(true, None, scene),
            Message::Kept(kept, then) => {
                if let Err(error) = kept {
                    return Action::show_error(error);
                }
                self.name = None;
                self.verdicts.clear();
                // Those were the hints of somebody else.
                self.hints.clear();
                self.failed.clear();
                return self.read(scene).then(then.map_or(Action::None, |then| Action::Send(*then)));
            }
            Message::Path(path) => (self.path, self.path_error) = (path, None),
            Message::Browse => return Action::perform(Services::choose_lesson_file(), Message::Browsed),
            Message::Browsed(Some(path)) => {
                self.path = path.display().to_string();
                return self.take(scene);
            }
            Message::Browsed(None) => return Action::focus(PATH_FIELD),
            Message::Take => return self.take(scene),
            Message::Taken(Ok((id, title))) => {
                self.path.clear();
                // It is one more than are known.
                self.now = None;
                self.pane = Some(Pane::Lesson(id));
                let taken = (scene.t.lessons.taken)(title.of(scene.t.language));
                return Action::notify(taken).then(self.read(scene));
            }
            Message::Taken(Err(error)) => {
                self.path_error = Some(error);
                return Action::focus(PATH_FIELD);
            }
            Message::Paper(message) => return self.use_paper(message, scene),
            Message::Builder(message) => return self.build(message, scene),
            Message::Room(message) => return self.use_room(message, scene),
            Message::Leave => {
                let is_building = self.pane() == Some(Pane::Build);
                if !(self.paper.leave() || self.room.leave() || is_building && self.builder.leave()) {
                    (self.pane, self.solution) = (None, None);
                }
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.lessons;
        let head = Head::new(t.title, String::new()).about(explained(t.about, scene.t.language)).view(scene.size.width);
        if !scene.services.is_training() {
            return column![head, empty(Self::SYMBOL, explained(t.only_in_training, scene.t.language))].into();
        }
        let (Some(now), Some(pane)) = (&self.now, self.pane()) else {
            return column![head, empty(Self::SYMBOL, explained(t.reading, scene.t.language))].into();
        };
        let list = self.list(now, &pane, scene);
        let shown = match &pane {
            Pane::Lesson(id) => self.lesson(id).map(|(number, lesson)| self.lesson_view(number, lesson, scene)),
            Pane::Certificate => Some(self.paper_view(scene)),
            Pane::Room => Some(self.room_view(now, scene)),
            Pane::TakeIn => Some(self.take_in_view(scene)),
            Pane::Build => Some(self.builder.view(scene).map(Message::Builder)),
        };
        column![head, row![list, vertical_line(), shown].width(Fill).height(Fill)].into()
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.read(scene)
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.read(scene)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.builder.refresh(scene);
        // The window may speak another language now.
        if self.document.as_ref().is_some_and(|document| document.language != scene.t.language) {
            self.make(scene);
        }
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        if self.now.is_none() && self.reading != Reading::Failed {
            return self.read(scene);
        }
        if self.pane() == Some(Pane::Build) { self.builder.follow(scene).map(Message::Builder) } else { Action::None }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Leave | Standard::Discard => Some(Action::Send(Message::Leave)),
            Standard::Save | Standard::New | Standard::Search => None,
        }
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        row_step(key).map(Message::Step)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.lessons;
        if !scene.services.is_training() || scene.page != Page::Lessons || self.now.is_none() {
            return Vec::new();
        }
        let command = |symbol, words: &str, keywords, message| {
            Command::new(symbol, format!("{}: {words}", t.title), keywords, message)
        };
        let mut commands = vec![
            command(Icon::Award, t.certificate, "diplom navn diploma name", Message::Show(Pane::Certificate)),
            command(Icon::Users, t.room, "oversigt deltagere fremskridt overview learners", Message::Show(Pane::Room)),
            command(Icon::FolderOpen, t.take_in, "fil toml åbn file open", Message::Show(Pane::TakeIn)),
            command(Icon::Hammer, t.builder.open, "optag ny lav skriv record new write", Message::Show(Pane::Build)),
            command(Icon::Save, scene.t.room.save, "eksport usb fil export file", Message::Room(RoomMessage::Save)),
            command(Icon::Users, scene.t.room.gather, "saml import usb collect", Message::Room(RoomMessage::Gather)),
        ];
        if self.playing().is_some() {
            commands.push(command(Icon::ListChecks, t.check, "er den løst prøv rigtigt solved right", Message::Check));
            commands.push(command(Icon::RotateCcw, t.begin_anew, "nulstil forfra reset restart", Message::Begin));
            commands.push(command(Icon::LogOut, t.end, "stop forlad leave stop", Message::End));
        } else if self.shown_id().is_some() {
            commands.push(command(Icon::Play, t.begin, "start opgave start lesson", Message::Begin));
        }
        if self.shown_id().is_some() {
            commands.push(command(Icon::Lightbulb, t.hints, "hjælp råd help advice", Message::Hint));
        }
        commands
    }
}
