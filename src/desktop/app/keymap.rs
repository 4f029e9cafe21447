//! What the keyboard does, wherever one is.

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};

use super::{Desktop, Message, palette};
use crate::desktop::model::page::Page;
use crate::desktop::screen::contact_points::PointKey;
use crate::desktop::screen::kle::TreeKey;
use crate::desktop::screen::messages::MessagesKey;
use crate::desktop::screen::{authorities, contact_points, fagsystems, history, kle, messages, rules};
use crate::desktop::widget::Motion;
use rules::ListKey;

impl Desktop {
    /// Keys that do the same whatever has the focus, so they are looked at before it.
    pub(super) fn key_before(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        if self.palette.is_some() {
            return match key {
                Key::Named(Named::ArrowUp) => Some(Message::Palette(palette::Message::Step(-1))),
                Key::Named(Named::ArrowDown) => Some(Message::Palette(palette::Message::Step(1))),
                Key::Named(Named::Tab) => {
                    Some(Message::Palette(palette::Message::Step(if modifiers.shift() { -1 } else { 1 })))
                }
                Key::Named(Named::Escape) => Some(Message::Palette(palette::Message::Close)),
                _ if modifiers.command() && key.to_latin(physical) == Some('k') => {
                    Some(Message::Palette(palette::Message::Close))
                }
                _ => None,
            };
        }
        if !modifiers.command() || self.bench.is_none() {
            return None;
        }
        if let Key::Named(Named::Enter) = key {
            return Some(Message::PreparePublishing);
        }
        let is_rules = self.page == Page::Rules;
        match key.to_latin(physical)? {
            'k' => Some(Message::Palette(palette::Message::Open)),
            's' => Some(Message::Save),
            'z' if modifiers.shift() => Some(Message::Redo),
            'z' => Some(Message::Undo),
            'y' => Some(Message::Redo),
            'n' if modifiers.shift() && is_rules => Some(Message::Rules(rules::Message::NewAbove)),
            'n' => Some(Message::New),
            'f' if modifiers.shift() => Some(Message::Palette(palette::Message::FilterBy)),
            'f' => Some(Message::Search),
            'd' if is_rules => Some(Message::Rules(rules::Message::Clone)),
            '+' | '=' => Some(Message::Zoom(1)),
            '-' => Some(Message::Zoom(-1)),
            '0' => Some(Message::Zoom(0)),
            digit @ '1'..='9' => {
                let page = usize::try_from(digit.to_digit(10)?).ok()?.checked_sub(1)?;
                Page::ALL.get(page).copied().map(Message::Show)
            }
            _ => None,
        }
    }

    /// Keys that nothing with the focus wanted: the list's own.
    pub(super) fn key(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        if self.palette.is_some() {
            return None;
        }
        match key {
            Key::Named(Named::Tab) => return Some(Message::Focus(!modifiers.shift())),
            Key::Named(Named::Escape) => return Some(Message::Leave),
            _ => {}
        }
        self.bench.as_ref()?;
        match self.page {
            Page::Rules => rules_key(key, physical, modifiers).map(Message::Rules),
            Page::Fagsystems => step(key).map(|rows| Message::Fagsystems(fagsystems::Message::Step(rows))),
            Page::Kle => tree_key(key).map(|key| Message::Kle(kle::Message::Key(key))),
            Page::Messages => messages_key(key).map(|key| Message::Messages(messages::Message::Key(key))),
            Page::Authorities => step(key).map(|rows| Message::Authorities(authorities::Message::Step(rows))),
            Page::History => step(key).map(|rows| Message::History(history::Message::Step(rows))),
            Page::ContactPoints => point_key(key).map(|key| Message::ContactPoints(contact_points::Message::Key(key))),
            Page::Overview | Page::Router | Page::Changes | Page::Files => None,
        }
    }
}

fn step(key: &Key) -> Option<isize> {
    match key {
        Key::Named(Named::ArrowUp) => Some(-1),
        Key::Named(Named::ArrowDown) => Some(1),
        _ => None,
    }
}

fn tree_key(key: &Key) -> Option<TreeKey> {
    match key {
        Key::Named(Named::ArrowRight) => Some(TreeKey::In),
        Key::Named(Named::ArrowLeft) => Some(TreeKey::Out),
        Key::Named(Named::Enter | Named::F2) => Some(TreeKey::Open),
        Key::Named(key) => Motion::of(*key).map(TreeKey::Go),
        _ => None,
    }
}

fn point_key(key: &Key) -> Option<PointKey> {
    match key {
        Key::Named(Named::ArrowLeft) => Some(PointKey::Fold(true)),
        Key::Named(Named::ArrowRight) => Some(PointKey::Fold(false)),
        Key::Named(key) => Motion::of(*key).map(PointKey::Go),
        _ => None,
    }
}

fn messages_key(key: &Key) -> Option<MessagesKey> {
    match key {
        Key::Named(Named::Enter | Named::F2) => Some(MessagesKey::Open),
        Key::Named(key) => Motion::of(*key).map(MessagesKey::Go),
        _ => None,
    }
}

fn rules_key(key: &Key, physical: Physical, modifiers: Modifiers) -> Option<rules::Message> {
    use rules::Message::{Delete, Key as InList};
    Some(match key {
        Key::Named(Named::ArrowUp) if modifiers.alt() => InList(ListKey::Move(-1)),
        Key::Named(Named::ArrowDown) if modifiers.alt() => InList(ListKey::Move(1)),
        Key::Named(Named::Enter | Named::F2) => InList(ListKey::Open),
        Key::Named(Named::Delete) => Delete,
        Key::Named(key) => InList(ListKey::Go(Motion::of(*key)?)),
        _ if modifiers.command() && key.to_latin(physical) == Some('a') => InList(ListKey::All),
        _ => return None,
    })
}
