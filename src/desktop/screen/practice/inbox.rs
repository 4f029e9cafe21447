//! What a practice fagsystem, or all of them, have received.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::entries::{Entry, of_all};
use super::moods::moods;
use super::{LETTER_WIDTH, Message, PracticeScreen, Room};
use crate::clock;
use crate::desktop::model::page::Page;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::screen::table::icon_and_title;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, TableRow, Tone, cell, empty, empty_with, header, heading, horizontal_line, labelled_button, note, status,
    table,
};
use crate::training::{InboxLetter, LetterFate};

const TABLE: &str = "practice-letters";
/// From this width on, all columns are shown, and from the other one the size.
const PLENTY: f32 = 620.0;
const SOME: f32 = 430.0;

impl PracticeScreen {
    pub(super) fn inbox<'a>(
        &'a self,
        room: &'a Room,
        entries: &[Entry<'a>],
        has_letter: bool,
        scene: Scene<'a>,
    ) -> Element<'a, Message> {
        let t = &scene.t.practice;
        let beside = if has_letter { LETTER_WIDTH } else { 0.0 };
        let width = scene.size.width - Self::list_width(scene.size.width) - beside;
        let chosen = self.chosen.as_ref().map(|path| (path, entries.iter().find(|entry| entry.path == *path)));
        let (name, address) = match chosen {
            None => (t.all.to_owned(), None),
            Some((path, entry)) => {
                let name = entry.map_or_else(|| path.clone(), Entry::shown);
                (name, Some(note(path.clone())))
            }
        };
        let received = chosen.map_or_else(
            || entries.iter().map(|entry| entry.received).sum(),
            |(_, entry)| entry.map_or(0, |entry| entry.received),
        );
        let title = row![heading(name), note(t.received.of(received))].spacing(10).align_y(Center);
        let title = column![title, address].spacing(2);
        let mood = match &self.chosen {
            Some(path) => Some(room.inboxes.mood(path)),
            None => of_all(&room.inboxes, entries),
        };
        let head = column![title, moods(mood, scene)].spacing(12);
        let letters = self.letters();
        let content = if letters.is_empty() {
            Self::nothing(entries.is_empty(), scene)
        } else {
            let columns = self.columns(width, scene);
            let row = |at: usize| {
                let (path, letter) = letters[at];
                let on_press = Some(Message::Open(letter.number));
                let is_chosen = self.open == Some(letter.number);
                TableRow { cells: self.cells(path, letter, entries, width, scene), is_chosen, on_press }
            };
            let table = table(TABLE, &columns, letters.len(), self.scroll, Message::Scrolled, row);
            column![header(&columns), table].height(Fill).into()
        };
        column![container(head).padding([14, 20]), horizontal_line(), content].width(Fill).into()
    }

    /// Where the mail comes from that is missing here: in training from *Trafik*, and else from the router's sample messages.
    fn nothing(has_no_systems: bool, scene: Scene<'_>) -> Element<'_, Message> {
        let t = &scene.t.practice;
        if has_no_systems {
            return empty(Icon::Inbox, explained(t.no_systems, scene.t.language));
        }
        let page = if scene.services.is_training() { Page::Traffic } else { Page::Router };
        let (symbol, title) = icon_and_title(page, scene.t);
        let words = explained((t.none)(title), scene.t.language);
        let there = labelled_button(symbol, (scene.t.palette.go_to)(title)).style(theme::primary);
        empty_with(Icon::Inbox, words, there.on_press(Message::Show(page)))
    }

    fn columns(&self, width: f32, scene: Scene<'_>) -> Vec<Column> {
        let c = &scene.t.practice.columns;
        let mut columns = vec![
            Column::text(c.time, Length::Fixed(66.0)),
            Column::text(c.fate, Length::Fixed(if width >= SOME { 150.0 } else { 118.0 })),
        ];
        if self.chosen.is_none() {
            columns.push(Column::text(c.fagsystem, FillPortion(3)));
        }
        if self.chosen.is_some() || width >= SOME {
            columns.push(Column::text(c.subject, FillPortion(4)));
        }
        if width >= PLENTY {
            columns.push(Column::number(c.bytes, Length::Fixed(76.0)));
        }
        columns
    }

    fn cells<'a>(
        &self,
        path: &str,
        letter: &InboxLetter,
        entries: &[Entry<'a>],
        width: f32,
        scene: Scene<'a>,
    ) -> Vec<Element<'a, Message>> {
        let mut cells = vec![cell(clock::in_denmark(letter.at).strftime("%H:%M:%S").to_string()), fate(letter, scene)];
        if self.chosen.is_none() {
            let entry = entries.iter().find(|entry| entry.path == path);
            cells.push(cell(entry.map_or_else(|| path.to_owned(), Entry::shown)));
        }
        if self.chosen.is_some() || width >= SOME {
            cells.push(cell(words(letter, scene)));
        }
        if width >= PLENTY {
            cells.push(cell((scene.t.number)(letter.bytes)));
        }
        cells
    }
}

/// What became of a letter, as a word with an icon.
pub(super) fn fate<'a>(letter: &InboxLetter, scene: Scene<'a>) -> Element<'a, Message> {
    let (symbol, tone): (Icon, Tone) = match letter.fate {
        LetterFate::Accepted => (Icon::CircleCheck, theme::good),
        LetterFate::Rejected => (Icon::CircleX, theme::bad),
        LetterFate::Unclear => (Icon::CircleQuestionMark, theme::warning),
        LetterFate::HungUp => (Icon::Unplug, theme::bad),
        LetterFate::Unreadable => (Icon::FileX, theme::bad),
        LetterFate::BrokenOff => (Icon::Unplug, theme::muted),
    };
    status(symbol, (scene.t.practice.fate)(letter.fate), tone)
}

/// What a letter is, by the narrowest of its facts that a rule could look at.
pub(super) fn words(letter: &InboxLetter, scene: Scene<'_>) -> String {
    let Some(header) = &letter.header else { return scene.t.practice.no_header.to_owned() };
    scene.message_words(&header.facts, scene.authority)
}
