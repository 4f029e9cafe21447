//! Turns keystrokes into messages: first by the shortcuts of commands, then by the keys of the shown screen.

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};

use super::commands::{OTHER_KEYS, PALETTE, everywhere, of_page};
use super::message::Message;
use super::palette_message::PaletteMessage;
use super::state::Desktop;
use super::tour_message::TourMessage;
use crate::desktop::screen::command::{Command, CommandStep, Shortcut, Standard};
use crate::desktop::screen::guide;

const STANDARD: [Standard; 3] = [Standard::Save, Standard::New, Standard::Search];

impl Desktop {
    /// The message for a key before the focused widget sees it: the palette while it is open, and global shortcuts.
    pub(super) fn key_before(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        if self.palette.is_some() {
            return match key {
                Key::Named(Named::ArrowUp) => Some(Message::Palette(PaletteMessage::Step(-1))),
                Key::Named(Named::ArrowDown) => Some(Message::Palette(PaletteMessage::Step(1))),
                Key::Named(Named::Tab) => {
                    Some(Message::Palette(PaletteMessage::Step(if modifiers.shift() { -1 } else { 1 })))
                }
                Key::Named(Named::Escape) => Some(Message::Palette(PaletteMessage::Close)),
                Key::Named(Named::F1) => Some(Message::Help),
                _ if PALETTE.matches(key, physical, modifiers, true) => Some(Message::Palette(PaletteMessage::Close)),
                _ => None,
            };
        }
        if self.about.is_some() {
            return self.about_key_before(key);
        }
        if let Some(message) = self.guide_key_before(key, physical, modifiers) {
            return Some(message);
        }
        if self.tour.is_some() && matches!(key, Key::Named(Named::Escape)) {
            return Some(Message::Tour(TourMessage::Leave));
        }
        // All global shortcuts have Ctrl; without it the commands need not be listed for every letter that is typed.
        if !modifiers.command() || self.shared.bench.is_none() {
            return None;
        }
        let are_pressed = |shortcut: Shortcut| shortcut.matches(key, physical, modifiers, true);
        if are_pressed(PALETTE) {
            return Some(Message::Palette(PaletteMessage::Open));
        }
        // Over the screen the guide leaves nothing of it to be used.
        self.command_of(are_pressed).filter(|message| !self.is_under_guide() || matches!(message, Message::Zoom(_)))
    }

    /// The message for a key that the focused widget has not handled.
    pub(super) fn key(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        if self.palette.is_some() {
            return None;
        }
        if self.about.is_some() {
            let is_tab = matches!(key, Key::Named(Named::Tab));
            return is_tab.then(|| Message::Focus(!modifiers.shift()));
        }
        if self.is_under_guide() {
            return Self::guide_key(key, modifiers);
        }
        match key {
            Key::Named(Named::F1) => return Some(Message::Help),
            Key::Named(Named::Escape) if self.guide.is_some() => return Some(Message::Guide(guide::Message::Close)),
            Key::Named(Named::Tab) => return Some(Message::Focus(!modifiers.shift())),
            Key::Named(Named::Escape) => return Some(Message::Standard(Standard::Leave)),
            _ => {}
        }
        self.shared.bench.as_ref()?;
        self.command_of(|shortcut| shortcut.matches(key, physical, modifiers, false))
            .or_else(|| self.screens.get(self.shared.page).key(key, physical, modifiers).map(Message::Screen))
    }

    /// The message of the command with the pressed keys, on the shown screen or in the whole window.
    fn command_of(&self, are_pressed: impl Fn(Shortcut) -> bool) -> Option<Message> {
        let here = of_page(self, self.shared.page).map(|line| line.command);
        let mut commands: Vec<_> = here
            .chain(everywhere(self, self.shared.t()))
            .filter(|command| command.shortcut.is_some_and(&are_pressed))
            .collect();
        commands.sort_by_key(|command| !command.shortcut.is_some_and(Shortcut::needs_shift));
        let standard =
            || STANDARD.into_iter().find(|it| it.shortcut().is_some_and(&are_pressed)).map(Message::Standard);
        let other = || OTHER_KEYS.into_iter().find(|(keys, _)| are_pressed(*keys)).map(|(_, message)| message);
        commands.into_iter().find_map(message_of).or_else(standard).or_else(other)
    }
}

/// The message that a command sends when its keys are pressed.
fn message_of(command: Command<Message>) -> Option<Message> {
    if let Some(message) = command.key_message {
        return Some(message);
    }
    match command.steps.into_iter().next()? {
        CommandStep::Send(message) => Some(message),
        CommandStep::Standard(standard) => Some(Message::Standard(standard)),
        CommandStep::Show(page) => Some(Message::Show(page)),
        CommandStep::OfferFilters => Some(Message::Palette(PaletteMessage::FilterBy)),
    }
}
