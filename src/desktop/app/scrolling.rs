//! Scrolls to what has changed: a newly opened editor to its top, the sidebar to the shown page.

use iced::advanced::widget::operation::{Operation, Scrollable, scrollable};
use iced::advanced::widget::{Id, operate};
use iced::widget::operation as widgets;
use iced::{Rectangle, Task, Vector};

use super::message::Message;
use super::sidebar_size::PAGES;
use super::state::Desktop;
use crate::desktop::model::page::Page;

impl Desktop {
    /// Identifies what is open in the editor of the shown screen.
    pub(super) fn open_item(&self) -> Option<(Page, String)> {
        Some((self.shared.page, self.screens.get(self.shared.page).open_item()?))
    }

    /// Scrolls to what the message has opened or shown.
    pub(super) fn scroll_into_view(&self, page_before: Page, opened_before: Option<&(Page, String)>) -> Task<Message> {
        let opened = self.open_item();
        let to_the_top = if opened.is_some() && opened.as_ref() != opened_before {
            widgets::scroll_to(
                self.screens.get(self.shared.page).editor_id(),
                widgets::AbsoluteOffset { x: None, y: Some(0.0) },
            )
        } else {
            Task::none()
        };
        if self.shared.page == page_before {
            return to_the_top;
        }
        let place = self.fitting().place(self.shared.page);
        Task::batch([to_the_top, operate(Reveal { place })])
    }
}

/// Scrolls the pages just far enough for one of them to be visible.
struct Reveal {
    /// Its upper and its lower edge, from the top of all.
    place: (f32, f32),
}

impl<T> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if id != Some(&Id::new(PAGES)) {
            return;
        }
        let (top, bottom) = self.place;
        let offset = if top < translation.y {
            top
        } else if bottom > translation.y + bounds.height {
            bottom - bounds.height
        } else {
            return;
        };
        state.scroll_to(scrollable::AbsoluteOffset { x: None, y: Some(offset) });
    }
}
