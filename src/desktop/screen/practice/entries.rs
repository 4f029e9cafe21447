//! The practice fagsystems in a list, each with how many messages it has received and how it answers.

use std::net::SocketAddr;

use iced::widget::{Column, column, container, row, scrollable};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::moods::look;
use super::{Message, PracticeScreen, Room};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, horizontal_line, one_line, status};
use crate::rules::Authority;
use crate::training::{PracticeInbox, PracticeMood, RoomSnapshot, practice_path};

/// The id of the list.
pub(super) const LIST: &str = "practice-systems";
/// The usual height of a line in it, in logical pixels.
pub(super) const LINE_HEIGHT: f32 = 54.4;

/// A practice fagsystem, by the path of its address.
pub(super) struct Entry<'a> {
    pub path: String,
    /// Its name; `None`: no fagsystem has that path.
    pub name: Option<&'a str>,
    /// Whether only the draft has it, so that nothing comes to it yet.
    pub is_only_in_draft: bool,
    pub mood: PracticeMood,
    pub received: u64,
    pub missed: u64,
}

impl Entry<'_> {
    /// Its name, or else its path.
    pub fn shown(&self) -> String {
        self.name.map_or_else(|| self.path.clone(), str::to_owned)
    }
}

/// The fagsystems of the draft and of the publication that receive in that room, in the order of the rule book; then the paths
/// that something else has been sent to.
pub(super) fn entries<'a>(address: SocketAddr, room: &RoomSnapshot, scene: Scene<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let published = &scene.bench.published().book;
    let mut add = |path: String, name: Option<&'a str>| {
        if entries.iter().any(|entry| entry.path == path) {
            return;
        }
        let inbox = room.inboxes.get(&path);
        let count = |of: fn(&PracticeInbox) -> u64| inbox.map_or(0, of);
        let (mood, received, missed) = (room.mood(&path), count(|inbox| inbox.received), count(|inbox| inbox.missed));
        let is_in_force = published.authorities.iter().any(|authority| has_path(authority, &path, address));
        let is_only_in_draft = name.is_some() && !is_in_force;
        entries.push(Entry { path, name, is_only_in_draft, mood, received, missed });
    };
    for book in [scene.bench.book(), published] {
        for fagsystem in book.authorities.iter().flat_map(|authority| &authority.fagsystems) {
            if let Some(path) = practice_path(&fagsystem.endpoint, address) {
                add(path, Some(&fagsystem.name));
            }
        }
    }
    for (path, _) in room.inboxes.iter().filter(|(_, inbox)| inbox.received + inbox.missed > 0) {
        add(path.clone(), None);
    }
    entries
}

fn has_path(authority: &Authority, path: &str, address: SocketAddr) -> bool {
    let mut paths = authority.fagsystems.iter().filter_map(|it| practice_path(&it.endpoint, address));
    paths.any(|own| own == path)
}

/// The mood that all of them have; `None` where they differ.
pub(super) fn of_all(room: &RoomSnapshot, entries: &[Entry<'_>]) -> Option<PracticeMood> {
    let first = entries.first().map_or(room.usual, |entry| entry.mood);
    entries.iter().all(|entry| entry.mood == first).then_some(first)
}

impl PracticeScreen {
    /// The width of the list on a screen of that width, in logical pixels.
    pub(super) fn list_width(width: f32) -> f32 {
        if width < 800.0 { 224.0 } else { 280.0 }
    }

    pub(super) fn list<'a>(&'a self, room: &'a Room, entries: &[Entry<'a>], scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.practice;
        let received = entries.iter().map(|entry| entry.received).sum();
        let missed = entries.iter().map(|entry| entry.missed).sum();
        let all = line(t.all.to_owned(), of_all(&room.inboxes, entries), None, (received, missed), scene);
        let all = self.choice(all, None);
        let lines = entries.iter().map(|entry| {
            let about = match entry.name {
                None => Some(t.nobodys),
                Some(_) => entry.is_only_in_draft.then_some(t.only_in_draft),
            };
            let line = line(entry.shown(), Some(entry.mood), about, (entry.received, entry.missed), scene);
            self.choice(line, Some(entry.path.clone()))
        });
        let lines = Column::with_children(std::iter::once(all).chain(lines));
        let list = scrollable(lines).id(LIST).height(Fill).width(Fill).style(theme::scrollbar);
        container(list).width(Self::list_width(scene.size.width)).height(Fill).into()
    }

    fn choice<'a>(&self, line: Element<'a, Message>, path: Option<String>) -> Element<'a, Message> {
        let is_chosen = self.chosen == path;
        let line = focus_button(line).padding([7, 16]).style(theme::table_row(is_chosen));
        column![line.on_press(Message::Choose(path)), horizontal_line()].into()
    }
}

fn line<'a>(
    name: String,
    mood: Option<PracticeMood>,
    about: Option<&'static str>,
    (received, missed): (u64, u64),
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.practice;
    let name = row![
        container(one_line(name).bold()).width(Fill).clip(true),
        one_line((scene.t.number)(received)).tone(theme::muted)
    ];
    let (symbol, words, tone) = match mood {
        Some(mood) => (look(mood).0, (t.mood)(mood), look(mood).1),
        None => (Icon::Shuffle, "–", theme::muted as theme::Tone),
    };
    let missed = (missed > 0).then(|| one_line(t.missed.of(missed)).size(theme::SMALL).tone(theme::warning));
    let state = row![container(status(symbol, words, tone)).width(Fill).clip(true), missed].spacing(8);
    let about = about.map(|words| one_line(words).size(theme::SMALL).tone(theme::muted));
    column![name.spacing(8).align_y(Center), state.align_y(Center), about].spacing(3).width(Fill).into()
}
