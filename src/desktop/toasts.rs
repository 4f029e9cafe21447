use std::time::{Duration, Instant};

use iced::widget::{Column, container, row, space, text};
use iced::{Center, Element, Fill, Padding, alignment};
use lucide_icons::Icon;

use super::language::Texts;
use super::theme;
use super::widget::{focus_button, icon};
use crate::rules::RuleBook;

/// How long a notice stands.
const STANDS: Duration = Duration::from_secs(8);
/// How long one stands whose change can be taken back.
const STANDS_TO_BE_TAKEN_BACK: Duration = Duration::from_secs(45);

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
    /// The rules as they were before.
    before: Option<RuleBook>,
    since: Instant,
}

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Dismiss(u64),
    TakeBack(u64),
}

impl Toasts {
    /// Tells what has been done; `before` are the rules as they were, when it can be taken back.
    pub fn tell(&mut self, words: String, before: Option<RuleBook>) {
        self.add(words, false, before);
    }

    /// Tells what went wrong.
    pub fn warn(&mut self, words: String) {
        self.add(words, true, None);
    }

    fn add(&mut self, words: String, is_bad: bool, before: Option<RuleBook>) {
        // Only the last change can be taken back: taking back an earlier one would take the later ones along.
        for toast in &mut self.standing {
            toast.before = None;
        }
        self.standing.retain(|toast| toast.words != words);
        self.standing.push(Toast { number: self.next, words, is_bad, before, since: Instant::now() });
        self.next += 1;
    }

    /// Removes those that have stood long enough.
    pub fn expire(&mut self) {
        self.standing.retain(|toast| {
            let stands = if toast.before.is_some() { STANDS_TO_BE_TAKEN_BACK } else { STANDS };
            toast.since.elapsed() < stands
        });
    }

    /// What takes back the last change, when that can be.
    pub fn take_back(&self) -> Option<Message> {
        let last = self.standing.iter().rev().find(|toast| toast.before.is_some());
        last.map(|toast| Message::TakeBack(toast.number))
    }

    /// Removes a notice; returns the rules to go back to, when that was asked for.
    pub fn update(&mut self, message: Message) -> Option<RuleBook> {
        let (Message::Dismiss(number) | Message::TakeBack(number)) = message;
        let at = self.standing.iter().position(|toast| toast.number == number)?;
        let toast = self.standing.remove(at);
        toast.before.filter(|_| matches!(message, Message::TakeBack(_)))
    }

    pub fn view(&self, t: &'static Texts) -> Element<'_, Message> {
        let toasts = self.standing.iter().map(|toast| {
            let symbol = if toast.is_bad { Icon::TriangleAlert } else { Icon::Check };
            let small = |words| focus_button(text(words).size(theme::SMALL)).padding([4, 10]).style(theme::on_toast);
            let take_back = toast.before.as_ref().map(|_| small(t.take_back).on_press(Message::TakeBack(toast.number)));
            let dismiss = focus_button(icon(Icon::X).size(14)).padding(4).style(theme::on_toast);
            let content = row![
                icon(symbol),
                text(&toast.words).width(Fill),
                take_back,
                dismiss.on_press(Message::Dismiss(toast.number))
            ];
            container(content.spacing(12).align_y(Center)).padding([10, 14]).width(460).style(theme::toast).into()
        });
        if self.standing.is_empty() {
            return space().into();
        }
        container(Column::with_children(toasts).spacing(8))
            .padding(Padding { bottom: 52.0, ..Padding::new(20.0) })
            .width(Fill)
            .height(Fill)
            .align_x(alignment::Horizontal::Center)
            .align_y(alignment::Vertical::Bottom)
            .into()
    }
}
