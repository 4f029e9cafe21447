//! The open list, over everything else.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::Operation;
use iced::advanced::{Clipboard, Overlay, Shell, clipboard, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Point, Rectangle, Renderer, Size, Theme, window};

use super::super::focusable::{Focus, is_plain};
use super::super::pointing::is_press;
use super::super::popup::changed;
use super::choices::Choices;
use super::state::{State, Way, left_with, letters, motion};

pub(super) trait Publish<Message> {
    fn publish_maybe(&mut self, message: Option<Message>);
}

impl<Message> Publish<Message> for Shell<'_, Message> {
    fn publish_maybe(&mut self, message: Option<Message>) {
        if let Some(message) = message {
            self.publish(message);
        }
    }
}

/// The open list.
pub(super) struct Sheet<'a, 'b, Message> {
    pub choices: &'b Choices<'a, Message>,
    pub state: &'b mut State,
    /// The bounds of the field.
    pub anchor: Rectangle,
}

impl<Message: Clone> Sheet<'_, '_, Message> {
    fn choose(&mut self, at: usize, focus: Focus, shell: &mut Shell<'_, Message>) {
        self.state.open = None;
        self.state.focus = Some(focus);
        if self.choices.chosen != Some(at) {
            shell.publish_maybe((self.choices.on_choice)(at));
        }
        changed(shell);
    }

    /// Closes the list because it is left. Returns whether typed text chose nothing.
    fn leave(&mut self, way: Way, shell: &mut Shell<'_, Message>) -> bool {
        let choices = self.choices;
        let Some(open) = &self.state.open else { return false };
        let is_written = !open.written.trim().is_empty();
        let choice = left_with(open, &choices.labels, way);
        match choice {
            Some(at) => self.choose(at, Focus::Keyboard, shell),
            None => self.state.close(&choices.labels, choices.chosen_name()),
        }
        changed(shell);
        is_written && choice.is_none()
    }

    pub fn key(
        &mut self,
        (key, text, modifiers, is_held): (&Key, Option<&str>, Modifiers, bool),
        clipboard: &dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let choices = self.choices;
        let Some(open) = &mut self.state.open else { return };
        let at = open.options.at();
        match key {
            Key::Named(
                Named::Shift
                | Named::Control
                | Named::Alt
                | Named::AltGraph
                | Named::Super
                | Named::Meta
                | Named::CapsLock,
            ) => return,
            Key::Named(Named::Tab) => {
                self.leave(Way::Key, shell);
                return;
            }
            Key::Named(Named::Escape) => self.state.open = None,
            Key::Named(Named::ArrowUp | Named::ArrowDown) if modifiers.alt() => self.state.open = None,
            Key::Character(letter) if modifiers.command() && letter.eq_ignore_ascii_case("v") => {
                let pasted = clipboard.read(clipboard::Kind::Standard).unwrap_or_default();
                let pasted: String =
                    pasted.lines().next().unwrap_or_default().chars().filter(|it| !it.is_control()).collect();
                self.state.write(&choices.labels, |written| written.push_str(&pasted));
            }
            Key::Named(Named::Backspace) if modifiers.command() => self.state.write(&choices.labels, String::clear),
            _ if !is_plain(modifiers) => {
                // A shortcut is not carried out while typed text has chosen nothing: the person sees the refusal first.
                let is_in_vain =
                    !open.written.trim().is_empty() && left_with(open, &choices.labels, Way::Key).is_none();
                if !is_in_vain {
                    self.leave(Way::Key, shell);
                    return;
                }
            }
            Key::Named(Named::Enter) => {
                if let Some(at) = at.filter(|_| !is_held) {
                    self.choose(at, Focus::Keyboard, shell);
                }
            }
            Key::Named(Named::Space) if open.written.is_empty() => {
                if let Some(at) = at.filter(|_| !is_held) {
                    self.choose(at, Focus::Keyboard, shell);
                }
            }
            Key::Named(Named::Backspace) => self.state.write(&choices.labels, |written| {
                written.pop();
            }),
            _ => match (motion(key), letters(text, modifiers)) {
                (Some(motion), _) => open.options.go(motion),
                (None, Some(letters)) => self.state.write(&choices.labels, |written| written.push_str(letters)),
                (None, None) => return,
            },
        }
        shell.capture_event();
        changed(shell);
    }

    fn press(&mut self, place: Option<Point>, sheet: Rectangle, shell: &mut Shell<'_, Message>) {
        let Some(open) = &mut self.state.open else { return };
        match place {
            Some(place) if sheet.contains(place) => {
                if !open.options.begin_drag(place, sheet)
                    && let Some(at) = open.options.choice_at(place, sheet)
                {
                    self.choose(at, Focus::Pointer, shell);
                }
                shell.capture_event();
            }
            Some(place) if self.anchor.contains(place) => {
                self.state.open = None;
                shell.capture_event();
            }
            // Likewise a click elsewhere.
            _ if self.leave(Way::Elsewhere, shell) => shell.capture_event(),
            _ => {}
        }
        changed(shell);
    }
}

impl<Message: Clone> Overlay<Message, Theme, Renderer> for Sheet<'_, '_, Message> {
    fn layout(&mut self, _: &Renderer, window: Size) -> layout::Node {
        let choices = self.choices;
        let Some(open) = &mut self.state.open else { return layout::Node::new(Size::ZERO) };
        let nothing = (choices.words.nothing_fits)(open.written.trim());
        let (size, place) = open.options.place(self.anchor, window);
        open.options.prepare(&choices.labels, &nothing, size);
        layout::Node::new(size).move_to(place)
    }

    fn draw(&self, renderer: &mut Renderer, theme: &Theme, _: &renderer::Style, layout: Layout<'_>, _: mouse::Cursor) {
        if let Some(open) = &self.state.open {
            open.options.draw(renderer, theme, layout.bounds(), &self.choices.labels, self.choices.chosen);
        }
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        if let Some(open) = &self.state.open {
            let nothing = (self.choices.words.nothing_fits)(open.written.trim());
            open.options.operate(layout.bounds(), &self.choices.labels, &nothing, operation);
        }
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let sheet = layout.bounds();
        if self.state.focus.is_none() {
            // Another widget has the focus now; the field itself handles it.
            return;
        }
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, text, modifiers, repeat, .. }) => {
                self.key((key, text.as_deref(), *modifiers, *repeat), clipboard, shell);
            }
            event if is_press(event) => self.press(cursor.position(), sheet, shell),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
                if let Some(open) = &mut self.state.open {
                    open.options.end_drag();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                let (Some(open), Some(place)) = (&mut self.state.open, cursor.position()) else { return };
                if open.options.is_dragged() {
                    open.options.drag(place, sheet);
                    changed(shell);
                } else if let Some(at) = open.options.choice_at(place, sheet)
                    && open.options.at() != Some(at)
                {
                    open.options.highlight(Some(at));
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) => {
                if cursor.is_over(sheet) {
                    if let Some(open) = &mut self.state.open {
                        open.options.scroll_by(*delta);
                    }
                    shell.capture_event();
                    changed(shell);
                } else {
                    self.leave(Way::Elsewhere, shell);
                }
            }
            Event::Window(window::Event::Resized(_) | window::Event::Unfocused) => {
                self.leave(Way::Elsewhere, shell);
            }
            _ => {}
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, _: &Renderer) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }
}
