//! *Kontaktpunkter*: the addresses that the authority offers to those who write to it.

use iced::widget::{column, space};
use iced::{Element as View, Fill};

use super::{Action, Scene};
use crate::desktop::widget::list_head;

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Screen {}

#[derive(Debug, Clone)]
pub enum Message {
    /// Leave the editor, unless something would be lost.
    Leave,
}

impl Screen {
    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        false
    }

    /// Closes the editor; what was written in it is dropped.
    pub fn close(&mut self) {}

    /// Brings what is shown up to date with the draft.
    pub fn refresh(&mut self, _scene: Scene<'_>) {}

    pub fn update(&mut self, message: Message, _scene: Scene<'_>) -> Vec<Action> {
        match message {
            Message::Leave => self.close(),
        }
        Vec::new()
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        column![list_head(scene.t.contact_points.title, String::new(), space())].width(Fill).height(Fill).into()
    }
}
