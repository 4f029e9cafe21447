//! The sidebar: the pages in their groups, between the choice of an authority and the state of the router.

use iced::widget::{Column, button, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::help::link_id;
use super::message::Message;
use super::sidebar_size::{Fitting, HIGH, PAGES};
use super::state::Desktop;
use super::window_size::SIDEBAR_WIDTH;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::part::router_status::router_status;
use crate::desktop::screen::table::icon_and_title;
use crate::desktop::theme;
use crate::desktop::widget::{focusable, icon, note, one_line};

impl Desktop {
    pub(super) fn sidebar(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let height = self.shared.room().height;
        let fitting = self.fitting();
        let name = fitting.has_name.then(|| {
            let mails = icon(Icon::Mails).size(18).style(theme::accent);
            let name = row![mails, text(t.window_title).font(theme::SEMIBOLD).size(theme::HEADING)];
            container(name.spacing(10).align_y(Center)).padding([4, 6])
        });
        let pages = Column::with_children(fitting.pages.iter().flat_map(|page| self.part(*page, &fitting)));
        // They scroll, so that all can be reached in a low window.
        let pages = scrollable(pages.spacing(fitting.gap).width(Fill)).id(PAGES).height(Fill).style(theme::scrollbar);
        // The name has a column of its own: where it goes, the pages keep their place, and so how far they are scrolled.
        let content = column![
            column![name],
            self.authorities(),
            pages,
            self.notices(),
            self.router_line(&fitting),
            self.choices()
        ];
        let spacing = if height < HIGH { 12.0 } else { 16.0 };
        let padding = Padding::new(14.0).top(if fitting.has_name { 14.0 } else { 14.0 - spacing });
        container(content.spacing(spacing).padding(padding))
            .width(SIDEBAR_WIDTH)
            .height(Fill)
            .style(theme::sidebar)
            .into()
    }

    /// How much of the sidebar has room.
    pub(super) fn fitting(&self) -> Fitting {
        Fitting::of(self.shared.pages().collect(), self.shared.room().height)
    }

    /// The link to a page, with what stands above it where it is the first of a group.
    fn part(&self, page: Page, fitting: &Fitting) -> impl Iterator<Item = Element<'_, Message>> + use<'_> {
        let above = fitting.begins_group(page).then(|| {
            let heading = fitting.has_headings.then(|| (self.shared.t().page_group)(page.group()));
            let heading = heading.map(|words| one_line(words).size(theme::SMALL).tone(theme::muted));
            let padding = Padding::ZERO.left(10).bottom(2);
            let height = fitting.above_group();
            container(column![heading]).padding(padding).height(height).align_bottom(height).into()
        });
        above.into_iter().chain([self.link(page, fitting.padding)])
    }

    fn link(&self, page: Page, padding: f32) -> Element<'_, Message> {
        let (symbol, words) = icon_and_title(page, self.shared.t());
        let content = row![icon(symbol), one_line(words)].spacing(10).align_y(Center);
        let link =
            button(content).padding([padding, 10.0]).width(Fill).style(theme::navigation(self.shared.page == page));
        focusable(link.on_press(Message::Show(page))).id(link_id(page)).on_activate(Message::Show(page)).into()
    }

    fn router_line(&self, fitting: &Fitting) -> Element<'_, Message> {
        let words = match &self.shared.router_state {
            RouterState::Running(address) | RouterState::Refusing(address, _) => Some(note(address.to_string())),
            RouterState::Elsewhere(by) => by.and_then(|by| by.address).map(|address| note(address.to_string())),
            _ => None,
        };
        let (heading, status) =
            (note(self.shared.t().router.title), router_status(self.shared.t(), &self.shared.router_state));
        let state: Element<'_, Message> = if fitting.has_headings {
            column![heading, status].spacing(4).into()
        } else {
            row![heading, space().width(Fill), status].align_y(Center).into()
        };
        let show = Message::Show(Page::Router);
        let content = column![state, words].spacing(4);
        let line = button(content).padding([10, 10]).width(Fill).style(theme::navigation(false));
        focusable(line.on_press(show.clone())).on_activate(show).into()
    }
}
