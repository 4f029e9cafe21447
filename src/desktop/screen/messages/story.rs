//! A message's story, beside the list.

use std::sync::Arc;

use iced::widget::{Row, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;
use uuid::Uuid;

use super::Message;
use super::outcome::panel_width;
use super::timeline;
use crate::desktop::printed::{Maker, MessageInput, message_document};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::contract::Screen;
use crate::desktop::screen::map::MapScreen;
use crate::desktop::screen::part::paper::{Paper, PaperMessage};
use crate::desktop::screen::scene::Scene;
use crate::desktop::screen::try_message::TryMessageScreen;
use crate::desktop::service::MessageStory;
use crate::desktop::theme;
use crate::desktop::widget::{heading, horizontal_line, icon_button, labelled_button, note, one_line, vertical_line};
use crate::rules::{Facts, Priority};
use crate::store::JournalRow;

/// The id of its scrollable.
pub(in crate::desktop) const STORY: &str = "log-story";

/// The message whose story is shown.
#[derive(Debug)]
pub(super) struct Open {
    pub number: i64,
    /// `None` until it has been read. The story of the message before stays until then, so that the panel does not flicker.
    story: Option<Box<MessageStory>>,
    is_gone: bool,
    /// The number of the deciding rule in the draft, if it is still there.
    rule_now: Option<Priority>,
    /// How many rules before the deciding one are shown, and how many after it.
    unfolded: [usize; 2],
    /// What is done with the story as a document; `None` until that is asked for.
    paper: Option<Paper>,
}

impl Open {
    /// Opens a message, after another one that was open.
    pub fn begin(number: i64, before: Option<Self>) -> Self {
        match before {
            Some(before) if before.number == number => before,
            Some(before) => Self { number, is_gone: false, unfolded: [0; 2], paper: None, ..before },
            None => Self { number, story: None, is_gone: false, rule_now: None, unfolded: [0; 2], paper: None },
        }
    }

    /// Shows the story; `None` when the journal no longer has the message.
    pub fn set_story(&mut self, story: Option<Box<MessageStory>>, scene: Scene<'_>) {
        self.is_gone = story.is_none();
        self.rule_now = story.as_deref().and_then(|story| rule_now(story, scene));
        self.story = story;
    }

    /// What the journal keeps of what the message said; `None` until it has been read, and where it could not be.
    pub fn facts(&self) -> Option<&Facts> {
        let story = self.story.as_ref().filter(|story| story.story.number == self.number)?;
        story.story.entry.facts.as_ref().map(|(facts, _)| facts)
    }

    /// What decided where it went, where a rule was asked.
    pub fn row(&self) -> Option<&JournalRow> {
        let story = self.story.as_ref().filter(|story| story.story.number == self.number)?;
        story.story.tries.iter().find(|row| row.number == self.number && row.fagsystem.is_some())
    }

    /// Shows or hides what can be done with the story as a document.
    pub fn toggle_paper(&mut self) {
        self.paper = if self.paper.is_some() { None } else { Some(Paper::default()) };
    }

    /// Closes what is open of the document; `false` where nothing is.
    pub fn leave_paper(&mut self) -> bool {
        self.paper.as_mut().is_some_and(Paper::leave)
    }

    pub fn update_paper(&mut self, message: PaperMessage, scene: Scene<'_>) -> Action<PaperMessage> {
        let (Some(paper), Some(story)) = (&mut self.paper, &self.story) else { return Action::None };
        let name = file_name(story, scene);
        let document = || {
            let input = MessageInput {
                t: scene.t,
                language: scene.t.language,
                story,
                kle: scene.kle,
                book: &scene.bench.published().book,
                maker: Maker { user: scene.user, now: scene.now },
            };
            Some(Arc::new(message_document(&input)))
        };
        paper.update(message, document, &name, scene)
    }

    fn document<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let paper = self.paper.as_ref()?;
        let buttons = paper.buttons(true, scene).map(Message::Paper);
        let form = paper.form(true, scene).map(|form| form.map(Message::Paper));
        Some(column![buttons, form].spacing(8).into())
    }

    pub fn unfold(&mut self, is_before: bool, count: usize) {
        self.unfolded[usize::from(!is_before)] = count;
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages.story;
        let close = icon_button(Icon::X, scene.t.close).on_press(Message::Leave);
        let document = labelled_button(Icon::FileText, scene.t.paper.document).style(theme::quiet);
        let document = document.on_press_maybe(self.story.as_ref().map(|_| Message::ShowPaper));
        let head = row![heading(t.title), space().width(Fill), document, close];
        let head = head.spacing(4).align_y(Center).padding([12, 20]);
        let body: Element<'a, Message> = match &self.story {
            Some(story) => self.sections(story, scene),
            None => note(if self.is_gone { t.gone } else { t.reading }).into(),
        };
        let body = scrollable(container(body).padding(20).width(Fill)).id(STORY).style(theme::scrollbar).height(Fill);
        let panel = container(column![head, horizontal_line(), body]).width(panel_width(scene)).height(Fill);
        row![vertical_line(), panel.style(theme::panel)].into()
    }

    /// The buttons that show where the draft would send the message now, and which way it went.
    fn elsewhere<'a>(&'a self, message: &'a MessageStory, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        message.story.entry.facts.as_ref()?;
        let button = |symbol, words, message| labelled_button(symbol, words).style(theme::secondary).on_press(message);
        let try_out = button(TryMessageScreen::SYMBOL, scene.t.try_message.from_story, Message::TryOut);
        let map = self.row().map(|_| button(MapScreen::SYMBOL, scene.t.map.trace.show, Message::ShowOnMap));
        let buttons = std::iter::once(try_out.into()).chain(map.map(Into::into));
        Some(Row::with_children(buttons).spacing(8).wrap().vertical_spacing(8).into())
    }

    fn sections<'a>(&'a self, message: &'a MessageStory, scene: Scene<'a>) -> Element<'a, Message> {
        column![
            self.document(scene),
            identity(message, scene),
            timeline::received(message, scene),
            timeline::tries(message, self.number, scene),
            timeline::facts(message, scene),
            self.elsewhere(message, scene),
            timeline::decision(message, self.rule_now, self.unfolded, scene),
            timeline::delivery(message, scene),
            timeline::durations(message, scene),
        ]
        .spacing(18)
        .into()
    }
}

/// The name of the document's file, without an ending: the beginning of the message's UUID, where it has a proper one.
fn file_name(story: &MessageStory, scene: Scene<'_>) -> String {
    let uuid = story.story.entry.message_uuid.as_deref().and_then(|uuid| Uuid::try_parse(uuid).ok());
    let name = scene.t.message_document.file_name;
    uuid.map_or_else(|| name.to_owned(), |uuid| format!("{name}-{:.8}", uuid.simple().to_string()))
}

/// The message's UUID and transmission id.
fn identity<'a>(message: &'a MessageStory, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, entry) = (&scene.t.messages.story, &message.story.entry);
    let message: Element<'a, Message> = match &entry.message_uuid {
        Some(uuid) => {
            let copy = icon_button(Icon::Copy, t.copy).on_press(Message::Copy(uuid.clone(), t.copied));
            row![container(one_line(uuid).bold()).width(Fill), copy].spacing(8).align_y(Center).into()
        }
        None => text(t.no_uuid).style(theme::muted).into(),
    };
    let transmission = entry.transmission_id.map(|id| {
        let copy = Message::Copy(id.to_string(), t.transmission_copied);
        let copy = icon_button(Icon::Copy, t.copy_transmission).on_press(copy);
        let words = column![note(t.transmission), one_line(id.to_string()).size(theme::SMALL)].spacing(2).width(Fill);
        row![words, copy].spacing(8).align_y(Center)
    });
    column![message, transmission].spacing(6).into()
}

/// The number of the deciding rule in the draft, if it is still there.
fn rule_now(message: &MessageStory, scene: Scene<'_>) -> Option<Priority> {
    let priority = message.story.entry.routed.as_ref()?.priority?;
    let before = message.decided.as_ref()?.authority()?;
    let after = scene.bench.book().authority(before.cvr)?;
    before.counterparts(after).get(&priority).copied()
}
