//! Whether a lesson that is being written holds, and what can be done with it then.

use iced::widget::{Column, Row, column, container, row, text, text_input};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::saving::{PATH_FIELD, Saving, SavingMessage};
use super::{Builder, Proof};
use crate::desktop::screen::lessons::goals::fault_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::LessonProof;
use crate::desktop::theme;
use crate::desktop::widget::{heading, icon, icon_button, labelled_button, note, plain_button};
use crate::training::{LessonError, LessonFlaw};

impl Builder {
    /// What is not written yet, that the check of lessons does not look at.
    pub(super) fn lacking(&self, scene: Scene<'_>) -> Vec<&'static str> {
        let t = &scene.t.lessons.builder;
        let Some(file) = self.draft.as_ref().map(|draft| &draft.file) else { return Vec::new() };
        let title = file.title.danish.trim().is_empty().then_some(t.no_title);
        title.into_iter().chain(file.text.danish.trim().is_empty().then_some(t.no_text)).collect()
    }

    /// What keeps it from being a lesson, a sentence each; `None` while that is not known.
    fn obstacles(&self, scene: Scene<'_>) -> Option<Vec<String>> {
        let t = &scene.t.lessons.builder;
        let Proof::Found(proof) = &self.proof else { return None };
        let found: Vec<String> = match proof {
            LessonProof::Unreadable(error) => vec![match in_goal(error) {
                Some((goal, rest)) => (t.in_goal)(goal + 1, &(t.error)(&rest)),
                None => (t.error)(error),
            }],
            LessonProof::Flaws(flaws) => flaws.iter().map(|flaw| self.flaw_words(flaw, scene)).collect(),
        };
        Some(self.lacking(scene).into_iter().map(str::to_owned).chain(found).collect())
    }

    fn flaw_words(&self, flaw: &LessonFlaw, scene: Scene<'_>) -> String {
        let t = &scene.t.lessons.builder;
        match flaw {
            LessonFlaw::Unsolved(fault) => {
                let goal = self.draft.as_ref().and_then(|draft| draft.file.goals.get(fault.goal()));
                let own = goal.map(|goal| {
                    let own = self.goal_words(goal, scene);
                    let of = |text: &str, own: String| if text.trim().is_empty() { own } else { text.to_owned() };
                    crate::training::InTwoLanguages {
                        danish: of(&goal.text.danish, own.danish),
                        english: of(&goal.text.english, own.english),
                    }
                });
                let words = own.map(|own| own.of(scene.t.language).to_owned()).unwrap_or_default();
                (t.unsolved)(&words, &fault_words(fault, scene))
            }
            LessonFlaw::Par { rules, par } => (t.wrong_par)(*rules, *par),
            LessonFlaw::SolvedFromStart => t.solved_from_start.to_owned(),
            LessonFlaw::Mistake(number) => (t.mistake)(*number),
        }
    }

    /// Whether the last check has found a fault in that goal; `None` where it is not known.
    pub(super) fn goal_fault(&self, at: usize) -> Option<bool> {
        match &self.proof {
            Proof::Found(LessonProof::Flaws(flaws)) => {
                Some(flaws.iter().any(|flaw| matches!(flaw, LessonFlaw::Unsolved(fault) if fault.goal() == at)))
            }
            Proof::Found(LessonProof::Unreadable(error)) => {
                in_goal(error).filter(|(goal, _)| *goal == at).map(|_| true)
            }
            _ => None,
        }
    }

    pub(super) fn proof_view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, SavingMessage> {
        let t = &scene.t.lessons.builder;
        let obstacles = self.obstacles(scene);
        let holds = obstacles.as_ref().is_some_and(Vec::is_empty);
        let line = |symbol: Icon, words: String, tone: theme::Tone| {
            row![icon(symbol).size(17).style(tone), text(words).width(Fill)].spacing(10).into()
        };
        let words: Element<'a, SavingMessage> = match obstacles {
            None => note(t.checking).into(),
            Some(obstacles) if obstacles.is_empty() => {
                let rules = self.draft.as_ref().map_or(0, |draft| draft.file.par);
                line(Icon::CircleCheck, (t.holds)(&scene.t.lessons.rules.of(rules)), theme::good)
            }
            Some(obstacles) => {
                let lines = obstacles.into_iter().map(|words| line(Icon::CircleX, words, theme::bad));
                Column::with_children(lines).spacing(8).into()
            }
        };
        let can = holds && !self.is_busy;
        let save = labelled_button(Icon::Download, t.save).style(theme::primary);
        let save = save.on_press_maybe(can.then_some(SavingMessage::Save));
        let try_it = labelled_button(Icon::Play, t.try_it).style(theme::secondary);
        let try_it = try_it.on_press_maybe(can.then_some(SavingMessage::Try));
        let buttons = Row::with_children([save.into(), try_it.into()]).spacing(8).wrap().vertical_spacing(8);
        let form = self.saving.as_ref().filter(|_| holds).map(|saving| self.saving_form(saving, scene));
        column![words, buttons, form, note(t.try_about), note(t.by_hand)].spacing(12).into()
    }

    fn saving_form<'a>(&'a self, saving: &'a Saving, scene: Scene<'a>) -> Element<'a, SavingMessage> {
        let p = &scene.t.paper;
        let close = icon_button(Icon::X, scene.t.close).on_press(SavingMessage::LeaveSaving);
        let head = row![container(heading(scene.t.lessons.builder.save)).width(Fill), close].align_y(Center);
        let path = text_input(p.file, &saving.path)
            .id(PATH_FIELD)
            .on_input(SavingMessage::Path)
            .on_submit(SavingMessage::Write)
            .padding([5, 9])
            .size(theme::BODY)
            .style(theme::input(saving.error.is_some()));
        let browse = plain_button(p.browse).style(theme::secondary).on_press(SavingMessage::Browse);
        let write = labelled_button(Icon::Download, p.write).style(theme::primary);
        let write = write.on_press_maybe((!self.is_busy).then_some(SavingMessage::Write));
        let buttons = Row::with_children([write.into(), browse.into()]).spacing(8).wrap().vertical_spacing(8);
        let error = saving.error.as_ref().map(|error| text(error).size(theme::SMALL).style(theme::bad));
        let form = column![head, path, error, buttons].spacing(8).padding(12);
        container(form).width(Fill).style(theme::card).into()
    }
}

/// The goal, counted from 0, that an error is in, and the error with its place within that goal.
fn in_goal(error: &LessonError) -> Option<(usize, LessonError)> {
    let LessonError::Wrong { place, reason } = error else { return None };
    let (number, rest) = place.strip_prefix("maal[")?.split_once(']')?;
    let number: usize = number.parse().ok()?;
    let place = rest.trim_start_matches('.').to_owned();
    Some((number.checked_sub(1)?, LessonError::Wrong { place, reason: reason.clone() }))
}
