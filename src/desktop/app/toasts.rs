use std::time::{Duration, Instant};

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, icon};

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
    offer: Offer,
    /// It tells of what was done to the draft.
    is_of_draft: bool,
    since: Instant,
}

/// What a notice offers to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Nothing,
    /// Take back that step of the draft, while it is the last one.
    TakeBack(u64),
    /// Leave a form and what is written in it.
    DropForm,
}

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Dismiss(u64),
    TakeBack(u64),
    DropForm(u64),
}

impl Toasts {
    /// Tells what has been done; `step` is the step of the draft, when it can be taken back.
    pub fn tell(&mut self, words: String, step: Option<u64>) {
        self.add(words, false, step.map_or(Offer::Nothing, Offer::TakeBack), step.is_some());
    }

    /// Tells that a step of the draft has been taken back.
    pub fn tell_taken_back(&mut self, words: String) {
        self.add(words, false, Offer::Nothing, true);
    }

    /// Tells what went wrong.
    pub fn warn(&mut self, words: String) {
        self.add(words, true, Offer::Nothing, false);
    }

    /// Tells that a form stays open for what is written in it, and offers to drop that.
    pub fn keep_form(&mut self, words: String) {
        self.add(words, true, Offer::DropForm, false);
    }

    fn add(&mut self, words: String, is_bad: bool, offer: Offer, is_of_draft: bool) {
        // What was done to the draft before is no news beside what has been done to it since.
        self.standing.retain(|toast| toast.words != words && !(is_of_draft && toast.is_of_draft));
        self.standing.push(Toast { number: self.next, words, is_bad, offer, is_of_draft, since: Instant::now() });
        self.next += 1;
        let too_many = self.standing.len().saturating_sub(MOST);
        self.standing.drain(..too_many);
    }

    /// What was done before cannot be taken back from here any more.
    pub fn forget_steps(&mut self) {
        self.standing.retain(|toast| !toast.is_of_draft);
    }

    /// Removes those that have stood long enough.
    pub fn expire(&mut self) {
        self.standing.retain(|toast| {
            let stands = if toast.offer == Offer::Nothing { STANDS } else { STANDS_TO_BE_TAKEN_BACK };
            toast.since.elapsed() < stands
        });
    }

    pub fn remove(&mut self, number: u64) {
        self.standing.retain(|toast| toast.number != number);
    }

    /// `last_step` is the step that can be taken back, and `is_writing` whether there is a form to be left.
    pub fn view(&self, t: &'static Texts, last_step: Option<u64>, is_writing: bool) -> Option<Element<'_, Message>> {
        let toasts = self.standing.iter().map(|toast| {
            let symbol = if toast.is_bad { Icon::TriangleAlert } else { Icon::Check };
            let small = |words| focus_button(text(words).size(theme::SMALL)).padding([4, 10]).style(theme::on_toast);
            let offer = match toast.offer {
                Offer::TakeBack(step) if Some(step) == last_step => {
                    Some(small(t.take_back).on_press(Message::TakeBack(toast.number)))
                }
                Offer::DropForm if is_writing => Some(small(t.drop_form).on_press(Message::DropForm(toast.number))),
                _ => None,
            };
            let dismiss = focus_button(icon(Icon::X).size(14)).padding(4).style(theme::on_toast);
            let words = text(&toast.words).size(theme::SMALL).width(Fill).wrapping(text::Wrapping::WordOrGlyph);
            let content = row![icon(symbol).size(14), column![words, offer].spacing(8)].spacing(8);
            let content = row![content.width(Fill), dismiss.on_press(Message::Dismiss(toast.number))].spacing(6);
            container(content).padding(10).width(Fill).style(theme::toast).into()
        });
        (!self.standing.is_empty()).then(|| Column::with_children(toasts).spacing(8).into())
    }
}
