//! The sidebar: the pages in their groups, between the choice of an authority and the state of the router.

use iced::widget::{Column, button, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::message::Message;
use super::state::Desktop;
use super::window_size::SIDEBAR_WIDTH;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::part::router_status::router_status;
use crate::desktop::screen::table::icon_and_title;
use crate::desktop::theme;
use crate::desktop::widget::{focusable, icon, note, one_line};

/// The id of what scrolls in it.
pub(super) const PAGES: &str = "pages";

/// The height of what stands around the links, while the router runs; of the program's name in it; and of the heading of the
/// router's state. In logical pixels, as all here.
const AROUND: f32 = 281.0;
const NAME: f32 = 46.0;
const ROUTER: f32 = 21.0;
/// The height of a link without its padding, and of the heading of a group.
const LINK: f32 = 18.2;
const HEADING: f32 = 24.0;
/// The space above and below a link's words: as much as there is, but a link is easily hit even in a low window.
const LINK_PADDINGS: (f32, f32) = (3.0, 7.0);
/// The space between groups where their headings have no room.
const GROUP_GAPS: (f32, f32) = (3.0, 8.0);
/// From this height on the parts stand further apart, by so much in all and between links.
const HIGH: f32 = 900.0;
const HIGH_AROUND: f32 = 20.0;
const HIGH_GAP: f32 = 2.0;

/// How much of the sidebar has room in a window. The program's name goes first, which the window's title has too, then the
/// headings of the groups; in still lower windows the links scroll.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitting {
    has_name: bool,
    has_headings: bool,
    /// The space above and below the words of a link.
    padding: f32,
    /// Between links.
    gap: f32,
    /// Between groups without headings.
    group_gap: f32,
}

impl Fitting {
    pub fn of(height: f32) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "there are few pages")]
        let (links, groups) =
            (Page::ALL.len() as f32, Page::ALL.iter().filter(|page| begins_group(**page)).count() as f32);
        let least = links * (LINK + 2.0 * LINK_PADDINGS.0);
        let headings = groups * HEADING;
        let has_name = height >= AROUND + headings + least;
        let has_headings = height >= AROUND - NAME + headings + least;
        let (around, gap) = match (has_name, has_headings) {
            _ if height >= HIGH => (AROUND + HIGH_AROUND, HIGH_GAP),
            (true, _) => (AROUND, 0.0),
            (false, true) => (AROUND - NAME, 0.0),
            (false, false) => (AROUND - NAME - ROUTER, 0.0),
        };
        let room = height - around - if has_headings { headings } else { 0.0 };
        let padding = ((room / links - gap - LINK) / 2.0).clamp(LINK_PADDINGS.0, LINK_PADDINGS.1).floor();
        let group_gap = ((room - least) / groups).clamp(GROUP_GAPS.0, GROUP_GAPS.1).floor();
        Self { has_name, has_headings, padding, gap, group_gap }
    }

    /// What stands above the first page of a group.
    fn above_group(self) -> f32 {
        if self.has_headings { HEADING } else { self.group_gap }
    }

    /// The upper and the lower edge of a page's link, from the top of the first.
    pub fn place(self, page: Page) -> (f32, f32) {
        let height = LINK + 2.0 * self.padding;
        let mut top = 0.0;
        for above in Page::ALL {
            top += if begins_group(above) { self.above_group() + self.gap } else { 0.0 };
            if above == page {
                break;
            }
            top += height + self.gap;
        }
        (top, top + height)
    }
}

/// Whether a page is the first of a group which is not that of the first pages of all.
fn begins_group(page: Page) -> bool {
    let before = Page::ALL.iter().zip(Page::ALL.iter().skip(1)).find(|(_, next)| **next == page);
    before.is_some_and(|(before, _)| before.group() != page.group())
}

impl Desktop {
    pub(super) fn sidebar(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let height = self.shared.room().height;
        let fitting = Fitting::of(height);
        let name = fitting.has_name.then(|| {
            let mails = icon(Icon::Mails).size(18).style(theme::accent);
            let name = row![mails, text(t.window_title).font(theme::SEMIBOLD).size(theme::HEADING)];
            container(name.spacing(10).align_y(Center)).padding([4, 6])
        });
        let pages = Column::with_children(Page::ALL.into_iter().flat_map(|page| self.part(page, fitting)));
        // They scroll, so that all can be reached in a low window.
        let pages = scrollable(pages.spacing(fitting.gap).width(Fill)).id(PAGES).height(Fill).style(theme::scrollbar);
        // The name has a column of its own: where it goes, the pages keep their place, and so how far they are scrolled.
        let content = column![
            column![name],
            self.authorities(),
            pages,
            self.notices(),
            self.router_line(fitting),
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

    /// The link to a page, with what stands above it where it is the first of a group.
    fn part(&self, page: Page, fitting: Fitting) -> impl Iterator<Item = Element<'_, Message>> {
        let above = begins_group(page).then(|| {
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
        focusable(link.on_press(Message::Show(page))).on_activate(Message::Show(page)).into()
    }

    fn router_line(&self, fitting: Fitting) -> Element<'_, Message> {
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
