//! What the keyboard does: the keys of the commands, and what is asked of the screen in snapshot.

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};

use super::commands::{OTHER_KEYS, PALETTE, everywhere, of_page};
use super::message::Message;
use super::palette_message::PaletteMessage;
use super::state::Desktop;
use crate::desktop::screen::command::{Command, Deed, Shortcut, Standard};

const STANDARD: [Standard; 3] = [Standard::Save, Standard::New, Standard::Search];

impl Desktop {
    /// Keys that do the same whatever has the focus, so they are looked at before it.
    pub(super) fn key_before(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        if self.palette.is_some() {
            return match key {
                Key::Named(Named::ArrowUp) => Some(Message::Palette(PaletteMessage::Step(-1))),
                Key::Named(Named::ArrowDown) => Some(Message::Palette(PaletteMessage::Step(1))),
                Key::Named(Named::Tab) => {
                    Some(Message::Palette(PaletteMessage::Step(if modifiers.shift() { -1 } else { 1 })))
                }
                Key::Named(Named::Escape) => Some(Message::Palette(PaletteMessage::Close)),
                _ if PALETTE.is(key, physical, modifiers, true) => Some(Message::Palette(PaletteMessage::Close)),
                _ => None,
            };
        }
        // Without Ctrl nothing is looked up: it would be with every letter that is typed.
        if !modifiers.command() || self.shared.bench.is_none() {
            return None;
        }
        let are_pressed = |shortcut: Shortcut| shortcut.is(key, physical, modifiers, true);
        if are_pressed(PALETTE) {
            return Some(Message::Palette(PaletteMessage::Open));
        }
        self.command_of(are_pressed)
    }

    /// Keys that nothing with the focus wanted: the list's own.
    pub(super) fn key(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        if self.palette.is_some() {
            return None;
        }
        match key {
            Key::Named(Named::Tab) => return Some(Message::Focus(!modifiers.shift())),
            Key::Named(Named::Escape) => return Some(Message::Standard(Standard::Leave)),
            _ => {}
        }
        self.shared.bench.as_ref()?;
        self.command_of(|shortcut| shortcut.is(key, physical, modifiers, false))
            .or_else(|| self.screens.of(self.shared.page).key(key, physical, modifiers).map(Message::Screen))
    }

    /// What the keys do that are pressed: on the screen in snapshot, or everywhere.
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

/// What a command does when its keys are pressed.
fn message_of(command: Command<Message>) -> Option<Message> {
    if let Some(message) = command.by_key {
        return Some(message);
    }
    match command.does.into_iter().next()? {
        Deed::Own(message) => Some(message),
        Deed::Standard(standard) => Some(Message::Standard(standard)),
        Deed::Show(page) => Some(Message::Show(page)),
        Deed::OfferFilters => Some(Message::Palette(PaletteMessage::FilterBy)),
    }
}
