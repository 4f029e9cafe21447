use std::time::{Duration, Instant};

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::language::Texts;
use super::theme;
use super::widget::{focus_button, icon};

/// How long a notice stands.
const STANDS: Duration = Duration::from_secs(8);
/// How long one stands that offers to take something back. Undo itself has no end.
const STANDS_TO_BE_TAKEN_BACK: Duration = Duration::from_secs(20);
/// More would leave no room for the pages above them.
const MOST: usize = 2;

/// Notices of what has happened, some of which can be taken back.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    standing: Vec<Toast>,
    next: u64,
}

#[derive(Debug)]
struct Toast {
    number: u64,
    words: String,
    is_bad: bool,
    /// The step of the draft that it tells of.
    step: Option<u64>,
    since: Instant,
}

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Dismiss(u64),
    TakeBack(u64),
}

impl Toasts {
    /// Tells what has been done; `step` is the step of the draft, when it can be taken back.
    pub fn tell(&mut self, words: String, step: Option<u64>) {
        self.add(words, false, step);
    }

    /// Tells what went wrong.
    pub fn warn(&mut self, words: String) {
        self.add(words, true, None);
    }

    fn add(&mut self, words: String, is_bad: bool, step: Option<u64>) {
        // Only the last step can be taken back, and one notice of a step is enough.
        self.standing.retain(|toast| toast.words != words && !(step.is_some() && toast.step.is_some()));
        self.standing.push(Toast { number: self.next, words, is_bad, step, since: Instant::now() });
        self.next += 1;
        let too_many = self.standing.len().saturating_sub(MOST);
        self.standing.drain(..too_many);
    }

    /// What was done before cannot be taken back from here any more.
    pub fn forget_steps(&mut self) {
        self.standing.retain(|toast| toast.step.is_none());
    }

    /// Removes those that have stood long enough.
    pub fn expire(&mut self) {
        self.standing.retain(|toast| {
            let stands = if toast.step.is_some() { STANDS_TO_BE_TAKEN_BACK } else { STANDS };
            toast.since.elapsed() < stands
        });
    }

    /// Removes a notice; says whether its step is to be taken back.
    pub fn update(&mut self, message: Message) -> bool {
        let (Message::Dismiss(number) | Message::TakeBack(number)) = message;
        self.standing.retain(|toast| toast.number != number);
        matches!(message, Message::TakeBack(_))
    }

    /// `last_step` is the step that can be taken back; `None` where nothing has happened.
    pub fn view(&self, t: &'static Texts, last_step: Option<u64>) -> Option<Element<'_, Message>> {
        let toasts = self.standing.iter().map(|toast| {
            let symbol = if toast.is_bad { Icon::TriangleAlert } else { Icon::Check };
            let small = |words| focus_button(text(words).size(theme::SMALL)).padding([4, 10]).style(theme::on_toast);
            let can_be_taken_back = toast.step.is_some() && toast.step == last_step;
            let take_back = can_be_taken_back.then(|| small(t.take_back).on_press(Message::TakeBack(toast.number)));
            let dismiss = focus_button(icon(Icon::X).size(14)).padding(4).style(theme::on_toast);
            let words = text(&toast.words).size(theme::SMALL).width(Fill).wrapping(text::Wrapping::WordOrGlyph);
            let content = row![icon(symbol).size(14), column![words, take_back].spacing(8)].spacing(8);
            let content = row![content.width(Fill), dismiss.on_press(Message::Dismiss(toast.number))].spacing(6);
            container(content).padding(10).width(Fill).style(theme::toast).into()
        });
        (!self.standing.is_empty()).then(|| Column::with_children(toasts).spacing(8).into())
    }
}
