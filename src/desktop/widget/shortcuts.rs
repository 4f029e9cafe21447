use iced::advanced::widget::Tree;
use iced::keyboard::{self, Key, Modifiers, key::Physical};
use iced::{Element, Event, Size, window};

use super::decorator::{Decorated, Decorator, EventContext};

type OnKey<'a, Message> = Box<dyn Fn(&Key, Physical, Modifiers) -> Option<Message> + 'a>;

type OnSize<'a, Message> = Box<dyn Fn(Size) -> Message + 'a>;

/// See [`shortcuts`].
pub(in crate::desktop) struct Shortcuts<'a, Message> {
    content: Element<'a, Message>,
    on_key: OnKey<'a, Message>,
    before: Option<OnKey<'a, Message>>,
    on_modifiers: Option<Box<dyn Fn(Modifiers) -> Message + 'a>>,
    /// The size that the content is made for, and the message that it has another one.
    on_size: Option<(Size, OnSize<'a, Message>)>,
}

/// Handles keys that no widget in the content has handled. Unlike a subscription it sees them in tests too.
///
/// A text field that has the focus handles, and so keeps from here:
/// - every key that types a character, whatever modifier is held: also Alt+K and Alt+1, and on X11 Ctrl+1, Ctrl+9,
///   Ctrl+0, Ctrl++, Ctrl+-, Ctrl+, and Ctrl+Æ, all of which it types out. Shortcuts that must work there as well belong in
///   [`Shortcuts::before`].
/// - Ctrl+A, Ctrl+C, Ctrl+V and Ctrl+X.
/// - Backspace, Delete, Home, End and the arrows to the left and right, with and without Ctrl and Shift.
/// - Enter, also with Ctrl, if it has something to submit.
/// - Escape, by which it loses the focus: only the next Escape comes here, except to [`Shortcuts::before`].
///
/// It does not handle Ctrl with any other letter from A to Z (Ctrl+Z, Ctrl+K, Ctrl+S, Ctrl+N, Ctrl+F), Tab, the arrows up
/// and down, Page Up and Page Down, and the function keys.
pub(in crate::desktop) fn shortcuts<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_key: impl Fn(&Key, Physical, Modifiers) -> Option<Message> + 'a,
) -> Shortcuts<'a, Message> {
    Shortcuts { content: content.into(), on_key: Box::new(on_key), before: None, on_modifiers: None, on_size: None }
}

impl<'a, Message: 'a> Shortcuts<'a, Message> {
    /// Handles keys before any widget in the content does.
    pub fn before(self, before: impl Fn(&Key, Physical, Modifiers) -> Option<Message> + 'a) -> Self {
        Self { before: Some(Box::new(before)), ..self }
    }

    /// The message to send when a modifier key goes down or up.
    pub fn on_modifiers(self, on_modifiers: impl Fn(Modifiers) -> Message + 'a) -> Self {
        Self { on_modifiers: Some(Box::new(on_modifiers)), ..self }
    }
}

impl<'a, Message: 'a> Shortcuts<'a, Message> {
    /// The message to send when the content, which is made for that size, is laid out in another one.
    pub fn on_size(self, made_for: Size, on_size: impl Fn(Size) -> Message + 'a) -> Self {
        Self { on_size: Some((made_for, Box::new(on_size))), ..self }
    }

    fn tell_size(&self, context: &mut EventContext<'_, '_, Message>) {
        let size = context.layout.bounds().size();
        if let (Event::Window(window::Event::RedrawRequested(_)), Some((made_for, on_size))) =
            (context.event, &self.on_size)
            && size != *made_for
        {
            context.shell.publish(on_size(size));
        }
    }
}

/// Does what a key does, and returns whether it did anything.
fn handle_key<Message>(context: &mut EventContext<'_, '_, Message>, on_key: &OnKey<'_, Message>) -> bool {
    let message = pressed(context.event).and_then(|(key, physical, modifiers)| on_key(key, physical, modifiers));
    let is_handled = message.is_some();
    if let Some(message) = message {
        context.shell.publish(message);
        context.shell.capture_event();
    }
    is_handled
}

/// The key that an event presses.
fn pressed(event: &Event) -> Option<(&Key, Physical, Modifiers)> {
    match event {
        Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) => {
            Some((key, *physical_key, *modifiers))
        }
        _ => None,
    }
}

impl<'a, Message: 'a> Decorator<'a, Message> for Shortcuts<'a, Message> {
    type State = ();

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        if let (Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)), Some(on_modifiers)) =
            (context.event, &self.on_modifiers)
        {
            context.shell.publish(on_modifiers(*modifiers));
        }
        self.tell_size(context);
        if self.before.as_ref().is_some_and(|before| handle_key(context, before)) {
            return;
        }
        self.update_content(tree, context);
        if !context.shell.is_event_captured() {
            handle_key(context, &self.on_key);
        }
    }
}

impl<'a, Message: 'a> From<Shortcuts<'a, Message>> for Element<'a, Message> {
    fn from(shortcuts: Shortcuts<'a, Message>) -> Self {
        Element::new(Decorated::new(shortcuts))
    }
}
