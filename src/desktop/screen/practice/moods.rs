//! How practice fagsystems answer, to see and to choose.

use iced::widget::{Row, column, row};
use iced::{Center, Element};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, focus_button, icon, one_line};
use crate::training::PracticeMood;

/// The icon and the colour of a mood.
pub(super) fn look(mood: PracticeMood) -> (Icon, Tone) {
    match mood {
        PracticeMood::Accepts => (Icon::CircleCheck, theme::good),
        PracticeMood::Rejects => (Icon::CircleX, theme::bad),
        PracticeMood::Slow => (Icon::Turtle, theme::warning),
        PracticeMood::Unclear => (Icon::CircleQuestionMark, theme::warning),
        PracticeMood::Down => (Icon::PlugZap, theme::bad),
        PracticeMood::HangsUp => (Icon::Unplug, theme::bad),
    }
}

/// The switch for the mood of the fagsystem that is shown, or of all; `None`: these differ.
pub(super) fn moods(now: Option<PracticeMood>, scene: Scene<'_>) -> Element<'_, Message> {
    let t = &scene.t.practice;
    let chips = PracticeMood::ALL.map(|mood| {
        let words = row![icon(look(mood).0).size(13), one_line((t.mood)(mood)).size(theme::SMALL)];
        let chip = focus_button(words.spacing(6).align_y(Center)).padding([5, 12]);
        chip.style(theme::chip(now == Some(mood))).on_press(Message::Mood(mood)).into()
    });
    let chips = Row::with_children(chips).spacing(6).wrap().vertical_spacing(6);
    column![chips, explained(now.map_or(t.mixed, t.mood_about), scene.t.language)].spacing(8).into()
}
