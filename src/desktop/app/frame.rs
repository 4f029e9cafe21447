//! Draws the window: the sidebar, the bar above the screen, the screen, and the palette on top.

use iced::widget::{button, column, container, row, scrollable, space, stack, text};
use iced::{Bottom, Center, Element, Fill};
use lucide_icons::Icon;

use super::message::Message;
use super::scrolling::PAGES;
use super::state::Desktop;
use super::window_size::SIDEBAR_WIDTH;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::ThemeChoice;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::part::router_status::router_status;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::table::icon_and_title;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, Field, choice_field, focusable, icon, large_icon, note, one_line, shortcuts, vertical_line,
};

/// The width of notices on the first screen, which has no sidebar.
const NOTICE_WIDTH: f32 = 320.0;

const AUTHORITY_FIELD: &str = "authority";

/// The height of the sidebar without its links, and of a link without its padding, in logical pixels.
const AROUND_LINKS: f32 = 324.0;
const LINK: f32 = 18.2;
/// The space above and below a link's words: as much as there is, but a link is easily hit even in a low window.
const LINK_PADDINGS: (f32, f32) = (3.0, 7.0);
/// Where the window is lower than this, its parts stand closer together.
const LOW: f32 = 900.0;

impl Desktop {
    /// Draws the window.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let content: Element<'_, Message> = match (&self.shared.services, self.shared.scene()) {
            (Err(error), _) => {
                let words = column![
                    large_icon(Icon::TriangleAlert).style(theme::bad),
                    text(t.cannot_open).font(theme::SEMIBOLD).size(theme::TITLE),
                    text((t.error)(error)).align_x(Center),
                ];
                container(words.spacing(16).align_x(Center).max_width(640)).center(Fill).padding(24).into()
            }
            (Ok(services), None) if services.is_training() => self.training_in_preparation(),
            (Ok(_), None) if self.store_version.is_none() => space().into(),
            (Ok(_), None) => {
                let choices = container(self.choices()).padding(16);
                let notices = self.notices().map(|it| container(it).padding(16));
                let welcome = column![choices, self.welcome.view(t, &self.shared.router_state).map(Message::Welcome)];
                stack![welcome, container(notices).width(NOTICE_WIDTH).height(Fill).align_y(Bottom)].into()
            }
            (Ok(_), Some(_)) => {
                let screen = column![self.top_bar(), self.page()];
                row![self.sidebar(), vertical_line(), screen].into()
            }
        };
        let content = container(content).width(Fill).height(Fill).style(theme::page);
        let content = if self.shared.is_training() { self.in_training_frame(content.into()) } else { content.into() };
        // The stack has the same layers whether the palette is open or not: otherwise lists would lose their scroll offset.
        let layers = stack![content].push(self.palette_view());
        shortcuts(layers, |key, physical, modifiers| self.key(key, physical, modifiers))
            .before(|key, physical, modifiers| self.key_before(key, physical, modifiers))
            .on_modifiers(Message::Modifiers)
            .into()
    }

    fn page(&self) -> Element<'_, Message> {
        let Some(scene) = self.shared.scene() else { return space().into() };
        let page = self.screens.get(self.shared.page).view(scene).map(Message::Screen);
        container(page).width(Fill).height(Fill).into()
    }

    fn sidebar(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let name = row![
            icon(Icon::Mails).size(18).style(theme::accent),
            text(t.window_title).font(theme::SEMIBOLD).size(theme::HEADING)
        ];
        let height = self.shared.room().height;
        #[expect(clippy::cast_precision_loss, reason = "there are few pages")]
        let room = (height - AROUND_LINKS) / Page::ALL.len() as f32;
        let (spacing, gap) = if height < LOW { (12, 0) } else { (16, 2) };
        let padding = ((room - LINK) / 2.0 - 1.0).clamp(LINK_PADDINGS.0, LINK_PADDINGS.1).floor();
        let pages = column(Page::ALL.map(|page| self.link(page, padding))).spacing(gap).width(Fill);
        // They scroll, so that all can be reached in a low window.
        let pages = scrollable(pages).id(PAGES).height(Fill).style(theme::scrollbar);
        let content = column![
            container(name.spacing(10).align_y(Center)).padding([4, 6]),
            self.authorities(),
            pages,
            self.notices(),
            self.router_line(),
            self.choices(),
        ];
        container(content.spacing(spacing).padding(14)).width(SIDEBAR_WIDTH).height(Fill).style(theme::sidebar).into()
    }

    fn link(&self, page: Page, padding: f32) -> Element<'_, Message> {
        let (symbol, words) = icon_and_title(page, self.shared.t());
        let content = row![icon(symbol), one_line(words)].spacing(10).align_y(Center);
        let link =
            button(content).padding([padding, 10.0]).width(Fill).style(theme::navigation(self.shared.page == page));
        focusable(link.on_press(Message::Show(page))).on_activate(Message::Show(page)).into()
    }

    fn authorities(&self) -> Element<'_, Message> {
        let authorities = self.shared.bench.iter().flat_map(|bench| &bench.book().authorities);
        let choices = authorities.map(|it| Choice::new(it.cvr, it.name.as_str()).also(it.cvr.to_string()));
        let shown = self.shared.bench.as_ref().and_then(|bench| bench.authority(self.shared.authority));
        let about = Field::new(self.shared.t().authority).hint(shown.map(|authority| format!("CVR {}", authority.cvr)));
        choice_field(
            about,
            AUTHORITY_FIELD,
            choices,
            shown.map(|authority| &authority.cvr),
            ("", choice_words(self.shared.t())),
            Message::ChooseAuthority,
        )
    }

    /// The notices. They are in the sidebar so that they never cover what they are about.
    pub(super) fn notices(&self) -> Option<Element<'_, Message>> {
        let last_step = self.shared.bench.as_ref().and_then(|bench| bench.last_step()).map(|(number, _)| number);
        Some(self.toasts.view(self.shared.t(), last_step, self.has_unsaved_changes_here())?.map(Message::Toast))
    }

    fn router_line(&self) -> Element<'_, Message> {
        let words = match &self.shared.router_state {
            RouterState::Running(address) | RouterState::Refusing(address, _) => Some(note(address.to_string())),
            RouterState::Elsewhere(by) => by.and_then(|by| by.address).map(|address| note(address.to_string())),
            _ => None,
        };
        let content = column![
            note(self.shared.t().router.title),
            router_status(self.shared.t(), &self.shared.router_state),
            words
        ];
        let show = Message::Show(Page::Router);
        let line = button(content.spacing(4)).padding([10, 10]).width(Fill).style(theme::navigation(false));
        focusable(line.on_press(show.clone())).on_activate(show).into()
    }

    /// The buttons for language and theme.
    fn choices(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let is_dark = self.shared.preferences.theme == ThemeChoice::Dark;
        let small = |symbol, words, message: Message| {
            let content = row![icon(symbol).size(14), text(words).size(theme::SMALL)].spacing(6).align_y(Center);
            let small = button(content).padding([4, 8]).style(theme::quiet);
            focusable(small.on_press(message.clone())).on_activate(message)
        };
        row![
            small(Icon::Languages, t.other_language, Message::SwitchLanguage),
            small(if is_dark { Icon::Sun } else { Icon::Moon }, (t.other_theme)(is_dark), Message::SwitchTheme),
        ]
        .spacing(4)
        .into()
    }
}
