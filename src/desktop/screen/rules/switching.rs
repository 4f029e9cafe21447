//! *Skift fagsystem*: replaces one fagsystem with another in all rules, from a chosen day.

use std::sync::Arc;

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::Message;
use super::editor::fagsystem_choices;
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::language::parse::{read_date, understood};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::{calendar_words, choice_words};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Calendar, CalendarMessage, FIELD_SPACING, Field, choice_field, editor, field, floating, heading, horizontal_line,
    icon_button, labelled_button, plain_button,
};
use crate::rules::{FagsystemId, RuleBook, Switch};

const FROM_FIELD: &str = "switch-from";
const TO_FIELD: &str = "switch-to";
const DAY_FIELD: &str = "switch-day";

#[derive(Debug, Clone)]
pub(super) struct SwitchForm {
    from: Option<FagsystemId>,
    to: Option<FagsystemId>,
    day: String,
    calendar: Option<Calendar>,
    was_tried: bool,
    /// The result, and the draft with it; `None` while the fields are incomplete.
    switch: Option<(Box<Switch>, Arc<RuleBook>)>,
}

#[derive(Debug, Clone)]
pub enum SwitchMessage {
    From(FagsystemId),
    To(FagsystemId),
    Day(String),
    ShowCalendar,
    Calendar(CalendarMessage),
    Apply,
}

impl SwitchForm {
    pub fn new(from: Option<FagsystemId>, to: Option<FagsystemId>, scene: Scene<'_>) -> Self {
        // Fagsystems are usually replaced on the first of a month: the next one, or a later one that is shown.
        let day = scene.coming_day().last_of_month().tomorrow().unwrap_or(scene.today);
        let mut form = Self { from, to, day: date_text(day), calendar: None, was_tried: false, switch: None };
        form.update_preview(scene);
        form
    }

    /// The first empty choice, or else the day.
    pub fn first_missing(&self) -> &'static str {
        match (&self.from, &self.to) {
            (None, _) => FROM_FIELD,
            (_, None) => TO_FIELD,
            _ => DAY_FIELD,
        }
    }

    fn day(&self, scene: Scene<'_>) -> Option<Date> {
        read_date(&self.day, scene.t, scene.today).ok().flatten()
    }

    /// What is missing or wrong: without it there is no preview.
    fn problem(&self, scene: Scene<'_>) -> String {
        let s = &scene.t.rules.switch;
        let wrong_day = read_date(&self.day, scene.t, scene.today).err().flatten();
        let is_same = self.from.is_some() && self.from == self.to;
        match wrong_day {
            Some(words) => format!("{}: {words}", s.day),
            None if is_same => s.same.to_owned(),
            None => {
                let fields =
                    [(self.from.is_none(), s.from), (self.to.is_none(), s.to), (self.day(scene).is_none(), s.day)];
                let fields: Vec<_> = fields.into_iter().filter(|(lacks, _)| *lacks).map(|(_, name)| name).collect();
                s.unfinished(&fields)
            }
        }
    }

    pub fn preview(&self) -> Option<&Arc<RuleBook>> {
        self.switch.as_ref().map(|(_, book)| book)
    }

    pub fn update_preview(&mut self, scene: Scene<'_>) {
        self.switch = match (&self.from, &self.to, self.day(scene)) {
            (Some(from), Some(to), Some(day)) if from != to => {
                let switch = Box::new(scene.authority.switch_fagsystem(from, to, day));
                let book = scene.with_authority(|authority| authority.clone_from(&switch.authority));
                Some((switch, Arc::new(book)))
            }
            _ => None,
        };
    }

    pub fn update(&mut self, message: SwitchMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            SwitchMessage::From(id) => self.from = Some(id),
            SwitchMessage::To(id) => self.to = Some(id),
            SwitchMessage::Day(text) => self.day = text,
            SwitchMessage::ShowCalendar => {
                let day = self.day(scene).unwrap_or(scene.today);
                self.calendar = if self.calendar.is_some() { None } else { Some(Calendar::at(day)) };
            }
            SwitchMessage::Calendar(message) => {
                if let Some(day) = self.calendar.as_mut().and_then(|calendar| calendar.update(message)) {
                    self.day = date_text(day);
                    self.calendar = None;
                }
            }
            SwitchMessage::Apply => {
                self.was_tried = true;
                self.update_preview(scene);
                if self.switch.is_none() {
                    return Action::focus(self.first_missing());
                }
                let Some((_, book)) = self.switch.take_if(|(switch, _)| has_effect(switch)) else {
                    return Action::None;
                };
                let name = |id: &Option<FagsystemId>| {
                    id.as_ref().map(|id| fagsystem_name(scene.authority, id).to_owned()).unwrap_or_default()
                };
                let edit = DraftEdit::FagsystemSwitched { from: name(&self.from), to: name(&self.to) };
                return Action::edit(Arc::unwrap_or_clone(book), edit);
            }
        }
        self.update_preview(scene);
        Action::None
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, s) = (scene.t, &scene.t.rules.switch);
        let missing = |chosen: &Option<FagsystemId>| {
            (self.was_tried && chosen.is_none()).then(|| t.fields.no_fagsystem.to_owned())
        };
        let is_same = self.from.is_some() && self.from == self.to;
        let to_error = if is_same { Some(s.same.to_owned()) } else { missing(&self.to) };
        let choice = |label, id, chosen: &Option<FagsystemId>, error, message: fn(FagsystemId) -> SwitchMessage| {
            let about = Field::new(label).error(error);
            let on_choose = move |fagsystem| Message::Switch(message(fagsystem));
            choice_field(
                about,
                id,
                fagsystem_choices(scene),
                chosen.as_ref(),
                (t.fields.choose, choice_words(t)),
                on_choose,
            )
        };
        let day_error = match read_date(&self.day, scene.t, scene.today) {
            Err(error) => error,
            Ok(None) => self.was_tried.then(|| t.fields.missing.to_owned()),
            Ok(Some(_)) => None,
        };
        let about = Field::new(s.day).error(day_error).reading(understood(&self.day, self.day(scene), scene.t));
        let day = text_input(t.fields.date_placeholder, &self.day)
            .id(DAY_FIELD)
            .on_input(|text| Message::Switch(SwitchMessage::Day(text)))
            .on_submit(Message::Switch(SwitchMessage::Apply))
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(about.error.is_some()));
        let show = Message::Switch(SwitchMessage::ShowCalendar);
        let open = icon_button(Icon::CalendarDays, t.fields.calendar).on_press(show.clone());
        let calendar = self.calendar.map(|calendar| {
            calendar.view(calendar_words(t), self.day(scene), scene.today, |message| {
                Message::Switch(SwitchMessage::Calendar(message))
            })
        });
        let summary = match &self.switch {
            None => column![text(self.problem(scene)).style(theme::muted)],
            Some((switch, book)) => {
                let is_default = self.from.as_ref() == Some(&scene.authority.default_fagsystem);
                let line = |words: String| text(words).into();
                let lines = s.summary(switch).into_iter().map(line);
                let past = self.day(scene).filter(|day| *day < scene.today);
                let past = past.map(|_| text(s.in_the_past).style(theme::warning));
                let default = is_default.then(|| text(s.default_stays).style(theme::warning));
                let effect = has_effect(switch).then(|| scene.effect_view(scene.bench.book(), book));
                let effect = effect.map(|it| column![horizontal_line(), it].spacing(6));
                column(lines).push(past).push(default).push(effect)
            }
        };
        let can_apply = self.switch.as_ref().is_some_and(|(switch, _)| has_effect(switch));
        let top = row![heading(s.title), space().width(Fill), icon_button(Icon::X, t.close).on_press(Message::Leave)];
        let content = column![
            top.align_y(Center),
            explained(s.about, scene.t.language),
            choice(s.from, FROM_FIELD, &self.from, missing(&self.from), SwitchMessage::From),
            choice(s.to, TO_FIELD, &self.to, to_error, SwitchMessage::To),
            field(about, floating(row![day, open].spacing(6).align_y(Center), calendar, show)),
            container(summary.spacing(6)).padding(12).width(Fill).style(theme::card),
        ];
        let apply = labelled_button(Icon::ArrowLeftRight, s.make).style(theme::primary);
        let apply = apply.on_press_maybe(can_apply.then_some(Message::Switch(SwitchMessage::Apply)));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        editor(content.spacing(FIELD_SPACING), row![apply, cancel])
    }
}

fn has_effect(switch: &Switch) -> bool {
    !switch.begun.is_empty() || !switch.redirected.is_empty()
}
