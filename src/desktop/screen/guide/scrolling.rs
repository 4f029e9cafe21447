//! Scrolls the guide to a heading, and to what Tab has come to.

use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable, scrollable};
use iced::advanced::widget::{Id, operate};
use iced::{Rectangle, Task, Vector};

use super::PAGE;

/// The space that is left above what is scrolled to.
const ABOVE: f32 = 10.0;

/// Finds where a heading is, and then scrolls there.
pub(super) struct ToHeading {
    list: Id,
    heading: Id,
    top: Option<f32>,
    found: Option<f32>,
}

impl ToHeading {
    pub fn new(list: &'static str, heading: Id) -> Self {
        Self { list: Id::new(list), heading, top: None, found: None }
    }
}

impl<T: 'static> Operation<T> for ToHeading {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&self.heading) {
            self.found = self.top.map(|top| bounds.y - top - ABOVE);
        }
    }

    fn scrollable(&mut self, id: Option<&Id>, bounds: Rectangle, _: Rectangle, _: Vector, _: &mut dyn Scrollable) {
        if id == Some(&self.list) {
            self.top = Some(bounds.y);
        }
    }

    fn finish(&self) -> Outcome<T> {
        let Some(y) = self.found else { return Outcome::None };
        let offset = scrollable::AbsoluteOffset { x: None, y: Some(y.max(0.0)) };
        Outcome::Chain(Box::new(scrollable::scroll_to(self.list.clone(), offset)))
    }
}

/// Scrolls the guide just far enough for what has the focus to be in sight.
pub(in crate::desktop) fn reveal_focused<T: Send + 'static>() -> Task<T> {
    operate(Reveal::default())
}

#[derive(Default)]
struct Reveal {
    /// What is in sight of the page, and how far that is scrolled. `None` outside it.
    seen: Option<(Rectangle, Vector)>,
    /// Set while the widgets of the page follow.
    is_within: bool,
    offset: Option<f32>,
}

impl<T: 'static> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let was_within = self.is_within;
        self.is_within |= self.seen.is_some();
        operate(self);
        self.is_within = was_within;
        if !was_within {
            self.seen = None;
        }
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let Some((seen, moved)) = self.seen.filter(|_| self.is_within && state.is_focused()) else { return };
        let (top, bottom) = (bounds.y - ABOVE - seen.y, bounds.y + bounds.height + ABOVE - seen.y);
        if top < moved.y {
            self.offset = Some(top.max(0.0));
        } else if bottom > moved.y + seen.height {
            self.offset = Some(bottom - seen.height);
        }
    }

    fn scrollable(&mut self, id: Option<&Id>, bounds: Rectangle, _: Rectangle, moved: Vector, _: &mut dyn Scrollable) {
        if id == Some(&Id::new(PAGE)) {
            self.seen = Some((bounds, moved));
        }
    }

    fn finish(&self) -> Outcome<T> {
        let Some(y) = self.offset else { return Outcome::None };
        let offset = scrollable::AbsoluteOffset { x: None, y: Some(y) };
        Outcome::Chain(Box::new(scrollable::scroll_to(Id::new(PAGE), offset)))
    }
}
