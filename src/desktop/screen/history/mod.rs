//! *Udgivelser*: all publications, the differences between them, and going back to an older one.

use std::collections::BTreeMap;
use std::sync::Arc;

use iced::keyboard::key::Physical;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{Column, column, row, space, text};
use iced::{Center, Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::{Screen, row_step};
use super::part::after_publishing;
use super::part::difference::difference_symbol;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::language::format::moment_text;
use crate::desktop::model::error::Error;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::service::Services;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, Column as TableColumn, EDITOR_WIDTH, Field, Scroll, TableRow, beside, cell, choice_field, editor, empty,
    fitted, header, heading, icon_button, labelled_button, list_head, note, one_line, status, table, widest,
};
use crate::rules::{Difference, RuleBook};
use crate::store::{Publication, PublicationEntry, PublicationNumber, RouterSettings};

const TABLE: &str = "publications";
const OTHER_FIELD: &str = "publication-other";
/// More differences than this are counted, not shown.
const MOST_DIFFERENCES: usize = 300;

/// The state of the screen.
#[derive(Debug, Default)]
pub(in crate::desktop) struct HistoryScreen {
    entries: Vec<PublicationEntry>,
    chosen: Option<PublicationNumber>,
    other: Other,
    read: BTreeMap<PublicationNumber, Arc<Publication>>,
    compared: Option<Compared>,
    /// The empty book that the first publication is compared with.
    nothing: Arc<RuleBook>,
    scroll: Scroll,
}

/// Two books and their differences.
#[derive(Debug)]
struct Compared {
    before: Arc<RuleBook>,
    after: Arc<RuleBook>,
    differences: Vec<Difference>,
}

/// What a publication is compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Other {
    /// The one before it.
    #[default]
    Before,
    Draft,
    Publication(PublicationNumber),
}

#[derive(Debug, Clone)]
pub enum Message {
    Choose(PublicationNumber),
    Compare(Other),
    Restore,
    /// Put the rules of that publication, the one before the newest, into the draft.
    TakeBack(PublicationNumber),
    Close,
    Scrolled(Scroll),
    /// The list of publications was read.
    Listed(Result<Vec<PublicationEntry>, Error>),
    /// A publication was read.
    Read(Result<Arc<Publication>, Error>),
    /// Move this many rows down, or up if negative.
    Step(isize),
}

impl HistoryScreen {
    fn choose(&mut self, number: PublicationNumber) {
        self.chosen = Some(number);
        if self.other == Other::Publication(number) {
            self.other = Other::Before;
        }
    }

    fn number_before(&self, number: PublicationNumber) -> Option<PublicationNumber> {
        let at = self.entries.iter().position(|entry| entry.number == number)?;
        self.entries.get(at + 1).map(|entry| entry.number)
    }

    /// Reads the compared publications that have not been read yet. Publications never change, so they are read once.
    fn to_read(&self, scene: Scene<'_>) -> Action<Message> {
        let Some(chosen) = self.chosen else { return Action::None };
        let other = match self.other {
            Other::Before => self.number_before(chosen),
            Other::Draft => None,
            Other::Publication(number) => Some(number),
        };
        let missing = [Some(chosen), other].into_iter().flatten().filter(|number| !self.read.contains_key(number));
        let read = |number| scene.serve(move |services| services.publication(number), Message::Read);
        missing.map(read).collect()
    }

    /// The two books to compare, the older one first; `None` until they have been read.
    fn compared(&self, scene: Scene<'_>) -> Option<(Arc<RuleBook>, Arc<RuleBook>)> {
        let chosen = self.chosen?;
        let book = |number| self.read.get(&number).map(|publication| Arc::clone(&publication.book));
        let this = book(chosen)?;
        Some(match self.other {
            Other::Draft => (this, Arc::clone(scene.bench.book())),
            Other::Before => match self.number_before(chosen) {
                Some(before) => (book(before)?, this),
                None => (Arc::clone(&self.nothing), this),
            },
            Other::Publication(other) if other < chosen => (book(other)?, this),
            Other::Publication(other) => (this, book(other)?),
        })
    }

    fn comparison<'a>(&'a self, chosen: PublicationNumber, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, h) = (scene.t, &scene.t.history);
        let entry = self.entries.iter().find(|entry| entry.number == chosen);
        let about = entry.map(|entry| {
            let who = format!("{} · {}", moment_text(entry.published_at), entry.published_by);
            column![note(who), text(&entry.note)].spacing(4)
        });
        let choices = [(Other::Before, h.before.to_owned()), (Other::Draft, h.draft.to_owned())];
        let others = self.entries.iter().filter(|entry| entry.number != chosen);
        let others = others.map(|entry| (Other::Publication(entry.number), (h.publication)(entry.number.get())));
        let choices = choices.into_iter().chain(others).map(|(other, name)| Choice::new(other, name));
        let about_other = Field::new(h.compare);
        let compare =
            choice_field(about_other, OTHER_FIELD, choices, Some(&self.other), ("", choice_words(t)), Message::Compare);
        let top = row![
            heading((h.publication)(chosen.get())),
            space().width(Fill),
            icon_button(Icon::X, t.close).on_press(Message::Close)
        ];
        let after = scene.overview.and_then(|overview| overview.after_publishing.as_ref());
        let after = after.filter(|after| after.publication.number == chosen);
        let book = &scene.bench.published().book;
        let after = after.map(|after| after_publishing::view(after, book, scene, Message::TakeBack));
        let content = column![top.align_y(Center), about, after, compare, self.differences(scene)].spacing(16);
        let restore = labelled_button(Icon::RotateCcw, h.restore).style(theme::secondary).on_press(Message::Restore);
        editor(content, row![restore])
    }

    fn differences<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (h, c) = (&scene.t.history, &scene.t.changes);
        let Some(Compared { before, after, differences }) = &self.compared else {
            return note(c.working_out).into();
        };
        if differences.is_empty() {
            return text(h.same).style(theme::muted).into();
        }
        // A whole authority is listed with everything that is added or removed with it.
        let parts: Vec<_> = differences.iter().map(Difference::parts).collect();
        let all = || differences.iter().zip(&parts).flat_map(|(whole, parts)| std::iter::once(whole).chain(parts));
        let more = all().count().saturating_sub(MOST_DIFFERENCES);
        let more = (more > 0).then(|| note((c.more)(more)));
        let mut lines = Column::new().spacing(10);
        for difference in all().take(MOST_DIFFERENCES) {
            lines = lines.push(line(difference, before, after, scene));
        }
        lines.push(more).into()
    }
}

impl Screen for HistoryScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::History;
    const KEYWORDS: &'static str = "historik versioner gendan history versions restore";

    fn title(t: &'static Texts) -> &'static str {
        t.history.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Choose(number) => {
                self.choose(number);
                return self.to_read(scene);
            }
            Message::Compare(other) => {
                self.other = other;
                return self.to_read(scene);
            }
            Message::Restore => return self.chosen.map(|chosen| Request::Restore(chosen).into()).into(),
            Message::TakeBack(previous) => return Request::Restore(previous).into(),
            Message::Close => self.chosen = None,
            Message::Listed(Ok(entries)) => {
                self.entries = entries;
                return self.to_read(scene);
            }
            Message::Read(Ok(publication)) => {
                self.read.insert(publication.number, publication);
            }
            Message::Listed(Err(error)) | Message::Read(Err(error)) => return Action::show_error(error),
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Step(rows) => {
                let here = self.entries.iter().position(|entry| Some(entry.number) == self.chosen);
                let to = here.map_or(0, |here| here.saturating_add_signed(rows));
                if let Some(entry) = self.entries.get(to.min(self.entries.len().saturating_sub(1))) {
                    let number = entry.number;
                    self.choose(number);
                    return self.to_read(scene);
                }
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let h = &scene.t.history;
        let head = list_head(h.title, h.count.of(self.entries.len()), space());
        let width = scene.size.width - if self.chosen.is_some() { EDITOR_WIDTH } else { 0.0 };
        let is_roomy = width > 560.0;
        let mut columns = vec![
            TableColumn::number(h.number, Length::Fixed(48.0)),
            TableColumn::text(h.time, Length::Fixed(126.0)),
            TableColumn::text(h.note, FillPortion(5)),
        ];
        if is_roomy {
            columns.insert(2, TableColumn::text(h.who, FillPortion(2)));
            columns.push(TableColumn::text("", Length::Fixed(110.0)));
        }
        let who = widest(self.entries.iter().map(|entry| &entry.published_by));
        let notes = widest(self.entries.iter().map(|entry| &entry.note));
        let columns = fitted(columns, width, |at| if at == 2 && is_roomy { who } else { notes });
        let in_force = scene.bench.published().number;
        let row = |at: usize| {
            let entry = &self.entries[at];
            let mut cells = vec![
                one_line(entry.number.to_string()).bold().into(),
                cell(moment_text(entry.published_at)),
                cell(&entry.note),
            ];
            if is_roomy {
                cells.insert(2, one_line(&entry.published_by).tone(theme::muted).into());
                let is_in_force = entry.number == in_force;
                cells.push(if is_in_force { status(Icon::Radio, h.in_force, theme::good) } else { cell("") });
            }
            let on_press = Some(Message::Choose(entry.number));
            TableRow { cells, is_chosen: self.chosen == Some(entry.number), on_press }
        };
        let rows = if self.entries.is_empty() {
            empty(Icon::History, explained(h.none, scene.t.language))
        } else {
            table(TABLE, &columns, self.entries.len(), self.scroll, Message::Scrolled, row)
        };
        let list = column![head, header(&columns), rows].width(Fill);
        let comparison = self.chosen.map(|chosen| self.comparison(chosen, scene));
        beside(|| list.into(), comparison, scene.size.width, EDITOR_WIDTH)
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        scene.serve(Services::history, Message::Listed)
    }

    /// Reads the list again when something has been published.
    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        let newest = self.entries.first().map(|entry| entry.number);
        if newest < Some(scene.bench.published().number) { self.on_shown(scene) } else { Action::None }
    }

    /// Compares the books when they are others than before.
    fn refresh(&mut self, scene: Scene<'_>) {
        let compared = self.compared(scene);
        let is_same = match (&self.compared, &compared) {
            (Some(old), Some((before, after))) => Arc::ptr_eq(&old.before, before) && Arc::ptr_eq(&old.after, after),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !is_same {
            let compare = |(before, after): (Arc<RuleBook>, Arc<RuleBook>)| Compared {
                differences: before.compare(&after),
                before,
                after,
            };
            self.compared = compared.map(compare);
        }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        (standard == Standard::Leave).then(|| Action::Send(Message::Close))
    }

    fn open_item(&self) -> Option<String> {
        self.chosen.map(|chosen| chosen.to_string())
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        row_step(key).map(Message::Step)
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.entries, |entry| entry.number.get())
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let keywords = "gendan rul tilbage fortryd udgivelse restore roll back revert";
        let restore = Command::new(Icon::RotateCcw, scene.t.history.restore, keywords, Message::Restore);
        self.chosen.map(|_| restore).into_iter().collect()
    }
}

fn line<'a>(difference: &Difference, before: &RuleBook, after: &RuleBook, scene: Scene<'a>) -> Element<'a, Message> {
    let words = scene.t.changes.sentence(scene.kle, [before, after], difference);
    row![difference_symbol(difference), text(words).size(theme::BODY)].spacing(10).into()
}
