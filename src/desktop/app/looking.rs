//! Looking at the rules of another day. What the analysis says of that day is worked out outside the window's thread, one day at a
//! time; until it is there, the window goes on showing the day before. Nothing is edited, saved or published by looking.

use std::sync::Arc;

use iced::Task;
use iced::widget::operation;
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::day_message::DayMessage;
use super::day_state::{DAY_FIELD, DayChooser};
use super::message::Message;
use super::state::Desktop;
use crate::desktop::language::parse::read_date;
use crate::desktop::model::day_review::DayReview;
use crate::desktop::model::error::Error;
use crate::desktop::model::workbench::Workbench;
use crate::rules::RuleBook;

impl Desktop {
    pub(super) fn update_day(&mut self, message: DayMessage) -> Task<Message> {
        match message {
            DayMessage::Choose if self.looking.chooser.is_some() => return self.close_chooser(),
            DayMessage::Choose => {
                if self.shared.bench.is_some() {
                    self.palette = None;
                    self.looking.chooser = Some(DayChooser::at(self.looking.wanted_or(self.shared.today)));
                    // What is typed then replaces the day that stands there.
                    let focused = operation::focus(DAY_FIELD).chain(operation::select_all(DAY_FIELD));
                    return self.note_focus().chain(focused);
                }
            }
            DayMessage::Close => return self.close_chooser(),
            DayMessage::Look(day) => return self.look_at(day),
            DayMessage::Calendar(message) => {
                let picked = self.looking.chooser.as_mut().and_then(|chooser| chooser.calendar.update(message));
                if picked.is_some() {
                    let closed = self.close_chooser();
                    return Task::batch([closed, self.look_at(picked)]);
                }
            }
            DayMessage::Write(text) => {
                if let Some(chooser) = &mut self.looking.chooser {
                    chooser.write(text);
                }
            }
            DayMessage::Submit => return self.submit_day(),
            DayMessage::Reviewed(book, day, review) => return self.day_reviewed(&book, day, review),
        }
        Task::none()
    }

    fn close_chooser(&mut self) -> Task<Message> {
        self.looking.chooser = None;
        self.return_focus()
    }

    /// Shows the rules of that day; `None` for today.
    pub(super) fn look_at(&mut self, day: Option<Date>) -> Task<Message> {
        self.looking.wanted = day.filter(|day| *day != self.shared.today);
        if let Some(chooser) = &mut self.looking.chooser {
            chooser.follow(self.looking.wanted.unwrap_or(self.shared.today));
        }
        self.show_wanted_day()
    }

    fn submit_day(&mut self) -> Task<Message> {
        let Some(chooser) = &mut self.looking.chooser else { return Task::none() };
        chooser.was_tried = true;
        let Ok(Some(day)) = read_date(&chooser.text, self.shared.t(), self.shared.today) else { return Task::none() };
        let closed = self.close_chooser();
        Task::batch([closed, self.look_at(Some(day))])
    }

    /// Shows the wanted day, or has the analysis of it worked out first.
    fn show_wanted_day(&mut self) -> Task<Message> {
        let (wanted, today) = (self.looking.wanted, self.shared.today);
        let Some(bench) = self.shared.bench.as_mut().filter(|bench| bench.looked_at() != wanted) else {
            return Task::none();
        };
        let Some(day) = wanted.filter(|day| bench.known_review(*day).is_none()) else {
            bench.look_at(wanted, today);
            return Task::none();
        };
        if std::mem::replace(&mut self.looking.is_under_way, true) {
            return Task::none();
        }
        Self::review(bench, day)
    }

    /// Has what the analysis says of the draft from that day on worked out.
    pub(super) fn review(bench: &Workbench, day: Date) -> Task<Message> {
        let (book, distributor) = (Arc::clone(bench.book()), bench.insight().distributor.clone());
        let of = Arc::clone(&book);
        let work = move || Arc::new(DayReview::of(&book, distributor.as_deref(), day));
        let working = async move { spawn_blocking(work).await.ok() };
        Task::perform(working, move |review| Message::Day(DayMessage::Reviewed(Arc::clone(&of), day, review)))
    }

    fn day_reviewed(&mut self, book: &Arc<RuleBook>, day: Date, review: Option<Arc<DayReview>>) -> Task<Message> {
        let today = self.shared.today;
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        if !bench.insight().is_reviewed && day == today {
            // The first one, of the draft as it was found.
            if let Some(review) = review.filter(|_| Arc::ptr_eq(book, bench.book())) {
                bench.keep_review(day, review);
            }
            bench.complete_insight(today);
            return Task::batch([self.show_wanted_day(), self.read_on()]);
        }
        self.looking.is_under_way = false;
        let Some(review) = review else {
            self.looking.wanted = bench.looked_at();
            self.show_error(&Error::Lost);
            return Task::none();
        };
        // If the draft has been edited meanwhile, it is worked out once more.
        if Arc::ptr_eq(book, bench.book()) {
            bench.keep_review(day, review);
            if self.looking.wanted.is_some() {
                // Perhaps people are on their way to yet another one; what lies between is shown on the way.
                bench.look_at(Some(day), self.shared.today);
            }
        }
        self.show_wanted_day()
    }

    /// The nearest days before and after on which something changes.
    pub(super) fn neighbouring_changes(&self) -> (Option<Date>, Option<Date>) {
        let day = self.looking.wanted_or(self.shared.today);
        (self.looking.days.before(day), self.looking.days.after(day))
    }

    /// Keeps the days on which rules of the shown authority begin or end.
    pub(super) fn learn_days_of_change(&mut self) {
        let Some(bench) = &self.shared.bench else { return };
        if let Some(authority) = bench.authority(self.shared.authority) {
            self.looking.days.refresh(&bench.published().book, bench.book(), authority.cvr);
        }
    }
}
