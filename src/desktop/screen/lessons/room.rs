//! The progress of the room: everybody in a list, what was taken in from other machines, and a file of what was learnt here.

use std::path::PathBuf;

use iced::widget::{Column, Row, column, container, row, scrollable, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;
use uuid::Uuid;

use super::room_form::{PATH_FIELD, Purpose, RoomForm, file_name};
use super::room_message::RoomMessage;
use super::{LessonsScreen, Message, Pane};
use crate::desktop::language::LearntLine;
use crate::desktop::language::format::moment_text;
use crate::desktop::model::error::Error;
use crate::desktop::model::room::{LearntLesson, LessonMark, Room, RoomLearner};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{GatheredFile, LessonsNow, Services};
use crate::desktop::theme;
use crate::desktop::widget::{
    Tone, focus_button, group, heading, horizontal_line, icon, labelled_button, note, one_line, plain_button,
};
use crate::rules::without_cpr;
use crate::store::{Gathered, MachineProgress};
use crate::training::Lesson;

/// The id of the part that scrolls.
const ROOM: &str = "lesson-room";
/// Where the screen is narrower than this, the buttons stand below each other.
const ROOMY: f32 = 1000.0;
/// More files than these are counted.
const MOST_NAMES: usize = 6;
/// The list is no wider than this, so that the eye finds the end of a line.
const WIDEST: f32 = 900.0;

/// What is open of the room.
#[derive(Debug, Default)]
pub(super) struct RoomPane {
    room: Room,
    form: Option<RoomForm>,
    /// What became of the files that were taken in since the form was opened.
    report: Vec<GatheredFile>,
    /// How much is being read, written or removed.
    under_way: usize,
    /// The learner whose lessons are shown one by one.
    open: Option<RoomLearner>,
    /// Whether everything that was taken in is to be removed, and that has not been confirmed.
    asks: bool,
}

impl RoomPane {
    /// Shows these people from now on.
    pub fn learn(&mut self, room: Room) {
        let is_open = |learner: &&RoomLearner| {
            self.open.as_ref().is_some_and(|open| open.name == learner.name && open.machine == learner.machine)
        };
        self.open = room.learners.iter().find(is_open).cloned();
        self.room = room;
    }

    pub fn close(&mut self) {
        (self.form, self.asks) = (None, false);
        self.report.clear();
    }

    /// Closes what is open; `false` where nothing is.
    pub fn leave(&mut self) -> bool {
        let was_asked = std::mem::take(&mut self.asks);
        self.form.take().is_some() || was_asked
    }
}

impl LessonsScreen {
    pub(super) fn use_room(&mut self, message: RoomMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            RoomMessage::Save => return self.open_room_form(Purpose::Save, scene),
            RoomMessage::Gather => return self.open_room_form(Purpose::Gather, scene),
            RoomMessage::Path(path) => {
                if let Some(form) = &mut self.room.form {
                    form.write(path);
                }
            }
            RoomMessage::Browse => return self.browse(scene),
            RoomMessage::PlaceChosen(path) => return self.chosen(path.map(|path| vec![path]), scene),
            RoomMessage::FilesChosen(paths) => {
                let was_chosen = paths.is_some();
                let focus = self.chosen(paths, scene);
                return if was_chosen { self.submit(scene) } else { focus };
            }
            RoomMessage::Submit => return self.submit(scene),
            RoomMessage::Replace => return self.save(true, scene),
            RoomMessage::Saved(saved) => return self.saved(saved, scene),
            RoomMessage::Dropped(paths) => {
                let shown = if self.pane == Some(Pane::Room) { Action::None } else { self.show(Pane::Room, scene) };
                return shown.then(self.gather(paths, scene));
            }
            RoomMessage::Gathered(gathered) => {
                self.room.under_way = self.room.under_way.saturating_sub(1);
                match gathered {
                    Ok(files) => {
                        if files.iter().all(|file| file.outcome.is_ok()) {
                            self.room.form = None;
                        }
                        self.room.report.extend(files);
                    }
                    Err(error) => return Action::show_error(error),
                }
                return self.read(scene);
            }
            RoomMessage::Open(at) => {
                let learner = self.room.room.learners.get(at);
                self.room.open = learner.filter(|learner| self.room.open.as_ref() != Some(learner)).cloned();
            }
            RoomMessage::Remove(machine, name) => {
                return self.remove(Some(machine), (scene.t.room.removed)(&name), scene);
            }
            RoomMessage::AskRemoveAll => self.room.asks = true,
            RoomMessage::Keep => self.room.asks = false,
            RoomMessage::RemoveAll => {
                self.room.asks = false;
                return self.remove(None, scene.t.room.removed_all.to_owned(), scene);
            }
            RoomMessage::Removed(words, removed) => {
                self.room.under_way = self.room.under_way.saturating_sub(1);
                // What was said of files may not be so any more.
                self.room.report.clear();
                let told = removed.err().map_or_else(|| Action::notify(words), Action::show_error);
                return told.then(self.read(scene));
            }
            RoomMessage::Leave => {
                self.room.leave();
            }
        }
        Action::None
    }

    fn open_room_form(&mut self, purpose: Purpose, scene: Scene<'_>) -> Action<Message> {
        let shown = if self.pane == Some(Pane::Room) { Action::None } else { self.show(Pane::Room, scene) };
        self.paper.leave();
        self.room.close();
        self.room.form = Some(RoomForm::open(purpose, scene));
        shown.then(Action::scroll_to(ROOM, 0.0)).then(Action::focus(PATH_FIELD))
    }

    fn browse(&self, scene: Scene<'_>) -> Action<Message> {
        match self.room.form.as_ref().map(|form| form.purpose) {
            None => Action::None,
            Some(Purpose::Save) => Action::perform(Services::choose_place(file_name(scene)), |path| {
                Message::Room(RoomMessage::PlaceChosen(path))
            }),
            Some(Purpose::Gather) => Action::perform(Services::choose_progress_files(), |paths| {
                Message::Room(RoomMessage::FilesChosen(paths))
            }),
        }
    }

    fn chosen(&mut self, paths: Option<Vec<PathBuf>>, scene: Scene<'_>) -> Action<Message> {
        let Some(form) = &mut self.room.form else { return Action::None };
        if let Some(paths) = paths {
            form.choose(paths);
            return Action::None;
        }
        form.error = Some(scene.t.paper.no_file.to_owned());
        Action::focus(PATH_FIELD)
    }

    fn submit(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(form) = &self.room.form else { return Action::None };
        match form.purpose {
            Purpose::Save => self.save(form.is_chosen(), scene),
            Purpose::Gather => {
                let paths = form.paths();
                self.room.report.clear();
                self.gather(paths, scene)
            }
        }
    }

    fn save(&mut self, may_replace: bool, scene: Scene<'_>) -> Action<Message> {
        let Some(form) = &mut self.room.form else { return Action::None };
        let path = form.paths().pop().filter(|path| path.file_name().is_some());
        let Some(path) = path.filter(|_| self.room.under_way == 0) else {
            form.error = Some(scene.t.paper.not_a_file.to_owned());
            return Action::focus(PATH_FIELD);
        };
        self.room.under_way += 1;
        let now = scene.now;
        scene.serve(
            move |services| services.save_progress(path, may_replace, now),
            |saved| Message::Room(RoomMessage::Saved(saved)),
        )
    }

    fn saved(&mut self, saved: Result<PathBuf, Error>, scene: Scene<'_>) -> Action<Message> {
        self.room.under_way = self.room.under_way.saturating_sub(1);
        match (saved, &mut self.room.form) {
            (Ok(path), _) => {
                self.room.form = None;
                Action::notify((scene.t.room.saved)(&path.display().to_string()))
            }
            (Err(error), Some(form)) => {
                form.exists = matches!(error, Error::FileExists(_));
                form.error = Some((scene.t.error)(&error));
                Action::focus(PATH_FIELD)
            }
            (Err(error), None) => Action::show_error(error),
        }
    }

    fn gather(&mut self, paths: Vec<PathBuf>, scene: Scene<'_>) -> Action<Message> {
        if paths.is_empty() {
            return Action::None;
        }
        self.room.under_way += 1;
        scene.serve(
            move |services| services.gather_progress(paths),
            |gathered| Message::Room(RoomMessage::Gathered(gathered)),
        )
    }

    fn remove(&mut self, machine: Option<Uuid>, words: String, scene: Scene<'_>) -> Action<Message> {
        self.room.under_way += 1;
        scene.serve(
            move |services| services.forget_room(machine),
            move |removed| Message::Room(RoomMessage::Removed(words.clone(), removed)),
        )
    }

    pub(super) fn room_view<'a>(&'a self, now: &'a LessonsNow, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, pane) = (&scene.t.room, &self.room);
        let is_narrow = scene.size.width < ROOMY;
        let save = labelled_button(Icon::Save, t.save).style(theme::secondary).on_press(RoomMessage::Save);
        let gather = labelled_button(Icon::FolderOpen, t.gather).style(theme::secondary).on_press(RoomMessage::Gather);
        let files = Row::with_children([save.into(), gather.into()]).spacing(8).wrap().vertical_spacing(8);
        let papers = self.paper.buttons(is_narrow, scene).map(Message::Paper);
        let forms = column![
            self.paper.form(is_narrow, scene).map(|form| form.map(Message::Paper)),
            pane.form.as_ref().map(|form| form.view(pane.under_way > 0, is_narrow, scene).map(Message::Room)),
        ];
        let top = column![Element::from(files).map(Message::Room), papers, forms].spacing(8);
        let (learners, has_own) = (t.learners.of(pane.room.learners.len()), !now.progress.is_empty());
        let parts = column![
            heading(scene.t.lessons.room).size(theme::TITLE),
            text((t.summary)(&learners, has_own, now.gathered.len())),
            pane.report(scene),
            group(t.everybody, pane.everybody(&now.lessons, scene)),
            pane.machines(&now.gathered, scene),
        ];
        let parts = column![top, Element::from(parts.spacing(16)).map(Message::Room)].spacing(16).max_width(WIDEST);
        // All of it scrolls: a form would leave no room for the list in a low window.
        scrollable(container(parts).padding([14, 20])).id(ROOM).width(Fill).height(Fill).style(theme::scrollbar).into()
    }
}

impl RoomPane {
    /// What became of the files: each that was refused by itself, and first of all.
    fn report<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, RoomMessage>> {
        let t = &scene.t.room;
        let refused = self.report.iter().filter_map(|file| {
            let words = match file.outcome.as_ref().err()? {
                Error::Progress { error, .. } => (t.error)(error),
                error => (scene.t.error)(error),
            };
            Some(reported(Icon::CircleX, theme::bad, without_cpr(&file.name).into_owned(), (t.not_gathered)(&words)))
        });
        let of = |outcome: Gathered| {
            let names = self.report.iter().filter(move |file| matches!(file.outcome, Ok(it) if it == outcome));
            names.map(|file| without_cpr(&file.name).into_owned()).collect::<Vec<_>>()
        };
        let taken = Gathered::ALL.map(|outcome| (outcome, of(outcome))).into_iter();
        let taken = taken.filter(|(_, names)| !names.is_empty()).map(|(outcome, names)| {
            let words = format!("{}: {}", t.files.of(names.len()), (t.gathered)(outcome));
            reported(Icon::CircleCheck, theme::good, words, listed(names, scene))
        });
        let lines = Column::with_children(refused.chain(taken)).spacing(8);
        let busy = (self.under_way > 0).then(|| note(t.taking));
        let has_any = !self.report.is_empty() || self.under_way > 0;
        has_any.then(|| container(column![lines, busy].spacing(8)).padding(12).width(Fill).style(theme::card).into())
    }

    fn everybody<'a>(&'a self, lessons: &'a [Lesson], scene: Scene<'a>) -> Element<'a, RoomMessage> {
        let p = &scene.t.lessons.papers;
        if self.room.learners.is_empty() {
            return text(p.nobody_yet).into();
        }
        let lines = self.room.learners.iter().enumerate().map(|(at, learner)| {
            let is_open = self.open.as_ref() == Some(learner);
            let summary = focus_button(summary(learner, lessons, is_open, scene)).padding([7, 8]);
            let summary = summary.style(theme::table_row(is_open)).on_press(RoomMessage::Open(at));
            let details = is_open.then(|| details(learner, lessons, scene));
            column![summary, details, horizontal_line()].into()
        });
        column![Column::with_children(lines), note(p.marks_mean)].spacing(8).into()
    }

    fn machines<'a>(&self, gathered: &'a [MachineProgress], scene: Scene<'a>) -> Option<Element<'a, RoomMessage>> {
        let t = &scene.t.room;
        let when_free = |message: RoomMessage| (self.under_way == 0).then_some(message);
        let lines = gathered.iter().map(|from| {
            let name = without_cpr(scene.t.machine_words(&from.name)).into_owned();
            let learners = from.progress.iter().map(|it| &it.learner).collect::<std::collections::BTreeSet<_>>().len();
            let words = (t.machine)(&name, &t.learners.of(learners), &moment_text(from.saved_at));
            let remove = plain_button(t.remove).style(theme::quiet);
            let remove = remove.on_press_maybe(when_free(RoomMessage::Remove(from.machine, name)));
            let words = text(words).width(Fill).wrapping(text::Wrapping::WordOrGlyph);
            row![icon(Icon::Laptop).size(15).style(theme::muted), words, remove].spacing(10).align_y(Center).into()
        });
        let all: Element<'a, RoomMessage> = if self.asks {
            let yes = plain_button(t.yes_remove_all).style(theme::danger);
            let yes = yes.on_press_maybe(when_free(RoomMessage::RemoveAll));
            let keep = plain_button(t.keep).style(theme::secondary).on_press(RoomMessage::Keep);
            let buttons = Row::with_children([yes.into(), keep.into()]).spacing(8).wrap().vertical_spacing(8);
            column![text(t.really_remove_all), buttons].spacing(8).into()
        } else {
            let all = plain_button(t.remove_all).style(theme::secondary);
            row![all.on_press_maybe(when_free(RoomMessage::AskRemoveAll))].into()
        };
        (!gathered.is_empty())
            .then(|| group(t.machines, column![Column::with_children(lines).spacing(4), all].spacing(10)))
    }
}

/// The first of those names, and how many more there are.
fn listed(mut names: Vec<String>, scene: Scene<'_>) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    names.extend((more > 0).then(|| (scene.t.files.comparison.more)(more)));
    names.join(", ")
}

/// What became of a file or several, and what more there is to say of it.
fn reported<'a>(symbol: Icon, tone: Tone, words: String, more: String) -> Element<'a, RoomMessage> {
    let words = text(words).font(theme::SEMIBOLD).wrapping(text::Wrapping::WordOrGlyph);
    let more = note(more).wrapping(text::Wrapping::WordOrGlyph);
    row![icon(symbol).size(17).style(tone), column![words, more].spacing(2).width(Fill)].spacing(10).into()
}

/// Somebody in a line or two.
fn summary<'a>(learner: &RoomLearner, lessons: &[Lesson], is_open: bool, scene: Scene<'a>) -> Element<'a, RoomMessage> {
    let (t, p) = (&scene.t.room, &scene.t.lessons.papers);
    let marks = learner.lessons(lessons).into_iter().filter_map(|learnt| {
        let (number, _) = learnt.lesson?;
        Some(format!("{number} {}", p.mark(learnt.mark())))
    });
    let marks = marks.collect::<Vec<_>>().join(", ");
    let symbol = icon(if is_open { Icon::ChevronDown } else { Icon::ChevronRight }).size(15).style(theme::muted);
    let who = text(scene.t.learner_words(learner)).font(theme::SEMIBOLD).width(Fill);
    let solved = one_line((t.solved_of)(learner.solved(lessons), lessons.len()));
    let hints = t.hints.of(learner.hints());
    let below = match learner.last_solved().map(moment_text) {
        Some(last) => format!("{marks} · {hints} · {}: {last}", t.columns.last.to_lowercase()),
        None => format!("{marks} · {hints}"),
    };
    let name = row![who.wrapping(text::Wrapping::WordOrGlyph), solved].spacing(12);
    row![symbol, column![name, note(below)].spacing(2).width(Fill)].spacing(8).into()
}

/// What somebody has begun, lesson by lesson.
fn details<'a>(learner: &RoomLearner, lessons: &[Lesson], scene: Scene<'a>) -> Element<'a, RoomMessage> {
    let t = &scene.t.room;
    let lines = learner.lessons(lessons).into_iter().map(|learnt| {
        let (symbol, tone): (_, Tone) = match learnt.mark() {
            LessonMark::Within => (Icon::Trophy, theme::good),
            LessonMark::Solved => (Icon::CircleCheck, theme::good),
            LessonMark::Tried => (Icon::CircleDot, theme::muted),
        };
        let LearntLesson { lesson, progress } = learnt;
        let title = match lesson {
            Some((number, lesson)) => format!("{number}. {}", lesson.title.of(scene.t.language)),
            None => (t.strange_lesson)(&progress.lesson),
        };
        let solved = progress.solved_at.map(moment_text);
        let line = (t.line)(&LearntLine {
            solved: solved.as_deref(),
            rules: &scene.t.lessons.rules.of(progress.rules.unwrap_or_default()),
            par: lesson.map(|(_, lesson)| lesson.par),
            hints: &t.hints.of(progress.hints),
            checks: &t.checks.of(progress.checks),
        });
        let words = column![text(title).wrapping(text::Wrapping::WordOrGlyph), note(line)].spacing(1).width(Fill);
        row![icon(symbol).size(15).style(tone), words].spacing(10).into()
    });
    container(Column::with_children(lines).spacing(8)).padding(Padding::from([6, 8]).left(31).bottom(12)).into()
}
