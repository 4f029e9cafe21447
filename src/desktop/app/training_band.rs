//! The frame around a window that works on training data, with the band that says so on every screen.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::message::Message;
use super::state::Desktop;
use super::training_message::TrainingMessage;
use super::window_size::{FRAME, TRAINING_BAND};
use crate::desktop::model::page::Page;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, icon, labelled_button, large_icon, one_line};

/// The width of the window from which the band also says what training means.
const WIDE: f32 = 860.0;

impl Desktop {
    /// Draws the frame and the band around what the window shows.
    pub(super) fn in_training_frame<'a>(&'a self, content: Element<'a, Message>) -> Element<'a, Message> {
        let t = &self.shared.t().training;
        let lesson = self.screens.lessons.under_way_words(self.shared.t());
        let is_there = self.shared.page == Page::Lessons;
        let about: Option<Element<'a, Message>> = match lesson {
            Some(title) if is_there => Some(one_line(title).into()),
            // The way back to the lesson, wherever one is.
            Some(title) => {
                let title = row![icon(Icon::ArrowLeft), one_line(title)].spacing(6).align_y(Center);
                let back = focus_button(Element::from(title)).padding([4, 8]).style(theme::on_training);
                Some(back.on_press(Message::Show(Page::Lessons)).into())
            }
            None => (self.shared.size.width >= WIDE).then(|| one_line(t.about).into()),
        };
        let button = |symbol, words, message| {
            labelled_button(symbol, words)
                .padding([4, 10])
                .style(theme::on_training)
                .on_press(Message::Training(message))
        };
        let band = row![
            icon(Icon::GraduationCap),
            text(t.mark).font(theme::SEMIBOLD).size(theme::HEADING),
            container(about).width(Fill).clip(true),
            button(Icon::RotateCcw, t.reset, TrainingMessage::Reset),
            self.left.is_some().then(|| button(Icon::LogOut, t.leave, TrainingMessage::Leave)),
        ];
        let band = container(band.spacing(12).align_y(Center)).padding([0, 14]).center_y(TRAINING_BAND).width(Fill);
        container(column![band.style(theme::training_band), content]).padding(FRAME).style(theme::training_frame).into()
    }

    /// What is shown until the training data are there.
    pub(super) fn training_in_preparation(&self) -> Element<'_, Message> {
        let words = column![
            large_icon(Icon::GraduationCap).style(theme::accent),
            text(self.shared.t().training.preparing).size(theme::TITLE),
            self.notices(),
        ];
        container(words.spacing(16).align_x(Center).max_width(480)).center(Fill).into()
    }
}
