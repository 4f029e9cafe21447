use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Overlay, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle, Renderer, Size, Theme, Vector};

use super::choice::Choice;
use super::decorator::{Decorated, Decorator, EventContext};
use super::focusable::holds_focus;
use super::options::{Label, Options};
use super::scroll::Motion;

/// A text field with suggestions, listed over everything else while the field has the focus. In an empty field they wait for
/// the down arrow, so that they do not cover the fields below. Up and down move through the list, Enter accepts the
/// highlighted suggestion, and Escape only closes the list.
pub(in crate::desktop) struct Suggesting<'a, Message> {
    field: Element<'a, Message>,
    written: String,
    labels: Vec<Label>,
    messages: Vec<Message>,
}

/// `suggestions` are in the order of the list, each with the message that accepts it.
pub(in crate::desktop) fn suggesting<'a, Message>(
    field: impl Into<Element<'a, Message>>,
    written: &str,
    suggestions: impl IntoIterator<Item = (Choice<()>, Message)>,
) -> Suggesting<'a, Message> {
    let (labels, messages) = suggestions.into_iter().map(|(choice, message)| (choice.label, message)).unzip();
    Suggesting { field: field.into(), written: written.trim().to_owned(), labels, messages }
}

#[derive(Debug, Default)]
pub(super) struct State {
    options: Options,
    /// The text and the suggestions that the list was made from.
    of: Option<(String, Vec<Label>)>,
    is_closed: bool,
}

impl<Message> Suggesting<'_, Message> {
    /// Makes the list again if the text or the suggestions have changed.
    fn follow(&self, state: &mut State) {
        if state.of.as_ref().is_some_and(|(written, labels)| *written == self.written && *labels == self.labels) {
            return;
        }
        if state.of.as_ref().is_none_or(|(written, _)| *written != self.written) {
            state.is_closed = self.written.is_empty();
        }
        // Enter accepts the first suggestion, but only if something was typed.
        let first = (!self.written.is_empty() && !self.labels.is_empty()).then_some(0);
        state.options = Options::new(&self.labels, first);
        state.of = Some((self.written.clone(), self.labels.clone()));
    }
}

impl<'a, Message: Clone> Decorator<'a, Message> for Suggesting<'a, Message> {
    type State = State;

    fn content(&self) -> &Element<'a, Message> {
        &self.field
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.field
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
        let EventContext { event, layout, renderer, shell, cursor, .. } = context;
        let is_down = matches!(
            event,
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::ArrowDown), modifiers, .. })
                if modifiers.is_empty()
        );
        let is_pressed = matches!(event, Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)))
            && cursor.is_over(layout.bounds());
        // The field itself takes what is pressed in it.
        if (is_pressed || is_down && !shell.is_event_captured())
            && !self.labels.is_empty()
            && tree.state.downcast_ref::<State>().is_closed
            && holds_focus(&mut self.field, &mut tree.children[0], *layout, renderer)
        {
            tree.state.downcast_mut::<State>().is_closed = false;
            shell.capture_event();
            shell.request_redraw();
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>>
    where
        'a: 'b,
        Message: 'b,
    {
        let anchor = layout.bounds() + translation;
        let is_in_sight = anchor.intersection(viewport).is_some();
        if self.labels.is_empty()
            || !is_in_sight
            || !holds_focus(&mut self.field, &mut tree.children[0], layout, renderer)
        {
            // When the focus comes back, the list is shown again.
            tree.state.downcast_mut::<State>().is_closed = self.written.is_empty();
            return None;
        }
        let state = tree.state.downcast_mut::<State>();
        self.follow(state);
        if state.is_closed {
            return None;
        }
        Some(overlay::Element::new(Box::new(Sheet { field: self, state, anchor })))
    }
}

struct Sheet<'a, 'b, Message> {
    field: &'b Suggesting<'a, Message>,
    state: &'b mut State,
    /// The bounds of the field.
    anchor: Rectangle,
}

impl<Message: Clone> Sheet<'_, '_, Message> {
    fn accept(&self, at: usize, shell: &mut Shell<'_, Message>) {
        if let Some(message) = self.field.messages.get(at) {
            shell.publish(message.clone());
        }
        shell.capture_event();
        shell.request_redraw();
    }

    fn key(&mut self, key: &Key, is_held: bool, shell: &mut Shell<'_, Message>) {
        let options = &mut self.state.options;
        match key {
            Key::Named(Named::Escape) => self.state.is_closed = true,
            // What is typed and has a suggestion is a search, and the suggestion is what is meant.
            Key::Named(Named::Enter | Named::Tab) => {
                if let Some(at) = options.at().filter(|_| !is_held) {
                    self.accept(at, shell);
                }
                return;
            }
            // Home and End move the caret in the text.
            Key::Named(key) => match Motion::of(*key) {
                Some(motion @ (Motion::Step(_) | Motion::Page(_))) => options.go(motion),
                _ => return,
            },
            _ => return,
        }
        shell.capture_event();
        shell.invalidate_layout();
        shell.request_redraw();
    }
}

impl<Message: Clone> Overlay<Message, Theme, Renderer> for Sheet<'_, '_, Message> {
    fn layout(&mut self, _: &Renderer, window: Size) -> layout::Node {
        let (size, place) = self.state.options.place(self.anchor, window);
        self.state.options.prepare(&self.field.labels, "", size);
        layout::Node::new(size).move_to(place)
    }

    fn draw(&self, renderer: &mut Renderer, theme: &Theme, _: &renderer::Style, layout: Layout<'_>, _: mouse::Cursor) {
        self.state.options.draw(renderer, theme, layout.bounds(), &self.field.labels, None);
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        self.state.options.operate(layout.bounds(), &self.field.labels, "", operation);
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let sheet = layout.bounds();
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. }) if modifiers.is_empty() => {
                self.key(key, *repeat, shell);
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) if cursor.is_over(sheet) => {
                let at = cursor.position().and_then(|place| self.state.options.choice_at(place, sheet));
                if let Some(at) = at {
                    self.accept(at, shell);
                }
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                let at = cursor.position().and_then(|place| self.state.options.choice_at(place, sheet));
                if at.is_some() && at != self.state.options.at() {
                    self.state.options.highlight(at);
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(sheet) => {
                self.state.options.scroll_by(*delta);
                shell.capture_event();
                shell.invalidate_layout();
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, _: &Renderer) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }
}

impl<'a, Message: Clone + 'a> From<Suggesting<'a, Message>> for Element<'a, Message> {
    fn from(it: Suggesting<'a, Message>) -> Self {
        Element::new(Decorated::new(it))
    }
}
