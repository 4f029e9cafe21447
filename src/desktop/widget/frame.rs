use std::cell::Cell;
use std::rc::Rc;

use iced::advanced::layout::Layout;
use iced::advanced::widget::operation::{Focusable, TextInput};
use iced::advanced::widget::{Id, Operation, Tree};
use iced::keyboard::{self, Key, key};
use iced::{Element, Event, Rectangle, Renderer};

use super::decorator::{Decorated, Decorator, DrawContext, EventContext};

/// A field with the words about it. While somebody types in it, no new error is shown: that waits until the field loses the
/// focus or saving is tried.
pub(super) struct Frame<'a, Message> {
    field: Element<'a, Message>,
    is_wrong: bool,
    shows_errors: Rc<Cell<bool>>,
}

/// `is_wrong` says whether the value is wrong. Before the field is drawn, the cell is set to whether it should look wrong.
pub(super) fn frame<'a, Message: 'a>(
    field: impl Into<Element<'a, Message>>,
    is_wrong: bool,
    shows_errors: Rc<Cell<bool>>,
) -> Frame<'a, Message> {
    Frame { field: field.into(), is_wrong, shows_errors }
}

#[derive(Debug)]
pub(super) struct State {
    is_focused: bool,
    shows_errors: bool,
}

impl Default for State {
    fn default() -> Self {
        Self { is_focused: false, shows_errors: true }
    }
}

/// Finds out whether a text input in the field has the focus; buttons beside it do not count.
#[derive(Debug, Default)]
struct Writing {
    is_text: bool,
    is_focused: bool,
}

impl Operation for Writing {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text_input(&mut self, _: Option<&Id>, _: Rectangle, _: &mut dyn TextInput) {
        self.is_text = true;
    }

    /// The toolkit reports a text input's focus right after the input itself.
    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        self.is_focused |= std::mem::take(&mut self.is_text) && state.is_focused();
    }
}

impl<Message> Frame<'_, Message> {
    fn is_written_in(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> bool {
        let mut writing = Writing::default();
        self.field.as_widget_mut().operate(&mut tree.children[0], layout, renderer, &mut writing);
        writing.is_focused
    }
}

impl<'a, Message> Decorator<'a, Message> for Frame<'a, Message> {
    type State = State;

    fn content(&self) -> &Element<'a, Message> {
        &self.field
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.field
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
        let EventContext { event, layout, renderer, shell, .. } = context;
        let is_focused = self.is_written_in(tree, *layout, renderer);
        let state = tree.state.downcast_mut::<State>();
        let shows_errors = match event {
            _ if !is_focused => true,
            // Saving is tried with Enter, or with Ctrl+S, of which only the Ctrl comes here.
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key::Named::Enter), .. }) => true,
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) if modifiers.command() => self.is_wrong,
            // An error that was shown stays until the value is right.
            _ => state.shows_errors && self.is_wrong,
        };
        if (state.is_focused, state.shows_errors) != (is_focused, shows_errors) {
            *state = State { is_focused, shows_errors };
            shell.request_redraw();
        }
    }

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        self.shows_errors.set(tree.state.downcast_ref::<State>().shows_errors);
        self.draw_content(tree, renderer, context);
    }
}

impl<'a, Message: 'a> From<Frame<'a, Message>> for Element<'a, Message> {
    fn from(frame: Frame<'a, Message>) -> Self {
        Element::new(Decorated::new(frame))
    }
}
