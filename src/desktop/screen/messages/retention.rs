//! The form that sets how many days messages are kept.

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{icon_button, plain_button};
use crate::store::RouterSettings;
use crate::visible::as_seen;

pub(super) const DAYS_FIELD: &str = "log-kept-days";

/// The state of the form.
#[derive(Debug)]
pub(super) struct Retention {
    days: String,
}

#[derive(Debug, Clone)]
pub enum RetentionMessage {
    Days(String),
    Save,
    Leave,
}

/// What follows from a message of the form.
pub(super) enum RetentionOutcome {
    Open,
    Closed,
    /// Keep messages for this many days, and close the form.
    Saved(u16),
}

impl Retention {
    pub fn new(days: u16) -> Self {
        Self { days: days.to_string() }
    }

    /// The days; `None` when they are too few or not a number.
    fn read(&self) -> Option<u16> {
        as_seen(&self.days).trim().parse().ok().filter(|days| *days >= RouterSettings::MIN_RETENTION_DAYS)
    }

    pub fn update(&mut self, message: RetentionMessage) -> RetentionOutcome {
        match message {
            RetentionMessage::Days(days) => self.days = days,
            RetentionMessage::Save => return self.read().map_or(RetentionOutcome::Open, RetentionOutcome::Saved),
            RetentionMessage::Leave => return RetentionOutcome::Closed,
        }
        RetentionOutcome::Open
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages.keeping;
        let days = self.read();
        let field = text_input("", &self.days)
            .id(DAYS_FIELD)
            .on_input(|days| Message::Retention(RetentionMessage::Days(days)))
            .on_submit(Message::Retention(RetentionMessage::Save))
            .padding([5, 9])
            .size(theme::BODY)
            .width(64)
            .style(theme::input(days.is_none()));
        let save = days.map(|_| Message::Retention(RetentionMessage::Save));
        let save = plain_button(t.save).style(theme::primary).on_press_maybe(save);
        let close = icon_button(Icon::X, scene.t.close).on_press(Message::Retention(RetentionMessage::Leave));
        let line = row![text(t.keep), field, text(t.days), save, space().width(Fill), close];
        let bar = column![line.spacing(8).align_y(Center), explained(t.hint, scene.t.language)].spacing(6).padding(12);
        container(container(bar).width(Fill).style(theme::card)).padding(Padding::new(20.0).top(10).bottom(0)).into()
    }
}
