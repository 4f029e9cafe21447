//! The bar above the list: search, filters and saved filters.

use iced::widget::{Row, button, container, row, text, text_input};
use iced::{Center, Element, Padding};
use lucide_icons::Icon;

use super::list_settings::{Filter, SavedFilter};
use super::{Message, RulesScreen, SEARCH_FIELD, VIEW};
use crate::desktop::language::Texts;
use crate::desktop::language::format::shortened;
use crate::desktop::language::names::danish_order;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, choice_list, focus_button, focusable, icon, icon_button, note, one_line, search_field,
};
use crate::rules::{CriterionKind, Segment};

pub(super) const NAME_FIELD: &str = "rule-filter-name";
const FILTER_FIELD: &str = "rule-filter";
const MAX_CHIP_LENGTH: usize = 34;
const FILTER_WIDTH: f32 = 224.0;
const LINE_HEIGHT: f32 = 32.0;

#[derive(Debug, Clone, PartialEq)]
enum FilterChoice {
    Filter(Filter),
    Saved(SavedFilter),
}

impl FilterChoice {
    fn words(&self, scene: Scene<'_>) -> String {
        match self {
            Self::Filter(filter) => filter.words(scene),
            Self::Saved(saved) => format!("{}: {}", scene.t.rules.saved_filter, saved.name),
        }
    }

    fn message(self) -> Message {
        match self {
            Self::Filter(filter) => Message::AddFilter(filter),
            Self::Saved(saved) => Message::UseFilter(saved),
        }
    }
}

impl RulesScreen {
    pub(super) fn change_list(&mut self, message: Message) -> Action<Message> {
        self.filters_restored = false;
        match message {
            Message::AddFilter(filter) => {
                if !self.settings.filters.contains(&filter) {
                    self.settings.filters.push(filter);
                }
            }
            Message::RemoveFilter(at) => {
                if at < self.settings.filters.len() {
                    self.settings.filters.remove(at);
                }
            }
            Message::ClearFilters => {
                self.settings.filters.clear();
                self.search.clear();
            }
            Message::FilterByFagsystem(id) => {
                self.settings.filters = vec![Filter::Fagsystem(id.to_string())];
                self.search.clear();
            }
            Message::NameFilter(name) => {
                let is_begun = self.filter_name.is_none() && name.is_some();
                self.filter_name = name;
                return if is_begun { Action::focus(NAME_FIELD) } else { Action::None };
            }
            Message::SaveFilter => {
                let name = self.filter_name.take().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
                let Some(name) = name else { return Action::None };
                self.settings.saved.retain(|saved| saved.name != name);
                let (search, filters) = (self.search.clone(), self.settings.filters.clone());
                self.settings.saved.push(SavedFilter { name, search, filters });
            }
            Message::UseFilter(saved) => {
                self.search = saved.search;
                self.settings.filters = saved.filters;
            }
            Message::DeleteFilter(name) => self.settings.saved.retain(|saved| saved.name != name),
            Message::Sort(kind) => self.settings.sort_by(kind),
            Message::ToggleColumn(kind) => {
                if !self.settings.hidden.remove(&kind) && kind.may_be_hidden() {
                    self.settings.hidden.insert(kind);
                }
            }
            _ => return Action::None,
        }
        self.save_settings()
    }

    pub(super) fn save_settings(&self) -> Action<Message> {
        Request::SaveView(VIEW, serde_json::to_value(&self.settings).unwrap_or_default()).into()
    }

    pub(super) fn filter_bar<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.rules;
        let search = search_field(SEARCH_FIELD, t.search, &self.search, Message::Search).width(196);
        let texts = (t.filter, choice_words(scene.t));
        let add = choice_list(self.choices(scene), None, texts, FilterChoice::message).id(FILTER_FIELD);
        let add = container(add).width(FILTER_WIDTH);
        let chips = self.settings.filters.iter().enumerate().map(|(at, filter)| {
            let words = text(shortened(&filter.words(scene), MAX_CHIP_LENGTH)).size(theme::SMALL);
            let content = row![words, icon(Icon::X).size(12)].spacing(6).align_y(Center);
            let message = Message::RemoveFilter(at);
            let chip = button(content).padding([4, 10]).style(theme::chip(true)).on_press(message.clone());
            focusable(chip).on_activate(message).into()
        });
        let old = self.filters_restored.then(|| restored_filters_note(scene.t));
        let is_filtered = !self.settings.filters.is_empty() || !self.search.trim().is_empty();
        let saving: Vec<Element<'a, Message>> = match &self.filter_name {
            Some(name) => {
                let field = text_input(t.filter_name, name).id(NAME_FIELD).padding([5, 9]).size(theme::BODY);
                let field = field.on_input(|name| Message::NameFilter(Some(name))).on_submit(Message::SaveFilter);
                let save = icon_button(Icon::Check, t.save_filter).on_press(Message::SaveFilter);
                let cancel = icon_button(Icon::X, scene.t.cancel).on_press(Message::NameFilter(None));
                vec![field.width(170).style(theme::input(false)).into(), save, cancel]
            }
            None if is_filtered => {
                let name = Message::NameFilter(Some(String::new()));
                let used = self
                    .settings
                    .saved
                    .iter()
                    .find(|saved| saved.filters == self.settings.filters && saved.search == self.search);
                let keep = match used {
                    Some(saved) => {
                        let delete = Message::DeleteFilter(saved.name.clone());
                        let name = one_line(shortened(&saved.name, MAX_CHIP_LENGTH)).size(theme::SMALL);
                        let delete = icon_button(Icon::BookmarkX, t.forget_filter).on_press(delete);
                        row![icon(Icon::Bookmark).size(13), name, delete].spacing(6).align_y(Center).into()
                    }
                    None => icon_button(Icon::BookmarkPlus, t.save_filter).on_press(name),
                };
                vec![keep, icon_button(Icon::FunnelX, t.show_all).on_press(Message::ClearFilters)]
            }
            None => Vec::new(),
        };
        // A fixed height, so that the list does not shift when a chip appears.
        let bar = Row::new()
            .push(container(search).height(LINE_HEIGHT).align_y(Center))
            .push(add)
            .push(old)
            .extend(chips)
            .extend(saving)
            .spacing(8)
            .align_y(Center);
        container(bar.wrap()).padding(Padding { top: 10.0, bottom: 10.0, left: 20.0, right: 20.0 }).into()
    }

    /// Filters for the values of the rule with the cursor, each with its name.
    pub(super) fn values_of_row(&self, scene: Scene<'_>) -> Vec<(String, Message)> {
        let Some(rule) = self.cursor.and_then(|cursor| scene.authority.rule(cursor)) else { return Vec::new() };
        let filters = [
            Filter::Fagsystem(rule.fagsystem.to_string()),
            Filter::Element(CriterionKind::of(&rule.criterion)),
            Filter::Segment(rule.segment),
            Filter::State(scene.state(rule)),
        ];
        filters.into_iter().map(|filter| (filter.words(scene), Message::AddFilter(filter))).collect()
    }

    /// All filters that can be added, each with its name.
    pub fn filters(&self, scene: Scene<'_>) -> impl Iterator<Item = (String, Message)> {
        self.choices(scene).map(move |choice| (choice.value.words(scene), choice.value.message()))
    }

    fn choices(&self, scene: Scene<'_>) -> impl Iterator<Item = Choice<FilterChoice>> {
        let mut fagsystems: Vec<_> = scene.authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        let fagsystems = fagsystems.into_iter().map(|fagsystem| Filter::Fagsystem(fagsystem.id.to_string()));
        let filters = RuleState::ALL.into_iter().map(Filter::State);
        let filters = filters.chain(CriterionKind::ALL.into_iter().map(Filter::Element));
        let filters = filters.chain(Segment::ALL.into_iter().map(Filter::Segment)).chain(fagsystems);
        let filters = filters.filter(|filter| !self.settings.filters.contains(filter));
        let saved = self.settings.saved.iter().map(move |saved| {
            Choice::new(FilterChoice::Saved(saved.clone()), saved.name.as_str()).under(scene.t.rules.saved_filter)
        });
        saved.chain(filters.map(move |filter| {
            let (heading, name) = filter.kind_and_value(scene);
            let also = filter.words(scene);
            Choice::new(FilterChoice::Filter(filter), name).under(heading).also(also)
        }))
    }
}

/// A note that the filters were restored from the last session, with a reset button.
fn restored_filters_note<'a>(t: &'static Texts) -> Element<'a, Message> {
    let words = note(t.input.kept_filters);
    let reset = focus_button(text(t.input.reset).size(theme::SMALL)).padding([4, 10]).style(theme::secondary);
    row![words, reset.on_press(Message::ClearFilters)].spacing(6).align_y(Center).into()
}
