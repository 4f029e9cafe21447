use std::cell::Cell;
use std::rc::Rc;

use iced::advanced::layout::Layout;
use iced::advanced::widget::operation::{Focusable, TextInput};
use iced::advanced::widget::{Id, Operation, Tree};
use iced::keyboard::{self, Key, key};
use iced::{Element, Event, Rectangle, Renderer};

use super::decorator::{Decorated, Decorator, DrawContext, EventContext};

/// A field with what is said of it. While one writes in it, nothing is called wrong that was not called so before: that
/// begins when the field is left, or when saving is tried.
pub(super) struct Frame<'a, Message> {
    field: Element<'a, Message>,
    is_wrong: bool,
    is_told: Rc<Cell<bool>>,
}

/// A field and what is said of it, and whether something is wrong with it. What the cell holds when it is drawn is
/// whether it is to look wrong.
pub(super) fn frame<'a, Message: 'a>(
    field: impl Into<Element<'a, Message>>,
    is_wrong: bool,
    is_told: Rc<Cell<bool>>,
) -> Frame<'a, Message> {
    Frame { field: field.into(), is_wrong, is_told }
}

#[derive(Debug)]
pub(super) struct State {
    is_focused: bool,
    is_told: bool,
}

impl Default for State {
    fn default() -> Self {
        Self { is_focused: false, is_told: true }
    }
}

/// Whether something is being written: buttons beside the text do not count.
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

    /// Comes right after the text that it belongs to.
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
        let is_told = match event {
            _ if !is_focused => true,
            // Saving is tried. Of Ctrl+S only Ctrl comes here.
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key::Named::Enter), .. }) => true,
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) if modifiers.command() => self.is_wrong,
            // What was called wrong stays so until it is right.
            _ => state.is_told && self.is_wrong,
        };
        if (state.is_focused, state.is_told) != (is_focused, is_told) {
            *state = State { is_focused, is_told };
            shell.request_redraw();
        }
    }

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        self.is_told.set(tree.state.downcast_ref::<State>().is_told);
        self.draw_content(tree, renderer, context);
    }
}

impl<'a, Message: 'a> From<Frame<'a, Message>> for Element<'a, Message> {
    fn from(frame: Frame<'a, Message>) -> Self {
        Element::new(Decorated::new(frame))
    }
}
