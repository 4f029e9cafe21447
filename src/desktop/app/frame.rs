//! Draws the window: the sidebar, the bar above the screen, the screen, and the palette on top. `sidebar` has the pages.

use iced::widget::{button, column, container, row, space, stack, text};
use iced::{Bottom, Center, Element, Fill};
use lucide_icons::Icon;

use super::help::HELP;
use super::message::Message;
use super::state::Desktop;
use super::tour_message::TourMessage;
use crate::desktop::model::preferences::ThemeChoice;
use crate::desktop::screen::about::{self, AboutPart};
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, Field, choice_field, focusable, icon, icon_button, large_icon, looking_up, pointed_out, shortcuts,
    vertical_line,
};

/// The width of notices on the first screen, which has no sidebar.
const NOTICE_WIDTH: f32 = 320.0;

const AUTHORITY_FIELD: &str = "authority";

impl Desktop {
    /// Draws the window.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let content: Element<'_, Message> = match (&self.shared.services, self.shared.scene()) {
            (Err(_), _) if let Some(page) = self.on_share() => page,
            (Err(error), _) => {
                let words = column![
                    large_icon(Icon::TriangleAlert).style(theme::bad),
                    text(t.cannot_open).font(theme::SEMIBOLD).size(theme::TITLE),
                    text((t.error)(error)).align_x(Center),
                ];
                let words = words.push(self.choices()).spacing(16).align_x(Center).max_width(640);
                container(words).center(Fill).padding(24).into()
            }
            (Ok(services), None) if services.is_training() => self.training_in_preparation(),
            (Ok(_), None) if self.store_version.is_none() => space().into(),
            (Ok(_), None) => {
                let help = icon_button(Icon::CircleQuestionMark, format!("{} ({HELP})", t.guide.title))
                    .on_press(Message::Help);
                let choices = container(row![self.choices(), help].spacing(4).align_y(Center)).padding(16);
                let notices = self.notices().map(|it| container(it).padding(16));
                let welcome = column![choices, self.welcome.view(t, &self.shared.router_state).map(Message::Welcome)];
                stack![welcome, container(notices).width(NOTICE_WIDTH).height(Fill).align_y(Bottom)].into()
            }
            (Ok(_), Some(_)) => {
                let screen = column![self.top_bar(), self.page()];
                row![self.sidebar(), vertical_line(), screen, self.guide_beside()].into()
            }
        };
        let content = container(content).width(Fill).height(Fill).style(theme::page);
        // The stack has the same layers whether the guide and the palette are open or not: otherwise lists would lose their scroll
        // offset.
        let content = pointed_out(stack![content].push(self.guide_over()).push(self.about_over()));
        let content = match (self.tour, self.tour_target()) {
            (Some(tour), Some(target)) => {
                let card = content.at(target, self.tour_card(tour.step));
                card.on_press_beside(Message::Tour(TourMessage::Leave))
            }
            _ => content,
        };
        let content = if self.shared.is_training() { self.in_training_frame(content.into()) } else { content.into() };
        let language = t.language;
        let content = looking_up(content, move |word| Self::look_up(word, language));
        let layers = stack![content].push(self.palette_view());
        shortcuts(layers, |key, physical, modifiers| self.key(key, physical, modifiers))
            .before(|key, physical, modifiers| self.key_before(key, physical, modifiers))
            .on_modifiers(Message::Modifiers)
            .on_size(self.shared.size, Message::LaidOut)
            .into()
    }

    fn page(&self) -> Element<'_, Message> {
        let Some(scene) = self.shared.scene() else { return space().into() };
        let page = self.screens.get(self.shared.page).view(scene).map(Message::Screen);
        container(page).width(Fill).height(Fill).into()
    }

    pub(super) fn authorities(&self) -> Element<'_, Message> {
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

    /// The buttons for language and theme, and for *Om*.
    pub(super) fn choices(&self) -> Element<'_, Message> {
        let t = self.shared.t();
        let is_dark = self.shared.preferences.theme == ThemeChoice::Dark;
        let small = |symbol, words, message: Message| {
            let content = row![icon(symbol).size(14), text(words).size(theme::SMALL)].spacing(6).align_y(Center);
            let small = button(content).padding([4, 6]).style(theme::quiet);
            focusable(small.on_press(message.clone())).on_activate(message)
        };
        let language =
            self.may_switch_language().then(|| small(Icon::Languages, t.other_language, Message::SwitchLanguage));
        row![
            language,
            small(if is_dark { Icon::Sun } else { Icon::Moon }, (t.other_theme)(is_dark), Message::SwitchTheme),
            small(Icon::Info, t.about.open, Message::About(about::Message::Open(AboutPart::Program))),
        ]
        .into()
    }
}
