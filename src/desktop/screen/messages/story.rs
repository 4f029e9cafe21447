//! A message's whole story, beside the list.

use iced::widget::{column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::outcome::panel_width;
use super::timeline;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::MessageStory;
use crate::desktop::theme;
use crate::desktop::widget::{heading, horizontal_line, icon_button, note, one_line, vertical_line};
use crate::rules::Priority;

/// What scrolls in it.
pub(in crate::desktop) const STORY: &str = "log-story";

/// The row whose story is shown.
#[derive(Debug)]
pub(super) struct Open {
    pub number: i64,
    /// `None` until it was read. That of another row stands until its own is.
    told: Option<Box<MessageStory>>,
    is_gone: bool,
    /// What the deciding rule is called in the draft, when it is still there.
    rule_now: Option<Priority>,
    /// How many rules before the deciding one are shown, and how many after it.
    unfolded: [usize; 2],
}

impl Open {
    /// The story of that row, after that of another.
    pub fn begin(number: i64, before: Option<Self>) -> Self {
        match before {
            Some(before) if before.number == number => before,
            Some(before) => Self { number, is_gone: false, unfolded: [0; 2], ..before },
            None => Self { number, told: None, is_gone: false, rule_now: None, unfolded: [0; 2] },
        }
    }

    /// Takes in the story; `None` when there is no such row any more.
    pub fn is_told(&mut self, told: Option<Box<MessageStory>>, scene: Scene<'_>) {
        self.is_gone = told.is_none();
        self.rule_now = told.as_deref().and_then(|told| rule_now(told, scene));
        self.told = told;
    }

    pub fn unfold(&mut self, is_before: bool, count: usize) {
        self.unfolded[usize::from(!is_before)] = count;
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages.story;
        let close = icon_button(Icon::X, scene.t.close).on_press(Message::Leave);
        let head = row![heading(t.title), space().width(Fill), close].align_y(Center).padding([12, 20]);
        let body: Element<'a, Message> = match &self.told {
            Some(told) => self.story(told, scene),
            None => note(if self.is_gone { t.gone } else { t.reading }).into(),
        };
        let body = scrollable(container(body).padding(20).width(Fill)).id(STORY).style(theme::scrollbar).height(Fill);
        let panel = container(column![head, horizontal_line(), body]).width(panel_width(scene)).height(Fill);
        row![vertical_line(), panel.style(theme::panel)].into()
    }

    fn story<'a>(&'a self, told: &'a MessageStory, scene: Scene<'a>) -> Element<'a, Message> {
        column![
            identity(told, scene),
            timeline::received(told, scene),
            timeline::tries(told, self.number, scene),
            timeline::facts(told, scene),
            timeline::decision(told, self.rule_now, self.unfolded, scene),
            timeline::delivery(told, scene),
            timeline::durations(told, scene),
        ]
        .spacing(18)
        .into()
    }
}

/// Which message it is.
fn identity<'a>(told: &'a MessageStory, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, entry) = (&scene.t.messages.story, &told.story.entry);
    let message: Element<'a, Message> = match &entry.message_uuid {
        Some(uuid) => {
            let copy = icon_button(Icon::Copy, t.copy).on_press(Message::Copy(uuid.clone(), t.copied));
            row![container(one_line(uuid).bold()).width(Fill), copy].spacing(8).align_y(Center).into()
        }
        None => text(t.no_uuid).style(theme::muted).into(),
    };
    let transmission = entry.transmission_id.map(|id| {
        let copy = Message::Copy(id.to_string(), t.transmission_copied);
        let copy = icon_button(Icon::Copy, t.copy_transmission).on_press(copy);
        let words = column![note(t.transmission), one_line(id.to_string()).size(theme::SMALL)].spacing(2).width(Fill);
        row![words, copy].spacing(8).align_y(Center)
    });
    column![message, transmission].spacing(6).into()
}

/// What the draft calls the rule that decided, when it is still there.
fn rule_now(told: &MessageStory, scene: Scene<'_>) -> Option<Priority> {
    let priority = told.story.entry.routed.as_ref()?.priority?;
    let before = told.decided.as_ref()?.authority()?;
    let after = scene.bench.book().authority(before.cvr)?;
    before.counterparts(after).get(&priority).copied()
}
