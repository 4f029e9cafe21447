//! The bulk editor: changes the fagsystem, segment and dates of all chosen rules.

use std::collections::BTreeSet;

use iced::widget::{column, row, space, text};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::Message;
use super::editor::{fagsystem_choices, named};
use super::edits::with_rules;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::language::parse::{read_date, understood};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Field, choice_field, editor, heading, icon_button, labelled_button, plain_button, text_field,
};
use crate::rules::{FagsystemId, Priority, Segment, Validity};

const FAGSYSTEM_FIELD: &str = "rules-fagsystem";
const SEGMENT_FIELD: &str = "rules-segment";
const FROM_FIELD: &str = "rules-from";
const TO_FIELD: &str = "rules-to";

/// The dates being entered. Fagsystem and segment need no state: choosing one edits the draft at once.
#[derive(Debug, Clone, Default)]
pub(super) struct BulkForm {
    from: String,
    to: String,
}

#[derive(Debug, Clone)]
pub enum BulkMessage {
    Fagsystem(FagsystemId),
    Segment(Segment),
    From(String),
    To(String),
    /// Set the dates that are entered; an empty field leaves that date as it is.
    SetDates,
    /// Remove the last day of validity.
    RemoveEnd,
}

/// The entered dates; `None` for an empty field.
struct Dates {
    from: Option<Date>,
    to: Option<Date>,
}

/// An error message for each invalid field.
#[derive(Default)]
struct DateErrors {
    from: Option<String>,
    to: Option<String>,
}

impl BulkForm {
    pub fn update(&mut self, message: BulkMessage, chosen: &BTreeSet<Priority>, scene: Scene<'_>) -> Action<Message> {
        let targets: Vec<_> = chosen.iter().copied().collect();
        match message {
            BulkMessage::Fagsystem(id) => {
                let book = with_rules(&targets, scene, |rule| rule.fagsystem.clone_from(&id));
                let name = fagsystem_name(scene.authority, &id).to_owned();
                Action::edit(book, DraftEdit::RulesRedirected(targets, name))
            }
            BulkMessage::Segment(segment) => {
                let book = with_rules(&targets, scene, |rule| rule.segment = segment);
                Action::edit(book, DraftEdit::RulesAddressed(targets))
            }
            BulkMessage::From(text) => {
                self.from = text;
                Action::None
            }
            BulkMessage::To(text) => {
                self.to = text;
                Action::None
            }
            BulkMessage::SetDates => {
                let Ok(Dates { from, to }) = self.read(chosen, scene) else { return Action::None };
                if from.is_none() && to.is_none() {
                    return Action::None;
                }
                *self = Self::default();
                let book = with_rules(&targets, scene, |rule| {
                    let (from, to) = (from.unwrap_or(rule.validity.from()), to.or(rule.validity.to()));
                    // `read` has checked the order of the dates.
                    rule.validity = Validity::new(from, to).unwrap_or(rule.validity);
                });
                Action::edit(book, DraftEdit::RulesLimited(targets))
            }
            BulkMessage::RemoveEnd => {
                let book = with_rules(&targets, scene, |rule| {
                    rule.validity = Validity::new(rule.validity.from(), None).unwrap_or(rule.validity);
                });
                Action::edit(book, DraftEdit::RulesLimited(targets))
            }
        }
    }

    fn read(&self, chosen: &BTreeSet<Priority>, scene: Scene<'_>) -> Result<Dates, DateErrors> {
        let (from, to) = (read_date(&self.from, scene.t, scene.today), read_date(&self.to, scene.t, scene.today));
        let (Ok(first), Ok(last)) = (&from, &to) else {
            return Err(DateErrors { from: from.err().flatten(), to: to.err().flatten() });
        };
        let rules = scene.authority.rules.iter().filter(|rule| chosen.contains(&rule.priority));
        let backwards = rules
            .filter(|rule| Validity::new(first.unwrap_or(rule.validity.from()), last.or(rule.validity.to())).is_err())
            .min_by_key(|rule| rule.priority);
        match backwards {
            Some(rule) => Err(DateErrors { from: None, to: Some((scene.t.rules.ends_before_start)(rule.priority)) }),
            None => Ok(Dates { from: *first, to: *last }),
        }
    }

    pub fn view<'a>(&'a self, chosen: &BTreeSet<Priority>, scene: Scene<'a>) -> Element<'a, Message> {
        let t = scene.t;
        let c = &t.rules.columns;
        let rules: Vec<_> = scene.authority.rules.iter().filter(|rule| chosen.contains(&rule.priority)).collect();
        let first = rules.first();
        // A field shows its value only if all chosen rules have the same.
        let fagsystem = first.filter(|first| rules.iter().all(|rule| rule.fagsystem == first.fagsystem));
        let segment = first.filter(|first| rules.iter().all(|rule| rule.segment == first.segment));
        let errors = self.read(chosen, scene).err().unwrap_or_default();
        let bulk = |message: fn(String) -> BulkMessage| move |text| Message::Bulk(message(text));
        let set_dates = Message::Bulk(BulkMessage::SetDates);
        let date = |label, id, value: &'a str, error, message: fn(String) -> BulkMessage| {
            let placeholder = t.fields.date_placeholder;
            let day = read_date(value, scene.t, scene.today).ok().flatten();
            let about = Field::new(label).error(error).reading(understood(value, day, scene.t));
            text_field(about, id, placeholder, value, bulk(message), set_dates.clone())
        };
        let fagsystems = choice_field(
            Field::new(c.fagsystem),
            FAGSYSTEM_FIELD,
            fagsystem_choices(scene),
            fagsystem.map(|it| &it.fagsystem),
            (t.rules.different, choice_words(t)),
            |id| Message::Bulk(BulkMessage::Fagsystem(id)),
        );
        let segments = named(Segment::ALL, t.rules.segment);
        let segments = choice_field(
            Field::new(c.segment),
            SEGMENT_FIELD,
            segments,
            segment.map(|it| &it.segment),
            (t.rules.different, choice_words(t)),
            |segment| Message::Bulk(BulkMessage::Segment(segment)),
        );
        let secondary =
            |symbol, words, message| labelled_button(symbol, words).style(theme::secondary).on_press(message);
        let top = row![
            heading(t.rules.chosen.of(chosen.len())),
            space().width(Fill),
            icon_button(Icon::X, t.close).on_press(Message::Leave)
        ];
        let content = column![
            top.align_y(Center),
            explained(t.rules.chosen_hint, scene.t.language),
            fagsystems,
            segments,
            row![
                date(c.from, FROM_FIELD, &self.from, errors.from, BulkMessage::From),
                date(c.to, TO_FIELD, &self.to, errors.to, BulkMessage::To),
            ]
            .spacing(12),
            row![
                plain_button(t.rules.set_dates).style(theme::secondary).on_press(set_dates.clone()),
                plain_button(t.rules.without_end)
                    .style(theme::secondary)
                    .on_press(Message::Bulk(BulkMessage::RemoveEnd)),
            ]
            .spacing(8),
            row![
                secondary(Icon::Power, t.rules.switch_on, Message::SwitchOn(true)),
                secondary(Icon::PowerOff, t.rules.switch_off, Message::SwitchOn(false)),
            ]
            .spacing(8),
            secondary(Icon::Package, t.files.outgoing.make_package, Message::Pack),
            text(t.rules.move_hint).size(theme::SMALL).style(theme::muted),
        ];
        let delete = icon_button(Icon::Trash2, t.rules.delete_chosen).style(theme::danger).on_press(Message::Delete);
        let buttons = row![secondary(Icon::Copy, t.rules.clone, Message::Clone), space().width(Fill), delete];
        editor(content.spacing(16), buttons)
    }
}
