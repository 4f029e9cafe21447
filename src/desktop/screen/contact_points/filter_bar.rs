//! The bar above the list: search and filters.

use iced::widget::{Row, button, container, row, text};
use iced::{Center, Element, Padding};
use lucide_icons::Icon;

use super::group_key::path_of;
use super::listing::Filter;
use super::{ContactPointsScreen, Message, SEARCH_FIELD};
use crate::desktop::language::format::shortened;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Choice, choice_list, focusable, icon, icon_button, search_field};

const FILTER_FIELD: &str = "point-filter";
const MAX_CHIP_LENGTH: usize = 34;
const FILTER_WIDTH: f32 = 224.0;
const LINE_HEIGHT: f32 = 32.0;

impl ContactPointsScreen {
    pub(super) fn filter_bar<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.contact_points;
        let query = &self.query;
        let search = search_field(SEARCH_FIELD, t.search, &query.search, Message::Search).width(196);
        let texts = (scene.t.rules.filter, choice_words(scene.t));
        let add = choice_list(self.choices(scene), None, texts, Message::AddFilter).id(FILTER_FIELD);
        let chips = query.filters.iter().enumerate().map(|(at, filter)| {
            let words = text(shortened(&self.words(filter, scene), MAX_CHIP_LENGTH)).size(theme::SMALL);
            let content = row![words, icon(Icon::X).size(12)].spacing(6).align_y(Center);
            let message = Message::RemoveFilter(at);
            let chip = button(content).padding([4, 10]).style(theme::chip(true)).on_press(message.clone());
            focusable(chip).on_activate(message).into()
        });
        let is_filtered = !query.filters.is_empty() || !query.search.trim().is_empty();
        let all = is_filtered.then(|| icon_button(Icon::FunnelX, t.show_all).on_press(Message::ClearFilters));
        // A fixed height, so that the list does not shift when a chip appears.
        let bar = Row::new()
            .push(container(search).height(LINE_HEIGHT).align_y(Center))
            .push(container(add).width(FILTER_WIDTH))
            .extend(chips)
            .extend(all)
            .spacing(8)
            .align_y(Center);
        container(bar.wrap()).padding(Padding { top: 10.0, bottom: 10.0, left: 20.0, right: 20.0 }).into()
    }

    fn words(&self, filter: &Filter, scene: Scene<'_>) -> String {
        let t = &scene.t.contact_points;
        match filter {
            Filter::WithoutRule => t.without_rule.to_owned(),
            Filter::Closed => (t.state)(super::PointState::Closed).to_owned(),
            Filter::Group(key) if key.is_empty() => t.no_group.to_owned(),
            Filter::Group(key) => {
                // The group may have been deleted.
                let path = self.listing.group_path(key).map_or_else(|| path_of(key), str::to_owned);
                format!("{}: {path}", t.group)
            }
        }
    }

    fn choices(&self, scene: Scene<'_>) -> Vec<Choice<Filter>> {
        let groups = self.listing.groups.iter().map(|(key, path)| (Filter::Group(key.clone()), path));
        let heading = scene.t.contact_points.groups;
        let groups = groups.map(|(filter, path)| Choice::new(filter, path.as_str()).under(heading));
        let plain = [Filter::WithoutRule, Filter::Closed, Filter::Group(String::new())];
        let plain = plain.map(|filter| Choice::new(filter.clone(), self.words(&filter, scene))).into_iter();
        plain.chain(groups).filter(|choice| !self.query.filters.contains(&choice.value)).collect()
    }
}
