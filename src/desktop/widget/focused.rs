use iced::advanced::widget::Operation;
use iced::advanced::widget::operation::{Focusable, Outcome};
use iced::widget::Id;
use iced::{Rectangle, Task};

/// A widget that had the focus.
#[derive(Debug, Clone, PartialEq)]
pub struct FocusPlace {
    id: Option<Id>,
    /// How many widgets that can have the focus stand before it. Together with the bounds it names a widget without an id.
    number: usize,
    bounds: Rectangle,
}

impl FocusPlace {
    fn is(&self, id: Option<&Id>, number: usize, bounds: Rectangle) -> bool {
        match &self.id {
            Some(own) => id == Some(own),
            None => id.is_none() && number == self.number && bounds == self.bounds,
        }
    }
}

/// Says what has the focus, if anything has.
pub(in crate::desktop) fn focused_place() -> Task<FocusPlace> {
    iced::advanced::widget::operate(Looking { number: 0, found: None })
}

/// Gives the focus back to what had it, unless something else has got it since, or it is gone.
pub(in crate::desktop) fn focus_again<T: Send + 'static>(place: FocusPlace) -> Task<T> {
    iced::advanced::widget::operate(Returning { place, number: 0, is_there: false, is_taken: false })
}

struct Looking {
    number: usize,
    found: Option<FocusPlace>,
}

impl Operation<FocusPlace> for Looking {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<FocusPlace>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.found = Some(FocusPlace { id: id.cloned(), number: self.number, bounds });
        }
        self.number += 1;
    }

    fn finish(&self) -> Outcome<FocusPlace> {
        self.found.clone().map_or(Outcome::None, Outcome::Some)
    }
}

/// Looks whether it is there, and whether something else has the focus.
struct Returning {
    place: FocusPlace,
    number: usize,
    is_there: bool,
    is_taken: bool,
}

impl<T: 'static> Operation<T> for Returning {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        self.is_there |= self.place.is(id, self.number, bounds);
        self.is_taken |= state.is_focused();
        self.number += 1;
    }

    fn finish(&self) -> Outcome<T> {
        if !self.is_there || self.is_taken {
            return Outcome::None;
        }
        Outcome::Chain(Box::new(Focusing { place: self.place.clone(), number: 0 }))
    }
}

struct Focusing {
    place: FocusPlace,
    number: usize,
}

impl<T> Operation<T> for Focusing {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if self.place.is(id, self.number, bounds) {
            state.focus();
        }
        self.number += 1;
    }
}
