//! How many days messages are kept.

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{icon_button, note, plain_button};
use crate::store::RouterSettings;
use crate::visible::as_seen;

pub(super) const DAYS_FIELD: &str = "log-kept-days";

/// The days as they are written.
#[derive(Debug)]
pub(super) struct Keeping {
    days: String,
}

#[derive(Debug, Clone)]
pub enum KeepingMessage {
    Days(String),
    Save,
    Leave,
}

/// What has come of the form.
pub(super) enum Kept {
    Stays,
    Left,
    /// Messages are to be kept for that many days.
    For(u16),
}

impl Keeping {
    pub fn new(days: u16) -> Self {
        Self { days: days.to_string() }
    }

    /// As many days as the journal can keep messages.
    fn read(&self) -> Option<u16> {
        as_seen(&self.days).trim().parse().ok().filter(|days| *days >= RouterSettings::LEAST_RETENTION)
    }

    pub fn update(&mut self, message: KeepingMessage) -> Kept {
        match message {
            KeepingMessage::Days(days) => self.days = days,
            KeepingMessage::Save => return self.read().map_or(Kept::Stays, Kept::For),
            KeepingMessage::Leave => return Kept::Left,
        }
        Kept::Stays
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages.keeping;
        let days = self.read();
        let field = text_input("", &self.days)
            .id(DAYS_FIELD)
            .on_input(|days| Message::Keeping(KeepingMessage::Days(days)))
            .on_submit(Message::Keeping(KeepingMessage::Save))
            .padding([5, 9])
            .size(theme::BODY)
            .width(64)
            .style(theme::input(days.is_none()));
        let save = days.map(|_| Message::Keeping(KeepingMessage::Save));
        let save = plain_button(t.save).style(theme::primary).on_press_maybe(save);
        let close = icon_button(Icon::X, scene.t.close).on_press(Message::Keeping(KeepingMessage::Leave));
        let line = row![text(t.keep), field, text(t.days), save, space().width(Fill), close];
        let bar = column![line.spacing(8).align_y(Center), note(t.hint)].spacing(6).padding(12);
        container(container(bar).width(Fill).style(theme::card)).padding(Padding::new(20.0).top(10).bottom(0)).into()
    }
}
