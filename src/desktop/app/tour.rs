//! The tour: a few places in the window, pointed out one after the other while the window can be used.

use iced::widget::{Id, button, column, container, opaque, operation, row, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::help::{PUBLISH, link_id};
use super::message::Message;
use super::state::Desktop;
use super::tour_message::TourMessage;
use super::tour_state::Tour;
use crate::desktop::model::tour::TourStep;
use crate::desktop::theme;
use crate::desktop::widget::{focusable, icon_button, note, plain_button};

/// The id of the card.
const TOUR: &str = "tour";
/// The id of the button that goes on.
const NEXT: &str = "tour-next";
const WIDTH: f32 = 390.0;

impl Desktop {
    /// The same window, which begins the tour by itself for those who have not seen it.
    #[must_use]
    pub fn greeting(mut self) -> Self {
        self.greets = true;
        self
    }

    /// Begins the tour by itself, once there is something to show.
    pub(super) fn greet(&mut self) -> Task<Message> {
        let is_new = self.greets && !self.shared.preferences.tour_seen && self.tour.is_none();
        if is_new && self.shared.scene().is_some() { self.update_tour(TourMessage::Begin) } else { Task::none() }
    }

    pub(super) fn update_tour(&mut self, message: TourMessage) -> Task<Message> {
        let step = self.tour.map(|tour| tour.step);
        match message {
            TourMessage::Begin if self.shared.bench.is_some() => {
                self.palette = None;
                let step = TourStep::Map;
                self.tour = Some(Tour { step, begun_on: self.shared.page });
                let closed = self.close_guide();
                // Whoever closes the window in the middle of it has left it, too.
                self.shared.preferences.tour_seen = true;
                Task::batch([closed, self.save_preferences(), self.show_step(step)])
            }
            TourMessage::Begin => Task::none(),
            TourMessage::Next => match step.and_then(TourStep::next) {
                Some(step) => self.show_step(step),
                None => self.leave_tour(),
            },
            TourMessage::Previous => step.and_then(TourStep::previous).map_or_else(Task::none, |it| self.show_step(it)),
            TourMessage::Leave => self.leave_tour(),
        }
    }

    fn show_step(&mut self, step: TourStep) -> Task<Message> {
        if let Some(tour) = &mut self.tour {
            tour.step = step;
        }
        Task::batch([self.show(step.page()), operation::focus(NEXT)])
    }

    /// Goes back to where the tour began, unless people have gone elsewhere meanwhile.
    fn leave_tour(&mut self) -> Task<Message> {
        let Some(tour) = self.tour.take() else { return Task::none() };
        let focus = self.take_focus_before();
        let shown = if self.shared.page == tour.step.page() { self.show(tour.begun_on) } else { Task::none() };
        shown.chain(self.focus_at(focus))
    }

    /// What is pointed out now; nothing while the guide lies over it.
    pub(super) fn tour_target(&self) -> Option<Id> {
        self.tour.filter(|_| !self.is_under_guide()).map(|tour| match tour.step {
            TourStep::Publish => Id::new(PUBLISH),
            step => link_id(step.page()),
        })
    }

    pub(super) fn tour_card(&self, step: TourStep) -> Element<'_, Message> {
        let t = &self.shared.t().guide.tour;
        let (heading, words) = (t.step)(step);
        let send = Message::Tour;
        let leave = plain_button(t.leave).padding([6, 8]).style(theme::quiet).on_press(send(TourMessage::Leave));
        let previous = step
            .previous()
            .map(|_| plain_button(t.previous).style(theme::secondary).on_press(send(TourMessage::Previous)));
        let next = if step.next().is_some() { t.next } else { t.done };
        let next =
            focusable(button(text(next)).padding([7, 14]).style(theme::primary).on_press(send(TourMessage::Next)))
                .id(NEXT)
                .on_activate(send(TourMessage::Next));
        let close = icon_button(Icon::X, t.leave).on_press(send(TourMessage::Leave));
        let which = container(note((t.step_of)(step.number(), TourStep::ALL.len()))).width(Fill);
        let content = column![
            row![which, close].align_y(Center),
            text(heading).font(theme::SEMIBOLD).size(theme::HEADING),
            text(words),
            row![leave, space().width(Fill), previous, next].spacing(8),
        ];
        opaque(container(content.spacing(8)).id(TOUR).padding(16).width(WIDTH).style(theme::highlight))
    }
}
