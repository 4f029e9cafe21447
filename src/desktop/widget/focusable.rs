use iced::advanced::layout::Layout;
use iced::advanced::widget::operation::focusable::{Count, count};
use iced::advanced::widget::operation::{self, Outcome, black_box};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Renderer as _, renderer};
use iced::keyboard::{self, Key, Modifiers, key};
use iced::widget::Id;
use iced::{Color, Element, Event, Rectangle, Renderer, Theme, border};

use super::decorator::{Decorated, Decorator, DrawContext, EventContext};
use super::pointing::is_press;
use crate::desktop::theme;

/// The thickness of the focus ring, in logical pixels.
const RING: f32 = 2.0;
/// The line between the ring and the content: on a button of the ring's own colour the ring would not be seen.
const GAP: f32 = 1.0;
/// See [`draw_ring`].
const LAYER_INSET: f32 = 0.01;

type OnKey<'a, Message> = Box<dyn Fn(&Key, Modifiers) -> Option<Message> + 'a>;

/// A widget that Tab reaches and keys use. The toolkit offers that for text fields alone.
///
/// Without a message and without keys to handle it is not in the Tab order, unless it has the focus already: from a button
/// that is disabled by being pressed, Tab still goes on to the next.
pub(in crate::desktop) struct Focusable<'a, Message> {
    content: Element<'a, Message>,
    id: Option<Id>,
    on_activate: Option<Message>,
    on_key: Option<OnKey<'a, Message>>,
}

pub(in crate::desktop) fn focusable<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Focusable<'a, Message> {
    Focusable { content: content.into(), id: None, on_activate: None, on_key: None }
}

impl<'a, Message: Clone + 'a> Focusable<'a, Message> {
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// The message that Enter and Space send.
    pub fn on_activate(self, message: Message) -> Self {
        self.on_activate_maybe(Some(message))
    }

    /// The message that Enter and Space send, if any.
    pub fn on_activate_maybe(self, message: Option<Message>) -> Self {
        Self { on_activate: message, ..self }
    }

    /// The messages that other keys send. A key without one is left to the widgets around.
    pub fn on_key(self, on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a) -> Self {
        Self { on_key: Some(Box::new(on_key)), ..self }
    }

    fn can_be_used(&self) -> bool {
        self.on_activate.is_some() || self.on_key.is_some()
    }

    /// What a key does; `None` if nothing.
    fn press(&self, key: &Key, modifiers: Modifiers, is_held: bool) -> Option<Pressed<Message>> {
        match (&self.on_activate, key) {
            (Some(message), Key::Named(key::Named::Enter | key::Named::Space)) if is_plain(modifiers) => {
                Some(if is_held { Pressed::Already } else { Pressed::Now(message.clone()) })
            }
            _ => self.on_key.as_ref().and_then(|on_key| on_key(key, modifiers)).map(Pressed::Now),
        }
    }
}

/// Whether no modifier but Shift is held down.
pub(super) fn is_plain(modifiers: Modifiers) -> bool {
    !modifiers.command() && !modifiers.control() && !modifiers.alt() && !modifiers.logo()
}

/// Whether a widget in the content has the focus.
pub(super) fn holds_focus<Message>(
    content: &mut Element<'_, Message>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
) -> bool {
    let mut count = count();
    content.as_widget_mut().operate(tree, layout, renderer, &mut black_box(&mut count));
    matches!(count.finish(), Outcome::Some(Count { focused: Some(_), .. }))
}

/// What a key did.
enum Pressed<Message> {
    Now(Message),
    /// Nothing more: it is held down since it was pressed, and must not press a button again and again.
    Already,
}

/// How the focus got here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    Keyboard,
    /// With a click. People see where they clicked: no ring is drawn until they use keys.
    Pointer,
}

/// Whether a widget has the focus, and how it got there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct FocusState(pub Option<Focus>);

impl FocusState {
    /// Whether the ring is to be drawn.
    pub fn has_ring(self) -> bool {
        self.0 == Some(Focus::Keyboard)
    }
}

impl operation::Focusable for FocusState {
    fn is_focused(&self) -> bool {
        self.0.is_some()
    }

    fn focus(&mut self) {
        self.0 = Some(Focus::Keyboard);
    }

    fn unfocus(&mut self) {
        self.0 = None;
    }
}

impl<'a, Message: Clone + 'a> Decorator<'a, Message> for Focusable<'a, Message> {
    type State = FocusState;

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<FocusState>();
        if self.can_be_used() || state.0.is_some() {
            operation.focusable(self.id.as_ref(), layout.bounds(), state);
        }
        self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
        let EventContext { event, layout, cursor, renderer, shell, .. } = context;
        let FocusState(focus) = *tree.state.downcast_ref::<FocusState>();
        let new_focus = match event {
            event if is_press(event) => {
                let is_meant = self.can_be_used() && cursor.is_over(layout.bounds());
                (is_meant && !holds_focus(&mut self.content, &mut tree.children[0], *layout, renderer))
                    .then_some(Focus::Pointer)
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. })
                if focus.is_some() && !shell.is_event_captured() =>
            {
                let Some(pressed) = self.press(key, *modifiers, *repeat) else { return };
                if let Pressed::Now(message) = pressed {
                    shell.publish(message);
                }
                shell.capture_event();
                Some(Focus::Keyboard)
            }
            _ => focus,
        };
        if new_focus != focus {
            *tree.state.downcast_mut::<FocusState>() = FocusState(new_focus);
            shell.request_redraw();
        }
    }

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        self.draw_content(tree, renderer, context);
        if tree.state.downcast_ref::<FocusState>().has_ring() {
            draw_ring(renderer, context.theme, context.layout.bounds(), context.viewport);
        }
    }
}

/// Draws the ring over the content and within its bounds.
pub(super) fn draw_ring(renderer: &mut Renderer, theme: &Theme, bounds: Rectangle, viewport: &Rectangle) {
    let colours = theme::colours(theme);
    let bounds = whole_pixels(bounds);
    // A layer is not clipped by the layers around it, so it must keep within the viewport itself. It is slightly smaller
    // than the ring: only what sticks out of its layer is clipped at exactly the pixels that are erased with it.
    let Some(layer) = bounds.shrink(LAYER_INSET).intersection(viewport) else { return };
    renderer.with_layer(layer, |renderer| {
        let mut line = |bounds: Rectangle, radius: f32, colour: Color, width: f32| {
            let border = border::rounded(radius).color(colour).width(width);
            renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, Color::TRANSPARENT);
        };
        line(bounds.shrink(RING), theme::ROUND - RING, colours.surface, GAP);
        line(bounds, theme::ROUND, colours.accent, RING);
    });
}

/// The largest part of the bounds with edges between pixels, where lines are sharp.
fn whole_pixels(bounds: Rectangle) -> Rectangle {
    let (x, y) = (bounds.x.ceil(), bounds.y.ceil());
    let (right, bottom) = ((bounds.x + bounds.width).floor(), (bounds.y + bounds.height).floor());
    Rectangle { x, y, width: right - x, height: bottom - y }
}

impl<'a, Message: Clone + 'a> From<Focusable<'a, Message>> for Element<'a, Message> {
    fn from(focusable: Focusable<'a, Message>) -> Self {
        Element::new(Decorated::new(focusable))
    }
}
