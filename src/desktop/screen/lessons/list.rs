//! The lessons in a list, each with how far one has come, and what else there is.

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{LessonsScreen, Message, Pane};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::LessonsNow;
use crate::desktop::theme;
use crate::desktop::widget::{
    Field, Tone, focus_button, horizontal_line, icon, labelled_button, one_line, status, text_field,
};
use crate::training::Lesson;

/// The id of the list, and of the field above it.
const LIST: &str = "lessons";
const NAME_FIELD: &str = "lesson-learner";

impl LessonsScreen {
    pub(super) fn list<'a>(&'a self, now: &'a LessonsNow, pane: &Pane, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.lessons;
        let about = Field::new(t.learner).hint(t.learner_hint.to_owned());
        let typed = self.name.as_deref().unwrap_or(&now.learner);
        let name = text_field(about, NAME_FIELD, "", typed, Message::Name, Message::KeepName);
        let keep = self.typed_name().map(|_| {
            let button =
                |symbol, words, message| labelled_button(symbol, words).style(theme::secondary).on_press(message);
            if self.may_be_correction() {
                let buttons = row![
                    button(Icon::Pencil, t.correct_name, Message::CorrectName),
                    button(Icon::UserPlus, t.new_learner, Message::KeepName),
                ];
                Element::from(buttons.spacing(6).wrap().vertical_spacing(6))
            } else {
                button(Icon::Check, t.keep_name, Message::KeepName).style(theme::primary).into()
            }
        });
        let name = container(column![name, keep].spacing(6)).padding([12, 16]);
        let lessons = (1..).zip(now.lessons.iter()).map(|(number, lesson)| {
            let id = Pane::Lesson(lesson.id.clone());
            let title = text(format!("{number}. {}", lesson.title.of(scene.t.language))).font(theme::SEMIBOLD);
            let (symbol, words, tone) = Self::state(lesson, now, scene);
            choice(column![title, status(symbol, words, tone)].spacing(3).width(Fill).into(), id, pane)
        });
        let others = [
            (Icon::Award, t.certificate, Pane::Certificate),
            (Icon::Users, t.room, Pane::Room),
            (Icon::FolderOpen, t.take_in, Pane::TakeIn),
            (Icon::Hammer, t.builder.open, Pane::Build),
        ];
        let others = others.map(|(symbol, words, other)| {
            let state = self.builder_state(scene).filter(|_| other == Pane::Build);
            let line = row![icon(symbol).size(15), one_line(words)].spacing(8).align_y(Center).width(Fill);
            choice(column![line, state].spacing(3).into(), other, pane)
        });
        let lines = Column::with_children(std::iter::once(name.into()).chain(lessons).chain(others));
        let list = scrollable(lines).id(LIST).height(Fill).width(Fill).style(theme::scrollbar);
        let width = if scene.size.width < 800.0 { 230.0 } else { 290.0 };
        container(list).width(width).height(Fill).into()
    }

    /// Whether a lesson is being recorded or written.
    fn builder_state<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let t = &scene.t.lessons.builder;
        if self.is_recording() {
            return Some(status(Icon::CircleDot, t.recording, theme::bad));
        }
        self.builder.is_written().then(|| status(Icon::CirclePlay, t.written, theme::accent))
    }

    /// How far one has come with a lesson.
    pub(super) fn state(lesson: &Lesson, now: &LessonsNow, scene: Scene<'_>) -> (Icon, &'static str, Tone) {
        let s = &scene.t.lessons.states;
        let progress = now.progress.iter().find(|it| it.learner == now.learner && it.lesson == lesson.id);
        let is_under_way = now.under_way.as_ref().is_some_and(|it| it.id == lesson.id);
        match progress {
            Some(it) if it.solved_at.is_some() && it.rules.is_some_and(|rules| rules <= lesson.par) => {
                (Icon::Trophy, s.within, theme::good)
            }
            Some(it) if it.solved_at.is_some() => (Icon::CircleCheck, s.solved, theme::good),
            _ if is_under_way => (Icon::CirclePlay, s.under_way, theme::accent),
            Some(_) => (Icon::CircleDot, s.tried, theme::muted),
            None => (Icon::Circle, s.new, theme::muted),
        }
    }
}

fn choice<'a>(line: Element<'a, Message>, other: Pane, pane: &Pane) -> Element<'a, Message> {
    let is_chosen = other == *pane;
    let line = focus_button(line).padding([7, 16]).style(theme::table_row(is_chosen));
    column![line.on_press(Message::Show(other)), horizontal_line()].into()
}
