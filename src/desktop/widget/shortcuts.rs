use iced::advanced::layout::Layout;
use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Shell, mouse};
use iced::keyboard::{self, Key, Modifiers, key::Physical};
use iced::{Element, Event, Rectangle, Renderer};

use super::around::{Around, Wrapped};

type OnKey<'a, Message> = Box<dyn Fn(&Key, Physical, Modifiers) -> Option<Message> + 'a>;

/// What keys do that nothing within has taken. See [`shortcuts`].
pub(in crate::desktop) struct Shortcuts<'a, Message> {
    content: Element<'a, Message>,
    on_key: OnKey<'a, Message>,
    before: Option<OnKey<'a, Message>>,
    on_modifiers: Option<Box<dyn Fn(Modifiers) -> Message + 'a>>,
}

/// Gives what is within shortcuts: keys that nothing within has taken. Unlike a subscription it hears of them in tests
/// too.
///
/// A text field that has the focus takes, and keeps from here:
/// - every key that writes a character, whatever is held down with it: also Alt+K and Alt+1, and on X11 Ctrl+1, Ctrl+9,
///   Ctrl+0, Ctrl++, Ctrl+-, Ctrl+, and Ctrl+Æ, all of which it writes out. What is to work there as well belongs into
///   [`Shortcuts::before`].
/// - Ctrl+A, Ctrl+C, Ctrl+V and Ctrl+X.
/// - Backspace, Delete, Home, End and the arrows to the left and right, with and without Ctrl and Shift.
/// - Enter, also with Ctrl, where it has something to submit.
/// - Escape, by which it loses the focus: only the next Escape comes here, unless it is asked for before.
///
/// It leaves alone Ctrl with any other letter from A to Z (Ctrl+Z, Ctrl+K, Ctrl+S, Ctrl+N, Ctrl+F), Tab, the arrows up
/// and down, Page Up and Page Down, and the function keys.
pub(in crate::desktop) fn shortcuts<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_key: impl Fn(&Key, Physical, Modifiers) -> Option<Message> + 'a,
) -> Shortcuts<'a, Message> {
    Shortcuts { content: content.into(), on_key: Box::new(on_key), before: None, on_modifiers: None }
}

impl<'a, Message: 'a> Shortcuts<'a, Message> {
    /// What keys do before anything within is asked.
    pub fn before(self, before: impl Fn(&Key, Physical, Modifiers) -> Option<Message> + 'a) -> Self {
        Self { before: Some(Box::new(before)), ..self }
    }

    /// What is told when Shift, Ctrl, Alt or the like goes down or up.
    pub fn on_modifiers(self, on_modifiers: impl Fn(Modifiers) -> Message + 'a) -> Self {
        Self { on_modifiers: Some(Box::new(on_modifiers)), ..self }
    }
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

impl<'a, Message: 'a> Around<'a, Message> for Shortcuts<'a, Message> {
    type State = ();

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let ask = |shell: &mut Shell<'_, Message>, asked: &OnKey<'a, Message>| {
            let message = pressed(event).and_then(|(key, physical, modifiers)| asked(key, physical, modifiers));
            let is_taken = message.is_some();
            if let Some(message) = message {
                shell.publish(message);
                shell.capture_event();
            }
            is_taken
        };
        if let (Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)), Some(told)) = (event, &self.on_modifiers)
        {
            shell.publish(told(*modifiers));
        }
        if self.before.as_ref().is_some_and(|before| ask(shell, before)) {
            return;
        }
        let content = self.content.as_widget_mut();
        content.update(&mut tree.children[0], event, layout, cursor, renderer, clipboard, shell, viewport);
        if !shell.is_event_captured() {
            ask(shell, &self.on_key);
        }
    }
}

impl<'a, Message: 'a> From<Shortcuts<'a, Message>> for Element<'a, Message> {
    fn from(shortcuts: Shortcuts<'a, Message>) -> Self {
        Element::new(Wrapped::new(shortcuts))
    }
}
