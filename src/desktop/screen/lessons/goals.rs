//! The goals of a lesson: which are reached, and what is still wrong, on which message.

use iced::widget::{Column, Row, column, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{LessonsScreen, Message};
use crate::desktop::language::WrongWay;
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme::{self, Tone};
use crate::desktop::widget::{focus_button, icon, labelled_button};
use crate::rules::{FagsystemId, Priority};
use crate::training::{Fault, Goal, GoalKind, Lesson, Verdict, WrongMessage};

impl LessonsScreen {
    /// What the last check said of a lesson, unless something else has been published since.
    pub(super) fn shown_verdict(&self, lesson: &Lesson, scene: Scene<'_>) -> Option<&Verdict> {
        let (publication, verdict) = self.verdicts.get(&lesson.id)?;
        (*publication == scene.bench.published().number).then_some(verdict)
    }

    pub(super) fn goals<'a>(&'a self, lesson: &'a Lesson, is_playing: bool, scene: Scene<'a>) -> Element<'a, Message> {
        let verdict = self.shown_verdict(lesson, scene);
        let goals = (0..).zip(&lesson.goals).map(|(number, goal)| {
            let fault = verdict.and_then(|verdict| verdict.faults.iter().find(|fault| fault.goal() == number));
            let (symbol, tone): (Icon, Tone) = match (verdict, fault) {
                (None, _) => (Icon::Circle, theme::muted),
                (Some(_), None) => (Icon::CircleCheck, theme::good),
                (Some(_), Some(_)) => (Icon::CircleX, theme::bad),
            };
            let words = text(lesson.goal_text(goal, scene.t.language, scene.today)).width(Fill);
            let choices = self.choices(lesson, number, goal, is_playing, scene);
            let fault = fault.map(|fault| fault_view(fault, number, scene));
            let beside = column![words, choices, fault].spacing(8).width(Fill);
            row![icon(symbol).size(17).style(tone), beside].spacing(10).into()
        });
        Column::with_children(goals).spacing(14).into()
    }

    /// What there is to choose from, where the goal is a question.
    fn choices<'a>(
        &'a self,
        lesson: &'a Lesson,
        number: usize,
        goal: &'a Goal,
        is_playing: bool,
        scene: Scene<'a>,
    ) -> Option<Element<'a, Message>> {
        let GoalKind::Question { choices, .. } = &goal.kind else { return None };
        let answer = self.answers.get(&lesson.id).and_then(|answers| answers.get(number).copied().flatten());
        let lines = (0..).zip(choices).map(|(choice, words)| {
            let is_chosen = answer == Some(choice);
            let symbol = icon(if is_chosen { Icon::CircleDot } else { Icon::Circle }).size(14);
            let line = row![symbol, text(words.of(scene.t.language)).width(Fill)].spacing(8).align_y(Center);
            let line = focus_button(line).padding([5, 10]).style(theme::table_row(is_chosen));
            line.on_press_maybe(is_playing.then_some(Message::Answer(number, choice))).into()
        });
        Some(Column::with_children(lines).spacing(2).into())
    }
}

fn fault_view<'a>(fault: &Fault, goal: usize, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.lessons;
    let words = text(fault_words(fault, scene)).style(theme::bad);
    let buttons = fault.message().map(|_| {
        let map = labelled_button(Icon::Waypoints, scene.t.map.trace.show)
            .style(theme::secondary)
            .on_press(Message::ShowOnMap(goal));
        let try_it =
            labelled_button(Icon::FlaskConical, t.try_it).style(theme::secondary).on_press(Message::TryOut(goal));
        Row::with_children([map.into(), try_it.into()]).spacing(8).wrap().vertical_spacing(8)
    });
    column![words, buttons].spacing(8).into()
}

/// Why a goal is not reached, in a sentence or two.
pub(super) fn fault_words(fault: &Fault, scene: Scene<'_>) -> String {
    let f = &scene.t.lessons.fault;
    match fault {
        Fault::Misrouted(wrong) => in_words(wrong, f.misrouted, scene),
        Fault::Held(wrong) => in_words(wrong, f.held, scene),
        Fault::Unguarded(_, fagsystem) => (f.unguarded)(name(fagsystem, scene)),
        Fault::NotReceived { fagsystem, accepted, wanted, .. } => {
            (f.not_received)(name(fagsystem, scene), &f.messages.of(*accepted), &f.messages.of(*wanted))
        }
        Fault::Unanswered(_) => f.unanswered.to_owned(),
        Fault::WrongAnswer(_) => f.wrong_answer.to_owned(),
    }
}

fn in_words(wrong: &WrongMessage, words: fn(&WrongWay<'_>) -> String, scene: Scene<'_>) -> String {
    let authority = scene.bench.published().book.authorities.first().unwrap_or(scene.authority);
    let day = (wrong.day != scene.today).then(|| date_text(wrong.day));
    words(&WrongWay {
        what: &scene.message_words(&wrong.facts, authority),
        writer: (scene.t.lessons.fault.writer)(wrong.message.writer),
        day: day.as_deref(),
        goes_to: name(&wrong.goes_to, scene),
        rule: wrong.by.map(Priority::get),
        belongs_to: name(&wrong.belongs_to, scene),
        wrong: wrong.wrong,
        of: wrong.of,
    })
}

/// What the rules in force call a fagsystem.
fn name<'a>(id: &'a FagsystemId, scene: Scene<'a>) -> &'a str {
    let authority = scene.bench.published().book.authorities.first();
    authority.map_or(id.as_str(), |authority| fagsystem_name(authority, id))
}
