//! Search, filters and what is saved of them.

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
use crate::rules::CriterionKind;
use crate::rules::Segment;

pub(super) const NAME_FIELD: &str = "rule-filter-name";
const FILTER_FIELD: &str = "rule-filter";
const LONGEST_CHIP: usize = 34;
const FILTER_WIDTH: f32 = 224.0;
const LINE_HEIGHT: f32 = 32.0;

#[derive(Debug, Clone, PartialEq)]
enum Means {
    Filter(Filter),
    Saved(SavedFilter),
}

impl Means {
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
    pub(super) fn change_view(&mut self, message: Message) -> Action<Message> {
        self.filters_are_old = false;
        match message {
            Message::AddFilter(filter) => {
                if !self.view.filters.contains(&filter) {
                    self.view.filters.push(filter);
                }
            }
            Message::RemoveFilter(at) => {
                if at < self.view.filters.len() {
                    self.view.filters.remove(at);
                }
            }
            Message::ClearFilters => {
                self.view.filters.clear();
                self.search.clear();
            }
            Message::FilterByFagsystem(id) => {
                self.view.filters = vec![Filter::Fagsystem(id.to_string())];
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
                self.view.saved.retain(|saved| saved.name != name);
                let (search, filters) = (self.search.clone(), self.view.filters.clone());
                self.view.saved.push(SavedFilter { name, search, filters });
            }
            Message::UseFilter(saved) => {
                self.search = saved.search;
                self.view.filters = saved.filters;
            }
            Message::ForgetFilter(name) => self.view.saved.retain(|saved| saved.name != name),
            Message::Sort(kind) => self.view.sort_by(kind),
            Message::ToggleColumn(kind) => {
                if !self.view.hidden.remove(&kind) && kind.may_be_hidden() {
                    self.view.hidden.insert(kind);
                }
            }
            _ => return Action::None,
        }
        self.kept_view()
    }

    pub(super) fn kept_view(&self) -> Action<Message> {
        Action::Ask(Request::KeepView(VIEW, serde_json::to_value(&self.view).unwrap_or_default()))
    }

    pub(super) fn filter_bar<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.rules;
        let search = search_field(SEARCH_FIELD, t.search, &self.search, Message::Search).width(196);
        let texts = (t.filter, choice_words(scene.t));
        let add = choice_list(self.choices(scene), None, texts, Means::message).id(FILTER_FIELD);
        let add = container(add).width(FILTER_WIDTH);
        let chips = self.view.filters.iter().enumerate().map(|(at, filter)| {
            let words = text(shortened(&filter.words(scene), LONGEST_CHIP)).size(theme::SMALL);
            let content = row![words, icon(Icon::X).size(12)].spacing(6).align_y(Center);
            let message = Message::RemoveFilter(at);
            let chip = button(content).padding([4, 10]).style(theme::chip(true)).on_press(message.clone());
            focusable(chip).on_activate(message).into()
        });
        let old = self.filters_are_old.then(|| kept_filters(scene.t));
        let is_filtered = !self.view.filters.is_empty() || !self.search.trim().is_empty();
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
                    .view
                    .saved
                    .iter()
                    .find(|saved| saved.filters == self.view.filters && saved.search == self.search);
                let keep = match used {
                    Some(saved) => {
                        let forget = Message::ForgetFilter(saved.name.clone());
                        let name = one_line(shortened(&saved.name, LONGEST_CHIP)).size(theme::SMALL);
                        let forget = icon_button(Icon::BookmarkX, t.forget_filter).on_press(forget);
                        row![icon(Icon::Bookmark).size(13), name, forget].spacing(6).align_y(Center).into()
                    }
                    None => icon_button(Icon::BookmarkPlus, t.save_filter).on_press(name),
                };
                vec![keep, icon_button(Icon::FunnelX, t.show_all).on_press(Message::ClearFilters)]
            }
            None => Vec::new(),
        };
        // So high that nothing moves when a filter comes.
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

    /// What the rule where the keyboard is can be filtered by, with its name.
    pub(super) fn values_of_row(&self, scene: Scene<'_>) -> Vec<(String, Message)> {
        let Some(rule) = self.here.and_then(|here| scene.authority.rule(here)) else { return Vec::new() };
        let filters = [
            Filter::Fagsystem(rule.fagsystem.to_string()),
            Filter::Element(CriterionKind::of(&rule.criterion)),
            Filter::Segment(rule.segment),
            Filter::State(scene.state(rule)),
        ];
        filters.into_iter().map(|filter| (filter.words(scene), Message::AddFilter(filter))).collect()
    }

    /// Everything that can be filtered by, with its name.
    pub fn filters(&self, scene: Scene<'_>) -> impl Iterator<Item = (String, Message)> {
        self.choices(scene).map(move |choice| (choice.value.words(scene), choice.value.message()))
    }

    fn choices(&self, scene: Scene<'_>) -> impl Iterator<Item = Choice<Means>> {
        let mut fagsystems: Vec<_> = scene.authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        let fagsystems = fagsystems.into_iter().map(|fagsystem| Filter::Fagsystem(fagsystem.id.to_string()));
        let filters = RuleState::ALL.into_iter().map(Filter::State);
        let filters = filters.chain(CriterionKind::ALL.into_iter().map(Filter::Element));
        let filters = filters.chain(Segment::ALL.into_iter().map(Filter::Segment)).chain(fagsystems);
        let filters = filters.filter(|filter| !self.view.filters.contains(filter));
        let saved = self.view.saved.iter().map(move |saved| {
            Choice::new(Means::Saved(saved.clone()), saved.name.as_str()).under(scene.t.rules.saved_filter)
        });
        saved.chain(filters.map(move |filter| {
            let (heading, name) = filter.kind_and_value(scene);
            let also = filter.words(scene);
            Choice::new(Means::Filter(filter), name).under(heading).also(also)
        }))
    }
}

/// That the filters are those of last time, and what resets them.
fn kept_filters<'a>(t: &'static Texts) -> Element<'a, Message> {
    let words = note(t.input.kept_filters);
    let reset = focus_button(text(t.input.reset).size(theme::SMALL)).padding([4, 10]).style(theme::secondary);
    row![words, reset.on_press(Message::ClearFilters)].spacing(6).align_y(Center).into()
}
